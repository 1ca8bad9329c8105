"""What lines of page furniture look like. Lines are matched folded: Simplified, half width, small.

Each pattern is of a kind of line, found on any site or in any database export; none names a site.
"""

import re
from typing import NamedTuple

from rag.cleaning.fields import KEYS

_NAMES = r"[^:|。!?;]{1,40}"
_DECORATION = r"[\s\W_]{0,6}"


class Form(NamedTuple):
    """A kind of line."""

    reason: str
    pattern: re.Pattern[str]


def forms(**patterns: str) -> tuple[Form, ...]:
    """Kinds of lines by the reason to take them out."""
    return tuple(Form(name.rstrip("_"), re.compile(form)) for name, form in patterns.items())


SURE = forms(
    credit=(
        rf"(?:{KEYS['photo']}|{KEYS['editor']}|{KEYS['author']}|来源|文|图"
        rf"|文字)\s*[|丨]\s*{_NAMES}|(?:图片来源|图片提供|图源|摄影|供图|资料图片?"
        r"|photo(?:s|graph)?(?: credit| by)?|image credit"
        r"|picture credit)\s*[:/]\s*[^。!?;:]{1,40}|photo (?:by|courtesy of) [^。!?;:]{1,50}"
        r"|image: (?:file|archive|stock) photo|photo:? .{1,30}/.{1,20}"
        r"|(?:image|photo|photograph|picture)s? ?(?:©|\(c\)) ?[^。!?;:]{1,60}"
        r"|[(\[]?(?:本文|文中|以上|本组|本版)?(?:图片?|照片|配图|视频)(?:均|皆|都)?(?:由|来自|源自|来源)[^。;:]{2,30}"
        r"|\W*[^。!?;]{2,40}。?\s?[(\[](?:图|照片|摄影|photo)\s*[/:|]\s*[^。!?;()]{2,30}[)\]]"
        r"|[(\[]?(?:[上下]?图(?:片)?为?:?)?(?:资料图片?|示意图|效果图|(?:活动|会议|仪式|现场){1,2})?"
        r"[\s。,.:()]{0,3}(?:本[报站网台刊]|新华社|中新社)?(?:记者|通讯员)\s?[\u4e00-\u9fff]{0,4}\s?摄[)\]]?"
    ),
    advertisement=(
        rf"{_DECORATION}(?:广告|推广|赞助内容|赞助|advertisements?|advertorial"
        r"|sponsored(?: (?:content|by .{1,30}|post))?|promoted|ad"
        r"|adsense)(?:\s*[-—:]?\s*(?:请继续往下阅读|scroll to continue|skip|skip ad"
        rf"|close|(?:continue|keep) reading(?: below)?))?{_DECORATION}|skip advertisement"
        r"|(?:article|story) continues (?:after|below)(?: (?:this )?(?:advertisement|ad"
        r"|newsletter promotion|promotion))?\.*|supported by"
        r"|scroll (?:down )?to continue(?: reading)?"
    ),
    continuation=(
        r"(?:请)?(?:继续(?:往下)?阅读|往下滑|下滑继续)(?:全文|更多)?[.…>»↓\s]*"
        r"|(?:展开|点击展开|阅读|点击阅读|查看|显示|加载)(?:剩余)?(?:全文|更多|余下全文"
        r"|剩余\d*%?)[.…>»↓\s]*|剩余\d+页未读.{0,20}"
        r"|continue reading(?: (?:the main story|below|below the ad))?[.…\s→]*"
        r"|(?:click to )?read (?:more|on|full (?:story|article)"
        r"|the full (?:story|article))[.…\s→»>]*|show (?:more|less)|load more|未完待续"
        r"|打开app.{0,20}"
        r"|[^。,]{0,4}未完,?\W*请(?:往下|继续|向下|点击)[^。,]{0,8}"
        r"|\W*点击(?:此处|这里|下方)?(?:查看|阅读|进入|浏览|了解|观看)更多[^。,;:]{0,16}\W*"
        r"|\W*(?:请)?(?:向|往)?(?:[上下左右]|上下|左右)滑动?(?:可)?(?:查看|阅读|浏览|观看|了解)[^。,;:]{0,12}\W*"
        r"|(?:swipe|scroll|slide) (?:left|right|up|down|sideways)(?: (?:to|for) .{0,30})?\W*"
    ),
    page_number=(
        r"第\s*[\d一二三四五六七八九十百]+\s*页"
        r"(?:\s*[,/]?\s*共\s*[\d一二三四五六七八九十百]+\s*页)?|page \d+(?: (?:of|/) \d+)?"
        r"|[-—–~·]+\s*\d{1,4}\s*[-—–~·]+|\d{1,4}\s+of\s+\d{1,4}|共\s*\d+\s*页"
    ),
    image_placeholder=(
        r"[\[【(](?:图|图片|图\d|附图|大图|组图|视频|图像|照片|资料图|image|photo|picture|video"
        r"|figure|gif|表情|gallery)(?::\s*[^\])】]{0,40})?[\])】]|!\[[^\]]{0,60}\]\([^)]*\)"
        r"|[(\[▲△▼◎■]\s*(?:资料(?:图|照片?)|示意图|图为示意图|图片?来源[^)。]{0,20}"
        r"|图[/:][^)。]{1,20}|网络图片?|配图|图片?:[^)。]{1,20})[)\]]?|图片来源(?:于)?网络"
        r"|图片?加载中.{0,6}|(?:[↑↓▲▼▶→\s]*)点击(?:图片|放大|此处)?(?:查看|看|观看|播放|放大"
        r"|浏览)(?:大图|原图|视频|图片|高清图?|图集|完整图片)?[↑↓▲▼▶\s]*"
        r"|(?:click|tap) (?:on (?:the )?image )?(?:here )?to (?:enlarge|expand|view|play"
        r"|zoom)(?: .{0,30})?|(?:view )?(?:image|photo|picture)s?(?: in)? (?:full ?screen"
        r"|gallery)|enlarge(?: this)?(?: image)?|(?:hide|toggle|open) (?:caption|image)"
        r"|play video|播放视频|图集|image|photo"
        r"|[^。]{0,40}\((?:请)?点(?:击|选|按)?(?:此处|图片?|照片)?(?:可|看|查看)?(?:放大|大图)(?:查看|观看)?\)"
        r"|\W*点(?:击)?(?:图片?)?(?:可)?(?:看|放大|查看)(?:大图|原图|更大图片?)\W*"
        r"|buy (?:this )?photos?"
        r"|\W*点击(?:[下上]方|以下|文末)(?:图片|视频|链接|卡片|名片|海报|按钮)?(?:观看|查看|阅读|收看|收听)?\W*"
        r"|[▼▲▽△▾⬇⬆👇👆]+|[↓↑→←↘]{2,}|(?=(?:[▼▲▽△↓↑]\s*){3})[▼▲▽△↓↑\s]+"
    ),
    pager=(
        r"(?=.*(?:[上下]一?页|尾页|末页|next|prev|首页))(?=.*\d)(?:(?:[上下]一?页|首页|尾页|末页"
        r"|next|prev(?:ious)?|page|pages|of|last|first|跳转到?|转到|共?\s*\d+\s*(?:页|条)?|第|页"
        r"|go|/|[\d\s.…<>«»‹›\[\]|()|,→←-])\s*)+|点击进入[上下]一?页[>»\s]*"
        r"|(?:本页|分页|文章分页).{0,4}[:\d\s]+"
    ),
    related=(
        r"(?:相关|延伸|推荐|拓展|扩展|相关推荐)(?:阅读|新闻|报道|文章|链接|资讯|稿件"
        r"|专题)\s*[:>»]\s*[^。;]{2,60}[^。;,]|(?:related|read (?:more|also|next)|also read"
        r"|recommended(?: reading)?|watch|more from|don't miss"
        r"|you may (?:also )?like)(?: (?:article|story|stories|news))?\s*[:|>»]\s*.{3,110}[^.;,]"
        r"|[\[【](?:延伸|推荐|拓展|扩展|相关)阅读[\]】]"
    ),
    promotion=(
        r"(?:[↑↓▲▼▶→\s]*)(?:点击|戳|关注|长按|扫码|扫一扫|扫描|识别"
        r"|扫)(?=.{0,28}(?:关注|公众号|二维码|订阅|下载|客户端|小程序|蓝字"
        r"|手机(?:上)?(?:打开|浏览|看|阅读)|打开当前页"
        r"|app))[^。,;:]{0,30}[,、!~]?[^。;:]{0,18}[!~。↑↓▲▼▶\s]*"
        r"|(?:sign up|subscribe) (?:to|for) (?:our|the|your) .{0,40}newsletters?.{0,20}"
        r"|(?:get|download) (?:our|the) .{0,20} app|newsletter sign-?up|sign up here"
        r"|support (?:\w+ ){0,3}journalism\W.{0,60}"
        r"|subscribe (?:now|today)\W*|[※*◎]?\s*提醒您.{2,40}"
    ),
    page_tools=(
        r"[\[【](?:编辑|隐藏|显示|收起|edit(?: source)?|hide|show)(?:\s*[|丨]\s*.{2,8})?[\]】]"
        r"|\W*(?:back|return) to (?:the )?top(?: of (?:the )?page)?\W*"
        r"|\W*回?到?返?回?(?:页首|页顶|顶部)\W*|(?:open|view) in (?:a )?new (?:tab|window).{0,24}"
    ),
    source=(
        r"\W*本帖最后由.{1,40}编辑\W*"
        r"|(?:this )?(?:post|thread) (?:was )?(?:last )?edited by .{1,60}"
    ),
    ending=r"\W*(?:全文完|正文完|本文完)\W*"
    r"|[-—–=*·~【\[(<][-—–=*·~【\[(<\s]*(?:完|end)[-—–=*·~\s】\])>]+",
)
"""Lines that are furniture wherever they stand."""

SURE_LONGEST = 130

OPENERS = frozenset({"related", "comments", "form", "tags", "page_tools", "share", "help"})
"""Kinds of lines that stand over a block of their own."""

FORM_START = re.compile(
    r"请您?(?:填写?|留下|输入).{0,24}(?:方式|信息|电话|邮箱|姓名|需求)[^。]{0,40}"
    r"|please (?:fill|leave|enter) .{1,60}"
)
FORM_END = re.compile(r"提交|发送|submit|send")
CONTACT = re.compile(
    r"\W*(?:[^。:]{0,8}(?:地址|邮编|邮政编码|电话|传真|邮箱|总机|热线|服务时间|办公时间|工作时间"
    r"|办公地点|专线)"
    r"|tel|fax|phone|telephone|e-?mail|address|hotline|opening\ hours"
    r"|office\ hours)\.?\s*[:(].{1,110}"
    r"|(?:call|phone|tel|text|dial|ring)(?:\ us)?(?:\ (?:at|on))?\W*[+(]?\d[\d()\ .-]{6,18}"
    r"|e?-?mail\ \S+@\S+",
    re.VERBOSE,
)
POSTAL = re.compile(r"\W*[^。:]{0,8}(?:地址|邮编|邮政编码|传真|总机|fax|address)\s*[:(]")
"""Contact lines: furniture only in a footer that other lines make one."""
SITE_NAME = re.compile(
    r".{2,20}(?:网|网站|门户|门户网站|在线|日报|晚报|早报|时报|新闻网|论坛|博客|频道|客户端"
    r"|数字报|平台)|.{0,30}\b(?:news|times|daily|post|herald|blog|magazine|journal|gazette|notes"
    r"|notebook|online|\.com|\.org)"
)
