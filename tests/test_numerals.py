from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.values.numerals import (
    fold,
    parse_arabic,
    parse_chinese,
    parse_english,
    parse_roman,
    parse_scales,
)

DIGITS = "〇一二三四五六七八九"
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"


def below_10000_in_chinese(number: int) -> str:
    """The usual writing, with 〇 for skipped places: 1024 is 一千〇二十四."""
    written, skipped = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("〇" if skipped and written else "") + DIGITS[digit] + name
            skipped = False
        else:
            skipped = True
    return written


def in_chinese(number: int) -> str:
    written = ""
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // unit % 10**4
        if section:
            padded = "〇" if written and section < 1000 else ""
            written += padded + below_10000_in_chinese(section) + name
    return written


def in_english(number: int) -> str:
    ones, tens = ONES.split(), TENS.split()
    for unit, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= unit:
            rest = f" {in_english(number % unit)}" if number % unit else ""
            return f"{in_english(number // unit)} {name}{rest}"
    if number >= 100:
        rest = f" and {in_english(number % 100)}" if number % 100 else ""
        return f"{ones[number // 100]} hundred{rest}"
    if number < 20:
        return ones[number]
    return tens[number // 10] + (f"-{ones[number % 10]}" if number % 10 else "")


def in_roman(number: int) -> str:
    written = ""
    for value, letters in (
        (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        written += letters * (number // value)
        number %= value
    return written


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("七", 7),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("廿五", 25),
        ("卅一", 31),
        ("一百一十", 110),
        ("一百十", 110),
        ("一百二", 120),
        ("一百〇二", 102),
        ("两千", 2000),
        ("两万五", 25_000),
        ("十万", 100_000),
        ("一千二百三十四万五千六百七十八", 12_345_678),
        ("两亿三千万", 230_000_000),
        ("一万亿", 10**12),
        ("五百余万", 5_000_000),
        ("二〇二四", 2024),
        ("一〇〇", 100),
        ("三点五", Decimal("3.5")),
        ("一.二", Decimal("1.2")),
        ("一点二亿", 120_000_000),
    ],
)
def test_chinese_numerals(numeral: str, number: Decimal) -> None:
    assert parse_chinese(numeral) == number


@pytest.mark.parametrize("numeral", ["", "十点", "点五", "十个", "一二十", "三四百"])
def test_what_is_no_chinese_numeral(numeral: str) -> None:
    assert parse_chinese(numeral) is None


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("新臺幣貳拾萬元", "新台币二十万元"),
        ("一○○、二零", "一〇〇、二〇"),
        ("９３％", "93%"),
        ("ＰＭ２.５ CO₂", "PM2.5 CO2"),
        ("參加陸地會員", "參加陸地会员"),
        ("伍佰圆", "五百圆"),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "number"),
    [("1,234,567", 1_234_567), ("1，234", 1234), ("1 234 567", 1_234_567), ("4.50", "4.5")],
)
def test_arabic_numerals(written: str, number: str) -> None:
    assert parse_arabic(written) == Decimal(number)


@pytest.mark.parametrize(("scales", "factor"), [("", 1), ("万", 10_000), ("万亿", 10**12)])
def test_scales(scales: str, factor: int) -> None:
    assert parse_scales(scales) == factor


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("eighth", 8),
        ("twenty-first", 21),
        ("a million", 1_000_000),
        ("a dozen", 12),
        ("two hundred and five thousand, three hundred", 205_300),
        ("several", None),
    ],
)
def test_english_words(words: str, number: int | None) -> None:
    assert parse_english(words) == number


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("II", 2), ("Ⅱ", 2), ("XIV", 14), ("XLIX", 49), ("IIII", None), ("VX", None), ("", None)],
)
def test_roman_numerals(numeral: str, number: int | None) -> None:
    assert parse_roman(numeral) == number


@given(st.integers(1, 10**12 - 1))
def test_chinese_round_trip(number: int) -> None:
    assert parse_chinese(in_chinese(number)) == number


@given(st.integers(1, 10**12 - 1))
def test_english_round_trip(number: int) -> None:
    assert parse_english(in_english(number)) == number


@given(st.integers(1, 99))
def test_roman_round_trip(number: int) -> None:
    assert parse_roman(in_roman(number)) == number


@given(st.integers(0, 10**15), st.sampled_from([",", " ", "，"]))
def test_grouped_digits_round_trip(number: int, mark: str) -> None:
    assert parse_arabic(f"{number:,}".replace(",", mark)) == number


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
