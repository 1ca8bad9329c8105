"""The two legs of a search, dense and lexical, walked at the same time."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from rag.asked import Asked
from rag.records import Language
from rag.store import Store

POOL = 50
"""Chunks each leg hands over."""

FAVOURED = 24
"""The same of documents that go first anyway."""

_COMPARING = ThreadPoolExecutor(2, thread_name_prefix="compare")
"""Its threads begin with the first question; starting new ones for each takes 2 ms."""


@dataclass(frozen=True, slots=True)
class _Set:
    """Documents to search."""

    ids: Collection[str] | None
    """None for all."""
    language: Language | None
    """Of all of them, where they share one."""
    wanted: int
    """Chunks each leg hands over."""


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
    within: Collection[str] | None,
    favoured: Collection[str],
) -> Legs:
    """What both legs find in some documents, and the best of favoured ones beside it.

    Args:
        store: where to search.
        asked: the question.
        shifts: as `Retriever.shifts`; where there are any, each language is searched on its own.
        within: ids of the documents to search; all where None.
        favoured: ids of some of them.

    Where all is searched, the nearest are Chroma's; of one language or of some documents, where
    Chroma is slow, they are the exact ones.
    """
    exact = store.exact
    # The favoured first: for them ever more of the whole ranking is looked through and kept.
    each = [_Set(favoured, exact.language_of(favoured), FAVOURED)] if favoured else []
    each.append(_Set(within, None if within is None else exact.language_of(within), POOL))
    for one in each:
        if shifts or one.ids is not None:
            exact.compare_ahead(asked.probe, _COMPARING, language=one.language, within=one.ids)
    lexical = [pair for one in each for pair in _lexical(asked, one)]
    dense = [pair for one in each for pair in _dense(store, asked, shifts, one)]
    return Legs(_best_first(dense), _best_first(lexical))


def _dense(
    store: Store, asked: Asked, shifts: Mapping[Language, float], some: _Set
) -> Iterator[tuple[str, float]]:
    """Cosines of the nearest chunks; of each language where the library holds several."""
    if some.ids is None and not shifts:
        yield from store.vectors.search(asked.vector, some.wanted)
        return
    for language in shifts or (None,):
        if some.language is None or language in (None, some.language):
            yield from store.exact.search(
                asked.probe, some.wanted, language=language, within=some.ids
            )


def _lexical(asked: Asked, some: _Set) -> Iterator[tuple[str, float]]:
    """Rare terms held, in the question's language or the other."""
    for sought in asked.sought:
        yield from sought.rare_terms(some.wanted, within=some.ids, language=some.language)


def _best_first(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The highest value of each key, then by key."""
    found: dict[str, float] = {}
    for key, value in pairs:
        found[key] = max(found.get(key, value), value)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
