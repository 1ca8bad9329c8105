"""Where on a page its text is, and where furniture is looked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.cleaning.lines import Line
from rag.cleaning.patterns import OPENERS
from rag.cleaning.scoring import FORM, HINT, STRONG, Judgement, is_dateline, judge

_HEAD_LINES, _TAIL_LINES = 200, 400
_LITTLE_PROSE, _HEAD_PROSE, _TAIL_PROSE = 250, 400, 1500
"""So many characters of prose, at most, are looked through for more furniture behind them."""
_PROSE_SHARE = 0.1
_BUTTON = 60.0
"""A line of furniture outweighs so much text when the body is looked for."""
_ABOVE_TEXT = frozenset({"metadata", "view_counter", "source"})
_BELOW_DATE = frozenset({"page_tools", "share", "language", "tags", "navigation"})
"""What may stand between source and date and the text."""
_BELOW_TEXT = frozenset({"related", "comments"})
_AFTER_DATE = 25.0
"""What a text is given ahead that stands below its source and date."""
_UNJUDGED, _DATELINE = Judgement("", 0.0), Judgement("metadata", FORM)
_SCARCE = 0.2
"""Less prose than this share of a page is not what it is about."""


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
    listed = dated = below = False
    for index, line in enumerate(lines):
        judgement = judgements.get(index, _UNJUDGED)
        if judgement.weight < STRONG and index in judgements and is_dateline(line):
            judgement = _DATELINE
        if judgement.weight >= STRONG:
            total -= _BUTTON / (2 if scarce else 1)
            listed = judgement.reason in OPENERS and judgement.reason != "page_tools"
            dated = judgement.reason in _ABOVE_TEXT or (dated and judgement.reason in _BELOW_DATE)
            below = below or judgement.reason in _BELOW_TEXT
            if scarce and dated and not below:
                start, total = index + 1, max(total, _AFTER_DATE)
        elif judgement.weight < HINT:
            dated = False
            contact = judgement.reason == "contact"
            worth = _worth(line, scarce=scarce, listed=listed, contact=contact)
            worth = 2.0 if own[index] else worth
            total += worth * sizes[index]
        if total > best:
            best, first, last = total, start, index
        if total < 0:
            start, total = index + 1, 0.0
    if first is None or last is None or scarce:
        return first, last
    inside = [index for index in range(first, last + 1) if own[index]]
    return (inside[0], inside[-1]) if inside else (first, last)


def _worth(line: Line, *, scarce: bool, listed: bool, contact: bool) -> float:
    """What a character of a short line counts for the text: little, but where all are short."""
    if listed or contact:
        return 0.1
    if line.has_stop or line.is_heading:
        return 1.0
    return 0.5 if scarce else 0.1


def _width(line: Line) -> float:
    return len(line.text) if line.is_chinese else 0.4 * len(line.text)
