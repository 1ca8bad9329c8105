"""Whether evidence supports a claim."""

from rag.calibration.models import Weights

SUPPORT_SAME_LANGUAGE: Weights = {"bias": -19.71, "similarity": 19.72, "containment": 3.73}
"""Fitted 2026-11-22 on claims of AttributionBench and WiCE whose values stand in the evidence (285
claims; AUROC .75 on 105 others)."""

SUPPORT_CROSS_LANGUAGE: Weights = {"bias": -64.91, "similarity": 76.35, "values": 2.72}
"""Fitted 2026-11-22 on English articles of Taiwan's environment law against their Chinese and
against a neighbouring article (303 claims, cross-validated AUROC .92)."""

SUPPORT_THRESHOLD = 0.5
"""A claim whose support is below this is labelled unsupported."""
