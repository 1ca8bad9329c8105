"""Checking an answer that somebody wrote against texts: the core of faithfulness scoring."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rag.cross_encoder import Entailment
from rag.markers import parse_markers
from rag.records import Verdict
from rag.support.contradictions import find_problem
from rag.support.judging import MOST_WITH_PROBLEM, Judgement, judge, judge_wording
from rag.support.meaning import ClaimKind, CosineMeaning, Meaning, PieceMeaning, open_meaning
from rag.text import search_terms, sentence_spans

NEAREST, BY_TERMS = 3, 2
"""Evidence sentences a claim is judged against together: the nearest, and by shared terms."""

_LIST_MARK = re.compile(
    r"\W*(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,4}|[一二三四五六七八九十]{1,3}|[①-⑳])\W*"
)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredClaim:
    """What the support of a claim by its meaning rests on, for fitting the weights."""

    kind: ClaimKind
    features: Mapping[str, float]


def check_answer(
    answer: str, contexts: Sequence[str], embedder: Any, entailment: Entailment | None = None
) -> CheckedAnswer:
    """Cut an answer into claims and judge each against the nearest sentences of the contexts.

    Args:
        answer: by anyone.
        contexts: texts it should rest on.
        embedder: finds the nearest sentences and judges meaning.
        entailment: judges meaning instead.
    """
    texts = _Texts(answer, contexts, embedder)
    scorer = open_meaning(embedder, entailment, sentences=texts.sentences)
    meaning = scorer or CosineMeaning(texts.similarity)
    return CheckedAnswer(claims=tuple(_check_claim(one, texts, meaning) for one in texts.claims))


def measure_answer(answer: str, contexts: Sequence[str], embedder: Any) -> list[MeasuredClaim]:
    """The claims of an answer that meaning would judge: those whose wording does not decide.

    `embedder` must give vectors of pieces.
    """
    texts = _Texts(answer, contexts, embedder)
    meaning = PieceMeaning(embedder.centred_token_vectors, texts.sentences)
    found = []
    for claim in texts.claims:
        if judge_wording(claim, texts.sentences, meaning):
            continue
        nearest = texts.nearest(claim)
        problem = bool(find_problem(claim, nearest))
        kind = meaning.kind(claim, nearest)
        features = meaning.features(claim, nearest, kind, problem=problem)
        found.append(MeasuredClaim(kind=kind, features=features))
    return found


class _Texts:
    """An answer's claims and the sentences of its contexts, with their vectors."""

    def __init__(self, answer: str, contexts: Sequence[str], embedder: Any) -> None:
        sentences = [span.slice(text) for text in contexts for span in sentence_spans(text)]
        claims = [parse_markers(span.slice(answer))[0] for span in sentence_spans(answer)]
        claims = _without_marks([one for one in claims if any(map(str.isalnum, one))])
        self.sentences = sentences
        self.claims = claims if sentences else []
        """None where there is nothing to judge them by."""
        self._embedder = embedder
        self._vectors: dict[str, np.ndarray] = {}
        if self.claims:
            self._embed([*claims, *sentences])

    def similarity(self, text: str, others: Sequence[str]) -> list[float]:
        self._embed([text, *others])
        return [float(self._vectors[other] @ self._vectors[text]) for other in others]

    def _embed(self, texts: Sequence[str]) -> None:
        fresh = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if fresh:
            self._vectors.update(zip(fresh, np.stack(self._embedder(fresh)), strict=True))

    def nearest(self, claim: str) -> tuple[str, ...]:
        """The sentences of the largest cosine, then those that hold most of the claim's terms.

        Terms find what a name or a few words stand in, for which a cosine means little.
        """
        cosines = self.similarity(claim, self.sentences)
        terms = set(search_terms(claim))
        shared = [len(terms & set(search_terms(sentence))) for sentence in self.sentences]
        order = sorted(range(len(cosines)), key=lambda at: -cosines[at])
        by_terms = sorted(order, key=lambda at: -shared[at])[:BY_TERMS]
        chosen = [*order[:NEAREST], *(at for at in by_terms if shared[at])]
        return tuple(dict.fromkeys(self.sentences[at] for at in chosen))


def _without_marks(claims: Sequence[str]) -> list[str]:
    """Claims without the numbers and letters of lists, such as the “1.” that opens a line.

    A last one may be an answer by itself, but not where a list was to follow.
    """
    last = len(claims) - 1
    return [
        one
        for at, one in enumerate(claims)
        if not _LIST_MARK.fullmatch(one)
        or (at == last and not (at and claims[at - 1].rstrip().endswith((":", "："))))
    ]


def _check_claim(claim: str, texts: _Texts, meaning: Meaning) -> CheckedClaim:
    if by_wording := judge_wording(claim, texts.sentences, meaning):
        judged, repeated = by_wording
        return _checked(claim, judged, repeated, _first(repeated, texts.nearest(claim)))
    nearest = texts.nearest(claim)
    alone = judge(claim, nearest[:1], texts.similarity, meaning=meaning)
    together = judge(claim, nearest, texts.similarity, meaning=meaning)
    if alone.contradicted:
        # Where the nearest sentence says otherwise, its neighbours cannot make up for it.
        kept = min(together.support, MOST_WITH_PROBLEM)
        return _checked(claim, replace(alone, support=kept), nearest[:1], nearest)
    if together.verdict == "unsupported" and alone.verdict == "supported":
        return _checked(claim, alone, nearest[:1], nearest)
    return _checked(claim, together, nearest, nearest)


def _first(repeated: tuple[str, ...], nearest: tuple[str, ...]) -> tuple[str, ...]:
    """The sentences that a claim repeats, then the others that were near."""
    return tuple(dict.fromkeys((*repeated, *nearest)))


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
