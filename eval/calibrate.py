"""Fitting the weights of `rag/calibration.py` and printing them as Python to paste there."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from eval.datasets import claim_cases, context_cases, held_out
from eval.features import Asked, Row, ask_contexts, ask_library, claim_rows
from eval.logistic import auroc, fit, matrix, sigmoid
from eval.running import opened

Item = TypeVar("Item")

THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
SENTENCE_FEATURES = (
    "sentence_similarity",
    "coverage",
    "expected",
    "year",
    "item",
    "first",
    "short",
    "chinese_question",
    "same_language",
)
ANSWERABLE_FEATURES = (
    "best_similarity",
    "chunk_coverage",
    "year",
    "missing_value",
    "unit_missing",
    "chinese_question",
    "same_language",
)
"""Of the features measured, those that earn their place: with all of them the signs of the
correlated ones turn, and AUROC across sources gains nothing or little."""

MEASURED_ONLY = ("ocnli", "uhgeval", "wmt23 en→zh")
"""Sets whose labels turn on single words, which neither cosine nor shared terms can see: fitting
on them only blurs the weights. They are measured, whole, as a warning."""

SMALLEST = 20
"""Fewer rows than this teach nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Fitted weights and how they do on the quarter held out."""

    name: str
    weights: Mapping[str, float]
    rows: Mapping[str, tuple[int, int]]
    """By source: rows fitted on, rows held out."""
    auroc: Mapping[str, float | None]
    """By source, and `all`; on rows held out."""
    points: tuple[tuple[float, float, float], ...] = ()
    """Threshold, share of negatives below it, share of positives below it; held out."""

    def python(self, today: datetime.date) -> str:
        """The table as source text, its data in comments."""
        lines = [f"# Fitted {today.isoformat()}; rows fitted on / held out, AUROC held out:"]
        for source, (fitted, held) in sorted(self.rows.items()):
            lines.append(f"#   {source}: {fitted} / {held}, {_three(self.auroc.get(source))}")
        lines.append(f"#   all: AUROC {_three(self.auroc['all'])}")
        lines.append(f"{self.name}: Weights = {{")
        lines += [f'    "{name}": {weight:.3f},' for name, weight in self.weights.items()]
        lines.append("}")
        lines += [
            f"# threshold {threshold:.2f}: below it {negatives:.1%} of negatives, "
            f"{positives:.1%} of positives"
            for threshold, negatives, positives in self.points
        ]
        return "\n".join(lines)


def collect(
    data: Path | None,
    sets: Sequence[tuple[Path, Path]],
    cache: Path,
    limit: int,
    done: Callable[[], object],
) -> tuple[list[Asked], list[tuple[bool, Row]]]:
    """Questions and claims as features.

    Args:
        data: folder of public test sets, if any.
        sets: question files and the libraries that they are asked of.
        cache: library directory whose cache of vectors is used for the test sets.
        limit: questions or claims of one set.
        done: called after each.

    Raises:
        YinjuError: a file or a model cannot be used.
    """
    asked: list[Asked] = []
    for questions, library in sets:
        with opened(library, "extractive") as engine:
            asked += _counted(ask_library(questions, engine, limit), done)
    claims: list[tuple[bool, Row]] = []
    if data:
        with opened(cache, "extractive") as engine:
            asked += _counted(ask_contexts(context_cases(data, limit), engine), done)
            claims += _counted(claim_rows(claim_cases(data, limit), engine), done)
    return asked, claims


def _counted(items: Iterable[Item], done: Callable[[], object]) -> Iterator[Item]:
    for item in items:
        yield item
        done()


def fit_table(
    name: str, rows: Sequence[Row], *, only: Sequence[str] = (), balanced: bool = False
) -> Table | None:
    """Fit on three quarters of the groups, measure on the rest; None where there is too little.

    Every source weighs the same however many rows it has; with `balanced`, so does each label
    within it.

    Args:
        name: of the table.
        rows: all with the same features.
        only: names of features to use; every one that varies where empty.
        balanced: whether labels are weighed to an even share.
    """
    train = [row for row in rows if not _measured(row)]
    test = [row for row in rows if _measured(row)]
    if len(train) < SMALLEST or len({row.label for row in train}) < 2:
        return None
    names = [key for key in train[0].features if _varies(key, train) and (not only or key in only)]
    found = fit(
        matrix([row.features for row in train], names),
        np.array([row.label for row in train]),
        _weights(train, balanced=balanced),
    )
    scores = sigmoid(matrix([row.features for row in test], names) @ found[1:] + found[0])
    return Table(
        name=name,
        weights=dict(zip(["bias", *names], map(float, found), strict=True)),
        rows=_counts(train, test),
        auroc=_aurocs(test, scores),
        points=_points(*_fitted_sources(test, scores)),
    )


def fit_answers(asked: Sequence[Asked]) -> list[Table]:
    """SENTENCE, then ANSWERABLE with sentences ordered by the new SENTENCE."""
    sentences = [row for one in asked for row in one.sentence_rows()]
    sentence = fit_table("SENTENCE", sentences, only=SENTENCE_FEATURES)
    if sentence is None:
        return []
    rows = [row for one in asked if (row := one.answer_row(sentence.weights))]
    answerable = fit_table("ANSWERABLE", rows, only=ANSWERABLE_FEATURES, balanced=True)
    return [sentence, answerable] if answerable else [sentence]


def fit_support(rows: Sequence[tuple[bool, Row]]) -> list[Table]:
    """The two tables of claim support."""
    tables = [
        fit_table(name, [row for same, row in rows if same is wanted], only=only, balanced=True)
        for name, wanted, only in (
            ("SUPPORT_SAME_LANGUAGE", True, ()),
            ("SUPPORT_CROSS_LANGUAGE", False, ("similarity",)),
        )
    ]
    return [table for table in tables if table]


def _measured(row: Row) -> bool:
    return row.source in MEASURED_ONLY or held_out(row.group)


def _varies(name: str, rows: Sequence[Row]) -> bool:
    return len({row.features[name] for row in rows}) > 1


def _weights(rows: Sequence[Row], *, balanced: bool) -> np.ndarray:
    keys = [(row.source, row.label if balanced else 0.0) for row in rows]
    counts = Counter(keys)
    return np.array([len(rows) / (len(counts) * counts[key]) for key in keys])


def _counts(train: Sequence[Row], test: Sequence[Row]) -> dict[str, tuple[int, int]]:
    fitted, held = Counter(row.source for row in train), Counter(row.source for row in test)
    return {source: (fitted[source], held[source]) for source in fitted | held}


def _aurocs(test: Sequence[Row], scores: np.ndarray) -> dict[str, float | None]:
    labels = np.array([row.label for row in test])
    sources = np.array([row.source for row in test])
    found = {
        str(source): auroc(scores[sources == source], labels[sources == source])
        for source in np.unique(sources)
    }
    own, own_scores = _fitted_sources(test, scores)
    return found | {"all": auroc(own_scores, [row.label for row in own])}


def _fitted_sources(test: Sequence[Row], scores: np.ndarray) -> tuple[list[Row], np.ndarray]:
    """The rows held out of sources that were fitted on, with their scores."""
    kept = [row.source not in MEASURED_ONLY for row in test]
    return [row for row, keep in zip(test, kept, strict=True) if keep], scores[np.array(kept, bool)]


def _points(test: Sequence[Row], scores: np.ndarray) -> tuple[tuple[float, float, float], ...]:
    labels = np.array([row.label for row in test])
    if len(set(labels.tolist())) < 2:
        return ()
    return tuple(
        (
            threshold,
            float((scores[labels == 0] < threshold).mean()),
            float((scores[labels == 1] < threshold).mean()),
        )
        for threshold in THRESHOLDS
    )


def _three(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}"
