"""Watched folders: a round for what changed, none for what did not, and none too early."""

import json
import queue
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import rag.watching
from rag.commands.library import _watch
from rag.errors import LibraryLocked
from rag.ingest import IngestReport
from rag.watching import rounds
from tests.cli_helpers import spawn
from tests.libraries import write_files

PATIENCE = 20.0
"""Seconds for which a round that must come is waited for."""
QUIET = 1.5
"""Seconds in which a round that must not come would have come."""


class Watched:
    """Rounds of a folder, watched in a thread."""

    def __init__(self, folder: Path, ignored: Path) -> None:
        self.stop = threading.Event()
        self._seen: queue.Queue[dict[str, int]] = queue.Queue()
        self._thread = threading.Thread(target=self._watch, args=(folder, ignored))
        self._thread.start()

    def _watch(self, folder: Path, ignored: Path) -> None:
        for _ in rounds([folder], ignored=ignored, stop=self.stop):
            files = sorted(folder.rglob("*.txt")) if folder.exists() else []
            self._seen.put({path.name: path.stat().st_size for path in files})

    def next(self) -> dict[str, int]:
        """File sizes by name at the next round."""
        return self._seen.get(timeout=PATIENCE)

    def until(self, names: set[str]) -> dict[str, int]:
        """Those at the first round that sees these files; events may come in several."""
        while set(found := self.next()) != names:
            continue
        return found

    def is_quiet(self) -> bool:
        try:
            self._seen.get(timeout=QUIET)
        except queue.Empty:
            return True
        return False

    def end(self) -> None:
        self.stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "文件 files", {"一.txt": "一"})


@pytest.fixture
def watched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    monkeypatch.setattr(rag.watching, "SETTLE", 0.3)
    running = Watched(folder, folder / "library")
    yield running
    running.end()


def test_a_round_at_once_and_one_for_each_change(watched: Watched, folder: Path) -> None:
    assert set(watched.next()) == {"一.txt"}
    write_files(folder / "子 sub", {"two 二.txt": "二"})
    watched.until({"一.txt", "two 二.txt"})
    shutil.move(folder / "子 sub", folder.parent / "away")
    watched.until({"一.txt"})
    (folder / "一.txt").unlink()
    watched.until(set())


def test_the_library_and_hidden_files_are_no_change(watched: Watched, folder: Path) -> None:
    watched.next()
    write_files(folder / "library", {"library.db": "x"})
    while not watched.is_quiet():
        """The new folder itself may count."""
    write_files(folder / "library", {"library.db": "y", "new": "z"})
    write_files(folder, {".draft.txt.swp": "x"})
    assert watched.is_quiet()


def test_a_file_is_read_when_it_is_whole(watched: Watched, folder: Path) -> None:
    watched.next()
    with (folder / "长 long.txt").open("w", encoding="utf-8") as file:
        for _ in range(20):
            file.write("半个文件。half " * 100)
            file.flush()
            time.sleep(0.1)
    whole = (folder / "长 long.txt").stat().st_size
    assert watched.next()["长 long.txt"] == whole


def test_a_folder_that_goes_and_comes_back(watched: Watched, folder: Path) -> None:
    watched.next()
    folder.rename(folder.parent / "unmounted")
    watched.until(set())
    (folder.parent / "unmounted").rename(folder)
    watched.until({"一.txt"})
    while not watched.is_quiet():
        """What is left of the events of the way back."""
    write_files(folder, {"二.txt": "二"})
    watched.until({"一.txt", "二.txt"})


def test_a_round_waits_for_another_writer(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stop, calls = threading.Event(), 0

    def run() -> IngestReport:
        nonlocal calls
        calls += 1
        if calls < 4:
            raise LibraryLocked("Process 7 is writing.", "Try again.")
        stop.set()
        return IngestReport(interrupted=True)

    assert _watch([folder], folder / "library", run, stop) == 130
    assert calls == 4
    assert capsys.readouterr().err == "Waiting: Process 7 is writing.\n"


@pytest.mark.models
def test_sync_watch_prints_a_line_a_round_and_ends_on_an_interrupt(
    folder: Path, tmp_path: Path
) -> None:
    running = spawn("sync", folder, "--watch", "--json", "--library", tmp_path / "library")
    first = json.loads(running.stdout.readline())
    assert first["added"] == [str(folder / "一.txt")]
    (folder / "一.txt").rename(folder / "二.txt")
    second = json.loads(running.stdout.readline())
    assert second["renamed"] == [{"from": str(folder / "一.txt"), "to": str(folder / "二.txt")}]
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=PATIENCE)
    assert (running.returncode, out) == (0, b"")
    assert b"Stopping after this document" in err
