"""Kill a writer at random moments, reopen, and compare with a library that was never killed.

As a program it measures: `python -m tests.random_kills 40 --seed 1` does 40 kills and says how
each ended; it exits 1 if one library differs. The tests do a few of the same.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rag.answering import Answerer
from rag.backup import back_up, forget_aside, restore
from rag.editing import set_fields
from rag.errors import InputError
from rag.ingest import ingest
from rag.records import Answer
from rag.store import Store
from tests.conftest import ROOT
from tests.fakes import HashEmbedder
from tests.libraries import QUESTIONS, contents, write_files

ACTIONS = ("ingest", "sync", "rebuild", "correct", "backup", "restore")
CHUNK_TOKENS = 40
FLUSH = 60
"""Chunks between two flushes, so that a small library has many."""

_SUBJECTS = ("污染防治", "碳排放權交易", "carbon market", "港口 harbour", "生态保护", "otters")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def text_of(number: int, random_source: random.Random) -> str:
    lines = [f"第{number}號報告 Report {number}"]
    for line in range(random_source.randrange(3, 40)):
        subject = random_source.choice(_SUBJECTS)
        lines.append(
            f"{2000 + number % 26}年第{line}条：{subject}增长{random_source.random():.3f}%。"
        )
    return "\n\n".join(lines)


def documents(count: int, seed: int) -> dict[str, str]:
    source = random.Random(seed)
    return {f"{number:03} 报告.txt": text_of(number, source) for number in range(count)}


def edit(folder: Path, seed: int) -> None:
    """Change, rename, remove and add files."""
    source = random.Random(seed)
    paths = sorted(folder.iterdir())
    for path in source.sample(paths, len(paths) // 4):
        path.write_text(path.read_text("utf-8") + f"\n\n改动 {source.random()}。", "utf-8")
    moved, removed, *_ = source.sample(paths, 2)
    moved.rename(moved.with_name(f"改名 {moved.name}"))
    removed.unlink()
    write_files(folder, {"新 new.txt": text_of(999, source)})


def answer(store: Store, question: str) -> tuple[str, list[str]]:
    """The answer in quotes, and where they stand."""
    *_, last = Answerer(store, None).stream(question, k=5)
    assert isinstance(last, Answer)
    return last.text, [f"{one.document_id} {one.span}" for one in last.citations]


def open_it(library: Path) -> Store:
    def remembered() -> HashEmbedder:
        spec = store.database.meta("embedder_spec") or "hash:0"
        return HashEmbedder(int(spec.removeprefix("hash:")), 64)

    store = Store(library, remembered)
    return store


def sync(store: Store, folder: Path) -> None:
    ingest(store, [folder], chunk_tokens=CHUNK_TOKENS, mirror=True)


def rebuild(store: Store, _: Path) -> None:
    store._open_embedder = lambda: HashEmbedder(7, 64)
    store.rebuild()


def correct_some(store: Store, _: Path) -> None:
    for number, document in enumerate(sorted(store.documents(), key=lambda one: one.path)[:6]):
        set_fields(store, document, {"title": f"更正的题目 {number}"})


def save(store: Store, folder: Path) -> None:
    back_up(store.directory, folder.parent / "backup", overwrite=True)


def put_back(store: Store, folder: Path) -> None:
    library = store.directory
    store.close()
    restore(folder.parent / "saved", library, overwrite=True)
    with open_it(library).writing():
        pass
    forget_aside(library)


WORK: dict[str, Callable[[Store, Path], None]] = {
    "ingest": sync,
    "sync": sync,
    "rebuild": rebuild,
    "correct": correct_some,
    "backup": save,
    "restore": put_back,
}


def work(action: str, library: Path, folder: Path) -> None:
    """What the killed process does; it says when it begins and ends."""
    import chromadb  # noqa: F401, imported first so that kills fall into the work
    import tantivy  # noqa: F401

    import rag.store

    rag.store.FLUSH_CHUNKS = FLUSH
    store = open_it(library)
    say("begins")
    WORK[action](store, folder)
    say("ended")


class Bench:
    """A folder of files, a library of them, and what each action makes of it, never killed."""

    def __init__(self, place: Path, *, count: int = 30, seed: int = 0) -> None:
        self.place = place
        self.before, self.after = place / "before", place / "after"
        write_files(self.before, documents(count, seed))
        shutil.copytree(self.before, self.after)
        edit(self.after, seed)
        self._seconds: dict[str, float] = {}
        self._expected: dict[str, dict[str, Any]] = {}
        self._number = 0
        store = open_it(place / "base")
        sync(store, self._files("before"))
        store.close()
        back_up(place / "base", place / "saved")

    def _files(self, state: str) -> Path:
        """The files as they are before or after the edits, always in the same place."""
        here = self.place / "文件 files"
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(self.place / state, here)
        return here

    def _prepare(self, action: str) -> tuple[Path, Path]:
        self._number += 1
        library = self.place / f"library {self._number}"
        if action != "ingest":
            shutil.copytree(self.place / "base", library)
        return library, self._files("after" if action == "sync" else "before")

    def expected(self, action: str) -> dict[str, Any]:
        """What a library holds that was not killed."""
        if action not in self._expected:
            library, folder = self._prepare(action)
            started = time.perf_counter()
            done = self._start(action, library, folder)
            assert done.stdout
            assert done.stdout.readline() == "begins\n", done.communicate()[1]
            started = time.perf_counter()
            said, complaint = done.communicate()
            assert said == "ended\n", complaint
            self._seconds[action] = time.perf_counter() - started
            self._expected[action] = self._holdings(library)
            shutil.rmtree(library)
        return self._expected[action]

    def _start(self, action: str, library: Path, folder: Path) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "tests.random_kills", "--work", action, library, folder],
            cwd=ROOT,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def kill(self, action: str, share: float) -> tuple[bool, str]:
        """Kill once, `share` of the way through; finish, and compare.

        Returns:
            Whether it was killed before its end, and how the library differs, if it does.
        """
        expected = self.expected(action)
        library, folder = self._prepare(action)
        process = self._start(action, library, folder)
        assert process.stdout
        process.stdout.readline()
        time.sleep(share * self._seconds[action])
        process.kill()
        ended = "ended" in process.communicate()[0]
        self._reopen(library)
        self._finish(action, library, folder)
        found = self._holdings(library)
        differing = [key for key in expected if expected[key] != found[key]]
        shutil.rmtree(library)
        return not ended, ", ".join(differing)

    def _reopen(self, library: Path) -> None:
        """As it was left: whatever is marked as indexed is found, nothing stands twice."""
        if not (library / "library.db").exists():
            return
        store = open_it(library)
        store.recover()
        if store.documents():
            contents(store)
        store.close()

    def _finish(self, action: str, library: Path, folder: Path) -> None:
        """Run again what was killed."""
        store = open_it(library)
        try:
            WORK[action](store, folder)
        except InputError as error:
            raise AssertionError(f"{action} cannot be run again: {error}") from error
        store.close()

    def _holdings(self, library: Path) -> dict[str, Any]:
        store = open_it(library)
        found = contents(store)
        found["answers"] = [answer(store, question) for question in QUESTIONS]
        store.close()
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", nargs="?", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=60, help="documents")
    parser.add_argument("--work", nargs=3)
    arguments = parser.parse_args()
    if arguments.work:
        action, library, folder = arguments.work
        work(action, Path(library), Path(folder))
        return
    source = random.Random(arguments.seed)
    wrong = early = 0
    with tempfile.TemporaryDirectory(prefix="yinju-kills-") as place:
        bench = Bench(Path(place), count=arguments.count, seed=arguments.seed)
        for number in range(arguments.kills):
            action = ACTIONS[number % len(ACTIONS)]
            share = source.random()
            killed, difference = bench.kill(action, share)
            early += killed
            wrong += bool(difference)
            said = f"differs: {difference}" if difference else "the same"
            say(f"{number + 1:3} {action:8} at {share:4.0%} {'' if killed else '(ended) '}{said}")
    say(f"{arguments.kills} runs, {early} killed before their end, {wrong} differ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
