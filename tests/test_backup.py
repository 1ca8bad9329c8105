"""A library in one file, taken while it is in use, and put back whole."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from rag.backup import ASIDE, back_up, forget_aside, restore
from rag.errors import InputError, LibraryDamaged, LibraryError, LibraryLocked
from rag.store import Store
from tests.cli_helpers import here
from tests.conftest import ROOT
from tests.fakes import HashEmbedder
from tests.libraries import FILES, contents, open_store, put, write_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "文件 files")


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Path:
    store = open_store(tmp_path / "资料库 library")
    put(store, folder)
    store.close()
    return store.directory


@pytest.fixture
def saved(library: Path, tmp_path: Path) -> Path:
    target = tmp_path / "备份 backup.yinju"
    back_up(library, target)
    return target


def open_restored(library: Path) -> Store:
    store = open_store(library)
    with store.writing():
        pass
    return store


def holdings(library: Path) -> dict[str, object]:
    store = open_store(library)
    found = contents(store)
    store.close()
    return found


def test_one_file_that_is_whole(library: Path, tmp_path: Path) -> None:
    target = tmp_path / "备份 backup.yinju"
    steps: list[tuple[int, int]] = []
    size = back_up(library, target, progress=lambda done, total: steps.append((done, total)))
    assert size == target.stat().st_size
    assert steps[-1][0] == steps[-1][1] >= size
    assert sorted(path.name for path in tmp_path.iterdir() if "backup" in path.name) == [
        target.name
    ]
    connection = sqlite3.connect(f"file:{target}?mode=ro", uri=True)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()


def test_restored_is_as_it_was(library: Path, saved: Path, tmp_path: Path) -> None:
    before = holdings(library)
    place = tmp_path / "elsewhere" / "另一个"
    restore(saved, place)
    embedder = HashEmbedder()
    store = open_store(place, lambda: embedder)
    store.recover()
    assert embedder.embedded == 0, "the embedding cache was in the backup"
    assert contents(store) == before
    for document in store.documents():
        assert store.raw(document.id) == Path(store.location_of(document.id)).read_bytes()
    store.close()


@pytest.mark.parametrize("state", ["same", "changed", "damaged", "emptied", "deleted"])
def test_restored_over_what_is_there(
    library: Path, saved: Path, tmp_path: Path, state: str
) -> None:
    before = holdings(library)
    if state == "changed":
        store = open_store(library)
        put(store, write_files(tmp_path / "more", {"新.txt": "新的报告。Otters."}))
        with store.writing():
            store.remove(store.document("施政報告.txt").id)
        store.close()
    elif state == "damaged":
        (library / "library.db").write_bytes(b"\xa5" * 50_000)
    elif state == "emptied":
        (library / "library.db").write_bytes(b"")
    elif state == "deleted":
        (library / "library.db").unlink()
    if state != "deleted":
        with pytest.raises(InputError, match="--force"):
            restore(saved, library)
    restore(saved, library, overwrite=True)
    assert (library / ASIDE).exists() == (state != "deleted")
    open_restored(library).close()
    forget_aside(library)
    assert not (library / ASIDE).exists()
    assert holdings(library) == before


def test_a_file_is_not_replaced_unasked(library: Path, saved: Path) -> None:
    saved.write_text("珍贵的笔记 precious", "utf-8")
    with pytest.raises(InputError, match="--force"):
        back_up(library, saved)
    assert saved.read_text("utf-8") == "珍贵的笔记 precious"
    back_up(library, saved, overwrite=True)
    assert saved.stat().st_size > 10_000


def test_what_cannot_be_backed_up(library: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        back_up(tmp_path / "nothing", tmp_path / "backup")
    assert not (tmp_path / "nothing").exists()
    with pytest.raises(InputError, match="no folder"):
        back_up(library, tmp_path / "no folder" / "backup")
    raw = bytearray((library / "library.db").read_bytes())
    raw[len(raw) // 3 : 2 * len(raw) // 3] = os.urandom(2 * len(raw) // 3 - len(raw) // 3)
    (library / "library.db").write_bytes(raw)
    with pytest.raises(LibraryDamaged) as caught:
        back_up(library, tmp_path / "backup")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "backup").exists()


@pytest.mark.parametrize("bad", ["text", "another database", "half", "nothing", "folder"])
def test_what_cannot_be_restored(library: Path, saved: Path, tmp_path: Path, bad: str) -> None:
    before = holdings(library)
    source = tmp_path / "坏 bad"
    if bad == "text":
        source.write_text("不是备份 not a backup", "utf-8")
    elif bad == "another database":
        connection = sqlite3.connect(source)
        connection.execute("CREATE TABLE songs (name TEXT)")
        connection.close()
    elif bad == "half":
        source.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
    elif bad == "folder":
        source.mkdir()
    with pytest.raises(InputError) as caught:
        restore(source, library, overwrite=True)
    assert "\n" not in str(caught.value)
    assert holdings(library) == before


def test_a_library_that_is_written_is_not_restored_over(library: Path, saved: Path) -> None:
    store = open_store(library)
    with store.writing(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("rag.backup.LOCK_WAIT", 0.2)
        with pytest.raises(LibraryLocked):
            restore(saved, library, overwrite=True)
    store.close()


WRITE = """
import sys
from pathlib import Path
from tests.libraries import open_store, put, write_files
store = open_store(Path(sys.argv[1]))
for number in range(1000):
    text = f"第{number}份报告。The report {number} names otters." * 3
    put(store, write_files(Path(sys.argv[2]), {f"{number}.txt": text}) / f"{number}.txt")
    print(number, flush=True)
"""


def test_taken_while_another_process_writes(library: Path, tmp_path: Path) -> None:
    more = tmp_path / "more"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITE, str(library), str(more)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout
    for _ in range(3):
        writer.stdout.readline()
    back_up(library, tmp_path / "backup")
    still_writing = writer.poll() is None
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    assert still_writing
    restore(tmp_path / "backup", tmp_path / "restored")
    store = open_restored(tmp_path / "restored")
    assert len(store.documents()) >= len(FILES) + 3
    contents(store)
    store.close()


def test_commands(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.engine.parts.open_embedder", lambda spec, **_: HashEmbedder())
    made = here("backup", tmp_path / "b.yinju", "--library", library, "--json").json
    assert made["bytes"] == (tmp_path / "b.yinju").stat().st_size
    again = here("backup", tmp_path / "b.yinju", "--library", library)
    assert again.code == 1
    assert "--force" in again.err
    place = tmp_path / "restored"
    put_back = here("restore", tmp_path / "b.yinju", "--library", place, "--json").json
    assert put_back["documents"] == len(FILES)
    assert holdings(place) == holdings(library)
    facts = here("doctor", "--library", place, "--json").json
    assert facts["integrity"] == "ok"
    assert facts["vectors"] == facts["terms"] == facts["passages"] == put_back["chunks"]


def test_doctor_on_a_damaged_library(library: Path) -> None:
    (library / "library.db").write_bytes(b"\xa5" * 50_000)
    done = here("doctor", "--library", library, "--json")
    assert done.code == 1
    assert all("yinju restore" in problem for problem in done.json["problems"])
    assert "Traceback" not in done.err
