"""The commands as they are run: exit codes, one clear line, and the real embedder end to end."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.eval_helpers import read_rows, write_lines

ZH = (
    "2024年全国生态环境保护工作会议1月23日至24日在北京召开。"
    "会议部署了七项重点任务，由副部长主持开幕会。"
)
EN = (
    "The national meeting of 2024 was held in Beijing on 23 and 24 January. It set seven tasks, "
    "and 12.5 million tonnes of emissions were cut."
)
FAITHFUL = {
    "zh": "2024年全国会议于1月23日至24日在北京召开。会议部署了七项任务。",
    "en": "The 2024 national meeting was held in Beijing on 23-24 January. It set seven tasks.",
}
ALTERED = {
    "zh": FAITHFUL["zh"].replace("24日", "27日"),
    "en": FAITHFUL["en"].replace("23-24", "23-27"),
}


def run(*arguments: object, path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "eval", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["faithfulness", "none.jsonl"], 1, "There is no file 'none.jsonl'. Check the path."),
        (["faithfulness", "latin.jsonl"], 1, "'latin.jsonl' is not UTF-8 (byte 12)."),
        (["faithfulness", "empty"], 1, "The folder 'empty' holds no .json file."),
        (["faithfulness", "a.jsonl", "--out", "a.jsonl"], 1, "--out is the file to score."),
        (["faithfulness", "a.jsonl", "--judge", "llm"], 1, "There is no LLM to judge with."),
        (["faithfulness", "a.jsonl", "--resume"], 2, "--resume needs --out."),
        (["faithfulness"], 2, "Missing argument 'SOURCE'."),
        (["questions", "a.jsonl"], 1, "The library is empty."),
        (["calibrate", "--cache", "c"], 2, "Give --data or --set."),
        (["calibrate", "--cache", "c", "--data", "none"], 1, "There is no folder 'none'."),
        (["refusal"], 2, "Missing option '--data'."),
        (["refusal", "--data", "none"], 1, "There is no folder 'none'."),
        (["refusal", "--data", "empty"], 1, "'empty' holds no set with passages."),
        (["nonsense"], 2, "No such command 'nonsense'."),
    ],
)
def test_misuse_is_one_clear_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: int,
    line: str,
) -> None:
    monkeypatch.setenv("YINJU_MODE", "extractive")
    (tmp_path / "empty").mkdir()
    (tmp_path / "latin.jsonl").write_bytes('{"answer": "é"}'.encode("latin-1"))
    write_lines(tmp_path / "a.jsonl", [{"id": 1, "answer": "x", "contexts": ["x"]}])
    done = run(*arguments, path=tmp_path)
    assert done.returncode == code
    assert line in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_help_names_every_command(tmp_path: Path) -> None:
    done = run("--help", path=tmp_path)
    assert done.returncode == 0
    for command in ("faithfulness", "questions", "calibrate", "refusal", "bench"):
        assert command in done.stdout


def test_unscored_rows_need_no_model(tmp_path: Path) -> None:
    rows: list[Any] = [
        {"id": "a", "answer": "", "contexts": [ZH]},
        "not json",
        {"id": "b", "answer": "资料中没有提到这一点。", "contexts": [ZH]},
    ]
    source = write_lines(tmp_path / "in.jsonl", rows)
    done = run("faithfulness", source, "--out", "deep/out.jsonl", "--json", path=tmp_path)
    assert done.returncode == 0
    written = read_rows(tmp_path / "deep" / "out.jsonl")
    assert [row["unscored"] for row in written] == ["empty_answer", "bad_line", "refusal"]
    summary = json.loads(done.stdout)
    assert summary["scored"] == 0
    assert summary["score"]["all"] is None
    assert "1 refusal" in done.stderr


@pytest.mark.models
def test_an_altered_number_scores_lower_in_both_languages(tmp_path: Path) -> None:
    rows = [
        {"id": f"{kind} {answer} on {context[0]}", "answer": text[answer], "contexts": [context[1]]}
        for kind, text in (("faithful", FAITHFUL), ("altered", ALTERED))
        for answer in ("zh", "en")
        for context in (("zh", ZH), ("en", EN))
    ]
    source = write_lines(tmp_path / "in.jsonl", rows)
    done = run("faithfulness", source, "--out", "out.jsonl", "--json", path=tmp_path)
    assert done.returncode == 0, done.stderr
    written = read_rows(tmp_path / "out.jsonl")
    scores = {row["id"]: row["score"] for row in written}
    assert [row["id"] for row in written] == [row["id"] for row in rows]
    for pair in ("zh on zh", "en on en", "zh on en", "en on zh"):
        assert scores[f"altered {pair}"] < scores[f"faithful {pair}"], pair
    altered = next(row for row in written if row["id"] == "altered zh on zh")
    assert "27日" in altered["claims"][0]["reason"]
    before = (tmp_path / "out.jsonl").read_bytes()
    again = run("faithfulness", source, "--out", "again.jsonl", path=tmp_path)
    assert again.returncode == 0
    assert (tmp_path / "again.jsonl").read_bytes() == before
    resumed = run("faithfulness", source, "--out", "out.jsonl", "--resume", path=tmp_path)
    assert resumed.returncode == 0
    assert (tmp_path / "out.jsonl").read_bytes() == before


@pytest.mark.models
def test_questions_over_a_library(tmp_path: Path) -> None:
    from rag import load_settings, open_engine

    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(f"2024年工作会议\n\n{ZH}\n", "utf-8")
    (folder / "b.txt").write_text(f"Notes on the meeting\n\n{EN}\n", "utf-8")
    library = tmp_path / "library"
    with open_engine(load_settings(library=library, mode="extractive")) as engine:
        engine.ingest([folder])
    rows = [
        {
            "id": "q1",
            "language": "zh",
            "question": "2024年的会议在哪里召开？",
            "answerable": True,
            "answer": "北京|Beijing",
            "evidence": [{"document": "a.txt", "text": "在北京召開"}],
        },
        {"id": "q2", "language": "en", "question": "Who won the match?", "answerable": False},
    ]
    source = write_lines(tmp_path / "q.jsonl", rows)
    options = ["--library", library, "--mode", "extractive"]
    done = run("questions", source, *options, "--json", path=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["mode"] == "extractive"
    assert found["measures"]["evidence_recall_at_8"]["zh"]["value"] == 1.0
    assert found["measures"]["refused_unanswerable"]["en"]["count"] == 1
    assert found["measures"]["quotes_verbatim"]["all"]["value"] == 1.0
    table = run("questions", source, *options, "--failures", path=tmp_path)
    assert table.returncode == 0
    assert table.stdout.count("\n") == 2 * len(found["failures"])
