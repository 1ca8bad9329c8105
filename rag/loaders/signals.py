"""What an element's name, role, class and first line say of the part of a page that it holds."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rag.loaders.class_names import TEXT, WHOLE_PAGE, class_words, words
from rag.loaders.markup import Node
from rag.text import fold


class Signal(NamedTuple):
    """A sign that a part of a page is not its text."""

    reason: str
    """As in `Removal`."""
    strong: bool = True
    """A weak one counts only where nothing in the part reads like text."""
    is_word: bool = False
    """It is no more than a word in a class or an id."""


_ROLES = {
    "navigation": Signal("navigation"),
    "menu": Signal("navigation"),
    "menubar": Signal("navigation"),
    "toolbar": Signal("page_tools"),
    "banner": Signal("navigation", strong=False),
    "contentinfo": Signal("footer"),
    "complementary": Signal("sidebar"),
    "search": Signal("form"),
    "dialog": Signal("promotion"),
    "alertdialog": Signal("promotion"),
}
_TAGS = {
    "nav": Signal("navigation"),
    "menu": Signal("navigation", strong=False),
    "footer": Signal("footer"),
    "aside": Signal("sidebar"),
    "header": Signal("navigation", strong=False),
    "form": Signal("form"),
    "search": Signal("form"),
    "dialog": Signal("promotion"),
    "button": Signal("page_tools", strong=False),
    "select": Signal("form", strong=False),
    "fieldset": Signal("form", strong=False),
}
_STRONG = {
    "breadcrumb": words("breadcrumb breadcrumbs breadcrumbnav crumb crumbs mbx mianbaoxie dqwz"),
    "navigation": words(
        "nav navi navs navbar navbox navigation navlist navmenu menu menus menubar topnav subnav"
        " mainnav sitenav sidenav footnav mainmenu submenu dropdown daohang topbar skip skiplink"
        " skiplinks toplink toplinks"
    ),
    "language": words("langs languages langswitch languageswitcher"),
    "advertisement": words(
        "ad ads adv advert adverts advertisement advertisements advertising adbox adwrap adslot"
        " adunit adbanner adcontainer adblock adsbygoogle guanggao sponsor sponsored sponsorship"
    ),
    "page_tools": words(
        "toolbar toolbox pagetools articletools print fontsize font fontsizer zihao"
    ),
    "share": words(
        "share shares sharebar sharebox sharing sharethis social socials sns fenxiang"
        " qr qrcode erweima ewm"
    ),
    "related": words(
        "readnext related relatedposts relatednews recommend recommended recommends recommendation"
        " recommendations tuijian popular trending mostread mostviewed hotnews hotlist ranking"
        " rankings ranklist readmore tagcloud suggested suggestions upnext"
    ),
    "pager": words("pager pagers pagination paginator pagenav prevnext nextprev postnav"),
    "comments": words("comment comments commentlist commentbox disqus pinglun liuyan respond"),
    "form": words(
        "login signin signup register registration subscribe subscription newsletter newsletters"
        " search searchbox searchbar searchform contactform feedback survey"
    ),
    "footer": words(
        "footer footers pagefooter sitefooter colophon copyright copyrights copy icp beian banquan"
        " contentinfo"
    ),
    "links": words("friendlink friendlinks flink flinks blogroll yqlj youqinglianjie"),
    "cookies": words("cookie cookies consent gdpr"),
    "promotion": words(
        "popup modal lightbox toast paywall cta offer offers upsell donate donation membership"
    ),
    "credit": words("bio authorbio aboutauthor authorbox authorcard"),
    "sidebar": words("sidebar sidebars sidebox sidecol rail widget widgets complementary"),
}
_WEAK = {
    "breadcrumb": words("position weizhi location path curpos bread"),
    "navigation": words(
        "header head hd top banner masthead logo branding brand tab tabs channel channels hamburger"
        " skin"
    ),
    "language": words("lang language"),
    "advertisement": words("gg promo promos promotion promotions"),
    "page_tools": words(
        "tools tool actions action buttons btn btns like likes follow zan digg font"
    ),
    "related": words(
        "hot recent latest rank more also archive archives categories category topics card cards"
        " teaser teasers explore rec xgxw xgwz"
    ),
    "metadata": words(
        "date time datetime posted updated eyebrow kicker people authorname signoff"
        " meta byline info articleinfo postmeta entrymeta pubtime pubdate pubinfo publishtime"
        " timestamp dateline source laiyuan author authors editor tags tag keywords views hits"
        " stats subtitleinfo"
    ),
    "footer": words("foot ft bottom legal disclaimer disclaimers footinfo bottomnav sitemap"),
    "links": words("links link linklist"),
    "form": words("form vote poll input"),
    "sidebar": words("side left right leftbar rightbar leftcol rightcol aside secondary"),
    "promotion": words("alert announcement overlay float floating fixed tips"),
}
_BY_WORD = {
    **{word: Signal(reason, False, True) for reason, each in _WEAK.items() for word in each},
    **{word: Signal(reason, True, True) for reason, each in _STRONG.items() for word in each},
}
_MAIN_TAGS = words("article main")
_FIXED = re.compile(r"position\s*:\s*fixed", re.IGNORECASE)

_OPENING = {
    "related": re.compile(
        r"(?:相关|推荐|延伸|热门|精彩|最新|猜你喜欢|更多|近期|编辑推荐|大家都在看|今日|本周|热点)"
        r"(?:的)?(?:链接|阅读|新闻|文章|报道|推荐|内容|资讯|信息|话题|图文|视频|稿件|文档|专题|排行榜?"
        r"|点击|动态|公告|消息)|(?:阅读|点击|新闻|热文)?排行榜?|猜你喜欢|大家都在看|编辑推荐|您可能感兴趣.{0,6}"
        r"|你可能也?喜欢.{0,6}|(?:related|recommended|popular|recent|latest|trending|top|more|featured)"
        r"(?: (?:articles?|links?|stories|story|news|posts?|reading|content|topics?|coverage"
        r"|headlines|for you|in .{1,20}|from .{1,20}|on .{1,20}))"
        r"|most (?:read|viewed|popular|shared).{0,12}"
        r"|you (?:may|might) (?:also )?(?:like|be interested in)|read (?:more|next|also).{0,20}"
        r"|(?:suggested|related|more) topics|trending(?: now)?|up next|don'?t miss"
        r"|editor'?s picks?|what to read next|see also"
    ),
    "comments": re.compile(
        r"(?:网友|全部|最新|热门|用户|精彩)?(?:评论|留言|跟帖)(?:列表|区)?(?:\s*[(]?\d+[)]?\s*条?)?"
        r"|\d+\s*条?(?:评论|留言|comments?|responses?|replies)|comments?(?: [(]?\d+[)]?)?"
        r"|发表(?:评论|回复|留言)|我要评论|leave a (?:comment|reply)"
        r"|join the (?:conversation|discussion)"
    ),
    "form": re.compile(
        r"(?:会员|用户)?登录|(?:站内)?搜索|订阅.{0,12}|subscribe.{0,40}|sign up.{0,60}"
        r"|newsletter.{0,20}|get (?:our|the) .{0,40}newsletter.{0,20}|search"
    ),
    "page_tools": re.compile(
        r"分享(?:到|至|本文|文章)?.{0,12}|扫一扫.{0,20}|share(?: this.{0,16}| on)?"
    ),
    "links": re.compile(r"友情链接|相关链接|站点地图|网站导航|快速链接|quick links?|useful links?"),
    "navigation": re.compile(
        r"(?:文章|栏目|内容|新闻)?分类(?:目录)?|栏目导航|标签(?:云)?|归档|存档|categories|archives"
        r"|tag cloud"
    ),
    "advertisement": re.compile(
        r"广告|推广|赞助内容|advertisements?|sponsored(?: content)?|promoted"
    ),
}
"""First lines of parts of a page, folded, that say what the part is."""
_SAID = {
    "cookies": re.compile(r"\bcookies?\b"),
    "footer": re.compile(
        r"icp[备证]|公网安备|网站标识码|版权所有|主办单位|copyright|©|\(c\) ?(?:19|20)\d\d"
        r"|all rights reserved|creative commons|知识共享"
    ),
}
"""What only such a part of a page says, folded."""


def signal(node: Node) -> Signal | None:
    """What an element says of itself; the strongest of its name, role, class and id."""
    found = [each for each in _signals(node) if each]
    return next((each for each in found if each.strong), found[0] if found else None)


def _signals(node: Node) -> Iterator[Signal | None]:
    if node.tag in {"html", "body", "main", "article"}:
        return
    yield _ROLES.get(node.get("role").lower())
    if _FIXED.search(node.get("style")):
        yield Signal("promotion", strong=False)
    named = class_words(node.element)
    holds_text = bool(named & TEXT)
    for word in sorted(named & _BY_WORD.keys()):
        each = _BY_WORD[word]
        yield each._replace(strong=each.strong and not holds_text)
    if node.tag != "footer" or not node.within("blockquote"):
        yield _TAGS.get(node.tag)


def holds_text(node: Node) -> bool:
    """Whether an element says that it holds the text of the page."""
    return (
        node.tag in _MAIN_TAGS
        or node.get("role") == "main"
        or node.get("itemprop") == "articleBody"
        or (node.is_block and bool(class_words(node.element) & (TEXT - WHOLE_PAGE)))
    )


def opening(line: str) -> str | None:
    """What the first line of a part says that the part is."""
    folded = fold(line).strip(" \t:：>»#*【】[]|")
    if len(folded) > 80:
        return None
    return next((reason for reason, form in _OPENING.items() if form.fullmatch(folded)), None)


def is_said(reason: str, line: str) -> bool:
    """Whether a line is one that only a part of this kind has."""
    form = _SAID.get(reason)
    return form is not None and bool(form.search(fold(line)))
