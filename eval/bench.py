"""How long users wait: medians of wall clock time, and ratios within one run."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from eval import bench_ingest
from eval.lines import Json
from eval.processes import cold, figure, timed, told
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


def measure(runs: int, documents: int) -> Json:
    """Time everything; each figure is a median with its count and range.

    Args:
        runs: how often what takes seconds is repeated.
        documents: made documents to fill a library with.

    Raises:
        InputError: the sample documents are not there, or a command failed.
        ModelError: the embedded model has not been pulled.
    """
    if not SEEDS.is_dir():
        raise InputError(f"There is no folder {str(SEEDS)!r}.", "Run it in a checkout of Yinju.")
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        with opened(library, "extractive") as engine:
            added = len(engine.ingest([SEEDS]).added)
            queries = _queries(engine, runs)
        figures = {
            "cold yinju --help": cold(["--help"], runs),
            "cold yinju ask, extractive": cold(
                ["ask", QUESTION, "--library", str(library), "--mode", "extractive"], runs
            ),
            **queries,
        }
    return {
        "data": f"seeds/, {added} documents",
        "seconds": figures,
        "library": bench_ingest.measure(documents, runs),
    }


def _queries(engine: Engine, runs: int) -> Json:
    engine.ask(QUESTION)
    return {
        "warm search": _asked(engine.search, runs),
        "warm ask, extractive": _asked(engine.ask, runs),
    }


def _asked(call: Callable[[str], Any], runs: int) -> Json:
    return figure([timed(partial(call, question)) for _ in range(runs) for question in QUESTIONS])


def lines(found: Json) -> list[str]:
    """The figures as text, with the ratio of the two commands."""
    figures = found["seconds"]
    help_time, ask_time = (figures[key]["median"] for key in list(figures)[:2])
    return [
        f"data: {found['data']}",
        *(f"{name}: {told(seconds)}" for name, seconds in figures.items()),
        f"ratio, cold ask to cold --help: {ask_time / help_time:.1f}",
        *bench_ingest.lines(found["library"]),
    ]
