"""Denials that stand in a claim alone or in its evidence alone. Pure."""

import re

from rag.text import detect_language, fold
from rag.wording import bare

_NEGATION = re.compile(
    r"没有|并未|未能|尚未|从未|不得|不再|不会|不能|不予|并非|禁止|取消"
    r"|\b(?:not|never|no longer|cannot|without|neither|nor|prohibit\w*|ban(?:ned|s)?)\b"
    r"|\babolish\w*|n't\b"
)


def negation_differs(claim: str, evidence: str) -> str:
    """Why one of the two denies what the other says; empty where they agree."""
    if detect_language(claim) != detect_language(evidence):
        return ""
    claim_denies = _NEGATION.search(fold(claim))
    if claim_denies and not _NEGATION.search(fold(evidence)):
        return "It denies something; the cited passage does not."
    # A passage may deny something else, so only the claim's own words count.
    if not claim_denies and bare(claim) in bare(_NEGATION.sub("", fold(evidence))):
        return "The cited passage denies it."
    return ""
