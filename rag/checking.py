"""Checking an answer that somebody wrote against texts: the core of faithfulness scoring."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rag.judging import Judgement, judge, judge_wording
from rag.markers import parse_markers
from rag.records import Verdict
from rag.text import sentence_spans

NEAREST = 3
"""Evidence sentences a claim is judged against together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClaim:
    """One claim, with the sentences it was judged by."""

    text: str
    verdict: Verdict
    support: float
    reason: str
    evidence: tuple[str, ...]
    """Verbatim sentences of the contexts that decided, nearest first."""
    nearest: tuple[str, ...]
    """All the sentences that were looked at, nearest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedAnswer:
    """The claims of an answer; none where it makes no statement."""

    claims: tuple[CheckedClaim, ...]


def check_answer(answer: str, contexts: Sequence[str], embedder: Any) -> CheckedAnswer:
    """Cut an answer into claims and judge each against the nearest sentences of the contexts."""
    sentences = [span.slice(text) for text in contexts for span in sentence_spans(text)]
    claims = [parse_markers(span.slice(answer))[0] for span in sentence_spans(answer)]
    claims = [claim for claim in claims if any(letter.isalnum() for letter in claim)]
    if not claims or not sentences:
        return CheckedAnswer(claims=())
    vectors = np.stack(embedder([*claims, *sentences]))
    known = dict(zip([*claims, *sentences], vectors, strict=True))

    def similarity(text: str, others: Sequence[str]) -> list[float]:
        fresh = [other for other in others if other not in known]
        if fresh:
            known.update(zip(fresh, np.stack(embedder(fresh)), strict=True))
        return [float(known[other] @ known[text]) for other in others]

    return CheckedAnswer(
        claims=tuple(_check_claim(claim, sentences, similarity) for claim in claims)
    )


def _check_claim(claim: str, sentences: Sequence[str], similarity: Any) -> CheckedClaim:
    if by_wording := judge_wording(claim, sentences, similarity):
        judged, repeated = by_wording
        return _checked(claim, judged, repeated, repeated)
    cosines = similarity(claim, sentences)
    order = sorted(range(len(sentences)), key=lambda index: -cosines[index])[:NEAREST]
    nearest = tuple(dict.fromkeys(sentences[index] for index in order))
    alone = judge(claim, nearest[:1], similarity)
    # Where the nearest sentence says otherwise, its neighbours cannot make up for it.
    together: Judgement = alone if alone.contradicted else judge(claim, nearest, similarity)
    best = max(alone, together, key=lambda judged: (judged.verdict == "supported", judged.support))
    return _checked(claim, best, nearest[:1] if best is alone else nearest, nearest)


def _checked(
    claim: str, judged: Judgement, evidence: tuple[str, ...], nearest: tuple[str, ...]
) -> CheckedClaim:
    return CheckedClaim(
        text=claim,
        verdict=judged.verdict,
        support=judged.support,
        reason=judged.reason,
        evidence=evidence,
        nearest=nearest,
    )
