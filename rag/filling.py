"""Passages into the indexes."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from rag.indexed_text import Passage
from rag.lexical import Entry, LexicalIndex
from rag.matrix import Row
from rag.text import search_terms
from rag.vectors import VectorIndex


def put_vectors(
    index: VectorIndex,
    batches: Iterable[Sequence[Passage]],
    embed: Callable[[Sequence[str]], np.ndarray],
) -> None:
    """The vectors of every batch."""
    for passages in batches:
        put_some(index, passages, embed([passage.text for passage in passages]))


def put_some(index: VectorIndex, passages: Sequence[Passage], vectors: np.ndarray) -> None:
    """Vectors, shape (len(passages), dimension), of these passages."""
    index.add(
        [passage.chunk.id for passage in passages],
        [passage.document for passage in passages],
        list(vectors),
    )


def rows_of(passages: Sequence[Passage], vectors: np.ndarray) -> list[Row]:
    """Vectors, shape (len(passages), dimension), of these passages, to be compared one by one."""
    return [
        (passage.document.id, passage.document.language, vector)
        for passage, vector in zip(passages, vectors, strict=True)
    ]


def put_terms(index: LexicalIndex, batches: Iterable[Sequence[Passage]]) -> None:
    """The terms of every batch, a commit each."""
    for passages in batches:
        index.replace([], terms_of(passages))


def terms_of(passages: Iterable[Passage]) -> Iterator[Entry]:
    """Each passage with its search terms."""
    for passage in passages:
        document = passage.document
        yield Entry(passage.chunk.id, document.id, document.language, search_terms(passage.text))
