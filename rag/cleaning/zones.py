"""Where on a page furniture is looked for, and what the lines around a line add to its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.cleaning.lines import Line
from rag.cleaning.patterns import OPENERS, POSTAL
from rag.cleaning.scoring import CONTENT, FORM, HINT, SURE, Judgement, is_dateline, judge

_STRONG = FORM - 1
_HEAD_LINES, _TAIL_LINES = 200, 400
_LITTLE_PROSE, _HEAD_PROSE, _TAIL_PROSE = 80, 400, 1500
"""So many characters of prose, at most, are looked through for more furniture behind them."""
_PROSE_SHARE = 0.1
_OF_THE_TEXT = frozenset({"metadata", "credit", "image_placeholder", "advertisement", "ending"})
"""Kinds of lines that also stand inside a text: they make no footer of what follows."""
_TITLE = -8.0
_MIDDLE = -9.0
_COMMENT_LENGTH = 200


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
    prose = [len(line.text) if line.is_body else 0 for line in lines]
    enough = max(_PROSE_SHARE * sum(prose), _LITTLE_PROSE)
    order = range(len(lines))
    head, first = _edge(lines, order[:_HEAD_LINES], min(enough, _HEAD_PROSE), judgements)
    tail, last = _edge(lines, order[::-1][:_TAIL_LINES], min(enough, _TAIL_PROSE), judgements)
    has_prose = first is not None or last is not None
    if not has_prose:
        first, last = _longest_run(lines, judgements)
    return Zones(
        head=len(lines) if head is None else head,
        tail=0 if tail is None else tail + 1,
        first=first,
        last=last,
        has_prose=has_prose,
    )


def _longest_run(
    lines: Sequence[Line], judgements: dict[int, Judgement]
) -> tuple[int | None, int | None]:
    """Where nothing reads as prose (a poem, a table): most text without a line of furniture."""
    runs: list[tuple[int, int, int]] = []
    start = size = 0
    for index, line in enumerate(lines):
        judgement = judgements.get(index)
        if judgement and judgement.weight >= HINT:
            start, size = index + 1, 0
        else:
            size += len(line.text)
            runs.append((size, start, index))
    if not runs:
        return None, None
    _, first, last = max(runs)
    return first, last


def _edge(
    lines: Sequence[Line], order: Sequence[int], enough: float, judgements: dict[int, Judgement]
) -> tuple[int | None, int | None]:
    """The line that an edge ends before, going inwards, and its first line of true prose."""
    seen, first = 0, None
    for index in order:
        if index not in judgements:
            judgements[index] = judge(lines[index])
        if lines[index].is_body and judgements[index].weight < 0:
            first = index if first is None else first
            seen += len(lines[index].text)
            if seen > enough:
                return index, first
    return (None if len(order) == len(lines) else order[-1]), first


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
    return weights


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
