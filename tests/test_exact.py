"""Exact search is brute force: over memory and files, filters, edits, damage, other processes."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from rag import exact, matrix
from rag.database import Database
from rag.errors import IndexDamaged
from rag.exact import ExactVectors
from rag.matrix import Matrix, Row
from rag.records import Language
from rag.store import Store
from tests.fakes import HashEmbedder
from tests.libraries import FILES, QUESTIONS, contents, open_store, put, search, write_files

DIMENSIONS = (3, 384)


def made(documents: int, dimension: int, seed: int = 0) -> list[Row]:
    """Rows of documents in both languages, several chunks each, some of them equally near."""
    chance = np.random.default_rng(seed)
    rows: list[Row] = []
    for number in range(documents):
        language: Language = "zh" if number % 3 else "en"
        for vector in chance.normal(size=(chance.integers(1, 15), dimension)):
            rows.append((f"文件{number}", language, np.asarray(vector.round(), np.float32)))
    return rows


def chunks(rows: Sequence[Row]) -> dict[str, Row]:
    """By chunk id."""
    seen: dict[str, int] = {}
    found = {}
    for row in rows:
        seen[row[0]] = seen.get(row[0], -1) + 1
        found[f"{row[0]}:{seen[row[0]]}"] = row
    return found


def brute(
    rows: Sequence[Row],
    vector: np.ndarray,
    k: int,
    language: Language | None = None,
    within: Sequence[str] | None = None,
) -> list[tuple[str, float]]:
    found = []
    for key, (document, own, row) in chunks(rows).items():
        if language in (None, own) and (within is None or document in within):
            wide = row.astype(np.float64)
            lengths = max(float(np.linalg.norm(wide)), 1e-12) * float(np.linalg.norm(vector))
            found.append((key, float(wide @ vector) / lengths))
    return sorted(found, key=lambda pair: (-round(pair[1], 6), pair[0]))[:k]


def require_same(found: list[tuple[str, float]], expected: list[tuple[str, float]]) -> None:
    assert [cosine for _, cosine in found] == pytest.approx([c for _, c in expected], abs=2e-6)
    assert [key for key, _ in found] == [key for key, _ in expected]


def in_files(folder: Path, rows: Sequence[Row], parts: int = 3) -> tuple[Matrix, Database]:
    """The rows appended in several steps, each noted."""
    database = Database(folder / "library.db")
    files = Matrix(folder / "exact", database)
    note(database, files.anew([]))
    names = list(dict.fromkeys(row[0] for row in rows))
    for part in range(parts):
        own = set(names[part::parts])
        note(database, files.append([], [row for row in rows if row[0] in own]))
    return files, database


def note(database: Database, change: matrix.Change) -> None:
    with database.transaction() as connection:
        change.note(connection)


@pytest.fixture(params=["memory", "files"])
def held(request: pytest.FixtureRequest, tmp_path: Path) -> ExactVectors:
    rows = made(40, 3)
    if request.param == "files":
        return in_files(tmp_path, rows)[0].open()
    return ExactVectors.of((key, row[1], row[2]) for key, row in chunks(rows).items())


@pytest.mark.parametrize("gathered", [0, 8, 10_000])
@pytest.mark.parametrize("language", [None, "zh", "en"])
@pytest.mark.parametrize("k", [1, 7, 50, 10_000])
def test_it_is_brute_force(
    held: ExactVectors,
    monkeypatch: pytest.MonkeyPatch,
    k: int,
    language: Language | None,
    gathered: int,
) -> None:
    """With vectors of three small whole numbers many are equally near: ties go by id."""
    monkeypatch.setattr(exact, "GATHERED", gathered)
    rows = made(40, 3)
    few = ["文件1", "文件3", "nobody"]
    many = [f"文件{number}" for number in range(35)]
    for seed in range(5):
        vector = np.random.default_rng(seed).normal(size=3)
        probe, begun = (exact.Probe(exact.unit(vector)) for _ in range(2))
        for within in (few, None, few, many, []):
            found = held.search(vector, k, language=language, within=within)
            require_same(found, brute(rows, vector, k, language, within))
            assert held.search(probe, k, language=language, within=within) == found
            with ThreadPoolExecutor(2) as pool:
                held.compare_ahead(begun, pool, language=language, within=within)
                assert held.search(begun, k, language=language, within=within) == found


def test_the_language_of_documents_is_theirs_where_they_share_one(tmp_path: Path) -> None:
    rows: list[Row] = [
        (name, language, np.ones(3, np.float32))
        for name, language in (("甲", "zh"), ("乙", "zh"), ("mine", "en"))
    ]
    found = in_files(tmp_path, rows)[0].open()
    assert found.language_of(["甲", "乙"]) == found.language_of(["乙"]) == "zh"
    assert found.language_of(frozenset({"mine"})) == "en"
    assert found.language_of(["甲", "mine"]) is None
    assert found.language_of(["甲", "nobody"]) is None


@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("documents", [0, 1, 2])
def test_few_or_no_documents(tmp_path: Path, documents: int, dimension: int) -> None:
    rows = made(documents, dimension)
    found, _ = in_files(tmp_path, rows)
    vector = np.ones(dimension, np.float32)
    require_same(found.open().search(vector, 5), brute(rows, vector, 5))
    assert len(found.open()) == len(rows)
    assert found.open().similarities(vector, ["nobody:0", "nobody"]) == {}


def test_what_is_held_can_be_asked_for(held: ExactVectors) -> None:
    rows = chunks(made(40, 3))
    assert held.ids() == set(rows)
    assert len(held) == len(rows)
    vector = np.array([1.0, 2.0, -1.0])
    keys = ["文件3:0", "文件20:1", "文件3:999", "文件3:x", "文件3", "文件99:0"]
    everything = dict(held.search(vector, len(rows)))
    expected = {key: everything[key] for key in keys if key in rows}
    assert held.similarities(vector, keys) == expected
    assert len(expected) >= 1


def test_a_cosine_does_not_depend_on_what_else_is_compared(tmp_path: Path) -> None:
    found, _ = in_files(tmp_path, made(60, 384))
    vector = np.random.default_rng(9).normal(size=384).astype(np.float32)
    everything = dict(found.open().search(vector, 1000))
    for number in range(60):
        for key, cosine in found.open().search(vector, 50, within=[f"文件{number}"]):
            assert cosine == everything[key]


@pytest.mark.parametrize("dead", [0, 4096])
def test_rows_replaced_and_forgotten_are_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dead: int
) -> None:
    monkeypatch.setattr(matrix, "DEAD", dead)
    old = made(30, 8)
    files, database = in_files(tmp_path, old)
    names = {path.name for path in (tmp_path / "exact").iterdir()}
    reader = files.open()
    vector = np.random.default_rng(3).normal(size=8)
    before = reader.search(vector, 20)
    kept = [row for row in old if int(row[0][2:]) >= 20]
    new: list[Row] = [(one, "en", vector.astype(np.float32)) for one, _, vector in old[:5]]
    stale = {row[0] for row in old} - {row[0] for row in kept}
    note(database, files.append(sorted(stale), new))
    files.tidy()
    require_same(files.open().search(vector, 20), brute([*kept, *new], vector, 20))
    assert reader.search(vector, 20) == before, "who reads sees one moment"
    renamed = {path.name for path in (tmp_path / "exact").iterdir()} != names
    assert renamed == (dead == 0), "files are written anew where most of them is dead"
    again = Matrix(tmp_path / "exact", database).open()
    require_same(again.search(vector, 20), brute([*kept, *new], vector, 20))


def test_what_a_killed_writer_left_is_overwritten(tmp_path: Path) -> None:
    rows = made(10, 8)
    files, database = in_files(tmp_path, rows[:20])
    files.append([], made(5, 8, seed=7))  # written, never noted
    fresh = Matrix(tmp_path / "exact", database)
    assert len(fresh.open()) == 20
    more: list[Row] = [("更多", "zh", row[2]) for row in rows[20:]]
    note(database, fresh.append([], more))
    vector = np.ones(8)
    require_same(
        Matrix(tmp_path / "exact", database).open().search(vector, 30),
        brute([*rows[:20], *more], vector, 30),
    )


@pytest.mark.parametrize("damage", ["missing", "emptied", "shortened", "changed", "unnoted"])
def test_damage_is_noticed(tmp_path: Path, damage: str) -> None:
    _, database = in_files(tmp_path, made(20, 8))
    path = next((tmp_path / "exact").glob("zh-*"))
    data = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "unnoted":
        database.set_meta(matrix.SEALED, "open")
    else:
        changed = data[:40] + bytes([data[40] ^ 1]) + data[41:]
        path.write_bytes({"emptied": b"", "shortened": data[:-4], "changed": changed}[damage])
    with pytest.raises(IndexDamaged):
        Matrix(tmp_path / "exact", database).open()


# In a library


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(tmp_path / "资料库 library")
    put(made, write_files(tmp_path / "files"))
    return made


def everything(store: Store) -> list[object]:
    return [search(store, question) for question in QUESTIONS]


@pytest.mark.parametrize("damage", ["folder", "files", "bytes"])
def test_a_library_mends_its_vectors(store: Store, damage: str) -> None:
    before = everything(store)
    store.close()
    for path in (store.directory / "exact").iterdir():
        if damage == "bytes":
            path.write_bytes(bytes(len(path.read_bytes())))
        else:
            path.unlink()
    if damage == "folder":
        (store.directory / "exact").rmdir()
    again = open_store(store.directory)
    assert everything(again) == before
    contents(again)
    again.close()
    assert everything(open_store(store.directory)) == before


def test_a_library_of_an_older_version_gets_its_files(store: Store) -> None:
    before = everything(store)
    with store.database.transaction() as connection:
        connection.execute("DELETE FROM meta WHERE key = ?", (matrix.SEALED,))
        connection.execute("DROP TABLE vector_rows")
    store.close()
    assert everything(open_store(store.directory)) == before


def test_another_process_is_followed(store: Store, tmp_path: Path) -> None:
    other = open_store(store.directory)
    assert len(other.exact) == len(store.exact) == sum(store.count_chunks().values())
    put(store, write_files(tmp_path / "more", {"新 new.md": "# Tugs\n\nSix tugs wait. 六艘拖船。"}))
    assert len(other.exact) == sum(store.count_chunks().values())
    assert everything(other) == everything(store)
    assert contents(other) == contents(store)


def test_edited_it_equals_a_library_made_at_once(store: Store, tmp_path: Path) -> None:
    files = tmp_path / "files"
    changed = {**FILES, "harbour report.md": "# Harbour report\n\nThe harbour has four cranes."}
    del changed["施政報告.txt"]
    (files / "施政報告.txt").unlink()
    write_files(files, changed)
    put(store, files, mirror=True)
    fresh = open_store(tmp_path / "fresh")
    put(fresh, files)
    assert everything(store) == everything(fresh)
    store.rebuild()
    assert everything(store) == everything(fresh)


def test_another_embedder_has_other_rows(store: Store) -> None:
    store.close()
    other = open_store(store.directory, lambda: HashEmbedder(1, dimension=64))
    other.rebuild()
    assert {len(vector) for vector in other.exact.vectors().values()} == {64}
    contents(other)


def test_files_that_may_only_be_read_are_searched(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(store)
    store.close()
    monkeypatch.setattr("rag.schema._writable", lambda path: False)
    reading = open_store(store.directory)
    assert reading.database.read_only
    assert everything(reading) == before
    reading.close()


def test_threads_find_the_same(store: Store) -> None:
    expected = everything(store)
    again = open_store(store.directory)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: everything(again), range(12)):
            assert found == expected
