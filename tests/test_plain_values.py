"""Chinese dates, scaled numbers and plans as an English reader writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.plain_values import plain_values


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("2024年1月14日至15日在北京", " January 14-15, 2024 在北京"),
        ("1月5日召开", " January 5 召开"),
        ("1月14日—15日", " January 14-15 "),
        ("２０２４年１月５日", " January 5, 2024 "),
        ("13月5日", "13月5日"),
        ("1月32日", "1月32日"),
        ("3.5万吨", "35,000吨"),
        ("120亿元", "12,000,000,000元"),
        ("12万亿元", "12,000,000,000,000元"),
        ("100萬戶", "1,000,000戶"),
        ("1.2億", "120,000,000"),
        ("0.1万", "1,000"),
        ("1,200万人", "12,000,000人"),
        ("１.２万", "12,000"),
        ("１，２００万", "12,000,000"),
        ("２０２４，２０２５", "2024，2025"),
        ("3万至5万", "30,000至50,000"),
        ("“十四五”规划", " 14th Five-Year Plan "),
        ("十四五規劃", " 14th Five-Year Plan "),
        ("「十三五」期间", " 13th Five-Year Plan 期间"),
        ("二十四五岁", "二十四五岁"),
        ("Spent 3亿 on 治水 by 2024年1月5日", "Spent 300,000,000 on 治水 by  January 5, 2024 "),
        ("没有数字 no number", "没有数字 no number"),
        ("It cost 1,200 in 2024.", "It cost 1,200 in 2024."),
        ("", ""),
    ],
)
def test_plain_values(text: str, plain: str) -> None:
    assert plain_values(text) == plain


@given(st.integers(0, 10**6), st.sampled_from([("万", 4), ("萬", 4), ("亿", 8), ("億", 8)]))
def test_a_scaled_number_keeps_its_value(number: int, scale: tuple[str, int]) -> None:
    word, zeros = scale
    for written in (str(number), f"{number:,}"):
        assert plain_values(f"共{written}{word}人") == f"共{number * 10**zeros:,}人"


@given(st.text(alphabet="abc ,.;会议指出生态环境\n", max_size=40))
def test_text_without_values_is_left_alone(text: str) -> None:
    assert plain_values(text) == text
