"""What the tests of the answering core share: an embedder without weights, and small records."""

import os
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rag.embedding import ChromaFunction, Vector
from rag.ingest import ingest
from rag.records import Document, Evidence, Span
from rag.settings import Settings
from rag.store import Store
from rag.text import detect_language, search_terms, sentence_spans


class WordEmbedder(ChromaFunction):
    """Bags of hashed terms on a common base, so that cosines lie where e5's do: .7 to 1."""

    registered_name = "test-words"
    spec = "test-words"
    fingerprint = "test-words"
    dimension = 256

    def __call__(self, input: list[str]) -> list[Vector]:  # noqa: A002
        return [self._vector(text) for text in input]

    embed_query = __call__

    def get_config(self) -> dict[str, Any]:
        return {}

    def _vector(self, text: str) -> Vector:
        words = np.zeros(self.dimension, np.float32)
        for term in search_terms(text):
            words[1 + zlib.crc32(term.encode()) % (self.dimension - 1)] += 1
        words *= np.sqrt(0.3) / (np.linalg.norm(words) or 1.0)
        words[0] = np.sqrt(1 - float(words @ words))
        return words


def similarity(text: str, others: Sequence[str]) -> list[float]:
    """Cosine of one text with each of several, by their words."""
    first, *rest = WordEmbedder()([text, *others])
    return [float(first @ other) for other in rest]


def evidence_of(*texts: str, document_id: str = "d") -> list[Evidence]:
    """Texts as the consecutive lines of one document."""
    found, start = [], 0
    for text in texts:
        span = Span(start=start, end=start + len(text))
        found.append(Evidence(document_id=document_id, span=span, text=text, score=0.5))
        start = span.end + 1
    return found


def document_of(text: str, *, key: str = "d", title: str = "", path: str = "a.txt") -> Document:
    return Document(
        id=key,
        path=path,
        title=title,
        date=None,
        publisher=None,
        language=detect_language(text),
        text=text,
        sha256=f"{zlib.crc32(text.encode()):08x}" * 8,
        encoding="utf-8",
    )


def sentences_of(document: Document) -> list[Evidence]:
    return [
        Evidence(document_id=document.id, span=span, text=span.slice(document.text), score=0.0)
        for span in sentence_spans(document.text)
    ]


def library(directory: Path, files: Iterable[tuple[str, str]], embedder: object) -> Store:
    """A store of these (name, text) files."""
    folder = directory / "files"
    folder.mkdir(exist_ok=True)
    for name, text in files:
        (folder / name).write_text(text, "utf-8")
    store = Store(directory / "library", lambda: embedder)
    if any(folder.iterdir()):
        report = ingest(store, [folder], chunk_tokens=120)
        assert not report.failed
    return store


def models_directory() -> Path:
    """Where models have been pulled to."""
    return Path(os.environ.get("YINJU_MODELS") or Settings().models)
