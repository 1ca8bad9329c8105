"""Dates as written in Chinese and English, whole or in part."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rag.text import fold
from rag.values import find_values

_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ROC_OFFSET = 1911
_NUMERIC = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\s*(?:d:)?((?:19|20)\d\d)([01]\d)([0-3]\d)(?:\d{6})?(?!\d)")
_ROC = re.compile(r"民国\s*(\d{2,3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_ROC_HAN = re.compile(
    r"民国\s*([〇○零一二三四五六七八九十百]{2,5})年([一二三四五六七八九十]{1,2})月"
    r"([一二三四五六七八九十]{1,3})日"
)
_ROC_BARE = re.compile(r"\s*(1[01]\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
"""113年6月20日 or 113-06-20 at the very start, as Taiwanese pages write their dates."""
_HAN_DATE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_MONTH_NAME = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_MONTH_FIRST = re.compile(rf"\b{_MONTH_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH_NAME},?\s+((?:19|20)\d\d)\b")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(\d{2})[/-]?(\d{2})(?=[/_.-])")
_AROUND_DATE = re.compile(
    rf"(?:{_MONTH_NAME}|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|(?:中华)?民国|星期[一二三四五六日天]|上午|下午|[ap]m\b|(?<=\d)(?:st|nd|rd|th)\b|周[一二三四五六日]"
    r"|[\s\d()\[\]【】〔〕,.:/年月日时分秒〇○零一二三四五六七八九十百—–-])+"
)


class Written(NamedTuple):
    """A date and its place; parts that the text does not say are None."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None

    def iso(self, year: int | None = None) -> str | None:
        """ISO as far as it is known; None where the year is not, or the day does not exist."""
        year = self.year or year
        if not year:
            return None
        if self.month and self.day:
            return iso_date(year, self.month, self.day)
        return f"{year:04}-{self.month:02}" if self.month else f"{year:04}"


def parse_date(text: str) -> str | None:
    """The first full date in text as ISO, or None: 2024年1月5日, 2024-01-05, 民國113年1月5日,
    二〇二四年一月五日, 5 January 2024, Jan. 5, 2024, full width or half.
    """
    plain = fold(text)
    if match := _ROC.search(plain) or _ROC_BARE.match(plain):
        return iso_date(int(match[1]) + _ROC_OFFSET, match[2], match[3])
    if match := _ROC_HAN.search(plain):
        year = _han_number(match[1]) + _ROC_OFFSET
        return iso_date(year, _han_number(match[2]), _han_number(match[3]))
    if match := _NUMERIC.search(plain) or _COMPACT.match(plain):
        return iso_date(*match.groups())
    if match := _HAN_DATE.search(plain):
        digits = "".join(_DIGITS[digit] for digit in match[1])
        return iso_date(digits, _han_number(match[2]), _han_number(match[3]))
    if match := _MONTH_FIRST.search(plain):
        return iso_date(match[3], _MONTHS.index(match[1]) + 1, match[2])
    if match := _DAY_FIRST.search(plain):
        return iso_date(match[3], _MONTHS.index(match[2]) + 1, match[1])
    return None


def date_in_address(address: str) -> str | None:
    """The date in a path such as `/2024/01/24/`."""
    match = _IN_ADDRESS.search(address)
    return iso_date(*match.groups()) if match else None


def is_bare_date(line: str) -> bool:
    """Whether a line is a full date, perhaps with a time or in brackets, and nothing else."""
    return bool(_AROUND_DATE.fullmatch(fold(line)) and parse_date(line.strip("(（[【〔 ")))


@lru_cache(maxsize=64)
def dates_in(text: str) -> tuple[Written, ...]:
    """Every date with a month, in order; of a range the first day only."""
    found: dict[int, Written] = {}
    for value in find_values(text):
        if isinstance(value.value, tuple) and value.value[1]:
            start, end = value.span.start, value.span.end
            found.setdefault(end, Written(start, end, *value.value))
    return tuple(sorted(found.values()))


def _han_number(numeral: str) -> int:
    """Up to 一百九十九, with or without 零."""
    if not re.search("[十百]", numeral):
        return int("".join(_DIGITS[digit] for digit in numeral))
    hundreds, hundred, rest = numeral.rpartition("百")
    tens, ten, units = rest.strip("〇○零").rpartition("十")
    value = int(_DIGITS[units]) if units else 0
    value += 10 * int(_DIGITS[tens] if tens else 1) if ten else 0
    return value + (100 * int(_DIGITS[hundreds] if hundreds else 1) if hundred else 0)


def iso_date(year: int | str, month: int | str, day: int | str) -> str | None:
    """ISO, or None where there is no such day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
