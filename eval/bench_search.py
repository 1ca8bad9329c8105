"""How long a search takes beyond embedding the question, in a large library, beside bare Chroma."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

from eval.bench_library import LargeLibrary, fill, made_questions
from eval.lines import Json
from eval.processes import timed
from eval.running import settings
from rag import Engine, Filters

NEAREST = 50
K = 8

Call = Callable[[str], Any]


def measure(chunks: int, questions: int, library: Path | None) -> Json:
    """Ask every question in every way, turn about, and keep the seconds of each.

    Every question is asked once before, so that its vector and those of the sentences it is
    compared with are in the cache; how many had to be embedded for that is told.

    Args:
        chunks: passages in the library.
        questions: how many are asked, half of them in each language.
        library: directory to make the library in, or that holds it; a temporary one if None.

    Raises:
        InputError: a folder cannot be used.
        ModelError: the embedded model has not been pulled.
    """
    with _place(library) as place, LargeLibrary(settings(place, "extractive")) as engine:
        fill(engine.store, chunks)
        asked = [text for _, text in made_questions(questions)]
        embedded = _sentences_embedded(engine, asked)
        ways = dict(_ways(engine))
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for text in asked:
            engine.store.embed_question(text)
            for name, call in ways.items():
                seconds[name].append(timed(partial(call, text)))
        return {
            "chunks": sum(engine.store.count_chunks().values()),
            "documents": engine.store.count_documents(),
            "questions": len(asked),
            "embedded": round(embedded / len(asked), 1),
            "recall": round(_recall(engine, asked), 4),
            "seconds": {name: percentiles(values) for name, values in seconds.items()},
        }


@contextmanager
def _place(library: Path | None) -> Iterator[Path]:
    if library is not None:
        yield library
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "library"


def _sentences_embedded(engine: Engine, asked: list[str]) -> int:
    """Texts that had to be embedded to answer these once."""
    count = "SELECT count(*) FROM embeddings"
    before = engine.store.database.rows(count)[0][0]
    for text in asked:
        engine.search(text, k=K)
    return int(engine.store.database.rows(count)[0][0] - before)


def _ways(engine: Engine) -> Iterator[tuple[str, Call]]:
    collection = _collection(engine.settings.library / "chroma")
    vector = engine.store.embed_question

    def bare(text: str, where: Mapping[str, Any] | None = None) -> Any:
        return collection.query(
            query_embeddings=[vector(text)], n_results=NEAREST, include=["distances"], where=where
        )

    filters = _filters(engine)
    first = filters["one document"].documents[0]
    yield "bare Chroma", bare
    yield "bare Chroma, one document", partial(bare, where={"document_id": first})
    yield "search", partial(engine.search, k=K)
    for name, chosen in filters.items():
        yield f"search, {name}", partial(_within, engine, chosen)


def _filters(engine: Engine) -> dict[str, Filters]:
    """By what is known of one document, and two that leave three documents of five."""
    facts = engine.store.facts()
    one = facts[0]
    dates = sorted(each.date or "" for each in facts)
    return {
        "one document": Filters(documents=(one.id,)),
        "one publisher": Filters(publishers=(one.publisher or "",)),
        "one year": Filters(years=one.years),
        "one kind": Filters(kinds=(one.kind or "",)),
        "one language": Filters(language="zh"),
        "years since": Filters(since=dates[len(dates) * 2 // 5]),
    }


def _within(engine: Engine, filters: Filters, text: str) -> Any:
    return engine.search(text, k=K, within=engine.select(filters))


def _collection(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    client: Any = chromadb.PersistentClient(
        str(folder), settings=Settings(anonymized_telemetry=False)
    )
    return client.list_collections()[0]


def _recall(engine: Engine, asked: list[str]) -> float:
    """The share of the nearest passages that Chroma finds."""
    found = 0
    for text in asked:
        vector = engine.store.embed_question(text)
        near = {key for key, _ in engine.store.exact.search(vector, NEAREST)}
        found += len(near & {key for key, _ in engine.store.vectors.search(vector, NEAREST)})
    return found / (NEAREST * len(asked))


def percentiles(values: list[float]) -> Json:
    """Median and 95th percentile (nearest rank), and their number."""
    ordered = sorted(values)
    at = {share: ordered[ceil(share * len(ordered)) - 1] for share in (0.5, 0.95)}
    return {"p50": round(at[0.5], 5), "p95": round(at[0.95], 5), "count": len(ordered)}


def lines(found: Json) -> list[str]:
    """The figures as text, each beside bare Chroma's median."""
    bare = found["seconds"]["bare Chroma"]["p50"]
    return [
        f"library: {found['chunks']} made passages in {found['documents']} documents, zh and en; "
        f"{found['questions']} questions, each asked once before "
        f"({found['embedded']} texts embedded for one)",
        f"of the {NEAREST} nearest passages Chroma finds {found['recall']:.1%}",
        "beyond embedding the question, ms:",
        *(
            f"  {name}: p50 {1000 * one['p50']:.1f}, p95 {1000 * one['p95']:.1f} "
            f"(n={one['count']}), {one['p50'] / bare:.1f} times bare Chroma"
            for name, one in found["seconds"].items()
        ),
    ]
