"""The command as a process: terminals, signals, closed pipes and exit codes."""

import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli_helpers import (
    SEEDS,
    START,
    environment,
    here,
    process,
    sample_library,
    spawn,
    write_lines,
)
from tests.servers import ChatServer, chat_server, says, slow

QUESTION = "2026年那场年度会议，开幕会是谁主持的？"
REPLY = says("开幕会由副部长", "郭芳主持[1][99]。")
INTERRUPTED = b"Interrupted; what was finished is kept."
PATIENCE = 60.0
"""Seconds until a process that should have moved on is given up."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_library(tmp_path_factory)


def endpoint(server: ChatServer) -> dict[str, str]:
    return {
        "YINJU_MODE": "openai",
        "YINJU_BASE_URL": server.base_url,
        "YINJU_API_KEY": "sk-secret",
        "YINJU_MODEL": "test-model",
        "YINJU_RETRIES": "0",
    }


def wait_until(condition: Callable[[], bool], running: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert running.poll() is None, f"it ended too soon: {running.communicate()}"
        assert time.monotonic() < deadline, "it did not get there"
        time.sleep(0.02)


def interrupt(running: Any) -> bytes:
    """Press Ctrl-C; it must end soon with 130 and one line. Returns what it had printed."""
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=PATIENCE / 2)
    assert running.returncode == 130, err
    assert err.strip() == INTERRUPTED
    return bytes(out)


def on_terminal(*arguments: object, **changes: str) -> tuple[int, str]:
    """Run on a pseudo-terminal of 100 columns; exit code and everything shown."""
    ours, theirs = pty.openpty()
    changes |= {"TERM": "xterm-256color", "COLUMNS": "100"}
    running = subprocess.Popen(
        [sys.executable, "-c", START, *map(str, arguments)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(**changes),
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:
        """Linux says so when the other side has closed."""
    os.close(ours)
    return running.wait(), shown.decode()


@pytest.mark.models
def test_the_answer_streams_on_a_terminal_only(library: Path) -> None:
    with chat_server([REPLY]) as server:
        code, shown = on_terminal("ask", QUESTION, "--library", library, **endpoint(server))
        piped = process("ask", QUESTION, "--library", library, **endpoint(server))
    assert (code, piped.code) == (0, 0)
    assert "[99]" in shown, "the writer's own text, before it was checked"
    final = shown[shown.rindex("[99]") :]
    assert "郭芳主持" in final
    assert "[1] " in final
    assert "[99]" not in piped.out
    assert "\x1b" not in piped.out + piped.err
    assert "郭芳主持" in piped.out
    assert piped.err.splitlines()[-1].startswith("mode: openai (test-model), ")


@pytest.mark.models
def test_json_on_a_terminal_is_json(library: Path) -> None:
    code, shown = on_terminal(
        "ask", QUESTION, "--library", library, "--mode", "extractive", "--json"
    )
    assert code == 0
    assert json.loads(shown)["answered"]


@pytest.mark.models
def test_progress_is_shown_on_a_terminal(tmp_path: Path) -> None:
    source = SEEDS / "2021-meeting.txt"
    code, shown = on_terminal("ingest", source, "--library", tmp_path / "a")
    assert code == 0
    assert "Ingesting" in shown


@pytest.mark.models
@pytest.mark.parametrize(
    "arguments",
    [
        ("documents",),
        ("show", "2026-meeting.txt"),
        ("search", "碳市场", "--json"),
        ("ask", QUESTION, "--mode", "extractive"),
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_a_reader_that_goes_away_is_no_news(library: Path, arguments: tuple[str, ...]) -> None:
    running = spawn(*arguments, "--library", library)
    running.stdout.close()
    with running.stderr as stderr:
        assert stderr.read() == b""
    assert running.wait() in {0, 1}


@pytest.mark.models
def test_head_takes_the_first_line(library: Path) -> None:
    command = f'"{sys.executable}" -m rag show 2026-meeting.txt --library "{library}" | head -1'
    done = subprocess.run(
        command, shell=True, capture_output=True, env=environment(), check=True, encoding="utf-8"
    )
    assert (
        done.stdout
        == here("show", "2026-meeting.txt", "--library", library).out.split("\n")[0] + "\n"
    )
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--help",), 0),
        (("documents",), 0),
        (("show", "none.txt"), 1),
        (("ingest", "none.txt"), 1),
        (("nonsense",), 2),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: int) -> None:
    done = process(*arguments)
    assert done.code == code
    assert (done.err != "") == (code != 0)
    assert "Traceback" not in done.err


def many_texts(folder: Path) -> Path:
    folder.mkdir()
    for number in range(60):
        text = (
            f"第{number}次会议于2022年3月5日召开。\n\nMeeting {number} had {number + 7} guests.\n"
        )
        (folder / f"{number:03}.txt").write_text(text * 20, "utf-8")
    return folder


def stored(library: Path) -> int:
    try:
        with sqlite3.connect(f"file:{library}/library.db?mode=ro", uri=True) as database:
            return int(database.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


@pytest.mark.models
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_ingest_keeps_what_was_finished(tmp_path: Path, number: int) -> None:
    folder, library = many_texts(tmp_path / "texts"), tmp_path / "library"
    running = spawn("ingest", folder, "--library", library)
    wait_until(lambda: stored(library) >= 3, running)
    running.send_signal(number)
    out, err = (said.decode() for said in running.communicate(timeout=PATIENCE))
    assert running.returncode == 130, err
    rows = here("documents", "--library", library, "--json").json
    assert 3 <= len(rows) < 60, "it had finished before the signal"
    assert all(row["chunks"] for row in rows)
    assert [line.split()[0] for line in out.splitlines()] == [
        *["added"] * len(rows),
        f"{len(rows)}",
    ]
    asked, told = err.split("\n")[1:3]
    assert "Stopping after this document" in asked
    assert told == f"Interrupted; {60 - len(rows)} files not reached; what was finished is kept."
    again = here("ingest", folder, "--library", library, "--json").json
    assert len(again["unchanged"]) == len(rows)
    assert len(again["added"]) == 60 - len(rows)
    facts = here("doctor", "--library", library, "--json").json
    assert (facts["documents"], facts["problems"]) == (60, [])


@pytest.mark.models
def test_a_second_interrupt_ends_at_once(tmp_path: Path) -> None:
    library = tmp_path / "library"
    long = tmp_path / "长.txt"
    lines = (f"第{number}项：全面落实重点任务，持续改善水质。" for number in range(20_000))
    long.write_text("\n".join(lines), "utf-8")
    running = spawn("ingest", long, "--library", library)
    wait_until((library / "library.db").exists, running)
    running.send_signal(signal.SIGINT)
    assert b"Stopping" in running.stderr.readline() + running.stderr.readline()
    assert running.poll() is None, "the document is not finished yet"
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=PATIENCE / 10)
    assert (running.returncode, out, err) == (130, b"", b"")
    assert here("documents", "--library", library, "--json").json == []
    assert here("ingest", SEEDS / "en-ngo-brief.md", "--library", library).code == 0


@pytest.mark.models
def test_an_interrupted_question(library: Path) -> None:
    with chat_server([slow(PATIENCE)]) as server:
        running = spawn("ask", QUESTION, "--library", library, **endpoint(server))
        wait_until(lambda: bool(server.chats), running)
        assert interrupt(running) == b""


@pytest.mark.models
def test_an_interrupted_batch_keeps_its_answers(library: Path, tmp_path: Path) -> None:
    rows = [{"id": number, "question": QUESTION} for number in range(3)]
    source = write_lines(tmp_path / "q.jsonl", rows)
    with chat_server([REPLY, slow(PATIENCE)]) as server:
        running = spawn("ask", "--from", source, "--library", library, **endpoint(server))
        wait_until(lambda: len(server.chats) == 2, running)
        lines = interrupt(running).splitlines()
    assert [json.loads(line)["id"] for line in lines] == [0]


@pytest.mark.models
def test_interrupted_summaries_keep_those_that_are_whole(library: Path, tmp_path: Path) -> None:
    names = ["en-ngo-brief.md", "2026-meeting.txt", "2021-meeting.txt"]
    options = ["--jobs", 1, "--points", 1, "--out", tmp_path, "--library", library]

    def finished() -> list[str]:
        return sorted(path.name for path in tmp_path.glob("*.json"))

    hanging: list[Any] = []

    def reply(body: Any) -> Any:
        if not finished():
            return says("这是一句译文。")
        hanging.append(body)
        return slow(PATIENCE)

    with chat_server([reply]) as server:
        running = spawn("summarize", *names, *options, **endpoint(server))
        wait_until(lambda: bool(hanging), running)
        interrupt(running)
    assert finished() == ["en-ngo-brief.json"]
    assert (tmp_path / "en-ngo-brief.md").is_file()
