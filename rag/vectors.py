"""Chunk vectors in Chroma, embedded or on a server; one collection for each embedder."""

import os
import threading
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import numpy as np

from rag.errors import EndpointUnreachable, LibraryError
from rag.records import Document, Language

ADD_BATCH = 2000
"""Chroma 1.5 is fast in batches of thousands and slow one document at a time."""

RETRY_PAUSES = (0.0, 0.05, 0.2, 0.5, 1.0)
"""Seconds before the vectors are opened anew when a writer came between."""


class VectorIndex:
    """Vectors in, nearest chunk ids with cosine similarity out."""

    def __init__(self, directory: Path, embedder: Any, *, chroma_url: str | None = None) -> None:
        os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
        self._connect = partial(_server, chroma_url) if chroma_url else partial(_local, directory)
        self._embedder = embedder
        self.name = f"yinju-{embedder.fingerprint[:32]}"
        self._lock = threading.RLock()
        self._open()

    def _open(self) -> None:
        self._client = self._connect()
        self._collection: Any = self._client.get_or_create_collection(
            self.name,
            embedding_function=self._embedder,
            configuration={"hnsw": {"space": "cosine"}},
        )

    def refresh(self) -> None:
        """See what other processes wrote: an embedded Chroma keeps what it read at first."""
        with self._lock:
            self.close()
            self._open()

    def close(self) -> None:
        """Let go of Chroma, which keeps one instance a folder for as long as anyone holds it."""
        with self._lock:
            self._client.close()

    def add(
        self, ids: Sequence[str], documents: Sequence[Document], vectors: Sequence[np.ndarray]
    ) -> None:
        """Put or replace vectors, in batches; `documents` holds the document of each."""
        for start in range(0, len(ids), ADD_BATCH):
            part = slice(start, start + ADD_BATCH)
            self._collection.upsert(
                ids=list(ids[part]),
                embeddings=np.stack(list(vectors[part])),
                metadatas=[
                    {"document_id": document.id, "language": document.language}
                    for document in documents[part]
                ],
            )

    def remove_documents(self, document_ids: Sequence[str]) -> None:
        """Drop every vector of these documents."""
        for start in range(0, len(document_ids), 100):
            part = list(document_ids[start : start + 100])
            self._collection.delete(where={"document_id": {"$in": part}})

    def search(
        self, vector: np.ndarray, k: int, *, language: Language | None = None
    ) -> list[tuple[str, float]]:
        """The k nearest chunk ids, of documents in one language if given, and their cosine.

        Raises:
            LibraryError: Chroma fails, again and again.
        """
        from chromadb.errors import InternalError

        with self._lock:
            for pause in RETRY_PAUSES:
                try:
                    return self._search(vector, k, language)
                except InternalError as error:
                    # Another process wrote between Chroma's own steps: rows without vectors.
                    failure = error
                    time.sleep(pause)
                    self.refresh()
        raise LibraryError(
            f"The vectors cannot be read: {failure}.",
            "Try again; if it stays so, run `yinju rebuild`.",
        )

    def _search(
        self, vector: np.ndarray, k: int, language: Language | None
    ) -> list[tuple[str, float]]:
        k = min(k, len(self))
        if k == 0:
            return []
        found = self._collection.query(
            query_embeddings=[vector],
            n_results=k,
            include=["distances"],
            where={"language": language} if language else None,
        )
        return [
            (key, 1.0 - float(distance))
            for key, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def ids(self) -> set[str]:
        """Every id held; for checking against SQLite."""
        return set(self._collection.get(include=[])["ids"])

    def clear(self) -> None:
        """Forget everything in this embedder's collection."""
        for start in range(0, len(ids := sorted(self.ids())), ADD_BATCH):
            self._collection.delete(ids=ids[start : start + ADD_BATCH])

    def __len__(self) -> int:
        return int(self._collection.count())


def _local(directory: Path) -> Any:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    try:
        directory.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(
            str(directory), settings=ChromaSettings(anonymized_telemetry=False)
        )
    except (ValueError, OSError, chromadb.errors.ChromaError) as error:
        raise LibraryError(
            f"Cannot open the vectors at {str(directory)!r}: {error}.",
            "Delete that folder and run `yinju rebuild`; documents are kept in library.db.",
        ) from None


def _server(url: str) -> Any:
    import chromadb
    import httpx
    from chromadb.config import Settings as ChromaSettings

    parts = urlparse(url)
    secure = parts.scheme == "https"
    try:
        return chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or (443 if secure else 8000),
            ssl=secure,
            settings=ChromaSettings(anonymized_telemetry=False),
        )
    except (ValueError, httpx.HTTPError) as error:
        raise EndpointUnreachable(
            f"No Chroma server answers at {url}: {error}.", "Start it, or unset chroma_url."
        ) from None
