"""Lines on a page to text: reading order, and which lines are one paragraph.

Pure geometry. A line break in the result is one on the page; an empty line parts paragraphs, told
by a gap, an indent, or a line that ends before its margin though the next word would have fitted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from rag.text import HAN

_WIDE = rf"{HAN}\u3000-\u30ff\uff01-\uff60\uffe0-\uffe6“”‘’…—"
_WIDE_ONE = re.compile(f"[{_WIDE}]")
_FIRST_WORD = re.compile(
    rf"[（《「『【〔“‘]*(?:[{HAN}]|[^\s{_WIDE}]+|.)[，。、；：！？）》」』】〕”’%％]*"
)
_ITEM = re.compile(
    r"[•●○■□◆◇▪►–—*-]\s|[（(][0-9一二三四五六七八九十]{1,3}[)）]|[0-9]{1,3}[、．]|[0-9]{1,3}[.)]\s"
    r"|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百0-9]{1,5}[章节節条條]"
)
_GAP = 1.15
"""Times the usual distance of lines; what is more parts paragraphs."""
_INDENT = 0.8
"""In ems, as are all lengths below."""
_SIZE = 0.15
_MOST_PITCH = 2.0
_MARGIN_ZONE = 0.12
"""Share of the page's height at each end where headers and footers stand."""
_MOST_JUMPS = 0.15
_LOOK_BACK = 40
"""Lines."""


@dataclass(slots=True)
class Line:
    """One line as it stands on the page; lengths in points, `top` above `bottom`."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    em: float
    """The width of a Han character, or about that."""

    @property
    def is_upright(self) -> bool:
        """Whether it is a column of vertical writing."""
        return self.top - self.bottom > 1.4 * (self.right - self.left)

    def overlaps(self, other: "Line") -> float:
        """Share of the narrower of the two that the other stands above or below."""
        shared = min(self.right, other.right) - max(self.left, other.left)
        return shared / max(1.0, min(self.right - self.left, other.right - other.left))

    def beside(self, other: "Line") -> bool:
        """Whether both stand at one height, as a word and its exponent do."""
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        return shared > 0.4 * min(self.top - self.bottom, other.top - other.bottom)


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
    lines = _merged(lines)
    if _is_jumbled(lines):
        lines = _by_columns(lines)
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


def _merged(lines: Sequence[Line]) -> list[Line]:
    """Exponents put back on their line, and vertical writing, a character a line, into columns."""
    merged: list[Line] = []
    for line in lines:
        last = merged[-1] if merged else None
        if last and _is_set_upright(last, line):
            last.text += line.text
            last.bottom, last.em = line.bottom, max(last.em, line.em)
            last.left, last.right = min(last.left, line.left), max(last.right, line.right)
        elif last and line.beside(last) and -0.5 < (line.left - last.right) / last.em < 0.4:
            last.text += line.text
            last.right = line.right
        else:
            merged.append(line)
    return merged


def _is_set_upright(above: Line, line: Line) -> bool:
    """Whether a lone character stands right under the column of characters so far."""
    if len(line.text) != 1 or not _WIDE_ONE.match(line.text) or not _WIDE_ONE.match(above.text):
        return False
    em = max(above.em, line.em)
    centre = (line.left + line.right) / 2
    near = above.left - 0.3 * em <= centre <= above.right + 0.3 * em
    # Boxes of commas and of 一 are as small as their ink.
    under = line.bottom < above.bottom and above.bottom - line.top < 1.2 * em
    return near and under and (len(above.text) == 1 or above.is_upright)


def _is_jumbled(lines: Sequence[Line]) -> bool:
    """Whether the file's order jumps up the page again and again inside a column."""
    jumps = 0
    for at, line in enumerate(lines):
        recent = reversed(lines[max(0, at - _LOOK_BACK) : at])
        above = next((each for each in recent if line.overlaps(each) > 0.5), None)
        jumps += above is not None and line.bottom > above.top
    return jumps > max(2, _MOST_JUMPS * len(lines))


def _by_columns(lines: list[Line]) -> list[Line]:
    """Lines cut at the widest white band, across or down, over and over (XY cut, Nagy 1984)."""
    if len(lines) < 2:
        return lines
    em = median(line.em for line in lines)
    down = _cut(lines, "left", "right", em)
    across = _cut([_flipped(line) for line in lines], "bottom", "top", 0.8 * em)
    if down and (not across or down[0] > across[0]):
        first = [line for line in lines if line.right <= down[1]]
    elif across:
        first = [line for line in lines if -line.bottom <= across[1]]
    else:
        return sorted(lines, key=lambda line: (-round(line.bottom / (0.5 * em)), line.left))
    chosen = set(map(id, first))
    return _by_columns(first) + _by_columns([line for line in lines if id(line) not in chosen])


def _flipped(line: Line) -> Line:
    return Line(line.text, line.left, line.right, -line.top, -line.bottom, line.em)


def _cut(lines: Sequence[Line], low: str, high: str, least: float) -> tuple[float, float] | None:
    """Width and lower edge of the widest band that no line reaches into."""
    ordered = sorted(lines, key=lambda line: float(getattr(line, low)))
    reach = float(getattr(ordered[0], high))
    best: tuple[float, float] | None = None
    for line in ordered[1:]:
        width = float(getattr(line, low)) - reach
        if width > least and (best is None or width > best[0]):
            best = (width, reach)
        reach = max(reach, float(getattr(line, high)))
    return best


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
        for above, line in pairwise(self.lines):
            if above.bottom - line.bottom > _GAP * self._pitch:
                blocks.append([])
            blocks[-1].append(line)
        tight = [line.right for block in blocks if len(block) > 1 for line in block]
        widest = max(tight or [line.right for line in self.lines])
        margins: dict[int, float] = {}
        for block in blocks:
            own = max(line.right for line in block)
            margins |= dict.fromkeys(map(id, block), own if len(block) > 2 else max(own, widest))
        return margins

    def text(self) -> str:
        pieces = [self.lines[0].text]
        opens = True
        for index, (above, line) in enumerate(pairwise(self.lines)):
            following = self.lines[index + 2] if index + 2 < len(self.lines) else None
            opens = self._parted(above, line, following, opens=opens)
            pieces += ["\n\n" if opens else "\n", line.text]
        return "".join(pieces)

    def _parted(self, above: Line, line: Line, following: Line | None, *, opens: bool) -> bool:
        """Whether a paragraph begins with `line`; `opens`: one did with the line above."""
        if above.bottom - line.bottom > _GAP * self._pitch:
            return True
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
    wide = len(_WIDE_ONE.findall(word))
    return (wide + 0.5 * (len(word) - wide) + (1.0 if wide else 0.4)) * line.em
