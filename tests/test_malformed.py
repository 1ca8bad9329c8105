"""Two hundred malformed files through the real command: no crash, a line each, memory bounded."""

import random
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from rag.commands.options import one_line
from rag.errors import InputError
from rag.loaders import Limits, extract
from tests.cli_helpers import environment, here
from tests.malformed import EN, ZH, Case, cases, good_files, mutated, place_special

MOST_MEMORY = 2 * 1024**3
LIMITS = {"YINJU_MAX_CHARACTERS": "100000", "YINJU_PARSE_SECONDS": "20"}


MEASURE = """
import os, subprocess, sys
running = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(running.pid, 0)
unit = 1 if sys.platform == "darwin" else 1024
with open(sys.argv[1], "w") as file:
    file.write(f"{os.waitstatus_to_exitcode(status)} {used.ru_maxrss * unit}")
"""
"""Runs a command from a process that is itself small: what one starts inherits the peak memory
of who starts it, and the tests' own process is large by now."""


class Run(NamedTuple):
    """What one `yinju ingest` left."""

    code: int
    out: str
    err: str
    memory: int
    """Most bytes of this process, or of one that it started, in memory at once."""


def ingest(folder: Path, library: Path, *options: str) -> Run:
    arguments = [sys.executable, "-m", "rag", "ingest", str(folder), "--library", str(library)]
    out, err = library.with_suffix(".out"), library.with_suffix(".err")
    used = library.with_suffix(".used")
    with out.open("wb") as stdout, err.open("wb") as stderr:
        subprocess.run(
            [sys.executable, "-c", MEASURE, str(used), *arguments, *options],
            stdout=stdout,
            stderr=stderr,
            env=environment(**LIMITS),
            check=True,
        )
    code, memory = map(int, used.read_text().split())
    return Run(code, out.read_text(), err.read_text(), memory)


def shown(path: Path) -> str:
    return one_line(str(path)).encode("utf-8", "backslashreplace").decode()


def put(folder: Path, bad: list[Case]) -> None:
    folder.mkdir()
    for name, content in good_files().items():
        (folder / name).write_bytes(content)
    for case in bad:
        (folder / case.name).write_bytes(case.content)


@pytest.mark.models
@pytest.mark.skipif(sys.platform == "win32", reason="no pipes and sockets among files")
def test_two_hundred_malformed_files_stop_nothing(tmp_path: Path) -> None:
    folder, library = tmp_path / "文件 files", tmp_path / "library"
    bad = cases()
    put(folder, bad)
    fates = {folder / case.name: case.fate for case in bad} | dict(place_special(folder))
    assert len(fates) >= 200
    run = ingest(folder, library)
    assert "Traceback" not in run.err
    assert (run.code, run.memory < MOST_MEMORY) == (1, True)
    by_shown = {shown(path): path for path in fates}
    told = Counter[Path]()
    failed = set[Path]()
    for line in run.err.splitlines():
        kind, _, rest = line.partition(": ")
        assert kind in {"failed", "warning"}, line
        path = next((path for name, path in by_shown.items() if rest.startswith(name + ": ")), None)
        if path is None:
            assert kind == "warning", line
            assert rest.split(": ")[0] in {shown(folder / name) for name in good_files()}, line
            continue
        told[path] += 1
        assert len(rest) > len(shown(path)) + 15, "it must say why"
        if kind == "failed":
            failed.add(path)
    with sqlite3.connect(library / "library.db") as database:
        stored = {Path(row[0]) for row in database.execute("SELECT location FROM documents")}
    for path, fate in fates.items():
        if fate != "either":
            assert told[path] == 1, (path, fate, told[path])
        assert (path in failed) != (path in stored) or path.suffix == ".png", path
        assert fate != "odd" or path in stored, path
        assert fate != "refused" or path not in stored, path
    assert {folder / name for name in good_files()} <= stored


@pytest.mark.models
def test_names_stay_on_one_line_and_json_says_them_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    empty, odd = folder / "换行\nnew\u2028line.txt", folder / "好 😀\n.md"
    empty.write_bytes(b"")
    odd.write_text(ZH, "utf-8")
    run = here("ingest", folder, "--library", tmp_path / "a", "--json")
    (line,) = run.err.splitlines()
    assert line.startswith(f"failed: {folder}/换行\\nnew\\u2028line.txt: ")
    assert [item["path"] for item in run.json["failed"]] == [str(empty)]
    assert run.json["added"] == [str(odd)]
    listed = here("documents", "--library", tmp_path / "a")
    assert len(listed.out.splitlines()) == 3
    assert listed.out.splitlines()[1].lstrip().startswith(f"{folder}/好 😀\\n.md  ")


def test_other_damage_is_read_or_refused_with_a_reason() -> None:
    for case in [*mutated(random.Random(7)), *mutated(random.Random(8))]:
        reason = ""
        try:
            text = extract(case.content, case.name, limits=Limits(parse_seconds=20)).text
        except InputError as refused:
            text, reason = "", str(refused)
        assert bool(text.strip()) != bool(reason), case
        assert "its parser" not in reason, (reason, case)
        assert "\n" not in reason


def test_the_good_files_are_good() -> None:
    for name, content in good_files().items():
        found = extract(content, name)
        assert found.warnings == ()
        assert any(part in found.text for part in (ZH, EN, "碳排放權交易市場")), name
