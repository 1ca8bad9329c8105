"""What stands on the disk of a library's indexes: opened where sound, filled anew, sealed."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from rag.database import Database
from rag.disk import clear_folder
from rag.embedding import Embedder
from rag.errors import DiskFull, IndexDamaged
from rag.exact import ExactVectors
from rag.filling import put_some, put_terms, put_vectors, rows_of, terms_of
from rag.index_log import IndexLog
from rag.indexed_text import Passage, passages_of
from rag.lexical import LexicalIndex
from rag.matrix import Matrix
from rag.records import Language
from rag.scratch import Scratch
from rag.seals import seal, term_files, vector_files
from rag.vectors import Neighbours, VectorIndex

Embed = Callable[[Sequence[str]], np.ndarray]
Otherwise = Callable[[IndexDamaged | DiskFull], Neighbours]
"""What to search where Chroma fails again and again."""


class IndexFiles:
    """The folders of one library: `chroma/`, `exact/` and `lexical/`."""

    def __init__(
        self,
        directory: Path,
        database: Database,
        log: IndexLog,
        embedder: Callable[[], Embedder],
        embed: Embed,
        chroma_url: str | None,
    ) -> None:
        self._chroma = directory / "chroma"
        self._terms = directory / "lexical"
        self._matrix = Matrix(directory / "exact", database)
        self._database = database
        self._log = log
        self._embedder = embedder
        self._embed = embed
        self._chroma_url = chroma_url
        self.scratch = Scratch()
        """Holds copies of what may not be written, until who reads them is done."""

    # Opening what is sound

    def vectors(self, otherwise: Otherwise | None = None) -> VectorIndex:
        """The vectors as Chroma has them.

        Raises:
            IndexDamaged: the folder is not as it was left.
        """
        if self._database.read_only:
            raise IndexDamaged("Chroma opens no folder that may not be written.")
        if self._chroma_url is None:
            self._log.require_seal("vectors", self._chroma, vector_files(self._chroma))
        index = self.new_vectors(otherwise)
        try:
            self._log.require_count("vectors", len(index))
        except IndexDamaged:
            index.close()
            raise
        return index

    def new_vectors(self, otherwise: Otherwise | None = None) -> VectorIndex:
        """The same, whatever state they are in."""
        owner = self._log.identity if self._chroma_url else ""
        return VectorIndex(
            self._chroma,
            self._embedder(),
            chroma_url=self._chroma_url,
            owner=owner,
            otherwise=otherwise,
        )

    def exact(self) -> ExactVectors:
        """The vectors in files of their own, mapped into memory.

        Raises:
            IndexDamaged: they are not as they were left, or not those of the passages.
        """
        exact = self._matrix.open()
        self._log.require_count("exact", len(exact))
        return exact

    def lexical(self) -> LexicalIndex:
        """The lexical index.

        Raises:
            IndexDamaged: the folder is not as it was left.
        """
        self._log.require_seal("lexical", self._terms, term_files(self._terms))
        index = self.new_lexical()
        self._log.require_count("lexical", len(index))
        return index

    def new_lexical(self) -> LexicalIndex:
        """The same, whatever state it is in; of a copy where tantivy could not lock it."""
        readable = self.scratch.copy_of(self._terms) if self._database.read_only else self._terms
        return LexicalIndex(readable)

    # From SQLite, without the folders

    def cached(self) -> Iterator[tuple[str, Language, np.ndarray]]:
        """Chunk id, language and vector of every passage."""
        for passages in self._log.passages(waiting=True):
            for passage, vector in zip(passages, self._embedded(passages), strict=True):
                yield passage.chunk.id, passage.document.language, vector

    def passing_lexical(self) -> LexicalIndex:
        """A lexical index of every passage in a temporary folder."""
        index = LexicalIndex(self.scratch.folder() / "lexical")
        put_terms(index, self._log.passages(waiting=True))
        return index

    # Writing, under the write lock

    def update(
        self,
        vectors: VectorIndex,
        lexical: LexicalIndex,
        gone: Sequence[str],
        ids: Sequence[str],
    ) -> None:
        """Forget the documents of `gone`, put those of `ids` anew, and mark them as indexed.

        Raises:
            DiskFull: there is no room.
        """
        passages = passages_of(self._database, ids)
        embedded = self._embedded(passages)
        self._log.unseal("vectors", "lexical")
        stale = [*gone, *ids]
        change = self._matrix.append(stale, rows_of(passages, embedded))
        vectors.remove_documents(stale)
        put_some(vectors, passages, embedded)
        lexical.replace(stale, terms_of(passages))
        seals = {"vectors": self._vectors_seal(), "lexical": self._terms_seal()}
        self._log.mark_indexed(ids, gone, seals, change)
        self._matrix.tidy()

    def fill_vectors(self) -> None:
        """Throw the vectors away and put those of every indexed document."""
        index = self.new_vectors()
        put = partial(put_vectors, index)
        try:
            self._log.unseal("vectors")
            index.clear()
            try:
                put(self._log.passages(), self._embed)
            except IndexDamaged:  # it opens, but is damaged within
                index.destroy()
                put(self._log.passages(), self._embed)
        finally:
            index.close()
        self._log.seal({"vectors": self._vectors_seal()})

    def fill_exact(self) -> None:
        """Write the vectors of every indexed document into new files."""
        batches = (rows_of(some, self._embedded(some)) for some in self._log.passages())
        self._log.seal({}, self._matrix.anew(batches))
        self._matrix.tidy()

    def fill_lexical(self) -> None:
        """Throw the terms away and put those of every indexed document."""
        self._log.unseal("lexical")
        clear_folder(self._terms)
        put_terms(LexicalIndex(self._terms), self._log.passages())
        self._log.seal({"lexical": self._terms_seal()})

    def _embedded(self, passages: Sequence[Passage]) -> np.ndarray:
        return self._embed([passage.text for passage in passages])

    def _terms_seal(self) -> str:
        return seal(self._terms, term_files(self._terms))

    def _vectors_seal(self) -> str:
        return "{}" if self._chroma_url else seal(self._chroma, vector_files(self._chroma))
