"""The two legs of a search, dense and lexical, walked at the same time."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
) -> Legs:
    """What both legs find in several sets of documents, all together.

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
    lexical = _best_first(
        (key, held) for within in each for key, held in _lexical(asked, exact, within)
    )
    dense = _best_first(
        (key, cosine)
        for within in each
        for key, cosine in _dense(store, asked, exact, shifts, within)
    )
    return Legs(dense, lexical)


def _dense(
    store: Store,
    asked: Asked,
    exact: ExactVectors,
    shifts: Mapping[Language, float],
    within: Within,
) -> Iterator[tuple[str, float]]:
    """Cosines of the nearest chunks; of each language where the library holds several."""
    if within is None and not shifts:
        yield from store.vectors.search(asked.vector, POOL)
        return
    own = None if within is None else exact.language_of(within)
    for language in shifts or (None,):
        if own is None or language in (None, own):
            yield from exact.search(asked.probe, POOL, language=language, within=within)


def _lexical(asked: Asked, exact: ExactVectors, within: Within) -> Iterator[tuple[str, float]]:
    """Rare terms held, in the question's language or the other."""
    language = None if within is None else exact.language_of(within)
    for sought in asked.sought:
        yield from sought.rare_terms(POOL, within=within, language=language)


def _best_first(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The highest value of each key, then by key."""
    found: dict[str, float] = {}
    for key, value in pairs:
        found[key] = max(found.get(key, value), value)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
