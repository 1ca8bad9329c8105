"""Vectors and terms of a library: kept in step with SQLite, and made anew where damaged.

Before either index is written, SQLite notes that it is open; afterwards it gets a seal, in the
same transaction that marks its documents as indexed. A folder that is not as it was sealed, or
that holds another number of passages than SQLite, is thrown away and filled again from SQLite,
whose embedding cache makes that cheap. Where it cannot be (a library that may only be read, a
full disk, another writer), searching goes on without it.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from rag.database import Database
from rag.embedding import Embedder
from rag.errors import DiskFull, IndexDamaged, LibraryLocked
from rag.exact import ExactVectors
from rag.index_files import Embed, IndexFiles
from rag.index_log import IndexLog
from rag.lexical import LexicalIndex
from rag.seals import OPEN
from rag.vectors import Neighbours, VectorIndex
from rag.write_lock import WriteLock

_logger = logging.getLogger(__name__)
_Index = TypeVar("_Index")


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
        self._database = database
        self._log = IndexLog(database)
        self._write_lock = lock
        self.files = IndexFiles(directory, database, self._log, embedder, embed, chroma_url)
        self._lock = threading.RLock()
        self._generation = self._log.generation()
        self._vectors: VectorIndex | None = None
        self._without_chroma = False
        self._exact: ExactVectors | None = None
        self._lexical: LexicalIndex | None = None
        self._refilled = False
        self._provisional = False
        """Whether what is open stands in for an index that could not be made anew."""

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
                    self._vectors = self.files.vectors(self._instead_of_vectors)
                except (IndexDamaged, DiskFull) as damage:
                    return self._instead_of_vectors(damage)
            return self._vectors

    def _instead_of_vectors(self, damage: IndexDamaged | DiskFull) -> Neighbours:
        """Vectors made anew, but once; else those compared one by one."""
        with self._lock:
            if not self._refilled and self._mended(self._fill_vectors, damage):
                self._refilled = True
                with suppress(IndexDamaged):
                    self._vectors = self.files.vectors(self._instead_of_vectors)
                    return self._vectors
            self.close_vectors()
            self._provisional = self._without_chroma = True
            return self.exact

    def _fill_vectors(self) -> None:
        self.close_vectors()
        self.files.fill_vectors()

    @property
    def exact(self) -> ExactVectors:
        """Every vector, to be compared one by one: from files, or where they cannot be made anew,
        from SQLite.
        """
        with self._lock:
            self.follow()
            if self._exact is None:
                self._exact = self._opened(self.files.exact, self.files.fill_exact)
            if self._exact is None:
                self._provisional = True
                self._exact = ExactVectors.of(self.files.cached())
            return self._exact

    @property
    def lexical(self) -> LexicalIndex:
        """The lexical index, or where it can neither be read nor made anew, one in passing."""
        with self._lock:
            self.follow()
            if self._lexical is None:
                self._lexical = self._opened(self.files.lexical, self.files.fill_lexical)
            if self._lexical is None:
                self._provisional = True
                self._lexical = self._some_lexical()
            return self._lexical

    def _some_lexical(self) -> LexicalIndex:
        if self._log.sealed("lexical") == OPEN:
            with suppress(IndexDamaged):  # another process writes; tantivy shows its last commit
                return self.files.new_lexical()
        return self.files.passing_lexical()

    def _opened(self, sound: Callable[[], _Index], fill: Callable[[], None]) -> _Index | None:
        """The index as it is, or made anew; None where that cannot be."""
        try:
            return sound()
        except IndexDamaged as damage:
            if self._mended(fill, damage):
                with suppress(IndexDamaged):
                    return sound()
        return None

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
            self.files.scratch.clear()

    def close_vectors(self) -> None:
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None

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
        files = self.files
        if self._vectors is None:
            opened = partial(files.vectors, self._instead_of_vectors)
            self._vectors = self._filled(opened, files.fill_vectors)
        if self._lexical is None:
            self._lexical = self._filled(files.lexical, files.fill_lexical)
        self._exact = None
        self._filled(files.exact, files.fill_exact)
        files.update(self._vectors, self._lexical, gone, ids)
        self._generation = self._log.generation()

    def _filled(self, sound: Callable[[], _Index], fill: Callable[[], None]) -> _Index:
        """The index as it is, or made anew where it is not as it was left."""
        try:
            return sound()
        except IndexDamaged as damage:
            if self._log.indexed_passages():
                _logger.warning("%s It is made anew from library.db.", damage.message)
        fill()
        return sound()
