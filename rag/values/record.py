"""What a value is, and when one value can rest on another."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from rag.records import Span
from rag.values.units import same_amount

Kind = Literal["number", "percent", "money", "date", "ordinal", "name"]

PartialDate = tuple[int | None, int | None, int | None]
"""Year, month, day; None where the text does not say."""


class Found(NamedTuple):
    """A value and its place, before it is tied to a text; fields as in `Value`."""

    start: int
    end: int
    kind: Kind
    value: Decimal | PartialDate | str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A number, date, rank or numbered name, as the text states it."""

    kind: Kind
    value: Decimal | PartialDate | str
    """A date for `date`, a casefolded string for `name`, else a number.

    A percent is in hundredths, and so is a fraction: 5‰ is 0.5, a half is 50.
    """
    unit: str = ""
    """Canonical, such as `km`, `year` or `CNY`; empty where none is recognised.

    For an ordinal the series that it counts: `article`, `part` (of an article), `class`, `exhibit`
    (table, appendix), `chapter`, `phase`, `plan` (14th Five-Year Plan), `century`, `quarter`,
    `half`, `item` (it numbers a list), `label` (any other number that names); else empty.
    """
    span: Span
    text: str
    """As written. Invariant: text == span.slice(source)."""


_COUNTABLE_SERIES = frozenset({"label", "class", "phase", "exhibit"})
"""三级 may be Level 3 or three levels, 三期 Phase 3 or three phases."""


def compatible(claim: Value, evidence: Value) -> bool:
    """Whether `claim` can rest on `evidence`: the same thing said, perhaps with less detail.

    No unit fits any unit; units of one dimension are converted. A percent fits only a percent. A
    rank fits no count, unless it may be either (三级). A date fits if the evidence states its month
    and day and does not contradict its year; 9日 and the 9th fit a date with that day, and 六月 may
    be six months.
    """
    if claim.kind != evidence.kind:
        return _across_kinds(claim, evidence) or _across_kinds(evidence, claim)
    if isinstance(claim.value, tuple) and isinstance(evidence.value, tuple):
        return _date_within(claim.value, evidence.value)
    if isinstance(claim.value, Decimal) and isinstance(evidence.value, Decimal):
        if claim.kind == "ordinal":
            return claim.value == evidence.value and _same_series(claim.unit, evidence.unit)
        return same_amount(
            Fraction(claim.value), claim.unit, Fraction(evidence.value), evidence.unit
        )
    return claim.value == evidence.value


def _date_within(claim: PartialDate, evidence: PartialDate) -> bool:
    year, month, day = claim
    if month is None and day is None:
        return year == evidence[0]
    year_agrees = year is None or evidence[0] is None or year == evidence[0]
    return year_agrees and month == evidence[1] and (day is None or day == evidence[2])


def _same_series(first: str, second: str) -> bool:
    if "item" in (first, second):
        return {first, second} <= {"item", "part", "label", ""}
    return first == second or bool({first, second} & {"", "label"})


def _across_kinds(first: Value, second: Value) -> bool:
    match first.kind, second.kind:
        case "number", "money":
            return first.value == second.value and not first.unit
        case "number", "ordinal":
            countable = second.unit in _COUNTABLE_SERIES or _is_day_of_month(first)
            return first.value == second.value and countable
        case "number", "date":
            if first.unit == "":
                return second.value == (first.value, None, None)
            return (_is_day_of_month(first) and _day(second) == first.value) or (
                first.unit == "month" and second.value == (None, first.value, None)
            )
        case "ordinal", "date":
            if first.unit == "label":
                return second.value == (first.value, None, None)
            return first.unit == "" and _day(second) == first.value
    return False


def _is_day_of_month(number: Value) -> bool:
    """9日 may be a day of the month or nine days; 9天 may not."""
    return number.unit == "day" and number.text.endswith("日")


def _day(date: Value) -> int | None:
    return date.value[2] if isinstance(date.value, tuple) else None
