"""Sentences scored for a question, and whether they answer it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from rag.answerability import answerability
from rag.chunking import chunk
from rag.evidence import Scored, score_sentences
from rag.questions import read_question
from rag.records import Document, Hit
from rag.retrieval import sentence_texts
from tests.answering_helpers import WordEmbedder, document_of, similarity

REPORT = document_of(
    "2024年3月5日，市图书馆召开会议。\n会议部署了九项重点任务。\n一是扩大开放时间。\n"
    "二是增加少儿读物。\n三是改进目录检索。\n全年借书增长百分之七，投入480万元。",
    key="zh",
    title="2024年图书馆工作报告",
)
HARBOUR = document_of(
    "The harbour board met on 3 May 2022. First, it will dredge the channel. Second, it will "
    "build a quay. Cargo rose 6% and cost $5 million. The board thanked 40 volunteers.",
    key="en",
    title="Harbour report 2022",
)


def scored(question: str, documents: Sequence[Document]) -> list[Scored]:
    """Every sentence of the documents, as one search would score them."""
    hits = [
        Hit(chunk=piece, score=0.9, similarity=similarity(question, [piece.text])[0])
        for document in documents
        for piece in chunk(document.id, document.text)
    ]
    return score_sentences(
        read_question(question),
        hits,
        {hit.chunk.id: similarity(question, sentence_texts(hit.chunk)) for hit in hits},
        {document.id: document for document in documents},
        lambda terms: dict.fromkeys(terms, 1.0),
        {},
    )


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("会议部署了几项重点任务？", "会议部署了九项重点任务。"),
        ("會議部署了幾項重點任務？", "会议部署了九项重点任务。"),
        ("会议是哪天召开的？", "2024年3月5日，市图书馆召开会议。"),
        ("借书增长百分之多少？", "全年借书增长百分之七，投入480万元。"),
        ("第三项任务是什么？", "三是改进目录检索。"),
        ("第２项任务是什么？", "二是增加少儿读物。"),
        ("When did the harbour board meet?", "The harbour board met on 3 May 2022."),
        ("What is the second task of the board?", "Second, it will build a quay."),
        ("How many volunteers did the board thank?", "The board thanked 40 volunteers."),
    ],
)
def test_the_sentence_that_answers_comes_first(question: str, best: str) -> None:
    found = scored(question, [REPORT, HARBOUR])
    assert found[0].evidence.text == best


def test_scores_are_probabilities_best_first_and_every_sentence_is_there() -> None:
    found = scored("会议部署了几项重点任务？", [REPORT, HARBOUR])
    scores = [item.evidence.score for item in found]
    assert sum(scores) == pytest.approx(1.0)
    assert scores == sorted(scores, reverse=True)
    assert len(found) == 11
    texts = {"zh": REPORT.text, "en": HARBOUR.text}
    for item in found:
        assert item.evidence.text == item.evidence.span.slice(texts[item.evidence.document_id])


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("会议部署了几项任务？", "会议部署了九项重点任务。", 1.0),
        ("会议部署了几项任务？", "2024年3月5日，市图书馆召开会议。", 0.0),
        ("会议是哪天召开的？", "2024年3月5日，市图书馆召开会议。", 1.0),
        ("哪天召开的？", "会议部署了九项重点任务。", 0.0),
        ("借书增长百分之多少？", "全年借书增长百分之七，投入480万元。", 1.0),
        ("投入了多少万元？", "全年借书增长百分之七，投入480万元。", 1.0),
        ("投入了多少万元？", "会议部署了九项重点任务。", 0.0),
        ("会议讲了什么？", "会议部署了九项重点任务。", 0.0),
    ],
)
def test_the_kind_of_value_asked_for_is_looked_for(
    question: str, sentence: str, expected: float
) -> None:
    found = {item.evidence.text: item.features for item in scored(question, [REPORT])}
    assert found[sentence]["expected"] == expected


def test_a_value_that_the_question_names_is_no_answer_to_it() -> None:
    found = {item.evidence.text: item for item in scored("九项重点任务有多少人参加？", [REPORT])}
    assert found["会议部署了九项重点任务。"].features["expected"] == 0.0


@pytest.mark.parametrize(
    ("question", "year"),
    [("2024年部署几项任务？", 1.0), ("2023年部署几项任务？", -1.0), ("部署几项任务？", 0.0)],
)
def test_years_count_for_and_against(question: str, year: float) -> None:
    titled = document_of("会议部署了九项重点任务。", key="y", title="报告")
    about = Document(
        **{name: getattr(titled, name) for name in titled.__slots__} | {"years": (2024,)}
    )
    assert scored(question, [about])[0].features["year"] == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("赵主任主持了2024年的会议。", -1.0),
        ("趙主任主持了２０２４年的會議。", -1.0),
        ("Zhao chaired the 2024 meeting.", -1.0),
        ("Zhao chaired the 2024 and 2026 会议.", 1.0),
        ("赵主任主持了会议。", 1.0),
        ("目标定在2035年。", 1.0),
    ],
)
def test_a_document_on_several_years_is_about_the_one_its_sentence_names(
    text: str, year: float
) -> None:
    titled = document_of(text, key="y", title="2024年至2026年会议对照 2024 to 2026")
    about = replace(titled, years=(2026, 2024))
    assert scored("2026年会议谁主持？", [about])[0].features["year"] == year


@pytest.mark.parametrize(
    "question", ["会议部署了几项重点任务？", "How many volunteers were there?"]
)
def test_nothing_found_cannot_be_answered(question: str) -> None:
    assert answerability(read_question(question), []) == 0.0


@pytest.mark.parametrize(
    ("answered", "not_answered"),
    [
        ("会议部署了几项重点任务？", "足球比赛谁赢了？"),
        ("會議部署了幾項重點任務？", "企鵝吃什麼？"),
        ("How many volunteers did the board thank?", "Who won the football cup?"),
    ],
)
def test_an_answered_question_scores_above_another(answered: str, not_answered: str) -> None:
    both = [REPORT, HARBOUR]
    high = answerability(read_question(answered), scored(answered, both))
    low = answerability(read_question(not_answered), scored(not_answered, both))
    assert 0.0 <= low < 0.5 < high <= 1.0


def test_a_missing_value_lowers_the_chance() -> None:
    question = "会议部署了几项重点任务？"
    without = document_of("会议部署了重点任务。", key="w", title="报告")
    with_value = document_of("会议部署了九项重点任务。", key="v", title="报告")
    assert answerability(read_question(question), scored(question, [without])) < answerability(
        read_question(question), scored(question, [with_value])
    )


def test_the_embedder_of_these_tests_gives_unit_vectors() -> None:
    for vector in WordEmbedder()(["会议部署", "the board", "", "😀"]):
        assert float(vector @ vector) == pytest.approx(1.0, abs=1e-5)
