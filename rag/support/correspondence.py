"""How far evidence says what a claim says, piece by piece of both. Pure.

Every piece of the claim is matched with the nearest piece of the evidence by the cosine of their
contextual vectors, as in BERTScore (Zhang et al., 2020) and ColBERT (Khattab and Zaharia, 2020),
and every piece of the evidence with the nearest of the claim. Words of the claim that the
evidence has as well are counted beside it, weighed by their surprisal: a rare word that is
missing says more than a frequent one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rag.e5.engine import TokenVectors
from rag.e5.weights import Floats
from rag.records import Span
from rag.text import HAN, term_spans

ALIKE = 0.5
"""Cosine from which two pieces may render each other; below, the rest to it counts as missing."""

LOWEST = 3
"""Pieces whose mean is the lowest of a text: one alone is often a particle."""

FEATURES = (
    *("nearest", "near", "recall", "lowest", "lost", "unsaid", "unsaid_share", "order"),
    *("precision", "omitted"),
)
"""What `correspondence` measures."""

WHOLE_FEATURES = ("subject", "neighbours")
"""What `Whole` measures."""

NEIGHBOURS = 5
"""Sentences whose mean is taken: a long text that supports a claim mostly says more than once
what it is about."""

SHOWN = 3
"""Phrases named to the reader, at most."""

_WORD_MARK = "▁"
_UNKNOWN = "<unk>"
_LATIN = re.compile(rf"[^\W_{HAN}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text, cut in pieces that hold letters, digits or Han characters."""

    text: str
    """As the model read it: folded a little."""
    spans: tuple[Span, ...]
    """Of each piece in the text."""
    vectors: Floats
    """Of each piece, without what pieces have in common; shape (pieces, hidden), length one."""
    surprisals: Floats
    """Shape (pieces,), nats."""
    mean: Floats
    """The direction of the whole text, shape (hidden,)."""
    terms: tuple[tuple[str, Span], ...]
    """Search terms in order, and where they stand."""


def reading(one: TokenVectors) -> Reading:
    """Pieces made ready for comparing; `one.vectors` must be centred."""
    # An unknown piece stands for characters that are lost; a blank keeps the words apart.
    written = [" " if piece == _UNKNOWN else piece.replace(_WORD_MARK, " ") for piece in one.pieces]
    ends = np.cumsum([0, *map(len, written)]).tolist()
    spans = [
        Span(start=end - len(piece.lstrip()), end=end)
        for piece, end in zip(written, ends[1:], strict=True)
    ]
    kept = [at for at, piece in enumerate(written) if any(map(str.isalnum, piece))]
    vectors = one.vectors[kept]
    total = vectors.sum(axis=0)
    text = "".join(written)
    return Reading(
        text=text,
        spans=tuple(spans[at] for at in kept),
        vectors=vectors,
        surprisals=one.surprisals[kept],
        mean=total / max(float(np.linalg.norm(total)), np.finfo(np.float32).tiny),
        terms=tuple(term_spans(text)),
    )


def correspondence(claim: Reading, evidence: Sequence[Reading]) -> dict[str, float]:
    """What the support of a claim by sentences rests on.

    Keys:
        nearest, near: largest and mean cosine of whole texts.
        recall: mean of the claim's pieces' best cosines.
        lowest: mean of the `LOWEST` lowest of them.
        lost: log(1 + the sum of what they lack to `ALIKE`): grows with length, as the chance of
            an error does.
        unsaid: log(1 + surprisal of the claim's words that do not stand in the evidence).
        unsaid_share: the share of the claim's surprisal in them.
        order: share of the claim's pairs of neighbouring terms that stand so in the evidence.
        precision, omitted: mean and `LOWEST` lowest of the best cosines of the pieces of the one
            sentence of evidence that the claim is nearest to.
    """
    evidence = [one for one in evidence if len(one.vectors)]
    if not len(claim.vectors) or not evidence:
        return dict.fromkeys(FEATURES, 0.0)
    cosines = [float(one.mean @ claim.mean) for one in evidence]
    table = claim.vectors @ np.concatenate([one.vectors for one in evidence]).T
    best = table.max(axis=1)
    missing = claim.surprisals * (1 - covered(claim, evidence))
    nearest = max((pair for pair in zip(cosines, evidence, strict=True)), key=lambda pair: pair[0])
    back = (nearest[1].vectors @ claim.vectors.T).max(axis=1)
    return {
        "nearest": max(cosines),
        "near": float(np.mean(cosines)),
        "recall": float(best.mean()),
        "lowest": _lowest(best),
        "lost": float(np.log1p(np.maximum(0.0, ALIKE - best).sum())),
        "unsaid": float(np.log1p(missing.sum())),
        "unsaid_share": float(missing.sum() / claim.surprisals.sum()),
        "order": _order(claim, evidence),
        "precision": float(back.mean()),
        "omitted": _lowest(back),
    }


class Whole:
    """All that a claim may rest on, of which a few sentences are looked at closely."""

    def __init__(self, texts: Sequence[Reading]) -> None:
        """Take all sentences; one vector of each is kept."""
        kept = [one for one in texts if len(one.vectors)]
        self._means: Floats | None = np.stack([one.mean for one in kept]) if kept else None
        self._total: Floats = np.sum([one.vectors.sum(axis=0) for one in kept], axis=0)

    def features(self, claim: Reading) -> dict[str, float]:
        """How far it is about what the claim is about.

        Keys:
            subject: cosine of the claim with all sentences as one text.
            neighbours: mean of its `NEIGHBOURS` largest cosines with a sentence.
        """
        if not len(claim.vectors) or self._means is None:
            return dict.fromkeys(WHOLE_FEATURES, 0.0)
        tiny = float(np.finfo(np.float32).tiny)
        length = max(float(np.linalg.norm(self._total)), tiny)
        cosines = np.sort(self._means @ claim.mean)
        return {
            "subject": float(self._total @ claim.mean) / length,
            "neighbours": float(cosines[-NEIGHBOURS:].mean()),
        }


def covered(claim: Reading, evidence: Sequence[Reading]) -> Floats:
    """Share of the characters of each piece of the claim that its evidence has too.

    A Han character counts where a pair of characters that it stands in does, so a single one in
    common by chance is none; shape (pieces,).
    """
    held = {term for one in evidence for term, _ in one.terms}
    marked = np.zeros(len(claim.text) + 1)
    for term, span in claim.terms:
        if term in held:
            marked[span.start : span.end] = 1.0
    before = np.concatenate([[0.0], np.cumsum(marked)])
    starts = np.array([span.start for span in claim.spans])
    ends = np.array([span.end for span in claim.spans])
    shares: Floats = (before[ends] - before[starts]) / np.maximum(ends - starts, 1)
    return shares


def unmatched(claim: Reading, evidence: Sequence[Reading]) -> list[str]:
    """The phrases of the claim that nothing in the evidence resembles, the rarest first."""
    rows = [one.vectors for one in evidence if len(one.vectors)]
    if not len(claim.vectors) or not rows:
        return []
    best = (claim.vectors @ np.concatenate(rows).T).max(axis=1)
    open_words = (best < ALIKE) & (covered(claim, evidence) < ALIKE)
    phrases: dict[str, float] = {}
    start = 0
    while start < len(open_words):
        end = start + 1
        if open_words[start]:
            while end < len(open_words) and open_words[end]:
                end += 1
            phrase = _whole_words(claim, start, end)
            phrases[phrase] = float(claim.surprisals[start:end].sum())
        start = end
    return sorted(phrases, key=lambda phrase: -phrases[phrase])[:SHOWN]


def _whole_words(claim: Reading, start: int, end: int) -> str:
    """The text of pieces from `start` to `end`, to both ends of the Latin words they are of."""
    text = claim.text
    first, last = claim.spans[start].start, claim.spans[end - 1].end
    while first > 0 and _LATIN.match(text[first - 1]) and _LATIN.match(text[first]):
        first -= 1
    while last < len(text) and _LATIN.match(text[last]) and _LATIN.match(text[last - 1]):
        last += 1
    return text[first:last].strip()


def _pairs_of(texts: Sequence[Reading]) -> set[tuple[str, str]]:
    return {pair for one in texts for pair in pairwise(term for term, _ in one.terms)}


def _order(claim: Reading, evidence: Sequence[Reading]) -> float:
    pairs = _pairs_of([claim])
    return len(pairs & _pairs_of(evidence)) / len(pairs) if pairs else 1.0


def _lowest(values: Floats) -> float:
    return float(np.sort(values)[:LOWEST].mean())
