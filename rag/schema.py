"""How `library.db` is laid out and opened: to write where that is allowed, else to read."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from rag.errors import DiskFull, LibraryError
from rag.facts import keep_facts, lend_facts
from rag.rows import damaged

SCHEMA_VERSION = 2
SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY,
    location TEXT NOT NULL UNIQUE,
    indexed INTEGER NOT NULL DEFAULT 0,
    sha256 TEXT NOT NULL,
    record TEXT NOT NULL,
    raw BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS documents_waiting ON documents(id) WHERE indexed = 0;
CREATE INDEX IF NOT EXISTS documents_of_language
    ON documents(json_extract(record, '$.language'), id);
CREATE INDEX IF NOT EXISTS documents_about ON documents(json_extract(record, '$.years[0]'));
CREATE TABLE IF NOT EXISTS chunks (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    sentences TEXT NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS chunks_of_document ON chunks(document_id, number);
CREATE TABLE IF NOT EXISTS bands (
    band INTEGER NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    PRIMARY KEY (band, document_id, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bands_of_document ON bands(document_id, number);
CREATE TABLE IF NOT EXISTS overrides (
    location TEXT PRIMARY KEY, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS prepared (
    document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
    version TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gone (document_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS vector_rows (
    document_id TEXT PRIMARY KEY,
    language TEXT NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS embeddings (
    key BLOB PRIMARY KEY, vector BLOB NOT NULL
) WITHOUT ROWID;
"""

MAPPED = 0x7FFF0000
"""Bytes of the file read by mapping it into memory, the most that SQLite takes; the rest is read
as usual. A search reads some hundred rows all over the file: 120 vectors of a library of 800 MB
took 2 ms so, 28 ms with a page cache of 64 MB, 66 ms with SQLite's own of 2 MB."""

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
"""A file that may not grow is reported as an input or output error."""


def open_database(path: Path) -> tuple[sqlite3.Connection, bool]:
    """A connection, and whether it can only read.

    Raises:
        LibraryError: the directory cannot be used.
        LibraryDamaged: `library.db` is not as it was written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_emptied(path)
        read_only = path.exists() and not _writable(path)
        connection = _reading(path) if read_only else _writing(path)
        _refuse_truncated(connection, path)
    except (sqlite3.Error, OSError) as error:
        raise explained(error, path.parent) from None
    return connection, read_only


@contextmanager
def opened_to_read(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that changes nothing, also where nothing may be written.

    Raises:
        LibraryError: the file cannot be opened, or what was asked of it failed.
        LibraryDamaged: it is not as it was written.
    """
    uri = path.absolute().as_uri()
    log = path.with_name(f"{path.name}-wal")
    # Without a log SQLite would make one to read by, if it may.
    mode = "mode=ro" if log.exists() or os.access(path.parent, os.W_OK) else "immutable=1"
    try:
        with closing(sqlite3.connect(f"{uri}?{mode}", uri=True, timeout=30)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise explained(error, path.parent) from None


def _writing(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    # FULL: what was said to be stored is on the disk even after a power cut. One sync for each
    # document costs far less than embedding it.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA mmap_size = {MAPPED}")
    connection.executescript(SCHEMA)
    keep_facts(connection)
    return connection


def _reading(path: Path) -> sqlite3.Connection:
    """In a directory that we may not write SQLite finds a log only if both its files are there."""
    uri = path.absolute().as_uri()
    log = path.with_name(f"{path.name}-wal")
    logged = log.exists() and log.stat().st_size > 0
    mode = "mode=ro" if logged else "immutable=1"
    connection = sqlite3.connect(f"{uri}?{mode}", uri=True, timeout=30, check_same_thread=False)
    connection.execute(f"PRAGMA mmap_size = {MAPPED}")
    connection.execute("SELECT count(*) FROM meta").fetchone()
    lend_facts(connection)
    return connection


def _writable(path: Path) -> bool:
    return os.access(path.parent, os.W_OK) and os.access(path, os.W_OK)


def _refuse_emptied(path: Path) -> None:
    """SQLite would take a lost or emptied file for a new library."""
    if path.exists() and path.stat().st_size:
        return
    if any((path.parent / name).is_dir() for name in ("chroma", "lexical")):
        raise damaged("the file is empty" if path.exists() else "the file is missing")


def _refuse_truncated(connection: sqlite3.Connection, path: Path) -> None:
    """SQLite notices a lost end only when it comes to a page that was there."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        return  # newer pages may stand in the log alone
    pages, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
    )
    if path.stat().st_size < pages * size:
        connection.close()
        raise damaged(f"{path.stat().st_size} bytes of {pages * size} are left")


def explained(error: sqlite3.Error | OSError, directory: Path) -> LibraryError:
    """The error to show for one that SQLite or the disk gave."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if primary in _DAMAGED or "decode to UTF-8" in str(error):
        return damaged(str(error))
    if primary in _FULL:
        return DiskFull(
            f"The library at {str(directory)!r} could not be written: {error}.",
            "What was there is unchanged; free some space and run it again.",
        )
    return LibraryError(
        f"Cannot use the library at {str(directory)!r}: {error}.",
        "Name another directory with --library, or check its permissions.",
    )
