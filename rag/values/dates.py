"""Dates in Chinese and English, with their ranges and the calendar of the Republic of China."""

import re
from collections.abc import Iterator

from rag.values.numerals import HAN, parse_chinese
from rag.values.record import Found, PartialDate
from rag.values.scanning import find_all, words

_NAMES = words(
    "January February March April May June July August September October November December"
)
_MONTHS = {name[:3]: number for number, name in enumerate(_NAMES, 1)}
_FULL_MONTH = "|".join([*_NAMES, *(name.upper() for name in _NAMES)])
_MONTH = rf"(?:{_FULL_MONTH}|(?:{'|'.join(_MONTHS)}|Sept)\b\.?)"
_QUANTITY = r"(?! ?(?:%|per ?cent|[mb]illion|thousand|days?|weeks?|months?|years?|hours?|minutes?))"
_BEFORE_MONTH = re.compile(
    r"\b(?:in|by|since|until|till|from|last|next|early|late|mid|of|to|before|after)[ -]$", re.I
)

_FEW = "{0,9}"
"""A list may have so many more; without a bound a long table is read from every number."""
_RANGE = r" ?(?:-|~|至|到|、|,|和|及|&|or |and |to |through ) ?"
_YEAR = r"(?:1\d|20|21)\d\d(?!\d|,\d{3})"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d.]\d|\d|,\d{3})"
_ENGLISH = re.compile(
    rf"(?<![A-Za-z\d./])(?<!\d-)(?P<days_before>{_DAY}(?:{_RANGE}{_DAY}){_FEW})"
    rf"(?: (?:day )?of)?[ -](?P<month_1>{_MONTH})(?:,?[ -](?P<year_1>{_YEAR}))?"
    rf"|\b(?P<month_2>{_MONTH}) (?P<days_after>{_DAY}(?:{_RANGE}{_DAY}{_QUANTITY}){_FEW})"
    rf"(?:,? ?\b(?P<year_2>{_YEAR}))?"
    rf"|\b(?P<month_3>{_MONTH}),? (?:of )?(?P<year_3>{_YEAR})"
    rf"|\b(?P<month_4>{_FULL_MONTH})\b"
)
_ENGLISH_STARTS = re.compile(r"[JFMASOND\d]")
_NUMERIC = re.compile(
    rf"(?<![\d.])(?P<year>{_YEAR})(?P<mark>[-/.])(?P<month>1[0-2]|0?[1-9])"
    r"(?:(?P=mark)(?P<day>3[01]|[12]\d|0?[1-9]))(?![\d]|[-/.]\d)"
    rf"|(?<![\d.])(?P<only_year>{_YEAR})[-/](?P<only_month>1[0-2]|0[1-9])(?!\d|[-/.]\d|年)"
)

_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十廿卅〇]{1,3})"
_DAYS = rf"{_SMALL}(?:{_RANGE}{_SMALL}){_FEW} ?[日号](?![内外])"
_CHINESE = re.compile(
    r"(?:(?P<era>(?:中华)?民国) ?)?"
    rf"(?:(?<!\d)(?P<year>\d{{2,4}}|{HAN}) ?年度? ?)?"
    rf"(?<![\d.个十百千万])(?P<months>{_SMALL}(?:{_RANGE}{_SMALL}){_FEW}) ?月(?!球|亮|饼|刊)份?"
    rf"(?: ?(?P<days>{_DAYS}(?:{_RANGE}{_DAYS}){_FEW}))?"
)
_CHINESE_YEARS = re.compile(
    rf"(?P<era>(?:中华)?民国) ?(?P<roc>\d{{1,3}}|{HAN}) ?年"
    rf"|(?<![\d.])(?<!\d,)(?P<years>(?:{_YEAR}年?{_RANGE}){_FEW}{_YEAR}) ?年"
    r"|(?<![十百千万])(?P<digits>[一二][〇一二三四五六七八九]{3}) ?年"
    r"|(?:(?P<century>1\d|2[01]|二十一?|十[五六七八九]) ?世纪|上个? ?世纪"
    r"|(?<!\d)(?P<hundreds>1[5-9]|20))?"
    r" ?(?P<decade>\d0|[一二三四五六七八九]十) ?年代"
)
_ENGLISH_YEARS = re.compile(
    r"\b(?:roc|republic of china) year (?P<roc>\d{1,3})\b"
    rf"|(?<![\d.,$])(?P<start>{_YEAR})[-/](?P<end>\d\d)(?![\d.]|[-/]\d)"
    r"|(?<![\d.,$])(?P<decade>(?:1[5-9]|20)\d0)'?s\b"
)
_CHINESE_STARTS = re.compile("[中民上〇一二三四五六七八九两十廿卅百千万亿0-9]")
_DIGIT_OR_ROC = re.compile(r"\d|roc|republic")
ROC_EPOCH = 1911
_DIGIT = re.compile("[12]")
_Place = tuple[int, int, PartialDate]
_PLAIN_ROC = range(60, 200)
"""A year that opens a full date and lies here, in Chinese, counts from the Republic's founding."""


def find_dates(folded: str, lower: str) -> Iterator[Found]:
    """Every date in folded text; `lower` is the same text in lower case.

    A range or list of days or months gives one date for each that is written.
    """
    for start, end, date in _find(folded, lower):
        yield Found(start, end, "date", date)


def _find(folded: str, lower: str) -> Iterator[_Place]:
    for match in find_all(_NUMERIC, _DIGIT, folded):
        year, month = match["year"] or match["only_year"], match["month"] or match["only_month"]
        day = int(match["day"]) if match["day"] else None
        yield *match.span(), (int(year), int(month), day)
    yield from _chinese(folded)
    yield from _chinese_years(folded)
    yield from _english(folded)
    yield from _english_years(lower)


def _integer(numeral: str) -> int | None:
    if numeral.isascii():
        return int(numeral)
    parsed = parse_chinese(numeral)
    return int(parsed) if parsed is not None and parsed == int(parsed) else None


def _listed(numerals: str, limit: int) -> list[int]:
    """The numbers of a list of days or months; none if one of them cannot be."""
    numbers = [_integer(numeral) or 0 for numeral in re.findall(_SMALL, numerals)]
    return numbers if all(1 <= number <= limit for number in numbers) else []


def _chinese(folded: str) -> Iterator[_Place]:
    for match in find_all(_CHINESE, _CHINESE_STARTS, folded):
        months = _listed(match["months"], 12)
        days = _listed(match["days"], 31) if match["days"] else []
        if not months or (match["days"] and not days):
            continue
        year = _year_of(match["year"], bool(match["era"])) if match["year"] else None
        start = match.start("months") if year is None else match.start()
        for month in months if not days else months[:-1]:
            yield start, match.end(), (year, month, None)
        for day in days:
            yield start, match.end(), (year, months[-1], day)


def _year_of(numeral: str, era: bool) -> int | None:
    number = _integer(numeral)
    if number is None:
        return None
    if era or (number in _PLAIN_ROC and (number >= 100 or not numeral.isascii())):
        return number + ROC_EPOCH
    return number if number >= 1000 else None


def _chinese_years(folded: str) -> Iterator[_Place]:
    for match in find_all(_CHINESE_YEARS, _CHINESE_STARTS, folded):
        years: list[int | None]
        if match["roc"]:
            years = [_year_of(match["roc"], True)]
        elif match["years"]:
            years = [int(year) for year in re.findall(r"\d{4}", match["years"])]
        elif match["digits"]:
            years = [_integer(match["digits"])]
        else:
            years = [_decade(match)]
        yield from ((*match.span(), (year, None, None)) for year in years if year)


def _decade(match: re.Match[str]) -> int | None:
    """1990 for 20世纪90年代, 上世纪90年代, 1990年代 and 90年代; 2010 for 21世纪10年代."""
    decade = _integer(match["decade"]) or 0
    if match["hundreds"]:
        return int(match["hundreds"]) * 100 + decade
    century = _integer(match["century"]) if match["century"] else 20
    return (century - 1) * 100 + decade if century else None


def _english(folded: str) -> Iterator[_Place]:
    for match in find_all(_ENGLISH, _ENGLISH_STARTS, folded):
        form = next(n for n in range(1, 5) if match[f"month_{n}"])
        name = match[f"month_{form}"].capitalize()
        if form == 4 and name in ("May", "March"):
            before = max(0, match.start() - 8), match.start()
            if not _BEFORE_MONTH.search(folded, *before):
                continue
        listed = match["days_before"] or match["days_after"] or ""
        days: list[int | None] = [int(day) for day in re.findall(r"\d+", listed)]
        year = int(match[f"year_{form}"]) if form < 4 and match[f"year_{form}"] else None
        for day in days or [None]:
            yield *match.span(), (year, _MONTHS[name[:3]], day)


def _english_years(lower: str) -> Iterator[_Place]:
    for match in find_all(_ENGLISH_YEARS, _DIGIT_OR_ROC, lower):
        years = []
        if match["roc"]:
            years = [int(match["roc"]) + ROC_EPOCH]
        elif match["decade"]:
            years = [int(match["decade"])]
        elif int(match["end"]) > int(match["start"]) % 100:
            years = [int(match["start"]), int(match["start"][:2] + match["end"])]
        yield from ((*match.span(), (year, None, None)) for year in years)
