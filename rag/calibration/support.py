"""Whether evidence supports a claim."""

from rag.calibration.models import Weights

SUPPORT_SAME_LANGUAGE: Weights = {"bias": -19.71, "similarity": 19.72, "containment": 3.73}
"""Fitted 2026-11-22 on claims of AttributionBench and WiCE whose values stand in the evidence (285
claims; AUROC .75 on 105 others)."""

SUPPORT_CROSS_LANGUAGE: Weights = {"bias": -64.91, "similarity": 76.35, "values": 2.72}
"""Fitted 2026-11-22 on English articles of Taiwan's environment law against their Chinese and
against a neighbouring article (303 claims, cross-validated AUROC .92)."""

SUPPORT_STATEMENT: Weights = {
    "bias": -2.9,
    "near": 3.5,
    "order": 2.2,
    "recall": 0.9,
    "problem": -0.3,
}
SUPPORT_FRAGMENT: Weights = {"bias": 3.3, "unsaid": -1.06, "problem": -1.2}
SUPPORT_RENDERING: Weights = {
    "bias": -1.03,
    "lost": -1.08,
    "omitted": 8.0,
    "problem": -1.0,
}

SUPPORT_THRESHOLD = 0.5
"""A claim whose support is below this is labelled unsupported."""
