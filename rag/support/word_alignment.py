"""Which words of a claim stand, in order, in which sentence; and what differs between them. Pure.

Chinese is compared by character, other scripts by word. A value (三万吨, 45%) is one word whatever
its digits, and so is a word that can turn a statement round (没有, 下降).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from rag.support.opposites import DENIALS, chinese_words, scales
from rag.text import HAN, fold, search_terms
from rag.text.terms import ENGLISH_FUNCTION_WORDS
from rag.values import Value, find_values

WordKind = Literal["value", "han", "latin"]

_LATIN = re.compile(
    r"(?:not (?:only|just|merely|necessarily|to mention|unusual|uncommon|until)"
    r"|no (?:wonder|doubt|later than|less than|more than|fewer than|longer than)|nothing but)\b"
    r"|[^\W_]+(?:['’][a-z]+)?",
    re.IGNORECASE,
)
"""A word, or several that deny nothing together."""
_HAN = re.compile(f"[{HAN}\u3041-\u30ff]")
_CHINESE_FUNCTION = frozenset(
    "的地得了着过在于和与及等也将已并且对为是所其该此这那由从向到而则就还又都均各之以把被让使给但却即若如因便"
    "我们他她它们个位名项条种"
)


_VARIANTS = dict(
    zip(
        "覆著藉瞭座像甦俱揹薰彷咨暱伕簷衞敍枱痺妳牠祂份",
        "复着借了坐象苏具背熏仿谘昵夫檐卫叙台痹你它他分",
        strict=True,
    )
)
"""Characters that converters of script leave apart, though each may be written for the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One unit of comparison."""

    key: object
    """Equal for words that say the same."""
    kind: WordKind
    start: int
    end: int
    values: tuple[Value, ...] = ()
    """Empty but for a word of kind `value`."""

    def weight(self) -> float:
        """What it counts in the share of a claim that stands in a sentence."""
        if self.kind == "value":
            return 2.0
        functional = self.key in _CHINESE_FUNCTION or self.key in ENGLISH_FUNCTION_WORDS
        return 0.3 if functional else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Words of the claim, and of the sentence, that stand between words both have."""

    claimed: tuple[Word, ...]
    stated: tuple[Word, ...]
    place: int
    """Where in the sentence, as the number of its word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """A claim laid beside one sentence."""

    claim: str
    sentence: str
    words: tuple[Word, ...]
    others: tuple[Word, ...]
    differences: tuple[Difference, ...]
    coverage: float
    """Share of the claim that stands in the sentence in the same order, by weight of words."""
    rest: float
    """Share of the claim that differs outside of the one place where most of it differs."""

    @property
    def compact(self) -> bool:
        """Whether one place differs, and what stands there is about as long in both."""
        places = [one for one in self.differences if one.claimed]
        if len(places) != 1:
            return False
        claimed, stated = len(places[0].claimed), len(places[0].stated)
        return claimed <= 2 * stated + 4 and stated <= 2 * claimed + 4


@lru_cache(maxsize=2048)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, in order; numbers of list items and punctuation are none."""
    folded = fold(text)
    found: list[Word] = []
    at = 0
    for word in _values(text):
        found += _plain(folded, at, word.start)
        if word.key:
            found.append(word)
        at = word.end
    return (*found, *_plain(folded, at, len(folded)))


def _values(text: str) -> Iterator[Word]:
    """A word for every place that states values; one without a key for the number of an item."""
    by_span: dict[tuple[int, int], list[Value]] = {}
    for value in find_values(text):
        by_span.setdefault((value.span.start, value.span.end), []).append(value)
    at = 0
    for (start, end), values in sorted(by_span.items()):
        if start >= at:
            stated = tuple(value for value in values if value.unit != "item")
            key = tuple((value.kind, value.value, value.unit) for value in stated)
            yield Word(key=key, kind="value", start=start, end=end, values=stated)
            at = end


def _plain(folded: str, start: int, end: int) -> Iterator[Word]:
    at = start
    while at < end:
        if _HAN.match(folded, at):
            known = next(
                (w for w in chinese_words().get(folded[at], ()) if folded.startswith(w, at, end)),
                folded[at],
            )
            yield Word(key=_VARIANTS.get(known, known), kind="han", start=at, end=at + len(known))
            at += len(known)
        elif match := _LATIN.match(folded, at, end):
            latin = _HAN.search(folded, at, match.end())
            stop = latin.start() if latin else match.end()
            yield from _latin(folded, at, stop)
            at = stop
        else:
            at += 1


def _latin(folded: str, start: int, end: int) -> Iterator[Word]:
    """One word, or two where a denial is drawn into it: cannot, didn't."""
    word = folded[start:end].replace("’", "'")
    if " " in word:
        yield Word(key=word, kind="latin", start=start, end=end)
        return
    if word == "cannot" or word.endswith("n't"):
        cut = end - 3
        stem = {"ca": "can", "wo": "will"}.get(folded[start:cut], folded[start:cut])
        yield Word(key=stem, kind="latin", start=start, end=cut)
        yield Word(key="not", kind="latin", start=cut, end=end)
        return
    yield Word(key=_stem(word), kind="latin", start=start, end=end)


@lru_cache(maxsize=16_384)
def _stem(word: str) -> str:
    """A word without its plural s or what follows an apostrophe."""
    return "".join(search_terms(word)[:1]) or word


def overlap(claim: Sequence[Word], sentence: Sequence[Word]) -> float:
    """Share of the claim's words that the sentence has, in any order; an upper bound."""
    total = sum(word.weight() for word in claim)
    have = Counter(word.key for word in sentence)
    shared = 0.0
    for word in claim:
        if have[word.key] > 0:
            have[word.key] -= 1
            shared += word.weight()
    return shared / total if total else 0.0


def align(claim: str, sentence: str) -> Alignment:
    """Lay a claim beside a sentence by the longest runs of words that both have.

    Ratcliff and Obershelp's gestalt matching (Dr. Dobb's Journal, July 1988), as in difflib.
    A single Chinese character both have between two differences is no run: 江西 and 西安 share 西.
    """
    words, others = words_of(claim), words_of(sentence)
    matcher = SequenceMatcher(
        None, [word.key for word in words], [word.key for word in others], autojunk=False
    )
    blocks = _runs(matcher, words, others)
    differences, at, place = [], 0, 0
    for start, other, size in [*blocks, (len(words), len(others), 0)]:
        if start > at or other > place:
            differences.append(
                Difference(claimed=words[at:start], stated=others[place:other], place=place)
            )
        at, place = start + size, other + size
    total = sum(word.weight() for word in words) or 1.0
    unmatched = [sum(word.weight() for word in one.claimed) for one in differences]
    return Alignment(
        claim=claim,
        sentence=sentence,
        words=words,
        others=others,
        differences=tuple(differences),
        coverage=1 - sum(unmatched) / total,
        rest=(sum(unmatched) - max(unmatched, default=0.0)) / total,
    )


def _runs(
    matcher: "SequenceMatcher[object]", words: Sequence[Word], others: Sequence[Word]
) -> list[tuple[int, int, int]]:
    """Matching runs without the chance ones between two differences of the same stretch."""
    found = [(m.a, m.b, m.size) for m in matcher.get_matching_blocks() if m.size]
    kept: list[tuple[int, int, int]] = []
    for index, (start, other, size) in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else (len(words), len(others), 0)
        before = kept[-1] if kept else (0, 0, 0)
        lone = size == 1 and words[start].kind == "han" and len(str(words[start].key)) == 1
        apart_before = (start, other) != (before[0] + before[2], before[1] + before[2])
        apart_after = (start + 1, other + 1) != following[:2]
        if not (lone and apart_before and apart_after):
            kept.append((start, other, size))
    return kept


def is_function(word: Word) -> bool:
    """Whether a word carries the frame of a sentence only, and turns nothing round."""
    if word.kind == "value" or word.key in DENIALS:
        return False
    if word.kind == "han":
        return word.key in _CHINESE_FUNCTION
    return word.key in ENGLISH_FUNCTION_WORDS and not scales().get(str(word.key))
