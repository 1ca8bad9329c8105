"""Whether evidence supports a claim."""

from rag.calibration.models import Weights

SUPPORT_SAME_LANGUAGE: Weights = {"bias": -19.71, "similarity": 19.72, "containment": 3.73}
"""Fitted 2026-11-22 on claims of AttributionBench and WiCE whose values stand in the evidence (285
claims; AUROC .75 on 105 others)."""

SUPPORT_CROSS_LANGUAGE: Weights = {"bias": -64.91, "similarity": 76.35, "values": 2.72}
"""Fitted 2026-11-22 on English articles of Taiwan's environment law against their Chinese and
against a neighbouring article (303 claims, cross-validated AUROC .92)."""

SUPPORT_STATEMENT: Weights = {
    "bias": -0.8,
    "near": 2.05,
    "lost": -1.31,
    "order": 1.07,
    "problem": -1.38,
}
SUPPORT_FRAGMENT: Weights = {"bias": 1.78, "unsaid": -0.69, "lowest": 1.93, "problem": -2.83}
SUPPORT_RENDERING: Weights = {"bias": -4.51, "lost": -0.56, "omitted": 12.42, "problem": -2.81}

SUPPORT_THRESHOLD = 0.5
"""A claim whose support is below this is labelled unsupported."""
