"""Edits that join hard-wrapped lines: where the paragraphs are, and what goes between the lines."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import is_

from rag.cleaning.edits import Edit
from rag.cleaning.lines import Line
from rag.cleaning.repairs import BLANKS, EMPTY_LINE
from rag.cleaning.wrapping import Visible, wrapped_breaks
from rag.records import Mark
from rag.text import HAN

HARD_WRAP = "hard_wrap"

_FENCE = re.compile(r"\s*(?:```|~~~)")
_WIDE = re.compile(f"[{HAN}\u3000-\u30ff\uff01-\uff60\uffe0-\uffe6“”‘’—…]")
_HAN = re.compile(f"[{HAN}]")
_LETTER = re.compile("[A-Za-z0-9À-ɏ]")
_SPACED = re.compile(f"[{HAN}] [A-Za-z0-9]|[A-Za-z0-9] [{HAN}]")
_UNSPACED = re.compile(f"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]")
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:-[A-Za-zÀ-ɏ]+)*")
_CUT_WORD = re.compile(r"([A-Za-zÀ-ɏ]{2,})[-\u2010]$")
_SOFT_HYPHEN = "\u00ad"
_REST = re.compile(r"[a-zà-ɏ]{2,}")
_OWN_PLACE = frozenset({"heading", "paragraph", "row", "slide", "sheet", "chapter"})
_ENDINGS = re.compile(
    r"(?:ment|ments|tion|tions|sion|sions|ation|ing|ings|ness|able|ible|ity|ities|ance|ence|ally"
    r"|ously|ous|ive|ical|ture|tures|ized|ised|izing|ising|ward|wards|ly|ers?|ors?|ed|al)"
)
"""How English words end that are cut before their last syllables."""


def join_edits(
    raw: str,
    lines: Sequence[Line],
    inner: Sequence[Edit],
    marks: Sequence[Mark],
    *,
    known: bool = False,
    first: "Wrapped | None" = None,
) -> list[Edit]:
    """Line breaks that a fixed width put into paragraphs, each for a blank or for nothing.

    Args:
        raw: the text, its line ends all one newline.
        lines: the lines that stay.
        inner: edits inside lines, settled: what is measured is what will be seen.
        marks: a line at a heading, paragraph or row of the source begins anew.
        known: every lone line break is inside a paragraph.
        first: what was found before page furniture was taken out; taken over if none was.
    """
    if first is not None and first.page.is_of(lines):
        page, breaks = first.page, first.found
    else:
        page = _Page(raw, lines, inner, marks)
        breaks = page.breaks(known=known)
    return [edit for index, cut in breaks.items() for edit in page.joined(index, cut=cut)]


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Which lines are parts of wrapped paragraphs."""

    page: "_Page"
    found: Mapping[int, bool]
    """Visible lines that the next one carries on, with whether words were cut there too."""
    lines: frozenset[int]
    """Indexes of the lines that these are."""
    known: bool = False
    """Whether the source itself tells, and its page headers too."""

    def keeps(self, index: int, reason: str) -> bool:
        """Whether a line stays though it looks like page furniture: it is part of a sentence.

        A header or page number may stand in the middle of one, under a line that is full.
        """
        above, below = index - 1 in self.lines, index in self.lines
        if self.known:
            return above or below
        return (above and below) or ((above or below) and not reason.startswith("page_"))


def wrapped_lines(
    raw: str,
    lines: Sequence[Line],
    inner: Sequence[Edit],
    marks: Sequence[Mark],
    *,
    known: bool = False,
) -> Wrapped:
    """The wrapped paragraphs among lines, page furniture still between them."""
    page = _Page(raw, lines, inner, marks)
    found = page.breaks(known=known)
    return Wrapped(page, found, frozenset(page.line_of[index] for index in found), known)


class _Page:
    def __init__(
        self, raw: str, lines: Sequence[Line], inner: Sequence[Edit], marks: Sequence[Mark]
    ) -> None:
        self._raw = raw
        self._inner = inner
        self._starts = [edit.start for edit in inner]
        self._own = sorted(mark.start for mark in marks if mark.kind in _OWN_PLACE)
        self._ends: list[tuple[int, int]] = []
        self.visible: list[Visible] = []
        self.line_of: list[int] = []
        """For each visible line the line it is of: a lost break makes two of one."""
        self._lines = lines
        fenced = False
        for index, line in enumerate(lines):
            start, end = self._bounds(line)
            text = self._seen(start, end)
            fence = bool(_FENCE.match(text))
            before = lines[index - 1] if index else None
            follows = not (fenced or fence) and self._follows(before, line, start)
            blanks = raw[line.start : start]
            for part in text.split("\n"):
                self.visible.append(Visible(part, blanks, follows))
                self.line_of.append(index)
                self._ends.append((start, end))
                blanks, follows = "", True
            fenced ^= fence

    def is_of(self, lines: Sequence[Line]) -> bool:
        """Whether it was made of these very lines."""
        return len(lines) == len(self._lines) and all(map(is_, lines, self._lines))

    def breaks(self, *, known: bool) -> dict[int, bool]:
        """Lines that the next one carries on, with whether words were cut there too."""
        if known:
            return {index: False for index, line in enumerate(self.visible[1:]) if line.follows}
        found: dict[int, bool] = {}
        lines, last = self.visible, list(range(len(self.visible)))
        # Looked at again when joined, so that cleaning clean text finds nothing more.
        while more := wrapped_breaks(lines):
            found |= {last[index]: cut for index, cut in more.items()}
            lines, last = self._merged(lines, last, more)
        return found

    def _merged(
        self, lines: Sequence[Visible], last: Sequence[int], joins: Mapping[int, bool]
    ) -> tuple[list[Visible], list[int]]:
        """Lines with joined ones in one, and the index of the last of each."""
        merged: list[Visible] = []
        ends: list[int] = []
        pieces: list[str] = []
        for index, line in enumerate(lines):
            text = line.text
            if index in joins:
                start, gap = self._ends[last[index]][1], self._ends[last[index] + 1][0]
                between, hyphens = self._between(
                    text, lines[index + 1].text, self._raw[start:gap], cut=joins[index]
                )
                pieces += [text[: len(text) - hyphens], between]
                continue
            first = index - len(pieces) // 2
            whole = "".join([*pieces, text])
            merged.append(Visible(whole, lines[first].blanks, lines[first].follows))
            ends.append(last[index])
            pieces = []
        return merged, ends

    def _bounds(self, line: Line) -> tuple[int, int]:
        """Where the line's text begins and ends without the blanks around it."""
        text = self._raw[line.start : line.end]
        start = line.start + len(text) - len(text.lstrip(BLANKS))
        return start, max(start, line.start + len(text.rstrip(BLANKS)))

    def _seen(self, start: int, end: int) -> str:
        index, pieces, at = bisect_left(self._starts, start), [], start
        while index < len(self._inner) and self._inner[index].start < end:
            edit = self._inner[index]
            pieces += [self._raw[at : edit.start], edit.replacement]
            at, index = edit.end, index + 1
        return "".join([*pieces, self._raw[at:end]]) if pieces else self._raw[start:end]

    def _follows(self, before: Line | None, after: Line, start: int) -> bool:
        if before is None:
            return False
        if EMPTY_LINE.search(self._raw, before.end, after.start):
            return False
        first = bisect_right(self._own, before.start)
        return first == len(self._own) or self._own[first] > start

    def joined(self, index: int, *, cut: bool) -> Iterator[Edit]:
        """The edits that join line `index` and the next."""
        (_, end), (start, _) = self._ends[index], self._ends[index + 1]
        before, after = self.visible[index].text, self.visible[index + 1].text
        if not before or not after or self.line_of[index] == self.line_of[index + 1]:
            return
        between, hyphens = self._between(before, after, self._raw[end:start], cut=cut)
        first = self._raw.index("\n", end)
        if self._raw.find("\n", first + 1, start) < 0:
            yield Edit(end - hyphens, start, HARD_WRAP, between)
            return
        # Page furniture was taken out between the two: it has reasons of its own.
        yield Edit(end - hyphens, first + 1, HARD_WRAP, between)
        indent = self._raw.rindex("\n", first, start) + 1
        if indent < start:
            yield Edit(indent, start, HARD_WRAP)

    def _between(self, before: str, after: str, gap: str, *, cut: bool) -> tuple[str, int]:
        """What goes between two lines, and how many hyphens before it go."""
        if _SOFT_HYPHEN in gap:
            return "", 0
        hyphenated, rest = _CUT_WORD.search(before), _REST.match(after)
        if hyphenated and rest:
            return "", int(self._is_one_word(hyphenated[1], rest.group()))
        left, right = before[-1], after[0]
        if _WIDE.match(left) and _WIDE.match(right):
            return "", 0
        if _WIDE.match(left) or _WIDE.match(right):
            meet = bool(_HAN.match(left) or _HAN.match(right))
            meet = meet and bool(_LETTER.match(left) or _LETTER.match(right))
            return (" " if meet and self._spaced else ""), 0
        return ("" if cut and not gap.strip("\n") else " "), 0

    def _is_one_word(self, head: str, tail: str) -> bool:
        """Whether the hyphen is the line's and not the word's."""
        whole, compound = (head + tail).lower(), f"{head}-{tail}".lower()
        if self._words[whole] or self._words[compound]:
            return self._words[whole] >= self._words[compound]
        return bool(_ENDINGS.fullmatch(tail)) and self._words[tail] < 2

    @cached_property
    def _words(self) -> Counter[str]:
        return Counter(word.lower() for word in _WORD.findall(self._raw))

    @cached_property
    def _spaced(self) -> bool:
        """Whether this text puts blanks between Han characters and words."""
        return len(_SPACED.findall(self._raw)) > len(_UNSPACED.findall(self._raw))


def unbroken(raw: str, joins: Collection[Edit]) -> str:
    """The text with joined lines on one line, and not a character more or less."""
    pieces, at = [], 0
    for edit in sorted(joins):
        pieces += [raw[at : edit.start], FILLER * (edit.end - edit.start)]
        at = edit.end
    return "".join([*pieces, raw[at:]])


FILLER = "\u2060"
"""Stands for what a join takes away where offsets must stay."""
