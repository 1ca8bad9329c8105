"""Fitting the weights of claim support on labelled answers of one claim."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.calibrate import Table, fit_table
from eval.features import Row
from eval.support_sets import Case, read_cases, sample
from rag import WEIGHTS, Engine, measure_answer

TABLES: Mapping[str, str] = {
    "statement": "SUPPORT_STATEMENT",
    "long_evidence": "SUPPORT_LONG_EVIDENCE",
    "fragment": "SUPPORT_FRAGMENT",
    "cross_language": "SUPPORT_RENDERING",
}
"""Name of the table by kind of claim."""

FEWEST = 20
"""Claims of either label that a source must give to a kind, for its weight not to rest on few."""

LONGEST = 30_000
"""Characters of contexts above which a case is left out, for the time that it takes."""


def support_rows(
    data: Path, engine: Engine, limit: int, done: Callable[[], object]
) -> list[tuple[str, Row]]:
    """Kind and features of the claims that meaning decides, at most `limit` answers a set.

    Raises:
        InputError: a file cannot be read.
        YinjuError: the model cannot be used, or gives no vectors of pieces.
    """
    cases, _ = read_cases(data)
    chosen = [case for found in cases.values() for case in sample(found, limit)]
    return list(_rows(chosen, engine.store.embedder, done))


def _rows(
    cases: Iterable[Case], embedder: Any, done: Callable[[], object]
) -> Iterator[tuple[str, Row]]:
    """Of an answer with several claims the label does not say which of them it is about."""
    for case in cases:
        if sum(map(len, case.item.contexts)) <= LONGEST:
            claims = measure_answer(case.item.answer, case.item.contexts, embedder)
            if len(claims) == 1:
                yield (
                    claims[0].kind,
                    Row(
                        source=case.source,
                        group=case.group,
                        label=float(case.supported),
                        features=claims[0].features,
                    ),
                )
        done()


def fit_pieces(rows: Iterable[tuple[str, Row]]) -> list[Table]:
    """A table for each kind of claim, with the features that the one in use names."""
    kept = list(rows)
    counts = Counter((kind, row.source, row.label) for kind, row in kept)
    tables = [
        fit_table(
            TABLES[kind],
            [
                row
                for of_row, row in kept
                if of_row == kind
                and min(counts[kind, row.source, label] for label in (0.0, 1.0)) >= FEWEST
            ],
            only=tuple(weights),
            balanced=True,
        )
        for kind, weights in WEIGHTS.items()
    ]
    return [table for table in tables if table]
