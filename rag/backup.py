"""A library into one file while it is in use, and back.

`library.db` is the truth, embedding cache included, so it is all that a backup holds; restoring
makes vectors and terms anew from it and embeds nothing.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from rag.disk import sync_path
from rag.errors import InputError, LibraryDamaged, LibraryError
from rag.schema import explained, opened_to_read
from rag.seals import OPEN
from rag.write_lock import LOCK_WAIT, WriteLock

DATABASE = "library.db"
ASIDE = "library.db.before-restore"
"""The library that was there, until the restored one is complete."""

_STEP = 2000
"""Pages copied between two reports."""

Progress = Callable[[int, int], None]
"""Bytes copied and bytes in all."""


def back_up(
    library: Path, target: Path, *, overwrite: bool = False, progress: Progress | None = None
) -> int:
    """Copy a library into one file, as it stands at this moment; others may go on writing.

    Returns:
        The size of the file in bytes.

    Raises:
        LibraryError: there is no library.
        LibraryDamaged: it is damaged; nothing was written.
        InputError: the file is there already, or cannot be written.
    """
    if not (library / DATABASE).is_file():
        raise LibraryError(f"There is no library at {str(library)!r}.", "Name it with --library.")
    if target.exists() and not overwrite:
        raise InputError(f"{str(target)!r} is there already.", "Use --force to replace it.")
    if not target.parent.is_dir():
        raise InputError(f"There is no folder {str(target.parent)!r}.", "Name another file.")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _copy(library / DATABASE, part, progress)
        _require_whole(part, LibraryDamaged)
        sync_path(part)
        _put(part, target, overwrite=overwrite)
        sync_path(target.parent)
        return target.stat().st_size
    except OSError as error:
        raise InputError(
            f"Cannot write {str(target)!r}: {error.strerror or error}.", "Name another file."
        ) from None
    finally:
        part.unlink(missing_ok=True)


def restore(
    source: Path, library: Path, *, overwrite: bool = False, progress: Progress | None = None
) -> None:
    """Put a backup in the place of a library; its indexes are then to be made anew.

    What was there stays beside it as `ASIDE`, until `forget_aside`.

    Raises:
        InputError: the file is no whole backup, or a library is there already.
        LibraryLocked: another process is writing to it.
    """
    if not source.is_file():
        raise InputError(f"{str(source)!r} is not a file.", "Name a backup.")
    _require_whole(source, InputError)
    if not overwrite and _holds_something(library / DATABASE):
        raise InputError(
            f"There is a library at {str(library)!r} already.",
            "Use --force to replace it, or name another with --library.",
        )
    try:
        library.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explained(error, library) from None
    with WriteLock(library).held(LOCK_WAIT):
        part = library / f"{DATABASE}.restoring"
        try:
            part.unlink(missing_ok=True)
            _copy(source, part, progress)
            _void_indexes(part)
            sync_path(part)
            _swap(part, library)
        except OSError as error:
            raise explained(error, library) from None
        finally:
            part.unlink(missing_ok=True)


def forget_aside(library: Path) -> None:
    """The restored library is complete; what it replaced goes."""
    (library / ASIDE).unlink(missing_ok=True)


def _copy(source: Path, target: Path, progress: Progress | None) -> None:
    def tell(_: int, remaining: int, total: int) -> None:
        if progress:
            progress((total - remaining) * page, total * page)

    with opened_to_read(source) as taken:
        page = taken.execute("PRAGMA page_size").fetchone()[0]
        # Holding a snapshot, so that no writer makes the copy begin again.
        taken.execute("BEGIN")
        taken.execute("SELECT count(*) FROM meta").fetchone()
        try:
            with closing(sqlite3.connect(target)) as copy:
                taken.backup(copy, pages=_STEP, progress=tell)
                copy.execute("PRAGMA journal_mode = DELETE")  # one file, no log beside it
        except sqlite3.Error as error:
            raise explained(error, target.parent) from None


def _require_whole(path: Path, failure: type[LibraryDamaged] | type[InputError]) -> None:
    """Check every page of a copy, and that it is of a library."""
    try:
        with opened_to_read(path) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    except LibraryError as error:
        found = error.message
    if found != "ok":
        what = "The library" if failure is LibraryDamaged else f"{str(path)!r}"
        raise failure(
            f"{what} is damaged, or not a library: {found}.",
            "Run `yinju doctor`; restore an earlier backup.",
        )


def _holds_something(database: Path) -> bool:
    """Whether a library is there that is worth asking for; a damaged one is."""
    if not database.exists():
        return False
    try:
        with opened_to_read(database) as connection:
            found = connection.execute(
                "SELECT EXISTS (SELECT 1 FROM documents) OR EXISTS (SELECT 1 FROM overrides)"
            )
            return bool(found.fetchone()[0])
    except LibraryError:
        return True


def _void_indexes(database: Path) -> None:
    """No vectors or terms belong to the copy yet, and it is a library of its own."""
    try:
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute("UPDATE documents SET indexed = 0")
            connection.execute("DELETE FROM gone")
            connection.execute("DELETE FROM meta WHERE key = 'identity'")
            values = [(f"sealed_{name}", OPEN) for name in ("vectors", "lexical", "exact")]
            values.append(("indexed_passages", "0"))
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values)
    except sqlite3.Error as error:
        raise explained(error, database.parent) from None


def _swap(part: Path, library: Path) -> None:
    """Put `part` in place of the library, in one step that a kill cannot halve."""
    old = library / DATABASE
    if old.exists():
        _finish_log(old)
        (library / ASIDE).unlink(missing_ok=True)
        os.link(old, library / ASIDE)
        for end in ("-wal", "-shm"):  # of the old one; they must not be read into the new
            old.with_name(f"{old.name}{end}").unlink(missing_ok=True)
    part.replace(old)
    sync_path(library)


def _finish_log(database: Path) -> None:
    """Write what stands in the log alone into the file, as far as it can be read."""
    try:
        with closing(sqlite3.connect(database, timeout=LOCK_WAIT)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        return  # damaged: it is kept as it is


def _put(part: Path, target: Path, *, overwrite: bool) -> None:
    """Give the file its name in one step, over another file only if that was allowed."""
    if overwrite:
        part.replace(target)
        return
    try:
        os.link(part, target)
    except FileExistsError:
        raise InputError(
            f"{str(target)!r} is there already.", "Use --force to replace it."
        ) from None
