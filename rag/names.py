"""Names that a claim gives and its evidence does not. Pure."""

import re

from rag.text import detect_language
from rag.wording import bare

_NAMED = re.compile(r"《([^》]{2,60})》|[“\"]([^”\"]{2,40})[”\"]")


def missing_name(claim: str, evidence: str) -> str:
    """Why a title or quoted name of the claim is not in the evidence; empty where all are."""
    if detect_language(claim) != detect_language(evidence):
        return ""
    within = bare(evidence)
    for match in _NAMED.finditer(claim):
        name = match[1] or match[2]
        if bare(name) not in within:
            return f"{name!r} is not in the cited passage."
    return ""
