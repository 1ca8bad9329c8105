"""Weights of the logistic models that score evidence, answers and claims.

Fitted by `python -m eval calibrate`, which prints these tables; each names its data and its date.
"""

from rag.calibration.answers import (
    ANSWER_THRESHOLD,
    ANSWERABLE,
    GIVEN_ANSWERABLE,
    UNREAD_ANSWERABLE,
)
from rag.calibration.evidence import SENTENCE
from rag.calibration.models import Weights, linear, logistic
from rag.calibration.support import (
    SUPPORT_CROSS_LANGUAGE,
    SUPPORT_FRAGMENT,
    SUPPORT_LONG_EVIDENCE,
    SUPPORT_RENDERING,
    SUPPORT_SAME_LANGUAGE,
    SUPPORT_STATEMENT,
    SUPPORT_THRESHOLD,
)

__all__ = [
    "ANSWERABLE",
    "ANSWER_THRESHOLD",
    "GIVEN_ANSWERABLE",
    "SENTENCE",
    "SUPPORT_CROSS_LANGUAGE",
    "SUPPORT_FRAGMENT",
    "SUPPORT_LONG_EVIDENCE",
    "SUPPORT_RENDERING",
    "SUPPORT_SAME_LANGUAGE",
    "SUPPORT_STATEMENT",
    "SUPPORT_THRESHOLD",
    "UNREAD_ANSWERABLE",
    "Weights",
    "linear",
    "logistic",
]
