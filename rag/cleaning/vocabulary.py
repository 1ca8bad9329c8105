"""Words that pages speak with, about themselves and to their reader. Chinese is in folded form.

General words of interfaces in any country or trade; no name of a site, a firm or a place, save
the few services that share buttons everywhere are named after.
"""

import re
from functools import lru_cache

_CONTROLS = """
首页 主页 网站首页 回首页 返回首页 返回 返回顶部 回到顶部 回顶部 回顶端 回页首 回页顶 返回页首
置顶 顶部 上一页 回上页 回上一页 返回上一页 返回列表 下一页 尾页 末页 上页 下页 上一篇 下一篇
上一条 下一条 上一则 下一则 上一版 下一版 前一篇 后一篇 登录 登入 登出 注册 退出 注销 请登录
立即注册 立即登录 免费注册 注册会员 建立账号 忘记密码 找回密码 会员中心 会员 用户中心 个人中心
我的 收藏 收藏本站 加入收藏 收藏本页 设为首页 打印 打印本页 列印 友善列印 列印版 列印本页 列印此页
打印版 关闭 关闭窗口 关闭本页 关闭页面 分享 分享到 分享至 转发 转寄 转寄好友 转贴 复制链接 字体
字号 字级 字型 字体大小 字型大小 字号大小 大字号 小字号 大字 小字 大 中 小 特大 默认 较大 较小
最大 放大 缩小 加大 简 繁 简体 繁体 简体版 繁体版 简体中文 繁体中文 正体中文 正体 中文 中文版
中文简体 中文繁体 英文版 英文 英语 双语词汇 语言 切换语言 移动版 移动端 手机版 手机端 电脑版
桌面版 行动版 网页版 无障碍 无障碍浏览 无障碍阅读 无障碍声明 适老版 长者模式 长者助手 长者专区
长者版 关怀版 关怀模式 老年模式 大字版 盲人版 儿童版 青少年版 读屏 辅助浏览 网站地图 网站导航
网站导览 导览 导航 网页指南 本站地图 站点地图 搜索 搜寻 搜一搜 全站搜索 站内搜索 高级搜索 进阶搜寻
进阶搜索 检索 热门搜索 热搜 热门关键字 热门关键词 查询 本站 全市 更多 更多>> 查看更多 显示更多
加载更多 展开 收起 展开全文 阅读全文 全文 换一批 刷新 刷新页面 隐藏 跳转到内容 跳到主要内容
跳到主要内容区块 跳至主要内容 跳转到主要内容 跳过导航 主选单 菜单 选单 工具箱 评论 网友评论
我要评论 发表评论 写评论 查看评论 最新评论 热门评论 全部评论 留言 写留言 发表留言 留言板 回复 回应
回帖 发帖 发新帖 跟帖 楼主 沙发 板凳 只看楼主 只看该作者 倒序浏览 正序浏览 阅读模式 举报 点赞 赞
踩 顶 喜欢 不喜欢 打赏 赞赏 在看 点收藏 点分享 点在看 点点赞 关注 已关注 关注我们 取消关注 粉丝
订阅 取消订阅 订阅电子报 电子报 提交 发送 送出 确定 取消 重置 提交评论 验证码 昵称 邮箱 密码
用户名 账号 看不清 换一张 匿名 快速回复 签到 道具 评分 阅读 阅读原文 阅读数 阅读量 点击 点击量
点击数 点阅数 点阅率 浏览 浏览量 浏览数 浏览次数 浏览人次 浏览人数 累积浏览人次 访问量 访问次数
人气 播放 热度 下载 下载次数 下载文档 下载客户端 客户端 扫一扫 扫码关注 扫码 二维码 公众号 小程序
打开app 下载app 微信 微信公众号 官方微信 微博 官方微博 新浪微博 腾讯微博 qq qq空间 qq好友 朋友圈
抖音 快手 小红书 豆瓣 知乎 人人网 脸书 推特 facebook twitter line 用line传送 whatsapp weibo wechat
rss youtube instagram threads plurk telegram linkedin pinterest reddit email e-mail flickr tiktok
google english eng en zh fr es français español 日本語 한국어 русский العربية deutsch português
听全文 听新闻 朗读 语音播报 音频 视频 上传 编辑 检视历史 檢視历史 查看历史 不转换 原创 转载 转帖
推荐 精华 热门 最新 即时 排行 排行榜 版面导航 标题导航 往期回顾 往期推荐 智能问答 智能客服
在线客服 客服 用户 帖子 版块 免费 vip vip免费 会员免费 手机看 纠错 我要纠错 反馈 意见反馈 问题反馈
是 否 有帮助 没帮助 网站声明 小黑屋 archiver 重要告示 今日新闻 过往新闻 规范 查看原图 关于本站
导出 汇出 汇出pdf 导出pdf 复制网址 复制连结 加入比对 简易查询 进阶查询 查询结果
侧边栏 行号 前一版 后一版 网站纠错 意见回馈 引用格式 引用本文
全文下载 pdf word 客户服务 订报专线 广告刊登 快速通道 在线预约
关于 赞助 广告 广告服务 广告合作 商务合作
"""
_SECTIONS = """
讨论 统计 条目 工具 全部 新闻 要闻 时政 时评 评论 财经 经济 体育 科技 娱乐 社会 国际 国内 军事
教育 文化 健康 生活 旅游 汽车 房产 股市 产经 运动 政治 全球 文教 图片 视频 直播 专题 专栏 地方
图库 新闻中心 新闻动态 工作动态 通知公告 公告 公示公告 政策法规 政策文件 政策解读 法律法规 法规
机构概况 机构设置 机构职能 领导介绍 领导信息 政务公开 政府信息公开 信息公开 信息公开指南
信息公开目录 办事服务 政务服务 办事指南 在线办事 便民服务 互动交流 公众参与 政民互动 公众互动
交流互动 一网通办 数据开放 数据发布 专题专栏 走进 市情 概况 关于我们 联系我们 联络我们 加入我们
人才招聘 招聘信息 诚聘英才 友情链接 相关链接 常见问题 常见问答 意见信箱 局长信箱 市长信箱 首长信箱
民意信箱 服务 产品 解决方案 资料下载 下载专区 下载中心 表单下载 论坛 社区 博客 归档 关于我 隐私
隐私政策 私隐政策 隐私权 隐私权政策 隐私权保护政策 隐私声明 隐私权及资讯安全政策
隐私权及网站安全政策 网站安全政策 资讯安全政策 政府网站资料开放宣告 网站资料开放宣告 服务条款
使用条款 使用条例 用户协议 服务协议 法律声明 免责声明 版权声明 版权所有 著作权声明 开放资料
无障碍网页 关于维基百科 开发人员 行动版检视 投稿 投诉 订阅 英雄榜 数字报 电子版 会员 产业 政策
建立帐号 建立账号 国务院部门网站 省直部门网站 区县政府网站 市直部门 市级部门 各县区 部门网站
地方网站
"""
_ENGLISH = """
home homepage menu search login log logout sign signin signup register subscribe subscription
subscriptions newsletter newsletters share tweet pin print email e-mail facebook twitter linkedin
whatsapp instagram youtube reddit pinterest telegram tiktok flickr rss feed feeds bookmark follow
like likes comment comments reply replies leave post posts posted previous next older newer back
top close open toggle skip jump content navigation nav main sidebar footer header page pages site
sitemap website web cookie cookies accept reject manage preferences settings consent privacy terms
conditions policy disclaimer disclaimers copyright legal accessibility statement contact contacts
about help faq faqs feedback support careers jobs advertise advertisement advertisements sponsored
promoted donate donation account profile password username submit send cancel download downloads
app apps mobile view views viewed read reading min mins minute minutes more less expand collapse
show hide trending popular latest related recommended tags tagged tag categories category archive
archives archived filed advanced browse continue scroll click tap enlarge fullscreen image photo
gallery video watch listen audio play english français español deutsch русский العربية 中文
português italiano weblog blog wordpress powered proudly permalink edit history talk article
articles tools personal create version desktop print-friendly inbox news events topics
publications resources media press release releases newsroom international edition world politics
business tech technology sport sports culture lifestyle opinion departments services data shop
store cart checkout wishlist en fr es de zh updated published last modified opens window link copy
copied yes no useful helpful problem report name first required field fields optional enter
address your alerts alert notifications notify member members membership join editor's guidelines
e-edition obituaries classifieds local ad ads place login basket cite citation citations permissions
icon supplementary pdf alert slide librarians institutional slideshow
conduct index a-z hub statistics random tagline us stories story
"""
_GLUE = """
a an the this that to on in of for our us your you via with by at and or from as is it was are be
been here up out get all new i how what
"""

CONTROLS = frozenset(_CONTROLS.split())
SECTIONS = frozenset(_SECTIONS.split())
ENGLISH = frozenset(_ENGLISH.split())
GLUE = frozenset(_GLUE.split())

_LONGEST = max(map(len, CONTROLS | SECTIONS))
_CHINESE = CONTROLS | SECTIONS
_STARTS = frozenset(word[0] for word in _CHINESE)

_SPEAK_CHINESE = {
    3: "免责声明 特别声明 版权声明 本文仅代表 仅代表作者 不代表本 本站立场 本网立场 侵权必究"
    " 转载请 转载必究 违者必究"
    " 扫描二维码 长按二维码 关注公众号 本网转载 本站转载 禁止复制 建立镜像 未经授权 书面授权"
    " 加入我们的"
    " 粉丝专页 信息存储服务 不良信息举报 举报电话 最佳解析度 浏览器不支持 浏览器不支援"
    " 下载客户端 下载app 登录后 登入会员"
    " 马上注册 版权所有 著作权所有 公网安备 联系删除 后删除 创用cc 知识共享 使用cookie",
    2: "本站 本网 本平台 自媒体 公众号 客户端 二维码 转载 个人观点 版权问题 侵权 与本文无关 点击"
    " 订阅 扫码 长按 回帖"
    " 好友 社区 网友 cookie 浏览器 解析度 请及时与 授权 摘编 供参考 仅供参考 未经本 网站编辑"
    " 关注我们 欢迎关注 点个 本版",
    1: "本文 内容 观点 无关 赞同 证实 删除 注册 登录 登入 下载 更多 分享 您 作者 原创 版权 联系"
    " 声明 传递",
}
_SPEAK_ENGLISH = {
    3: r"we use (?:\w+ )?cookies|additional cookies|use of cookies|our (?:use of )?cookies?"
    r"|privacy (?:policy|notice|statement)|terms of (?:use|service)|terms and conditions"
    r"|all rights reserved|cookie policy|your inbox|sign up (?:for|to)|subscribe (?:to|here|now)"
    r"|our newsletters?|click here|email address|by (?:using|continuing|submitting|clicking"
    r"|signing)"
    r"|(?:views|opinions) expressed|do(?:es)? not (?:necessarily )?(?:reflect|represent)"
    r"|open government licen[cs]e|creative commons|browser does not|enable javascript|akismet"
    r"|enjoy(?:ed)? this (?:article|post)|download (?:the|our) \w+|follow us|like us on"
    r"|make a gift|make a donation|donate (?:today|now)|your donation|will not be published"
    r"|for (?:more|further) information,? (?:please )?(?:contact|visit)|required fields"
    r"|registered charity|notify me of|last edited on|additional terms may apply",
    2: r"\S+@\S+\.\w+|(?:media|press) (?:team|office|contacts?|enquir\w+)|this (?:site|website"
    r"|page|article)|our (?:website|site|app|readers)|cookies?|newsletters?"
    r"|unsubscribe|advertis\w+|reproduc\w+ without|without permission|copyright|©|disclaimer"
    r"|log in|sign in|republish\w*|you agree|posted (?:on|by)|tagged|view all|read more"
    r"|your (?:support|gift|browser|experience|email|account|preferences)|our work|join us",
    1: r"\byou\b|\byour\b|subscribe|download|browser|click|users?|author|publisher|support",
}


def _compiled(words: dict[int, str], *, split: bool) -> tuple[tuple[int, re.Pattern[str]], ...]:
    forms = {
        weight: "|".join(map(re.escape, text.split())) if split else text
        for weight, text in words.items()
    }
    return tuple((weight, re.compile(form)) for weight, form in forms.items())


_SPEAK = (*_compiled(_SPEAK_CHINESE, split=True), *_compiled(_SPEAK_ENGLISH, split=False))
_TOKEN = re.compile(r"[^\s|/\\>›»<«‹·•,;:!?()\[\]{}【】«».。、,†◀▶←→↑↓▲▼+*=#○●◎\"']+")
_ASCII = re.compile(r"[a-z0-9@&'.-]+")


_TO_READER = re.compile(
    r"本(?:站|网|平台|文|页|社|报|刊|号|公众号|内容|作品)|您|我们|点击|点个|扫|长按|请(?!示|求)"
    r"|欢迎|马上|立即|版权所有|网友"
    r"|\b(?:we|our|us|you|your)\b|this (?:site|website|page|article|work|blog)|©|\(c\)|all rights"
    r"|^(?:下载|订阅|关注|转载|打开|登录|注册|subscribe|sign up|click|download|donate|follow"
    r"|join|get|text is|registered)"
)


def page_speak(folded: str) -> int:
    """How much a sentence talks about the page it is on: different words, each by its weight.

    0 where it neither speaks to a reader nor of this page: a law on advertising does neither.
    """
    if not _TO_READER.search(folded):
        return 0
    return sum(weight * len(set(form.findall(folded))) for weight, form in _SPEAK)


@lru_cache(maxsize=4096)
def interface_share(folded: str) -> tuple[float, float]:
    """The shares of a line's letters that are words of controls, and of those or of sections.

    Both between 0 and 1; numbers and the small words of English count for neither side.
    """
    controls = sections = total = 0.0
    for token in _TOKEN.findall(folded):
        size, known, section = _weigh(token)
        total += size
        controls += known
        sections += section
    return (controls / total, (controls + sections) / total) if total else (0.0, 0.0)


def _weigh(token: str) -> tuple[float, float, float]:
    """Length that counts, length in words of controls, length in words of sections."""
    if token in CONTROLS:
        return len(token), len(token), 0
    if token in SECTIONS:
        return len(token), 0, len(token)
    if _ASCII.fullmatch(token):
        if token in GLUE or not re.search("[a-z]", token):
            return 0, 0, 0
        return len(token), len(token) * (token in ENGLISH), 0
    known = _covered(token)
    return len(token), known if known >= 0.7 * len(token) else 0, 0


def _covered(token: str) -> int:
    """Characters of a run of Chinese covered by words of pages, longest first."""
    at = known = 0
    while at < len(token):
        size = 0
        if token[at] in _STARTS:
            longest = min(_LONGEST, len(token) - at)
            size = next((n for n in range(longest, 1, -1) if token[at : at + n] in _CHINESE), 0)
        known += size
        at += max(size, 1)
    return known
