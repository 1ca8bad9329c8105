"""Weights of the logistic models that score evidence, answers and claims.

Fitted by `python -m eval calibrate`, which prints this file's tables; each names its data.
"""

from collections.abc import Mapping

Weights = Mapping[str, float]

SENTENCE: Weights = {
    "bias": -30.0,
    "sentence_similarity": 22.0,
    "chunk_similarity": 8.0,
    "coverage": 4.0,
    "chunk_coverage": 1.0,
    "expected": 1.0,
    "year": 0.8,
    "first": 0.3,
    "short": -1.5,
}

ANSWERABLE: Weights = {
    "bias": -30.0,
    "best_similarity": 30.0,
    "chunk_coverage": 4.0,
    "year": 1.0,
    "missing_value": -3.0,
    "unit_missing": -2.0,
}

ANSWER_THRESHOLD = 0.5
"""A question whose best evidence scores below this is refused."""

SUPPORT_SAME_LANGUAGE: Weights = {"bias": -14.0, "similarity": 10.0, "containment": 7.0}

SUPPORT_CROSS_LANGUAGE: Weights = {"bias": -34.0, "similarity": 40.0}

SUPPORT_THRESHOLD = 0.5
"""A claim whose support is below this is labelled unsupported."""
