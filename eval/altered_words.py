"""Words put in place of others; every second one is kept for the last test.

Development draws its substitutes from the even places of each list and the report of held-out
figures from the odd ones, so that a checker cannot have learned them by heart.
"""

from collections.abc import Sequence
from typing import TypeVar

_Item = TypeVar("_Item")


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(";") if phrase.strip())


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((pair.partition("|")[0], pair.partition("|")[2]) for pair in _phrases(text))


def half_of(items: Sequence[_Item], held_out: bool) -> Sequence[_Item]:
    """Every second item: the odd places for the held-out half."""
    return items[int(held_out) :: 2]


NAMES = {
    "zh": {
        "place": words("""
            北京 上海 天津 重庆 广东 江苏 浙江 山东 河南 河北 湖南 湖北 四川 福建 安徽 江西 陕西
            山西 辽宁 吉林 黑龙江 云南 贵州 甘肃 青海 海南 台湾 香港 澳门 广西 新疆 西藏 内蒙古
            宁夏 南京 杭州 武汉 成都 广州 深圳 西安 沈阳 大连 青岛 厦门 苏州 长沙 昆明 哈尔滨
            拉萨 台北 高雄 美国 英国 法国 德国 日本 韩国 俄罗斯 印度 巴西 加拿大 澳大利亚 意大利
            西班牙 埃及 伊朗 伊拉克 以色列 土耳其 泰国 越南 新加坡 马来西亚 印度尼西亚 菲律宾
            墨西哥 阿根廷 南非 波兰 瑞典 挪威 荷兰 瑞士 乌克兰 叙利亚 欧洲 亚洲 非洲 伦敦 巴黎
            东京 纽约 华盛顿 柏林 莫斯科 首尔 长江 黄河 珠江 太平洋 大西洋"""),
        "body": words("""
            国务院 全国人民代表大会 教育部 外交部 财政部 商务部 国防部 公安部 司法部 民政部
            水利部 农业部 人民法院 人民检察院 生态环境部 自然资源部 国家林业局 中国人民银行
            清华大学 北京大学 复旦大学 南京大学 联合国 欧盟 世界银行 世界卫生组织
            国际货币基金组织 北约 新华社 路透社 美联储 证监会"""),
        "person": words("""
            王建国 李晓明 张志强 刘海燕 陈文华 杨振宇 赵国庆 黄丽娟 周永健 吴佩慈 徐志远 孙立平
            马春生 朱宏伟 胡雪梅 林俊德 郭美玲 何英杰 高庆云 罗天佑"""),
        "foreign": words("""
            约翰·史密斯 玛丽·詹姆斯 大卫·米勒 安娜·科瓦奇 彼得·施密特 卡洛斯·戈麦斯 索菲亚·罗西
            亨利·杜邦 弗拉基米尔·索科洛夫 伊莎贝尔·桑托斯"""),
        "title": words("""
            《红楼梦》 《人民日报》 《水浒传》 《光明日报》 《巴黎协定》 《京都议定书》
            《民法典》 《刑法》 《城乡规划法》 《食品安全法》"""),
    },
    "en": {
        "name": _phrases("""
            London; Paris; Berlin; Tokyo; Madrid; Toronto; Chicago; Boston; Denver; Cairo; Oslo;
            Vienna; California; Texas; Florida; Ohio; Germany; France; Japan; Brazil; Canada;
            Australia; Italy; Spain; Egypt; Kenya; Norway; Poland; Sweden; Mexico; John Carter;
            Mary Ellis; David Foster; Anna Kovacs; Peter Schmidt; Linda Gray; Robert Hayes;
            Susan Boyle; Michael Grant; Emma Clarke; Microsoft; Toyota; Siemens; Boeing; Nestle;
            Oxford University; Stanford University; Columbia; World Bank; Red Cross;
            Federal Reserve; Supreme Court; Henry Ford; Isaac Newton; Nairobi; Lima""")
    },
}  # fmt: skip
"""Real names by kind; what stands in a text is replaced by another of its kind."""

NAMES_BY_KIND = {
    "en": {
        "country": _phrases("""
            China; Germany; Taiwan; France; United States; Japan; India; Brazil; Italy; Canada;
            Russia; Spain; South Korea; Egypt; Iran; Australia; Poland; Mexico; Turkey; Sweden;
            Kenya; Norway; Vietnam; Netherlands; Israel; Switzerland; Thailand; Argentina;
            Greece; South Africa; Singapore; Austria; Malaysia; Ukraine; Iraq; Portugal;
            Indonesia; Denmark; Cuba; Finland; Nigeria; England; Britain"""),
        "place": _phrases("""
            Beijing; Shanghai; London; Paris; Guangdong; Zhejiang; New York; Tokyo; California;
            Texas; Hong Kong; Taipei; Guangzhou; Chengdu; Berlin; Rome; Moscow; Los Angeles;
            Hangzhou; Chicago; Wuhan; Nanjing; Hebei; Sichuan; Yunnan; Tianjin; Warsaw; Vienna;
            Xi'an; Shenzhen; Boston; Hubei; Florida; Shandong; Chongqing; Fujian; Geneva; Oslo;
            Sydney; Jiangsu; San Francisco; Kaohsiung; Washington; Hunan"""),
        "body": _phrases("""
            Ministry of Finance; Ministry of Education; Ministry of Environment; Supreme Court;
            World Bank; United Nations; European Union; Ministry of Transportation;
            Ministry of Health and Welfare; European Commission; Ministry of the Interior;
            Ministry of Economic Affairs; World Health Organization; Executive Yuan;
            Legislative Yuan; Council of Agriculture; Ministry of National Defense;
            Harvard University; State Council; World Trade Organization; Ministry of Justice;
            European Court of Justice; Ministry of Labor; International Monetary Fund;
            Ministry of Foreign Affairs; Stanford University; Red Cross; European Parliament"""),
    },
    "zh": {
        "country": words("""
            中国 德国 法国 美国 日本 印度 巴西 意大利 加拿大 俄罗斯 西班牙 韩国 埃及 伊朗 澳大利亚
            波兰 墨西哥 土耳其 瑞典 肯尼亚 挪威 越南 荷兰 以色列 瑞士 泰国 阿根廷 希腊 南非 新加坡
            奥地利 马来西亚 乌克兰 伊拉克 葡萄牙 丹麦 古巴 芬兰 尼日利亚 英国"""),
        "place": words("""
            北京 上海 伦敦 巴黎 广东 浙江 纽约 东京 加利福尼亚 得克萨斯 香港 台北 广州 成都 柏林
            罗马 莫斯科 洛杉矶 杭州 芝加哥 武汉 南京 河北 四川 云南 天津 华沙 维也纳 西安 深圳
            波士顿 湖北 佛罗里达 山东 重庆 福建 日内瓦 奥斯陆 悉尼 江苏 旧金山 高雄 华盛顿 湖南"""),
        "body": words("""
            财政部 教育部 环境部 最高法院 世界银行 联合国 欧盟 交通部 卫生福利部 欧盟委员会
            内政部 经济部 世界卫生组织 行政院 立法院 国防部 哈佛大学 国务院 世界贸易组织 法务部
            司法部 劳动部 国际货币基金组织 外交部 斯坦福大学 红十字会 欧洲议会 农业部"""),
    },
}  # fmt: skip
"""Names that parallel texts have, in either language, for what is held against the other."""

OPPOSITES = {
    "zh": _pairs("""
        增加|减少; 上升|下降; 提高|降低; 扩大|缩小; 支持|反对; 同意|拒绝; 批准|驳回; 以上|以下;
        之前|之后; 大于|小于; 超过|不足; 全部|部分; 所有|个别; 最高|最低; 最大|最小; 最早|最晚;
        必须|可以; 应当|可以; 盈利|亏损; 进口|出口; 开始|结束; 公开|保密; 合法|非法; 成功|失败;
        男性|女性; 东部|西部; 南部|北部; 前者|后者; 多于|少于; 高于|低于; 允许|禁止; 赞成|反对;
        加强|削弱; 增长|下滑; 买入|卖出; 早于|晚于; 有利|不利; 主动|被动; 国内|国外; 左侧|右侧;
        加快|放缓; 严格|宽松; 内部|外部; 永久|暂时; 直接|间接; 一致|分歧; 强制|自愿; 胜利|失利;
        上游|下游; 新建|拆除; 接受|拒绝; 集中|分散; 第一|最后; 上涨|下跌"""),
    "en": _pairs("""
        increase|decrease; increased|decreased; increases|decreases; rise|fall; rose|fell;
        before|after; more than|less than; all|some; must|may; shall|may; largest|smallest;
        won|lost; support|oppose; supported|opposed; accepted|rejected; includes|excludes;
        male|female; always|never; high|low; higher|lower; allowed|prohibited;
        northern|southern; eastern|western; north|south; east|west; first|last; early|late;
        earlier|later; above|below; many|few; most|few; major|minor; public|private;
        success|failure; successful|unsuccessful; old|new; young|old; guilty|innocent;
        legal|illegal; began|ended; opened|closed; bought|sold; gained|lost; left|right;
        strong|weak; expanded|shrank; approved|vetoed; agreed|refused; upper|lower;
        highest|lowest; best|worst; maximum|minimum; internal|external; possible|impossible;
        arrived|departed; appointed|dismissed"""),
}  # fmt: skip

DENIALS = {
    "zh": _pairs("""
        没有|有; 不得|可以; 不是|是; 不能|能; 不会|会; 无法|能够; 尚未|已经; 并未|已; 未能|成功;
        不再|仍然; 应当|不得; 可以|不得; 有|没有; 是|不是; 能够|无法; 会|不会; 已经|尚未; 已|未;
        禁止|允许; 必须|不必"""),
    "en": _pairs("""
        is|is not; was|was not; are|are not; were|were not; has|has not; had|had not;
        can|cannot; will|will not; must|must not; may|may not; would|would not; could|could not;
        should|should not; is not|is; was not|was; are not|are; were not|were; cannot|can;
        did not|did; does not|does; not|; never|; no|many"""),
}  # fmt: skip

MEASURES = {
    "zh": _pairs("""
        万|亿; 亿|万; 公里|米; 米|公里; 吨|公斤; 公斤|吨; 平方公里|平方米; 美元|欧元; 天|年;
        日内|月内; 年内|日内; 小时|分钟; 分钟|小时; 个月|天; 人民币|美元; 元|美元; 公顷|亩;
        岁|个月"""),
    "en": _pairs("""
        million|billion; billion|million; thousand|million; days|weeks; weeks|months;
        months|years; years|months; hours|days; minutes|hours; miles|feet; km|m;
        percent|per thousand; feet|inches; hour|day; pounds|ounces; dollars|euros;
        kilometers|meters; year-old|month-old"""),
}  # fmt: skip
