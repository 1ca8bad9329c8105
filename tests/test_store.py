"""One write path: SQLite leads, vectors and terms follow; embedders never mix; one writer."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

import rag.engine.parts
import rag.store
from rag.chunking import chunk
from rag.engine import open_engine
from rag.errors import EmbedderMismatch, InputError, LibraryError, LibraryLocked, ModelMissing
from rag.settings import load_settings
from rag.store import Store, embedding_text
from tests.conftest import ROOT
from tests.fakes import HashEmbedder
from tests.libraries import FILES, contents, open_store, put, search, write_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "文件 files")


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Path:
    store = open_store(tmp_path / "资料库 library")
    put(store, folder)
    store.close()
    return store.directory


def one_line(error: LibraryError) -> str:
    line = str(error)
    assert "\n" not in line
    assert error.hint
    return line


def python(code: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


# Reading


def test_a_document_comes_back_as_it_was(library: Path, folder: Path) -> None:
    store = open_store(library)
    for name in FILES:
        document = store.document(name)
        assert document == store.document(document.id) == store.document(str(folder / name))
        assert store.raw(document.id) == (folder / name).read_bytes()
        assert store.location_of(document.id) == str((folder / name).resolve())
        chunks = store.chunks_of(document.id)
        assert tuple(chunks) == chunk(document.id, document.text, max_tokens=40)
        assert store.count_chunks()[document.id] == len(chunks)
        assert store.chunks([each.id for each in chunks]) == {each.id: each for each in chunks}
        assert all(each.text == each.span.slice(document.text) for each in chunks)
    store.close()


@pytest.mark.parametrize("name", ["没有.txt", "nothing", "", "0" * 16])
def test_no_such_document(library: Path, name: str) -> None:
    store = open_store(library)
    with pytest.raises(InputError, match="is not in the library"):
        store.document(name)
    store.close()


def test_a_name_that_fits_several(library: Path, tmp_path: Path) -> None:
    other = write_files(tmp_path / "other", {"施政報告.txt": "另一份報告。"})
    store = open_store(library)
    put(store, other)
    with pytest.raises(InputError, match="fits 2 documents"):
        store.document("施政報告.txt")
    assert store.document(str(other / "施政報告.txt")).text == "另一份報告。"
    store.close()


def test_what_is_embedded_is_under_title_year_and_heading(library: Path) -> None:
    store = open_store(library)
    report = store.document("施政報告.txt")
    text = embedding_text(report, store.chunks_of(report.id)[0])
    assert text.startswith("施政報告 2024")
    assert text.endswith(store.chunks_of(report.id)[0].text)
    meeting = store.document("2024年工作会议.txt")
    assert not embedding_text(meeting, store.chunks_of(meeting.id)[0]).startswith(
        "2024年工作会议 2024 "
    )
    store.close()


# Vectors


def test_texts_are_embedded_once(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    store = open_store(tmp_path / "library", lambda: embedder)
    texts = ["环境", "環境", "environment", "环境"]
    steps: list[int] = []
    vectors = store.embed(texts, report=steps.append)
    assert vectors.shape == (4, embedder.dimension)
    assert (embedder.embedded, steps) == (3, [3])
    np.testing.assert_array_equal(vectors, store.embed(texts))
    assert embedder.embedded == 3
    assert store.embed([]).shape[0] == 0
    store.close()


def test_centroids_are_the_mean_of_each_language(library: Path) -> None:
    store = open_store(library)
    for language, mean in store.centroids().items():
        texts = [
            embedding_text(document, each)
            for document in store.documents()
            if document.language == language
            for each in store.chunks_of(document.id)
        ]
        np.testing.assert_allclose(mean, store.embed(texts).mean(axis=0), atol=1e-6)
    assert set(store.centroids()) == {"zh", "en"}
    store.close()


# Embedders


def test_another_embedder_is_refused_in_one_line(library: Path) -> None:
    store = open_store(library, lambda: HashEmbedder(1))
    with pytest.raises(EmbedderMismatch) as caught:
        search(store, "会议")
    line = one_line(caught.value)
    assert "`yinju rebuild`" in line
    assert "hash-0-256" in line
    assert "hash-1-256" in line
    assert len(store.documents()) == len(FILES), "reading needs no embedder"
    store.close()


@pytest.mark.parametrize("dimension", [256, 64])
def test_rebuild_with_another_embedder(library: Path, folder: Path, dimension: int) -> None:
    store = open_store(library, lambda: HashEmbedder(1, dimension))
    assert store.rebuild() == sum(store.count_chunks().values())
    found = contents(store)
    store.close()
    fresh = open_store(library.parent / "fresh", lambda: HashEmbedder(1, dimension))
    put(fresh, folder)
    assert found == contents(fresh)
    fresh.close()
    with pytest.raises(EmbedderMismatch):
        search(open_store(library), "会议")


def test_a_failed_first_embedding_ties_the_library_to_nothing(tmp_path: Path, folder: Path) -> None:
    class Missing(HashEmbedder):
        def __call__(self, input: list[str]) -> list[np.ndarray]:  # noqa: A002
            raise ModelMissing("The model is not here.", "Pull it.")

    store = open_store(tmp_path / "library", lambda: Missing(1))
    with pytest.raises(ModelMissing):
        put(store, folder)
    store.close()
    store = open_store(tmp_path / "library")
    assert len(put(store, folder).added) == len(FILES)
    store.close()


def test_the_library_remembers_its_embedder(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def hashed(spec: str, **_: object) -> HashEmbedder:
        asked.append(spec)
        return HashEmbedder(int(spec.removeprefix("hash:")))

    monkeypatch.setattr(rag.engine.parts, "open_embedder", hashed)
    with open_engine(load_settings(library=library)) as engine:
        assert engine.search("碳排放權")
        assert asked == ["hash:0"]
    with open_engine(load_settings(library=library, embedder="hash:1")) as engine:
        with pytest.raises(EmbedderMismatch):
            engine.search("碳排放權")
        engine.rebuild()
    asked.clear()
    with open_engine(load_settings(library=library)) as engine:
        assert engine.search("碳排放權")
        assert asked == ["hash:1"]


# Removing and repairing


def test_deleted_is_never_added(library: Path, folder: Path, tmp_path: Path) -> None:
    store = open_store(library)
    for name in ("2023年工作会议.txt", "harbour report.md"):
        with store.writing():
            store.remove(store.document(name).id)
        (folder / name).unlink()
    fresh = open_store(tmp_path / "fresh")
    put(fresh, folder)
    assert contents(store) == contents(fresh), "vectors, terms and their scores followed"
    store.rebuild()
    assert contents(store) == contents(fresh)
    fresh.close()
    store.close()


@pytest.mark.parametrize("gone", [("chroma",), ("lexical",), ("chroma", "lexical")])
def test_rebuild_repairs_deleted_indexes(library: Path, gone: tuple[str, ...]) -> None:
    store = open_store(library)
    before = contents(store)
    store.close()
    for name in gone:
        shutil.rmtree(library / name)
    store = open_store(library)
    assert len(store.documents()) == len(FILES)
    store.rebuild()
    assert contents(store) == before
    store.close()


@pytest.mark.parametrize("part", ["header", "pages"])
def test_a_corrupted_database_is_one_line(library: Path, part: str) -> None:
    for extra in library.glob("library.db-*"):
        extra.unlink()
    raw = bytearray((library / "library.db").read_bytes())
    at = slice(0, 100) if part == "header" else slice(4096, len(raw))
    raw[at] = b"\xa5" * len(raw[at])
    (library / "library.db").write_bytes(raw)
    with pytest.raises(LibraryError) as caught:
        open_store(library).documents()
    one_line(caught.value)


def test_a_library_of_another_version_is_refused(library: Path) -> None:
    connection = sqlite3.connect(library / "library.db")
    with connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    connection.close()
    with pytest.raises(LibraryError, match="schema 99"):
        open_store(library)


def test_a_file_in_place_of_the_library(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("文", "utf-8")
    with pytest.raises(LibraryError) as caught:
        open_store(tmp_path / "a file")
    assert "--library" in one_line(caught.value)


# Writers and readers

HOLD = """
import sys
from pathlib import Path
from tests.libraries import open_store
store = open_store(Path(sys.argv[1]))
with store.writing():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_who_writes(library: Path, folder: Path) -> None:
    holder = python(HOLD, str(library))
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    store = open_store(library)
    with pytest.raises(LibraryLocked) as caught, store.writing(wait=0.2):
        pytest.fail("two writers")
    assert str(holder.pid) in one_line(caught.value)
    store.recover()  # waits for nobody
    assert search(store, "会议"), "reading goes on"
    holder.communicate()
    with store.writing(wait=5):
        pass
    store.close()


def test_a_locked_library_is_not_rebuilt(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rag.store, "LOCK_WAIT", 0.2)
    holder = python(HOLD, str(library))
    assert holder.stdout
    holder.stdout.readline()
    other = open_store(library, lambda: HashEmbedder(1))
    with pytest.raises(LibraryLocked):
        other.rebuild()
    other.close()
    holder.communicate()
    store = open_store(library)
    assert search(store, "会议"), "it is still of its own embedder"
    store.close()


WRITE = """
import sys
from pathlib import Path
import rag.store
from tests.libraries import open_store, put, write_files
rag.store.FLUSH_CHUNKS = 2
library, folder = map(Path, sys.argv[1:])
store = open_store(library)
for number in range(12):
    text = f"第{number}份新报告。The new report {number} names otters."
    put(store, write_files(folder, {f"{number}.txt": text}) / f"{number}.txt")
with store.writing():
    store.remove(store.document("harbour report.md").id)
"""


def test_readers_while_another_process_writes(library: Path, tmp_path: Path) -> None:
    store = open_store(library)
    cranes = store.document("harbour report.md")
    assert search(store, "harbour cranes")[0][0].startswith(cranes.id)
    assert not any("dense" in ranks and "lexical" in ranks for *_, ranks in search(store, "otters"))
    writer = python(WRITE, str(library), str(tmp_path / "new"))
    searches = 0
    while writer.poll() is None:
        assert search(store, "2024年会议部署了多少项任务？")
        searches += 1
    writer.communicate()
    assert writer.returncode == 0
    assert searches > 3
    found = search(store, "otters", k=50)
    assert sum("lexical" in ranks for *_, ranks in found) == 12
    assert all("dense" in ranks for *_, ranks in found)
    assert not any(key.startswith(cranes.id) for key, *_ in search(store, "harbour cranes", 50))
    store.close()


def test_a_reader_follows_a_rebuild(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def remembered(store: Store) -> HashEmbedder:
        return HashEmbedder(int((store.database.meta("embedder_spec") or "hash:0")[5:]))

    reader: Store = open_store(library, lambda: remembered(reader))
    assert search(reader, "会议")
    writer = open_store(library, lambda: HashEmbedder(1, 256))
    writer.rebuild()
    reader.recover()
    assert reader.embedder.seed == 1
    assert search(reader, "会议") == search(writer, "会议")
    writer.close()
    reader.close()


def test_threads_share_a_store(library: Path) -> None:
    store = open_store(library)
    expected = search(store, "碳排放權交易市場")
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(search(store, "碳排放權交易市場")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8
    store.close()
