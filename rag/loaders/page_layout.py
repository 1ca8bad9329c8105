"""Where the main text of a page is, by where its running text is."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from rag.loaders.markup import Node, Page
from rag.loaders.page_lines import PageLines, letters
from rag.loaders.signals import holds_text, signal

_MAIN = 0.7
"""Of the running text that is in no named part, so much is in the main element."""
_NOT_ALONE = frozenset({"p", "li", "pre", "dd", "dt", "h1", "h2", "h3"})
"""Elements that are a piece of a text, not its frame."""


@dataclass(slots=True, frozen=True)
class Layout:
    """Where the main text of a page is, in numbers of lines."""

    begin: int
    end: int
    """Of the element that holds it."""
    first: int
    last: int
    """Its first line of running text, and the one behind its last."""
    title: int
    """The line of the title; -1 where there is none."""
    is_named: bool
    """Whether the element says that it holds the text."""
    prose: int
    """How much running text is in the element."""
    around: frozenset[Node]
    """The element and all that it is in; empty where nothing on the page reads like text."""

    def holds(self, first: int, last: int) -> bool:
        """Whether lines stand between paragraphs of the main text."""
        return self.first < first and last <= self.last

    def is_beside(self, first: int, last: int) -> bool:
        """Whether lines stand outside the element of the main text."""
        return bool(self.around) and (last <= self.begin or first >= self.end)


def find_layout(page: Page, lines: PageLines, title: str) -> Layout:
    """Where the main text is.

    The smallest element that holds nearly all running text, or what is around it and says that it
    holds the text. Running text in parts that are plainly no text, such as a footer, does not
    count, unless it is most of what the page has.
    """
    at = _title_line(page, lines, title)
    unnamed = _unnamed_prose(page, lines, at)
    until = [0, *accumulate(unnamed)]

    def prose_of(node: Node) -> int:
        first, last = lines.range(node)
        return until[last] - until[first]

    node = page.nodes[0]
    total = until[-1]
    while total:
        inner = (child for child in node.children if prose_of(child) >= _MAIN * total)
        child = next(inner, None)
        if child is None or not child.is_block or child.tag in _NOT_ALONE:
            break
        node = child
    named = next((each for each in _ancestry(node) if holds_text(each)), None) if total else None
    node = named or node
    begin, end = lines.range(node)
    prose = [index for index in range(begin, end) if unnamed[index]]
    return Layout(
        begin=begin,
        end=end,
        first=prose[0] if prose else end,
        last=prose[-1] + 1 if prose else begin,
        title=at,
        is_named=named is not None,
        prose=until[end] - until[begin],
        around=frozenset(_ancestry(node) if total else ()),
    )


def _unnamed_prose(page: Page, lines: PageLines, title: int) -> list[int]:
    """Of each line its running text, without that of lesser parts that are plainly named."""
    prose = [line.prose for line in lines]
    total = sum(prose)
    for node in _outermost_named(page):
        first, last = lines.range(node)
        if 2 * lines.prose(first, last) <= total and not first <= title < last:
            prose[first:last] = [0] * (last - first)
    return prose


def _outermost_named(page: Page) -> Iterator[Node]:
    end = -1
    for node in page.nodes:
        small = 2 * node.characters < page.nodes[0].characters
        if node.start >= end and node.is_block and node.characters and small:
            sign = signal(node)
            bare = sign and sign.is_word and not (node.links or node.controls)
            if sign and not bare and (sign.strong or sign.reason == "footer"):
                end = node.end
                yield node


def _title_line(page: Page, lines: PageLines, title: str) -> int:
    """The line that is the title: a heading of the highest rank, else the last above the text."""
    wanted = letters(title)
    if not wanted:
        return -1
    same = {index for index, line in enumerate(lines) if letters(line.text) == wanted}
    for rank in ("h1", "h2", "h3"):
        for node in page.nodes:
            if node.tag == rank and node.characters:
                at = lines.range(node)[0]
                if at in same or (rank == "h1" and wanted in letters(lines[at].text)):
                    return at
    first = next((index for index, line in enumerate(lines) if line.prose), len(lines))
    above = [index for index in same if index <= first and not lines[index].linked]
    return max(above) if above else -1


def _ancestry(node: Node) -> list[Node]:
    """An element and all that it is in, itself first."""
    found = [node]
    while found[-1].parent:
        found.append(found[-1].parent)
    return found
