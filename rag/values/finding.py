"""Find the values of a text, and those of a claim that its evidence does not state."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from rag.records import Span
from rag.values.dates import find_dates
from rag.values.numerals import fold, parse_chinese
from rag.values.ordinals import find_ordinals
from rag.values.quantities import Quantity, find_fractions, find_quantities
from rag.values.record import Kind, PartialDate, Value, compatible

_NOT_VALUES = re.compile(
    r"(?:https?://|www\.)[!-~]+|[\w.-]+@[\w-]+\.[\w.]+"
    r"|一带一路|千方百计|千家万户|成千上万|千千万万|四面八方|五花八门|三番五次|百花齐放|百姓|(?<![〇一二三四五六七八九十百千\d])万一"
    r"|十分(?!之|钟)|十足|半导体|(?:星期|礼拜)[一二三四五六日天]|周[一二三四五六](?![个次年月])|一次性"
    r"|第三方|第三者|第一时间|[一二三四五六](?=[氧氯氟溴硫甲乙丙丁噁])"
    r"|(?i:\b(?:one of|one another|one['’]s|(?:no|any|each|every|some|this|that|which|the)[ -]one"
    r"|one[- ]off|third[- ]part(?:y|ies)|(?:first|second)[- ]hand|at first|first of all"
    r"|(?:a|per|each|every|split|any|this|that|the) second(?= (?:is|was|of|by|and|or|to|in|at|for)\b|[.,;])"
    r")\b)"
)
_NAME = re.compile(
    r"(?<![A-Za-z0-9])(?:PM ?(?:2\.5|10)|[A-Za-z]{1,12}(?:\d+(?:\.\d+)?|-\d+)[A-Za-z]{0,3}|\d+[A-Z](?![a-z]))"
    r"(?![A-Za-z0-9.]*[A-Za-z0-9])"
)
_NAME_PARTS = re.compile(r"([a-z]*)-?(\d+(?:\.\d+)?)([a-z]*)")
_NOT_NAMES = frozenset(
    [
        "nt",
        "nts",
        "ntd",
        "us",
        "usd",
        "hk",
        "hkd",
        "rmb",
        "cny",
        "twd",
        "eur",
        "gbp",
        "q",
        "no",
        "nos",
        "art",
        "par",
        "article",
        "articles",
        "table",
        "figure",
        "fig",
        "mid",
        "pre",
        "post",
        "non",
        "early",
        "late",
        "annex",
        "appendix",
        "class",
        "grade",
        "level",
        "type",
        "phase",
        "stage",
        "tier",
        "part",
        "chapter",
        "section",
        "vol",
        "page",
        "p",
        "pp",
        "item",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
_UNIT_LETTERS = frozenset(["K", "M", "B", "T", "L", "W", "C", "V", "A"])
_SPELLED_OUT = {
    "pm2.5": r"细颗粒物|細顆粒物|细微颗粒|細懸浮微粒|fine particulate",
    "pm10": r"可吸入颗粒物|可吸入顆粒物|懸浮微粒|inhalable particulate",
    "co2": r"二氧化碳|carbon dioxide",
    "so2": r"二氧化硫|sul(?:f|ph)ur dioxide",
    "no2": r"二氧化氮|nitrogen dioxide",
    "n2o": r"氧化亚氮|氧化亞氮|nitrous oxide",
    "ch4": r"甲烷|methane",
    "o3": r"臭氧|ozone",
    "h2o": r"水|water",
    "nh3": r"氨|ammonia",
}
_LOOSE = re.compile(
    r"[二三四五六七八九十两双]|(?i:\b(?:an? |past |last )(?P<unit>year|month|week|day|hour|decade|century)\b"
    r"|\b(?P<two>both|two|double|dual|twin|twice)\b)"
)

_RANGE_WORD = re.compile(r"至|到|[-–—~～]|\b(?:to|through)\b")

_Raw = tuple[int, int, Kind, Decimal | PartialDate | str, str]


def find_values(text: str) -> tuple[Value, ...]:
    """Every value that `text` states, in the order of their places; see `Value`.

    Several values share a span where one expression states them all: 14日至15日, Articles 6 to 9.
    """
    found, _ = _scan(text)
    return found


def missing_values(
    claim: str, evidence: str, *, context_years: Iterable[int] = ()
) -> tuple[Value, ...]:
    """The values of `claim` that `evidence` does not state.

    `context_years` are years that hold for the evidence without standing in it, such as the
    year of its document. Numbers of list items, and the words 一 and one without a unit (articles
    as often as numbers), are not asked for. The evidence is read generously: a lone 三 counts there.
    """
    wanted, _ = _scan(claim)
    if not wanted:
        return ()
    stated, rest = _scan(evidence)
    stated += (*_loose(evidence, rest), *_between(evidence, stated))
    years = set(context_years) | {v.value[0] for v in stated if isinstance(v.value, tuple)}
    return tuple(
        value
        for value in wanted
        if not _is_form(value)
        and not _is_stated(value, stated, years)
        and not _is_spelled_out(value, stated, evidence)
    )


def _scan(text: str) -> tuple[tuple[Value, ...], str]:
    """The values, and the folded text with their places blanked out."""
    folded = _blank(fold(text), [match.span() for match in _NOT_VALUES.finditer(fold(text))])
    found: list[_Raw] = []
    for stage in (_names, _dates, _fractions, _ordinals, _quantities):
        new = _without_overlaps(stage(folded))
        found += new
        folded = _blank(folded, [(start, end) for start, end, *_ in new])
    found.sort(key=lambda raw: raw[:2])
    values = (_value(text, raw) for raw in found)
    return tuple(values), folded


def _value(text: str, raw: _Raw) -> Value:
    start, end, kind, value, unit = raw
    span = Span(start=start, end=end)
    return Value(kind=kind, value=value, unit=unit, span=span, text=span.slice(text))


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, done = [], 0
    for start, end in sorted(set(spans)):
        pieces += [text[done:start], "\0" * (end - start)]
        done = end
    return "".join([*pieces, text[done:]])


def _without_overlaps(found: Iterable[_Raw]) -> list[_Raw]:
    """Earlier finds win; several values may share exactly one span."""
    kept: list[_Raw] = []
    owner: dict[int, tuple[int, int]] = {}
    for raw in found:
        span = raw[:2]
        if all(owner.get(place, span) == span for place in range(*span)):
            owner.update(dict.fromkeys(range(*span), span))
            kept.append(raw)
    return kept


def _lower(folded: str) -> str:
    lower = folded.lower()
    if len(lower) == len(folded):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in folded)


def _names(folded: str) -> Iterator[_Raw]:
    for match in _NAME.finditer(folded):
        name = match[0].replace(" ", "").casefold()
        parts = _NAME_PARTS.fullmatch(name)
        if not parts or parts[1] in _NOT_NAMES or (match[0][-1] in _UNIT_LETTERS and not parts[1]):
            continue
        if "-" in name and not any(char.isupper() for char in match[0]):
            continue
        yield match.start(), match.end(), "name", name.replace("-", ""), ""


def _dates(folded: str) -> Iterator[_Raw]:
    for start, end, date in find_dates(folded, _lower(folded)):
        yield start, end, "date", date, ""


def _ordinals(folded: str) -> Iterator[_Raw]:
    for start, end, number, unit in find_ordinals(folded, _lower(folded)):
        yield start, end, "ordinal", number, unit


def _fractions(folded: str) -> Iterator[_Raw]:
    return map(_raw, find_fractions(_lower(folded)))


def _quantities(folded: str) -> Iterator[_Raw]:
    return map(_raw, find_quantities(_lower(folded)))


def _raw(found: Quantity) -> _Raw:
    if found.kind == "year":
        return found.start, found.end, "date", (int(found.number), None, None), ""
    return found.start, found.end, found.kind, found.number, found.unit


def _loose(evidence: str, rest: str) -> Iterator[Value]:
    """Numerals too weak to claim anything, yet enough to support: 三农, both, a year."""
    for match in _LOOSE.finditer(rest):
        if match["unit"]:
            kind: Kind = "number"
            number, unit = Decimal(1), match["unit"].lower()
        elif match["two"] or match[0] in "双两":
            kind, number, unit = "ordinal", Decimal(2), "label"
        else:
            kind, number, unit = "ordinal", parse_chinese(match[0]) or Decimal(0), "label"
        yield _value(evidence, (*match.span(), kind, number, unit))


def _between(evidence: str, stated: tuple[Value, ...]) -> Iterator[Value]:
    """第一类至第三类 covers the second class, and 民国…至一百零九年 the year 2020."""
    for first, last in pairwise(stated):
        gap = evidence[first.span.end : last.span.start] or first.text
        if not (first.kind == last.kind == "ordinal" and _RANGE_WORD.search(gap) and len(gap) < 40):
            continue
        if isinstance(first.value, Decimal) and isinstance(last.value, Decimal):
            for number in range(int(first.value) + 1, int(min(last.value, first.value + 50))):
                yield replace(first, value=Decimal(number))
    if "民" in evidence:
        for value in stated:
            if value.unit == "year" and isinstance(value.value, Decimal) and value.value >= 60:
                yield replace(
                    value, kind="date", unit="", value=(int(value.value) + 1911, None, None)
                )


def _is_form(value: Value) -> bool:
    worded_one = value.kind == "number" and value.value == 1 and not value.text[0].isdigit()
    return value.unit == "item" or (worded_one and not value.unit)


def _is_stated(claim: Value, stated: tuple[Value, ...], years: set[int | None]) -> bool:
    if isinstance(claim.value, tuple) and claim.value[0] is not None:
        year, month, day = claim.value
        if month is None and year in years:
            return True
        if year not in years:
            return any(v.kind != "date" and compatible(claim, v) for v in stated)
    return any(compatible(claim, value) for value in stated)


def _is_spelled_out(claim: Value, stated: tuple[Value, ...], evidence: str) -> bool:
    """CO2 may stand as 二氧化碳, and COP15 as 第十五次缔约方大会: its number is then there."""
    if claim.kind != "name" or not isinstance(claim.value, str):
        return False
    if words := _SPELLED_OUT.get(claim.value):
        return bool(re.search(words, evidence, re.IGNORECASE))
    parts = _NAME_PARTS.fullmatch(claim.value)
    if not parts or claim.value in evidence.casefold():
        return bool(parts)
    return any(
        value.kind in ("ordinal", "number") and value.value == Decimal(parts[2])
        for value in stated
        if not value.text.isascii()
    )
