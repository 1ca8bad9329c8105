"""Where on a page furniture is looked for, and what the lines around a line add to its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.cleaning.lines import Line, words_of
from rag.cleaning.patterns import OPENERS, POSTAL
from rag.cleaning.scoring import CONTENT, FORM, HINT, SURE, Judgement, is_dateline, judge

_STRONG = FORM - 1
_HEAD_LINES, _TAIL_LINES = 200, 400
_LITTLE_PROSE, _HEAD_PROSE, _TAIL_PROSE = 250, 400, 1500
"""So many characters of prose, at most, are looked through for more furniture behind them."""
_PROSE_SHARE = 0.1
_OF_THE_TEXT = frozenset({"metadata", "credit", "image_placeholder", "advertisement", "ending"})
"""Kinds of lines that also stand inside a text: they make no footer of what follows."""
_TITLE = -8.0
_MIDDLE = -9.0
_COMMENT_LENGTH = 200
_BUTTON = 60.0
"""A line of furniture outweighs so much text when the body is looked for."""
_SCARCE = 0.2
"""Less prose than this share of a page is not what it is about."""
_BLURB_COST = 3.5
_SHARED_WORDS = 0.34
_LONG_TEXT, _SAMPLE = 600, 30_000


@dataclass(slots=True)
class Zones:
    """The lines of a page as [0, head) [head, middle) [middle, tail) [tail, end).

    Only outside the middle is furniture looked for by its likeness; `first` and `last` are the
    first and the last line of prose, or None where nothing reads as prose.
    """

    head: int
    tail: int
    first: int | None
    last: int | None
    has_prose: bool = True

    def strict_head(self, index: int) -> bool:
        return self.first is not None and index < self.first

    def strict_tail(self, index: int) -> bool:
        return self.last is not None and index > self.last

    def holds(self, index: int) -> bool:
        return index < self.head or index >= self.tail


def find_zones(lines: Sequence[Line], judgements: dict[int, Judgement]) -> Zones:
    """Zones of a page; fills `judgements` for the lines outside the middle."""
    prose = [_is_prose(lines, index) for index in range(len(lines))]
    size = sum(len(line.text) for line, each in zip(lines, prose, strict=True) if each)
    enough = max(_PROSE_SHARE * size, _LITTLE_PROSE)
    order = range(len(lines))
    head = _edge(lines, order[:_HEAD_LINES], min(enough, _HEAD_PROSE), prose, judgements)
    tail = _edge(lines, order[::-1][:_TAIL_LINES], min(enough, _TAIL_PROSE), prose, judgements)
    own = [
        each and (i not in judgements or judgements[i].weight < 0) for i, each in enumerate(prose)
    ]
    first, last = _body(lines, own, judgements)
    return Zones(
        head=len(lines) if head is None else head,
        tail=0 if tail is None else tail + 1,
        first=first,
        last=last,
        has_prose=any(own),
    )


def _is_prose(lines: Sequence[Line], index: int) -> bool:
    """Prose, save a long line with no stop and no prose beside it: a title, an advertisement."""
    line = lines[index]
    if not line.is_body or line.has_stop:
        return line.is_body
    around = [*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]]
    return any(each.is_body for each in around)


def _edge(
    lines: Sequence[Line],
    order: Sequence[int],
    enough: float,
    prose: Sequence[bool],
    judgements: dict[int, Judgement],
) -> int | None:
    """The line that an edge ends before, going inwards, when enough prose of the text is seen."""
    seen = 0
    for index in order:
        if index not in judgements:
            judgements[index] = judge(lines[index])
        if prose[index] and judgements[index].weight < 0:
            seen += len(lines[index].text)
            if seen > enough:
                return index
    return None if len(order) == len(lines) else order[-1]


def _body(
    lines: Sequence[Line], own: Sequence[bool], judgements: dict[int, Judgement]
) -> tuple[int | None, int | None]:
    """The first and the last line of the stretch with most text of its own for its furniture.

    The greatest sum of a run of numbers, found in one pass (Kadane): prose counts by its length,
    furniture against it, short lines little, unless there is hardly any prose (a poem, a table).
    """
    sizes = [_width(line) for line in lines]
    in_prose = sum(size for size, each in zip(sizes, own, strict=True) if each)
    scarce = in_prose < _SCARCE * sum(sizes)
    best, first, last = 0.0, None, None
    start, total = 0, 0.0
    for index, size in enumerate(sizes):
        judgement = judgements.get(index)
        if judgement is not None and judgement.weight >= HINT:
            total -= _BUTTON
        else:
            total += 2 * size if own[index] else size * (1.0 if scarce else 0.1)
        if total > best:
            best, first, last = total, start, index
        if total < 0:
            start, total = index + 1, 0.0
    if first is None or last is None or scarce:
        return first, last
    inside = [index for index in range(first, last + 1) if own[index]]
    return (inside[0], inside[-1]) if inside else (first, last)


def _width(line: Line) -> float:
    return len(line.text) if line.is_chinese else 0.4 * len(line.text)


def weigh(
    lines: Sequence[Line],
    judgements: dict[int, Judgement],
    zones: Zones,
    titles: Sequence[int],
) -> list[float]:
    """The weight of each line, its neighbours considered."""
    head_end = _last_strong(judgements, zones)
    tail_begin = _first_strong(judgements, zones, len(lines))
    opened = ""
    weights: list[float] = []
    for index, line in enumerate(lines):
        if not zones.holds(index):
            weights.append(_MIDDLE)
            continue
        judgement = judgements[index]
        if zones.strict_head(index):
            weight = _in_head(line, judgement, index, titles, head_end)
        else:
            opened = _opened(line, judgement, opened)
            in_tail = index > tail_begin
            weight = _below(line, judgement, opened if in_tail else "", in_tail=in_tail)
            if not zones.strict_tail(index):
                weight = _between(weight, zones)
        weights.append(weight)
    _add_postal_lines(lines, judgements, weights, zones)
    _doubt_strange_prose(lines, judgements, weights, tail_begin)
    return weights


def _doubt_strange_prose(
    lines: Sequence[Line],
    judgements: dict[int, Judgement],
    weights: list[float],
    tail_begin: int,
) -> None:
    """A few sentences between buttons that share no words with the text: a blurb, a biography."""
    doubtful = [
        index
        for index in range(tail_begin + 1, len(lines))
        if lines[index].is_body
        and -_BLURB_COST - 3 < weights[index] < -_BLURB_COST
        and _is_flanked(judgements, index)
    ]
    body = "\n".join(line.folded for line in lines[:tail_begin] if line.is_body)
    if not doubtful or len(body) < _LONG_TEXT:
        return
    words = words_of(body[:_SAMPLE])
    for index in doubtful:
        own = words_of(lines[index].folded)
        if len(own & words) < _SHARED_WORDS * len(own):
            weights[index] = -_BLURB_COST


def _is_flanked(judgements: dict[int, Judgement], index: int) -> bool:
    above = [judgements[i] for i in range(index - 3, index) if i in judgements]
    below = [judgements[i] for i in range(index + 1, index + 3) if i in judgements]
    strong_above = sum(each.weight >= _STRONG for each in above)
    return strong_above >= 1 and any(each.weight >= _STRONG for each in below)


def _add_postal_lines(
    lines: Sequence[Line],
    judgements: dict[int, Judgement],
    weights: list[float],
    zones: Zones,
) -> None:
    """An address right above what ends a page is the site's, not the text's."""
    for index in range(len(lines) - 2, max((zones.last or 0), zones.tail - 1), -1):
        below = judgements[index + 1]
        follows = below.weight >= _STRONG or weights[index + 1] > 0
        if follows and below.reason not in _OF_THE_TEXT and POSTAL.match(lines[index].folded):
            weights[index] = max(weights[index], 1.0)


def _in_head(
    line: Line, judgement: Judgement, index: int, titles: Sequence[int], head_end: int
) -> float:
    if index in titles:
        return _TITLE
    weight = judgement.weight
    if is_dateline(line):
        return max(weight, FORM)
    if weight >= 0 or line.is_body or index > head_end:
        return weight
    if titles and index < titles[0]:
        return 0.5
    return max(weight, 0.0) if weight > CONTENT else weight


def _below(line: Line, judgement: Judgement, opened: str, *, in_tail: bool) -> float:
    weight = judgement.weight
    if not in_tail or weight >= 0:
        return weight
    if line.is_body:
        short = len(line.text) <= _COMMENT_LENGTH
        return max(weight, -2.5) if opened == "comments" and short else weight
    if judgement.reason == "contact":
        return 1.0
    if opened and line.is_short and not line.is_table_row:
        return 1.5
    return 0.3 if weight > CONTENT else -1.0


def _between(weight: float, zones: Zones) -> float:
    """Between lines of prose doubt weighs more; where there is no prose, all is the text's own."""
    if not zones.has_prose:
        return CONTENT if weight < HINT else weight - 2
    return weight - 2 if 0 < weight < SURE else weight


def _opened(line: Line, judgement: Judgement, opened: str) -> str:
    """Which block, if any, goes on at this line."""
    if judgement.weight >= _STRONG:
        if judgement.reason in OPENERS:
            return judgement.reason
        return opened if judgement.reason in ("metadata", "view_counter", "source") else ""
    return "" if line.is_body and opened != "comments" else opened


def _last_strong(judgements: dict[int, Judgement], zones: Zones) -> int:
    strong = (
        index
        for index, judgement in judgements.items()
        if zones.strict_head(index)
        and judgement.weight >= _STRONG
        and judgement.reason not in _OF_THE_TEXT - {"metadata"}
    )
    return max(strong, default=-1)


def _first_strong(judgements: dict[int, Judgement], zones: Zones, end: int) -> int:
    strong = (
        index
        for index, judgement in judgements.items()
        if zones.last is not None
        and index >= zones.tail
        and not zones.strict_head(index)
        and judgement.weight >= _STRONG
        and judgement.reason not in _OF_THE_TEXT
    )
    return min(strong, default=end)
