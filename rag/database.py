"""SQLite, the truth of a library: rows in and out of records. No policy lives here."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rag.errors import LibraryDamaged, LibraryError
from rag.records import Chunk, Document, Overrides
from rag.rows import (
    CHUNK_COLUMNS,
    Row,
    chunk_of,
    chunk_row,
    document_of,
    document_row,
    overrides_of,
    overrides_row,
    parts,
)
from rag.schema import SCHEMA_VERSION, explained, open_database
from rag.seals import OPEN

Band = tuple[int, int]
"""A chunk's index, or `WHOLE`, and a band of its text's fingerprint (see `rag.duplicates`)."""

WHOLE = -1
"""In place of a chunk's index: the document's whole text."""

PUT_META = "INSERT OR REPLACE INTO meta VALUES (?, ?)"
_PUT_OVERRIDES = "INSERT OR REPLACE INTO overrides VALUES (?, ?)"
NEXT_GENERATION = (
    "INSERT INTO meta VALUES ('generation', '1') ON CONFLICT (key) DO UPDATE SET value = value + 1"
)


class Database:
    """One connection to `library.db`, shared by threads under a lock."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Raises:
            LibraryError: it cannot be used.
            LibraryDamaged: it is not as it was written.
        """
        self.path = path
        self._lock = threading.RLock()
        self._damage: LibraryDamaged | None = None
        self._connection, self.read_only = open_database(path)
        found = self.meta("schema")
        if found in (None, "1") and not self.read_only:
            # Version 1 lacked tables and fields that have defaults.
            self.set_meta("schema", str(SCHEMA_VERSION))
        elif found not in ("1", str(SCHEMA_VERSION)):
            raise LibraryError(
                f"The library at {str(path.parent)!r} has schema {found}, not {SCHEMA_VERSION}.",
                "It was made by another version of Yinju: ingest into a new --library.",
            )

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: commit at the end, roll back on any error.

        Raises:
            LibraryError: the library may only be read, or was found damaged.
            DiskFull: there is no room.
        """
        if self._damage:
            raise self._damage
        if self.read_only:
            raise LibraryError(
                f"The library at {str(self.path.parent)!r} may only be read.",
                "Check its permissions, or name another with --library.",
            )
        with self._lock:
            try:
                with self._connection:
                    yield self._connection
            except sqlite3.IntegrityError:
                raise  # a bug of ours, not a state of the disk
            except sqlite3.DatabaseError as error:
                raise self._explained(error) from None

    @contextmanager
    def relaxed(self) -> Iterator[None]:
        """Commit without waiting for the disk; the next other commit makes up for it."""
        with self._lock:
            self._connection.execute("PRAGMA synchronous = NORMAL")
            try:
                yield
            finally:
                self._connection.execute("PRAGMA synchronous = FULL")

    def rows(self, query: str, arguments: Sequence[Any] = ()) -> list[Row]:
        with self._lock:
            try:
                return self._connection.execute(query, arguments).fetchall()
            except sqlite3.DatabaseError as error:
                raise self._explained(error) from None

    def _explained(self, error: sqlite3.DatabaseError) -> LibraryError:
        """The error to show; once damage was seen, nothing is written any more."""
        found = explained(error, self.path.parent)
        if isinstance(found, LibraryDamaged):
            self._damage = found
        return found

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def meta(self, key: str) -> str | None:
        found = self.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return found[0][0] if found else None

    def set_meta(self, key: str, value: str) -> None:
        with self.transaction() as connection:
            connection.execute(PUT_META, (key, value))

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
                connection.execute(_PUT_OVERRIDES, overrides_row(location, overrides))
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
                    document_row(document),
                    raw,
                ),
            )
            connection.executemany(
                "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [chunk_row(chunk) for chunk in chunks],
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
        with self.transaction() as connection:
            connection.execute(_PUT_OVERRIDES, overrides_row(location, overrides))
            connection.execute(
                "UPDATE documents SET record = ?, indexed = indexed AND ? WHERE id = ?",
                (document_row(document), keep_index, document.id),
            )

    def delete_document(self, document_id: str) -> None:
        with self.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO gone VALUES (?)", (document_id,))
            connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    # Embedder

    def start_anew(self, fingerprint: str, spec: str) -> None:
        """Mark every document as not indexed, and the indexes as void, for this embedder."""
        values = {"embedder": fingerprint, "embedder_spec": spec, "indexed_passages": "0"}
        values |= dict.fromkeys(("sealed_vectors", "sealed_lexical", "sealed_exact"), OPEN)
        with self.transaction() as connection:
            connection.executemany(PUT_META, values.items())
            connection.execute(NEXT_GENERATION)
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
        return [document_of(row[0]) for row in found]

    def first_of_language(self, language: str, limit: int) -> list[Document]:
        """The documents in a language whose ids come first."""
        found = self.rows(
            "SELECT record FROM documents WHERE json_extract(record, '$.language') = ?"
            " ORDER BY id LIMIT ?",
            (language, limit),
        )
        return [document_of(row[0]) for row in found]

    def documents_by_id(self, ids: Sequence[str]) -> list[Document]:
        """Those of these that are there, in order of place within every few hundred."""
        return [
            document
            for part, marks in parts(ids)
            for document in self.documents(f"id IN ({marks})", part)
        ]

    def overrides(self) -> dict[str, Overrides]:
        """What a person decided, by location."""
        return {
            location: overrides_of(record)
            for location, record in self.rows("SELECT location, record FROM overrides")
        }

    def put_overrides(self, location: str, overrides: Overrides) -> None:
        with self.transaction() as connection:
            connection.execute(_PUT_OVERRIDES, overrides_row(location, overrides))

    def main_years(self) -> tuple[int, ...]:
        """The first year of every document that has one, distinct and in order."""
        query = "SELECT DISTINCT json_extract(record, '$.years[0]') AS year FROM documents"
        return tuple(row[0] for row in self.rows(f"{query} WHERE year IS NOT NULL ORDER BY year"))

    def chunks(self, where: str, arguments: Sequence[Any] = ()) -> list[Chunk]:
        found = self.rows(
            f"SELECT {CHUNK_COLUMNS} FROM chunks WHERE {where} ORDER BY document_id, number",
            arguments,
        )
        return [chunk_of(row) for row in found]

    def chunks_by_id(self, ids: Sequence[str]) -> list[Chunk]:
        return [
            chunk for part, marks in parts(ids) for chunk in self.chunks(f"id IN ({marks})", part)
        ]

    def chunks_of_documents(self, document_ids: Sequence[str]) -> list[Chunk]:
        return [
            chunk
            for part, marks in parts(document_ids)
            for chunk in self.chunks(f"document_id IN ({marks})", part)
        ]

    def some_chunks(self, document_ids: Sequence[str], *, each: int) -> list[Chunk]:
        """Up to `each` chunks of every document, evenly chosen."""
        count = "(SELECT count(*) FROM chunks AS own WHERE own.document_id = chunks.document_id)"
        return [
            chunk
            for part, marks in parts(document_ids)
            for chunk in self.chunks(
                f"document_id IN ({marks}) AND number % (({count} + ? - 1) / ?) = 0",
                [*part, each, each],
            )
        ]

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
