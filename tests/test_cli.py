"""Every command does what its help says, in the JSON that others rely on."""

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from rag.cli import cli
from rag.loaders import read
from tests.cli_helpers import SEEDS, SHAPES, conforms, here, process, sample_library, write_lines

COMMANDS = {"ingest", "sync", "documents", "show", "inspect", "search", "ask", "summarize"} | {
    *("eval", "models", "doctor", "rebuild", "chat")
}
QUESTIONS = [
    pytest.param("2024年的会议部署了哪些重点任务？", "zh", id="zh-list"),
    pytest.param(
        "２０２６年那場年度會議，開幕會是誰主持的？", "zh", id="zh-traditional-full-width"
    ),
    pytest.param("What does the glossary say a compliance cycle is?", "en", id="en"),
    pytest.param("CCUS 是什么？", "zh", id="mixed"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_library(tmp_path_factory)


def run_json(*arguments: object) -> Any:
    """The JSON a command prints on one line, with nothing beside it."""
    done = CliRunner().invoke(cli, [*map(str, arguments), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
    return json.loads(done.stdout)


def leaves(group: click.Group, prefix: str = "") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        inner = leaves(command, f"{name} ") if isinstance(command, click.Group) else {name: command}
        found |= {f"{prefix}{key}": value for key, value in inner.items()}
    return found


def test_the_commands_are_there() -> None:
    assert set(cli.commands) >= COMMANDS
    assert {"models list", "models pull"} <= set(leaves(cli))


@pytest.mark.parametrize("name", sorted(leaves(cli)))
def test_every_command_takes_json_and_library(name: str) -> None:
    options = {option for item in leaves(cli)[name].params for option in item.opts}
    if name != "eval":  # a program of its own, which has them where they mean something
        assert "--library" in options
    if name not in {"eval", "chat"}:
        assert "--json" in options


@pytest.mark.parametrize("name", ["", *sorted(set(leaves(cli)) - {"eval"})])
def test_help_needs_nothing(name: str) -> None:
    done = CliRunner().invoke(cli, [*name.split(), "--help"])
    assert done.exit_code == 0
    assert done.stdout.startswith("Usage: ")


def test_version_is_printed() -> None:
    done = CliRunner().invoke(cli, ["--version"])
    assert done.exit_code == 0
    assert done.stdout.startswith("yinju, version ")


@pytest.mark.models
def test_documents(library: Path) -> None:
    rows = run_json("documents", "--library", library)
    conforms(rows, SHAPES["documents"])
    assert {Path(row["path"]).name for row in rows} == {
        path.name for path in SEEDS.iterdir() if path.suffix in {".md", ".txt"}
    }
    assert {row["language"] for row in rows} == {"zh", "en"}
    assert all(row["chunks"] and row["characters"] for row in rows)
    text = here("documents", "--library", library)
    assert text.out.splitlines()[-1] == f"{len(rows)} documents"


@pytest.mark.models
@pytest.mark.parametrize("name", ["2026-tasks.txt", "2024-meeting.txt", "en-ngo-brief.md"])
def test_show_and_inspect(library: Path, name: str) -> None:
    shown = run_json("show", name, "--library", library)
    conforms(shown, SHAPES["show"])
    raw = read(SEEDS / name).extracted.text
    for removal in shown["removals"]:
        assert raw[removal["start"] : removal["end"]] == removal["text"]
        assert removal["reason"]
    assert run_json("inspect", name, "--library", library) == shown["removals"]
    assert run_json("show", shown["id"], "--library", library) == shown
    assert here("show", name, "--library", library).out == shown["text"] + "\n"
    assert f"{len(shown['removals'])} changes" in here("inspect", name, "--library", library).out


@pytest.mark.models
@pytest.mark.parametrize(("question", "language"), QUESTIONS)
def test_search(library: Path, question: str, language: str) -> None:
    found = run_json("search", question, "-k", 3, "--library", library)
    conforms(found, SHAPES["search"])
    assert found["question"] == question
    assert len(found["hits"]) == 3
    for hit in found["hits"]:
        text = run_json("show", hit["document_id"], "--library", library)["text"]
        assert hit["text"] == text[hit["start"] : hit["end"]]
    printed = here("search", question, "-k", 3, "--library", library).out
    assert [line[:2] for line in printed.splitlines() if line[0].isdigit()] == ["1.", "2.", "3."]


@pytest.mark.models
@pytest.mark.parametrize(("question", "language"), QUESTIONS)
def test_ask(library: Path, question: str, language: str) -> None:
    options = ["--mode", "extractive", "--library", library]
    answer = run_json("ask", question, *options)
    conforms(answer, SHAPES["ask"])
    assert (answer["question"], answer["language"]) == (question, language)
    assert answer["mode"] == "extractive"
    numbers = [citation["number"] for citation in answer["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert answer["answered"] == bool(numbers)
    for citation in answer["citations"]:
        text = run_json("show", citation["document_id"], "--library", library)["text"]
        assert citation["quote"] == text[citation["start"] : citation["end"]]
    printed = here("ask", question, *options)
    assert printed.code == 0
    assert printed.out.startswith(answer["answer"] + "\n")
    assert "\x1b" not in printed.out + printed.err
    assert printed.err.splitlines()[-1].startswith("mode: extractive, ")


@pytest.mark.models
def test_a_refusal_is_no_failure(library: Path) -> None:
    question = "Who won the chess championship of 1997?"
    answer = run_json("ask", question, "--library", library, "--mode", "extractive")
    conforms(answer, SHAPES["ask"])
    assert not answer["answered"]
    assert answer["citations"] == answer["claims"] == []
    assert answer["nearest"]


BATCH = [
    {"id": "zh", "question": "2026年那场年度会议，开幕会是谁主持的？"},
    "{not json",
    {"question": "What is a compliance cycle?"},
    "",
    {"id": "none"},
    {"id": "blank", "question": " "},
    {"id": "half", "question": "caf\ud800"},
    '{"id": 9, "question": "一条主线是什么\u2028？"}',
    "[1]",
]


def write_batch(path: Path) -> Path:
    rows = [json.dumps(row) if isinstance(row, dict) else row for row in BATCH]
    return write_lines(path, rows)


@pytest.mark.models
@pytest.mark.parametrize("command", ["search", "ask"])
def test_a_file_of_questions(library: Path, tmp_path: Path, command: str) -> None:
    source = write_batch(tmp_path / "q.jsonl")
    mode = ["--mode", "extractive"] if command == "ask" else []
    done = here(command, "--from", source, "--library", library, *mode)
    assert done.code == 1
    assert done.only_line() == "yinju: 5 of 8 questions failed; see their error."
    rows = done.lines
    assert [row["id"] for row in rows] == ["zh", 2, 3, "none", "blank", "half", 9, 9]
    for row in (rows[0], rows[2], rows[6]):
        conforms(row, SHAPES[command])
    errors = {index: row["error"] for index, row in enumerate(rows) if "error" in row}
    assert sorted(errors) == [1, 3, 4, 5, 7]
    assert errors[1].startswith("Line 2 is not JSON: ")
    assert "no text `question`" in errors[3]
    assert "empty" in errors[4]
    assert "surrogate" in errors[5]


@pytest.mark.models
def test_contexts_stand_in_for_the_library(tmp_path: Path) -> None:
    contexts = {
        "en": ["The meeting was held on 5 March 2022.", "会议共有３０人参加。"],
        "zh": ["会议于2022年3月5日召开。", "Thirty people came."],
        "traditional": ["會議於２０２２年３月５日召開。", "共三十人參加。"],
    }
    asked = {"en": "When was the meeting held?", "zh": "会议是哪天召开的？"}
    rows = [
        {"id": key, "question": asked.get(key, "會議是哪天召開的？"), "contexts": texts}
        for key, texts in contexts.items()
    ]
    bad = [
        {"id": "text", "question": "When?", "contexts": "not a list"},
        {"id": "number", "question": "When?", "contexts": [1]},
        {"id": "empty", "question": "When was it?", "contexts": []},
    ]
    source = write_lines(tmp_path / "c.jsonl", [*rows, *bad])
    done = here("ask", "--from", source, "--mode", "extractive")
    assert done.code == 1
    found = {row["id"]: row for row in done.lines}
    for key, texts in contexts.items():
        conforms(found[key], SHAPES["ask"])
        assert found[key]["answered"], key
        for citation in found[key]["citations"]:
            place = int(citation["document"].removeprefix("context-")) - 1
            assert citation["quote"] == texts[place][citation["start"] : citation["end"]]
    assert all("`contexts`" in found[key]["error"] for key in ("text", "number"))
    assert found["empty"]["answered"] is False


@pytest.mark.models
def test_summarize(library: Path, tmp_path: Path) -> None:
    names = ["2026-meeting.txt", "en-ngo-brief.md"]
    options = ["--out", tmp_path / "out", "--points", 3, "--mode", "extractive"]
    report = run_json("summarize", *names, *options, "--library", library)
    assert report["failed"] == []
    assert {Path(path).stem for path in report["written"]} == {Path(name).stem for name in names}
    for name in names:
        path = tmp_path / "out" / f"{Path(name).stem}.json"
        summary = json.loads(path.read_text("utf-8"))
        conforms(summary, SHAPES["summarize"])
        assert 0 < len(summary["points"]) <= 3
        text = run_json("show", name, "--library", library)["text"]
        for point in summary["points"]:
            assert point["zh"] or point["en"]
            for citation in point["citations"]:
                assert citation["quote"] == text[citation["start"] : citation["end"]]
        assert all(
            " ".join(point["citations"][0]["quote"].split()) in path.with_suffix(".md").read_text()
            for point in summary["points"]
        )
    again = run_json("summarize", *names, *options, "--library", library)
    assert again["written"] == []
    assert sorted(again["unchanged"]) == sorted(report["written"])


@pytest.mark.models
def test_a_library_follows_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    first, second = folder / "一.txt", folder / "two.md"
    first.write_text("会议于2022年3月5日召开，馆长主持。", "utf-8")
    second.write_text("# Two\n\nThe library lent 125,000 books in the year.\n", "utf-8")
    (folder / "data.dat").write_text("1,2", "utf-8")
    added = run_json("ingest", folder)
    conforms(added, SHAPES["ingest"])
    assert sorted(added["added"]) == [str(second), str(first)]
    assert [item["path"] for item in added["warnings"]] == [str(folder / "data.dat")]
    assert len(run_json("ingest", folder)["unchanged"]) == 2
    before = run_json("search", "年度借书")["hits"]
    chunks = sum(row["chunks"] for row in run_json("documents"))
    assert run_json("rebuild") == {"chunks": chunks}
    assert run_json("search", "年度借书")["hits"] == before
    first.write_text("会议于2023年4月6日召开。", "utf-8")
    second.unlink()
    synced = run_json("sync", folder)
    conforms(synced, SHAPES["ingest"])
    assert (synced["changed"], synced["removed"]) == ([str(first)], [str(second)])
    assert [row["path"] for row in run_json("documents")] == [str(first)]


@pytest.mark.models
def test_models_and_doctor(library: Path) -> None:
    rows = run_json("models", "list")
    conforms(rows, [{"name": str, "licence": str, "bytes": int, "sha256": str, "pulled": bool}])
    assert [row["name"] for row in rows] == ["e5", "llm"]
    assert rows[0]["pulled"]
    assert [row["already_there"] for row in run_json("models", "pull", "e5")] == [True]
    facts = run_json("doctor", "--library", library)
    conforms(facts, {"library": str, "mode": str, "hosts": [str], "problems": [str]})
    assert facts["documents"] == 9
    assert facts["problems"] == []


@pytest.mark.models
def test_eval_is_the_evaluation_program(tmp_path: Path) -> None:
    rows = [
        {"id": "zh", "answer": "会议于3月5日召开。", "contexts": ["會議於３月５日召開。"]},
        {"id": "en", "answer": "It was held on 6 March.", "contexts": ["It was held on 5 March."]},
    ]
    source = write_lines(tmp_path / "in.jsonl", rows)
    done = process("eval", "faithfulness", source, "--out", tmp_path / "out.jsonl")
    assert done.code == 0, done.err
    scored = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    conforms(scored, [SHAPES["faithfulness"]])
    assert [row["score"] for row in scored] == [1.0, 0.0]
    assert "faithfulness" in process("eval", "--help").out
    assert process("eval", "faithfulness", tmp_path / "none").code == 1
    assert process("eval", "nonsense").code == 2
