"""Years, however they are written, and the one a document is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.periods import LEAD, without_years, years_about, years_in

HAN = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年会议部署了哪些任务？", (2024,)),
        ("２０２４年会议", (2024,)),
        ("二〇二四年会议", (2024,)),
        ("二零二四年會議", (2024,)),
        ("一九九八年", (1998,)),
        ("一九九八年至二〇〇五年", (1998, 2005)),
        ("民國113年施政報告", (2024,)),
        ("民国１１３年", (2024,)),
        ("民國 88 年", (1999,)),
        ("民國113年即2024年", (2024,)),
        ("2023年和2024年，以及2023年底", (2023, 2024)),
        ("from 2021 to 2024", (2021, 2024)),
        ("In 2024, the 2024 meeting", (2024,)),
        ("the FY2024 budget", (2024,)),
        ("2024-01-15", (2024,)),
        ("2024/1/15 與民國112年", (2024, 2023)),
        ("COP15 于2022年在Montreal举行", (2022,)),
        ("面积为120240平方米", ()),
        ("1,2024 人", (2024,)),
        ("价格为3.2024元", ()),
        ("20245 items", ()),
        ("2024.5 tonnes", ()),
        ("It ended in 2024.", (2024,)),
        ("1815年", ()),
        ("二〇二四个", ()),
        ("第十四个五年规划", ()),
        ("十年", ()),
        ("", ()),
    ],
)
def test_years_in(text: str, years: tuple[int, ...]) -> None:
    assert years_in(text) == years


@pytest.mark.parametrize(
    ("title", "text", "years"),
    [
        pytest.param("2024年工作会议", "2023年的工作。2022年。", (2024, 2023, 2022), id="zh-title"),
        pytest.param(
            "工作会议", "会议总结2023年，部署2024年。2024年要。", (2024, 2023), id="zh-most"
        ),
        pytest.param("Annual Report 2022", "Since 2021 it grew.", (2022, 2021), id="en"),
        pytest.param("施政報告", "民國113年", (2024,), id="hant-roc"),
        pytest.param("２０２４年度报告 Report", "２０２３", (2024, 2023), id="full-width"),
        pytest.param("Plan", "2023 and 2024", (2024, 2023), id="tie-goes-to-the-later"),
        pytest.param("散文", "无一年份。", (), id="none"),
    ],
)
def test_years_about(title: str, text: str, years: tuple[int, ...]) -> None:
    assert years_about(title, text) == years


def test_only_the_opening_says_what_a_text_is_about() -> None:
    assert years_about("报告", "字" * LEAD + "2024年") == ()


@given(st.integers(1900, 2099))
def test_every_way_of_writing_a_year_is_the_same_year(year: int) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(year))
    han = "".join(HAN[digit] for digit in str(year))
    assert years_in(f"在{year}年") == years_in(f"在{wide}年") == (year,)
    assert years_in(f"在{han}年") == (year,)
    if year >= 1921:
        assert years_in(f"民國{year - 1911}年") == (year,)


@given(st.text(), st.text())
def test_years_are_named_once_each(before: str, after: str) -> None:
    found = years_in(f"{before} 2024年 {after}")
    assert 2024 in found
    assert len(set(found)) == len(found)
    assert set(years_about(before, after)) == set(years_in(f"{before}\n{before}\n{after[:LEAD]}"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("2026年会议由谁主持？", " 会议由谁主持？"),
        ("２０２６年度會議和2025 年的", " 會議和 的"),
        ("民國113年的會議", " 的會議"),
        ("二〇二四年 meeting", "  meeting"),
        ("Who chaired it in 2026?", "Who chaired it in  ?"),
        ("第3年会议", "第3年会议"),
        ("", ""),
    ],
)
def test_a_text_without_its_years(text: str, left: str) -> None:
    assert without_years(text) == left
