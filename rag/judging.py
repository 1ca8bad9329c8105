"""Whether evidence supports a claim: values, names and negation first, then meaning. Pure."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from rag.calibration import (
    SUPPORT_CROSS_LANGUAGE,
    SUPPORT_SAME_LANGUAGE,
    SUPPORT_THRESHOLD,
    logistic,
)
from rag.records import Verdict
from rag.text import content_terms, detect_language, fold
from rag.values import find_values, missing_values

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""Cosine of one text with each of several."""

_NAMED = re.compile(r"《([^》]{2,60})》|[“\"]([^”\"]{2,40})[”\"]")
_NEGATION = re.compile(
    r"没有|并未|未能|尚未|从未|不得|不再|不会|不能|不予|并非|禁止|取消"
    r"|\b(?:not|never|no longer|cannot|without|neither|nor|prohibit\w*|ban(?:ned|s)?)\b"
    r"|\babolish\w*|n't\b"
)
_DENIED_BEFORE = re.compile(r"(?:没有?|未|并不|并非|不再|不|非|无|not|never|nolonger)$")
_PUNCTUATION = re.compile(r"[\s。!！?？，;；:：、\"']+|(?<![0-9])[.,]|[.,](?![0-9])")
_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9])(?:[.,]?\s+|\s*[;；，、:：]\s*)(?=[0-9])")
_ONE_NUMBER = re.compile(r"[0-9.,%]{2}|[〇零一二三四五六七八九十百千万亿]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the checker says of one claim and its evidence."""

    verdict: Verdict
    support: float
    reason: str
    contradicted: bool = False
    """The evidence is about the same thing and says otherwise: a value, a name or a denial."""


def judge(
    claim: str,
    evidence: Sequence[str],
    similarity: Similarity,
    *,
    context_years: Collection[int] = (),
) -> Judgement:
    """Whether sentences of evidence together support a claim: values, names, negation, meaning."""
    together = "\n".join(evidence)
    if _stands_in(claim, together):
        return Judgement(verdict="supported", support=1.0, reason="It stands there word for word.")
    support = _meaning(claim, evidence, similarity)
    problem = (
        _missing_value(claim, together, context_years)
        or _missing_name(claim, together)
        or _negation_differs(claim, together)
    )
    if problem:
        return Judgement(
            verdict="unsupported",
            support=round(support * 0.3, 3),
            reason=problem,
            contradicted=support >= SUPPORT_THRESHOLD,
        )
    if support < SUPPORT_THRESHOLD:
        return Judgement(
            verdict="unsupported",
            support=round(support, 3),
            reason="The cited passage does not say this closely enough.",
        )
    return Judgement(
        verdict="supported",
        support=round(support, 3),
        reason="Values, names and meaning agree with the cited passage.",
    )


def _meaning(claim: str, evidence: Sequence[str], similarity: Similarity) -> float:
    features = support_features(claim, evidence, similarity)
    same = detect_language(claim) == detect_language("\n".join(evidence))
    return logistic(features, SUPPORT_SAME_LANGUAGE if same else SUPPORT_CROSS_LANGUAGE)


def support_features(
    claim: str, evidence: Sequence[str], similarity: Similarity
) -> dict[str, float]:
    """What the support of a claim rests on.

    The best cosine, the share of its terms found, and how many values it has (0, 0.5 or 1): a
    claim gets here only when its values stand in the evidence, and two that do say much.
    """
    together = "\n".join(evidence)
    cosine = max(similarity(claim, [*evidence, together] if len(evidence) > 1 else evidence))
    return {
        "similarity": float(cosine),
        "containment": containment(claim, together),
        "values": min(len(find_values(claim)), 2) / 2,
    }


def containment(claim: str, evidence: str) -> float:
    """Share of the claim's distinct content terms that stand in the evidence."""
    terms = set(content_terms(claim))
    return len(terms & set(content_terms(evidence))) / len(terms) if terms else 0.0


def _missing_value(claim: str, evidence: str, context_years: Collection[int]) -> str:
    missing = missing_values(claim, evidence, context_years=context_years)
    if not missing:
        return ""
    there = [value.text for value in find_values(evidence)][:4]
    says = f"; it has {', '.join(there)}" if there else ""
    return f"{', '.join(value.text for value in missing)} is not in the cited passage{says}."


def _missing_name(claim: str, evidence: str) -> str:
    if detect_language(claim) != detect_language(evidence):
        return ""
    bare = _bare(evidence)
    for match in _NAMED.finditer(claim):
        name = match[1] or match[2]
        if _bare(name) not in bare:
            return f"{name!r} is not in the cited passage."
    return ""


def _negation_differs(claim: str, evidence: str) -> str:
    if detect_language(claim) != detect_language(evidence):
        return ""
    claim_denies = _NEGATION.search(fold(claim))
    if claim_denies and not _NEGATION.search(fold(evidence)):
        return "It denies something; the cited passage does not."
    # A passage may deny something else, so only the claim's own words count.
    if not claim_denies and _bare(claim) in _bare(_NEGATION.sub("", fold(evidence))):
        return "The cited passage denies it."
    return ""


def _stands_in(claim: str, text: str) -> bool:
    """Whether a claim stands in a text word for word, and not as part of a number or a denial."""
    bare, within = _bare(claim), _bare(text)
    at = within.find(bare) if bare else -1
    while at >= 0:
        before, after = within[:at], within[at + len(bare) :]
        cut = _joined(before[-1:], bare[0]) or _joined(bare[-1], after[:1])
        if not cut and not _DENIED_BEFORE.search(before):
            return True
        at = within.find(bare, at + 1)
    return False


def _joined(left: str, right: str) -> bool:
    """Whether two characters that meet are of one number: 4|5, 十|八, 4|.5, 0.|5, 4|%."""
    return bool(left and right and _ONE_NUMBER.fullmatch(left + right))


def _bare(text: str) -> str:
    """Text without blanks and punctuation; numbers stay whole, and apart from one another."""
    return _PUNCTUATION.sub("", _BETWEEN_NUMBERS.sub("|", fold(text)))
