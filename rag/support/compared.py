"""One place where a claim differs from the sentence it nearly repeats, and what is found there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.support.word_alignment import Alignment, Difference, Word

FindingKind = Literal["value", "denial", "opposite", "name", "word"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference that a claim cannot be forgiven, in words a person can check."""

    kind: FindingKind
    """`word`: other content words, which may or may not mean the same."""
    reason: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One difference in its sentence, with all that the evidence states."""

    alignment: Alignment
    one: Difference
    years: frozenset[int]
    """Those that the caller lends."""
    evidence: str


def shown(text: str, words: Sequence[Word]) -> str:
    """What the words are in their text, with all between them."""
    return text[words[0].start : words[-1].end] if words else ""


def around(compared: Compared, *, claim: bool) -> str:
    """The difference with the words on both sides, from the claim or the sentence."""
    aligned, one = compared.alignment, compared.one
    if claim:
        start = aligned.words.index(one.claimed[0]) if one.claimed else 0
        words, text, size = aligned.words, aligned.claim, len(one.claimed)
    else:
        start, words, text, size = one.place, aligned.others, aligned.sentence, len(one.stated)
    margin = 4 if any(word.kind == "han" for word in words) else 2
    return shown(text, words[max(0, start - margin) : start + size + margin])


def instead(compared: Compared) -> str:
    """What the claim says, and what the sentence says in its stead."""
    claimed, stated = around(compared, claim=True), around(compared, claim=False)
    return f"It says “{claimed}”; the cited passage says “{stated}”."
