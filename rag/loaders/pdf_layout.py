"""Lines on a page to text: reading order, and which lines are one paragraph.

Pure geometry. A line break in the result is one on the page; an empty line parts paragraphs, told
by a gap, an indent, or a line that ends before its margin though the next word would have fitted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from rag.loaders.pdf_order import WIDE, Line, in_reading_order
from rag.text import HAN

_WIDE = rf"{HAN}\u3000-\u30ff\uff01-\uff60\uffe0-\uffe6“”‘’…—"
_FIRST_WORD = re.compile(
    rf"[（《「『【〔“‘]*(?:[{HAN}]|[^\s{_WIDE}]+|.)[，。、；：！？）》」』】〕”’%％]*"
)
_ITEM = re.compile(
    r"[•●○■□◆◇▪►–—*-]\s|[（(][0-9一二三四五六七八九十]{1,3}[)）]|[0-9]{1,3}[、．]|[0-9]{1,3}[.)]\s"
    r"|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百0-9]{1,5}[章节節条條]"
)
_GAP = 1.35
"""Times the usual distance of lines in the column; what is more parts paragraphs."""
_NEAR_GAP = 1.15
"""Times the distance of the lines above or below."""
_INDENT = 0.8
"""In ems, as are all lengths below."""
_SIZE = 0.15
_MOST_PITCH = 2.0
_MARGIN_ZONE = 0.12
"""Share of the page's height at each end where headers and footers stand."""


@dataclass(slots=True)
class PageText:
    """A page's text, with the lines at its ends to tell whether a paragraph goes on."""

    text: str = ""
    """Without `leading` and `trailing`."""
    height: float = 0.0
    leading: list[Line] = field(default_factory=list)
    """What stands alone at the ends of the page and comes before the text in the file."""
    trailing: list[Line] = field(default_factory=list)
    head: Line | None = None
    tail: Line | None = None
    """First and last line of the text."""
    tail_room: float = 0.0
    """Between the end of `tail` and its margin."""
    head_is_indented: bool = False


def page_text(lines: Sequence[Line], height: float) -> PageText:
    """The text of a page's lines, given in the order of the file; `height` of the page."""
    lines = in_reading_order(lines)
    columns = [_Column(part) for part in _columns(lines)]
    body = {id(line) for column in columns for line in column.body(height)}
    page = PageText(height=height)
    while lines and id(lines[0]) not in body:
        page.leading.append(lines.pop(0))
    while lines and id(lines[-1]) not in body:
        page.trailing.insert(0, lines.pop())
    if not lines:
        return page
    columns = [_Column(part) for part in _columns(lines)]
    pieces = [columns[0].text()]
    for before, after in pairwise(columns):
        pieces += ["\n" if before.flows_into(after) else "\n\n", after.text()]
    page.text = "".join(pieces)
    page.head, page.tail = lines[0], lines[-1]
    page.head_is_indented = columns[0].indented(lines[0])
    page.tail_room = columns[-1].room(lines[-1])
    return page


def runs_over(before: PageText, after: PageText) -> bool:
    """Whether a paragraph at the foot of a page goes on at the head of the next."""
    if before.tail is None or after.head is None:
        return False
    if before.tail_room >= _first_width(after.head):
        return False
    same_size = abs(before.tail.em - after.head.em) <= _SIZE * before.tail.em
    return same_size and not after.head_is_indented and not _ITEM.match(after.head.text)


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines in runs, each going down the page without stepping aside."""
    columns = [[line] for line in lines[:1]]
    for above, line in pairwise(lines):
        if line.bottom < above.bottom and line.overlaps(above) > 0:
            columns[-1].append(line)
        else:
            columns.append([line])
    return columns


class _Column:
    """Lines under each other, and the measures that tell their paragraphs."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        drops = [above.bottom - line.bottom for above, line in pairwise(lines)]
        self._drops = drops
        # The lower quartile: where many paragraphs have one line, most distances are gaps.
        usual = sorted(drops)[len(drops) // 4] if drops else 0.0
        self._pitch = min(usual, _MOST_PITCH * median(line.em for line in lines))
        self._rights = self._margins()
        self._left = min(line.left for line in lines)

    def _margins(self) -> dict[int, float]:
        """The right margin at each line: of the lines that stand close together with it.

        Where these are too few to tell, the margin is that of all lines with close neighbours.
        """
        blocks = [[self.lines[0]]]
        for index, line in enumerate(self.lines[1:]):
            if self._is_gap(index):
                blocks.append([])
            blocks[-1].append(line)
        tight = [line.right for block in blocks if len(block) > 1 for line in block]
        widest = max(tight or [line.right for line in self.lines])
        margins: dict[int, float] = {}
        for block in blocks:
            own = max(line.right for line in block)
            margins |= dict.fromkeys(map(id, block), own if len(block) > 2 else max(own, widest))
        return margins

    def _is_gap(self, index: int) -> bool:
        """Whether line `index` and the next stand further apart than lines of a paragraph."""
        near = self._drops[max(0, index - 1) : index] + self._drops[index + 1 : index + 2]
        drop = self._drops[index]
        return drop > _GAP * self._pitch or drop > _NEAR_GAP * min(near, default=drop)

    def text(self) -> str:
        pieces = [self.lines[0].text]
        opens = True
        for index, (above, line) in enumerate(pairwise(self.lines)):
            following = self.lines[index + 2] if index + 2 < len(self.lines) else None
            gap = self._is_gap(index)
            opens = gap or self._parted(above, line, following, opens=opens)
            pieces += ["\n\n" if opens else "\n", line.text]
        return "".join(pieces)

    def _parted(self, above: Line, line: Line, following: Line | None, *, opens: bool) -> bool:
        """Whether a paragraph begins with `line`; `opens`: one did with the line above."""
        if abs(above.em - line.em) > _SIZE * max(above.em, line.em):
            return True
        if self.room(above) >= _first_width(line) or _ITEM.match(line.text):
            return True
        inward = (line.left - above.left) / line.em
        if inward < -_INDENT:
            return not opens
        if opens and _ITEM.match(above.text):
            return False
        beyond = (line.left - following.left) / line.em if following else 0.0
        return inward > _INDENT or (beyond > _INDENT and inward > -_INDENT and not opens)

    def room(self, line: Line) -> float:
        """Between its end and the margin."""
        return self._rights[id(line)] - line.right

    def indented(self, line: Line) -> bool:
        return line.left - self._left > _INDENT * line.em

    def flows_into(self, other: "_Column") -> bool:
        """Whether the paragraph at the foot goes on at the head of the next column."""
        last, first = self.lines[-1], other.lines[0]
        if last.is_upright and first.is_upright:
            return last.bottom < first.bottom + 1.5 * last.em
        same_size = abs(last.em - first.em) <= _SIZE * last.em
        goes_on = same_size and self.room(last) < _first_width(first) and not other.indented(first)
        return goes_on and len(self.lines) > 1 and not _ITEM.match(first.text)

    def body(self, height: float) -> list[Line]:
        """Lines without those that stand alone at the ends of the page."""
        lines = list(self.lines)
        if len(lines) == 1 and self._at_end(lines[0], height):
            return []
        while len(lines) > 1 and self._is_margin(lines[0], lines[1], height):
            lines.pop(0)
        while len(lines) > 1 and self._is_margin(lines[-1], lines[-2], height):
            lines.pop()
        if len(lines) == 1 and len(self.lines) > 1 and self._at_end(lines[0], height):
            return []
        return lines

    def _is_margin(self, line: Line, neighbour: Line, height: float) -> bool:
        # Few lines, such as a header over a footer, have no usual distance.
        usual = self._pitch if len(self.lines) > 3 else _MOST_PITCH * neighbour.em
        alone = abs(line.bottom - neighbour.bottom) > _GAP * usual
        return alone and self._at_end(line, height)

    def _at_end(self, line: Line, height: float) -> bool:
        return (
            not _MARGIN_ZONE * height < (line.bottom + line.top) / 2 < (1 - _MARGIN_ZONE) * height
        )


def _first_width(line: Line) -> float:
    """Of its first word, with what a line may be short of its margin by."""
    match = _FIRST_WORD.match(line.text)
    word = match.group() if match else "字"
    wide = len(WIDE.findall(word))
    return (wide + 0.5 * (len(word) - wide) + (1.0 if wide else 0.4)) * line.em
