"""Checking an answer that somebody wrote against texts: the core of faithfulness scoring."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rag.judging import Judgement, judge, judge_wording
from rag.markers import parse_markers
from rag.meaning import CosineMeaning, Meaning, Similarity, open_meaning
from rag.records import Verdict
from rag.text import search_terms, sentence_spans

NEAREST, BY_TERMS = 3, 2
"""Evidence sentences a claim is judged against together: the nearest, and by shared terms."""


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

    meaning = open_meaning(embedder) or CosineMeaning(similarity)
    chosen = [_nearest(claim, sentences, similarity) for claim in claims]
    return CheckedAnswer(
        claims=tuple(
            _check_claim(claim, sentences, nearest, similarity, meaning)
            for claim, nearest in zip(claims, chosen, strict=True)
        )
    )


def _nearest(claim: str, sentences: Sequence[str], similarity: Similarity) -> tuple[str, ...]:
    """The sentences of the largest cosine, then those that hold most of the claim's terms.

    Terms find what a name or a few words stand in, for which a cosine means little.
    """
    cosines = similarity(claim, sentences)
    terms = set(search_terms(claim))
    shared = [len(terms & set(search_terms(sentence))) for sentence in sentences]
    order = sorted(range(len(sentences)), key=lambda at: -cosines[at])
    by_terms = sorted(order, key=lambda at: -shared[at])
    chosen = [*order[:NEAREST], *(at for at in by_terms[:BY_TERMS] if shared[at])]
    return tuple(dict.fromkeys(sentences[at] for at in chosen))


def _check_claim(
    claim: str,
    sentences: Sequence[str],
    nearest: tuple[str, ...],
    similarity: Similarity,
    meaning: Meaning,
) -> CheckedClaim:
    if by_wording := judge_wording(claim, sentences, meaning):
        judged, repeated = by_wording
        return _checked(claim, judged, repeated, repeated)
    alone = judge(claim, nearest[:1], similarity, meaning=meaning)
    # Where the nearest sentence says otherwise, its neighbours cannot make up for it.
    together: Judgement = (
        alone if alone.contradicted else judge(claim, nearest, similarity, meaning=meaning)
    )
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
