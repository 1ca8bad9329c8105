"""Counts, measures, money and percentages in Chinese and English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest
from typing import Literal

from rag.values.numerals import (
    ARABIC,
    ENGLISH,
    ENGLISH_SCALES,
    HAN,
    HAN_SCALE,
    parse_arabic,
    parse_chinese,
    parse_english,
    parse_scales,
)
from rag.values.record import Found
from rag.values.units import (
    CURRENCIES,
    MEASURES,
    MEASURES_AFTER_ONE,
    UNITS,
    WORDS_ENDING_IN_ONE,
)

_SHORT_SCALES = {"k": "thousand", "m": "million", "mn": "million", "b": "billion", "bn": "billion"}
_ENGLISH_SCALE = "|".join(ENGLISH_SCALES)
_NUMBER = re.compile(
    rf"(?<![\d.])(?P<arabic>{ARABIC})(?:(?P<han_scale> ?{HAN_SCALE}+)"
    rf"(?P<more>(?:\d+(?:\.\d+)?{HAN_SCALE}+)*)|[ -]?(?P<scale>{_ENGLISH_SCALE})s?\b"
    r"|(?P<short>mn|bn|[kmb])(?![a-z]))?"
    rf"|(?P<han>{HAN})"
    rf"|(?<![a-z])(?P<words>{ENGLISH})"
)
_SEGMENT = re.compile(rf"(\d+(?:\.\d+)?)({HAN_SCALE}+)")

_ENGLISH_UNITS = "|".join(
    rf"(?P<en{place}>{unit.english})(?![a-z\d])" for place, unit in enumerate(UNITS)
)
_CHINESE_UNITS = "|".join(rf"(?P<zh{place}>{unit.chinese})" for place, unit in enumerate(UNITS))
_MORE = r"[多余来几]?"
_UNIT = re.compile(
    rf" ?{_MORE} ?(?:{_CHINESE_UNITS})"
    r"|[ -]?(?:(?:working|calendar|consecutive|full|more|additional|whole) )?"
    rf"(?:{_ENGLISH_UNITS})"
)
_PERCENT = re.compile(
    rf" ?(?:(?P<percent>%|{_MORE}个百分点|百分点)|(?P<mille>‰)"
    r"|(?P<tenths>成(?![立为员本果效功长就绩交熟分型品都全])))"
    r"|[ -]?(?:(?P<word>per ?cent(?:age)?(?: points?)?(?![a-z]))"
    r"|(?P<per_mille>per (?:thousand|mille)\b)|(?P<basis>basis points?\b))"
)
_PREFIX = re.compile(
    "(?<![a-z])(?:"
    + "|".join(rf"(?P<c{n}>{before})" for n, (_, before, _) in enumerate(CURRENCIES))
    + ") ?$"
)
_SUFFIX = re.compile(
    rf" ?{_MORE} ?(?:"
    + "|".join(rf"(?P<c{n}>{after})" for n, (_, _, after) in enumerate(CURRENCIES))
    + ")(?![a-z])"
)
_MEASURE = re.compile(rf" ?{_MORE} ?[{MEASURES}]")
_RANGE = re.compile(r" ?(?:-|~|至|到|to|或) ?")
_VAGUE = re.compile("(?:[数几成好若]|(?<!以)上)$")

_NEGATIVE = re.compile(r"(?:(?<![\w)\]%）])-|(?:[〇零]下|负|\b(?:minus|negative)) ?)$")
_AND_A_HALF = re.compile(r" and a half|(?<=[一二三四五六七八九十两\d])个半(?=小时|月|钟头|星期)")
_YEAR = re.compile(r"(?:1[89]|20|21)\d\d")
_NOT_THIS_ONE = "去这上的全每"
"""过去一年, 这一年, 新的一年: 一 after one of these means the year, not how many."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what stands around it, in lower-case folded text."""

    start: int
    end: int
    number: Decimal
    kind: Literal["number", "percent", "money", "year"] = "number"
    unit: str = ""
    scale: Decimal = Decimal(1)
    """What a word or sign after the digits multiplied them by."""
    compact: bool = False
    """Digits without a scale of their own: one after the end of a range holds for them too."""


def find_quantities(_folded: str, lower: str) -> Iterator[Found]:
    """Every count, measure, amount of money and percentage; a bare year is of kind `year`."""
    numbers = [found for match in _NUMBER.finditer(lower) if (found := _quantity(lower, match))]
    for number, following in zip_longest(numbers, numbers[1:]):
        in_range = following and _RANGE.fullmatch(lower, number.end, following.start)
        yield _found(_with_unit_of(number, following) if following and in_range else number)


def _found(quantity: Quantity) -> Found:
    start, end, number = quantity.start, quantity.end, quantity.number
    if quantity.kind == "year":
        return Found(start, end, "date", (int(number), None, None))
    return Found(start, end, quantity.kind, number, quantity.unit)


def _quantity(lower: str, match: re.Match[str]) -> Quantity | None:
    before = _PREFIX.search(lower, max(0, match.start() - 12), match.start())
    number, scale, end = _figure(match, bool(before))
    if number is None:
        return None
    start = before.start() if before else match.start()
    if sign := _NEGATIVE.search(lower, max(0, start - 9), start):
        number, start = -number, sign.start()
    if half := _AND_A_HALF.match(lower, end):
        number, end = number + Decimal("0.5"), half.end()
    found = Quantity(start, end, number, scale=scale, compact=scale == 1 and "," not in match[0])
    found = _measured(lower, found, _currency(before))
    if match["han"] and not _is_numeral(lower, match, found):
        return None
    if found.end == match.end() and not _MEASURE.match(lower, end) and _YEAR.fullmatch(match[0]):
        return replace(found, kind="year") if found.kind == "number" else found
    return found


def _figure(match: re.Match[str], money: bool) -> tuple[Decimal | None, Decimal, int]:
    """The number, the scale in it, and where it ends: a short scale (5m) holds for money only."""
    if match["han"]:
        return parse_chinese(match["han"]), Decimal(1), match.end()
    if match["words"]:
        return parse_english(match["words"]), Decimal(1), match.end()
    number = parse_arabic(match["arabic"])
    if match["short"] and not money:
        return number, Decimal(1), match.end("arabic")
    if match["han_scale"]:
        scale = parse_scales(match["han_scale"].strip())
        more = (Decimal(n) * parse_scales(unit) for n, unit in _SEGMENT.findall(match["more"]))
        return number * scale + sum(more), scale, match.end()
    word = match["scale"] or _SHORT_SCALES.get(match["short"] or "")
    scale = ENGLISH_SCALES[word] if word else Decimal(1)
    return number * scale, scale, match.end()


def _currency(match: re.Match[str] | None) -> str | None:
    return CURRENCIES[int(match.lastgroup[1:])][0] if match and match.lastgroup else None


def _measured(lower: str, bare: Quantity, currency: str | None) -> Quantity:
    """Add the percent sign, currency or unit that follows."""
    if after := _SUFFIX.match(lower, bare.end):
        currency = currency or _currency(after)
        return replace(bare, end=after.end(), kind="money", unit=currency or "")
    if currency is not None:
        return replace(bare, kind="money", unit=currency)
    percent = _PERCENT.match(lower, bare.end)
    if percent and not (percent["tenths"] and bare.number > 10):
        small = percent["mille"] or percent["per_mille"]
        factor = Decimal(10) if percent["tenths"] else Decimal("0.1") if small else Decimal(1)
        factor = Decimal("0.01") if percent["basis"] else factor
        number = bare.number * factor
        return replace(bare, end=percent.end(), number=number, kind="percent", scale=factor)
    unit = _UNIT.match(lower, bare.end)
    if unit and unit.lastgroup:
        if lower.startswith("半", unit.end()) and UNITS[int(unit.lastgroup[2:])].name == "year":
            bare = replace(bare, number=bare.number + Decimal("0.5"))
            return replace(bare, end=unit.end() + 1, unit="year")
        return replace(bare, end=unit.end(), unit=UNITS[int(unit.lastgroup[2:])].name)
    return bare


def _is_numeral(lower: str, match: re.Match[str], found: Quantity) -> bool:
    """Whether Chinese numeral characters are used as a number.

    Two characters or more with 十, 百 … are. A lone one, or one that opens with 百, 千, 万 or 亿,
    needs a unit or a measure word; digits side by side need 〇, a point or, from three on, a unit.
    """
    numeral = match["han"]
    has_unit = found.end > match.end()
    counted = has_unit or bool(_MEASURE.match(lower, match.end()))
    if numeral[0] in "十百千万亿" and _VAGUE.search(
        lower, max(0, match.start() - 2), match.start()
    ):
        return False
    if numeral == "一":
        return _is_one(lower, match, has_unit)
    if len(numeral) == 1:
        return counted and numeral not in "百千万亿〇"
    if numeral[0] in "百千万亿":
        return has_unit and not set(numeral) & set("一二三四五六七八九")
    if not set(numeral) & set("十百千万亿廿卅"):
        return (
            bool(set(numeral) & set("〇点.·‧"))
            or found.kind == "percent"
            or (counted and len(numeral) > 2)
        )
    return True


def _is_one(lower: str, match: re.Match[str], has_unit: bool) -> bool:
    before = lower[match.start() - 1 : match.start()]
    if before and before in WORDS_ENDING_IN_ONE:
        return False
    if has_unit:
        return (
            not (before and before in _NOT_THIS_ONE) and lower[match.end() + 1 :][:1] not in "来度"
        )
    return lower[match.end() : match.end() + 1] in set(MEASURES_AFTER_ONE)


def _with_unit_of(number: Quantity, following: Quantity) -> Quantity:
    """In 3-5%, 5至10万吨 or 2 to 3 million, what follows the end holds for the beginning."""
    if number.kind not in ("number", "year") or number.unit:
        return number
    if not following.unit and following.kind in ("number", "year") and following.scale == 1:
        return number
    smaller = number.number * following.scale < following.number
    scale = following.scale if number.compact and (smaller or following.kind == "percent") else 1
    kind = following.kind if following.kind != "year" else number.kind
    return replace(number, number=number.number * scale, kind=kind, unit=following.unit)
