"""Chunk vectors in Chroma, embedded or on a server; one collection for each embedder."""

import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from operator import methodcaller
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from rag.chroma import connection
from rag.disk import clear_folder
from rag.errors import DiskFull, IndexDamaged, LibraryError
from rag.records import Document

ADD_BATCH = 2000
"""Chroma 1.5 is fast in batches of thousands and slow one document at a time."""

SYNC_THRESHOLD = 100
"""Vectors after which Chroma writes its graph; later ones it puts in again at every opening. With
its own 1,000, opening 16,630 vectors took 0.9 s, with 100 0.08 s; adding batches is as fast."""

EF_SEARCH = 400
"""Candidates that a search keeps. Of 1,000 vectors Chroma's own 100 misses one of the nearest 50 in
every second search, differently in each copy of a library; 300 missed none, at the same cost."""

SPARE = 2
"""How many times as many as wanted are asked for: of passages equally near any might come last."""

RETRY_PAUSES = (0.0, 0.05, 0.2, 0.5, 1.0)
"""Seconds before the vectors are opened anew when a writer came between."""


class Neighbours(Protocol):
    """Anything that finds the chunks nearest to a vector."""

    def search(self, vector: np.ndarray, k: int) -> list[tuple[str, float]]:
        """The k nearest chunk ids and their cosine."""
        ...

    def ids(self) -> set[str]:
        """Every id held."""
        ...

    def vectors(self) -> dict[str, np.ndarray]:
        """Every vector by chunk id."""
        ...

    def __len__(self) -> int: ...


class VectorIndex:
    """Vectors in, nearest chunk ids with cosine similarity out."""

    def __init__(
        self,
        directory: Path,
        embedder: Any,
        *,
        chroma_url: str | None = None,
        owner: str = "",
        otherwise: Callable[[IndexDamaged | DiskFull], Neighbours] | None = None,
    ) -> None:
        """Open on first use.

        Args:
            directory: of the embedded Chroma.
            embedder: Chroma's embedding function, with a fingerprint.
            chroma_url: of a server to use instead.
            owner: tells the collections of several libraries on one server apart.
            otherwise: what to search where Chroma fails again and again.
        """
        self._directory = None if chroma_url else directory
        self._connection = connection(directory, chroma_url)
        self._connection.enter()
        self._closed = False
        self._embedder = embedder
        self._otherwise = otherwise
        self.name = f"yinju-{embedder.fingerprint[:32]}{owner and f'-{owner}'}"
        self._found: Any = None
        self._epoch = -1

    @property
    def _collection(self) -> Any:
        client = self._connection.client
        if self._epoch != self._connection.epoch:
            self._found = client.get_or_create_collection(
                self.name,
                embedding_function=self._embedder,
                configuration={
                    "hnsw": {
                        "space": "cosine",
                        "ef_search": EF_SEARCH,
                        "sync_threshold": SYNC_THRESHOLD,
                    }
                },
            )
            self._epoch = self._connection.epoch
        return self._found

    def close(self) -> None:
        """Let go of Chroma."""
        if not self._closed:
            self._closed = True
            self._connection.leave()

    def clear(self) -> None:
        """Forget everything: on a server our own collection, in a folder all there are.

        Through Chroma where it still opens, since other processes may be reading; its folder is
        deleted only where it does not.
        """
        with self._connection.lock:
            self._epoch = -1
            try:
                with self._connection.explaining():
                    client = self._connection.client
                    for name in [found.name for found in client.list_collections()]:
                        if self._directory or name == self.name:
                            client.delete_collection(name)
            except IndexDamaged:
                self.destroy()
            self._connection.drop()
            for left in self._directory.glob("*/") if self._directory else ():
                shutil.rmtree(left)

    def destroy(self) -> None:
        """Delete an embedded Chroma's folder, whatever state it is in.

        Raises:
            LibraryError: the vectors are on a server.
        """
        if self._directory is None:
            raise LibraryError("The Chroma server fails.", "See its log, or unset chroma_url.")
        with self._connection.lock:
            self._epoch = -1
            self._connection.drop()
            clear_folder(self._directory)

    def others(self) -> list[str]:
        """Collections in an embedded Chroma besides this embedder's."""
        if self._directory is None:
            return []
        with self._connection.lock, self._connection.explaining():
            names = [found.name for found in self._connection.client.list_collections()]
        return sorted(name for name in names if name != self.name)

    def add(
        self, ids: Sequence[str], documents: Sequence[Document], vectors: Sequence[np.ndarray]
    ) -> None:
        """Put or replace vectors, in batches; `documents` holds the document of each.

        Raises:
            DiskFull: there is no room.
            IndexDamaged: Chroma fails for another reason.
        """
        for start in range(0, len(ids), ADD_BATCH):
            part = slice(start, start + ADD_BATCH)
            batch = {
                "ids": list(ids[part]),
                "embeddings": np.stack(list(vectors[part])),
                "metadatas": [{"document_id": document.id} for document in documents[part]],
            }
            self._ask(methodcaller("upsert", **batch))

    def remove_documents(self, document_ids: Sequence[str]) -> None:
        """Drop every vector of these documents."""
        for start in range(0, len(document_ids), 100):
            chosen = {"document_id": {"$in": list(document_ids[start : start + 100])}}
            self._ask(methodcaller("delete", where=chosen))

    def search(self, vector: np.ndarray, k: int) -> list[tuple[str, float]]:
        """The k nearest chunk ids and their cosine, as far as Chroma's graph leads to them.

        Raises:
            IndexDamaged: Chroma fails again and again, and nothing else was given to search.
            DiskFull: Chroma, which writes even to be read, has no room; neither was there.
        """
        try:
            found: list[tuple[str, float]] = self._ask(
                lambda collection: _nearest(collection, vector, k)
            )
            return found
        except (IndexDamaged, DiskFull) as damage:
            if self._otherwise is None:
                raise
            return self._otherwise(damage).search(vector, k)

    def ids(self) -> set[str]:
        """Every id held; for checking against SQLite."""
        return set(self._ask(methodcaller("get", include=[]))["ids"])

    def vectors(self) -> dict[str, np.ndarray]:
        """Every vector by chunk id; for checking against SQLite."""
        found = self._ask(methodcaller("get", include=["embeddings"]))
        return dict(zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True))

    def __len__(self) -> int:
        return int(self._ask(methodcaller("count")))

    def _ask(self, question: Callable[[Any], Any]) -> Any:
        """What the collection says; asked anew a few times where it fails.

        Another process may hold Chroma's lock, or have written between Chroma's own steps.
        """
        for pause in RETRY_PAUSES:
            try:
                with self._connection.lock, self._connection.explaining():
                    return question(self._collection)
            except IndexDamaged as error:
                failure = error
                time.sleep(pause)
                self._connection.drop()
        raise failure


def _nearest(collection: Any, vector: np.ndarray, k: int) -> list[tuple[str, float]]:
    found = collection.query(query_embeddings=[vector], n_results=SPARE * k, include=["distances"])
    cosines = [1.0 - float(distance) for distance in found["distances"][0]]
    return _ordered(zip(found["ids"][0], cosines, strict=True))[:k]


def _ordered(found: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Nearest first, then by id; rounded, since copies of a library differ in the last digits."""
    rounded = [(key, round(cosine, 6)) for key, cosine in found]
    return sorted(rounded, key=lambda pair: (-pair[1], pair[0]))
