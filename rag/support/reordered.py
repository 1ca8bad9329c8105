"""Items of a list that a claim names in another order than the sentence it repeats. Pure."""

import re
from collections import Counter
from collections.abc import Iterable

from rag.support.word_alignment import Alignment, Difference, Word, is_function
from rag.text import fold

_AND = r"\b(?:and|or)\b|[和与及或]"
_PARTS_BEFORE = re.compile(rf"(?:[,;，；、]|{_AND})\W*$")
_PARTS_AFTER = re.compile(rf"\W*?(?:[,;，；、]|{_AND})")
_PART = re.compile(f"[,;，；、]|{_AND}")
_IN_TURN = re.compile(r"\brespectively\b|分别|依次|in that order")
_FEWEST = 2
"""Signs between the first item and the last: with one alone, two clauses may have changed names."""


def is_reordered(alignment: Alignment, one: Difference) -> bool:
    """Whether a difference comes only of the order in which a list of names is given.

    All that the claim has elsewhere than the sentence must be items of one list, the same in both.
    Numbers are none, nor is a list that another one follows in turn.
    """
    claim, sentence = fold(alignment.claim), fold(alignment.sentence)
    places = [place for place in alignment.differences if place.claimed]
    claimed = _content(word for place in places for word in place.claimed)
    stated = _content(word for place in places for word in place.stated)
    if one not in places or not claimed or claimed != stated:
        return False
    if _IN_TURN.search(claim) or _IN_TURN.search(sentence):
        return False
    if any(word.values for place in places for word in place.claimed):
        return False
    start, end = places[0].claimed[0].start, places[-1].claimed[-1].end
    return len(_PART.findall(claim[start:end])) >= _FEWEST and all(
        _is_item(claim, place.claimed[0].start, place.claimed[-1].end) for place in places
    )


def _content(words: Iterable[Word]) -> Counter[object]:
    return Counter(word.key for word in words if not is_function(word))


def _is_item(text: str, start: int, end: int) -> bool:
    """Whether a comma or an `and` stands on one side at least."""
    return bool(_PARTS_BEFORE.search(text[:start]) or _PARTS_AFTER.match(text[end:]))
