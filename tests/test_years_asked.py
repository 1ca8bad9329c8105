"""Years of meetings and reports that the library does not hold, and words it holds nowhere."""

from collections.abc import Iterator

import pytest

from rag.answering import Answerer
from rag.embedding import E5Embedder
from rag.planning.naming import names_occasion
from rag.records import Answer
from rag.store import Store
from tests.answering_helpers import library, models_directory

FILES = [
    (
        "port-2024.txt",
        "2024年东港港务工作会议\n\n2024年1月9日，东港港务工作会议在东港举行，港务局局长许文博主持会议。"
        "会议总结2023年，部署2024年的工作。\n\n2023年有什么成绩？"
        "2023年港口吞吐量达到四千二百万吨，疏浚航道三十公里。\n\n"
        "2022年港务工作会议上提出的岸电目标已经实现。\n",
    ),
    (
        "port-2021.txt",
        "2021年东港港务工作会议\n\n2021年1月12日，东港港务工作会议在东港举行，副局长何玉珍主持会议。"
        "会议部署了六项任务，提出疏浚航道二十公里。\n",
    ),
    (
        "brief.md",
        "# Two meetings compared: 2021 and 2024\n\n"
        "Deputy director He Yuzhen chaired the opening in 2021. "
        "In 2024 it was director Xu Wenbo who chaired it.\n\n"
        "The dredging of the channel was the first task in both years.\n",
    ),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    embedder = E5Embedder(models_directory())
    opened = library(tmp_path_factory.mktemp("years"), FILES, embedder)
    yield opened
    opened.close()


def ask(store: Store, question: str) -> Answer:
    return Answerer(store, None).answer(question, k=8)


@pytest.mark.parametrize(
    ("question", "years", "nearest"),
    [
        ("2023年港务工作会议由谁主持？", (2023,), (2021, 2024)),
        ("２０２３年港務工作會議由誰主持？", (2023,), (2021, 2024)),
        ("Who chaired the 2023 port meeting?", (2023,), (2021, 2024)),
        ("2019年和2020年的港务会议有何不同？", (2019, 2020), (2021,)),
        ("How did the 2019 and 2020 conferences differ?", (2019, 2020), (2021,)),
    ],
)
def test_a_meeting_that_is_not_held_is_not_answered_from_another(
    store: Store, question: str, years: tuple[int, ...], nearest: tuple[int, ...]
) -> None:
    answer = ask(store, question)
    assert not answer.answered
    assert answer.missing.years == years
    assert answer.missing.nearest_years == nearest
    assert all(str(year) in answer.text for year in (*years, *nearest))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2023年港口吞吐量是多少？", "四千二百万吨"),
        ("２０２３年港口吞吐量是多少？", "四千二百万吨"),
        ("What was the port's throughput in 2023?", "四千二百万吨"),
        ("2024年港务工作会议由谁主持？", "许文博"),
        ("Who chaired the opening in 2024?", "Xu Wenbo"),
        ("Who chaired the opening in 2021?", "He Yuzhen"),
    ],
)
def test_a_year_looked_back_on_is_answered_from_a_later_report(
    store: Store, question: str, said: str
) -> None:
    answer = ask(store, question)
    assert answer.answered
    assert said in answer.claims[0].text
    assert not answer.missing


def test_what_names_the_meeting_itself_is_quoted_with_a_note(store: Store) -> None:
    answer = ask(store, "2022年港务工作会议提出了什么岸电目标？")
    assert answer.answered
    assert "岸电" in answer.text
    assert "没有2022年的报告；最接近的年份：2021年、2024年" in " ".join(answer.notes)


def test_a_side_whose_report_is_missing_says_so(store: Store) -> None:
    answer = ask(store, "2023年和2024年的港务工作会议分别由谁主持？")
    sides = {side.value: side for side in answer.sides}
    assert sides["2024"].answered
    assert "许文博" in sides["2024"].text
    assert not sides["2023"].answered
    assert "没有2023年的报告；最接近的年份：2021年、2024年" in sides["2023"].text
    assert answer.missing.years == (2023,)


@pytest.mark.parametrize(
    "question",
    [
        "2024年诺贝尔物理学奖颁给了谁？",
        "２０２４年諾貝爾物理學獎頒給了誰？",
        "Who won the Nobel Prize in Physics in 2024?",
        "糖醋排骨要放多少冰糖？",
    ],
)
def test_a_question_of_words_that_stand_nowhere_is_refused(store: Store, question: str) -> None:
    answer = ask(store, question)
    assert not answer.answered
    assert answer.confidence == 0.0


def test_a_question_in_a_text_is_not_quoted_as_an_answer(store: Store) -> None:
    answerer = Answerer(store, None)
    answer = answerer.answer("2023年港口有什么成绩？", k=8)
    assert answer.answered
    assert all(not citation.quote.endswith("？") for citation in answer.citations)


@pytest.mark.parametrize(
    ("text", "years", "named"),
    [
        ("2023年全国港务工作会议部署了六项任务。", {2023}, True),
        ("２０２３年度報告指出", {2023}, True),
        ("民國112年年會決議", {2023}, True),
        ("The 2023 annual report lists six tasks.", {2023}, True),
        ("according to the report for 2023", {2023}, True),
        ("2023年在会议文件里有两个身份。", {2023}, False),
        ("会议总结2023年，部署2024年。", {2023}, False),
        ("In 2023 the port handled more.", {2023}, False),
        ("2023年全国港务工作会议", {2022}, False),
        ("港务会议 the meeting", {2023}, False),
    ],
)
def test_an_occasion_of_a_year_is_told_from_a_year(text: str, years: set[int], named: bool) -> None:
    assert names_occasion(text, years) == named


@pytest.mark.parametrize(
    "question",
    [
        "What is “Two meetings compared: 2021 and 2024” mainly about?",
        "《Two meetings compared: 2021 and 2024》主要讲了什么？",
    ],
)
def test_the_years_of_a_title_are_no_sides_of_a_comparison(store: Store, question: str) -> None:
    found = Answerer(store, None).plan(question)
    assert [(one.kind, one.role) for one in found.understood] == [("document", "filter")]
    assert not found.branches
