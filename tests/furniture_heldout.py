"""Furniture that no rule was tuned on, to measure with: written first, in other manners.

Every block is made up. In a head, `{title}` is where the document's own title stands.
"""

# ruff: noqa: E501 (lines of pages, as long as they are)

HEADS: dict[str, dict[str, str]] = {
    "hans": {
        "city portal": """
长者专区
智能问答
繁體版
移动端
请输入您要查询的内容
全市 本站
今天是2023年9月14日 星期四 多云转晴 18~26℃
走进云岭
政府信息公开
政民互动
一网通办
您所在的位置：云岭市人民政府 › 政府信息公开 › 部门动态
{title}
2023-09-14 09:41　来源：云岭市水务局　点击量：2,317　[打印] [关闭] 字体：[大][中][小]
""",
        "index table": """
索 引 号：000014349/2022-00087
主题分类：城乡建设、环境保护\\环境监测、保护与治理
发文机关：云岭市人民政府办公室
成文日期：2022年05月24日
标　　题：{title_in_line}
发文字号：云政办发〔2022〕18号
发布日期：2022年05月31日
{title}
""",
        "newspaper": """
《云岭晚报》数字报
2023年09月14日 星期四
往期回顾 版面导航 标题导航
第A03版：综合新闻
上一版 ◀ ▶ 下一版
放大+ 缩小- 默认○
{title}
□ 本报记者 叶青禾 通讯员 孟时雨
""",
        "wechat": """
点击蓝字 关注我们
{title}
原创 叶青禾 云岭发布
2023-09-14 18:30 发表于云南
收录于合集 #水利 12个
听全文 · 约6分钟
""",
        "forum": """
云岭论坛
请 登录 后使用快捷导航 没有帐号？立即注册
帖子 用户
论坛 › 城市生活 › 市政建设
发新帖 回复
查看: 8413|回复: 27
[转帖] {title}
楼主 青禾_0914 | 发表于 2023-9-14 10:02:33 | 只看该作者 | 倒序浏览 | 阅读模式
马上注册，结交更多好友，享用更多功能，让你轻松玩转社区。
x
""",
        "document share": """
下载文档
收藏
VIP免费
16页 · 3.2MB · 2023-09-14
{title}
上传人：青禾 文档编号：90814227 上传时间：2023-09-14 格式：DOC 页数：16
剩余15页未读，继续阅读
""",
    },
    "hant": {
        "county office": """
跳到主要內容區塊
:::
網站導覽 回首頁 意見信箱 雙語詞彙 English RSS
請輸入關鍵字 搜尋 進階搜尋
熱門關鍵字：補助 停水 志工
字級：小 中 大
目前位置：首頁 / 訊息公告 / 新聞稿
{title}
發布單位：水利科　發布日期：112-09-14　點閱數：846
友善列印 轉寄好友 回上一頁
""",
        "press release": """
香港特別行政區政府 新聞公報
繁 | 簡 | ENG
列印版
分享
{title}
＊＊＊＊＊＊＊＊＊＊
""",
        "encyclopaedia": """
跳轉到內容
主選單
搜尋
贊助維基 建立帳號 登入
目次 隱藏
{title}
5種語言
條目 討論
臺灣正體
閱讀 編輯 檢視歷史
工具
維基百科，自由的百科全書
""",
        "news portal": """
即時 要聞 娛樂 運動 全球 社會 產經 股市 健康 生活 文教
會員中心 登出 訂閱電子報
聯合首頁 > 生活 > 地方
{title}
2023-09-14 08:12 聯島報／ 記者葉青禾／雲嶺即時報導
+ 水庫
讚 0 分享
A- A+
""",
    },
    "en": {
        "government": """
Skip to main content
Cookies on ridge.example
We use some essential cookies to make this website work.
We'd like to set additional cookies to understand how you use the service and make improvements.
Accept additional cookies
Reject additional cookies
View cookies
Menu
Departments Worldwide How government works Get involved Consultations
Home
Environment
Water industry
{title}
From: Department for Rivers and Harbours
Published 14 September 2023
Get emails about this page
""",
        "newspaper": """
Support us
Print subscriptions
Sign in
Search jobs
International edition
News
Opinion
Sport
Culture
Lifestyle
More
{title}
Hannah Whitlock
@hwhitlock
Thu 14 Sep 2023 06.00 BST
Last modified on Thu 14 Sep 2023 11.42 BST
Share on Facebook
Share via Email
""",
        "united nations": """
Welcome to the United Nations
العربية 中文 English Français Русский Español
Peace and Security Human Rights Economic Development
Audio Hub | Subscribe
Advanced Search
{title}
14 September 2023 Climate and Environment
""",
        "blog": """
The Ridge Notebook
Rivers, rain and the people who measure them
About Archive Shop Contact
← Older post
{title}
Posted on September 14, 2023 by hwhitlock
Filed under: Field notes | Tagged: gauges, rivers | 7 Comments
""",
        "charity": """
DONATE NOW
EN FR ES
Who we are | What we do | Where we work | Get involved
Breadcrumb
Home » News & Stories » Press releases
{title}
News release | 14 Sep 2023
Reading time: 4 minutes
Tweet Share LinkedIn WhatsApp
""",
        "encyclopaedia": """
Jump to content
Main menu
Search
Create account
Log in
Personal tools
{title}
14 languages
Article
Talk
Read
Edit
View history
From Wikipedia, the free encyclopedia
""",
    },
}

TAILS: dict[str, dict[str, str]] = {
    "hans": {
        "city portal": """
扫一扫在手机打开当前页
【打印本页】 【关闭窗口】
相关稿件
一图读懂：城市供水这五年
关于做好汛期安全工作的提醒
市水务局召开季度调度会
国务院部门网站
省直部门网站
区县政府网站
主办：云岭市人民政府办公室　承办：云岭市大数据中心
网站标识码：5300000012　滇ICP备10000333号-2
滇公网安备 53000000000181号
联系电话：0871-60000000（工作日 8:30-17:30）
""",
        "newspaper": """
本版责编：孟时雨　版式设计：陆一舟
云岭日报社版权所有，未经书面授权禁止复制或建立镜像
Copyright © 2003-2023 by www.yunling.example. all rights reserved
不良信息举报电话：0871-60000001
""",
        "wechat": """
END
来源丨云岭水务
编辑丨孟时雨
审核丨陆一舟
往期推荐
今天起，这些路段有变化
速看！下周停水通知来了
喜欢就点个“在看”吧~
阅读原文
阅读 1.2万
赞 36
分享
写留言
""",
        "forum": """
评分
参与人数 2 威望 +5 收起 理由
回复 举报
道具
您需要登录后才可以回帖 登录 | 立即注册
本版积分规则
发表回复 回帖后跳转到最后一页
Archiver|手机版|小黑屋|云岭论坛
GMT+8, 2023-9-14 20:16 , Processed in 0.086214 second(s), 22 queries .
Powered by Discuz! X3.4
""",
        "news site": """
（责任编辑：叶青禾）
声明：本网转载此文出于传递更多信息之目的，并不意味着赞同其观点或证实其描述。文章内容仅供参考。
如涉及版权问题，请在30日内与本网联系，我们将及时处理。
网友评论
登录后参与评论
最新评论
云上的鱼 云南昆明 3小时前
希望早点通水
12 回复
查看更多评论
24小时热榜
1 暴雨蓝色预警发布
2 地铁三号线今日试运行
3 高校新生报到指南
换一批
""",
    },
    "hant": {
        "county office": """
上一則 下一則
瀏覽人次：846
最後更新日期：112-09-14
回頁首
隱私權及網站安全政策 | 政府網站資料開放宣告
地址：雲嶺縣雲嶺市中正路1號　總機：(05)000-0000
服務時間：週一至週五 08:00-12:00、13:30-17:30
建議使用 Chrome、Edge 或 Firefox 瀏覽器，最佳解析度 1280x800
Copyright © 2023 雲嶺縣政府 版權所有
""",
        "press release": """
完
2023年9月14日（星期四）
香港時間15時30分
返回頁首
今日新聞
過往新聞
重要告示 | 私隱政策
""",
        "encyclopaedia": """
取自「https://zh.example.org/w/index.php?title=水庫&oldid=77000001」
分類：水利工程 | 臺灣地理
隱藏分類：含有連結內容需訂閱查看的頁面
本頁面最後修訂於2023年9月14日 (星期四) 08:12。
本站的全部文字在創用CC 姓名標示-相同方式分享 4.0協議之條款下提供，附加條款亦可能應用。（請參閱使用條款）
關於維基百科 免責聲明 行動版檢視 開發人員 統計
""",
        "news portal": """
延伸閱讀
水庫蓄水率破八成 夏季不缺水
一張圖看懂各地雨量
※ 提醒您：酒後不開車，飲酒過量有礙健康
加入我們的 LINE 好友，新聞不漏接
你可能有興趣
贊助
逾五成民眾不知道的省水祕訣
發表言論 規範
©2023 聯島線上公司版權所有，轉載必究
""",
    },
    "en": {
        "government": """
Is this page useful?
Yes this page is useful
No this page is not useful
Report a problem with this page
Services and information
Benefits
Births, death, marriages and care
Help Privacy Cookies Accessibility statement Contact Terms and conditions
All content is available under the Open Government Licence v3.0, except where otherwise stated
© Crown copyright
""",
        "newspaper": """
Explore more on these topics
Rivers
Environment
Reuse this content
Most viewed
Dock workers vote on new pay offer
A quiet village prepares for its first railway
What the tide tables do not tell you
Get our best stories in your inbox every weekday morning
Enter your email address
Sign up
Privacy Notice: Newsletters may contain info about charities, online ads, and content funded by outside parties.
Modern Slavery Act
© 2023 Ridge News & Media Limited or its affiliated companies. All rights reserved. (modern)
""",
        "united nations": """
♦ Receive daily updates directly in your inbox - Subscribe here to a topic.
♦ Download the UN News app for your iOS or Android devices.
RELATED STORIES
Flood warnings reach more villages
New gauges for mountain streams
FRAUD ALERT
COPYRIGHT
TERMS OF USE
A-Z SITE INDEX
""",
        "blog": """
Share this:
Twitter
Facebook
Like this:
Like Loading...
About hwhitlock
Hannah keeps a notebook of rivers and writes about it here.
View all posts by hwhitlock →
7 Responses to “{title_in_line}”
Tom R. says:
September 15, 2023 at 9:14 am
Great write-up, thanks for sharing!
Reply
Leave a Reply Cancel reply
Your email address will not be published. Required fields are marked *
Notify me of new posts by email.
Blog at WordPress.com.
""",
        "charity": """
For more information, please contact our media team: press@ridge.example
Tags
Rivers Floods Early warning
Stay up to date
Sign up to our newsletter to hear how your support is changing lives.
First name
Email
By submitting this form you agree to our privacy policy.
Registered charity in England and Wales (1000001) and Scotland (SC000001)
Website by Halyard
""",
        "encyclopaedia": """
Retrieved from "https://en.example.org/w/index.php?title=Reservoir&oldid=1170000001"
Categories: Reservoirs | Hydraulic engineering
Hidden categories: Articles with short description
This page was last edited on 14 September 2023, at 08:12 (UTC).
Text is available under the Creative Commons Attribution-ShareAlike License 4.0; additional terms may apply. By using this site, you agree to the Terms of Use and Privacy Policy.
Contact Wikipedia
Code of Conduct
Toggle limited content width
""",
    },
}

ISLANDS: dict[str, tuple[str, ...]] = {
    "hans": (
        "（图片来源网络）",
        "↑点击播放视频↑",
        "点击图片查看原图",
        "- 广告 -",
        "▲资料图",
        "展开全文",
        "长按二维码，关注“云岭发布”",
        "01:42",
        "1 2 3 4 下一页 尾页",
    ),
    "hant": (
        "（圖／翻攝畫面）",
        "繼續閱讀",
        "請繼續往下閱讀...",
        "廣告-請繼續往下閱讀",
        "推薦閱讀：停水三天 各地儲水攻略",
        "[圖片]",
        "▲圖為示意圖",
    ),
    "en": (
        "Article continues after advertisement",
        "Story continues below",
        "View image in fullscreen",
        "Image: File photo",
        "Read more: What the tide tables do not tell you",
        "[Image: image]",
        "Advertisement - scroll to continue",
        "1 of 4",
        "Sign up for our weekly newsletter",
    ),
}
