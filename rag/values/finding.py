"""Find the values of a text, and those of a claim that its evidence does not state."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from rag.records import Span
from rag.values.dates import ROC_EPOCH, find_dates
from rag.values.fractions import find_fractions
from rag.values.names import find_idioms, find_names, is_spelled_out
from rag.values.numerals import fold, parse_chinese
from rag.values.ordinals import find_ordinals
from rag.values.quantities import find_quantities
from rag.values.record import Found, Value, compatible
from rag.values.scanning import blank_out, lower_case

_LOOSE = re.compile(
    r"[二三四五六七八九十两双]|一个?(?P<chinese_unit>[年月周天日]|小时)"
    r"|\b(?:an?|past|last) (?P<unit>year|month|week|day|hour|minute|decade|century)\b"
    r"|\b(?P<two>both|two|double|dual|twin|twice)\b"
)
_SPACED = re.compile(r"\d+\s\d")
"""1 234 may be one number or two cells of a table."""
_UNITS = {"年": "year", "月": "month", "周": "week", "天": "day", "日": "day", "小时": "hour"}
_RANGE = re.compile(r"至|到|[-–—~～]|\b(?:to|through)\b")
_LONGEST_GAP = 12
_LONGEST_RANGE = 50
_REPUBLIC = re.compile("民[国國]")
_PLAIN_ROC_YEARS = range(60, 200)


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
    stated += (*_weak_numerals(evidence, rest), *_implied(evidence, stated))
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


def _weak_numerals(evidence: str, rest: str) -> Iterator[Value]:
    """Numerals too weak to claim anything, yet enough to support: 三农, both, a year."""
    for match in _LOOSE.finditer(rest):
        start, end = match.span()
        if match["unit"] or match["chinese_unit"]:
            unit = match["unit"] or _UNITS[match["chinese_unit"]]
            yield _value(evidence, Found(start, end, "number", Decimal(1), unit))
        else:
            number = parse_chinese(match[0]) if match[0] in "三四五六七八九十" else Decimal(2)
            yield _value(evidence, Found(start, end, "ordinal", number or Decimal(0), "label"))


def _implied(evidence: str, stated: tuple[Value, ...]) -> Iterator[Value]:
    yield from _between(evidence, stated)
    yield from _roc_years(stated)
    for value in stated:
        if value.kind == "number" and _SPACED.match(value.text):
            for part in re.findall(r"\d+", value.text):
                yield replace(value, value=Decimal(part), unit="")


def _between(evidence: str, stated: tuple[Value, ...]) -> Iterator[Value]:
    """第一类至第三类 and Articles 6 to 9 cover what lies between."""
    for first, last in pairwise(stated):
        if first.kind != "ordinal" or last.kind != "ordinal":
            continue
        gap = evidence[first.span.end : last.span.start] or first.text
        in_range = len(gap) <= max(_LONGEST_GAP, len(first.text)) and _RANGE.search(gap)
        if in_range and isinstance(first.value, Decimal) and isinstance(last.value, Decimal):
            for step in range(1, int(min(last.value - first.value, Decimal(_LONGEST_RANGE)))):
                yield replace(first, value=first.value + step)


def _roc_years(stated: tuple[Value, ...]) -> Iterator[Value]:
    """In 民国一百零五年至一百零九年 the second year is one of the Republic too."""
    if not any(value.kind == "date" and _REPUBLIC.search(value.text) for value in stated):
        return
    for value in stated:
        if value.unit != "year" or not isinstance(value.value, Decimal):
            continue
        if value.value in _PLAIN_ROC_YEARS:
            yield replace(
                value, kind="date", unit="", value=(int(value.value) + ROC_EPOCH, None, None)
            )


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
