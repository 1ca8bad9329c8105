"""Find the values of a text, and those of a claim that its evidence does not state."""

import re
from collections.abc import Iterable
from functools import lru_cache

from rag.records import Span
from rag.values.dates import find_dates
from rag.values.fractions import find_fractions
from rag.values.implied import implied
from rag.values.names import find_idioms, find_names, is_spelled_out
from rag.values.numerals import fold
from rag.values.ordinals import find_ordinals
from rag.values.quantities import find_quantities
from rag.values.record import Found, Value, compatible
from rag.values.scanning import blank_out, lower_case

_WRAPPED = re.compile(r"(?<=[\u4e00-\u9fff○〇])\s+(?=[\u4e00-\u9fff○〇])")
"""A blank or a line break inside Chinese text, which may part a numeral."""


def find_values(text: str) -> tuple[Value, ...]:
    """Every value that `text` states, in the order of their places; see `Value`.

    Several values share a span where one expression states them all: 14日至15日, Articles 6 to 9.
    """
    values, _ = _read(text)
    return values


def missing_values(
    claim: str, evidence: str, *, context_years: Iterable[int] = ()
) -> tuple[Value, ...]:
    """The values of `claim` that `evidence` does not state.

    `context_years` are years that hold for the evidence without standing in it, such as the year
    of its document. Not asked for: the numbers of list items, and 一 and one without a unit, which
    are articles as often as numbers. The evidence is read generously: a lone 三 counts there.
    """
    wanted, _ = _read(claim)
    if not wanted:
        return ()
    stated, rest = _read(evidence)
    stated += (*implied(evidence, stated, rest), *_across_blanks(evidence))
    years = {*context_years, *(v.value[0] for v in stated if isinstance(v.value, tuple))}
    return tuple(
        value
        for value in wanted
        if not _is_form(value)
        and not _is_stated(value, stated, years)
        and not (isinstance(value.value, str) and is_spelled_out(value.value, stated, evidence))
    )


@lru_cache(maxsize=128)
def _read(text: str) -> tuple[tuple[Value, ...], str]:
    """The values, and the lower-case folded text with their places blanked out."""
    folded = fold(text)
    lower = lower_case(folded)
    spans = list(find_idioms(folded, lower))
    found: list[Found] = []
    for find in (find_names, find_dates, find_fractions, find_ordinals, find_quantities):
        folded, lower = blank_out(folded, spans), blank_out(lower, spans)
        new = _without_overlaps(find(folded, lower), len(text))
        spans = [(one.start, one.end) for one in new]
        found += new
    found.sort(key=lambda one: (one.start, one.end))
    return tuple(_value(text, one) for one in found), blank_out(lower, spans)


def _value(text: str, found: Found) -> Value:
    span = Span(start=found.start, end=found.end)
    return Value(
        kind=found.kind, value=found.value, unit=found.unit, span=span, text=span.slice(text)
    )


def _without_overlaps(found: Iterable[Found], length: int) -> list[Found]:
    """Earlier finds win; several values may share exactly one span."""
    kept: list[Found] = []
    taken = bytearray(length)
    spans: set[tuple[int, int]] = set()
    for one in found:
        span = (one.start, one.end)
        if span in spans or taken.find(1, *span) < 0:
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            spans.add(span)
            kept.append(one)
    return kept


def _across_blanks(evidence: str) -> tuple[Value, ...]:
    """What is stated where lines were broken by width: 百分之, then 七十五 on the next line."""
    return _read(_WRAPPED.sub("", evidence))[0] if _WRAPPED.search(evidence) else ()


def _is_form(value: Value) -> bool:
    worded_one = value.kind == "number" and value.value == 1 and not value.text[0].isdigit()
    return value.unit == "item" or (worded_one and not value.unit)


def _is_stated(claim: Value, stated: tuple[Value, ...], years: set[int | None]) -> bool:
    """A date's year may stand apart from its day, or be given by the caller."""
    if isinstance(claim.value, tuple) and claim.value[0] is not None:
        year, month, _ = claim.value
        if year not in years:
            return any(value.kind != "date" and compatible(claim, value) for value in stated)
        if month is None:
            return True
    return any(compatible(claim, value) for value in stated)
