"""What a text states without writing it out, read generously: it supports, but claims nothing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from rag.records import Span
from rag.values.dates import ROC_EPOCH
from rag.values.numerals import parse_chinese, parse_roman
from rag.values.record import Value

_LOOSE = re.compile(
    r"[二三四五六七八九十两双]|一个?(?P<chinese_unit>[年月周天日]|小时)"
    r"|\b(?:an?|past|last) (?P<unit>year|month|week|day|hour|minute|decade|century)\b"
    r"|\b(?P<two>both|two|double|doubled|doubles|dual|twin|twice)\b|翻一番|翻番"
)
_SPACED = re.compile(r"\d+\s\d")
"""1 234 may be one number or two cells of a table."""
_UNITS = {"年": "year", "月": "month", "周": "week", "天": "day", "日": "day", "小时": "hour"}
_RANGE = re.compile(r"至|到|[-–—~～]|\b(?:to|through)\b")
_LONGEST_GAP = 12
_LONGEST_RANGE = 50
_REPUBLIC = re.compile("民[国國]")
_PLAIN_ROC_YEARS = range(60, 200)
_HOUR = re.compile(r"(?<![\d.:])\d{1,2}(?=:\d\d(?!\d)|[时時]|[点點](?![\d一-九])| ?[ap]\.?m\b)")
_ROMAN = re.compile(r"(?<=[a-z] )(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{1,3}|V)\b(?!\.[A-Z])")
_AND = re.compile("[、,，及和与與或]{1,2}")
_FOREGOING = re.compile("前(?P<many>[二三四五六七八九])?[项項]")
_LISTED = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|[(（]|\d{1,2}[.、)]|附[表件])")
_ENDED = re.compile(r"[。：:；;！？]\s*$")


def implied(text: str, stated: tuple[Value, ...], rest: str) -> Iterator[Value]:
    """The values of `text` beyond those `stated`; `rest` is what no value took, folded."""
    yield from _weak_numerals(text, rest)
    yield from _between(text, stated)
    yield from _roc_years(stated)
    yield from _foregoing(text)
    yield from _clock(text)
    yield from _roman(text)
    yield from _counted_ranks(text, stated)
    yield from _same_day_of_each_month(text, stated)
    for value in stated:
        if isinstance(value.value, Decimal) and text[: value.span.start].endswith(("-", "－", "−")):
            yield replace(value, value=-value.value)
        if value.kind == "number" and _SPACED.match(value.text):
            for part in re.findall(r"\d+", value.text):
                yield replace(value, value=Decimal(part), unit="")


def _weak_numerals(text: str, rest: str) -> Iterator[Value]:
    """Numerals too weak to claim anything, yet enough to support: 三农, both, a year."""
    for match in _LOOSE.finditer(rest):
        span = Span(start=match.start(), end=match.end())
        if match["unit"] or match["chinese_unit"]:
            unit = match["unit"] or _UNITS[match["chinese_unit"]]
            number = Decimal(1)
            yield Value(kind="number", value=number, unit=unit, span=span, text=span.slice(text))
        else:
            chinese = match[0] in "三四五六七八九十"
            number = parse_chinese(match[0]) or Decimal(0) if chinese else Decimal(2)
            yield _label(number, span, text)


def _label(number: Decimal, span: Span, text: str, unit: str = "label") -> Value:
    return Value(kind="ordinal", value=number, unit=unit, span=span, text=span.slice(text))


def _between(text: str, stated: tuple[Value, ...]) -> Iterator[Value]:
    """第一类至第三类 and Articles 6 to 9 cover what lies between."""
    for first, last in pairwise(stated):
        if first.kind != "ordinal" or last.kind != "ordinal":
            continue
        gap = text[first.span.end : last.span.start] or first.text
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


def _number(match: re.Match[str], number: int, unit: str = "") -> Value:
    span = Span(start=match.start(), end=match.end())
    return Value(kind="number", value=Decimal(number), unit=unit, span=span, text=match[0])


def _clock(text: str) -> Iterator[Value]:
    """18:30 and 下午6时 by the other way to count hours."""
    for match in _HOUR.finditer(text):
        hour = int(match[0])
        if hour <= 23:
            yield _number(match, hour + 12 if hour < 12 else hour - 12)


def _roman(text: str) -> Iterator[Value]:
    """World War II is the second."""
    for match in _ROMAN.finditer(text):
        if number := parse_roman(match[0]):
            yield _label(number, Span(start=match.start(), end=match.end()), text)


def _counted_ranks(text: str, stated: tuple[Value, ...]) -> Iterator[Value]:
    """第三百六十五日 ends a period of 365 days."""
    for value in stated:
        unit = _UNITS.get(text[value.span.end : value.span.end + 1])
        if value.kind == "ordinal" and not value.unit and unit and value.text[0] == "第":
            yield replace(value, kind="number", unit=unit)


def _on(value: Value, day: int) -> Value:
    year, month, _ = value.value if isinstance(value.value, tuple) else (None, None, None)
    return replace(value, value=(year, month, day))


def _same_day_of_each_month(text: str, stated: tuple[Value, ...]) -> Iterator[Value]:
    """一月、四月、七月及十月十五日 is the 15th of each; of two, perhaps of the last."""
    months: list[Value] = []
    for value, following in pairwise([*stated, None]):
        if value is None or not isinstance(value.value, tuple):
            months = []
            continue
        _, month, day = value.value
        if month and day and len(months) > 1:
            yield from (_on(other, day) for other in months)
        listed = following and _AND.fullmatch(text, value.span.end, following.span.start)
        months = [*months, value] if month and not day and listed else []


def _foregoing(text: str) -> Iterator[Value]:
    """前項 in the third paragraph of an article is its second, 前二項 its first and second."""
    for place, (start, end) in enumerate(_paragraphs(text)):
        for match in _FOREGOING.finditer(text, start, end):
            span = Span(start=match.start(), end=match.end())
            many = int(parse_chinese(match["many"]) or 1) if match["many"] else 1
            for number in range(max(1, place + 1 - many), place + 1):
                yield _label(Decimal(number), span, text, "part")


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Places of the paragraphs of an article: their lists and wrapped lines belong to them."""
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        before = text[found[-1][0] : found[-1][1]] if found else ""
        if found and (_LISTED.match(line[0]) or not _ENDED.search(before)):
            found[-1] = found[-1][0], line.end()
        else:
            found.append(line.span())
    return found
