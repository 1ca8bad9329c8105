"""Weights of the logistic models that score evidence, answers and claims.

Fitted by `python -m eval calibrate`, which prints this file's tables; each names its data.
"""

from collections.abc import Mapping

Weights = Mapping[str, float]

SENTENCE: Weights = {
    "sentence_similarity": 38.65,
    "chunk_similarity": 7.07,
    "coverage": 18.54,
    "chunk_coverage": -1.69,
    "expected": 4.07,
    "year": 0.91,
    "item": 8.01,
    "first": 1.05,
    "short": 0.25,
}
"""A conditional logit over the sentences found, so it needs no bias."""

ANSWERABLE: Weights = {
    "bias": -22.77,
    "sentence_similarity": 12.27,
    "best_similarity": 6.75,
    "hits_coverage": 4.83,
    "untranslated": 2.86,
    "wants_value": -1.70,
    "missing_value": -5.12,
    "same_language": -2.48,
    "phrases_sentence": 1.92,
    "year": 0.45,
    "strength": 0.14,
}
"""Fitted 2026-11-22 on 260 questions (200 answerable) on five Chinese meeting reports; 10-fold,
AUROC .94 for Chinese and .87 for English questions. The bias puts the threshold at 0.5."""

ANSWER_THRESHOLD = 0.5
"""A question whose best evidence scores below this is refused."""

SUPPORT_SAME_LANGUAGE: Weights = {"bias": -14.0, "similarity": 10.0, "containment": 7.0}

SUPPORT_CROSS_LANGUAGE: Weights = {"bias": -34.0, "similarity": 40.0}

SUPPORT_THRESHOLD = 0.5
"""A claim whose support is below this is labelled unsupported."""
