"""Fitting the weights of `rag/calibration/` and printing them as Python to paste there."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from eval.datasets import claim_cases, context_cases, held_out
from eval.features import Asked, Row, ask_contexts, ask_library, claim_rows
from eval.logistic import auroc, fit, fit_choice, matrix, sigmoid
from eval.running import opened
from rag import ANSWERABLE, GIVEN_ANSWERABLE, SENTENCE
from rag import SUPPORT_CROSS_LANGUAGE as CROSS_LANGUAGE
from rag import SUPPORT_SAME_LANGUAGE as SAME_LANGUAGE

Item = TypeVar("Item")

THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
MEASURED_ONLY = ("ocnli", "uhgeval", "wmt23 en→zh")
"""Sets whose labels turn on single words, which neither cosine nor shared terms can see: fitting
on them only blurs the weights. They are measured, whole, as a warning."""

SHIFTED = ("sentence_similarity", "chunk_similarity")
"""Cosines that the feature `shift` makes comparable between languages."""

TAKEN_AWAY = ("xquad", "cmrc")
"""Sets whose unanswerable questions lost their own passage, which is easier to tell than what
passages about the very subject leave open."""

LIGHTER, GIVEN_PENALTY = 0.25, 10.0
"""Weight of those sets, and strength of the penalty, where given passages are judged."""

SMALLEST = 20
"""Fewer rows than this teach nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Fitted weights and how they do on the quarter held out."""

    name: str
    weights: Mapping[str, float]
    counts: Mapping[str, tuple[int, int]]
    """By source: rows (of SENTENCE, questions) fitted on, and held out."""
    measure: str
    measured: Mapping[str, float | None]
    """By source, and `all` for those fitted on; on what was held out."""
    points: tuple[tuple[float, float, float], ...] = ()
    """Threshold, share of negatives below it, share of positives below it; held out."""

    def python(self, today: datetime.date) -> str:
        """The table as source text, its data in comments."""
        lines = [f"# Fitted {today.isoformat()}; fitted on / held out, {self.measure} held out:"]
        for source, (fitted, held) in sorted(self.counts.items()):
            lines.append(f"#   {source}: {fitted} / {held}, {_three(self.measured.get(source))}")
        lines.append(f"#   all: {_three(self.measured['all'])}")
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
        limit: questions or claims of one public set; question files are read whole.
        done: called after each.

    Raises:
        YinjuError: a file or a model cannot be used.
    """
    asked: list[Asked] = []
    for questions, library in sets:
        with opened(library, "extractive") as engine:
            asked += _counted(ask_library(questions, engine), done)
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
    name: str,
    rows: Sequence[Row],
    *,
    only: Sequence[str] = (),
    balanced: bool = False,
    lighter: Sequence[str] = (),
    penalty: float = 1.0,
) -> Table | None:
    """Fit on three quarters of the groups, measure on the rest; None where there is too little.

    Every source weighs the same however many rows it has; with `balanced`, so does each label
    within it.

    Args:
        name: of the table.
        rows: all with the same features.
        only: names of features to use; every one that varies where empty.
        balanced: whether labels are weighed to an even share.
        lighter: how the names of sources begin that weigh `LIGHTER`.
        penalty: as for `fit`.
    """
    train = [row for row in rows if not _measured(row)]
    test = [row for row in rows if _measured(row)]
    if len(train) < SMALLEST or len({row.label for row in train}) < 2:
        return None
    names = [key for key in train[0].features if _varies(key, train) and (not only or key in only)]
    found = fit(
        matrix([row.features for row in train], names),
        np.array([row.label for row in train]),
        _weights(train, balanced=balanced) * _shares(train, lighter),
        penalty=penalty,
    )
    scores = sigmoid(matrix([row.features for row in test], names) @ found[1:] + found[0])
    return Table(
        name=name,
        weights=dict(zip(["bias", *names], map(float, found), strict=True)),
        counts=_counts(train, test),
        measure="AUROC",
        measured=_aurocs(test, scores),
        points=_points(*_fitted_sources(test, scores)),
    )


def fit_sentence(asked: Sequence[Asked]) -> Table | None:
    """SENTENCE: which of a question's sentences holds the answer.

    `shift` corrects both cosines, so it is added to them here and gets the sum of their weights.
    """
    rows = [one.sentence_rows() for one in asked]
    train = [of_one for of_one in rows if of_one and not held_out(of_one[0].group)]
    test = [of_one for of_one in rows if of_one and held_out(of_one[0].group)]
    if len(train) < SMALLEST:
        return None
    names = [name for name in SENTENCE if name not in ("bias", "shift")]
    firsts = [of_one[0] for of_one in train]
    found = fit_choice(
        [(_shifted(of_one, names), _labels(of_one)) for of_one in train],
        _weights(firsts, balanced=False).tolist(),
    )
    weights = dict(zip(names, map(float, found), strict=True))
    if "shift" in SENTENCE:
        weights["shift"] = sum(weights[name] for name in SHIFTED if name in weights)
    right = [float(_labels(one)[np.argmax(_shifted(one, names) @ found)]) for one in test]
    sources = [one[0].source for one in test]
    return Table(
        name="SENTENCE",
        weights=weights,
        counts=_counts(firsts, [of_one[0] for of_one in test]),
        measure="share of questions whose best sentence is right,",
        measured={
            **{source: _share(right, sources, source) for source in sources},
            "all": _share(right, sources),
        },
    )


def _shifted(rows: Sequence[Row], names: Sequence[str]) -> np.ndarray:
    features = matrix([row.features for row in rows], names)
    shifts = np.array([row.features.get("shift", 0.0) for row in rows])
    corrected = np.array([name in SHIFTED for name in names], float)
    return np.asarray(features + shifts[:, None] * corrected, np.float64)


def _labels(rows: Sequence[Row]) -> np.ndarray:
    return np.array([row.label for row in rows])


def _share(right: Sequence[float], sources: Sequence[str], wanted: str = "") -> float | None:
    kept = [value for value, source in zip(right, sources, strict=True) if wanted in ("", source)]
    return sum(kept) / len(kept) if kept else None


def fit_answers(asked: Sequence[Asked]) -> list[Table]:
    """SENTENCE and both tables of answerability, with the features that the tables in use name.

    ANSWERABLE, of what a search found, rests on the SENTENCE in use: paste a new one there first,
    and fit again. GIVEN_ANSWERABLE is of passages that came with the question.
    """
    rows = [row for one in asked if (row := one.answer_row())]
    given = [row for row in rows if "least_held" in row.features]
    found = [row for row in rows if "least_held" not in row.features]
    tables = [
        fit_sentence(asked),
        fit_table("ANSWERABLE", found, only=tuple(ANSWERABLE), balanced=True),
        _fit_given(given),
    ]
    return [table for table in tables if table]


def _fit_given(rows: Sequence[Row]) -> Table | None:
    return fit_table(
        "GIVEN_ANSWERABLE",
        rows,
        only=tuple(GIVEN_ANSWERABLE),
        balanced=True,
        lighter=TAKEN_AWAY,
        penalty=GIVEN_PENALTY,
    )


def fit_support(rows: Sequence[tuple[bool, Row]]) -> list[Table]:
    """The two tables of claim support."""
    tables = [
        fit_table(name, [row for same, row in rows if same is wanted], only=only, balanced=True)
        for name, wanted, only in (
            ("SUPPORT_SAME_LANGUAGE", True, tuple(SAME_LANGUAGE)),
            ("SUPPORT_CROSS_LANGUAGE", False, tuple(CROSS_LANGUAGE)),
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


def _shares(rows: Sequence[Row], lighter: Sequence[str]) -> np.ndarray:
    return np.array([LIGHTER if row.source.startswith(tuple(lighter)) else 1.0 for row in rows])


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
