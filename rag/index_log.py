"""What SQLite notes about the indexes: what they hold and lack, how their files were left."""

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rag.database import NEXT_GENERATION, PUT_META, Database
from rag.errors import IndexDamaged
from rag.indexed_text import Passage, passages_in
from rag.matrix import Change
from rag.seals import OPEN, is_whole

FILL_CHUNKS = 2000
"""Passages held in memory at once while an index is filled."""


class IndexLog:
    """The notes of one library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def identity(self) -> str:
        """Tells this library from others that use the same Chroma server."""
        found = self._database.meta("identity")
        if found is None:
            found = secrets.token_hex(4)
            self._database.set_meta("identity", found)
        return found

    def generation(self) -> str | None:
        """Changes whenever an index has been written."""
        return self._database.meta("generation")

    def sealed(self, name: str) -> str | None:
        """How an index was left; None in a library that did not note it."""
        return self._database.meta(f"sealed_{name}")

    def waiting(self) -> int:
        """Documents whose vectors and terms are not yet in step."""
        query = "SELECT (SELECT count(*) FROM gone) + count(*) FROM documents WHERE indexed = 0"
        return int(self._database.rows(query)[0][0])

    def gone(self) -> list[str]:
        """Documents that are no more, while their vectors and terms may still be there."""
        return [row[0] for row in self._database.rows("SELECT document_id FROM gone")]

    def batches(self, size: int, *, indexed: bool) -> Iterator[list[str]]:
        """Ids of documents, in order of place, as many together as have about `size` chunks."""
        batch: list[str] = []
        held = 0
        for key, count in self._database.rows(
            "SELECT id, (SELECT count(*) FROM chunks WHERE document_id = documents.id)"
            " FROM documents WHERE indexed = ? ORDER BY location",
            (int(indexed),),
        ):
            if batch and held + count > size:
                yield batch
                batch, held = [], 0
            batch.append(key)
            held += count
        if batch:
            yield batch

    def passages(self, *, waiting: bool = False) -> Iterator[list[Passage]]:
        """Those of every indexed document, if wanted of the waiting ones too, some at once."""
        for indexed in (True, False) if waiting else (True,):
            yield from passages_in(self._database, self.batches(FILL_CHUNKS, indexed=indexed))

    def mark_indexed(
        self,
        document_ids: Iterable[str],
        forgotten: Iterable[str],
        seals: Mapping[str, str],
        change: Change,
    ) -> None:
        """The vectors and terms of these are all in place, those of `forgotten` all gone.

        Counts a generation, by which other processes see that their open indexes are old.
        """
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE documents SET indexed = 1 WHERE id = ?", [(key,) for key in document_ids]
            )
            connection.executemany(
                "DELETE FROM gone WHERE document_id = ?", [(key,) for key in forgotten]
            )
            change.note(connection)
            self._put_seals(connection, seals)

    def seal(self, seals: Mapping[str, str], change: Change | None = None) -> None:
        """These indexes are as described, and hold every document marked as indexed."""
        with self._database.transaction() as connection:
            if change:
                change.note(connection)
            self._put_seals(connection, seals)

    def unseal(self, *names: str) -> None:
        """These indexes are being written; whoever finds them so was interrupted."""
        with self._database.transaction() as connection:
            connection.executemany(PUT_META, [(f"sealed_{name}", OPEN) for name in names])

    def _put_seals(self, connection: sqlite3.Connection, seals: Mapping[str, str]) -> None:
        connection.executemany(
            PUT_META, [(f"sealed_{name}", value) for name, value in seals.items()]
        )
        connection.execute(
            "INSERT OR REPLACE INTO meta SELECT 'indexed_passages', count(*) FROM chunks"
            " WHERE document_id IN (SELECT id FROM documents WHERE indexed = 1)"
        )
        connection.execute(NEXT_GENERATION)

    def indexed_passages(self) -> int | None:
        """Passages that each index should hold; None in a library that did not count them."""
        if not self.waiting():
            return int(self._database.rows("SELECT count(*) FROM chunks")[0][0])
        found = self._database.meta("indexed_passages")
        return None if found is None else int(found)

    def require_seal(self, name: str, folder: Path, files: Iterable[Path]) -> None:
        """Compare the files of an index with how it was left.

        Raises:
            IndexDamaged: they are not the same.
        """
        expected = self.sealed(name)
        if expected == OPEN:
            raise IndexDamaged(f"The {name} index was left half written.")
        if expected is not None and not is_whole(folder, files, expected):
            raise IndexDamaged(f"The {name} index at {str(folder)!r} is damaged.")

    def require_count(self, name: str, found: int) -> None:
        """Compare how many passages an index holds with how many it should.

        Raises:
            IndexDamaged: they are not the same.
        """
        expected = self.indexed_passages()
        if expected is not None and found != expected:
            raise IndexDamaged(f"The {name} index holds {found} of {expected} passages.")
