"""Which parts of a page are not its text, by its structure: signs, links, and where the prose is.

Nothing is thrown away here: a part is only named, and one that holds much of the page's running
text is never named, whatever it is called.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rag.loaders.extracted import Aside
from rag.loaders.markup import Node, Page
from rag.loaders.page_lines import PageLine, PageLines
from rag.loaders.signals import Signal, holds_text, is_foot, opening, signal
from rag.text import fold

_MOST = 0.5
"""Of the running text outside it, so much may be in a part that is set apart."""
_MOST_INSIDE = 240
"""Characters of running text in a part that stands between paragraphs of the main text."""
_MAIN = 0.8
"""Of the unnamed running text, so much is in the main part."""
_LONGEST_LINK = 60
_LONGEST_FOOT = 800


def set_apart(page: Page, *, title: str = "", site: str = "") -> tuple[Aside, ...]:
    """The parts of a page that are not its text, in order, none overlapping, in whole lines.

    Args:
        page: as rendered.
        title: of the page; its line is in no part.
        site: the name of the site; a line of it alone above the text is none of the text.
    """
    return _Parts(page, title, site).asides()


@dataclass(slots=True, eq=False)
class _Part:
    """Lines that have one reason to go."""

    first: int
    last: int
    reason: str
    prose: int = 0


@dataclass(slots=True)
class _Layout:
    """Where the main text of a page is, in numbers of lines."""

    extent: tuple[int, int]
    """Of the element that holds it."""
    first: int
    last: int
    """Behind its last line of running text."""
    title: int
    """The line of the title; -1 where there is none."""
    is_named: bool
    """Whether an element says that it holds the text."""
    around: set[Node]
    """Empty where nothing reads like text; else the main element and all that it is in."""


class _Parts:
    def __init__(self, page: Page, title: str, site: str) -> None:
        self._page = page
        self._lines = PageLines(page)
        self._site = fold(site)
        self._signals: dict[Node, Signal | None] = {}
        self._title = _title_line(page, self._lines, title)
        self._layout = self._find_main()
        self._parts: list[_Part] = []

    def asides(self) -> tuple[Aside, ...]:
        self._walk()
        self._spare()
        reasons = self._reasons()
        self._name_lines(reasons)
        self._name_headings(reasons)
        return tuple(_joined(self._lines, reasons))

    # Where the main text is

    def _find_main(self) -> _Layout:
        unnamed = self._unnamed_prose()
        until = [0, *accumulate(unnamed)]

        def prose_of(node: Node) -> int:
            first, last = self._lines.range(node)
            return until[last] - until[first]

        node = self._page.nodes[0]
        total = prose_of(node)
        while total:
            inner = (child for child in node.children if prose_of(child) >= _MAIN * total)
            child = next(inner, None)
            if child is None or not child.is_block or child.tag in {"p", "li", "pre", "dd"}:
                break
            node = child
        around = _ancestry(node)
        named = next((each for each in around if holds_text(each)), None)
        node = named if named and total else node
        first, last = self._lines.range(node)
        prose = [i for i in range(first, last) if unnamed[i]]
        return _Layout(
            extent=(first, last),
            first=prose[0] if prose else last,
            last=prose[-1] + 1 if prose else first,
            title=self._title,
            is_named=named is not None and bool(total),
            around=set(_ancestry(node)) if total else set(),
        )

    def _unnamed_prose(self) -> list[int]:
        """Of each line its running text, without that of small parts that are plainly named."""
        prose = [line.prose for line in self._lines]
        total = sum(prose)
        for node in self._outermost_named():
            first, last = self._lines.range(node)
            if 3 * self._lines.prose(first, last) <= total and not first <= self._title < last:
                prose[first:last] = [0] * (last - first)
        return prose

    def _outermost_named(self) -> Iterator[Node]:
        end = -1
        for node in self._page.nodes:
            if node.start >= end and node.is_block and node.characters:
                sign = self._signal(node)
                if sign and sign.strong and 2 * node.characters < self._page.nodes[0].characters:
                    end = node.end
                    yield node

    def _signal(self, node: Node) -> Signal | None:
        if node not in self._signals:
            self._signals[node] = signal(node)
        return self._signals[node]

    # Parts by their elements

    def _walk(self) -> None:
        """Take the outermost elements that are no text, each with the reason."""
        end = -1
        for node in self._page.nodes:
            if node.start < end or not node.is_block or not node.characters:
                continue
            first, last = self._lines.range(node)
            if first == last or node in self._layout.around or first <= self._title < last:
                continue
            reason = self._reason(node, first, last)
            if reason:
                end = node.end
                prose = self._lines.prose(first, last)
                self._parts.append(_Part(first, last, reason, prose))

    def _reason(self, node: Node, first: int, last: int) -> str:
        sign = self._signal(node)
        prose = self._lines.prose(first, last)
        if sign and self._holds(sign, node, first, last, prose):
            return sign.reason
        said = opening(self._lines[first].text)
        if (
            said
            and (last - first > 1 or said == "advertisement")
            and self._is_apart(node, first, last, prose)
        ):
            return said
        if self._is_links(node, first, last, prose):
            return "navigation" if first < self._layout.first else "related"
        if self._is_foot(node, first, last, prose):
            return "footer"
        return self._outside(node, first, last, prose)

    def _holds(self, sign: Signal, node: Node, first: int, last: int, prose: int) -> bool:
        """Whether what an element says of itself is believed."""
        if self._is_contents(node, first, last):
            return False
        if sign.strong:
            inside = self._is_inside(first, last)
            if inside and sign.reason == "sidebar" and not self._is_linky(node):
                return False  # A box beside the text, such as key figures, belongs to it.
            return prose <= _MOST_INSIDE or not inside
        return prose == 0 and (not self._is_inside(first, last) or self._is_linky(node))

    def _is_contents(self, node: Node, first: int, last: int) -> bool:
        """A table of contents inside the text: links to places in the page itself."""
        anchors = sum(
            1 for each in node.element.iter("a") if (each.get("href") or "").startswith("#")
        )
        return anchors > max(2, node.links) and not self._is_outside(first, last)

    def _is_inside(self, first: int, last: int) -> bool:
        return self._layout.first < first and last <= self._layout.last

    def _is_linky(self, node: Node) -> bool:
        return node.linked * 10 >= 3 * node.characters

    def _is_apart(self, node: Node, first: int, last: int, prose: int) -> bool:
        """Whether a part that opens like furniture may be believed to be some."""
        if self._is_inside(first, last):
            return node.linked * 2 >= node.characters and prose <= _MOST_INSIDE
        return first >= self._layout.last or self._is_outside(first, last)

    def _is_links(self, node: Node, first: int, last: int, prose: int) -> bool:
        """A list of links above or below the text, or between its paragraphs where it is named."""
        if prose or node.links < 2 or not self._layout.around:
            return False
        if self._is_inside(first, last) or node.linked > _LONGEST_LINK * node.links:
            return False
        return node.linked * 2 >= node.characters

    def _is_foot(self, node: Node, first: int, last: int, prose: int) -> bool:
        if first < self._layout.last or not self._layout.around or node.tag in {"li", "td", "tr"}:
            return False
        small = node.characters <= _LONGEST_FOOT
        return small and any(is_foot(line.text) for line in self._lines[first:last])

    def _is_outside(self, first: int, last: int) -> bool:
        begin, end = self._layout.extent
        return bool(self._layout.around) and (last <= begin or first >= end)

    def _outside(self, node: Node, first: int, last: int, prose: int) -> str:
        """Parts below the element that says it holds the text, or above the title."""
        if prose or not self._layout.is_named or not self._is_outside(first, last):
            return ""
        if any(each.tag == "a" and not each.links for each in _inside(node)):
            return ""  # Attached files.
        if last <= self._title:
            return "navigation"
        return "page_tools" if first >= self._layout.last else ""

    # Parts by their lines

    def _spare(self) -> None:
        """Put back the kinds of parts that hold more running text than they may, largest first."""
        total = self._lines.prose(0, len(self._lines))
        while True:
            taken = sum(part.prose for part in self._parts)
            if not taken or taken <= _MOST * (total - taken):
                return
            by_reason: dict[str, int] = {}
            for part in self._parts:
                by_reason[part.reason] = by_reason.get(part.reason, 0) + part.prose
            worst = max(by_reason, key=lambda reason: by_reason[reason])
            self._parts = [part for part in self._parts if part.reason != worst or not part.prose]

    def _reasons(self) -> list[str]:
        reasons = [""] * len(self._lines)
        for part in self._parts:
            reasons[part.first : part.last] = [part.reason] * (part.last - part.first)
        return reasons

    def _name_lines(self, reasons: list[str]) -> None:
        """Rows of links, and the name of the site, that no element holds together."""
        layout = self._layout
        if not layout.around:
            return
        for index, line in enumerate(self._lines):
            above, below = index < layout.first, index >= layout.last
            if reasons[index] or index == self._title or not (above or below):
                continue
            if above and self._site and fold(line.text).strip(" |-") == self._site:
                reasons[index] = "navigation"
            elif line.is_linked and self._has_company(index, reasons):
                reasons[index] = "navigation" if above else "related"

    def _has_company(self, index: int, reasons: list[str]) -> bool:
        """Whether a line of links has several, or stands beside other furniture."""
        line = self._lines[index]
        if line.links > 1 and line.linked <= _LONGEST_LINK * line.links:
            return True
        beside = [i for i in (index - 1, index + 1) if 0 <= i < len(self._lines)]
        return any(reasons[i] or self._lines[i].is_linked for i in beside) and line.linked <= 100

    def _name_headings(self, reasons: list[str]) -> None:
        """Headings that are left of parts that went: 相关阅读 above a list of links."""
        for index in range(len(reasons) - 2, -1, -1):
            line = self._lines[index]
            if not reasons[index] and index != self._title and reasons[index + 1]:
                said = opening(line.text)
                reasons[index] = said if said and not line.prose else ""


def _title_line(page: Page, lines: PageLines, title: str) -> int:
    """The line that is the title: a heading of the highest rank, else the last above the text."""
    if not title:
        return -1
    wanted = _letters(title)
    same = {index for index, line in enumerate(lines) if _letters(line.text) == wanted}
    if not same:
        return -1
    for rank in ("h1", "h2", "h3"):
        for node in page.nodes:
            if node.tag == rank and lines.range(node)[0] in same:
                return lines.range(node)[0]
    unlinked = [index for index in same if not lines[index].linked]
    first = next((index for index, line in enumerate(lines) if line.prose), len(lines))
    above = [index for index in unlinked if index <= first]
    return max(above) if above else -1


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _ancestry(node: Node) -> list[Node]:
    found = []
    at: Node | None = node
    while at:
        found.append(at)
        at = at.parent
    return found


def _inside(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        waiting += each.children


def _joined(lines: Sequence[PageLine], reasons: Sequence[str]) -> Iterator[Aside]:
    start = end = 0
    reason = ""
    for line, each in zip(lines, reasons, strict=True):
        if each != reason:
            if reason:
                yield Aside(start=start, end=end, reason=reason)
            start, reason = line.start, each
        end = line.end
    if reason:
        yield Aside(start=start, end=end, reason=reason)
