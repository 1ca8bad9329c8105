"""The two legs of a search, dense and lexical, walked at the same time."""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from rag.asked import Asked
from rag.exact import ExactVectors
from rag.records import Language
from rag.store import Store

POOL = 50
"""Chunks each leg hands over."""

_COMPARING = ThreadPoolExecutor(2, thread_name_prefix="compare")
"""Its threads begin with the first question; starting new ones for each takes 2 ms."""

Within = Collection[str] | None
"""Ids of the only documents to search; None for all."""


@dataclass(frozen=True, slots=True)
class Legs:
    """What both found, by chunk id, best first."""

    dense: Mapping[str, float]
    """Cosines."""
    lexical: Mapping[str, float]
    """Rare terms held."""


def walk(
    store: Store, asked: Asked, shifts: Mapping[Language, float], each: Sequence[Within]
) -> list[Legs]:
    """What both legs find in each of several sets of documents.

    Args:
        store: where to search.
        asked: the question.
        shifts: as `Retriever.shifts`; where there are any, each language is searched on its own.
        each: sets of documents.

    Where all is searched, the nearest are Chroma's; of one language or of some documents, where
    Chroma is slow, they are the exact ones.
    """
    exact = store.exact
    for within in each:
        if shifts or within is not None:
            exact.compare_ahead(asked.probe, within, _COMPARING)
    lexical = [_lexical(asked, exact, within) for within in each]
    dense = [
        _dense(asked, exact, shifts, within)
        if shifts or within is not None
        else dict(store.vectors.search(asked.vector, POOL))
        for within in each
    ]
    return [Legs(*both) for both in zip(dense, lexical, strict=True)]


def _dense(
    asked: Asked, exact: ExactVectors, shifts: Mapping[Language, float], within: Within
) -> dict[str, float]:
    """Cosines of the nearest chunks; of each language where the library holds several."""
    own = None if within is None else exact.language_of(within)
    found: dict[str, float] = {}
    for language in shifts or (None,):
        if own is None or language in (None, own):
            found |= exact.search(asked.probe, POOL, language=language, within=within)
    return _best_first(found)


def _lexical(asked: Asked, exact: ExactVectors, within: Within) -> dict[str, float]:
    """Rare terms held, in the question's language or the other, whichever are more."""
    language = None if within is None else exact.language_of(within)
    found: dict[str, float] = {}
    for sought in asked.sought:
        for key, held in sought.rare_terms(POOL, within=within, language=language):
            found[key] = max(found.get(key, 0.0), held)
    return _best_first(found)


def _best_first(found: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
