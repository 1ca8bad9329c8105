"""A conversation in `ask --from`, and how `eval followups` measures one; with the real model."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli_helpers import SEEDS, here, process, sample_library, write_lines

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_library(tmp_path_factory)


def asked(library: Path, tmp_path: Path, *rows: Any) -> list[dict[str, Any]]:
    source = write_lines(tmp_path / "rows.jsonl", rows)
    done = here("ask", "--from", source, "--mode", "extractive", "--library", library)
    return done.lines


def test_a_row_may_hold_the_conversation_before(library: Path, tmp_path: Path) -> None:
    first, second, third = asked(
        library,
        tmp_path,
        {"question": "2024年会议的开幕会由谁主持？"},
        {
            "question": "那2026年呢？",
            "history": [
                {
                    "question": "2024年会议的开幕会由谁主持？",
                    "answer": "赵英民",
                    "citations": [{"document": "2024-meeting.txt", "start": 1730, "end": 1744}],
                }
            ],
        },
        {"question": "And in 2025?", "history": [{"question": "Who chaired the 2024 meeting?"}]},
    )
    assert first["standalone"] is None
    assert second["standalone"] == "2026年会议的开幕会由谁主持？"
    assert second["question"] == "那2026年呢？"
    assert "郭芳" in second["answer"]
    assert third["standalone"] == "Who chaired the 2025 meeting?"
    again = asked(library, tmp_path, {"question": "那2025年呢？", "history": [second]})
    assert again[0]["standalone"] == "2025年会议的开幕会由谁主持？", "what ask prints will do"


def test_after_a_refusal_the_same_question_is_refused_again(library: Path, tmp_path: Path) -> None:
    question = "2022年的会议在哪一天召开？"
    (first,) = asked(library, tmp_path, {"question": question})
    assert not first["answered"]
    (again,) = asked(library, tmp_path, {"question": question, "history": [first]})
    assert not again["answered"]
    assert again["answer"] == first["answer"]
    (other,) = asked(library, tmp_path, {"question": "那2024年呢？", "history": [first]})
    assert other["standalone"] == "2024年的会议在哪一天召开？"


def test_a_whole_document_question_prints_its_coverage(library: Path, tmp_path: Path) -> None:
    (row,) = asked(library, tmp_path, {"question": "全文提到多少次碳市场？"})
    assert row["coverage"]["passages_read"] == row["coverage"]["passages_total"] > 50
    assert row["coverage"]["documents"] == 9
    assert row["coverage"]["found"] == len(row["citations"])
    done = here(
        "ask", "Is dioxin mentioned anywhere?", "--mode", "extractive", "--library", library
    )
    total = row["coverage"]["passages_total"]
    assert f"read {total} of {total} passages in 9 document(s)" in done.err
    assert "not mentioned" in done.out


@pytest.mark.parametrize(
    "history",
    [
        "那2024年呢？",
        ["text"],
        [{"answer": "no question"}],
        [{"question": "q", "answer": 3}],
        [{"question": "q", "citations": ["x"]}],
        [{"question": "q", "citations": [{"document": "a.txt"}]}],
    ],
)
def test_a_bad_history_is_one_clear_error(library: Path, tmp_path: Path, history: Any) -> None:
    (row,) = asked(library, tmp_path, {"question": "那2026年呢？", "history": history})
    assert row.keys() == {"id", "error"}
    assert "history" in row["error"] or "answer" in row["error"]


def test_eval_followups_measures_raw_understood_and_gold(library: Path, tmp_path: Path) -> None:
    lines = (SEEDS / "followups.jsonl").read_text("utf-8").splitlines()
    source = write_lines(tmp_path / "some.jsonl", lines[:2])
    alone = write_lines(
        tmp_path / "alone.jsonl",
        [
            {"id": str(n), "question": f"第{n}个港口有几台起重机？", "answerable": False}
            for n in range(3)
        ],
    )
    done = process("eval", "followups", source, "--library", library, "--alone", alone, "--json")
    assert done.code == 0, done.err
    assert done.json["follow_ups"] == 2
    assert done.json["changed_alone"] == {"count": 9, "value": 0.0, "low": 0.0, "high": 0.0}
    measures = done.json["measures"]
    assert measures["understood"]["all"]["value"] >= measures["raw"]["all"]["value"]
    bad = write_lines(tmp_path / "bad.jsonl", [{"id": "f1"}])
    failed = process("eval", "followups", bad, "--library", library)
    assert failed.code == 1
    assert failed.err.strip().startswith("yinju eval: bad.jsonl line 1: field ")
