"""Furniture to develop the cleaner with; what counts is `furniture_heldout`.

Every block is made up. In a head, `{title}` is where the document's own title stands.
"""

# ruff: noqa: E501 (lines of pages, as long as they are)

HEADS: dict[str, dict[str, str]] = {
    "hans": {
        "municipal bureau": """
临湖市生态环境局
无障碍浏览 长者模式 简体 | 繁体
首页
机构概况
政务公开
办事服务
互动交流
专题专栏
当前位置：首页 > 政务公开 > 工作动态
{title}
发布时间：2024-03-05 16:20 信息来源：临湖市生态环境局 浏览次数：128
字体：【大 中 小】 打印 分享到：
""",
        "ministry table": """
网站首页 | 新闻中心 | 政策文件 | 公众参与 | 政务服务
名称：{title_in_line}
索引号：000012345/2024-00012
分类：综合管理
发布机关：临湖市人民政府
生成日期：2024年03月05日
文号：临政发〔2024〕3号
主题词：环境 通知
{title}
""",
        "news site": """
临湖新闻网
登录 注册 投稿
要闻 时评 财经 体育 科技 图片 视频
广告
{title}
2024年03月05日 16:20 | 来源：临湖日报
小字号 大字号
微信 微博 QQ空间 复制链接
""",
        "wechat": """
点击上方蓝字关注我们
{title}
临湖环境 2024年3月5日 16:20
以下文章来源于临湖发布 ，作者小湖
""",
        "newspaper": """
临湖日报
2024年03月05日 第02版：要闻
上一篇 下一篇
{title}
本报记者 江一帆
""",
        "blog": """
湖边随笔
博客首页 归档 关于我 留言板
{title}
江一帆 · 2024-03-05 · 阅读 512 · 评论 3
分类：环保
""",
    },
    "hant": {
        "ministry": """
跳到主要內容
:::
回首頁 網站地圖 常見問答 English 兒童版
字型大小： 小 中 大
首頁 > 新聞與公告 > 即時新聞
{title}
發布日期：113-03-05
發布單位：綜合規劃組
瀏覽人次：235
分享至 Facebook Line Twitter
""",
        "hong kong": """
主頁 | 網頁指南 | 聯絡我們 | English | 简体版
字體大小
{title}
2024年3月5日
列印此頁
""",
        "newspaper": """
登入 註冊會員
最新 熱門 政治 國際 財經
首頁 / 生活
{title}
2024/03/05 16:20
記者江一帆／臺北報導
用LINE傳送
""",
        "encyclopaedia": """
導覽選單
維基百科，自由的百科全書
{title}
跳至導覽 跳至搜尋
""",
    },
    "en": {
        "council": """
Skip to content
Home About us Services News Contact us
Search this site
You are here: Home > News > Press releases
{title}
Published: 5 March 2024
Print this page
Share on Twitter Share on Facebook
""",
        "news": """
Subscribe Log in
US World Politics Business Tech
ADVERTISEMENT
{title}
By Jane Marsh
March 5, 2024, 4:20 PM
Updated March 6, 2024
4 min read
Share this article
Comments (12)
""",
        "agency": """
English | Français | Español
About Topics Publications Data Events
Home / News
{title}
Press Release
5 March 2024
Facebook Twitter Email Print
""",
        "blog": """
Lakeside Notes
Just another weblog
Home
About
Archives
{title}
March 5, 2024 by admin
Leave a comment
""",
        "encyclopaedia": """
{title}
From Wikipedia, the free encyclopedia
Jump to navigation Jump to search
""",
        "cookie banner": """
We use cookies to give you the best experience on our website. By continuing to browse this site you agree to our use of cookies.
Accept all Reject all Manage settings
Menu Close
{title}
Date: 5 March 2024
Author: Jane Marsh
""",
    },
}

TAILS: dict[str, dict[str, str]] = {
    "hans": {
        "municipal bureau": """
【打印】【关闭】
上一篇：市生态环境局召开安全生产会议
下一篇：我市公布第一季度空气质量
相关链接
生态环境部 省生态环境厅
版权所有：临湖市生态环境局 地址：临湖市湖滨路1号 邮编：100000
备案号：京ICP备10000000号 京公网安备11000000000000号
网站标识码：1100000000 联系我们 网站地图
""",
        "news site": """
责任编辑：江一帆
分享到：
相关新闻
临湖市召开污水治理现场会
专家解读新规：三个变化值得关注
热门推荐
湖边新增三处公园
免责声明：本文仅代表作者个人观点，与本网无关。其原创性以及文中陈述文字和内容未经本站证实。
关于我们 | 广告服务 | 招聘信息 | 联系我们
""",
        "wechat": """
— 完 —
编辑 | 江一帆
审核 | 何舟
长按识别二维码关注我们
点分享 点收藏 点在看 点点赞
阅读原文
""",
        "comments": """
网友评论 (3条)
湖边人：写得好，支持！
2024-03-05 17:01 回复 赞(2)
小王：希望早日落实，期待后续报道。
2024-03-05 18:12 回复 赞(0)
发表评论
昵称：
提交评论
""",
        "blog": """
赞 12 收藏 5 转发
标签： 环保 污水治理 湖泊
« 上一篇：湖边的树
» 下一篇：湖边的鸟
posted @ 2024-03-05 16:20 湖边人 阅读(512) 评论(3) 编辑 收藏 举报
刷新页面 返回顶部
""",
        "app": """
打开APP阅读全文
下载客户端，获取更多资讯
特别声明：以上内容(如有图片或视频亦包括在内)为自媒体平台用户上传并发布，本平台仅提供信息存储服务。
猜你喜欢
如何挑选一台空气净化器
返回首页
""",
    },
    "hant": {
        "ministry": """
相關連結
環境資料庫
回上一頁 回頂端
更新日期：113-03-05
隱私權保護政策 網站安全政策 政府網站資料開放宣告
地址：臺北市中正區某某路83號 電話：(02)2300-0000
版權所有 © 2024 環境管理局 All Rights Reserved.
瀏覽人數：1,234,567
""",
        "newspaper": """
相關新聞
污水廠擴建 下月動工
專家：水質逐年改善
更多精彩內容請追蹤粉絲專頁
留言
請先登入會員
""",
        "hong kong": """
回頁頂
重要告示 | 私隱政策 | 無障礙網頁
修訂日期：2024年3月5日
""",
    },
    "en": {
        "council": """
Was this page helpful?
Yes No
Last updated: 5 March 2024
Related pages
Sewage works plan
Water quality reports
Contact us | Accessibility | Privacy policy | Terms of use
Copyright © 2024 Lakeside Council. All rights reserved.
""",
        "news": """
Read next
Five things to know about the new sewage plan
Lakeside mayor to step down in June
Sign up for our daily newsletter
Enter your email
The views expressed in this article are the author's own and do not necessarily reflect those of the publisher.
Advertise with us
Terms of Service
Do Not Sell My Personal Information
Follow us on Facebook Twitter Instagram
""",
        "blog": """
Share this:
Click to share on Twitter (Opens in new window)
Click to share on Facebook (Opens in new window)
Posted in Water. Tagged sewage, lakes.
Previous post: Trees by the lake
Next post: Birds by the lake
2 thoughts on this
Ann says:
Lovely piece, thank you!
Reply
Leave a comment
Name *
Email *
Website
Post Comment
Proudly powered by WordPress
""",
        "encyclopaedia": """
This page was last edited on 5 March 2024, at 16:20.
Text is available under the Creative Commons Attribution-ShareAlike License; additional terms may apply.
Privacy policy
About Wikipedia
Disclaimers
Mobile view
""",
        "charity": """
Donate today
Your support helps us protect lakes around the world. Make a gift today.
Latest news
Lakes in danger: a new report
Join us for the spring clean-up
Subscribe to our newsletter
First name Last name Email
Submit
Registered charity number 100000
Site map
""",
    },
}

ISLANDS: dict[str, tuple[str, ...]] = {
    "hans": (
        "广告",
        "[图片]",
        "点击查看大图",
        "（图）",
        "点击进入下一页",
        "相关阅读：临湖市召开污水治理现场会",
        "扫码关注公众号",
        "上一页 1 2 3 下一页",
        "图片来源：网络",
        "111",
    ),
    "hant": ("廣告", "（圖）", "請繼續往下閱讀", "點擊看大圖", "延伸閱讀：污水廠擴建"),
    "en": (
        "Advertisement",
        "Story continues below advertisement",
        "[image]",
        "Click to enlarge",
        "Related: Five things to know about the new sewage plan",
        "Page 1 of 3 Next",
        "Photo: Jane Marsh",
        "SKIP ADVERTISEMENT",
        "Continue reading the main story",
    ),
}
