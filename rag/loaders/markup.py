"""A parsed page to the text that a reader sees, and which element each part of it came from."""

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from rag.loaders.class_names import holds_hidden_text, words
from rag.loaders.text_flow import TextFlow

Element = Any
"""An element of lxml, which has no types."""


_BLOCKS = words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main"
    " menu nav ol option optgroup p pre search section select summary table tbody td textarea tfoot"
    " th thead tr ul button"
)
_SPACED = words("blockquote dl figure h1 h2 h3 h4 h5 h6 ol p pre table ul")
"""Blocks with an empty line before and after them."""
_UNSEEN = words(
    "annotation annotation-xml applet area audio base basefont canvas colgroup datalist defs desc"
    " embed head iframe input link map meta metadata noembed noframes noscript object param"
    " picture rp script source style template title track video"
)
"""Elements whose text nobody sees while the page works. Brackets around readings are our own."""
_SHOWN_ANYWAY = frozenset({"map", "object", "picture"})
"""What stands in these is shown where they themselves are not."""
_RUBY = frozenset({"ruby", "rb", "rbc", "rt", "rtc"})
_TELLING = words("h1 h2 h3 h4 h5 h6 tr li blockquote article main header footer nav aside")
_CONTROLS = words("a button select textarea")
_CONCEALED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FOR_SCREEN_READERS = re.compile(r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text)(?:\s|$)")
_DISPLAYED_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table)", re.IGNORECASE)
_FILES = words(".pdf .doc .docx .wps .xls .xlsx .et .ppt .pptx .zip .rar .txt .csv .ofd")
_LABEL = re.compile(
    r"\s*[【\[(（]?(?:信息|文章|稿件)?(?:来源|來源|作者|(?:责任|責任)?[编編](?:辑|輯)|(?:发布|發布|更新)?(?:时间|時間|日期)"
    r"|发布单位|發布單位|字体|字號|字号|浏览|瀏覽|阅读|点击|點閱|分享)[^：:]{0,4}[：:]"
)
"""What begins an element of its own on a line of facts; a page sets it apart by its margins."""
_LONGEST_CELL = 600
_LONGEST_DECORATION = 200
"""Text with `aria-hidden` is seen all the same; only so little of it is decoration."""


@dataclass(slots=True, eq=False)
class Node:
    """An element that is seen: its text is text[start:end] of the page."""

    tag: str
    element: Element
    parent: "Node | None"
    start: int
    end: int = 0
    is_block: bool = False
    characters: int = 0
    """That are not blank; so everywhere here."""
    linked: int = 0
    """Characters that lead to other pages."""
    links: int = 0
    anchors: int = 0
    """Links to places in the page itself."""
    controls: int = 0
    """Buttons, fields and links of any kind."""
    children: list["Node"] = field(default_factory=list)
    inside: frozenset[str] = frozenset()
    """Which of the telling elements it is, or is in."""

    def get(self, name: str) -> str:
        """An attribute; empty where it is not there."""
        return str(self.element.get(name) or "")

    def within(self, *tags: str) -> bool:
        """Whether it or something around it is one of these telling elements."""
        return not self.inside.isdisjoint(tags)


@dataclass(slots=True)
class Page:
    """The text that a reader sees and the elements that it came from."""

    text: str
    nodes: list[Node]
    """In document order; the first is the root."""
    concealed: int
    """Characters that the page hides."""


def render(root: Element, *, show_all: bool = False) -> Page:
    """The text of a parsed page, a block or a row of a table to a line.

    Args:
        root: the page; its depth does not matter.
        show_all: also what the page hides by its styles.
    """
    return _Renderer(show_all).run(root)


class _Renderer:
    def __init__(self, show_all: bool) -> None:
        self._show_all = show_all
        self._flow = TextFlow()
        self._nodes: list[Node] = []
        self._at: Node | None = None
        self._concealed = 0
        self._aria_misused = False
        self._rows: list[bool] = []
        """Of each table around: whether its rows are lines."""
        self._link_depth = self._kept_blanks = 0

    def run(self, root: Element) -> Page:
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped = None
        for event, element in walk:
            if not isinstance(element.tag, str):
                seen = False
            elif event == "start":
                seen = self._is_seen(element)
            else:
                seen = element is not skipped
            if event == "start" and not seen:
                skipped = element
                walk.skip_subtree()
            elif event == "start":
                self._start(element)
                self._write(element.text)
            else:
                if seen:
                    self._end()
                skipped = None
                if element is not root:
                    self._write(element.tail)
        return Page(self._flow.text(), self._nodes, self._concealed)

    def _write(self, text: str | None) -> None:
        node = self._at
        if not text or node is None:
            return
        if node.tag in _RUBY:
            text = text.strip()
        written = self._flow.write(text, keep_blanks=bool(self._kept_blanks))
        if written:
            node.characters += written
            node.linked += written if self._link_depth else 0

    def _is_seen(self, element: Element) -> bool:
        tag = local_name(element)
        if tag in _UNSEEN and tag not in _SHOWN_ANYWAY:
            if tag == "input" and self._at:
                self._at.controls += 1
            return False
        concealed = is_concealed(element, tag)
        decoration = element.get("aria-hidden") == "true" and not self._aria_misused
        if self._show_all or not (concealed or decoration) or holds_hidden_text(element):
            return True
        hidden = _length(element)
        if not concealed and hidden > _LONGEST_DECORATION:
            self._aria_misused = True
            return True
        self._concealed += hidden
        return False

    def _start(self, element: Element) -> None:
        tag = local_name(element)
        # An element of somebody's own is nearly always a block.
        is_block = tag in _BLOCKS or "-" in tag or _is_displayed_as_block(element)
        node = Node(tag, element, self._at, self._flow.length, is_block=is_block)
        node.inside = self._at.inside if self._at else frozenset()
        if tag in _TELLING and tag not in node.inside:
            node.inside |= {tag}
        self._nodes.append(node)
        if self._at:
            self._at.children.append(node)
        self._at = node
        self._break_before(node)
        if not is_block and _LABEL.match(element.text or ""):
            self._flow.blank()
        if tag == "table":
            self._rows.append(_has_data(element))
        elif tag == "a" and leads_away(element.get("href")):
            self._link_depth += 1
            node.links = 1
        elif tag == "a" and element.get("href"):
            node.anchors = 1
        elif tag in {"pre", "textarea"}:
            self._kept_blanks += 1
        elif tag == "rt":
            self._flow.write("(", keep_blanks=False)

    def _end(self) -> None:
        node = self._at
        assert node is not None
        if node.tag == "rt":
            self._flow.write(")", keep_blanks=False)
        elif node.tag == "table":
            self._rows.pop()
        elif node.tag == "a" and node.links and leads_away(node.get("href")):
            self._link_depth -= 1
        elif node.tag in {"pre", "textarea"}:
            self._kept_blanks -= 1
        elif node.tag == "tr" and self._rows and self._rows[-1]:
            self._flow.end_row()
        node.end = self._flow.length
        self._break_after(node)
        self._at = node.parent
        if node.parent:
            node.parent.characters += node.characters
            node.parent.linked += node.linked
            node.parent.links += node.links
            node.parent.anchors += node.anchors
            node.parent.controls += node.controls + (node.tag in _CONTROLS)

    def _break_before(self, node: Node) -> None:
        in_row = bool(self._rows and self._rows[-1]) and node.within("tr")
        if node.tag == "br":
            self._flow.line_break(in_row)
        elif in_row and node.tag in {"td", "th"}:
            self._flow.cell()
        elif in_row and node.tag == "tr":
            self._flow.start_row()
        elif node.is_block:
            self._flow.block_break(spaced=node.tag in _SPACED, in_row=in_row)

    def _break_after(self, node: Node) -> None:
        in_row = bool(self._rows and self._rows[-1]) and node.within("tr")
        if in_row and node.tag in {"td", "th"}:
            return
        if node.is_block:
            in_row = in_row and node.tag != "tr"
            self._flow.block_break(spaced=node.tag in _SPACED, in_row=in_row)


def local_name(element: Element) -> str:
    """An element's name in small letters, without its namespace."""
    return str(element.tag).rpartition("}")[2].lower()


def leads_away(href: str | None) -> bool:
    """Whether a link leads from the text: not to a place in it (but `#` does), nor to a file."""
    if not href or (href.startswith("#") and href.lower() not in {"#", "#top"}):
        return False
    path = href.split("?", 1)[0].split("#", 1)[0].lower()
    return path[path.rfind(".") :] not in _FILES


def is_concealed(element: Element, tag: str) -> bool:
    """Whether the page hides an element, as far as the element itself says so."""
    hidden = element.get("hidden")
    return (
        (hidden is not None and hidden.lower() != "until-found")
        or (tag == "dialog" and element.get("open") is None)
        or bool(_CONCEALED.search(element.get("style") or ""))
        or bool(_FOR_SCREEN_READERS.search(element.get("class") or ""))
    )


def _is_displayed_as_block(element: Element) -> bool:
    return bool(_DISPLAYED_AS_BLOCK.search(element.get("style") or ""))


def _length(element: Element) -> int:
    """Of the text in it, were it shown."""
    length = 0
    for each in element.iter(etree.Element):
        seen = local_name(each) not in _UNSEEN
        length += len((each.text or "").strip()) if seen else 0
        length += len((each.tail or "").strip()) if each is not element else 0
    return length


def _has_data(table: Element) -> bool:
    """Whether a table holds data, its rows to be lines, and does not just place parts of a page."""
    if table.get("role") in {"presentation", "none"}:
        return False
    if (
        next(table.iterdescendants("{*}table", "{*}form", "{*}h1", "{*}h2", "{*}ul"), None)
        is not None
    ):
        return False
    rows = [list(row.iterchildren("{*}td", "{*}th")) for row in table.iter("{*}tr")]
    wide = [row for row in rows if len(row) > 1]
    if next(table.iter("{*}th"), None) is not None:
        return bool(wide)
    return len(wide) > 1 and not any(_is_column(cell) for row in wide for cell in row)


def _is_column(cell: Element) -> bool:
    """Whether a cell is a part of a page rather than a value."""
    length = sum(len(text) for text in cell.itertext())
    paragraphs = sum(1 for _ in cell.iter("{*}p", "{*}br", "{*}div"))
    links = sum(1 for _ in cell.iter("{*}a"))
    return length > _LONGEST_CELL or (length > 200 and paragraphs > 1) or links > 2
