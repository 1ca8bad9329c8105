"""What the lines around a line, and its place on the page, add to its evidence."""

from collections.abc import Sequence

from rag.cleaning.lines import Line, words_of
from rag.cleaning.patterns import OPENERS, POSTAL
from rag.cleaning.scoring import CONTENT, FORM, HINT, NEUTRAL, STRONG, SURE, Judgement, is_dateline
from rag.cleaning.zones import Zones

_OF_THE_TEXT = frozenset({"metadata", "credit", "image_placeholder", "advertisement", "ending"})
"""Kinds of lines that also stand inside a text: they make no footer of what follows."""
_TITLE = -8.0
_MIDDLE = -9.0
_COMMENT_LENGTH = 200
_BLURB_COST = 3.5
_SHARED_WORDS = 0.34
_LONG_TEXT, _SAMPLE = 600, 30_000


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
    strong_above = sum(each.weight >= STRONG for each in above)
    return strong_above >= 1 and any(each.weight >= STRONG for each in below)


def _add_postal_lines(
    lines: Sequence[Line],
    judgements: dict[int, Judgement],
    weights: list[float],
    zones: Zones,
) -> None:
    """An address right above what ends a page is the site's, not the text's."""
    for index in range(len(lines) - 2, max((zones.last or 0), zones.tail - 1), -1):
        below = judgements[index + 1]
        follows = below.weight >= STRONG or weights[index + 1] > 0
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
    if index > head_end:
        return min(weight, NEUTRAL) if weight < HINT else weight
    if weight >= 0 or line.is_body:
        return weight
    if titles and index < titles[0]:
        return 0.5
    return max(weight, 0.0) if weight > CONTENT else weight


def _below(line: Line, judgement: Judgement, opened: str, *, in_tail: bool) -> float:
    weight = judgement.weight
    if not in_tail:
        return min(weight, NEUTRAL) if weight < HINT else weight
    if weight >= 0:
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
    if judgement.weight >= STRONG:
        if judgement.reason in OPENERS:
            return judgement.reason
        return opened if judgement.reason in ("metadata", "view_counter", "source") else ""
    return "" if line.is_body and opened != "comments" else opened


def _last_strong(judgements: dict[int, Judgement], zones: Zones) -> int:
    strong = (
        index
        for index, judgement in judgements.items()
        if zones.strict_head(index)
        and judgement.weight >= STRONG
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
        and judgement.weight >= STRONG
        and judgement.reason not in _OF_THE_TEXT
    )
    return min(strong, default=end)
