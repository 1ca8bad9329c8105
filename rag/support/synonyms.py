"""Words that say the same: two renderings of one glossary entry, or forms of one word."""

from functools import lru_cache

from rag.glossary import entries
from rag.support.opposites import ends_of
from rag.support.word_alignment import Alignment, Difference, Word, is_function
from rag.text import fold

_AROUND = 2
"""Characters on either side that may belong to the same Chinese word."""


def same_meaning(alignment: Alignment, one: Difference) -> bool:
    """Whether the words of a claim stand for those of the sentence at the same place."""
    claimed = _text(alignment.claim, one.claimed)
    stated = _text(alignment.sentence, one.stated)
    if claimed.isascii() and stated.isascii():
        first, second = (
            _text(text, tuple(word for word in words if not is_function(word)))
            for text, words in (
                (alignment.claim, one.claimed),
                (alignment.sentence, one.stated),
            )
        )
        return _same_form(first, second) or _known(first, second)
    start = alignment.words.index(one.claimed[0]) if one.claimed else 0
    before = _text(alignment.claim, alignment.words[max(0, start - _AROUND) : start])
    end = start + len(one.claimed)
    after = _text(alignment.claim, alignment.words[end : end + _AROUND])
    return any(
        _known(before[len(before) - left :] + claimed + after[:right],
               before[len(before) - left :] + stated + after[:right])
        for left in range(len(before) + 1)
        for right in range(len(after) + 1)
    )  # fmt: skip


def _text(text: str, words: tuple[Word, ...]) -> str:
    return fold(text[words[0].start : words[-1].end]) if words else ""


def _same_form(first: str, second: str) -> bool:
    """Forms of one English word share its beginning: support and supporting, approve, approval."""
    shared = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        shared += 1
    return shared >= 4 and shared >= 0.7 * max(len(first), len(second))


def _known(first: str, second: str) -> bool:
    groups = _groups()
    if groups.get(first, frozenset()) & groups.get(second, frozenset()):
        return True
    return bool(ends_of(first) & ends_of(second))


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    """For each phrase of the glossary those of the other language that it shares with others."""
    found: dict[str, set[str]] = {}
    for phrase, renderings in entries():
        for rendering in renderings:
            found.setdefault(rendering, set()).add(phrase)
            found.setdefault(phrase, set()).add(rendering)
    return {word: frozenset(others) for word, others in found.items()}
