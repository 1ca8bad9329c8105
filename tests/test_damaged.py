"""Every part of a library damaged, missing, full or out of reach: mended, or said in one line."""

import ctypes
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.errors import LibraryDamaged, LibraryError
from rag.health import check_file, examine
from tests.conftest import ROOT
from tests.fakes import HashEmbedder
from tests.libraries import FILES, contents, open_store, put, search, write_files

MANY = 2000
"""Passages from which Chroma keeps vectors in files of their own, not only in its log."""


def rules() -> str:
    parts = (
        f"第{number}条 Rule {number}：企业应当核算排放{number * 7}吨。" for number in range(MANY)
    )
    return "\n\n".join(parts)


def build(library: Path, folder: Path, *, many: bool = False) -> Path:
    files = dict(FILES)
    if many:
        lines = (
            f"第{number}条 Rule {number}：企业应当核算排放{number * 7}吨。"
            for number in range(MANY)
        )
        files["条例 rules.txt"] = "\n\n".join(lines)
    write_files(folder, files)
    store = open_store(library)
    put(store, folder)
    store.close()
    return library


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("文件 files")
    return build(tmp_path_factory.mktemp("made") / "资料库 library", folder)


@pytest.fixture(scope="module")
def pristine_many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many files")
    library = build(tmp_path_factory.mktemp("made") / "资料库 many", folder, many=True)
    assert list((library / "chroma").glob("*/index_metadata.pickle"))
    return library


@pytest.fixture
def library(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "资料库 library"))


@pytest.fixture
def large(pristine_many: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine_many, tmp_path / "资料库 large"))


def holdings(library: Path) -> dict[str, object]:
    store = open_store(library)
    search(store, "会议")  # mends what is damaged
    found = contents(store)
    store.close()
    return found


# Damage

Damage = Callable[[Path], None]


def missing(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def halved(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def scrambled(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    noise = random.Random(str(path.name))
    for at in range(len(raw) // 3, max(2 * len(raw) // 3, len(raw) // 3 + 1)):
        raw[at] = noise.randrange(256)
    path.write_bytes(raw)


def beheaded(path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(random.Random(1).randbytes(min(100, len(raw))) + raw[100:])


def a_file_in_its_place(path: Path) -> None:
    shutil.rmtree(path)
    path.write_text("不是文件夹 not a folder", "utf-8")


DAMAGES: tuple[Damage, ...] = (missing, emptied, halved, scrambled, beheaded)
FOLDERS: tuple[Damage, ...] = (missing, a_file_in_its_place)


@pytest.mark.parametrize("damage", FOLDERS)
@pytest.mark.parametrize("name", ["chroma", "lexical"])
def test_a_lost_folder_is_made_anew(library: Path, name: str, damage: Damage) -> None:
    before = holdings(library)
    damage(library / name)
    assert holdings(library) == before


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_chroma_database_is_made_anew(library: Path, damage: Damage) -> None:
    before = holdings(library)
    damage(library / "chroma" / "chroma.sqlite3")
    assert holdings(library) == before


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("data_level0.bin", emptied),
        ("data_level0.bin", scrambled),
        ("header.bin", beheaded),
        ("link_lists.bin", missing),
        ("index_metadata.pickle", halved),
    ],
)
def test_damaged_vector_files_are_made_anew(large: Path, name: str, damage: Damage) -> None:
    """Chroma itself would read some of these until the process dies of it."""
    path = next((large / "chroma").glob(f"*/{name}"))
    damage(path)
    store = open_store(large)
    assert search(store, "会议部署了什么")
    assert store.vectors.search(store.embed_question("会议部署了什么"), 5)
    assert examine(store).problems == []
    store.close()


def test_a_lost_vector_folder_is_made_anew(large: Path) -> None:
    shutil.rmtree(next(path for path in (large / "chroma").glob("*/") if path.is_dir()))
    store = open_store(large)
    assert search(store, "会议部署了什么")
    assert store.vectors.search(store.embed_question("会议部署了什么"), 5)
    assert examine(store).problems == []
    store.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_terms_are_made_anew(library: Path, damage: Damage) -> None:
    before = holdings(library)
    for path in (library / "lexical").iterdir():
        if path.suffix not in {".lock", ".json"}:
            damage(path)
    assert holdings(library) == before


@pytest.mark.parametrize("name", ["meta.json", ".managed.json"])
def test_damaged_notes_of_the_terms_are_made_anew(library: Path, name: str) -> None:
    before = holdings(library)
    emptied(library / "lexical" / name)
    assert holdings(library) == before


def lose_some_vectors(library: Path) -> None:
    store = open_store(library)
    lost = sorted(store.vectors.ids())[:2]
    store.indexes.files.vectors()._collection.delete(ids=lost)
    store.close()


def test_vectors_fewer_than_passages_are_made_anew(
    library: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = holdings(library)
    lose_some_vectors(library)
    assert holdings(library) == before
    assert "passages" in caplog.text
    assert "made anew from library.db" in caplog.text


def test_a_mended_library_stays_mended(library: Path, caplog: pytest.LogCaptureFixture) -> None:
    shutil.rmtree(library / "chroma")
    holdings(library)
    caplog.clear()
    holdings(library)
    assert caplog.text == ""


def test_nothing_is_embedded_to_mend(library: Path) -> None:
    shutil.rmtree(library / "chroma")
    shutil.rmtree(library / "lexical")
    embedder = HashEmbedder()
    store = open_store(library, lambda: embedder)
    assert len(store.vectors) == len(store.lexical) > 0
    assert embedder.embedded == 0
    store.close()


def test_a_writer_mends_before_it_writes(library: Path, tmp_path: Path) -> None:
    (library / "chroma" / "chroma.sqlite3").write_bytes(b"\x00" * 5000)
    store = open_store(library)
    more = write_files(tmp_path / "more", {"新.txt": "新的报告。Otters were seen."})
    put(store, more)
    contents(store)
    assert search(store, "otters")[0][2]["lexical"] == 1
    store.close()


def test_two_stores_of_one_process(library: Path, tmp_path: Path) -> None:
    one, other = open_store(library), open_store(library)
    assert search(one, "会议") == search(other, "会议")
    put(one, write_files(tmp_path / "more", {"新.txt": "水獺報告。Otters were seen."}))
    assert contents(one) == contents(other)
    shutil.rmtree(library / "chroma")
    one.rebuild()
    assert contents(other) == contents(one)
    one.close()
    assert search(other, "otters")
    other.close()


# library.db


def damage_database(library: Path, damage: Damage) -> None:
    for log in library.glob("library.db-*"):
        log.unlink()
    damage(library / "library.db")


def read_all(library: Path) -> None:
    store = open_store(library)
    for document in store.documents():
        store.chunks_of(document.id)
    search(store, "会议")


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database_is_one_line(library: Path, damage: Damage) -> None:
    damage_database(library, damage)
    before = {path: path.read_bytes() for path in library.rglob("library.db*")}
    with pytest.raises(LibraryError) as caught:
        read_all(library)
    line = str(caught.value)
    assert "\n" not in line
    assert "yinju restore" in line
    after = {path: path.read_bytes() for path in library.rglob("library.db*")}
    assert {path: raw for path, raw in after.items() if path in before} == before
    if damage is not missing:
        assert isinstance(caught.value, LibraryDamaged)


@pytest.mark.parametrize("damage", [halved, scrambled, beheaded])
def test_doctor_finds_a_damaged_database(library: Path, damage: Damage) -> None:
    assert check_file(library) == []
    damage_database(library, damage)
    assert all("yinju restore" in problem for problem in check_file(library))
    assert check_file(library)


def test_not_a_database(library: Path) -> None:
    damage_database(library, lambda path: path.unlink() or path.write_text("笔记 notes", "utf-8"))  # type: ignore[func-returns-value]
    with pytest.raises(LibraryDamaged, match="not a database"):
        open_store(library)


@pytest.mark.parametrize("damage", [missing, scrambled])
def test_a_lost_log_leaves_what_was_before_it(
    library: Path, tmp_path: Path, damage: Damage
) -> None:
    """A process that was killed leaves a log; without it the library is what it was earlier."""
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom tests.libraries import open_store, put\n"
        "store = open_store(Path(sys.argv[1]))\nput(store, Path(sys.argv[2]))\nos._exit(9)\n"
    )
    before = holdings(library)
    more = write_files(tmp_path / "more", {"新.txt": "新的报告。Otters were seen."})
    subprocess.run([sys.executable, "-c", code, str(library), str(more)], cwd=ROOT, check=False)
    damage(library / "library.db-wal")
    (library / "library.db-shm").unlink()
    store = open_store(library)
    found = contents(store)
    if len(store.documents()) == len(FILES):
        assert found == before
    put(store, more)
    assert len(store.documents()) == len(FILES) + 1
    contents(store)
    store.close()


def test_once_damaged_nothing_is_written(library: Path) -> None:
    store = open_store(library)
    store.database._damage = LibraryDamaged("library.db is damaged.")
    with pytest.raises(LibraryDamaged), store.writing():
        store.remove(store.documents()[0].id)
    store.close()


# What may only be read

READ = """
import json, sys
from pathlib import Path
from typing import Any
from rag.errors import LibraryError
from tests.libraries import QUESTIONS, open_store, search, put
store = open_store(Path(sys.argv[1]))
store.recover()
found = {question: search(store, question) for question in QUESTIONS}
try:
    put(store, Path(sys.argv[2]))
    said = ""
except LibraryError as error:
    said = str(error)
print(json.dumps([found, said, len(store.documents())]))
store.close()
"""


def bound_by_permissions() -> None:
    """Take from root the right to write anything (prctl 24, bounding set; capability 1)."""
    if os.getuid() == 0 and ctypes.CDLL(None).prctl(24, 1, 0, 0, 0):
        raise OSError("this process cannot be bound by permissions")


def as_reader(library: Path, files: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", READ, str(library), str(files)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=bound_by_permissions,
    )


def alike(found: dict[str, list[Any]], expected: dict[str, list[Any]]) -> bool:
    """The same passages and ranks, and scores but for how sums of floats are rounded."""
    return {
        question: [(key, pytest.approx(score, abs=2e-6), ranks) for key, score, ranks in hits]
        for question, hits in expected.items()
    } == {question: [tuple(hit) for hit in hits] for question, hits in found.items()}


@pytest.mark.parametrize("left", ["closed", "with a log", "without vectors", "without terms"])
def test_reading_what_may_not_be_written(library: Path, tmp_path: Path, left: str) -> None:
    store = open_store(library)
    expected = json.loads(
        json.dumps({question: search(store, question) for question in contents(store)["found"]})  # type: ignore[attr-defined]
    )
    store.close()
    files = write_files(tmp_path / "文件", {"新.txt": "新的。"})
    copy = Path(shutil.copytree(library, tmp_path / "只读 read only"))
    if left == "with a log":
        connection = sqlite3.connect(copy / "library.db")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('a', 'b')")
        connection.commit()
        for name in ("library.db", "library.db-wal", "library.db-shm"):
            shutil.copy(copy / name, tmp_path / name)
        connection.close()
        for name in ("library.db", "library.db-wal", "library.db-shm"):
            shutil.move(tmp_path / name, copy / name)
    elif left != "closed":
        shutil.rmtree(copy / ("chroma" if "vectors" in left else "lexical"))
    for path in [*copy.rglob("*"), copy, files, *files.iterdir()]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = as_reader(copy, files)
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755)
    assert done.returncode == 0, done.stderr
    found, said, count = json.loads(done.stdout)
    assert count == len(FILES)
    assert alike(found, expected)
    assert "only be read" in said or "cannot be written" in said
    assert "\n" not in said


# No room

FILL = """
import sys
from pathlib import Path
from typing import Any
from rag.errors import YinjuError
from tests.libraries import open_store, put, search
import resource
store = open_store(Path(sys.argv[1]))
limit = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    put(store, Path(sys.argv[2]))
except YinjuError as error:
    print(error)
    print(len(search(store, "2024年会议部署了多少项任务？")))
    sys.exit(1)
"""


@pytest.mark.parametrize("share", [0.0, 0.4])
def test_files_that_may_not_grow(
    library: Path, tmp_path: Path, pristine_many: Path, share: float
) -> None:
    """At one limit SQLite fails, at another Chroma or tantivy, as on a full disk."""
    lines = "\n\n".join(
        f"第{number}条 Rule {number}：排放{number * 7}吨。" for number in range(MANY)
    )
    more = write_files(tmp_path / "more", {"条例 rules.txt": lines})
    now = (library / "library.db").stat().st_size
    large = sum(path.stat().st_size for path in (pristine_many / "chroma").rglob("*"))
    limit = int(now + share * large)
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(library), str(more), str(limit)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    store = open_store(library)
    if done.returncode:
        line, found = done.stdout.splitlines()
        assert "space" in line or "rebuild" in line
        assert int(found) > 0, "what was there is still found"
    assert len(put(store, more).failed) == 0
    assert len(store.documents()) == len(FILES) + 1
    contents(store)
    store.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB, where this user may mount one."""
    place = tmp_path / "小盘 small disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)]
    try:
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("no disk can be mounted here")
    except FileNotFoundError:
        pytest.skip("this system has no mount")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("free", [4_000_000])
def test_a_full_disk(library: Path, small_disk: Path, tmp_path: Path, free: int) -> None:
    more = write_files(tmp_path / "more", {"条例 rules.txt": rules()})
    copy = Path(shutil.copytree(library, small_disk / "资料库"))
    left = shutil.disk_usage(small_disk).free - free
    (small_disk / "filler").write_bytes(bytes(left))
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(copy), str(more), str(1 << 40)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    line, found = done.stdout.splitlines()
    assert "free some space" in line
    assert int(found) > 0, "what was there is still found"
    (small_disk / "filler").unlink()
    store = open_store(copy)
    put(store, more)
    assert len(store.documents()) == len(FILES) + 1
    contents(store)
    store.close()
