"""The one write path: SQLite first, then vectors and the lexical index, which follow from it.

A document is one SQLite transaction that leaves it marked as not indexed; its vectors and terms
follow in batches. Whatever a kill interrupts is marked and finished by `recover` on the next
write, so nothing is lost and nothing stands twice.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from rag import centroids
from rag.database import Database
from rag.embedding_cache import LastQuestions, embed_cached
from rag.entries import Entry, Known
from rag.errors import DiskFull, EmbedderMismatch, InputError, LibraryLocked
from rag.exact import ExactVectors
from rag.facts import KnownFacts
from rag.filters import Facts
from rag.index_log import IndexLog
from rag.indexed_text import embedding_text, indexed_with
from rag.indexes import Indexes
from rag.lexical import LexicalIndex
from rag.loaders import location_of
from rag.records import Chunk, Document, Language, Overrides
from rag.vectors import Neighbours
from rag.write_lock import LOCK_WAIT, WriteLock

__all__ = ["Entry", "Known", "Store", "embedding_text"]

FLUSH_CHUNKS = 2000
"""Chunks collected before vectors and terms are written; Chroma is slow in small batches."""


class Store:
    """A library directory: `library.db`, `chroma/` and `lexical/`."""

    def __init__(
        self, directory: Path, open_embedder: Callable[[], Any], *, chroma_url: str | None = None
    ) -> None:
        self.directory = directory
        self._open_embedder = open_embedder
        self._chroma_url = chroma_url
        self.database = Database(directory / "library.db")
        self._log = IndexLog(self.database)
        self._known = KnownFacts(self.database.rows)
        self._questions = LastQuestions()
        self.lock = WriteLock(directory)
        self._unflushed = 0

    @cached_property
    def embedder(self) -> Any:
        """The embedding function; made on first use.

        Raises:
            EmbedderMismatch: the library was made with another one.
        """
        embedder = self._open_embedder()
        made_with = self.database.meta("embedder")
        if made_with is not None and made_with != embedder.fingerprint:
            raise EmbedderMismatch(
                f"This library was made with the embedder {made_with!r}, not "
                f"{embedder.fingerprint!r}.",
                "Unset the embedder setting, or run `yinju rebuild` to embed it anew.",
            )
        return embedder

    @cached_property
    def indexes(self) -> Indexes:
        """Vectors and terms, and how they are kept whole."""
        return Indexes(
            self.directory,
            self.database,
            self.lock,
            lambda: self.embedder,
            lambda texts: self.embed(texts),
            self._chroma_url,
        )

    @property
    def vectors(self) -> Neighbours:
        self._follow_embedder()
        return self.indexes.vectors

    @property
    def exact(self) -> ExactVectors:
        """Every vector, to be compared one by one."""
        self._follow_embedder()
        return self.indexes.exact

    @property
    def lexical(self) -> LexicalIndex:
        return self.indexes.lexical

    def _follow_embedder(self) -> None:
        """Another process may have rebuilt the library with another one."""
        made_with = self.database.meta("embedder")
        if "embedder" in self.__dict__ and made_with not in (None, self.embedder.fingerprint):
            self.__dict__.pop("embedder")
            self.indexes.close()

    def close(self) -> None:
        if "indexes" in self.__dict__:
            self.indexes.close()
        self.database.close()

    # Reading

    def documents(self) -> list[Document]:
        return self.database.documents()

    def document(self, name: str) -> Document:
        """The document with this id, path, address or file name.

        Raises:
            InputError: there is none, or the name fits several.
        """
        wanted = location_of(name)
        found = self.database.documents("id = ? OR location = ?", (name, wanted))
        found = found or [
            document
            for document in self.documents()
            if document.path == name or Path(document.path).name == name
        ]
        if len(found) == 1:
            return found[0]
        problem = "is not in the library" if not found else f"fits {len(found)} documents"
        raise InputError(f"Document {name!r} {problem}.", "See `yinju documents` for the ids.")

    def documents_by_id(self, ids: Sequence[str]) -> list[Document]:
        return self.database.documents_by_id(ids)

    def count_documents(self) -> int:
        return int(self.database.rows("SELECT count(*) FROM documents")[0][0])

    def facts(self) -> list[Facts]:
        """What is known of every document, without reading its text; in the order of places."""
        return list(self._known.all().values())

    def facts_by_id(self, ids: Sequence[str]) -> dict[str, Facts]:
        """The same of these documents, as far as they are there."""
        return self._known.of(ids)

    def main_years(self) -> tuple[int, ...]:
        """The years that documents are mainly about, in order."""
        return self.database.main_years()

    def location_of(self, document_id: str) -> str:
        return str(
            self.database.rows("SELECT location FROM documents WHERE id = ?", (document_id,))[0][0]
        )

    def known(self) -> dict[str, Known]:
        """What stands in the library, by location."""
        found = self.database.rows(
            "SELECT location, id, sha256, coalesce(version, '') FROM documents"
            " LEFT JOIN prepared ON document_id = id"
        )
        return {
            location: Known(document_id=document_id, sha256=sha256, prepared_with=version)
            for location, document_id, sha256, version in found
        }

    def overrides(self) -> dict[str, Overrides]:
        """What a person decided about files, by location."""
        return self.database.overrides()

    def put_overrides(self, location: str, overrides: Overrides) -> None:
        """Keep a person's decisions about a file; they hold when it is next read."""
        self.database.put_overrides(location, overrides)

    def raw(self, document_id: str) -> bytes:
        """The file's bytes as they were read."""
        return bytes(
            self.database.rows("SELECT raw FROM documents WHERE id = ?", (document_id,))[0][0]
        )

    def chunks_of(self, document_id: str) -> list[Chunk]:
        return self.database.chunks("document_id = ?", (document_id,))

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        return {chunk.id: chunk for chunk in self.database.chunks_by_id(ids)}

    def has_chunks(self) -> bool:
        return bool(self.database.rows("SELECT EXISTS (SELECT 1 FROM chunks)")[0][0])

    def count_chunks(self) -> dict[str, int]:
        """Chunks by document id."""
        return dict(
            self.database.rows("SELECT document_id, count(*) FROM chunks GROUP BY document_id")
        )

    # Embedding with the cache

    def embed(
        self, texts: Sequence[str], *, report: Callable[[int], None] | None = None
    ) -> np.ndarray:
        """Passage vectors of these texts, shape (len(texts), dimension), cached by content."""
        return embed_cached(self.database, self.embedder, texts, report)

    def embed_question(self, question: str) -> np.ndarray:
        """The query vector, shape (dimension,); those of the last few questions are kept."""
        return self._questions.vector(self.embedder, question)

    # Writing

    @contextmanager
    def writing(self, wait: float = LOCK_WAIT) -> Iterator[None]:
        """Hold the write lock; finish interrupted work first, flush at the end.

        Raises:
            LibraryLocked: another process is writing.
        """
        with self.lock.held(wait):
            self.flush()
            yield
            self.flush()

    def waiting(self) -> int:
        """Documents whose vectors and terms are not yet in step with SQLite."""
        return self._log.waiting()

    def recover(self) -> None:
        """Finish what a killed writer left, unless someone is writing now or there is no room.

        Searching then goes on with what is there.
        """
        self._follow_embedder()
        if self.waiting() and not self.database.read_only:
            with suppress(LibraryLocked, DiskFull), self.writing(wait=0):
                pass

    def add(self, entry: Entry, *, report: Callable[[int], None] | None = None) -> None:
        """Store one document in one transaction; within `writing`.

        `report` takes the number of chunks just embedded, which is not those whose text was known.
        """
        texts = [embedding_text(entry.document, chunk) for chunk in entry.chunks]
        self.embed(texts, report=report)
        if self.database.meta("embedder") is None:  # not before it has shown that it works
            self.database.start_anew(self.embedder.fingerprint, self.embedder.spec)
        self.database.put_document(
            entry.document,
            entry.location,
            entry.raw,
            entry.chunks,
            entry.bands,
            entry.overrides,
            entry.prepared_with,
        )
        self._unflushed += len(entry.chunks)
        if self._unflushed >= FLUSH_CHUNKS:
            self.flush()

    def revise(
        self, document: Document, edited: Document, location: str, overrides: Overrides
    ) -> None:
        """Put the edited record of a document in its place, with the decisions; in `writing`."""
        keep = indexed_with(document) == indexed_with(edited)
        self.database.revise_document(edited, location, overrides, keep_index=keep)

    def remove(self, document_id: str) -> None:
        """Forget one document; within `writing`."""
        self.database.delete_document(document_id)

    def flush(self) -> None:
        """Bring vectors and terms in step with SQLite, some passages at a time."""
        self._unflushed = 0
        gone = self._log.gone()
        batches = list(self._log.batches(FLUSH_CHUNKS, indexed=False))
        if not gone and not batches:
            return
        # First, so that no kill leaves them behind the documents.
        centroids.store(self.database, self.embed)
        for ids in batches or [[]]:
            self.indexes.update(gone, ids)
            gone = []

    def centroids(self) -> dict[Language, np.ndarray]:
        """The mean chunk vector of each language in the library, shape (dimension,)."""
        return centroids.stored(self.database)

    def rebuild(self) -> int:
        """Make vectors and terms anew from SQLite, with the embedder now chosen.

        Returns:
            The number of chunks indexed.
        """
        with self.lock.held(LOCK_WAIT):
            embedder = self._open_embedder()
            self.indexes.close()
            self.database.start_anew(embedder.fingerprint, embedder.spec)
            self.__dict__.pop("embedder", None)
            self.flush()
        return sum(self.count_chunks().values())
