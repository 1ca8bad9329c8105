"""What keeping a library costs: ingest rate, indexing, unchanged and edited folders, memory."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from eval.bench_corpus import edit_paragraph, write_corpus
from eval.lines import Json
from eval.processes import figure, python, timed, told
from eval.running import opened
from rag import Engine, InputError, embedding_text

LONG_DOCUMENTS, LONG_CHARACTERS = 3, 16_000
"""For the ingest rate: about 240 passages, so that one run takes some seconds."""
INDEXINGS = 3
"""Most runs of indexing everything anew, which takes half a minute each."""
CHROMA_BATCH = 2000


def measure(documents: int, runs: int) -> Json:
    """Every figure on made documents of 2,000 characters, which are embedded once.

    Raises:
        InputError: a command failed.
        ModelError: the embedded model has not been pulled.
    """
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        rates = _rates(work, runs)
        folder, library = work / "documents", work / "library"
        characters = write_corpus(folder, documents)
        memory = json.loads(python("-m", "eval.bench_memory", str(folder), str(library)))
        if memory["documents"] != documents:
            raise InputError(f"Only {memory['documents']} of {documents} documents went in.")
        return {
            "documents": documents,
            "characters": characters,
            "rates": rates,
            "memory": memory,
            "unchanged": _unchanged(folder, library, runs),
            "edited": _edited(folder, library, runs),
            "indexing": _indexing(library, work, min(runs, INDEXINGS)),
        }


def _rates(work: Path, runs: int) -> Json:
    """Passages a second through all stages, and through the embedder alone, turn about."""
    folder = work / "long"
    write_corpus(folder, LONG_DOCUMENTS, characters=LONG_CHARACTERS)
    whole, alone = [], []
    texts: list[str] = []
    for run in range(runs):
        with opened(work / f"rate {run}", "extractive") as engine:
            embed = engine.store.embedder
            list(embed(["The model is loaded before the clock starts."]))
            whole.append(timed(partial(engine.ingest, [folder])))
            texts = [text for _, text in _texts(engine)]
            alone.append(timed(partial(embed, texts)))
    return {
        "chunks": len(texts),
        "ingest": figure([len(texts) / seconds for seconds in whole]),
        "embedder": figure([len(texts) / seconds for seconds in alone]),
        "ratio": figure([bare / all_in for bare, all_in in zip(alone, whole, strict=True)]),
    }


def _texts(engine: Engine) -> Iterator[tuple[str, str]]:
    """Id and embedded text of every passage."""
    for document in engine.documents():
        for chunk in engine.store.chunks_of(document.id):
            yield chunk.id, embedding_text(document, chunk)


def _sync(folder: Path, library: Path) -> tuple[float, Json]:
    """Seconds of a whole process that mirrors the folder, and its report."""
    printed = ""

    def run() -> None:
        nonlocal printed
        command = ("sync", str(folder), "--library", str(library), "--json")
        printed = python("-m", "rag", *command)

    return timed(run), json.loads(printed)


def _unchanged(folder: Path, library: Path, runs: int) -> Json:
    found = [_sync(folder, library) for _ in range(runs)]
    return {
        "seconds": figure([seconds for seconds, _ in found]),
        "embedded": max(report["embedded"] for _, report in found),
        "changed": max(len(report["changed"]) for _, report in found),
    }


def _edited(folder: Path, library: Path, runs: int) -> Json:
    """One paragraph of another document changed each time."""
    paths = sorted(folder.rglob("*.txt"))
    found = []
    for run in range(runs):
        edit_paragraph(paths[run * 7919 % len(paths)], run)
        found.append(_sync(folder, library))
    return {
        "seconds": figure([seconds for seconds, _ in found]),
        "embedded": figure([report["embedded"] for _, report in found]),
        "changed": [len(report["changed"]) for _, report in found],
    }


def _indexing(library: Path, work: Path, runs: int) -> Json:
    """Passages a second into our indexes from SQLite, and the same vectors into bare Chroma."""
    ours, bare = [], []
    with opened(library, "extractive") as engine:
        passages = list(_texts(engine))
        ids = [key for key, _ in passages]
        vectors = engine.store.embed([text for _, text in passages])
        for run in range(runs):
            ours.append(len(ids) / timed(engine.rebuild))
            bare.append(len(ids) / _bare_chroma(work / f"chroma {run}", ids, vectors))
    return {
        "chunks": len(ids),
        "store": figure(ours),
        "chroma": figure(bare),
        "ratio": figure([mine / theirs for mine, theirs in zip(ours, bare, strict=True)]),
    }


def _bare_chroma(folder: Path, ids: Sequence[str], vectors: Any) -> float:
    """Seconds to add vectors to a new collection, Chroma already imported."""
    import chromadb
    from chromadb.config import Settings

    client: Any = chromadb.PersistentClient(
        str(folder), settings=Settings(anonymized_telemetry=False)
    )
    collection = client.create_collection("bare", configuration={"hnsw": {"space": "cosine"}})

    def add() -> None:
        for start in range(0, len(ids), CHROMA_BATCH):
            part = slice(start, start + CHROMA_BATCH)
            collection.add(ids=list(ids[part]), embeddings=vectors[part])

    seconds = timed(add)
    client.close()
    return seconds


def lines(found: Json) -> list[str]:
    """The figures as text, ratios beside what they are ratios of."""
    rates, memory, indexing = found["rates"], found["memory"], found["indexing"]
    resident = ", ".join(f"{mark} {value} MB" for mark, value in memory["resident"].items())
    return [
        f"ingest, all stages, {rates['chunks']} passages of long Chinese text: "
        + told(rates["ingest"], "passages/s", 1),
        f"  bare embedder: {told(rates['embedder'], 'passages/s', 1)}",
        f"  ratio to the bare embedder: {told(rates['ratio'], '', 2)}",
        f"library: {found['documents']} made documents, {found['characters']} characters, "
        f"{memory['chunks']} passages; ingested in {memory['seconds']} s",
        f"  memory while ingesting: peak {memory['peak']} MB; after {resident}",
        f"unchanged sync of {found['documents']}: {told(found['unchanged']['seconds'])}, "
        f"{found['unchanged']['embedded']} passages embedded",
        f"one paragraph changed in one of {found['documents']}: "
        f"{told(found['edited']['seconds'])}, passages embedded "
        + told(found["edited"]["embedded"], "", 0),
        f"indexing {indexing['chunks']} passages from SQLite, vectors and terms: "
        + told(indexing["store"], "passages/s", 0),
        f"  bare Chroma: {told(indexing['chroma'], 'passages/s', 0)}",
        f"  ratio to bare Chroma: {told(indexing['ratio'], '', 2)}",
    ]
