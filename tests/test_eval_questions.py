"""Question sets: both shapes of gold, folding, and what counts as right."""

from pathlib import Path
from typing import Any

import pytest

from eval.asking import judge_answer, outcome
from eval.questionset import GoldQuestion, gold_pattern, read_questions
from rag.errors import InputError
from rag.records import Answer, Citation, Claim, Document, Span, Usage
from tests.conftest import ROOT
from tests.eval_helpers import write_lines

TEXT = "會議部署了７項任務。減排率為90%。"
DOCUMENT = Document(
    id="d",
    path="reports/a.txt",
    title="",
    date=None,
    publisher=None,
    language="zh",
    text=TEXT,
    sha256="x",
    encoding="utf-8",
)
ROW = {
    "id": "q1",
    "language": "zh",
    "question": "部署了几项任务？",
    "answerable": True,
    "answer": r"(?<!\d)7\s*项|seven",
    "evidence": [{"document": "a.txt", "text": "部署了7項任務"}],
}


def gold(tmp_path: Path, held: frozenset[str] = frozenset(), **changes: Any) -> GoldQuestion:
    (found,) = read_questions(write_lines(tmp_path / "q.jsonl", [ROW | changes]), held)
    return found


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("書面交流", "书面交流", True),
        ("书面交流", "書面交流", True),
        ("第７項", "第7项", True),
        (r"GDP\s+\S+", "ＧＤＰ 增长", True),
        (r"low.?carbon", "Low-Carbon", True),
        (r"\D7\D", "会议7项", True),
        (r"\D7\D", "会议17项", False),
        ("（附件）", "(附件)", True),
        ("（附件）", "附件", False),
    ],
)
def test_patterns_meet_folded_text(pattern: str, text: str, found: bool) -> None:
    from rag.text import fold

    assert bool(gold_pattern(pattern).search(fold(text))) == found


def test_evidence_is_a_place_in_the_named_document(tmp_path: Path) -> None:
    question = gold(tmp_path)
    assert question.has_evidence("reports/a.txt", TEXT)
    assert not question.has_evidence("reports/b.txt", TEXT)
    assert not question.has_evidence("reports/a.txt", "別的句子。")


def test_one_pattern_may_stand_in_any_of_several_documents(tmp_path: Path) -> None:
    question = gold(tmp_path, evidence="部署了7项任务", documents=["a.txt", "b.txt"])
    assert question.has_evidence("b.txt", TEXT)
    assert not question.has_evidence("c.txt", TEXT)


def test_shared_evidence_stands_in_where_the_documents_are_not_there(tmp_path: Path) -> None:
    here = gold(tmp_path, frozenset({"a.txt", "z.txt"}), shared_evidence="减排率")
    assert not here.has_evidence("z.txt", TEXT)
    there = gold(tmp_path, frozenset({"z.txt"}), shared_evidence="减排率")
    assert there.has_evidence("z.txt", TEXT)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("nonsense", "not JSON"),
        ({"id": "a", "question": "x"}, "'answerable' is missing"),
        (ROW | {"answer": "("}, "unterminated"),
    ],
)
def test_bad_gold_is_told_with_its_line(tmp_path: Path, line: Any, problem: str) -> None:
    with pytest.raises(InputError, match=f"q.jsonl line 2: .*{problem}"):
        read_questions(write_lines(tmp_path / "q.jsonl", [ROW, line]))


def test_the_sample_questions_are_read() -> None:
    questions = read_questions(ROOT / "seeds" / "questions.jsonl")
    assert len(questions) == 60
    assert sum(question.answerable for question in questions) == 45


def answer(text: str, *, answered: bool = True, quote: str = TEXT[:11]) -> Answer:
    citation = Citation(number=1, document_id="d", span=Span(start=0, end=11), quote=quote)
    claim = Claim(text=text, citations=(1,), verdict="supported", support=1.0, reason="")
    return Answer(
        question="?",
        language="zh",
        answered=answered,
        text=f"{text}[7]",
        claims=(claim,) if answered else (),
        citations=(citation,) if answered else (),
        hits=(),
        mode="extractive",
        model="",
        tokens=Usage(),
        seconds={},
    )


DOCUMENTS = {"d": DOCUMENT}


def test_a_right_answer_fails_nothing(tmp_path: Path) -> None:
    result = judge_answer(gold(tmp_path), answer("会议部署了７項任务。"), True, DOCUMENTS)
    assert result.reasons == ()
    assert result.values == {
        "quotes_verbatim": [1.0],
        "evidence_recall_at_8": [1.0],
        "answer_holds_fact": [1.0],
        "wrongly_refused": [0.0],
    }


def test_a_marker_is_no_number(tmp_path: Path) -> None:
    question = gold(tmp_path, answer=r"(?<!\d)7(?!\d)")
    result = judge_answer(question, answer("会议部署了任务。"), True, DOCUMENTS)
    assert result.values["answer_holds_fact"] == [0.0]


def test_failures_say_why(tmp_path: Path) -> None:
    refused = judge_answer(gold(tmp_path), answer("没有", answered=False), False, DOCUMENTS)
    assert refused.reasons == ("no hit of 8 holds the evidence", "refused")
    wrong = judge_answer(gold(tmp_path), answer("八項", quote="會議"), True, DOCUMENTS)
    assert wrong.reasons == ("the fact is not in the answer '八項[7]'", "a quote is not verbatim")
    unanswerable = gold(tmp_path, answerable=False)
    answered = judge_answer(unanswerable, answer("七项"), None, DOCUMENTS)
    assert answered.reasons == ("answered, not refused: '七项[7]'",)
    right = judge_answer(unanswerable, answer("没有", answered=False), None, DOCUMENTS)
    assert right.reasons == ()


def test_outcome_counts_by_language(tmp_path: Path) -> None:
    zh = judge_answer(gold(tmp_path), answer("7项。"), True, DOCUMENTS)
    en = judge_answer(gold(tmp_path, language="en"), answer("Eight."), True, DOCUMENTS)
    none = judge_answer(gold(tmp_path, answerable=False), answer("七项"), None, DOCUMENTS)
    found = outcome([zh, en, none], "q.jsonl", "extractive")
    facts = found["measures"]["answer_holds_fact"]
    assert facts["all"]["count"] == 2
    assert facts["zh"]["value"] == 1.0
    assert facts["en"]["value"] == 0.0
    assert found["measures"]["refused_unanswerable"]["en"] is None
    assert [failed["id"] for failed in found["failures"]] == ["q1", "q1"]
