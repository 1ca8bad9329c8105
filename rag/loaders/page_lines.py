"""The lines of a page: how much of each leads elsewhere, and how much reads as running text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from rag.loaders.markup import Node, Page, leads_away
from rag.text import HAN, fold

_HAN = re.compile(f"[{HAN}]")
_STOP = re.compile(r"[，。；、！？]|[,.;!?](?:\s|[\"'”’)]|$)")
_HAN_WEIGHT = 3
"""A Chinese character says as much as three letters."""
_LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(slots=True)
class PageLine:
    """A line that is not blank: text[start:end] of the page."""

    start: int
    end: int
    text: str
    linked: int = 0
    """Characters of links to other pages."""
    links: int = 0
    prose: int = 0
    """How much running text it is, in letters; 0 where it does not read like any."""

    @property
    def is_linked(self) -> bool:
        """Whether it is links before all else."""
        return self.linked * 10 >= 6 * len(self.text.replace(" ", ""))


class PageLines(Sequence[PageLine]):
    """The lines of a page in order."""

    def __init__(self, page: Page) -> None:
        self._lines = [
            PageLine(match.start(), match.end(), match.group())
            for match in _LINE.finditer(page.text)
        ]
        self._starts = [line.start for line in self._lines]
        for node in page.nodes:
            if node.tag == "a" and leads_away(node.get("href")):
                self._mark_link(node)
        for line in self._lines:
            line.prose = _prose(line)
        self._prose = [0, *accumulate(line.prose for line in self._lines)]

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return self._lines[index]

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def total(self) -> int:
        """How much running text the page has."""
        return self._prose[-1]

    def range(self, node: Node) -> tuple[int, int]:
        """First and behind-last of the lines that begin in an element."""
        return bisect_left(self._starts, node.start), bisect_left(self._starts, node.end)

    def at(self, place: int) -> int:
        """The line that a place of the text is in, or the next."""
        index = max(0, bisect_right(self._starts, place) - 1)
        return index if place < self._lines[index].end else min(index + 1, len(self) - 1)

    def prose(self, first: int, last: int) -> int:
        """How much running text is in lines[first:last]."""
        return self._prose[last] - self._prose[first]

    def _mark_link(self, node: Node) -> None:
        # The last line that begins before the link ends, and those above it that it reaches.
        index = bisect_left(self._starts, node.end) - 1
        while index >= 0 and self._lines[index].end > node.start:
            line = self._lines[index]
            line.linked += min(line.end, node.end) - max(line.start, node.start)
            line.links += 1
            index -= 1


def letters(text: str) -> str:
    """The letters and digits of a text, folded, to compare it by."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def weight(text: str) -> int:
    """How much a text says, in letters."""
    return len(text) + (_HAN_WEIGHT - 1) * len(_HAN.findall(text))


def _prose(line: PageLine) -> int:
    length = len(line.text) - line.linked
    if line.linked > length or not _STOP.search(line.text):
        return 0
    if len(_HAN.findall(line.text)) >= 10:
        return weight(line.text) * length // len(line.text) if length >= 25 else 0
    return length if length >= 60 and line.text.count(" ") >= 8 else 0
