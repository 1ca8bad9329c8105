"""Whether evidence supports a claim: values, names and negation first, then meaning. Pure."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from rag.calibration import (
    SUPPORT_CROSS_LANGUAGE,
    SUPPORT_SAME_LANGUAGE,
    SUPPORT_THRESHOLD,
    logistic,
)
from rag.contradictions import compare_wording, find_problem
from rag.records import Verdict
from rag.text import content_terms, detect_language
from rag.values import find_values
from rag.wording import stands_in

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""Cosine of one text with each of several."""


_VERBATIM = "It stands there word for word."


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
    if by_wording := judge_wording(claim, evidence, similarity, context_years=context_years):
        return by_wording[0]
    support = _meaning(claim, evidence, similarity)
    problem = find_problem(claim, evidence, context_years=context_years)
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


def judge_wording(
    claim: str,
    evidence: Sequence[str],
    similarity: Similarity,
    *,
    context_years: Collection[int] = (),
) -> tuple[Judgement, tuple[str, ...]] | None:
    """The judgement on a claim that repeats its evidence, and the sentences it repeats.

    None where its words are its own, or differ from the evidence in a way that wording alone
    cannot judge; then meaning has to.
    """
    if stood := next((text for text in evidence if stands_in(claim, text)), None):
        return Judgement(verdict="supported", support=1.0, reason=_VERBATIM), (stood,)
    repeated = compare_wording(claim, evidence, context_years=context_years)
    if repeated is None:
        return None
    if repeated.problems:
        support = _meaning(claim, repeated.sentences, similarity)
        return Judgement(
            verdict="unsupported",
            support=round(support * 0.3, 3),
            reason=" ".join(dict.fromkeys(problem.reason for problem in repeated.problems[:2])),
            contradicted=True,
        ), repeated.sentences
    if repeated.copied:
        return Judgement(
            verdict="supported",
            support=round(0.8 + 0.2 * repeated.coverage, 3),
            reason="It stands there almost word for word, with the same values and names.",
        ), repeated.sentences
    return None


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
