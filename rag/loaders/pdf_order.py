"""Lines of a page as they stand on it, brought into the order in which they are read.

Pure geometry.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from rag.text import HAN

WIDE = re.compile(rf"[{HAN}\u3000-\u30ff\uff01-\uff60\uffe0-\uffe6“”‘’…—]")
"""One character that is an em wide."""
_MOST_JUMPS = 0.15
_MOST_CUT = 1_000
"""Lines; cutting takes the square of their number."""
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


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Lines in the order of the file, or by columns where that order is none."""
    lines = _merged(lines)
    return _by_columns(lines) if _is_jumbled(lines) else lines


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
    if len(line.text) != 1 or not WIDE.match(line.text) or not WIDE.match(above.text):
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
    ordered: list[Line] = []
    pending = [lines]
    while pending:
        part = pending.pop()
        first = _first_part(part) if len(part) < _MOST_CUT else []
        if first:
            chosen = set(map(id, first))
            pending += [[line for line in part if id(line) not in chosen], first]
        else:
            half = 0.5 * median(line.em for line in part)
            ordered += sorted(part, key=lambda line: (-round(line.bottom / half), line.left))
    return ordered


def _first_part(lines: Sequence[Line]) -> list[Line]:
    """The lines left of, or above, the widest white band; none where there is no band."""
    em = median(line.em for line in lines)
    down = _cut(lines, "left", "right", em)
    across = _cut([_flipped(line) for line in lines], "bottom", "top", 0.8 * em)
    if down and (not across or down[0] > across[0]):
        first = [line for line in lines if line.right <= down[1]]
    elif across:
        first = [line for line in lines if -line.bottom <= across[1]]
    else:
        return []
    return first if len(first) < len(lines) else []


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
