"""The nearest chunks of some documents only: exact where they are few, widened where many.

Chroma filters slowly and, asked for its nearest with most of them filtered out afterwards, would
lose what the filter lets through; so the chunks of few documents are all compared.
"""

from collections.abc import Collection

import numpy as np

from rag.records import Language
from rag.store import Store, embedding_text

EXACT = 600
"""Up to so many chunks are compared one by one, with their cached vectors."""

_STEP = 4
"""How much more is asked of the index each time that too little fits."""


def nearest_within(
    store: Store,
    vector: np.ndarray,
    count: int,
    within: Collection[str],
    *,
    language: Language | None = None,
) -> list[tuple[str, float]]:
    """The `count` nearest chunk ids of these documents and their cosines, nearest first.

    Args:
        store: the library.
        vector: the question's, shape (dimension,).
        count: of chunks wanted.
        within: document ids.
        language: only documents in it.
    """
    chosen = store.in_language(within, language) if language else frozenset(within)
    total = store.count_chunks_of(chosen)
    if not total:
        return []
    if total > EXACT:
        found = _widened(store, vector, count, chosen, total)
        if len(found) == min(count, total):
            return found
    # Few, or the index's graph does not lead to all of them: among passages much alike it may not.
    return _compared(store, vector, chosen)[:count]


def _compared(store: Store, vector: np.ndarray, chosen: Collection[str]) -> list[tuple[str, float]]:
    documents = {document.id: document for document in store.documents_by_id(sorted(chosen))}
    chunks = [chunk for key in documents for chunk in store.chunks_of(key)]
    texts = [embedding_text(documents[chunk.document_id], chunk) for chunk in chunks]
    cosines = (store.embed(texts) @ vector).tolist()
    found = zip((chunk.id for chunk in chunks), cosines, strict=True)
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _widened(
    store: Store, vector: np.ndarray, count: int, chosen: Collection[str], total: int
) -> list[tuple[str, float]]:
    """What passes of the index's nearest, of ever more of them until enough does."""
    everything = len(store.vectors)
    wanted = min(count, total)
    asked = count * max(1, everything // total)
    while True:
        found = [
            (key, cosine)
            for key, cosine in store.vectors.search(vector, asked)
            if key.rpartition(":")[0] in chosen
        ]
        if len(found) >= wanted or asked >= everything:
            return found[:count]
        asked *= _STEP
