"""A second set of furniture that no rule was tuned on, of other kinds of sites than the first.

Every block is made up. In a head, `{title}` is where the document's own title stands.
"""

# ruff: noqa: E501 (lines of pages, as long as they are)

HEADS: dict[str, dict[str, str]] = {
    "hans": {
        "environment bureau": """
欢迎访问青川省生态环境厅网站！
2024年4月2日 星期二
省政府 | 生态环境部 | 邮箱登录
智能搜索
热搜词：环评审批 排污许可 固废转移
网站首页
厅情概览
环境质量
核与辐射
行政执法
您当前所在位置： 首页 > 业务工作 > 水生态环境
{title}
信息来源：水生态环境处 发布时间：2024-04-02 15:20:11 浏览次数： 386 次 【字体：大 中 小】
分享：
""",
        "tax notice": """
国家税务局青川省税务局
12366纳税服务热线
我要办税 | 个人中心 | 智能咨询
请输入关键字
首页 信息公开 新闻动态 税收政策 纳税服务 互动交流
首页>税收政策>政策文件
{title}
【发文日期】2024年03月18日
【字体：大 中 小】 打印 下载 收藏
分享到
扫一扫，分享至手机
""",
        "university news": """
青川大学新闻网
学校主页 ENGLISH 旧版回顾 投稿系统
青大要闻 综合新闻 学术动态 媒体青大 青大人物 光影青大 校报在线
当前位置： 首页 / 综合新闻 / 正文
{title}
发布日期：2024-04-02  来源：环境学院  文字：陆知行  摄影：何雨桐  责编：苏蔓  阅读：
1024
""",
        "hospital": """
青川市第一人民医院
预约挂号：0599-114  急救电话：0599-120
就医指南 科室导航 专家介绍 健康科普 党建园地 招标采购
掌上医院
手机扫码预约挂号
当前位置：医院首页 » 健康科普 » 内容详情
{title}
作者：感染科  时间：2024-04-02  人气：561
A+ A-
""",
    },
    "hant": {
        "party newspaper": """
大成報電子報
今日焦點 地方新聞 兩岸 財經 副刊 讀者投書
第A7版 地方綜合
2024年4月2日 星期二 上一期 下一期
版面概覽 返回目錄
{title}
【本報記者陳又新／花蓮報導】
字號 放大 縮小 還原
""",
        "court judgments": """
司法判解查詢系統
裁判書查詢 判例 解釋 法規 簡易查詢 進階查詢
友善列印 匯出PDF 複製網址 加入比對
共 1 筆 / 現在第 1 筆
回查詢結果
{title}
展開側邊欄 隱藏行號
""",
        "hong kong press release": """
跳至主要內容
香港品牌形象
简体 English 桌面版
今日新聞公報 過往新聞公報 重要告示
字型大小：較小 預設 較大
列印 電郵推介
新聞公報
{title}
＊＊＊＊＊＊＊＊＊＊＊＊
2024年4月2日（星期二）
""",
        "legislature gazette": """
:::
立法公報檢索
最新消息｜議事日程｜委員質詢｜院會紀錄｜網站地圖｜English
全文檢索：
進階檢索 說明
目前瀏覽：首頁 / 公報 / 第113卷 / 第21期
{title}
上傳日期：113.04.02　瀏覽數：87　下載次數：12
PDF全文下載 ｜ WORD下載 ｜ 引用格式
""",
    },
    "en": {
        "aid charity": """
Emergency appeal: give today to help families hit by flooding
Donate Close
Find your local branch
Get help | Get involved | Our impact | News and stories | Shop
My basket (0)
Home
News and stories
{title}
Published 2 April 2024
Share this story
4 minute read
""",
        "commission press corner": """
This site uses cookies. Visit our cookies policy page or click the link in any footer for more information and to change your preferences.
Accept all cookies
Accept only essential cookies
Select your language English (en)
Press corner
Available languages: English
Press release 2 April 2024 Brussels
{title}
Page contents
Top
Print friendly pdf
Related media
""",
        "county newspaper": """
Today's e-edition
Obituaries Classifieds Legal notices Place an ad Newsletters
67°F Fair
Subscribe $1 for 3 months
Log in
LOCAL NEWS
{title}
Dana Whitfield dwhitfield@countyledger.example
Apr 2, 2024 Updated 5 hrs ago
Facebook X Email Print Copy article link Save
You have 2 free articles remaining this month
""",
        "journal landing": """
Skip to Main Content
Advanced Search
Institutional login
Register
Journals Books Open access For authors For librarians
All issues Submit Alerts About
Volume 12, Issue 3, March 2024
< Previous Next >
Article Navigation
{title}
Lena Hartmann, Joseph Okoro, Mei-Ling Tsai
https://doi.org/10.1234/wq.2024.0317
Received: 4 October 2023 Accepted: 11 January 2024 Published: 2 March 2024
Cite Permissions Icon Permissions Share
Altmetric 14 Citations 3
""",
    },
}

TAILS: dict[str, dict[str, str]] = {
    "hans": {
        "environment bureau": """
扫一扫在手机上查看当前页面
打印本页 关闭窗口
上一条：青川省生态环境厅召开视频调度会
下一条：关于征集典型案例的函
国家部委网站
省级环保网站
省直单位网站
其他链接
主办单位：青川省生态环境厅
地址：青川市滨江大道118号 邮编：353000
青ICP备11002233号-1 青公网安备 35070202100001号 网站标识码：3500000044
建议使用1366×768分辨率，IE9.0以上浏览器浏览本网站
您是第 10283746 位访问者
""",
        "tax notice": """
收藏 打印 关闭
政策解读
关于《公告》的解读
热点问答
该项优惠政策如何申报享受？
您对本页内容的评价
满意 一般 不满意
网站纠错 | 隐私声明 | 税务网站群
承办：青川省税务局信息中心
本站已支持IPv6网络访问
政府网站标识码 bm29130002
""",
        "university news": """
【 关闭窗口 】
分享至：
推荐新闻
1
环境学院举行校友返校日活动
2
青川大学获批两个省级重点实验室
3
研究生支教团出征
读取内容中,请等待...
新闻热线：0599-8833221 投稿邮箱：xwzx@qcu.example
青川大学党委宣传部 版权所有
今日访问：3021 总访问：9982137
""",
        "hospital": """
声明：本网站健康科普内容仅供参考，不能作为诊断及医疗的依据，如有不适请及时就医。
上一篇：没有了
下一篇：春季过敏怎么办
快速通道
在线预约
报告查询
来院路线
官方公众号
官方视频号
医疗投诉：0599-8811000 行风监督：0599-8811222
技术支持：云帆科技
闽卫网审【2014】第22号
""",
    },
    "hant": {
        "party newspaper": """
分享到Facebook 分享到LINE
本版其他新聞
山區道路搶通 居民放心返家
國小學童彩繪社區圍牆
前一版 後一版
讀者服務專線：03-8123456
廣告刊登 訂報專線 人才招募
大成報社版權所有，未經授權，請勿轉載
""",
        "court judgments": """
回頁首 回查詢結果
歷審裁判
相關法條
引用本裁判
本系統資料僅供參考，如與裁判正本不符，以正本為準。
資料更新：每日更新 系統操作問題請洽：(02)2361-0000 分機 1234
建議使用 Edge 或 Chrome 瀏覽器
""",
        "hong kong press release": """
完
2024年4月2日（星期二）
香港時間14時30分
列印此頁
即日新聞
相片
網上直播
重要告示 | 私隱政策
最近更新日期： 2024年4月2日
""",
        "legislature gazette": """
附件
公報第113卷第21期.pdf（3.4MB，另開視窗）
引用本文
意見回饋
本頁面是否對您有幫助？
是 否
上一筆 下一筆 回列表
立法公報檢索系統 版本 3.2.1
地址：10051臺北市某某南路1號 電話：02-23580000
通過AA檢測等級無障礙網頁檢測
累計瀏覽：3,210,456 人次
""",
    },
    "en": {
        "aid charity": """
How you can help
Your gift could help us reach people in crisis.
£10 £25 £50 Other amount
Donate now
You might also be interested in
Meet the volunteers behind the van
What to pack in an emergency kit
Sign up for email updates
First name Last name Email
We'll keep your data safe. Read our privacy notice.
Registered with the Fundraising Regulator
Charity registered in England and Wales (220000), Scotland (SC030000)
Modern slavery statement | Safeguarding | Cookies
""",
        "commission press corner": """
Press contact
Klara Novak
Phone +32 2 299 00 00
Mail klara.novak@commission.example
If you do not work for a media organisation, you are welcome to contact the public through the information centre.
Share this page
X Facebook LinkedIn E-mail
HAVE YOUR SAY
Language policy Cookies Privacy policy Legal notice Resources for partners
""",
        "county newspaper": """
Contact Dana Whitfield at 555-0142 or dwhitfield@countyledger.example. Follow her on X.
Love
0
Funny
0
Wow
1
Sad
0
Tags
Water
County Board
Get local news delivered to your inbox!
Email Address Sign up!
* I understand and agree that registration on or use of this site constitutes agreement to its user agreement and privacy policy.
Most Popular
Man arrested after chase on Route 9
Bakery on Main Street to close after 40 years
Powered by BLOX Content Management System
""",
        "journal landing": """
PDF
Supplementary data
Comments
0 Comments
Add comment
Close comment form modal
Citing articles via
Web of Science (3) Google Scholar Crossref
Email alerts
New issue alert Advance article alerts
Latest Most Read Most Cited
Nutrient loads in shallow reservoirs: a review
Online ISSN 1234-567X Print ISSN 1234-5661
Copyright © 2024 Society for Water Quality
Resize Close
""",
    },
}

ISLANDS: dict[str, list[str]] = {
    "hans": [
        "（点击图片可放大）",
        "【广告】",
        "↓↓↓",
        "本文图片均由受访者提供",
        "点击下方视频观看↓",
    ],
    "hant": ["（圖／大成報資料照）", "廣告", "▲點圖看大圖", "文章未完，請往下閱讀", "回頁首"],
    "en": [
        "ADVERTISEMENT - CONTINUE READING BELOW",
        "Buy Photo",
        "Open in new tab Download slide",
        "Return to top",
        "Support local journalism. Subscribe today.",
    ],
}
