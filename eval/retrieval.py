"""`yinju eval retrieval`: passages found in real libraries by the product's own search.

Every passage of a set is a file that the product ingests; documents are ranked by their first
hit. So whatever cleaning, titles or cutting lose, the figures lose.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.lines import Json
from eval.retrieval_sets import Query, Sets, Task, read_sets, write_pool
from eval.running import opened, progress
from eval.statistics import mean_of, with_interval
from rag import Engine, InputError

HITS = 30
"""Passages asked for; the documents among them are ranked by their first."""

MEASURES = ("R@1", "R@5", "R@10", "MRR@10")

MUST: dict[str, dict[str, float]] = {
    "XQuAD zh→zh": {"R@1": 0.935, "MRR@10": 0.955},
    "XQuAD zh-Hant→zh": {"R@1": 0.935, "MRR@10": 0.955},
    "XQuAD en→zh": {"R@1": 0.75, "R@10": 0.94},
    "law en→zh": {"R@1": 0.65, "R@5": 0.85},
    "CMRC zh→zh": {"R@1": 0.97},
}
"""The least that is wanted."""

LOSS = ("answer only in en, en", "answer only in en, mixed")
"""Tasks with the same questions: of English files alone, then with Chinese ones added."""

MOST_LOST = 0.02
"""Of recall at 5, between the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """The place of the right document for every question of a task."""

    task: Task
    places: tuple[int, ...]
    """From 1; 0 where no hit was of it."""


def run(data: Path, cache: Path | None, limit: int | None) -> Json:
    """Measure every set there is in a folder.

    Args:
        data: folder of public test sets.
        cache: where libraries are kept for the next run; nowhere where None.
        limit: questions of each task; all where None.

    Raises:
        InputError: there is no such folder, or no set in it.
    """
    if not data.is_dir():
        raise InputError(f"There is no folder {str(data)!r}.", "Check --data.")
    sets = read_sets(data, limit)
    with (
        nullcontext(cache) if cache else TemporaryDirectory() as folder,
        progress("Searching", sum(len(task.queries) for task in sets.tasks)) as done,
    ):
        return outcome(measure(sets, Path(folder), done), sets.missing)


def measure(sets: Sets, cache: Path, done: Callable[[], object]) -> list[Ranked]:
    """Ingest every pool into a library under `cache` and ask its questions.

    Raises:
        InputError: there is nothing to ask.
        YinjuError: a library or a model cannot be used.
    """
    if not sets.tasks:
        raise InputError("The folder holds no set to search.", "See --data.")
    found: dict[str, Ranked] = {}
    for pool in dict.fromkeys(task.pool for task in sets.tasks):
        with opened(cache / pool / "library", "extractive") as engine:
            _ingest(engine, cache / pool / "files", sets.pools[pool])
            names = {document.id: Path(document.path).stem for document in engine.documents()}
            for task in sets.tasks:
                if task.pool == pool:
                    found[task.name] = _rank(engine, task, names, done)
    return [found[task.name] for task in sets.tasks]


def _ingest(engine: Engine, folder: Path, texts: Any) -> None:
    write_pool(folder, texts)
    report = engine.ingest([folder], mirror=True)
    if report.failed:
        path, error = report.failed[0]
        raise InputError(f"{len(report.failed)} files failed; {path}: {error}", "See the file.")


def _rank(engine: Engine, task: Task, names: dict[str, str], done: Callable[[], object]) -> Ranked:
    places = []
    for query in task.queries:
        places.append(_place(engine, query, names))
        done()
    return Ranked(task=task, places=tuple(places))


def _place(engine: Engine, query: Query, names: dict[str, str]) -> int:
    """Of the right document, from 1; 0 where no hit is of it."""
    hits = engine.search(query.text, k=HITS)
    ranked = list(dict.fromkeys(names[hit.chunk.document_id] for hit in hits))
    return ranked.index(query.gold) + 1 if query.gold in ranked else 0


def outcome(ranked: Sequence[Ranked], missing: Sequence[str]) -> Json:
    """Every measure of every task with count, interval and floor; what adding Chinese lost."""
    return {
        "tasks": [
            {
                "name": one.task.name,
                "pool": one.task.pool,
                "questions": len(one.places),
                "measures": {name: _mean(one, name) for name in MEASURES},
                "must": MUST.get(one.task.name, {}),
            }
            for one in ranked
        ],
        "loss": _loss({one.task.name: one for one in ranked}),
        "missing": list(missing),
    }


def _values(one: Ranked, measure: str) -> list[float]:
    kind, _, depth = measure.partition("@")
    within = [place if 0 < place <= int(depth) else 0 for place in one.places]
    return [(1.0 / place if kind == "MRR" else 1.0) if place else 0.0 for place in within]


def _mean(one: Ranked, measure: str) -> Json | None:
    mean = mean_of(_values(one, measure))
    return mean.json() if mean else None


def _loss(ranked: dict[str, Ranked]) -> Json | None:
    """Recall at 5 that was lost when files in the other language came, question by question."""
    if not all(name in ranked for name in LOSS):
        return None
    alone, mixed = (_values(ranked[name], "R@5") for name in LOSS)
    mean = mean_of([before - after for before, after in zip(alone, mixed, strict=True)])
    return {**mean.json(), "most": MOST_LOST} if mean else None


def table(found: Json) -> Any:
    """A rich table of the measures."""
    from rich.table import Table

    shown = Table(title="Documents ranked by their first passage; value [95% interval] ≥ floor")
    shown.add_column("task")
    shown.add_column("n", justify="right")
    for name in MEASURES:
        shown.add_column(name, justify="right")
    for task in found["tasks"]:
        cells = [_cell(task["measures"][name], task["must"].get(name)) for name in MEASURES]
        shown.add_row(task["name"], str(task["questions"]), *cells)
    if found["loss"]:
        shown.add_row(
            "R@5 lost by adding zh files",
            str(found["loss"]["count"]),
            "",
            _cell(found["loss"], found["loss"]["most"], "≤"),
        )
    return shown


def _cell(mean: Json | None, floor: float | None = None, sign: str = "≥") -> str:
    if not mean:
        return "none"
    told = with_interval(mean)
    return told if floor is None else f"{told} {sign} {floor}"
