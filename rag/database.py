"""SQLite, the truth of a library: rows in and out of records. No policy lives here."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from rag.errors import LibraryError
from rag.filters import Facts
from rag.records import Chunk, Document, Mark, Overrides, Removal, Run, Span

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
CREATE TABLE IF NOT EXISTS embeddings (
    key BLOB PRIMARY KEY, vector BLOB NOT NULL
) WITHOUT ROWID;
"""


Band = tuple[int, int]
"""A chunk's index, or `WHOLE`, and a band of its text's fingerprint (see `rag.duplicates`)."""

WHOLE = -1
"""In place of a chunk's index: the document's whole text."""


class Database:
    """One connection to `library.db`, shared by threads under a lock."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(SCHEMA)
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(
                f"Cannot open the library at {str(path.parent)!r}: {error}.",
                "Name another directory with --library, or check its permissions.",
            ) from None
        found = self.meta("schema")
        if found in (None, "1"):  # version 1 lacked a table and fields that have defaults
            self.set_meta("schema", str(SCHEMA_VERSION))
        elif found != str(SCHEMA_VERSION):
            raise LibraryError(
                f"The library at {str(path.parent)!r} has schema {found}, not {SCHEMA_VERSION}.",
                "It was made by another version of Yinju: ingest into a new --library.",
            )

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: commit at the end, roll back on any error."""
        with self._lock:
            try:
                with self._connection:
                    yield self._connection
            except sqlite3.IntegrityError:
                raise  # a bug of ours, not a state of the disk
            except sqlite3.DatabaseError as error:
                raise LibraryError(
                    f"The library could not be written: {error}.",
                    "What was there is unchanged; free some space or check permissions.",
                ) from None

    def rows(self, query: str, arguments: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(query, arguments).fetchall()
            except sqlite3.DatabaseError as error:
                raise LibraryError(
                    f"The library could not be read: {error}.", "Run `yinju doctor`."
                ) from None

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def meta(self, key: str) -> str | None:
        found = self.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return found[0][0] if found else None

    def set_meta(self, key: str, value: str) -> None:
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # Documents and chunks

    def put_document(
        self,
        document: Document,
        location: str,
        raw: bytes,
        chunks: Sequence[Chunk],
        bands: Sequence[Band] = (),
        overrides: Overrides | None = None,
        version: str = "",
    ) -> None:
        """Replace whatever stood at `location` by this document, as not yet indexed.

        What a person decided about the file is kept in the same transaction, if given; so is the
        version of the program's way to make the document out of the file.
        """
        with self.transaction() as connection:
            if overrides:
                connection.execute(*_overrides_row(location, overrides))
            connection.execute(
                "INSERT OR IGNORE INTO gone SELECT id FROM documents WHERE location = ?",
                (location,),
            )
            connection.execute("DELETE FROM documents WHERE location = ?", (location,))
            connection.execute(
                "INSERT INTO documents (id, location, sha256, record, raw) VALUES (?, ?, ?, ?, ?)",
                (
                    document.id,
                    location,
                    document.sha256,
                    json.dumps(asdict(document), ensure_ascii=False),
                    raw,
                ),
            )
            connection.executemany(
                "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [_chunk_row(chunk) for chunk in chunks],
            )
            connection.execute("INSERT INTO prepared VALUES (?, ?)", (document.id, version))
            connection.executemany(
                "INSERT OR IGNORE INTO bands VALUES (?, ?, ?)",
                [(band, document.id, number) for number, band in bands],
            )

    def revise_document(
        self, document: Document, location: str, overrides: Overrides, *, keep_index: bool
    ) -> None:
        """Replace the record of a document whose text stays, and what was decided about it."""
        record = json.dumps(asdict(document), ensure_ascii=False)
        with self.transaction() as connection:
            connection.execute(*_overrides_row(location, overrides))
            connection.execute(
                "UPDATE documents SET record = ?, indexed = indexed AND ? WHERE id = ?",
                (record, keep_index, document.id),
            )

    def delete_document(self, document_id: str) -> None:
        with self.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO gone VALUES (?)", (document_id,))
            connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def mark_indexed(self, document_ids: Iterable[str], forgotten: Iterable[str]) -> None:
        """The vectors of these are all in place, those of `forgotten` all gone.

        Counts a generation, by which other processes see that their open indexes are old.
        """
        with self.transaction() as connection:
            connection.executemany(
                "UPDATE documents SET indexed = 1 WHERE id = ?", [(key,) for key in document_ids]
            )
            connection.executemany(
                "DELETE FROM gone WHERE document_id = ?", [(key,) for key in forgotten]
            )
            connection.execute(
                "INSERT INTO meta VALUES ('generation', '1')"
                " ON CONFLICT (key) DO UPDATE SET value = value + 1"
            )

    def start_anew(self, fingerprint: str, spec: str) -> None:
        """Mark every document as not indexed, for the embedder now chosen."""
        with self.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)",
                [("embedder", fingerprint), ("embedder_spec", spec)],
            )
            connection.execute("UPDATE documents SET indexed = 0")

    def move_overrides(self, location: str, to: str) -> None:
        """What was decided about a file holds for the place it was moved to."""
        with self.transaction() as connection:
            connection.execute(
                "UPDATE OR REPLACE overrides SET location = ? WHERE location = ?", (to, location)
            )

    def documents(self, where: str = "1", arguments: Sequence[Any] = ()) -> list[Document]:
        found = self.rows(
            f"SELECT record FROM documents WHERE {where} ORDER BY location", arguments
        )
        return [_document(row[0]) for row in found]

    def overrides(self) -> dict[str, Overrides]:
        """What a person decided, by location."""
        return {
            location: _overrides(json.loads(record))
            for location, record in self.rows("SELECT location, record FROM overrides")
        }

    def put_overrides(self, location: str, overrides: Overrides) -> None:
        with self.transaction() as connection:
            connection.execute(*_overrides_row(location, overrides))

    def facts(self) -> list[Facts]:
        """What is known of every document, in the order of their places."""
        fields = ("date", "event_date", "publisher", "language", "kind", "years")
        paths = ", ".join(f"'$.{name}'" for name in fields)
        found = self.rows(
            f"SELECT id, json_extract(record, {paths}) FROM documents ORDER BY location"
        )
        return [_facts(key, values) for key, values in found]

    def main_years(self) -> tuple[int, ...]:
        """The first year of every document that has one, distinct and in order."""
        query = "SELECT DISTINCT json_extract(record, '$.years[0]') AS year FROM documents"
        return tuple(row[0] for row in self.rows(f"{query} WHERE year IS NOT NULL ORDER BY year"))

    def chunks(self, where: str, arguments: Sequence[Any] = ()) -> list[Chunk]:
        found = self.rows(
            "SELECT id, document_id, number, start, stop, sentences, heading, text FROM chunks"
            f" WHERE {where} ORDER BY document_id, number",
            arguments,
        )
        return [_chunk(row) for row in found]

    def sharing_bands(self, document_id: str, number: int, limit: int) -> list[tuple[str, int]]:
        """Other texts (document id, number) that share a band with this one, most bands first.

        Of passages only those in other documents; `number` is a chunk's index or `WHOLE`.
        """
        return self.rows(
            "SELECT other.document_id, other.number FROM bands AS own JOIN bands AS other"
            " ON other.band = own.band AND other.document_id <> own.document_id"
            " AND (other.number < 0) = (own.number < 0)"
            " WHERE own.document_id = ? AND own.number = ?"
            " GROUP BY other.document_id, other.number"
            " ORDER BY count(*) DESC, other.document_id, other.number LIMIT ?",
            (document_id, number, limit),
        )

    # Embedding cache

    def vectors(self, keys: Sequence[bytes]) -> dict[bytes, np.ndarray]:
        """The cached vectors among these keys."""
        found: dict[bytes, np.ndarray] = {}
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            marks = ",".join("?" * len(part))
            for key, vector in self.rows(
                f"SELECT key, vector FROM embeddings WHERE key IN ({marks})", part
            ):
                found[key] = np.frombuffer(vector, dtype=np.float32)
        return found

    def put_vectors(self, vectors: Iterable[tuple[bytes, np.ndarray]]) -> None:
        with self.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO embeddings VALUES (?, ?)",
                [(key, vector.astype(np.float32).tobytes()) for key, vector in vectors],
            )


def _chunk_row(chunk: Chunk) -> tuple[Any, ...]:
    sentences = json.dumps([[span.start, span.end] for span in chunk.sentences])
    return (
        chunk.id,
        chunk.document_id,
        chunk.index,
        chunk.span.start,
        chunk.span.end,
        sentences,
        chunk.heading,
        chunk.text,
    )


def _chunk(row: tuple[Any, ...]) -> Chunk:
    return Chunk(
        id=row[0],
        document_id=row[1],
        index=row[2],
        span=Span(start=row[3], end=row[4]),
        sentences=tuple(Span(start=start, end=end) for start, end in json.loads(row[5])),
        heading=row[6],
        text=row[7],
    )


def _facts(key: str, values: str) -> Facts:
    date, event_date, publisher, language, kind, years = json.loads(values)
    return Facts(
        id=key,
        date=date,
        event_date=event_date,
        publisher=publisher,
        language=language,
        kind=kind,
        years=tuple(years),
    )


def _overrides_row(location: str, overrides: Overrides) -> tuple[str, tuple[str, str]]:
    record = json.dumps(asdict(overrides), ensure_ascii=False)
    return "INSERT OR REPLACE INTO overrides VALUES (?, ?)", (location, record)


def _overrides(values: dict[str, Any]) -> Overrides:
    values["rules_off"] = tuple(values["rules_off"])
    values["kept"] = tuple(values["kept"])
    return Overrides(**values)


def _document(record: str) -> Document:
    values = json.loads(record)
    values["removals"] = tuple(Removal(**item) for item in values["removals"])
    values["source_map"] = tuple(Run(**item) for item in values["source_map"])
    values["marks"] = tuple(Mark(**item) for item in values.get("marks", ()))
    values["damaged"] = tuple(Span(**item) for item in values.get("damaged", ()))
    values["warnings"] = tuple(values["warnings"])
    values["years"] = tuple(values["years"])
    return Document(**values)
