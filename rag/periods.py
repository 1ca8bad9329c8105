"""Which years a text is about, and which a question asks for."""

import re
from collections import Counter
from typing import NamedTuple

from rag.records import Span
from rag.text import cut_out

LEAD = 400
"""Characters of a document's opening that say what it is about."""

_FOLD = str.maketrans("０１２３４５６７８９〇零一二三四五六七八九", "012345678900123456789")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_YEAR = re.compile(r"(?<![0-9.])(?:19|20)[0-9]{2}(?![0-9.]*[0-9])")
_HAN_YEAR = re.compile(r"[一二][九〇零][〇零一二三四五六七八九]{2}(?=年)")
_ROC_YEAR = re.compile(r"(?:民國|民国)\s*([0-9０-９]{2,3})\s*年")
_ROC_HAN_YEAR = re.compile(r"(?:民國|民国)\s*([〇零一二三四五六七八九十百]{2,5})\s*年")

_UNIT = re.compile(r"\s?年度?")

ROC_OFFSET = 1911
"""Year 1 of the Republic of China calendar is 1912."""


class YearPlace(NamedTuple):
    """A year and where it is written: [start, end)."""

    start: int
    end: int
    year: int


def year_places(text: str) -> tuple[YearPlace, ...]:
    """Every place that names a year, in order: 2024, ２０２４, 二〇二四年, 民國113年."""
    found = [YearPlace(*m.span(), int(m[0])) for m in _YEAR.finditer(_fold_digits(text))]
    found += [YearPlace(*m.span(), int(m[0].translate(_FOLD))) for m in _HAN_YEAR.finditer(text)]
    found += [
        YearPlace(*m.span(), int(m[1].translate(_FOLD)) + ROC_OFFSET)
        for m in _ROC_YEAR.finditer(text)
    ]
    found += [
        YearPlace(*m.span(), _han_number(m[1]) + ROC_OFFSET) for m in _ROC_HAN_YEAR.finditer(text)
    ]
    return tuple(sorted(found, key=lambda place: (place.start, place.year)))


def years_in(text: str) -> tuple[int, ...]:
    """Every year named, in order of appearance."""
    return tuple(dict.fromkeys(place.year for place in year_places(text)))


def year_end(text: str, place: YearPlace) -> int:
    """Where the words of a year end, its 年 or 年度 among them."""
    unit = _UNIT.match(text, place.end)
    return unit.end() if unit else place.end


def without_years(text: str) -> str:
    """A text with a blank for each year it names, so that nothing about it joins the rest."""
    spans = [Span(start=one.start, end=year_end(text, one)) for one in year_places(text)]
    return cut_out(text, spans, gap=" ")


def _han_number(numeral: str) -> int:
    """一百十三, 一百一十三, 一百零三, 九十九 or, digit by digit, 一一三."""
    if not set(numeral) & set("十百"):
        return int(numeral.translate(_FOLD))
    hundreds, hundred, rest = numeral.rpartition("百")
    tens, ten, ones = rest.strip("〇零").rpartition("十")
    value = int((hundreds or "一").translate(_FOLD)) * 100 if hundred else 0
    value += int((tens or "一").translate(_FOLD)) * 10 if ten else 0
    return value + int((ones or "零").translate(_FOLD))


def years_about(title: str, text: str) -> tuple[int, ...]:
    """Years named in title and opening, the most frequent first, later years before earlier."""
    lead = f"{title}\n{title}\n{text[:LEAD]}"
    counts: Counter[int] = Counter()
    for year in years_in(lead):
        written = _fold_digits(lead).count(str(year))
        counts[year] = max(written, 1)
    return tuple(sorted(counts, key=lambda year: (-counts[year], -year)))


def _fold_digits(text: str) -> str:
    return text.translate(_WIDE_DIGITS)
