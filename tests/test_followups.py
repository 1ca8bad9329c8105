"""Follow-ups become the question that was meant; questions that stand alone stay as they are."""

import json
from pathlib import Path
from typing import Any

import pytest

from rag.followups.standing_alone import stand_alone
from rag.followups.subjects import person, subject
from rag.records import Exchange, Span
from rag.text import detect_language

SEEDS = Path(__file__).parents[1] / "seeds"


def after(question: str, *before: str, answer: str = "", title: str = "") -> str:
    cited = (("d", Span(start=0, end=3)),) if title else ()
    history = [Exchange(question=one) for one in before[:-1]]
    history.append(Exchange(question=before[-1], answer=answer, cited=cited))
    return stand_alone(question, history, {"d": title} if title else {})


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("2024年大会由谁主持？", "那2023年呢？", "2023年大会由谁主持？"),
        ("2024年大会由谁主持？", "那２０２３年呢", "2023年大会由谁主持？"),
        ("民國113年的預算是多少？", "那民國112年呢？", "2023年的預算是多少？"),
        ("大会由谁主持？", "2023年呢？", "2023年大会由谁主持？"),
        ("2024年开了几次会？", "上一年呢？", "2023年开了几次会？"),
        ("Who chaired the 2024 meeting?", "And in 2023?", "Who chaired the 2023 meeting?"),
        ("Who chaired the meeting?", "what about 2023?", "Who chaired the meeting in 2023?"),
        ("How many cranes were there in 2024?", "And the year before?", "in 2023?"),
        ("2024年大会由谁主持？", "and in 2023?", "2023年大会由谁主持？"),
        ("Who chaired the 2024 meeting?", "那2023年呢？", "Who chaired the 2023 meeting?"),
    ],
)
def test_a_year_asked_anew_takes_the_place_of_the_last(
    before: str, question: str, meant: str
) -> None:
    assert after(question, before).endswith(meant)


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("2024年的任务有哪些？", "第三项呢？", "2024年的任务，第三项是什么？"),
        ("2024年的任務，第二項是什麼？", "第三項呢", "2024年的任務，第三項是什麼？"),
        ("What is the second task of the plan?", "And the third?", "the third task of the plan?"),
        ("What were the tasks for 2024?", "the third one", "the third item of the tasks for 2024?"),
        ("What are the tasks for 2024?", "第三项呢？", "the tasks for 2024，第三项是什么？"),
    ],
)
def test_a_place_in_a_list(before: str, question: str, meant: str) -> None:
    assert after(question, before).replace("?", "？").endswith(meant.replace("?", "？"))


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("“无底舱”是什么？", "它有多深？", "“无底舱”有多深？"),
        ("社区花园有多少块地？", "其租金是多少？", "社区花园的租金是多少？"),
        ("社區花園有多少塊地？", "其中多少塊租出去了？", "社區花園中多少塊租出去了？"),
        ("2024年读者大会在哪里举行？", "该会议有几项任务？", "2024年会议有几项任务？"),
        ("2024年全市读书会议在哪里举行？", "那次会议谁主持？", "2024年全市读书会议谁主持？"),
        ("What is a tide gate?", "How is it opened?", "How is a tide gate opened?"),
        ("What are tide gates?", "Who inspects them?", "Who inspects tide gates?"),
        ("What does the harbour plan say about noise?", "What are its costs?", "harbour plan's"),
        ("When was the 2024 meeting held?", "Who chaired that meeting?", "the 2024 meeting?"),
        ("What does dredging mean?", "它有什么风险？", "dredging有什么风险？"),
        ("什么是潮汐闸？", "全文有没有提到它？", "全文有没有提到潮汐闸？"),
        ("When was the 2024 meeting held?", "summarise that meeting", "the 2024 meeting"),
    ],
)
def test_a_pronoun_is_what_the_last_question_was_about(
    before: str, question: str, meant: str
) -> None:
    assert meant in after(question, before)


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("潮汐闸有哪些规定？", "还有呢？", "潮汐闸还有哪些内容？"),
        ("潮汐閘有哪些規定？", "繼續", "潮汐閘还有哪些内容？"),
        ("What is a tide gate?", "Anything else?", "What else is said about a tide gate?"),
    ],
)
def test_more_is_asked_of_the_same_subject(before: str, question: str, meant: str) -> None:
    assert after(question, before) == meant


def test_a_person_is_the_one_of_the_last_answer() -> None:
    assert (
        after("他还讲了什么？", "大会由谁主持？", answer="大会由副部长李明主持。")
        == "李明还讲了什么？"
    )
    meant = after("What else did she say?", "Who chaired it?", answer="Mary Brown chaired it.")
    assert meant == "What else did Mary Brown say?"


def test_this_document_is_the_one_cited_last() -> None:
    assert after("这份文件有多长？", "谁写的？", title="港口年报") == "《港口年报》有多长？"
    asked = after("How long is this report?", "Who wrote it?", title="Harbour report")
    assert asked == "How long is “Harbour report”?"


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("2024年大会在哪里召开？", "谁主持的？", "2024年大会谁主持的？"),
        ("2024年大會在哪裡召開？", "什么时候？", "2024年大會什么时候？"),
        ("船闸关闭了吗？", "为什么？", "船闸关闭了，为什么？"),
        ("Where was the 2024 meeting held?", "Why?", "Why (the 2024 meeting)?"),
        ("Where was the 2024 meeting held?", "Who spoke?", "Who spoke (the 2024 meeting)?"),
    ],
)
def test_a_question_without_a_subject_gets_that_of_the_last(
    before: str, question: str, meant: str
) -> None:
    assert after(question, before) == meant


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("2024年山东省的面积是多少？", "广东省呢？", "2024年广东省的面积是多少？"),
        ("书面交流的有哪几家？", "口头交流呢？", "口头交流的有哪几家？"),
        ("What does ABC stand for?", "And XYZ?", "What does XYZ stand for?"),
        ("What does the plan say about noise?", "and about dust?", "the plan say about dust?"),
        ("“船闸”是什么意思？", "那“水闸”呢？", "“水闸”是什么意思？"),
    ],
)
def test_a_term_asked_anew_takes_the_place_of_the_last(
    before: str, question: str, meant: str
) -> None:
    assert after(question, before).endswith(meant)


def test_the_other_one_is_the_other_year_of_the_conversation() -> None:
    turns = ("2023年和2024年的大会有何不同？", "2023年的大会谁主持？")
    assert after("另一年呢？", *turns) == "2024年的大会谁主持？"
    english = ("How do 2023 and 2024 differ?", "Who chaired in 2023?")
    assert after("What about the other one?", *english) == "Who chaired in 2024?"


def test_a_chain_leans_on_each_question_before_it() -> None:
    turns = ("2022年大会由谁主持？", "那2023年呢？")
    assert after("2024年呢？", *turns) == "2024年大会由谁主持？"


@pytest.mark.parametrize(
    "question",
    [
        "2023年的港口年报提到了几台起重机？",
        "是谁主持了2023年的读者大会呢？",
        "潮汐闸及其控制室在哪里？",
        "极其重要的任务是什么？",
        "2023年的那次会议有几项任务？",
        "社区花园的其他规定有哪些？",
        "如果船闸关闭，它的管理员要做什么？",
        "Which convention is due for its tenth round?",
        "When a ship is late, how is it recorded?",
        "Is it true that the harbour closed in 2023?",
        "How long does it take to open the gate?",
        "Who chaired the reading meeting of 2023?",
        "第三十条规定了什么？",
    ],
)
@pytest.mark.parametrize("before", ["2024年的天气怎么样？", "How many plots has the garden?"])
def test_a_question_that_stands_alone_is_left_alone(question: str, before: str) -> None:
    assert after(question, before) == question


def test_without_history_or_asked_again_nothing_changes() -> None:
    assert stand_alone("那2023年呢？", []) == "那2023年呢？"
    assert after("大会由谁主持?", "大会由谁主持？") == "大会由谁主持?"


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("什么是潮汐闸？", "潮汐闸"),
        ("谁主持了2024年大会？", "2024年大会"),
        ("What is the tide gate?", "the tide gate"),
        ("", ""),
    ],
)
def test_the_subject_of_a_question(question: str, about: str) -> None:
    assert subject(question, detect_language(question)) == about


def test_no_person_is_made_of_other_words() -> None:
    assert person("会议在哪里举行？", "会议在市图书馆举行。") == ""


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SEEDS / name).read_text("utf-8").splitlines()]


def test_gold_questions_asked_after_another_are_left_alone() -> None:
    """Of the questions of the sample set, at most one in fifty is taken for a follow-up."""
    questions = [row["question"] for row in rows("questions.jsonl")]
    taken = [
        (last, question)
        for index, question in enumerate(questions)
        for last in (questions[index - 1], questions[index - 7], questions[index - 23])
        if after(question, last) != question
    ]
    assert len(taken) <= len(questions) * 3 / 50, taken


def test_nearly_every_sample_follow_up_is_rewritten() -> None:
    changed = [
        after(row["question"], *(turn["question"] for turn in row["history"])) != row["question"]
        for row in rows("followups.jsonl")
    ]
    assert sum(changed) >= 0.9 * len(changed)
