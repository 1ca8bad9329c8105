"""Line breaks that were lost: before the items of a list, and in text that was run together."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rag.cleaning.edits import Edit
from rag.text import HAN

MISSING_BREAK, FLATTENED = "missing_break", "flattened"

_NUMBERS = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ORDER = {"首先": 1, "其次": 2, "再次": 3, "最后": 4, "最後": 4}
_ENGLISH = {"First": 1, "Second": 2, "Third": 3, "Fourth": 4, "Fifth": 5, "Sixth": 6}
_SENTENCE_BREAK = "。！？!?；;:：,，\n　 —”、.．"
_FILLER = "\u2060"


def _chinese_number(numeral: str) -> int:
    if len(numeral) == 2:
        return 10 + _NUMBERS.index(numeral[1]) + 1
    return _NUMBERS.index(numeral) + 1


@dataclass(frozen=True, slots=True)
class _Series:
    """A way of numbering items."""

    item: re.Pattern[str]
    """Its first group is the number."""
    number: Callable[[str], int]
    distance: int = 1
    """Fewest characters from one item to the next."""
    first: int | None = None
    """The number it must begin with, where any would be too weak a sign."""


_SERIES = (
    _Series(re.compile(rf"(十?[{_NUMBERS}])是"), _chinese_number),
    _Series(re.compile(rf"第(十?[{_NUMBERS}])[项項条條点點][,，]"), _chinese_number),
    _Series(re.compile(rf"第(十?[{_NUMBERS}])[,，]"), _chinese_number),
    _Series(
        re.compile(rf"(?<![第条條款和及至、或])[(（](十?[{_NUMBERS}])[)）](?![项項款目])"),
        _chinese_number,
        first=1,
    ),
    _Series(re.compile(rf"([{_CIRCLED}])"), lambda item: _CIRCLED.index(item) + 1, 8, 1),
    _Series(re.compile(rf"(?<![\d.．第—-])(\d{{1,2}})[.．、](?=[{HAN}“《])"), int, 6, 1),
    _Series(re.compile(f"({'|'.join(_ORDER)})[,，]"), _ORDER.__getitem__, first=1),
    _Series(re.compile(rf"({'|'.join(_ENGLISH)})(?:ly)?, (?=[a-z])"), _ENGLISH.__getitem__, 8, 1),
)

_CJK = f"{HAN}\u3001-\u3003\u3008-\u301b\uff01-\uff60"
_GAP = re.compile(rf"(?<=[{_CJK}—”’%])[ \u3000]+(?=[{HAN}“《（「『]|\\d{{4}}年)")
_LONG = 100
_PIECE, _LABEL = 12, 8
_LOST_BREAKS = 5
_BULLET = re.compile(r"(?<=\S)\s?(?=[●■◆▪•◇□★☆►]\s?[^\s●■◆▪•◇□★☆►])")
_BULLETS = 3


def break_edits(raw: str) -> Iterator[Edit]:
    """A line break before an item that follows the last one with no stop, as 七 in …处置七是大力….

    Only where the item before it in the same line (六是) stands after a stop itself, so that a 是
    after a numeral in running text is left alone.
    """
    for series in _SERIES:
        yield from _lost_breaks(raw, series)
    start = 0
    while start < len(raw):
        end = raw.find("\n", start)
        end = len(raw) if end < 0 else end
        if end - start >= _LONG:
            yield from _flattened(raw, start, end)
        start = end + 1


def _lost_breaks(raw: str, series: _Series) -> Iterator[Edit]:
    expected, last, seen = 0, -1, 0
    for item in series.item.finditer(raw):
        number = series.number(item[1])
        if raw.find("\n", seen, item.start()) >= 0:
            expected = 0
        seen = item.start()
        if _after_stop(raw, item.start()):
            if series.first is None or number in {series.first, expected}:
                expected, last = number + 1, item.end()
        elif number == expected and number > 1 and item.start() - last >= series.distance:
            yield Edit(item.start(), item.start(), MISSING_BREAK, "\n")
            expected, last = number + 1, item.end()


def _after_stop(raw: str, at: int) -> bool:
    while at and raw[at - 1] == _FILLER:
        at -= 1
    return at == 0 or raw[at - 1] in _SENTENCE_BREAK


def _flattened(raw: str, start: int, end: int) -> Iterator[Edit]:
    """Blanks that stand where lines ended, in a long line that has no stops there.

    Chinese puts no blanks between sentences, so several of them between long pieces tell of lines
    that were run together; between short pieces they part names or columns.
    """
    bullets = list(_BULLET.finditer(raw, start, end))
    if len(bullets) >= _BULLETS:
        for match in bullets:
            yield Edit(match.start(), match.end(), FLATTENED, "\n")
        return
    gaps = list(_GAP.finditer(raw, start, end))
    edges = [start, *(gap.end() for gap in gaps)]
    ends = [*(gap.start() for gap in gaps), end]
    lengths = [stop - edge for edge, stop in zip(edges, ends, strict=True)]
    lost = [
        gap
        for gap, before, after in zip(gaps, lengths, lengths[1:], strict=False)
        if max(before, after) >= _LABEL and raw[gap.start() - 1] not in "。！？；，、"
    ]
    if len(lost) >= _LOST_BREAKS and sorted(lengths)[len(lengths) // 2] >= _PIECE:
        yield from (Edit(gap.start(), gap.end(), FLATTENED, "\n") for gap in lost)
