"""Whether some sentence says what is asked, piece by piece. Pure.

Passages about the very subject are all near a question as wholes. What tells the one that answers
is whether every word of the question is met in one of its sentences, or beside it: late
interaction (ColBERT, Khattab and Zaharia, 2020), of which the least matched piece counts as well
as the mean.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.e5.weights import Floats
from rag.support.correspondence import Reading
from rag.text import fold
from rag.text.terms import CHINESE_FUNCTION, ENGLISH_FUNCTION_WORDS

BESIDE = 0.1
"""What a match loses that is not in the sentence itself but in another of its passage, as the
name that a pronoun stands for is."""

MET = 0.55
"""Cosine of centred pieces below which a word of the question is not met."""

SHOWN = 2
"""Phrases named to the reader, at most."""

_WORD = re.compile(r"[a-z']+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How one sentence meets the words of a question."""

    least: float
    """Of the worst met piece, in the sentence or beside it: a cosine."""
    mean: float
    """Over the pieces, in the sentence alone."""
    unmet: tuple[str, ...]
    """Words of the question that neither the sentence nor its passage meets."""


def match_sentences(
    question: Reading, sentences: Sequence[Reading], passages: Sequence[int]
) -> list[Match]:
    """Match every sentence with the content words of a question.

    Args:
        question: its pieces, centred.
        sentences: the same of each sentence.
        passages: of each sentence, which passage it stands in.
    """
    kept = _content(question)
    if not len(kept) or not sentences:
        return [Match(least=0.0, mean=0.0, unmet=()) for _ in sentences]
    asked = question.vectors[kept]
    own = np.stack([_best(asked, one) for one in sentences])
    beside = {
        passage: np.max([own[at] for at, of in enumerate(passages) if of == passage], axis=0)
        for passage in set(passages)
    }
    found = []
    for row, passage in zip(own, passages, strict=True):
        met = np.maximum(row, beside[passage] - BESIDE)
        found.append(
            Match(
                least=float(met.min()),
                mean=float(row.mean()),
                unmet=_words(question, kept[met < MET]),
            )
        )
    return found


def _best(asked: Floats, sentence: Reading) -> Floats:
    """The best cosine of each piece asked; shape (pieces,)."""
    if not len(sentence.vectors):
        return np.zeros(len(asked), np.float32)
    best: Floats = (asked @ sentence.vectors.T).max(axis=1)
    return best


def _content(question: Reading) -> np.ndarray:
    """Indexes of the pieces that are of content words; of all where there is none."""
    folded = fold(question.text)
    frame = np.zeros(len(folded) + 1, bool)
    words = (word for word in _WORD.finditer(folded) if word.group() in ENGLISH_FUNCTION_WORDS)
    for match in [*CHINESE_FUNCTION.finditer(folded), *words]:
        frame[match.start() : match.end()] = True
    kept = [at for at, span in enumerate(question.spans) if not frame[span.start : span.end].all()]
    return np.array(kept or range(len(question.spans)), int)


def _words(question: Reading, pieces: Sequence[int] | np.ndarray) -> tuple[str, ...]:
    """Pieces joined with their neighbours and to whole words of letters, the first few.

    The 有 of 有多少 and 有哪些, which one piece may hold together, says nothing to a reader.
    """
    text = question.text
    phrases: list[tuple[int, int]] = []
    for piece in pieces:
        start, end = question.spans[piece].start, question.spans[piece].end
        while start > 0 and _latin(text[start - 1 : start + 1]):
            start -= 1
        while end < len(text) and _latin(text[end - 1 : end + 1]):
            end += 1
        if phrases and start <= phrases[-1][1]:
            start = phrases.pop()[0]
        phrases.append((start, end))
    found = (text[start:end].strip() for start, end in phrases)
    return tuple(one for one in found if CHINESE_FUNCTION.sub("", fold(one)) != "有")[:SHOWN]


def _latin(pair: str) -> bool:
    """Whether two characters stand inside one word of letters."""
    return len(pair) == 2 and pair.isascii() and pair.isalnum()
