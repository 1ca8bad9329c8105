"""Lines of a page that are no text though no element says so, and asides inside lines."""

import re
from collections.abc import Iterator, Mapping

from rag.loaders.class_names import class_words
from rag.loaders.extracted import Aside
from rag.loaders.markup import Node, Page, leads_away
from rag.loaders.page_layout import Layout
from rag.loaders.page_lines import PageLines, letters, weight
from rag.loaders.signals import opening
from rag.text import fold

_LONGEST_LINK = 60
_LITTLE = 0.05
_LONGEST_LINE = 100
_SENTENCE = re.compile(r"[。！？.!?][\"'”’)）]*$")
_SHORTEST_SENTENCE = 60
_LONGEST_LINK_ALONE = 120
"""In letters: a link longer than this is a sentence."""
_SMALL_TALK = re.compile(
    r"\d+ ?min(?:ute)?s?(?: read)?|\b(?:published|updated|posted)(?: on)?\b|\bby\b"
    r"|约?\d+\s*分钟(?:阅读)?|(?:(?:19|20)\d\d|1[01]\d)\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
    r"|\d{1,2}:\d\d(?::\d\d)?"
    r"|(?:星期|周|礼拜)[一二三四五六日天]|(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep"
    r"|oct|nov|dec)[a-z]*\.?\s+(?:\d{1,2},?\s+)?(?:19|20)\d\d"
)
_PAGER = re.compile(r"[(\[【<«‹·-]?\s*[上下前后]一[篇页条则章](?:文章|新闻|公告|信息)?\s*[:》>»]")
_LABELLED = re.compile(
    r".{0,6}(?:日期|时间|分类|类别|标签|关键[字词]|点阅数?|人次|次数|阅读数|点击数)\s*[:|].{0,40}"
)
_CREDIT = re.compile(
    r"(?:additional )?(?:reporting|editing|writing|photographs?|graphics?) by [^.]{1,120}\.?"
    r"|(?:[\[【(]\s*(?:纠错|责任编辑|责编|编辑|校对|审核)\s*[:|]?[^\]】)]{0,20}[\]】)]\s*)+"
)
_FACTS = ("site", "publisher", "author", "date")
_BUTTON_WORDS = frozenset(
    {"edit", "editsection", "anchor", "permalink", "headerlink", "headinglink"}
)
_LABEL = re.compile(r"[\[【].{1,10}[\]】]")
"""What a forum puts before a title: [分享]."""
_NOTE = re.compile(r"[\[〔【(（]?(?:注?\d{1,3}|[a-z*†‡]|note \d+)[\]〕】)）]?", re.IGNORECASE)
_NOTE_WORDS = frozenset({"reference", "footnote", "footnoteref", "noteref", "cite"})


def name_leftovers(
    page: Page, lines: PageLines, layout: Layout, reasons: list[str], found: Mapping[str, str]
) -> None:
    """Set the reasons of lines above and below the text that no element holds together.

    Rows of links, the page's own facts again, the name of the site, signs without a word; and
    headings of parts that went.
    """
    if layout.around:
        facts = _facts(found)
        tools = {lines.at(node.start) for node in page.nodes if _is_sign(node, page)}
        times = _times(page, lines)
        for index in range(len(lines)):
            if not reasons[index] and index != layout.title:
                reasons[index] = _reason(lines, layout, reasons, index, facts)
            if index in times and not layout.holds(index, index + 1):
                reasons[index] = reasons[index] or "metadata"
            if index in tools and not letters(lines[index].text):
                reasons[index] = "page_tools"
        _name_between(page, lines, layout, reasons)
    for index in range(len(reasons) - 2, -1, -1):
        line = lines[index]
        if not reasons[index] and index != layout.title and reasons[index + 1] and not line.prose:
            reasons[index] = opening(line.text) or ""


def _name_between(page: Page, lines: PageLines, layout: Layout, reasons: list[str]) -> None:
    """Lines below the main element, with furniture above and below them there.

    Of running text only a little, and below an element that says that it holds the text.
    """
    below = range(layout.end, len(lines))
    taken = [index for index in below if reasons[index]]
    files = {lines.at(node.end - 1) for node in page.nodes if _is_file(node)}
    above = ""
    for index in below:
        between = len(taken) > 2 and taken[1] < index < taken[-1]
        little = layout.is_named and lines[index].prose <= _LITTLE * layout.prose
        if not (between and (little or not lines[index].prose)) or index in files:
            above = reasons[index] or above
            continue
        if not reasons[index]:
            reasons[index] = above
        above = reasons[index] or above


def _times(page: Page, lines: PageLines) -> set[int]:
    """The lines that are, before all else, times said to be such."""
    told: dict[int, int] = {}
    for node in page.nodes:
        if node.tag == "time" and node.characters:
            at = lines.at(node.end - 1)
            told[at] = told.get(at, 0) + node.characters
    return {at for at, length in told.items() if length * 10 >= 6 * len(lines[at].text)}


def _is_file(node: Node) -> bool:
    href = node.get("href") if node.tag == "a" and node.characters else ""
    return bool(href) and not href.startswith("#") and not leads_away(href)


def _reason(
    lines: PageLines, layout: Layout, reasons: list[str], index: int, facts: list[str]
) -> str:
    above, below = index < layout.first, index >= layout.last
    if not (above or below) or lines[index].prose:
        return ""
    if above and _says_only(lines[index].text, facts):
        return "metadata"
    beside = layout.is_beside(index, index + 1)
    if beside and _LABELLED.fullmatch(fold(lines[index].text).strip()):
        return "metadata"
    if below and _CREDIT.fullmatch(fold(lines[index].text).strip()):
        return "credit"
    if below and _PAGER.match(fold(lines[index].text).strip()):
        return "pager"
    if lines[index].is_linked and _has_company(lines, index, reasons):
        return "navigation" if above else "related"
    return ""


def _has_company(lines: PageLines, index: int, reasons: list[str]) -> bool:
    """Whether a line of links has several, or stands beside other furniture."""
    line = lines[index]
    if _SENTENCE.search(line.text) and weight(line.text) >= _SHORTEST_SENTENCE:
        return False
    if line.links > 1 and line.linked <= _LONGEST_LINK * line.links:
        return True
    beside = [at for at in (index - 1, index + 1) if 0 <= at < len(lines)]
    in_company = any(reasons[at] or lines[at].is_linked for at in beside)
    return in_company and weight(line.text) <= _LONGEST_LINK_ALONE


def _facts(found: Mapping[str, str]) -> list[str]:
    """The page's facts, longest first, folded."""
    known = {fold(found[key]) for key in _FACTS if len(found.get(key, "")) > 1}
    return sorted(known, key=len, reverse=True)


def _says_only(line: str, facts: list[str]) -> bool:
    """Whether a line holds nothing but the page's own facts and dates."""
    rest = folded = fold(line)
    if len(folded) > _LONGEST_LINE:
        return False
    for fact in facts:
        rest = rest.replace(fact, " ")
    rest = _SMALL_TALK.sub(" ", rest)
    return rest != folded and not letters(rest)


def _is_sign(node: Node, page: Page) -> bool:
    """A link of signs alone, such as ::: or ▲."""
    return (
        node.tag == "a"
        and 0 < node.characters < 6
        and not letters(page.text[node.start : node.end])
    )


def line_parts(page: Page) -> Iterator[Aside]:
    """Buttons in headings, and the numbers that refer to notes; in order, none overlapping."""
    end = -1
    for node in page.nodes:
        if node.is_block or not node.characters or node.start < end:
            continue
        reason = _inline_reason(node, page)
        if reason:
            start = (
                node.start
                + len(page.text[node.start : node.end])
                - len(page.text[node.start : node.end].lstrip())
            )
            end = node.end
            yield Aside(start=start, end=end, reason=reason)


def _inline_reason(node: Node, page: Page) -> str:
    if node.characters > 12:
        return ""
    words = class_words(node.element)
    text = page.text[node.start : node.end].strip()
    in_heading = node.within("h1", "h2", "h3", "h4", "h5", "h6")
    if in_heading and words & _BUTTON_WORDS:
        return "page_tools"
    if in_heading and node.tag == "a" and node.links and _LABEL.fullmatch(text):
        return "tags"
    if node.tag == "sup" and _NOTE.fullmatch(text):
        anchors = (each.get("href") or "" for each in node.element.iter("{*}a"))
        if words & _NOTE_WORDS or any("#" in href for href in anchors):
            return "note_mark"
    return ""
