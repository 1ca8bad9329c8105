"""The two legs of a search, dense and lexical, walked at the same time."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from rag.asked import Asked
from rag.exact import ExactVectors
from rag.records import Language
from rag.store import Store

POOL = 50
"""Chunks each leg hands over."""

FAVOURED = 24
"""The same of documents that go first anyway."""

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
    store: Store,
    asked: Asked,
    shifts: Mapping[Language, float],
    within: Within,
    favoured: Collection[str],
) -> Legs:
    """What both legs find in some documents, and the best of favoured ones beside it.

    Args:
        store: where to search.
        asked: the question.
        shifts: as `Retriever.shifts`; where there are any, each language is searched on its own.
        within: ids of the documents to search.
        favoured: ids of some of them.

    Where all is searched, the nearest are Chroma's; of one language or of some documents, where
    Chroma is slow, they are the exact ones.
    """
    exact = store.exact
    # The favoured first: for them ever more of the whole ranking is looked through and kept.
    each = [(favoured, FAVOURED), (within, POOL)] if favoured else [(within, POOL)]
    for some, _ in each:
        if shifts or some is not None:
            exact.compare_ahead(asked.probe, some, _COMPARING)
    lexical = [pair for some, k in each for pair in _lexical(asked, exact, some, k)]
    dense = [pair for some, k in each for pair in _dense(store, asked, shifts, some, k)]
    return Legs(_best_first(dense), _best_first(lexical))


def _dense(
    store: Store,
    asked: Asked,
    shifts: Mapping[Language, float],
    within: Within,
    k: int,
) -> Iterator[tuple[str, float]]:
    """Cosines of the nearest chunks; of each language where the library holds several."""
    if within is None and not shifts:
        yield from store.vectors.search(asked.vector, k)
        return
    exact = store.exact
    own = None if within is None else exact.language_of(within)
    for language in shifts or (None,):
        if own is None or language in (None, own):
            yield from exact.search(asked.probe, k, language=language, within=within)


def _lexical(
    asked: Asked, exact: ExactVectors, within: Within, k: int
) -> Iterator[tuple[str, float]]:
    """Rare terms held, in the question's language or the other."""
    language = None if within is None else exact.language_of(within)
    for sought in asked.sought:
        yield from sought.rare_terms(k, within=within, language=language)


def _best_first(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The highest value of each key, then by key."""
    found: dict[str, float] = {}
    for key, value in pairs:
        found[key] = max(found.get(key, value), value)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
