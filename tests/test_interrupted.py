"""A writer killed at any moment: nothing is lost, nothing stands twice."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fakes import HashEmbedder
from tests.libraries import FILES, contents, open_store, put, write_files
from tests.random_kills import Bench

MOMENTS = [
    ("rag.embedding_cache:_cache", "after", 2),
    ("rag.database:chunk_row", "before", 3),  # within a document's transaction
    ("rag.database:Database.put_document", "after", 2),
    ("rag.vectors:VectorIndex.add", "before", 1),
    ("rag.vectors:VectorIndex.add", "after", 2),
    ("rag.lexical:LexicalIndex.replace", "after", 2),
    ("rag.matrix:Matrix.append", "after", 2),
    ("rag.index_log:IndexLog.mark_indexed", "before", 1),
    ("rag.index_log:IndexLog.mark_indexed", "after", 2),
]


def kill(library: Path, folder: Path, action: str, moment: tuple[str, str, int]) -> None:
    arguments = [str(library), str(folder), action, *map(str, moment)]
    run = subprocess.run(
        [sys.executable, "-m", "tests.interrupted_writer", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == -signal.SIGKILL, run.stderr


def never_killed(tmp_path: Path, folder: Path, seed: int = 0) -> dict[str, object]:
    store = open_store(tmp_path / "reference", lambda: HashEmbedder(seed))
    put(store, folder)
    found = contents(store)
    store.close()
    return found


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda m: f"{m[0].split('.')[-1]}-{m[1]}-{m[2]}")
def test_killed_while_adding(tmp_path: Path, moment: tuple[str, str, int]) -> None:
    folder = write_files(tmp_path / "文件 files")
    kill(tmp_path / "library", folder, "ingest", moment)
    store = open_store(tmp_path / "library")
    store.recover()
    assert contents(store)["waiting"] == 0
    for document in store.documents():
        assert document.text.strip()
        assert store.chunks_of(document.id), "half a document"
    put(store, folder)
    assert contents(store) == never_killed(tmp_path, folder)
    store.close()


@pytest.mark.parametrize(
    "moment",
    [
        ("rag.database:Database.put_document", "after", 1),
        ("rag.vectors:VectorIndex.remove_documents", "after", 1),
        ("rag.lexical:LexicalIndex.replace", "before", 1),
        ("rag.database:Database.delete_document", "after", 1),
    ],
    ids=lambda m: f"{m[0].split('.')[-1]}-{m[1]}",
)
def test_killed_while_replacing_and_forgetting(
    tmp_path: Path, moment: tuple[str, str, int]
) -> None:
    folder = write_files(tmp_path / "files")
    store = open_store(tmp_path / "library")
    put(store, folder)
    store.close()
    write_files(folder, {"2023年工作会议.txt": "2023年工作会议\n\n全部改寫。新的内容。" * 3})
    (folder / "harbour report.md").unlink()
    kill(tmp_path / "library", folder, "ingest", moment)
    store = open_store(tmp_path / "library")
    store.recover()
    contents(store)
    put(store, folder, mirror=True)
    assert contents(store) == never_killed(tmp_path, folder)
    store.close()


@pytest.mark.parametrize(
    "moment",
    [
        ("rag.database:Database.start_anew", "before", 1),
        ("rag.database:Database.start_anew", "after", 1),
        ("rag.vectors:VectorIndex.add", "before", 1),
        ("rag.matrix:Matrix.anew", "after", 1),
        ("rag.matrix:Matrix.tidy", "before", 1),
        ("rag.index_files:clear_folder", "after", 1),
    ],
    ids=lambda m: f"{m[0].split('.')[-1]}-{m[1]}",
)
def test_killed_while_rebuilding(tmp_path: Path, moment: tuple[str, str, int]) -> None:
    folder = write_files(tmp_path / "files")
    store = open_store(tmp_path / "library")
    put(store, folder)
    store.close()
    kill(tmp_path / "library", folder, "rebuild", moment)
    store = open_store(tmp_path / "library")
    seed = 0 if store.database.meta("embedder_spec") == "hash:0" else 1
    assert seed == (0 if moment[:2] == ("rag.database:Database.start_anew", "before") else 1)
    store.close()
    store = open_store(tmp_path / "library", lambda: HashEmbedder(seed))
    store.recover()
    assert len(store.documents()) == len(FILES)
    assert contents(store) == never_killed(tmp_path, folder, seed)
    store.close()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("kills"), count=8)


@pytest.mark.parametrize("action", ["sync", "correct", "restore"])
def test_killed_at_a_random_moment(bench: Bench, action: str) -> None:
    """One kill each; `python -m tests.random_kills 40` does as many as one likes."""
    share = random.Random(f"2026 {action}").uniform(0.1, 0.8)
    _, differing = bench.kill(action, share)
    assert differing == ""
