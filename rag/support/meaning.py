"""How far evidence says what a claim says: what `judge` asks after values, names and denials.

`Meaning` is the seam: another scorer, such as a cross-encoder for natural language inference,
needs only its methods.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, Literal, Protocol

import numpy as np

from rag.calibration import (
    SUPPORT_CROSS_LANGUAGE,
    SUPPORT_FRAGMENT,
    SUPPORT_LONG_EVIDENCE,
    SUPPORT_RENDERING,
    SUPPORT_SAME_LANGUAGE,
    SUPPORT_STATEMENT,
    Weights,
    logistic,
)
from rag.cross_encoder import Entailment
from rag.e5.engine import TokenVectors
from rag.support.correspondence import Reading, Whole, correspondence, reading, unmatched
from rag.text import content_terms, detect_language
from rag.values import find_values

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""Cosine of one text with each of several."""

FRAGMENT = 75.0
"""Nats of surprisal, some eight words, up to which a claim that no mark ends as a sentence is a
name, a number or a few words."""

CLOSENESS = ("neighbours", "subject", "precision", "omitted", "recall", "lowest", "order")
"""Measures of one thing, by all sentences and from both sides, whose mean tells more than any of
them. Weights of their own, fitted on a thousand claims, differ from set to set and do worse on a
set left out (Dawes, The robust beauty of improper linear models, 1979)."""

FEW = 3
"""Sentences of a text up to which all of them are looked at closely."""

ClaimKind = Literal["statement", "long_evidence", "fragment", "cross_language"]
"""A sentence, by a short text or by a longer one, or a few words, in the language of the evidence;
anything in another."""

WEIGHTS: Mapping[ClaimKind, Weights] = {
    "statement": SUPPORT_STATEMENT,
    "long_evidence": SUPPORT_LONG_EVIDENCE,
    "fragment": SUPPORT_FRAGMENT,
    "cross_language": SUPPORT_RENDERING,
}

_ENDED = re.compile(r"[.!?;:。！？；：．｡…][\"'”’」』)）\]]*\s*$")

_WITH_PROBLEM = 0.3
"""What is left of a support by whole texts where a value, a name or a denial differs."""


class Meaning(Protocol):
    """Scores claims by sentences of evidence."""

    def support(self, claim: str, evidence: Sequence[str], *, problem: bool = False) -> float:
        """The chance that the sentences together say all of the claim, between 0 and 1.

        `problem` tells that a value, a name or a denial of the claim is not in the evidence.

        Raises:
            ModelError: the model cannot be used.
        """
        ...

    def unmatched(self, claim: str, evidence: Sequence[str]) -> Sequence[str]:
        """Phrases of the claim that the sentences have nothing like; empty where it cannot tell."""
        ...


class PieceMeaning:
    """By contextual vectors of word pieces, for one answer: what is read is kept."""

    def __init__(
        self,
        read: Callable[[Sequence[str]], Sequence[TokenVectors]],
        sentences: Sequence[str] = (),
    ) -> None:
        """Take what reads texts into centred vectors of pieces.

        `sentences` are all that the evidence of a claim was chosen from, where that is known.
        """
        self._read = read
        self._readings: dict[str, Reading] = {}
        self._sentences = tuple(dict.fromkeys(sentences))

    @cached_property
    def _whole(self) -> Whole:
        return Whole(self._readings_of(self._sentences))

    def support(self, claim: str, evidence: Sequence[str], *, problem: bool = False) -> float:
        kind = self.kind(claim, evidence)
        return logistic(self.features(claim, evidence, kind, problem=problem), WEIGHTS[kind])

    def features(
        self, claim: str, evidence: Sequence[str], kind: ClaimKind, *, problem: bool
    ) -> dict[str, float]:
        """What the support rests on; see `correspondence` and `Whole`.

        By long evidence also:
            closeness: the mean of `CLOSENESS`.
            problem_share: of one problem in a claim as long as this.
        """
        own, others = self._pair(claim, evidence)
        found = {**correspondence(own, others), "problem": float(problem)}
        if kind != "long_evidence":
            return found
        found |= self._whole.features(own)
        share = FRAGMENT / max(float(own.surprisals.sum()), FRAGMENT)
        return found | {
            "closeness": float(np.mean([found[name] for name in CLOSENESS])),
            "problem_share": share * problem,
        }

    def kind(self, claim: str, evidence: Sequence[str]) -> ClaimKind:
        """Whose weights are for this claim."""
        if not same_language(claim, evidence):
            return "cross_language"
        (own,) = self._readings_of([claim])
        short = float(own.surprisals.sum()) <= FRAGMENT
        if short and not _ENDED.search(claim):
            return "fragment"
        return "long_evidence" if len(self._sentences) > FEW else "statement"

    def unmatched(self, claim: str, evidence: Sequence[str]) -> list[str]:
        return unmatched(*self._pair(claim, evidence))

    def _pair(self, claim: str, evidence: Sequence[str]) -> tuple[Reading, list[Reading]]:
        own, *others = self._readings_of([claim, *evidence])
        return own, others

    def _readings_of(self, texts: Sequence[str]) -> list[Reading]:
        fresh = [text for text in dict.fromkeys(texts) if text not in self._readings]
        if fresh:
            found = zip(fresh, self._read(fresh), strict=True)
            self._readings.update({text: reading(one) for text, one in found})
        return [self._readings[text] for text in texts]


class CosineMeaning:
    """By the cosine of whole texts and the terms they share, for models that give no more."""

    def __init__(self, similarity: Similarity) -> None:
        """Take the cosine."""
        self._similarity = similarity

    def support(self, claim: str, evidence: Sequence[str], *, problem: bool = False) -> float:
        same = same_language(claim, evidence)
        weights = SUPPORT_SAME_LANGUAGE if same else SUPPORT_CROSS_LANGUAGE
        found = logistic(support_features(claim, evidence, self._similarity), weights)
        return found * (_WITH_PROBLEM if problem else 1.0)

    def unmatched(self, claim: str, evidence: Sequence[str]) -> list[str]:
        return []


class EntailmentMeaning:
    """By a model of natural language inference; phrases are matched by another scorer."""

    def __init__(self, model: Entailment, phrases: Meaning | None) -> None:
        self._model = model
        self._phrases = phrases

    def support(self, claim: str, evidence: Sequence[str], *, problem: bool = False) -> float:
        """The greatest chance that one of the sentences, or all of them together, entail it."""
        texts = [*evidence, "\n".join(evidence)] if len(evidence) > 1 else list(evidence)
        found = max(self._model.entailed(claim, texts), default=0.0)
        return found * (_WITH_PROBLEM if problem else 1.0)

    def unmatched(self, claim: str, evidence: Sequence[str]) -> Sequence[str]:
        return self._phrases.unmatched(claim, evidence) if self._phrases else []


def open_meaning(
    embedder: Any, entailment: Entailment | None = None, *, sentences: Sequence[str] = ()
) -> Meaning | None:
    """The scorer for one answer: by entailment where there is a model for it, else by what the
    embedder allows; None where that gives whole texts only.

    `sentences` are all that evidence is chosen from, where that is known.
    """
    read = getattr(embedder, "centred_token_vectors", None)
    pieces = PieceMeaning(read, sentences) if read else None
    return EntailmentMeaning(entailment, pieces) if entailment else pieces


@lru_cache(maxsize=4096)
def _language(text: str) -> str:
    return detect_language(text)


def same_language(claim: str, evidence: Sequence[str]) -> bool:
    """Whether a claim is in the language of most of its evidence."""
    return _language(claim) == _language("\n".join(evidence))


def support_features(
    claim: str, evidence: Sequence[str], similarity: Similarity
) -> dict[str, float]:
    """What the support of a claim rests on where only whole texts have vectors.

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
