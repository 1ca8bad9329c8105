"""Vectors and terms of a library: kept in step with SQLite, and made anew where damaged.

Before either index is written, SQLite notes that it is open; afterwards it gets a seal, in the
same transaction that marks its documents as indexed. A folder that is not as it was sealed, or
that holds another number of passages than SQLite, is thrown away and filled again from SQLite,
whose embedding cache makes that cheap. Where it cannot be (a library that may only be read, a
full disk, another writer), searching goes on without it.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from rag.database import Database
from rag.disk import clear_folder
from rag.embedding import Embedder
from rag.errors import DiskFull, IndexDamaged, LibraryLocked
from rag.exact import ExactVectors
from rag.filling import put_some, put_terms, put_vectors, rows_of, terms_of
from rag.index_log import IndexLog
from rag.indexed_text import passages_of
from rag.lexical import LexicalIndex
from rag.matrix import Matrix
from rag.records import Language
from rag.scratch import Scratch
from rag.seals import OPEN, seal, term_files, vector_files
from rag.vectors import Neighbours, VectorIndex
from rag.write_lock import WriteLock

_logger = logging.getLogger(__name__)

Embed = Callable[[Sequence[str]], np.ndarray]


class Indexes:
    """The indexes of one library, opened on first use."""

    def __init__(
        self,
        directory: Path,
        database: Database,
        lock: WriteLock,
        embedder: Callable[[], Embedder],
        embed: Embed,
        chroma_url: str | None,
    ) -> None:
        self._chroma = directory / "chroma"
        self._terms = directory / "lexical"
        self._matrix = Matrix(directory / "exact", database)
        self._database = database
        self._log = IndexLog(database)
        self._write_lock = lock
        self._embedder = embedder
        self._embed = embed
        self._chroma_url = chroma_url
        self._lock = threading.RLock()
        self._generation = self._log.generation()
        self._vectors: VectorIndex | None = None
        self._without_chroma = False
        self._exact: ExactVectors | None = None
        self._lexical: LexicalIndex | None = None
        self._refilled = False
        self._provisional = False
        """Whether what is open stands in for an index that could not be made anew."""
        self._scratch = Scratch()

    # Reading

    @property
    def vectors(self) -> Neighbours:
        """Chroma's, or where they can neither be read nor made anew, those compared one by one."""
        with self._lock:
            self.follow()
            if self._without_chroma:
                return self.exact
            if self._vectors is None:
                try:
                    self._vectors = self.sound_vectors()
                except (IndexDamaged, DiskFull) as damage:
                    return self._instead_of_vectors(damage)
            return self._vectors

    def _instead_of_vectors(self, damage: IndexDamaged | DiskFull) -> Neighbours:
        """Vectors made anew, but once; else those compared one by one."""
        with self._lock:
            if not self._refilled and self._mended(self._fill_vectors, damage):
                self._refilled = True
                with suppress(IndexDamaged):
                    self._vectors = self.sound_vectors()
                    return self._vectors
            self.close_vectors()
            self._provisional = self._without_chroma = True
            return self.exact

    @property
    def exact(self) -> ExactVectors:
        """Every vector, to be compared one by one: from files, or where they cannot be made anew,
        from SQLite.
        """
        with self._lock:
            self.follow()
            if self._exact is None:
                self._exact = self._some_exact()
            return self._exact

    def _some_exact(self) -> ExactVectors:
        try:
            return self.sound_exact()
        except IndexDamaged as damage:
            if self._mended(self._fill_exact, damage):
                with suppress(IndexDamaged):
                    return self.sound_exact()
        self._provisional = True
        return ExactVectors.of(self.cached())

    def cached(self) -> Iterator[tuple[str, Language, np.ndarray]]:
        """Chunk id, language and vector of every passage, from SQLite."""
        for passages in self._log.passages(waiting=True):
            vectors = self._embed([passage.text for passage in passages])
            for passage, vector in zip(passages, vectors, strict=True):
                yield passage.chunk.id, passage.document.language, vector

    @property
    def lexical(self) -> LexicalIndex:
        """The lexical index, or where it can neither be read nor made anew, one in passing."""
        with self._lock:
            self.follow()
            if self._lexical is None:
                self._lexical = self._some_lexical()
            return self._lexical

    def _some_lexical(self) -> LexicalIndex:
        try:
            return self.sound_lexical()
        except IndexDamaged as damage:
            if self._mended(self._fill_lexical, damage):
                with suppress(IndexDamaged):
                    return self.sound_lexical()
        self._provisional = True
        if self._log.sealed("lexical") == OPEN:
            with suppress(IndexDamaged):  # another process writes; tantivy shows its last commit
                return LexicalIndex(self._readable(self._terms))
        index = LexicalIndex(self._scratch.folder() / "lexical")
        put_terms(index, self._log.passages(waiting=True))
        return index

    def _mended(self, fill: Callable[[], None], damage: IndexDamaged | DiskFull) -> bool:
        """Whether the index was made anew, by us or by whoever held the lock before us."""
        generation = self._generation
        if self._database.read_only or isinstance(damage, DiskFull):
            return False
        try:
            with self._write_lock.held(wait=0):
                if self._log.generation() == generation:
                    _logger.warning("%s It is made anew from library.db.", damage.message)
                    fill()
        except LibraryLocked:
            return False
        except (DiskFull, IndexDamaged) as error:
            _logger.warning("It cannot be made anew now, so searching does without: %s", error)
            return False
        self.follow()
        return True

    def follow(self) -> None:
        """Open anew what another process has written since."""
        with self._lock:
            generation = self._log.generation()
            if generation != self._generation:
                self._generation = generation
                self.close()

    def close(self) -> None:
        with self._lock:
            self.close_vectors()
            self._exact = self._lexical = None
            self._provisional = self._without_chroma = False
            self._scratch.clear()

    def close_vectors(self) -> None:
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None

    # Opening what is sound

    def sound_vectors(self) -> VectorIndex:
        """The vectors as they are on the disk.

        Raises:
            IndexDamaged: the folder is not as it was left.
        """
        if self._database.read_only:
            raise IndexDamaged("Chroma opens no folder that may not be written.")
        if self._chroma_url is None:
            self._log.require_seal("vectors", self._chroma, vector_files(self._chroma))
        index = self._new_vectors()
        try:
            self._log.require_count("vectors", len(index))
        except IndexDamaged:
            index.close()
            raise
        return index

    def _new_vectors(self) -> VectorIndex:
        owner = self._log.identity if self._chroma_url else ""
        return VectorIndex(
            self._chroma,
            self._embedder(),
            chroma_url=self._chroma_url,
            owner=owner,
            otherwise=self._instead_of_vectors,
        )

    def sound_exact(self) -> ExactVectors:
        """The vectors in files of their own, mapped into memory.

        Raises:
            IndexDamaged: they are not as they were left, or not those of the passages.
        """
        exact = self._matrix.open()
        self._log.require_count("exact", len(exact))
        return exact

    def sound_lexical(self) -> LexicalIndex:
        """The lexical index as it is on the disk.

        Raises:
            IndexDamaged: the folder is not as it was left.
        """
        self._log.require_seal("lexical", self._terms, term_files(self._terms))
        index = LexicalIndex(self._readable(self._terms))
        self._log.require_count("lexical", len(index))
        return index

    def _readable(self, folder: Path) -> Path:
        """The folder itself, or a copy where tantivy could not lock it."""
        return self._scratch.copy_of(folder) if self._database.read_only else folder

    # Writing, under the write lock

    def update(self, gone: Sequence[str], ids: Sequence[str]) -> None:
        """Forget the documents of `gone`, put those of `ids` anew, and mark them as indexed.

        Raises:
            DiskFull: there is no room; what was found before is still found.
        """
        self.follow()
        if self._provisional:
            self.close()
        finished = False
        try:
            self._update(gone, ids)
            finished = True
        finally:
            if not finished:  # whoever opens them next looks at how they were left
                self.close()

    def _update(self, gone: Sequence[str], ids: Sequence[str]) -> None:
        passages = passages_of(self._database, ids)
        embedded = self._embed([passage.text for passage in passages])
        vectors, lexical = self._writable_vectors(), self._writable_lexical()
        self._require_exact()
        self._log.unseal("vectors", "lexical")
        stale = [*gone, *ids]
        change = self._matrix.append(stale, rows_of(passages, embedded))
        vectors.remove_documents(stale)
        put_some(vectors, passages, embedded)
        lexical.replace(stale, terms_of(passages))
        seals = {"vectors": self._vectors_seal(), "lexical": self._terms_seal()}
        self._log.mark_indexed(ids, gone, seals, change)
        self._generation = self._log.generation()
        self._exact = None
        self._matrix.tidy()

    def _writable_vectors(self) -> VectorIndex:
        if self._vectors is None:
            try:
                self._vectors = self.sound_vectors()
            except IndexDamaged as damage:
                self._note(damage)
                self._fill_vectors()
                self._vectors = self._new_vectors()
        return self._vectors

    def _writable_lexical(self) -> LexicalIndex:
        if self._lexical is None:
            try:
                self._lexical = self.sound_lexical()
            except IndexDamaged as damage:
                self._note(damage)
                self._fill_lexical()
                self._lexical = LexicalIndex(self._terms)
        return self._lexical

    def _require_exact(self) -> None:
        """Have files to which rows can be added."""
        try:
            self.sound_exact()
        except IndexDamaged as damage:
            self._note(damage)
            self._fill_exact()

    def _note(self, damage: IndexDamaged) -> None:
        if self._log.indexed_passages():
            _logger.warning("%s It is made anew from library.db.", damage.message)

    def _fill_vectors(self) -> None:
        """Throw the vectors away and put those of every indexed document."""
        self.close_vectors()
        index = self._new_vectors()
        try:
            self._log.unseal("vectors")
            index.clear()
            try:
                put_vectors(index, self._log.passages(), self._embed)
            except IndexDamaged:  # it opens, but is damaged within
                index.destroy()
                put_vectors(index, self._log.passages(), self._embed)
        finally:
            index.close()
        self._log.seal({"vectors": self._vectors_seal()})

    def _fill_exact(self) -> None:
        """Write the vectors of every indexed document into new files."""
        self._exact = None
        batches = (
            rows_of(passages, self._embed([passage.text for passage in passages]))
            for passages in self._log.passages()
        )
        self._log.seal({}, self._matrix.anew(batches))
        self._matrix.tidy()

    def _fill_lexical(self) -> None:
        """Throw the terms away and put those of every indexed document."""
        self._lexical = None
        self._log.unseal("lexical")
        clear_folder(self._terms)
        put_terms(LexicalIndex(self._terms), self._log.passages())
        self._log.seal({"lexical": self._terms_seal()})

    def _terms_seal(self) -> str:
        return seal(self._terms, term_files(self._terms))

    def _vectors_seal(self) -> str:
        return "{}" if self._chroma_url else seal(self._chroma, vector_files(self._chroma))
