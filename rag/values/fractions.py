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
    r"|(?P<half>一半|半数|(?<=[减折过])半|(?<![上下大多个])半(?=年|个?月|天|日|个?小时))|(?P<all>百分百)"
    r"|(?<![\d./])(?P<top>[1-9])/(?P<bottom>[2-9]|10{1,3})(?![\d./])"
)
_FRACTION_STARTS = re.compile("[0-9〇一二三四五六七八九两十廿卅百千万亿半]")

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
    r"|(?<!and a )(?<!first )(?<!second )(?P<half>half)(?![a-z]|-life))"
)


def find_fractions(_folded: str, lower: str) -> Iterator[Found]:
    """Every part of a whole; a range (百分之三至五) gives one value for each end."""
    for match in find_all(_FRACTION, _FRACTION_STARTS, lower):
        for percent in _chinese(match):
            if percent is not None:
                yield Found(*match.span(), "percent", percent)
    for match in _ENGLISH_FRACTION.finditer(lower):
        if match["scale"]:
            yield Found(*match.span(), "number", ENGLISH_SCALES[match["scale"]] / 2)
        else:
            yield Found(*match.span(), "percent", _english(match))


def _chinese(match: re.Match[str]) -> list[Decimal | None]:
    if match["divisor"]:
        divisor = _number(match["divisor"])
        return [_percent(_number(match[group]), divisor) for group in ("dividend", "upper")]
    if match["top"]:
        return [_percent(Decimal(match["top"]), Decimal(match["bottom"]))]
    return [Decimal(100 if match["all"] else 50)]


def _english(match: re.Match[str]) -> Decimal:
    if match["half"]:
        return Decimal(50)
    part = match["part"] or match["single"] or "quarter"
    count = parse_english(match["count"] or match["quarters"] or "a") or Decimal(1)
    return count * 100 / _DENOMINATORS[part[:3]]


def _number(numeral: str | None) -> Decimal | None:
    if not numeral:
        return None
    return parse_arabic(numeral) if numeral[0].isdigit() else parse_chinese(numeral)


def _percent(dividend: Decimal | None, divisor: Decimal | None) -> Decimal | None:
    return dividend * 100 / divisor if dividend is not None and divisor else None
