"""Small libraries for tests, and everything one holds, to compare two of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from rag.ingest import IngestReport, ingest
from rag.questions import read_question
from rag.retrieval import Retriever
from rag.store import Store
from tests.fakes import HashEmbedder

FILES = {
    "2023年工作会议.txt": "2023年工作会议\n\n会议指出，2023年推进污染防治。会议部署了七项任务。",
    "2024年工作会议.txt": "2024年工作会议\n\n会议指出，2024年推进污染防治。会议部署了八项任务。",
    "施政報告.txt": "施政報告\n\n民國113年，會議討論了碳排放權交易市場，並要求擴大行業範圍。",
    "harbour report.md": "# Harbour report\n\nThe harbour has three cranes. Ships called 58 times.",
    "mixed 词汇.md": "# Glossary 词汇\n\nThe national carbon market (全国碳市场) opened in 2021.",
}
QUESTIONS = (
    "2024年会议部署了多少项任务？",
    "碳排放權交易市場",
    "How many cranes does the harbour have?",
    "When did the 全国碳市场 open?",
)


def write_files(folder: Path, files: dict[str, str] = FILES) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def open_store(directory: Path, make: Callable[[], Any] = HashEmbedder) -> Store:
    return Store(directory, make)


def put(store: Store, *paths: Path, mirror: bool = False) -> IngestReport:
    return ingest(store, paths, chunk_tokens=40, mirror=mirror)


def search(store: Store, question: str, k: int = 5) -> list[tuple[str, float, dict[str, int]]]:
    hits = Retriever(store).search(read_question(question), k)
    return [(hit.chunk.id, hit.score, dict(hit.ranks)) for hit in hits]


def contents(store: Store) -> dict[str, object]:
    """All that a library holds: rows, vectors, terms, and what it finds."""
    chunks = [chunk for each in store.documents() for chunk in store.chunks_of(each.id)]
    held = store.vectors.vectors()
    assert held.keys() == {chunk.id for chunk in chunks}
    assert len(store.vectors) == len(store.lexical) == len(store.exact) == len(chunks)
    for key, vector in store.exact.vectors().items():
        assert np.allclose(vector, held[key] / np.linalg.norm(held[key]), atol=1e-6)
    return {
        "documents": store.documents(),
        "chunks": chunks,
        "vectors": {key: vector.round(5).tolist() for key, vector in held.items()},
        "waiting": store.waiting(),
        "found": {question: search(store, question) for question in QUESTIONS},
    }
