from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.values import compatible, find_values, missing_values

Brief = tuple[str, object, str]
"""Kind, value, unit."""


def brief(text: str) -> list[Brief]:
    return [(value.kind, value.value, value.unit) for value in find_values(text)]


def number(value: object, unit: str = "") -> Brief:
    return ("number", Decimal(str(value)), unit)


def percent(value: object) -> Brief:
    return ("percent", Decimal(str(value)), "")


def money(value: int, unit: str) -> Brief:
    return ("money", Decimal(value), unit)


def ordinal(value: int, unit: str = "") -> Brief:
    return ("ordinal", Decimal(value), unit)


def date(year: int | None, month: int | None = None, day: int | None = None) -> Brief:
    return ("date", (year, month, day), "")


NUMBERS = [
    ("十万", number(100_000)),
    ("十萬", number(100_000)),
    ("一百二十", number(120)),
    ("2.5万", number(25_000)),
    ("５００余万人", number(5_000_000)),
    ("1.2亿", number(120_000_000)),
    ("1亿2000万吨", number(120_000_000, "ton")),
    ("一百一十五種", number(115)),
    ("一○○ ppm", number(100, "ppm")),
    ("1,234,567", number(1_234_567)),
    ("1 234 567", number(1_234_567)),
    ("one hundred thousand", number(100_000)),
    ("0.1 million", number(100_000)),
    ("half a million", number(500_000)),
    ("twenty-one", number(21)),
    ("a dozen", number(12)),
    ("七个方面", number(7)),
    ("七個方面", number(7)),
    ("seven aspects", number(7)),
    ("两个维护", number(2)),
    ("八项规定", number(8)),
    ("157起事故", number(157)),
    ("58.74万家次", number(587_400)),
    ("5万千瓦", number(50_000, "kW")),
    ("三千米", number(3, "km")),
    ("90个工作日", number(90, "day")),
    ("ninety working days", number(90, "day")),
    ("三個月", number(3, "month")),
    ("a 30-day period", number(30, "day")),
    ("two and a half years", number("2.5", "year")),
    ("一．五公尺", number("1.5", "m")),
    ("1,000 square meters", number(1000, "m2")),
    ("一千平方公尺", number(1000, "m2")),
    ("five seconds", number(5, "second")),
    ("三成", percent(30)),
    ("百分之九十", percent(90)),
    ("９０％左右", percent(90)),
    ("over 93 percent", percent(93)),
    ("98.2 per cent", percent("98.2")),
    ("九十个百分点", percent(90)),
    ("千分之五", percent("0.5")),
    ("5‰", percent("0.5")),
    ("万分之五", percent("0.05")),
    ("四分之一", percent(25)),
    ("three quarters of", percent(75)),
    ("1/4", percent(25)),
    ("一半", percent(50)),
    ("reduce by half", percent(50)),
    ("减半", percent(50)),
    ("NT$200,000", money(200_000, "TWD")),
    ("新臺幣二十萬元以上", money(200_000, "TWD")),
    ("新臺幣貳拾萬元", money(200_000, "TWD")),
    ("500万元", money(5_000_000, "")),
    ("5 million yuan", money(5_000_000, "CNY")),
    ("人民币500万元", money(5_000_000, "CNY")),
    ("US$5m", money(5_000_000, "USD")),
]

HALVES_AND_SHARES = [
    ("半年", number(6, "month")),
    ("half a year", number(6, "month")),
    ("半小时", number(30, "minute")),
    ("half an hour", number(30, "minute")),
    ("两年半", number("2.5", "year")),
    ("三個半小時", number("3.5", "hour")),
    ("九五折", percent(5)),
    ("八折", percent(20)),
    ("加四成为基准", percent(40)),
    ("½", percent(50)),
    ("one in five", percent(20)),
    ("3 out of 4", percent(75)),
    ("1 in 1,000,000", percent("0.0001")),
    ("50 basis points", percent("0.5")),
    ("0.5 percentage points", percent("0.5")),
    ("0.5个百分点", percent("0.5")),
    ("two dozen", number(24)),
    ("a hundred", number(100)),
    ("零下10摄氏度", number(-10, "degree")),
    ("－５℃", number(-5, "degree")),
    ("minus 5 degrees", number(-5, "degree")),
    ("负5%", percent(-5)),
    ("6英尺", number(6, "foot")),
    ("6 feet", number(6, "foot")),
    ("一大氣壓", number(1, "atm")),
    ("100 pounds", number(100, "lb")),
]

DATES = [
    ("2026年1月14日", date(2026, 1, 14)),
    ("２０２６年１月１４日", date(2026, 1, 14)),
    ("14 January 2026", date(2026, 1, 14)),
    ("January 14, 2026", date(2026, 1, 14)),
    ("the 14th of January, 2026", date(2026, 1, 14)),
    ("2026-01-14", date(2026, 1, 14)),
    ("2026/1/14", date(2026, 1, 14)),
    ("14 Jan", date(None, 1, 14)),
    ("1月14日", date(None, 1, 14)),
    ("January 2026", date(2026, 1)),
    ("in May", date(None, 5)),
    ("2024年", date(2024)),
    ("二〇二四年", date(2024)),
    ("by 2030", date(2030)),
    ("民國113年", date(2024)),
    ("民国一百一十三年", date(2024)),
    ("ROC year 113", date(2024)),
    ("自一百十年一月一日施行", date(2021, 1, 1)),
    ("中華民國一百零九年六月十日", date(2020, 6, 10)),
    ("20世纪90年代", date(1990)),
    ("the 1990s", date(1990)),
    ("17世纪20年代", date(1620)),
    ("十七世紀二十年代", date(1620)),
]

ORDINALS = [
    ("第八", ordinal(8)),
    ("8th", ordinal(8)),
    ("eighth", ordinal(8)),
    ("the twenty-first meeting", ordinal(21)),
    ("第七次", ordinal(7)),
    ("首次", ordinal(1)),
    ("八是加快", ordinal(8, "item")),
    ("“十四五”规划", ordinal(14, "plan")),
    ("十四五", ordinal(14, "plan")),
    ("“十五”期间", ordinal(10, "plan")),
    ("14th Five-Year Plan", ordinal(14, "plan")),
    ("第十四個五年規劃", ordinal(14, "plan")),
    ("党的二十大", ordinal(20)),
    ("黨的二十大", ordinal(20)),
    ("the 20th National Congress", ordinal(20)),
    ("第6條", ordinal(6, "article")),
    ("第六條", ordinal(6, "article")),
    ("Article 6", ordinal(6, "article")),
    ("第三款", ordinal(3, "part")),
    ("Ⅱ类", ordinal(2, "class")),
    ("劣V类", ordinal(5, "class")),
    ("Class II", ordinal(2, "class")),
    ("附表三", ordinal(3, "exhibit")),
    ("Table 3", ordinal(3, "exhibit")),
    ("第三轮", ordinal(3, "phase")),
    ("21世纪", ordinal(21, "century")),
    ("the 21st century", ordinal(21, "century")),
    ("第一季度", ordinal(1, "quarter")),
    ("Q1", ordinal(1, "quarter")),
    ("前三季度", number(3, "quarter")),
    ("the first three quarters", number(3, "quarter")),
    ("上半年", ordinal(1, "half")),
    ("the second half", ordinal(2, "half")),
    ("100周年", ordinal(100, "label")),
]

NAMES = ["PM2.5", "PM 2.5", "ＰＭ２.５", "O3", "COP15", "CO2", "CO₂", "H2O", "COVID-19", "5G"]

SEVERAL: list[tuple[str, list[Brief]]] = [
    ("1月14日至15日", [date(None, 1, 14), date(None, 1, 15)]),
    ("14-15 January 2026", [date(2026, 1, 14), date(2026, 1, 15)]),
    ("2021-2025年", [date(2021), date(2025)]),
    ("2015–2030", [date(2015), date(2030)]),
    ("3%-5%", [percent(3), percent(5)]),
    ("3-5%", [percent(3), percent(5)]),
    ("百分之三至五", [percent(3), percent(5)]),
    ("10–20 tons", [number(10, "ton"), number(20, "ton")]),
    ("5-10万元", [money(50_000, ""), money(100_000, "")]),
    ("2 to 3 million", [number(2_000_000), number(3_000_000)]),
    ("二十届三中全会", [ordinal(20), ordinal(3)]),
    ("二十屆二中、三中全會", [ordinal(20), ordinal(2), ordinal(3)]),
    ("Articles 6 to 9", [ordinal(6, "article"), ordinal(9, "article")]),
    ("Article 11 (2)", [ordinal(11, "article"), ordinal(2, "part")]),
    ("第二十二條之一", [ordinal(22), ordinal(1)]),
    ("在2024年建成9个项目 (9 projects)", [date(2024), number(9), number(9)]),
    ("2024年，CO2下降3%", [date(2024), ("name", "co2", ""), percent(3)]),
]

NOT_VALUES = [
    "一些、一起、一定、统一、一体、唯一、一般、同一、进一步、一系列",
    "統一規劃，進一步，一體推進",
    "万一 十分重要 一带一路 千方百计 百姓 半导体 千万不要",
    "三农、第三方、四川、二氧化硫",
    "星期一 周三 Monday",
    "数百万、几十、上千",
    "过去一年，这一年，新的一年",
    "one of them, no one, each one, a number of plans, a second later, third-party",
    "several hundred people, parts per million, dozens of people",
    "it shall first be heard, a third person",
    "翻一番，几十，逾，两",
    "first-hand, first class, we may go, they march, mid-term",
    "https://example.org/2025/01/16/a1.html?b=3",
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS + HALVES_AND_SHARES + DATES + ORDINALS)
def test_one_value(text: str, expected: Brief) -> None:
    assert brief(text) == [expected]


@pytest.mark.parametrize("text", NAMES)
def test_digits_in_names_are_no_quantities(text: str) -> None:
    assert [value.kind for value in find_values(f"其中{text}治理")] == ["name"]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_values(text: str, expected: list[Brief]) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize("text", NOT_VALUES)
def test_words_with_numerals_are_no_values(text: str) -> None:
    assert brief(text) == []


PIECES = st.sampled_from(
    [text for text, *_ in NUMBERS + DATES + ORDINALS]
    + [text for text, *_ in SEVERAL]
    + [*NAMES, *NOT_VALUES, "，", ". ", "\n", " to ", "至", "不", "和", "x"]
)
TEXTS = st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=60)


@given(TEXTS)
def test_spans_slice_to_the_text_of_their_values(text: str) -> None:
    values = find_values(text)
    assert all(value.span.slice(text) == value.text and value.text for value in values)
    assert [value.span.start for value in values] == sorted(v.span.start for v in values)


@given(TEXTS)
def test_every_text_states_its_own_values(text: str) -> None:
    assert missing_values(text, text) == ()
    assert all(compatible(value, value) for value in find_values(text))


@given(st.integers(1, 10**9), st.sampled_from(["{:,}人", "共{}项。", "{} people", "约{:,} 吨"]))
def test_written_numbers_are_read_back(written: int, pattern: str) -> None:
    assert [value.value for value in find_values(pattern.format(written))] in (
        [Decimal(written)],
        [(written, None, None)],
    )
