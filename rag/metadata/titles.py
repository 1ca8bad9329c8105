"""The title: what the page calls itself, else its first line, else its first sentence."""

import re
from typing import NamedTuple

from rag.metadata.page import Page, labels_of
from rag.text import HAN, fold, sentence_spans

_LONGEST_LINE = 100
_LONGEST_SENTENCE = 60
"""Characters of a Chinese sentence that stands in for a title; others get `_LONGEST_LINE`."""

_JUNK = re.compile(
    r"(?:首页|主页|网站首页|无标题(?:文档|网页)?|新建.{0,8}(?:文档|文件).{0,6}|home(?: ?page)?"
    r"|index|untitled.{0,12}|(?:document|slide|sheet|book|presentation) ?\d*|new page|文档 ?\d*"
    r"|幻灯片 ?\d*|powerpoint .{0,14}|microsoft (?:word|powerpoint|excel)\b.*|title|标题"
    r"|(?:\S+|.{1,60})\.(?:docx?|pdf|txt|html?|pptx?|xlsx?|md|csv|epub|wps|indd|rtf)"
    r"|[\d\s._-]*|null|none|undefined)"
)
_SEPARATOR = re.compile(r"\s*(?:_+|\||｜|::|»|–|—{1,2}|(?<=\s)[-·](?=\s)|(?<=[" + HAN + r"])-)\s*")
_SITE = re.compile(
    r".{1,20}(?:网|网站|门户|在线|频道|官网|平台|博客|报|日报|晚报|周刊|杂志|通讯社|电视台|新华社|政府"
    r"|部|局|厅|委员会|委|署|协会|学会|基金会|研究院|大学|学院|百科|人民政府|办公室)"
    r"|.{0,24}\b(?:news|times|post|daily|press|ministry|department|council|university|institute"
    r"|journal|wikipedia|wiki|online|gov(?:ernment)?|commission|committee|agency|blog|magazine"
    r"|\w+\.(?:com|org|net|gov|cn|edu))(?: .{0,20})?"
)
_COLUMN = re.compile(
    r".{0,6}(?:新闻|通知|公告|动态|要闻|首页|频道|专题|资讯|栏目|新闻中心|信息公开|正文|详情|政务公开)"
    r"|news|home|blog|articles?|press releases?|about(?: us)?|publications?|documents?"
)
_CAPTION = re.compile(r"[。；;]|^(?:图|圖|来源|來源|photo|image|source)", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[，,；;：:、 ]")
_FLATTENED = re.compile(
    r"(?<=\S{4})\s+(?:会议|會議|活动|活動|发布|發布)?(?:时间|時間|日期|地点|地點)[\s:：]"
)
"""Where labels were joined to the title, as in text taken off an infographic."""
_MARKS = re.compile(r"^(?:#+|[-*+>•■◆●▲★]|\|)\s*|[\s#|]+$")


class Title(NamedTuple):
    """A title, where it was taken from, and the name of the site that stood after it."""

    text: str
    origin: str
    site: str | None = None


def title_of(page: Page, stem: str) -> Title:
    """The best title there is; the file's name where the text has no words."""
    first = _said_twice(page) or _first_line(page)
    for source, origin in ((page.noted, "title line"), (page.carried, "page title")):
        stated = " ".join(source.get("title", "").split())
        title, site = _without_site(stated, page, first)
        if title and not _is_junk(title) and not _is_site(title, page):
            return Title(title, origin, site)
    line, origin = first
    is_row = bool(page.lines) and page.lines[0].startswith("| ")
    if line and not is_row and re.search(r"[^\W_]", line):
        return Title(line, origin)
    return Title(stem, "file name")


def _is_junk(title: str) -> bool:
    return bool(_JUNK.fullmatch(fold(title).strip(" .")))


def _is_site(title: str, page: Page) -> bool:
    """Whether it is the name of the whole site, the same on each of its pages."""
    sites = {fold(source.get("site", "")) for source in (page.noted, page.carried)}
    return fold(title) in sites


def _without_site(title: str, page: Page, first: tuple[str, str]) -> tuple[str, str | None]:
    """A page title in two: the document's own, and the site's where one can be told."""
    opening = {_key(first[0]), *(_key(line) for line in page.lines[:4])}
    if not title or _key(title) in opening:
        return title, None
    cuts = [match.span() for match in _SEPARATOR.finditer(title) if match.start() > 0]
    for start, end in cuts:
        # What the text itself begins with is the title, whatever comes after it.
        if _key(title[:start]) in opening:
            rest = title[end:]
            return title[:start], _site_name(_last_part(rest), page, sure=True)
    while cuts and _is_suffix(title, cuts[-1], page):
        start, end = cuts.pop()
        return _without_column(title[:start], cuts), _site_name(title[end:], page, sure=False)
    return title, None


def _is_suffix(title: str, cut: tuple[int, int], page: Page) -> bool:
    rest = fold(title[cut[1] :])
    named = {
        fold(source.get(key, "")) for source in (page.noted, page.carried) for key in ("site",)
    }
    return bool(
        rest in named - {""}
        or _SITE.fullmatch(rest)
        or _COLUMN.fullmatch(rest)
        or (title[cut[0] : cut[1]].strip()[:1] in {"_", "|", "｜"} and len(rest) <= 30)
    )


def _without_column(title: str, cuts: list[tuple[int, int]]) -> str:
    """Also without the column that stood between title and site."""
    while cuts and _COLUMN.fullmatch(fold(title[cuts[-1][1] :])):
        title = title[: cuts.pop()[0]]
    return title


def _last_part(rest: str) -> str:
    return _SEPARATOR.split(rest)[-1]


def _site_name(name: str, page: Page, *, sure: bool) -> str | None:
    folded = fold(name)
    if not 2 <= len(name) <= 40 or _COLUMN.fullmatch(folded) or _is_junk(name):
        return None
    return name if sure or _SITE.fullmatch(folded) or len(name) <= 30 else None


def _key(text: str) -> str:
    return re.sub(r"\W+", "", fold(text))


def _said_twice(page: Page) -> tuple[str, str] | None:
    """A line that the path through the site ends in, or that stands twice above the text."""
    lines = [line for line in page.lines[:10] if 6 <= len(line) <= _LONGEST_LINE]
    paths = {_key(re.split(r"[>›»:：|]", line)[-1]) for line in page.removed if len(line) < 200}
    keys = [_key(line) for line in page.lines]
    for line in lines:
        key = _key(line)
        if (key in paths or keys.count(key) == 2) and not _CAPTION.search(line):
            return _MARKS.sub("", line).strip(), "first line"
    return None


def _first_line(page: Page) -> tuple[str, str]:
    """The first line that is no label, or its first sentence where it goes on."""
    lines = [line for line in page.lines[:6] if not any(True for _ in labels_of(line))]
    heading = _MARKS.sub("", (lines or page.lines or [""])[0]).strip()
    heading = _FLATTENED.split(heading)[0]
    spans = sentence_spans(heading)
    sentence = spans[0].slice(heading) if spans else ""
    is_line = len(heading) <= _LONGEST_LINE and len(spans) < 3 and "。" not in heading.rstrip("。")
    if is_line and not heading.endswith("。"):
        return heading.rstrip("."), "first line"
    whole = sentence.rstrip("。.")
    if _key(whole) == _key(heading) and len(page.lines) > 1 and page.lines[1].startswith(whole):
        return whole, "first line"
    return _cut(whole), "first sentence"


def _cut(sentence: str) -> str:
    """A sentence too long for a title, up to its last clause that fits."""
    longest = _LONGEST_SENTENCE if re.search(f"[{HAN}]", sentence) else _LONGEST_LINE
    if len(sentence) <= longest:
        return sentence
    ends = [match.start() for match in _CLAUSE_END.finditer(sentence, 0, longest)]
    return sentence[: ends[-1] if ends and ends[-1] > 10 else longest] + "…"
