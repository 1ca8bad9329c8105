"""The mean vector of each language's chunks, by which retrieval compares across languages."""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import get_args

import numpy as np

from rag.database import Database
from rag.indexed_text import embedding_text
from rag.records import Document, Language

SAMPLE = 300
"""Chunks whose mean stands for their language."""


def store(database: Database, embed: Callable[[Sequence[str]], np.ndarray]) -> None:
    """Note the mean of each language from a sample of its chunks.

    The documents are those whose ids come first. Ids are hashes, so this is as good as by chance,
    yet depends on nothing but what the library holds, and costs the same however much that is.
    """
    means = {}
    for language in get_args(Language):
        documents = database.first_of_language(language, SAMPLE)
        if documents:
            means[language] = embed(_texts(database, documents)).mean(axis=0).tolist()
    database.set_meta("centroids", json.dumps(means))


def stored(database: Database) -> dict[Language, np.ndarray]:
    """The means noted last, shape (dimension,)."""
    return dict(_read(database.meta("centroids") or "{}"))


@lru_cache(maxsize=8)
def _read(noted: str) -> dict[Language, np.ndarray]:
    """From JSON; the same ones for whoever asks, so not to be written to."""
    found = {key: np.asarray(mean, np.float32) for key, mean in json.loads(noted).items()}
    for mean in found.values():
        mean.setflags(write=False)
    return found


def _texts(database: Database, documents: Sequence[Document]) -> list[str]:
    """What is embedded of about `SAMPLE` chunks of these documents, evenly chosen from each."""
    by_id = {document.id: document for document in documents}
    chunks = database.some_chunks(list(by_id), each=-(-SAMPLE // len(documents)))
    return [embedding_text(by_id[chunk.document_id], chunk) for chunk in chunks]
