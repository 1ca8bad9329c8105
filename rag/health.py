"""What a library holds, and whether it is whole: SQLite, vectors, terms, disk. Changes nothing."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from rag.disk import ROOM
from rag.errors import LibraryDamaged, LibraryError, LibraryLocked, YinjuError
from rag.schema import opened_to_read
from rag.store import Store

_SHOWN = 5
"""Damages of one kind that are listed."""

RESTORE = "restore a backup with `yinju restore FILE --force`, or ingest your files anew"


@dataclass(slots=True, kw_only=True)
class Health:
    """The findings; None where it could not be told."""

    integrity: str = "ok"
    documents: int | None = None
    passages: int | None = None
    vectors: int | None = None
    terms: int | None = None
    cached: int | None = None
    """Vectors in the embedding cache."""
    bytes: int = 0
    """Of the whole folder."""
    free: int = 0
    """Bytes left on its disk."""
    writer: str = ""
    """The process that is writing now."""
    problems: list[str] = field(default_factory=list)
    """Each with what to do."""


def check_file(library: Path) -> list[str]:
    """What is wrong with `library.db`, read page by page; empty where it is whole or not there."""
    path = library / "library.db"
    if not path.exists():
        return []
    try:
        with opened_to_read(path) as opened:
            found = [row[0] for row in opened.execute(f"PRAGMA integrity_check({_SHOWN})")]
            strays = opened.execute("PRAGMA foreign_key_check").fetchmany(_SHOWN)
    except LibraryError as error:
        found, strays = [error.message], []
    damages = [f"library.db: {' '.join(line.split())}; {RESTORE}" for line in found if line != "ok"]
    damages += [f"library.db: a row of {row[0]} belongs to nothing; {RESTORE}" for row in strays]
    return damages


def examine(store: Store) -> Health:
    """Count and compare all there is. Reads every vector, so it takes a while."""
    health = Health(
        bytes=sum(path.stat().st_size for path in store.directory.rglob("*") if path.is_file()),
        free=shutil.disk_usage(store.directory).free,
    )
    if health.free < ROOM * 10:
        health.problems.append(f"only {health.free // 1_000_000} MB are free; make some room")
    try:
        _count(store, health)
        if not _busy(store, health):
            _compare(store, health)
    except LibraryDamaged as damage:
        health.integrity = damage.message
        health.problems.append(f"{damage.message} {damage.hint}")
    _look_for_leftovers(store.directory, health)
    return health


def _count(store: Store, health: Health) -> None:
    health.documents, health.passages, health.cached = (
        int(store.database.rows(f"SELECT count(*) FROM {table}")[0][0])
        for table in ("documents", "chunks", "embeddings")
    )
    waiting = store.waiting()
    if waiting:
        health.problems.append(
            f"{waiting} documents are not indexed; the next command that searches or ingests "
            "finishes them"
        )


def _busy(store: Store, health: Health) -> bool:
    """Whether another process writes: the indexes are then not in step."""
    if store.database.read_only:
        health.problems.append("the library may only be read; check its permissions to write")
        return False
    try:
        with store.lock.held(wait=0):
            return False
    except LibraryLocked:
        health.writer = store.lock.writer()
        return True
    except LibraryError as error:
        health.problems.append(str(error))
        return False


def _compare(store: Store, health: Health) -> None:
    """Vectors and terms with SQLite, id by id and value by value."""
    if not health.passages or store.database.read_only:
        return
    mend = "run `yinju rebuild`, or use the library: it is made anew by itself"
    try:
        vectors = store.indexes.files.vectors()
        others = vectors.others()
        found = vectors.vectors()
        vectors.close()
        health.vectors = len(found)
        if others:
            health.problems.append(
                f"{len(others)} collections of other embedders are left ({', '.join(others)}); "
                "`yinju rebuild` removes them"
            )
        wrong = _wrong(store, found)
        wrong += _wrong(store, store.indexes.files.exact().vectors())
        if wrong:
            health.problems.append(f"{wrong} vectors are not as they were embedded; {mend}")
    except LibraryDamaged:
        raise
    except YinjuError as damage:
        health.problems.append(f"{damage.message} {damage.hint or mend}")
    try:
        health.terms = len(store.indexes.files.lexical())
    except YinjuError as damage:
        health.problems.append(f"{damage.message} {damage.hint or mend}")


def _wrong(store: Store, found: dict[str, np.ndarray]) -> int:
    """How many vectors are not those of the embedding cache, or missing, or of no passage."""
    wrong, seen = 0, 0
    for key, _, expected in store.indexes.files.cached():
        seen += 1
        wrong += key not in found or not _points_alike(found[key], expected)
    return wrong + max(0, len(found) - seen)


def _points_alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two vectors have one direction, which is all that is compared of them."""
    lengths = [max(float(np.linalg.norm(vector)), 1e-12) for vector in (one, other)]
    return bool(np.allclose(one / lengths[0], other / lengths[1], atol=1e-5))


def _look_for_leftovers(library: Path, health: Health) -> None:
    for name in ("library.db.before-restore", "library.db.restoring"):
        if (library / name).exists():
            health.problems.append(
                f"{name} is left of a restore that did not finish; run `yinju restore` again, "
                "or delete it if the library is as you want it"
            )
