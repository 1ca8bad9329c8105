"""Questions for several years at once, told from those that only name several."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.planning.comparisons import core_of, focus_of, question_for, read_years
from rag.records import Span


@pytest.mark.parametrize(
    ("question", "asked", "about_2022"),
    [
        ("2021年和2023年的接待人次有何不同？", (2021, 2023), "2022年的接待人次？"),
        ("２０２１年與２０２３年外借多少冊次？", (2021, 2023), "2022年外借多少冊次？"),
        ("二〇二一年与二〇二三年相比怎么样？", (2021, 2023), "2022年？"),
        ("民國112年和民國113年的回收率有什麼變化？", (2023, 2024), "2022年的回收率？"),
        ("2024年、2025年、2026年三次会议由谁主持？", (2024, 2025, 2026), "2022年会议由谁主持？"),
        ("从2021年到2024年，馆长是谁？", (2021, 2022, 2023, 2024), "2022年，馆长是谁？"),
        ("2021年至2023年经费分别是多少？", (2021, 2022, 2023), "2022年经费是多少？"),
        ("2021-2023年经费变化", (2021, 2022, 2023), "2022年经费"),
        ("2024年会议比2023年会议多了哪些任务？", (2024, 2023), "2022年会议多了哪些任务？"),
        ("How did cargo change between 2019 and 2021?", (2019, 2020, 2021), "cargo in 2022?"),
        ("2021年和2024年之間的經費有何差異？", (2021, 2024), "2022年的經費？"),
        ("2021年和2023年之间的经费", (2021, 2022, 2023), "2022年的经费"),
        (
            "What is the difference in cargo between 2019 and 2024?",
            (2019, 2024),
            "cargo in 2022?",
        ),
        (
            "What are the differences between the 2019 and 2024 会议?",
            (2019, 2024),
            "2022 会议?",
        ),
        ("How do the tasks differ between 2019 and 2024?", (2019, 2024), "the tasks in 2022?"),
        ("Compare the 2019 and 2020 budgets.", (2019, 2020), "the 2022 budgets."),
        ("Who chaired it in 2020 and in 2022?", (2020, 2022), "Who chaired it in 2022?"),
        ("Ships in 2021 compared with 2022?", (2021, 2022), "Ships in 2022?"),
        (
            "How much did it rise from 2019 to 2021?",
            (2019, 2020, 2021),
            "How much did it rise in 2022?",
        ),
        ("2023年和2024年的 carbon market 任务？", (2023, 2024), "2022年的 carbon market 任务？"),
    ],
)
def test_a_comparison_is_asked_of_each_year(
    question: str, asked: tuple[int, ...], about_2022: str
) -> None:
    years = read_years(question)
    assert years is not None
    assert years.asked == asked
    assert question_for(question, years, 2022) == about_2022
    for span in years.spans:
        assert span.slice(question)


@pytest.mark.parametrize(
    ("question", "mention", "about_2022", "focus"),
    [
        ("哪些年提到了古籍？", True, "2022年提到了古籍？", "古籍？"),
        ("哪幾年的報告提到流動圖書車？", True, "2022年的報告提到流動圖書車？", "流動圖書車？"),
        ("历年外借多少册次？", False, "2022年外借多少册次？", ""),
        ("各次会议的任务有几项？", False, "2022年会议的任务有几项？", ""),
        ("Which years mention dredging?", True, "2022 mention dredging?", "dredging?"),
        ("What was the budget in each year?", False, "What was the budget 2022?", ""),
    ],
)
def test_whichever_years_there_are(
    question: str, mention: bool, about_2022: str, focus: str
) -> None:
    years = read_years(question)
    assert years is not None
    assert (years.asked, years.mention) == ((), mention)
    assert question_for(question, years, 2022) == about_2022
    if mention:
        assert focus_of(question, years) == focus


@pytest.mark.parametrize(
    "question",
    [
        "2024年会议部署了几项任务？",
        "2024年会议说聚焦到哪一年？",
        "2021年准备研究编制哪份到2035年的适应战略？",
        "2024年的会议总结了2023年的哪些成绩",
        "中国承诺哪一年前碳达峰？",
        "孙先生出生于哪一年？",
        "这两项规定是哪些年的？",
        "他任职的是哪几年？",
        "In which year did it open?",
        "When will the 2024 plan reach the 2030 goals?",
        "What did the meeting say about the years ahead?",
    ],
)
def test_other_questions_with_years_are_asked_once(question: str) -> None:
    assert read_years(question) is None


@pytest.mark.parametrize(
    ("text", "cut", "core"),
    [
        ("东岭市图书馆2022年的馆长是谁？", "东岭市图书馆2022年", "馆长是谁？"),
        ("Who chaired the Board in 2022?", "2022", "Who chaired the Board?"),
        ("In the 2020 report, how many ships called?", "2020", "report, how many ships called?"),
        ("2022年？", "2022年", "2022年？"),
    ],
)
def test_the_core_leaves_out_what_filters(text: str, cut: str, core: str) -> None:
    at = text.index(cut)
    assert core_of(text, [Span(start=at, end=at + len(cut))]) == core


@given(st.text(alphabet="2019年和与到哪些历 andbetwcomparchige?，", max_size=40))
def test_any_text_is_read(text: str) -> None:
    years = read_years(text)
    if years:
        assert len(years.spans) == max(len(years.named), 1)
        assert isinstance(question_for(text, years, 2022), str)
