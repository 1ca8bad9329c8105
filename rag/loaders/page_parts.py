"""Which parts of a page are not its text, by its structure: signs, links, and where the prose is.

Nothing is thrown away here: a part is only named, and one that holds much of the page's running
text is never named, whatever it is called.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.loaders.extracted import Aside
from rag.loaders.markup import Node, Page
from rag.loaders.page_layout import Layout, find_layout
from rag.loaders.page_leftovers import line_parts, name_leftovers
from rag.loaders.page_lines import PageLines
from rag.loaders.signals import Signal, is_said, opening, signal

_MOST = 1.5
"""Parts of a kind hold at most so many times the running text that is outside all parts."""
_MOST_INSIDE = 240
"""Running text in a part that stands between paragraphs of the main text."""
_LONGEST_LINK = 60
_LONGEST_FOOT = 800
_LITTLE = 0.15
"""Of the running text of the main element, so much may be in a part beside it."""
_BESIDE = frozenset({"sidebar", "footer", "related", "promotion"})
_LISTS = frozenset({"navigation", "sidebar", "related"})
_LONGEST_INFO = 120
_ROWS = frozenset({"li", "td", "th", "tr", "dd", "dt", "option"})


def set_apart(page: Page, lines: PageLines, found: Mapping[str, str]) -> tuple[Aside, ...]:
    """The parts of a page that are not its text, in order, none overlapping.

    Most are whole lines; a button in a heading or the number of a note is part of one.

    Args:
        page: as rendered.
        lines: of the page.
        found: what the page says of itself, as in `Extracted.found`; the line of its title is in
            no part, one of its other facts alone is.
    """
    layout = find_layout(page, lines, found.get("title", ""))
    reasons = [""] * len(lines)
    for part in _spared(_parts(page, lines, layout), lines):
        reasons[part.first : part.last] = [part.reason] * (part.last - part.first)
    name_leftovers(page, lines, layout, reasons, found)
    inside = [part for part in line_parts(page) if not _is_taken(part, lines, reasons)]
    return tuple(sorted([*_joined(lines, reasons), *inside], key=lambda aside: aside.start))


@dataclass(slots=True, eq=False)
class _Part:
    """Lines that have one reason to go."""

    first: int
    last: int
    reason: str
    prose: int
    """The running text in it that might be the page's own."""


def _parts(page: Page, lines: PageLines, layout: Layout) -> list[_Part]:
    """The outermost elements that are no text."""
    judge = _Judge(lines, layout)
    parts: list[_Part] = []
    end = -1
    for node in page.nodes:
        if node.start < end or not node.is_block or not node.characters or node in layout.around:
            continue
        first, last = lines.range(node)
        if first == last or first <= layout.title < last:
            continue
        if reason := judge.reason(node, first, last):
            end = node.end
            said = any(is_said(reason, line.text) for line in lines[first:last])
            parts.append(_Part(first, last, reason, 0 if said else lines.prose(first, last)))
    return parts


class _Judge:
    """Says of an element why it is no text, if so."""

    def __init__(self, lines: PageLines, layout: Layout) -> None:
        self._lines = lines
        self._layout = layout

    def reason(self, node: Node, first: int, last: int) -> str:
        prose = self._lines.prose(first, last)
        sign = signal(node)
        if sign and self._is_believed(sign, node, first, last, prose):
            return sign.reason
        said = opening(self._lines[first].text)
        if said and self._opens_a_part(said, node, first, last, prose):
            return said
        if self._is_list_of_links(node, first, last, prose):
            return "navigation" if first < self._layout.first else "related"
        if self._is_foot(node, first, last):
            return "footer"
        return self._beside(node, first, last, prose)

    def _is_believed(self, sign: Signal, node: Node, first: int, last: int, prose: int) -> bool:
        """Whether what an element says of itself counts here."""
        if sign.reason in _LISTS and self._is_contents(node, first, last):
            return False
        within = self._layout.holds(first, last)
        beside = self._layout.is_beside(first, last)
        if sign.is_word and not beside and not self._has_evidence(sign, node, first, last):
            return False
        linky = node.linked * 10 >= 3 * node.characters
        if sign.strong and sign.reason == "sidebar" and within:
            return linky  # A box between paragraphs, such as key figures, belongs to the text.
        if sign.strong:
            return prose <= _MOST_INSIDE or not within
        if beside and sign.reason in _BESIDE and prose <= _LITTLE * self._layout.prose:
            return True
        return prose == 0 and (not within or linky)

    def _has_evidence(self, sign: Signal, node: Node, first: int, last: int) -> bool:
        """Whether more than a word speaks against a part that stands among the paragraphs."""
        if node.links or node.controls or opening(self._lines[first].text):
            return True
        return any(is_said(sign.reason, line.text) for line in self._lines[first:last])

    def _is_contents(self, node: Node, first: int, last: int) -> bool:
        """A table of contents inside the text: links to places in the page itself."""
        if self._layout.is_beside(first, last):
            return False
        return node.anchors > max(2, node.links)

    def _opens_a_part(self, said: str, node: Node, first: int, last: int, prose: int) -> bool:
        """Whether a part that opens like furniture is believed to be some."""
        if last - first < 2 and said != "advertisement":
            return False
        if self._layout.holds(first, last):
            return node.linked * 2 >= node.characters and prose <= _MOST_INSIDE
        return first >= self._layout.last or self._layout.is_beside(first, last)

    def _is_list_of_links(self, node: Node, first: int, last: int, prose: int) -> bool:
        """Links above or below the text that are most of what an element holds."""
        if prose or node.links < 2 or not self._layout.around or self._layout.holds(first, last):
            return False
        return node.characters <= 2 * node.linked <= 2 * _LONGEST_LINK * node.links

    def _is_foot(self, node: Node, first: int, last: int) -> bool:
        if first < self._layout.last or not self._layout.around or node.tag in _ROWS:
            return False
        small = node.characters <= _LONGEST_FOOT
        return small and any(is_said("footer", line.text) for line in self._lines[first:last])

    def _beside(self, node: Node, first: int, last: int, prose: int) -> str:
        """Parts above the title, or below the element that says it holds the text."""
        layout = self._layout
        if prose or not layout.is_beside(first, last):
            return ""
        if first > layout.title >= 0 and last <= layout.begin and not _has_heading(node):
            return "metadata" if node.links and node.characters <= _LONGEST_INFO else ""
        if not layout.is_named:
            return ""
        if any(each.get("href") for each in node.element.iter("{*}a")) and not node.links:
            return ""  # Attached files.
        if last <= layout.title:
            return "navigation"
        return "page_tools" if first >= layout.end else ""


def _has_heading(node: Node) -> bool:
    return next(node.element.iter("{*}h1", "{*}h2", "{*}h3", "{*}h4"), None) is not None


def _spared(parts: list[_Part], lines: PageLines) -> list[_Part]:
    """Without the kinds of parts that hold more running text than they may, largest first."""
    total = lines.prose(0, len(lines))
    while True:
        by_reason: dict[str, int] = {}
        for part in parts:
            by_reason[part.reason] = by_reason.get(part.reason, 0) + part.prose
        rest = total - sum(by_reason.values())
        worst = max(by_reason, key=lambda reason: by_reason[reason], default="")
        if by_reason.get(worst, 0) <= _MOST * rest:
            return parts
        parts = [part for part in parts if part.reason != worst or not part.prose]


def _is_taken(aside: Aside, lines: PageLines, reasons: Sequence[str]) -> bool:
    return bool(reasons[lines.at(aside.start)])


def _joined(lines: PageLines, reasons: Sequence[str]) -> list[Aside]:
    """Lines that stand together and go for one reason, as one aside."""
    asides: list[Aside] = []
    before = ""
    for line, reason in zip(lines, reasons, strict=True):
        if reason and reason == before:
            asides[-1] = Aside(start=asides[-1].start, end=line.end, reason=reason)
        elif reason:
            asides.append(Aside(start=line.start, end=line.end, reason=reason))
        before = reason
    return asides
