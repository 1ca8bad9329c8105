"""`yinju eval support`: does the support of claims rank answers as people's labels do?

Every answer goes through the code of `yinju eval faithfulness`. Beside its AUROC stand those of
shared terms and of length alone: what needs no scorer.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from eval.altered_scores import PARTS, chosen_parts, part_rows
from eval.faithfulness import score_item
from eval.judging import CheckerJudge, Judge
from eval.lines import Json
from eval.logistic import auroc
from eval.running import opened
from eval.statistics import SEED
from eval.support_sets import Case, read_cases, sample
from rag import InputError, containment

SAMPLES = 500
"""Bootstrap samples of an interval."""

MUST = {
    "UHGEval keywords": 0.78,
    "WMT23 zh→en": 0.78,
    "AttributionBench ExpertQA": 0.66,
    "AttributionBench Stanford-GenSearch": 0.81,
}
"""The least AUROC that is wanted."""

Progress = Callable[[str, int], AbstractContextManager[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A case with its result."""

    case: Case
    support: float | None
    verdict: bool
    """Whether every claim was called supported."""
    overlap: float
    """Share of the answer's terms that stand in the contexts."""


def run(data: Path, names: Sequence[str], limit: int | None, progress: Progress) -> Json:
    """Score the sets of a folder.

    Args:
        data: folder of public test sets.
        names: parts of the names of sets to score; all where empty.
        limit: answers of each set, chosen by hash; all where None.
        progress: opens a counter with a title and a total.

    Raises:
        InputError: there is no such folder, or no set of these names in it.
        YinjuError: a model cannot be used.
    """
    if not data.is_dir():
        raise InputError(f"There is no folder {str(data)!r}.", "Check --data.")
    cases, missing = read_cases(data)
    chosen = {
        source: sample(found, limit)
        for source, found in cases.items()
        if not names or any(name.casefold() in source.casefold() for name in names)
    }
    parts = chosen_parts(names)
    if not chosen and not parts:
        raise InputError(
            "There is no set to score.",
            f"The folder has {', '.join([*cases, *PARTS])}; see --data and --set.",
        )
    with opened() as engine, progress("Scoring", sum(map(len, chosen.values()))) as done:
        judge = CheckerJudge(engine.check)
        sets = [measure(source, score(found, judge, done)) for source, found in chosen.items()]
        return {"sets": sets, "missing": missing} | part_rows(data, parts, judge, limit)


def score(cases: Iterable[Case], judge: Judge, done: Callable[[], object]) -> list[Scored]:
    """Every case, judged as `yinju eval faithfulness` judges it."""
    found = []
    for case in cases:
        row = score_item(case.item, judge)
        found.append(
            Scored(
                case=case,
                support=row["support"],
                verdict=row["score"] == 1.0,
                overlap=containment(case.item.answer, "\n".join(case.item.contexts)),
            )
        )
        done()
    return found


def measure(source: str, scored: Sequence[Scored]) -> Json:
    """AUROC with its interval, and what it is to be held against.

    An answer without a support counts as one with support 0.
    """
    labels = np.array([one.case.supported for one in scored], bool)
    groups = [one.case.group for one in scored]
    support = np.array([one.support or 0.0 for one in scored])
    verdicts = np.array([one.verdict for one in scored], bool)
    overlap = np.array([one.overlap for one in scored])
    length = -np.array([len(one.case.item.answer) for one in scored], float)
    low, high = interval(support, labels, groups)
    return {
        "name": source,
        "count": len(scored),
        "supported": int(labels.sum()),
        "scored": _share([one.support is not None for one in scored]),
        "auroc": _rounded(auroc(support, labels)),
        "low": _rounded(low),
        "high": _rounded(high),
        "balanced_accuracy": _rounded(balanced_accuracy(verdicts, labels)),
        "called_supported": _share(verdicts),
        "overlap_auroc": _rounded(auroc(overlap, labels)),
        "length_auroc": _rounded(auroc(length, labels)),
        "must": MUST.get(source),
    }


def interval(
    scores: np.ndarray, labels: np.ndarray, groups: Sequence[str]
) -> tuple[float | None, float | None]:
    """The 95% percentile bootstrap interval of AUROC, whole groups drawn with replacement."""
    _, of_row = np.unique(np.array(groups), return_inverse=True)
    rows = np.split(np.argsort(of_row, kind="stable"), np.cumsum(np.bincount(of_row))[:-1])
    random = np.random.default_rng(SEED)
    found = []
    for _ in range(SAMPLES):
        drawn = np.concatenate([rows[at] for at in random.integers(len(rows), size=len(rows))])
        value = auroc(scores[drawn], labels[drawn])
        if value is not None:
            found.append(value)
    if not found:
        return None, None
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def balanced_accuracy(verdicts: np.ndarray, labels: np.ndarray) -> float | None:
    """The mean of the shares of both labels that were judged right; None without both."""
    if labels.all() or not labels.any():
        return None
    return float((verdicts[labels].mean() + (~verdicts[~labels]).mean()) / 2)


def _share(values: Any) -> float:
    return round(float(np.mean(values)), 4)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def table(found: Json) -> Any:
    """A rich table of the sets."""
    from rich.table import Table

    shown = Table(title="Support of claims against people's labels: AUROC [95% interval] ≥ floor")
    shown.add_column("set")
    for name in ("n", "supported", "scored", "AUROC", "overlap", "length", "balanced accuracy"):
        shown.add_column(name, justify="right")
    for one in found["sets"]:
        shown.add_row(
            one["name"],
            str(one["count"]),
            f"{one['supported'] / one['count']:.0%}",
            f"{one['scored']:.1%}",
            _auroc_cell(one),
            _three(one["overlap_auroc"]),
            _three(one["length_auroc"]),
            _three(one["balanced_accuracy"]),
        )
    return shown


def _auroc_cell(one: Json) -> str:
    if one["auroc"] is None:
        return "none"
    told = f"{one['auroc']:.3f} [{one['low']:.3f}, {one['high']:.3f}]"
    return told if one["must"] is None else f"{told} ≥ {one['must']}"


def _three(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}"
