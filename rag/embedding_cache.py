"""Passage vectors by content: a text is embedded once by each embedder, then read back."""

import hashlib
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

import numpy as np

from rag.database import Database
from rag.embedding import Embedder
from rag.errors import DiskFull
from rag.rows import parts

EMBED_BATCH = 64
"""Texts handed to the embedder at once, so that progress is seen and memory stays flat."""

QUESTIONS = 32
"""Query vectors kept: an answer needs its question's several times."""


class LastQuestions:
    """The vectors of the questions asked last, in memory; threads share it."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], np.ndarray] = {}
        self._lock = threading.Lock()

    def vector(self, embedder: Embedder, question: str) -> np.ndarray:
        """The query vector, shape (dimension,); not to be written to."""
        key = (embedder.fingerprint, question)
        found = self._held.get(key)
        if found is None:
            found = np.array(embedder.embed_query([question])[0], np.float32)
            found.setflags(write=False)
            with self._lock:
                self._held[key] = found
                if len(self._held) > QUESTIONS:
                    del self._held[next(iter(self._held))]
        return found


def embed_cached(
    database: Database,
    embedder: Embedder,
    texts: Sequence[str],
    report: Callable[[int], None] | None = None,
) -> np.ndarray:
    """Passage vectors of these texts, shape (len(texts), dimension).

    Args:
        database: where vectors are kept.
        embedder: for the texts it does not hold.
        texts: any number, repeats allowed.
        report: takes the number of texts just embedded.
    """
    keys = [_key(embedder.fingerprint, text) for text in texts]
    found = _cached(database, keys)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
    items = list(missing.items())
    for start in range(0, len(items), EMBED_BATCH):
        part = items[start : start + EMBED_BATCH]
        made = embedder([text for _, text in part])
        fresh = [(key, np.asarray(v, np.float32)) for (key, _), v in zip(part, made, strict=True)]
        if not database.read_only:
            with suppress(DiskFull):  # asking goes on; storing a document will say so
                _cache(database, fresh)
        found |= dict(fresh)
        if report:
            report(len(part))
    return np.stack([found[key] for key in keys]) if keys else np.zeros((0, 0), np.float32)


def _cached(database: Database, keys: Sequence[bytes]) -> dict[bytes, np.ndarray]:
    return {
        key: np.frombuffer(vector, dtype=np.float32)
        for part, marks in parts(keys)
        for key, vector in database.rows(
            f"SELECT key, vector FROM embeddings WHERE key IN ({marks})", part
        )
    }


def _cache(database: Database, vectors: Sequence[tuple[bytes, np.ndarray]]) -> None:
    """Not synced on its own: what a power cut takes is embedded again."""
    with database.relaxed(), database.transaction() as connection:
        connection.executemany(
            "INSERT OR REPLACE INTO embeddings VALUES (?, ?)",
            [(key, vector.tobytes()) for key, vector in vectors],
        )


def _key(fingerprint: str, text: str) -> bytes:
    return hashlib.sha256(f"{fingerprint}\0{text}".encode()).digest()
