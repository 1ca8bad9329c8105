"""What lines of page furniture look like. Lines are matched folded: Simplified, half width, small.

Each pattern is of a kind of line, found on any site or in any database export; none names a site.
"""

import re

_NAMES = r"[^:|。!?;]{1,40}"
_DATE = r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_ENGLISH_DATE = rf"(?:{_MONTH}\s+\d{{1,2}},?\s+(?:19|20)\d\d|\d{{1,2}}\s+{_MONTH}\s+(?:19|20)\d\d)"

KEYS = {
    "source": "(?:信息|文章|稿件|新闻|内容|文字)?来源|原文链接|原文地址|source|original",
    "date": "(?:发布|发表|发文|成文|更新|刊登|印发)?(?:时间|日期)|date|published(?: on)?"
    "|updated(?: on)?|posted(?: on)?",
    "author": "作者|撰文|撰稿|文|文字|记者|通讯员|author|by|writer",
    "editor": "(?:责任|本文|网络|美术|执行)?编辑|责编|校对|审核|审校|终审|初审|复审"
    "|监制|策划|editor|edited by",
    "photo": "摄影|摄像|图片?|图源|配图|供图|制图|视频|photos?|image|picture",
    "publisher": "发布机构|发文机关|发布单位|发布者|publisher",
    "organiser": "主办(?:单位)?|承办(?:单位)?|协办(?:单位)?",
    "url": "url|网址|链接|permalink|link",
    "title": "title|标题",
    "views": "(?:浏览|阅读|点击|访问|查看)(?:次数|量|数)?|views?|hits",
    "tags": "关键词|关键字|标签|分类|栏目|keywords?|tags?|language|site(?: name)?"
    "|site_name|lang|description",
}
"""Keys of metadata lines by what they tell."""

_ANY_KEY = "|".join(f"(?P<{name}>{words})" for name, words in KEYS.items())
FIELD = re.compile(rf"(?:^|(?<=[\s】\])|]))[\[【(]?(?:{_ANY_KEY})\s*[:|]\s*")
"""The start of one `key: value` on a line."""

BLOCK_FIELD = re.compile(
    r"(title|date|url|source|author|published|publisher|site|language|lang|tags?|keywords?"
    r"|description|updated)\s*:(?:\s+|$)"
)
"""A line of the `Title: … / Date: … / URL: …` block that scrapers write."""

BARE_DATE = re.compile(rf"(?:{_DATE}|{_ENGLISH_DATE})")
DATE_IN_LINE = re.compile(rf"{_DATE}|{_ENGLISH_DATE}")
BYLINE = re.compile(r"by [a-z][\w.'-]*(?: [a-z][\w.'-]*){1,3}")
CREDIT = re.compile(rf"(?:{KEYS['photo']}|{KEYS['editor']}|{KEYS['author']})\s*\|\s*{_NAMES}")

ANYWHERE = {
    "advertisement": re.compile(
        r"[\[【(]?(?:广告|推广|赞助内容|advertisements?|sponsored(?: content)?)[\])】]?"
    ),
    "page_number": re.compile(
        r"第\s*\d+\s*页(?:\s*[,/]?\s*共\s*\d+\s*页)?|page \d+(?: of \d+)?|[-—–]\s*\d{1,4}\s*[-—–]"
    ),
    "image_placeholder": re.compile(r"[\[【(](?:图片?|image|photo|视频)[\])】]|!\[\]\([^)]*\)"),
}
"""Lines that are furniture wherever they stand."""

_CHINESE_LINK = (
    r"(?:首页|主页|网站首页|无障碍(?:浏览|阅读)?|长者(?:模式|助手|版)|关怀(?:模式|版)|网站(?:地图|导航)"
    r"|登录|注册|收藏本站|加入收藏|设为首页|手机版|客户端|简体(?:中文|版)?|繁体(?:中文|版)?|返回(?:顶部|首页))"
)
_ENGLISH_LINK = (
    r"(?:home|english|menu|search|log ?in|sign ?(?:in|up)|rss|skip to (?:main )?content"
    r"|contact us|about us|back to top)"
)
_LINK = rf"(?:{_CHINESE_LINK}|{_ENGLISH_LINK})"
_TOKEN = r"[^\s|,.。:;!?]{1,16}"
HEAD = {
    "breadcrumb": re.compile(
        r"(?:当前位置|您?(?:现在)?的?位置|您现在的位置|you are here)\s*[:是].{0,80}"
        r"|(?:首页|主页|home)\s*[>›»/|].{0,80}|[^>›»。]{1,16}(?:\s*[>›»]\s*[^>›»。]{1,30}){2,}"
    ),
    "navigation": re.compile(
        rf"{_LINK}(?:[\s|]+{_LINK})*"
        rf"|(?:{_TOKEN}[\s|]+)+{_CHINESE_LINK}(?:[\s|]+{_TOKEN})*"
        rf"|{_CHINESE_LINK}(?:[\s|]+{_TOKEN})+"
    ),
    "page_tools": re.compile(
        r"[\[【(]?(?:字体|字号|字体大小|font size)\s*[:\]】].{0,40}"
        r"|(?:.{0,20}(?:打印本页|打印此页|打印文章|关闭窗口|收藏本页|复制链接).{0,20})"
        r"|(?:分享(?:到|至|本文)?|扫一扫.{0,16}|share(?: this)?(?: article| page| on)?"
        r"|print(?: this page)?)"
        r"(?:[: ].{0,40})?"
    ),
}
"""Lines above (and, for the tools, below) the body."""

TAIL = {
    "related": re.compile(
        r"(?:相关(?:链接|阅读|新闻|文章|报道|推荐)|推荐阅读|延伸阅读|猜你喜欢"
        r"|热门(?:文章|推荐|新闻)|更多(?:新闻|内容|文章)?"
        r"|related (?:articles?|links?|stories|news|posts?)|read more|you may also like"
        r"|more (?:from|news|stories).{0,30})\s*[:>»]*"
    ),
    "pager": re.compile(
        r"(?:上一[篇页条]|下一[篇页条]|previous|next)\s*[:>»].{0,80}|上一[篇页]|下一[篇页]"
    ),
    "licence": re.compile(
        r".{0,40}icp[备证]\s*\d.{0,60}|.{0,40}公网安备.{0,40}|网站标识码.{0,40}"
        r"|版权所有.{0,80}|版权声明[: ].{0,200}"
        r"|(?:copyright\b|©|\(c\) ?(?:19|20)\d\d).{0,120}|.{0,60}all rights reserved\.?"
        r"|本(?:文|作品|站|内容)采用.{0,80}(?:许可|协议|授权).{0,40}"
        r"|(?:this work is )?licensed under .{0,120}"
        r"|(?:免责声明|disclaimer)\s*[: ].{0,200}"
    ),
    "hosting": re.compile(
        r"(?:基于|由).{1,30}(?:构建|驱动|技术支持|提供技术支持)|powered by .{1,40}"
        r"|技术支持\s*[: ].{1,40}"
        r"|(?:建议|推荐)使用.{0,40}浏览器.{0,40}"
    ),
    "links": re.compile(
        r"(?:关于我们|联系我们|网站地图|隐私政策|使用条款|友情链接|法律声明"
        r"|privacy(?: policy)?|terms(?: of (?:use|service))?"
        r"|contact us|about us|sitemap)(?:[\s|·]+\S{1,20}){0,8}"
    ),
    "form": re.compile(
        r"提交|发送|订阅|subscribe(?: .{0,40})?|submit|send|发表评论|我要评论|请登录后.{0,16}"
        r"|leave a (?:comment|reply)"
    ),
}
"""Lines below the body."""

FORM_START = re.compile(
    r"请您?(?:填写?|留下|输入).{0,24}(?:方式|信息|电话|邮箱|姓名|需求)[^。]{0,40}"
    r"|please (?:fill|leave|enter) .{1,60}"
)
FORM_END = re.compile(r"提交|发送|submit|send")
CONTACT = re.compile(r"(?:地址|邮编|电话|传真|邮箱|联系电话|tel|fax|e-?mail|address)\s*[:].{1,80}")
"""Contact lines: furniture only in a footer that also has a licence line."""
