"""Denials that stand in a claim alone or in its evidence alone. Pure."""

import re
from collections.abc import Sequence

from rag.support.compared import Compared, Finding, around
from rag.support.opposites import DENIALS, is_like_denial
from rag.support.rendered_denials import denied_across
from rag.support.word_alignment import Difference, Word, words_of
from rag.support.wording import bare
from rag.text import detect_language, fold

_NEGATION = re.compile(
    r"没有|并未|未能|尚未|从未|不得|不再|不会|不能|不予|并非|禁止|取消"
    r"|\b(?:not|never|no longer|cannot|without|neither|nor|prohibit\w*|ban(?:ned|s)?)\b"
    r"|\babolish\w*|n't\b"
)


_ASSERTS = re.compile(
    r"(?:\bnot|n't) (?:only|just|merely|simply|solely|necessarily)\b|\bor not\b"
    r"|\bnot\b[^.;!?]{1,60}, but\b"
)
"""Denials that deny nothing of the claim: not only, whether or not, not this, but that."""


def negation_differs(claim: str, evidence: str) -> str:
    """Why one of the two denies what the other says; empty where they agree."""
    if detect_language(claim) != detect_language(evidence):
        return denied_across(claim, evidence)
    claim_denies = _NEGATION.search(_ASSERTS.sub(" ", fold(claim)))
    if claim_denies and not _denies_anything(evidence):
        return "It denies something; the cited passage does not."
    # A passage may deny something else, so only the claim's own words count.
    if not claim_denies and bare(claim) in bare(_NEGATION.sub("", fold(evidence))):
        return "The cited passage denies it."
    return ""


def _denies_anything(text: str) -> bool:
    """Whether a text denies in any words, such as `no`, `hardly` or `unable`."""
    return bool(_NEGATION.search(fold(text))) or any(
        word.key in DENIALS or is_like_denial(str(word.key)) for word in words_of(text)
    )


def denial(compared: Compared) -> Finding | None:
    """What denies on one side alone, of a claim laid beside the sentence it repeats."""
    if any(_loses_its_not(word, compared.one.claimed) for word in compared.one.stated):
        said = around(compared, claim=False)
        return Finding(kind="denial", reason=f"The cited passage says “{said}”.")
    claimed = [word for word in compared.one.claimed if word.key in DENIALS]
    stated = [word for word in compared.one.stated if word.key in DENIALS]
    every = (*compared.one.claimed, *compared.one.stated)
    if negated_form(compared.one) or any(is_like_denial(str(word.key)) for word in every):
        return None
    if len(claimed) % 2 == len(stated) % 2 and not (claimed and not stated):
        return None
    if claimed:
        if _moved(claimed[0], compared):
            return None
        return Finding(
            kind="denial",
            reason=f"It denies what the cited passage says: “{around(compared, claim=True)}”, "
            f"not “{around(compared, claim=False)}”.",
        )
    if _leaves_its_scope(compared, stated[-1]):
        return None
    return Finding(
        kind="denial",
        reason=f"The cited passage denies it: it says “{around(compared, claim=False)}”.",
    )


def _loses_its_not(word: Word, claimed: Sequence[Word]) -> bool:
    """Whether `not only` became `only`."""
    denial, _, rest = str(word.key).partition(" ")
    return bool(rest) and denial in DENIALS and [w.key for w in claimed] == rest.split()


_FAR = 6
"""Words between a denial and what it could deny."""
_NEW_CLAUSE = re.compile(
    r"[，,；;。:：—]|\b(?:but|and|or|while|whereas|as|because|so|since|though|which)\b|[而但并且却]"
)


def _leaves_its_scope(compared: Compared, denial: Word) -> bool:
    """Whether what the claim leaves out of the sentence takes the denial's own words with it."""
    one, aligned = compared.one, compared.alignment
    end = one.place + len(one.stated)
    if end == len(aligned.others):
        return not one.claimed
    left_out = fold(aligned.sentence[denial.end : aligned.others[end].start])
    far = len(one.stated) - one.stated.index(denial) - 1 > _FAR + len(one.claimed)
    return far or bool(_NEW_CLAUSE.search(left_out))


def _moved(word: Word, compared: Compared) -> bool:
    """Whether the sentence has the same denial at another place that the claim leaves out."""
    missing = [w for one in compared.alignment.differences for w in one.stated]
    return any(w.key == word.key for w in missing) and not compared.one.stated


_SHORTEST_STEM = 3
_NEGATING = ("un", "in", "im", "il", "ir", "dis", "non")


def negated_form(one: Difference) -> bool:
    """Whether a word of one side is that of the other with a prefix that denies: able, unable."""
    claimed = [str(word.key) for word in one.claimed if word.kind == "latin"]
    stated = [str(word.key) for word in one.stated if word.kind == "latin"]
    return any(
        prefix + first in others
        for words, others in ((claimed, stated), (stated, claimed))
        for first in words
        if len(first) > _SHORTEST_STEM
        for prefix in _NEGATING
    )
