"""How long users wait: medians of wall clock time on seeds/, and ratios within one run."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from eval.lines import Json
from eval.running import opened
from rag import Engine, InputError

SEEDS = Path(__file__).parents[1] / "seeds"
QUESTION = "2024年的会议部署了哪些重点任务？"
QUESTIONS = (
    QUESTION,
    "2025年的中央督察准备采用哪两种形式？",
    "What does the glossary say a compliance cycle is?",
    "Which rivers were discharge outlets to be surveyed on in 2021?",
)


def measure(runs: int) -> Json:
    """Time everything; each figure is a median with its count and range.

    Raises:
        InputError: the sample documents are not there, or a command failed.
        ModelError: the embedded model has not been pulled.
    """
    if not SEEDS.is_dir():
        raise InputError(f"There is no folder {str(SEEDS)!r}.", "Run it in a checkout of Yinju.")
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        with opened(library, "extractive") as engine:
            ingest = _ingest(engine)
            queries = _queries(engine, runs)
        figures = {
            "cold yinju --help": _cold(["--help"], runs),
            "cold yinju ask, extractive": _cold(
                ["ask", QUESTION, "--library", str(library), "--mode", "extractive"], runs
            ),
            **queries,
        }
    return {
        "data": f"seeds/, {ingest['documents']} documents",
        "ingest": ingest,
        "seconds": figures,
    }


def _ingest(engine: Engine) -> Json:
    """Ingest the samples, then embed the same chunks again without the cache."""
    embedder = engine.store.embedder
    list(embedder(["The model is loaded before the clock starts."]))
    started = time.perf_counter()
    report = engine.ingest([SEEDS])
    whole = time.perf_counter() - started
    texts = [
        chunk.text
        for document in engine.documents()
        for chunk in engine.store.chunks_of(document.id)
    ]
    started = time.perf_counter()
    embedder(texts)
    alone = time.perf_counter() - started
    return {
        "documents": len(report.added),
        "chunks": len(texts),
        "chunks_per_second_ingest": round(len(texts) / whole, 2),
        "chunks_per_second_embedding_alone": round(len(texts) / alone, 2),
        "embedding_share": round(alone / whole, 3),
    }


def _queries(engine: Engine, runs: int) -> Json:
    engine.ask(QUESTION)
    return {
        "warm search": _timed(engine.search, runs),
        "warm ask, extractive": _timed(engine.ask, runs),
    }


def _timed(call: Callable[[str], Any], runs: int) -> Json:
    seconds = []
    for _ in range(runs):
        for question in QUESTIONS:
            started = time.perf_counter()
            call(question)
            seconds.append(time.perf_counter() - started)
    return _figure(seconds)


def _cold(arguments: Sequence[str], runs: int) -> Json:
    """A command in a process of its own, start and import included."""
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "rag", *arguments], capture_output=True, check=False
        )
        seconds.append(time.perf_counter() - started)
        if done.returncode:
            last = (done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"])[
                -1
            ]
            raise InputError(f"`yinju {arguments[0]}` failed: {last}", "Run it alone to see why.")
    return _figure(seconds)


def _figure(seconds: Sequence[float]) -> Json:
    return {
        "median": round(median(seconds), 4),
        "least": round(min(seconds), 4),
        "most": round(max(seconds), 4),
        "count": len(seconds),
    }


def lines(found: Json) -> list[str]:
    """The figures as text, ratios last."""
    figures, ingest = found["seconds"], found["ingest"]
    told = [f"data: {found['data']}, {ingest['chunks']} chunks"]
    for name, figure in figures.items():
        told.append(
            f"{name}: median {figure['median']:.3f} s "
            f"({figure['least']:.3f} to {figure['most']:.3f}, n={figure['count']})"
        )
    told.append(
        f"ingest: {ingest['chunks_per_second_ingest']} chunks/s; embedding the same chunks alone: "
        f"{ingest['chunks_per_second_embedding_alone']} chunks/s, n=1"
    )
    told.append(f"ratio, embedding alone to whole ingest: {ingest['embedding_share']:.2f}")
    help_time, ask_time = (figures[key]["median"] for key in list(figures)[:2])
    told.append(f"ratio, cold ask to cold --help: {ask_time / help_time:.1f}")
    return told
