"""Questions that ask two things, put apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.planning.parts import MOST_PARTS, split_parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "2026年会议是哪天开幕的，由谁主持？",
            ("2026年会议是哪天开幕的？", "2026年会议由谁主持？"),
        ),
        (
            "2022年圖書館的館長是誰？購書經費是多少？",
            ("2022年圖書館的館長是誰？", "2022年圖書館購書經費是多少？"),
        ),
        (
            "查处案件多少件、罚款多少？",
            ("查处案件多少件？", "查处案件罚款多少？"),
        ),
        (
            "How many ships called in 2022 and who built the lighthouse?",
            ("How many ships called in 2022?", "who built the lighthouse in 2022?"),
        ),
        (
            "When was the meeting held, and where did it take place?",
            ("When was the meeting held?", "where did it take place (the meeting held)?"),
        ),
        (
            "What was the 2019 budget? Who chaired the 2020 board?",
            ("What was the 2019 budget?", "Who chaired the 2020 board?"),
        ),
    ],
)
def test_each_part_stands_alone(question: str, parts: tuple[str, ...]) -> None:
    assert tuple(part.question for part in split_parts(question)) == parts
    assert all(part.own.strip("？?") in question for part in split_parts(question))


@pytest.mark.parametrize(
    "question",
    [
        "2024年会议部署了哪些任务？",
        "会议强调了什么，要求各地落实。",
        "在保护环境、发展经济方面提出了哪些要求？",
        "What are the tasks and goals?",
        "Who are Smith and Jones?",
        "请问，会议什么时候召开？",
        "",
        "？",
    ],
)
def test_one_question_stays_whole(question: str) -> None:
    assert split_parts(question) == ()


@given(st.text(alphabet="什么谁，？、和 and who when?;.2024年会议", max_size=50))
def test_any_text_is_split_or_not(text: str) -> None:
    assert len(split_parts(text)) in {0, *range(2, MOST_PARTS + 1)}
