"""Whether evidence supports a claim: values, names and negation first, then meaning. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag.calibration import SUPPORT_THRESHOLD
from rag.records import Verdict
from rag.support.contradictions import compare_wording, find_problem
from rag.support.meaning import CosineMeaning, Meaning, Similarity
from rag.support.wording import stands_in

FREE_WITH_PROBLEM, MOST_WITH_PROBLEM = 0.47, SUPPORT_THRESHOLD - 0.01
"""A claim with a value, a name or a denial that its evidence has not keeps a support up to the
first; what is above is pressed together under the second, so that order is kept."""

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
    meaning: Meaning | None = None,
) -> Judgement:
    """Whether sentences of evidence together support a claim: values, names, negation, meaning.

    Args:
        claim: one statement.
        evidence: sentences that may support it together.
        similarity: cosine of texts, where nothing better scores meaning.
        context_years: years that hold for the evidence without standing in it.
        meaning: what scores meaning in its place.
    """
    scorer = meaning or CosineMeaning(similarity)
    if by_wording := judge_wording(claim, evidence, scorer, context_years=context_years):
        return by_wording[0]
    problem = find_problem(claim, evidence, context_years=context_years)
    support = scorer.support(claim, evidence, problem=bool(problem))
    if problem:
        return Judgement(
            verdict="unsupported",
            support=round(_pressed(support), 3),
            reason=problem,
            contradicted=scorer.support(claim, evidence) >= SUPPORT_THRESHOLD,
        )
    if support < SUPPORT_THRESHOLD:
        return Judgement(
            verdict="unsupported",
            support=round(support, 3),
            reason=_not_close(scorer.unmatched(claim, evidence)),
        )
    return Judgement(
        verdict="supported",
        support=round(support, 3),
        reason="Values, names and meaning agree with the cited passage.",
    )


def judge_wording(
    claim: str,
    evidence: Sequence[str],
    meaning: Meaning,
    *,
    context_years: Collection[int] = (),
) -> tuple[Judgement, tuple[str, ...]] | None:
    """The judgement on a claim that repeats its evidence, and the sentences it repeats.

    None where its words are its own, or differ from the evidence in a way that wording alone
    cannot judge; then meaning has to.
    """
    if stands_in(claim, "\n".join(evidence)):
        stood = next((text for text in evidence if stands_in(claim, text)), None)
        parts = tuple(text for text in evidence if stands_in(text, claim))
        sentences = (stood,) if stood else parts or tuple(evidence)
        return Judgement(verdict="supported", support=1.0, reason=_VERBATIM), sentences
    repeated = compare_wording(claim, evidence, context_years=context_years)
    if repeated is None:
        return None
    if repeated.problems:
        support = meaning.support(claim, repeated.sentences, problem=True)
        return Judgement(
            verdict="unsupported",
            support=round(_pressed(support), 3),
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


def _pressed(support: float) -> float:
    room = (MOST_WITH_PROBLEM - FREE_WITH_PROBLEM) / (1 - FREE_WITH_PROBLEM)
    return min(support, FREE_WITH_PROBLEM) + room * max(0.0, support - FREE_WITH_PROBLEM)


def _not_close(phrases: Sequence[str]) -> str:
    """Why meaning was found too far, with the phrases that nothing there resembles."""
    if not phrases:
        return "The cited passage does not say this closely enough."
    return f"Nothing in the cited passage is close to {', '.join(f'“{one}”' for one in phrases)}."
