"""The sentences of a document that say most: central ones with values, spread and not repeated."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from rag.records import Evidence, Span
from rag.text import detect_language
from rag.values import find_values

SHORTEST, LONGEST = 14, 110
"""Characters of a Chinese point, and a third of those of an English one. A longer sentence gives
its clauses, packed up to this: a point should be read in one breath, and a small model translates
it whole."""

REDUNDANT = 0.93
"""Two sentences whose vectors have this cosine say the same."""

VALUE_BONUS = 0.5
"""Standard deviations of centrality that each number, date or name with a number is worth."""

LEAD_BONUS = 3.0
"""The same for the opening, which says who, when and where."""

_CLAUSE_END = re.compile(r"[，,；;：:](?![0-9])")


def select(
    sentences: Sequence[Evidence], embed: Callable[[Sequence[str]], np.ndarray], count: int
) -> list[Evidence]:
    """The sentences that together say most, in the order of the document.

    Each is scored by how near it is to all the others (centrality, as in LexRank: Erkan and
    Radev, 2004), by values it holds and by whether it opens the text; then taken best first,
    leaving out those that say the same and no more than fits an even spread over the text.
    """
    units = [unit for item in sentences for unit in clauses(item)]
    usable = [item for item in units if _usable(item.text)] or units
    if len(usable) <= count:
        return usable
    vectors = embed([item.text for item in usable])
    center = vectors.mean(axis=0)
    scores = vectors @ (center / (np.linalg.norm(center) or 1.0))
    scores = (scores - scores.mean()) / (scores.std() or 1.0)
    for index, item in enumerate(usable):
        scores[index] += VALUE_BONUS * min(len(find_values(item.text)), 3)
        scores[index] += LEAD_BONUS if index == 0 else 0.0
    return _spread(usable, vectors, scores, count)


def _spread(
    usable: Sequence[Evidence], vectors: np.ndarray, scores: np.ndarray, count: int
) -> list[Evidence]:
    """Best first, at most ceil(count / 4) + 1 from each quarter of the text, no repeats."""
    quarter_limit = -(-count // 4) + 1
    taken: list[int] = []
    for index in np.argsort(-scores, kind="stable").tolist():
        quarter = index * 4 // len(usable)
        crowded = sum(other * 4 // len(usable) == quarter for other in taken) >= quarter_limit
        repeated = any(float(vectors[index] @ vectors[other]) > REDUNDANT for other in taken)
        if not crowded and not repeated:
            taken.append(index)
        if len(taken) == count:
            break
    return [usable[index] for index in sorted(taken)]


def clauses(item: Evidence) -> list[Evidence]:
    """A sentence as it stands, or where it is too long, its clauses packed up to `LONGEST`."""
    limit = LONGEST * _width(item.text)
    if len(item.text) <= limit:
        return [item]
    cuts = [match.end() for match in _CLAUSE_END.finditer(item.text)]
    pieces: list[Evidence] = []
    first = 0
    for cut, following in pairwise([*cuts, len(item.text), len(item.text)]):
        if following - first > limit or cut == len(item.text):
            if cut > first:
                pieces.append(_part(item, first, cut))
            first = cut
    return pieces


def _part(item: Evidence, start: int, end: int) -> Evidence:
    """A stretch of a sentence, without blanks at its ends."""
    text = item.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip().rstrip("，,；;：:、 ")
    begin = item.span.start + start
    return replace(item, span=Span(start=begin, end=begin + len(text)), text=text)


def _width(text: str) -> int:
    """Characters of this text's language for one of Chinese."""
    return 1 if detect_language(text) == "zh" else 3


def _usable(text: str) -> bool:
    return SHORTEST * _width(text) <= len(text) <= LONGEST * _width(text)
