"""The sample documents decode as stated, the gold questions rest on them, all in our words."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import opencc
import pytest

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
ENCODINGS = {
    "2021-meeting.txt": "utf-8",
    "2024-meeting.txt": "gb18030",
    "2025-meeting.txt": "utf-8",
    "2026-meeting.txt": "utf-8",
    "2026-tasks.txt": "utf-8",
    "bilingual-terms.md": "utf-8",
    "en-glossary-carbon-market.txt": "utf-8",
    "en-ngo-brief.md": "utf-8",
    "reading-notes-big5.txt": "big5",
}
PINYIN = re.compile(r"\([a-zɡ\u00e0-\u01dc]+\)")
LONGEST_SHARED_RUN = 35
FIELDS = {"id", "language", "question", "answerable", "note"}
ANSWERED_FIELDS = FIELDS | {"answer", "evidence"}


def fold(text: str) -> str:
    return PINYIN.sub("", unicodedata.normalize("NFKC", text))


@cache
def to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    return str(to_simplified().convert(fold(text)))


@cache
def document(name: str) -> str:
    return fold((SEEDS / name).read_bytes().decode(ENCODINGS[name]))


def read_questions() -> list[dict[str, Any]]:
    lines = (SEEDS / "questions.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


QUESTIONS = read_questions()
ANSWERABLE = [question for question in QUESTIONS if question["answerable"]]


def by_id(question: dict[str, Any]) -> str:
    return str(question["id"])


def han(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff]", "", text)


def runs(text: str, length: int) -> Iterator[str]:
    return (text[start : start + length] for start in range(len(text) - length + 1))


def test_every_document_is_listed_and_explained() -> None:
    files = {path.name for path in SEEDS.iterdir() if path.suffix in {".md", ".txt"}}
    assert files == set(ENCODINGS)
    readme = (ROOT / "SEEDS.md").read_text("utf-8")
    for name, encoding in ENCODINGS.items():
        (row,) = [line for line in readme.splitlines() if line.startswith(f"| `{name}` |")]
        assert row.split("|")[2].strip().lower() == encoding


@pytest.mark.parametrize("name", ENCODINGS)
def test_document_decodes_in_its_encoding_only(name: str) -> None:
    raw = (SEEDS / name).read_bytes()
    assert "\ufffd" not in raw.decode(ENCODINGS[name])
    if ENCODINGS[name] != "utf-8":
        with pytest.raises(UnicodeDecodeError):
            raw.decode("utf-8")


@pytest.mark.parametrize(
    ("name", "mess"),
    [
        pytest.param("2026-meeting.txt", r"\A(.+)。\n\1。", id="title-repeated"),
        pytest.param("2026-meeting.txt", r"國\(guó\)", id="pinyin"),
        pytest.param("2026-tasks.txt", r"\A广告\n", id="advertisement"),
        pytest.param("2026-tasks.txt", r"\n\d{2,3}\n", id="view-counter"),
        pytest.param("2025-meeting.txt", r"\nDate: None\nURL: ", id="page-header"),
        pytest.param("2025-meeting.txt", r"２０２５年", id="full-width-digits"),
        pytest.param("2024-meeting.txt", r"\n\n(111|222|333)\n\n", id="image-placeholder"),
        pytest.param("2024-meeting.txt", r"\n\u00a0", id="non-breaking-space"),
        pytest.param("2024-meeting.txt", r"[^。;\n]第七项,", id="lost-line-break"),
        pytest.param("2021-meeting.txt", r"ＰＭ２\.５", id="full-width-letters"),
        pytest.param("2021-meeting.txt", r"—— ", id="long-dash"),
    ],
)
def test_the_mess_is_there(name: str, mess: str) -> None:
    assert re.search(mess, (SEEDS / name).read_bytes().decode(ENCODINGS[name]))


def test_question_counts() -> None:
    counts = Counter((question["language"], question["answerable"]) for question in QUESTIONS)
    assert counts == {("zh", True): 27, ("en", True): 18, ("zh", False): 8, ("en", False): 7}
    assert [question["id"] for question in QUESTIONS] == [f"q{n:02d}" for n in range(1, 61)]
    assert len({question["question"] for question in QUESTIONS}) == 60


@pytest.mark.parametrize("question", QUESTIONS, ids=by_id)
def test_question_has_its_fields(question: dict[str, Any]) -> None:
    expected = ANSWERED_FIELDS if question["answerable"] else FIELDS
    assert set(question) - {"shared_evidence"} == expected
    assert question["note"]
    assert ("zh" if han(question["question"]) else "en") == question["language"]


def test_english_questions_reach_across_languages() -> None:
    chinese = {"2021-meeting.txt", "2024-meeting.txt", "2025-meeting.txt", "2026-meeting.txt"}
    chinese.add("2026-tasks.txt")
    across = [
        question
        for question in ANSWERABLE
        if question["language"] == "en"
        and all(item["document"] in chinese for item in question["evidence"])
    ]
    assert len(across) >= 10


@pytest.mark.parametrize("question", ANSWERABLE, ids=by_id)
def test_evidence_stands_once_in_its_document(question: dict[str, Any]) -> None:
    for item in question["evidence"]:
        found = re.findall(item["text"], document(item["document"]), re.IGNORECASE)
        assert len(found) == 1, item


@pytest.mark.parametrize("question", ANSWERABLE, ids=by_id)
def test_answer_pattern_discriminates(question: dict[str, Any]) -> None:
    answer = re.compile(question["answer"], re.IGNORECASE)
    assert not answer.search(simplified(question["question"])), "the question gives it away"
    texts = [simplified(line) for line in evidence_lines(question)]
    assert any(answer.search(text) for text in texts), texts


def evidence_lines(question: dict[str, Any]) -> Iterator[str]:
    """The evidence with the 80 characters on either side, where the answer must stand."""
    for item in question["evidence"]:
        text = document(item["document"])
        match = re.search(item["text"], text, re.IGNORECASE)
        assert match, item
        yield text[max(0, match.start() - 80) : match.end() + 80]


def test_follow_ups_rest_on_the_documents() -> None:
    lines = (SEEDS / "followups.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["id"] for row in rows] == [f"f{n:02d}" for n in range(1, 65)]
    assert Counter(row["part"] for row in rows) == {"build": 32, "apart": 32}
    for row in rows:
        assert row["history"]
        assert row["standalone"] != row["question"]
        for item in row["evidence"]:
            found = re.findall(fold(item["text"]), document(item["document"]), re.IGNORECASE)
            assert len(found) == 1, (row["id"], item)


def test_shared_evidence_stands_in_a_public_report(shared: Path) -> None:
    reports = [simplified(path.read_text("utf-8")) for path in (shared / "seeds").glob("*.txt")]
    patterns = [question.get("shared_evidence") for question in ANSWERABLE]
    assert sum(pattern is not None for pattern in patterns) >= 30
    for pattern in filter(None, patterns):
        assert any(re.search(pattern, report) for report in reports), pattern


def test_no_long_run_is_shared_with_the_public_reports(shared: Path) -> None:
    length = LONGEST_SHARED_RUN + 1
    taken: set[str] = set()
    for path in (shared / "seeds").glob("*.txt"):
        taken.update(runs(han(simplified(path.read_text("utf-8"))), length))
    assert taken
    for name in ENCODINGS:
        ours = han(simplified(document(name)))
        assert not taken.intersection(runs(ours, length)), name
    gold = han(simplified((SEEDS / "questions.jsonl").read_text("utf-8")))
    assert not taken.intersection(runs(gold, length))
