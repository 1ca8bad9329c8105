"""Which sentence answers a question."""

from rag.calibration.models import Weights

SENTENCE: Weights = {
    "sentence_similarity": 39.9,
    "chunk_similarity": 7.8,
    "shift": 47.7,
    "coverage": 12.2,
    "chunk_coverage": 2.7,
    "expected": 3.6,
    "year": 1.0,
    "other_year": -12.0,
    "item": 7.2,
    "first": 0.9,
    "short": -0.4,
}
"""A conditional logit over the sentences found, so it needs no bias; `shift` has the weight of
both similarities, as it corrects both. `other_year` is set by hand, since few questions show it:
all words of the question do not make up for another year."""
