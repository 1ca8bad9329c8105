"""Means with bootstrap intervals, the same every time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

SAMPLES = 2000
SEED = 20260101


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """A mean over `count` values, with its 95% percentile bootstrap interval."""

    count: int
    value: float
    low: float
    high: float

    def json(self) -> dict[str, Any]:
        return {
            "count": self.count,
            "value": round(self.value, 4),
            "low": round(self.low, 4),
            "high": round(self.high, 4),
        }


def with_interval(mean: Mapping[str, Any]) -> str:
    """`Mean.json()` in words: value [low, high]."""
    return f"{mean['value']:.3f} [{mean['low']:.3f}, {mean['high']:.3f}]"


def mean_of(values: Sequence[float]) -> Mean | None:
    """The mean of these values; None where there are none.

    The interval resamples values with replacement (Efron's percentile bootstrap).
    """
    if not values:
        return None
    sample = np.asarray(values, np.float64)
    random = np.random.default_rng(SEED)
    means = np.array(
        [random.choice(sample, size=len(sample)).mean() for _ in range(SAMPLES)], np.float64
    )
    low, high = np.percentile(means, [2.5, 97.5])
    return Mean(count=len(values), value=float(sample.mean()), low=float(low), high=float(high))
