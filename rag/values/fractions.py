"""Parts of a whole, read as percentages: 三分之一, 百分之九十, two-thirds, half."""

import re
from collections.abc import Iterator
from decimal import Decimal

from rag.values.numerals import (
    ARABIC,
    ENGLISH_SCALES,
    HAN,
    parse_arabic,
    parse_chinese,
    parse_english,
)
from rag.values.record import Found
from rag.values.scanning import find_all

_FRACTION = re.compile(
    rf"(?<![\d〇一二三四五六七八九两十廿卅百千万亿])(?P<divisor>\d+|{HAN})分之(?P<dividend>{ARABIC}|{HAN})"
    rf"(?:[-~至到](?P<upper>{ARABIC}|{HAN})(?!分之))?"
    r"|(?P<half>一半|半数|(?<=[减折过])半)|(?P<all>百分百)"
    r"|(?<![上下大多个])半(?P<period>年|个?月|天|日|个?小时|个?钟头)"
    r"|(?<=加)(?P<tenths>[一二三四五六七八九])成"
    r"|(?P<paid>[一二三四五六七八九][一二三四五六七八九]?)折(?![叠射合旧磨算])"
    r"|(?P<sign>[½⅓⅔¼¾⅕⅛])"
    r"|(?<![\d./])(?P<top>[1-9])/(?P<bottom>[2-9]|10{1,3})(?![\d./])"
)
_FRACTION_STARTS = re.compile("[0-9〇一二三四五六七八九两十廿卅百千万亿半½⅓⅔¼¾⅕⅛]")
_SIGNS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8)}
_HALVES = {
    "年": (6, "month"), "year": (6, "month"), "月": (15, "day"), "month": (15, "day"),
    "天": (12, "hour"), "日": (12, "hour"), "day": (12, "hour"),
    "小时": (30, "minute"), "钟头": (30, "minute"), "hour": (30, "minute"),
}  # fmt: skip
"""半年 and half a year, which is six months in the other language as often."""

_PARTS = "halves|half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
_DENOMINATORS = {"hal": 2, "thi": 3, "qua": 4, "fou": 4, "fif": 5, "six": 6, "sev": 7, "eig": 8}
_DENOMINATORS |= {"nin": 9, "ten": 10}
_ENGLISH_FRACTION = re.compile(
    r"(?<![a-z])(?:(?P<count>one|two|three|four|five|six|seven|eight|nine)[ -]"
    rf"(?P<part>{_PARTS})\b(?<! quarters)(?<! quarter)"
    r"|(?P<quarters>one|two|three) quarters?(?= of\b)"
    rf"|a (?P<single>{_PARTS}) of(?! (?:january|february|march|april|may|june"
    r"|july|august|september|october|november|december|an?\b))"
    rf"|half an? (?P<scale>{'|'.join(ENGLISH_SCALES)})\b"
    r"|(?<!and a )(?<!first )(?<!second )half[ -](?:an? )?(?P<period>year|month|day|hour)\b"
    r"|(?P<some>\d+|one|two|three|four|five|six|seven|eight|nine) (?:in|out of)(?: every)? "
    r"(?P<whole>two|three|four|five|six|seven|eight|nine|ten|10{1,6}|\d|\d{1,3}(?:,\d{3})+)\b"
    r"(?![-%,.]\d| (?:years?|months?|weeks?|days?|hours?|minutes?|of|million|billion|percent)\b)"
    r"|(?<!and a )(?<!first )(?<!second )(?P<half>half)(?![a-z]|-life))"
)


def find_fractions(_folded: str, lower: str) -> Iterator[Found]:
    """Every part of a whole; a range (百分之三至五) gives one value for each end."""
    for match in find_all(_FRACTION, _FRACTION_STARTS, lower):
        if match["period"]:
            yield _half_of(match)
            continue
        for percent in _chinese(match):
            if percent is not None:
                yield Found(*match.span(), "percent", percent)
    for match in _ENGLISH_FRACTION.finditer(lower):
        if match["period"]:
            yield _half_of(match)
        elif match["scale"]:
            yield Found(*match.span(), "number", ENGLISH_SCALES[match["scale"]] / 2)
        else:
            yield Found(*match.span(), "percent", _english(match))


def _chinese(match: re.Match[str]) -> list[Decimal | None]:
    if match["divisor"]:
        divisor = _number(match["divisor"])
        return [_percent(_number(match[group]), divisor) for group in ("dividend", "upper")]
    if match["sign"]:
        return [_percent(*map(Decimal, _SIGNS[match["sign"]]))]
    if match["tenths"]:
        return [(parse_chinese(match["tenths"]) or Decimal(0)) * 10]
    if match["paid"]:
        # 九五折 leaves 95% to pay: a discount of 5%.
        paid = parse_chinese(match["paid"]) or Decimal(0)
        return [100 - paid * (10 if len(match["paid"]) == 1 else 1)]
    if match["top"]:
        return [_percent(Decimal(match["top"]), Decimal(match["bottom"]))]
    return [Decimal(100 if match["all"] else 50)]


def _half_of(match: re.Match[str]) -> Found:
    number, unit = _HALVES[match["period"].removeprefix("个")]
    return Found(*match.span(), "number", Decimal(number), unit)


def _english(match: re.Match[str]) -> Decimal:
    if match["half"]:
        return Decimal(50)
    if match["some"]:
        some, whole = (_count(match[group]) for group in ("some", "whole"))
        return some * 100 / whole
    part = match["part"] or match["single"] or "quarter"
    count = parse_english(match["count"] or match["quarters"] or "a") or Decimal(1)
    return count * 100 / _DENOMINATORS[part[:3]]


def _count(numeral: str) -> Decimal:
    number = parse_arabic(numeral) if numeral[0].isdigit() else parse_english(numeral)
    return number or Decimal(1)


def _number(numeral: str | None) -> Decimal | None:
    if not numeral:
        return None
    return parse_arabic(numeral) if numeral[0].isdigit() else parse_chinese(numeral)


def _percent(dividend: Decimal | None, divisor: Decimal | None) -> Decimal | None:
    return dividend * 100 / divisor if dividend is not None and divisor else None
