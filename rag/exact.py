"""Vectors compared one by one: exact, whichever documents and languages are asked for.

Reading every vector once costs as much as memory is wide (about 12 ms for 100,000 of 384 numbers),
and a filter only makes it less, where an approximate index filters slowly or loses what it should
find.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from rag.records import Language

GATHERED = 8
"""Rows are picked out where fewer than one in so many is asked for; else all are compared."""

_CLOSE = 2e-6
"""More than single precision and rounding can move a cosine."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A question's vector of length 1, double precision, and what it was compared with so far."""

    vector: np.ndarray
    whole: dict["Block", Callable[[], np.ndarray]] = field(default_factory=dict)
    """Gives the cosines of every row, in single precision, once they are there: several searches
    read the rows but once."""


class Block:
    """The vectors of the documents in one language."""

    def __init__(
        self, documents: Sequence[str], starts: np.ndarray, counts: np.ndarray, rows: np.ndarray
    ) -> None:
        """Take what is where.

        Args:
            documents: ids.
            starts: row of each one's first chunk, ascending, shape (documents,).
            counts: chunks of each, whose rows follow each other, shape (documents,).
            rows: vectors of length 1, shape (rows, dimension); others than these are no one's.
        """
        self.documents = documents
        self._starts, self._counts, self._rows = starts, counts, rows

    def __len__(self) -> int:
        return int(self._counts.sum())

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each document id in `documents`."""
        return {key: place for place, key in enumerate(self.documents)}

    @cached_property
    def _all(self) -> np.ndarray | None:
        """Every row that belongs to a document; None where all do."""
        return None if len(self) == len(self._rows) else self._rows_of(np.arange(len(self._starts)))

    def _rows_of(self, places: np.ndarray) -> np.ndarray:
        """The rows of these documents, in their order."""
        counts = self._counts[places]
        firsts = np.repeat(self._starts[places], counts)
        within = np.arange(len(firsts)) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.asarray(firsts + within, np.intp)

    def nearest(
        self, probe: Probe, k: int, within: Collection[str] | None
    ) -> list[tuple[str, float]]:
        """The k nearest and all that are as near as the last of them."""
        rows = self._all if within is None else self._chosen(within)
        cosines = self._compared(probe, rows)
        if not len(cosines):
            return []
        last = min(k, len(cosines))
        least = np.partition(cosines, len(cosines) - last)[len(cosines) - last] - _CLOSE
        near = np.flatnonzero(cosines >= least)
        found = near if rows is None else rows[near]
        return list(zip(self._keys(found), self._cosines(probe.vector, found), strict=True))

    def _chosen(self, within: Collection[str]) -> np.ndarray:
        found = [place for place in map(self.places.get, set(within)) if place is not None]
        return self._rows_of(np.sort(np.array(found, np.intp)))

    def compare_all(self, probe: Probe, pool: Executor) -> None:
        """Begin to compare every row, if it is not begun."""
        if self not in probe.whole:
            single = probe.vector.astype(np.float32)
            probe.whole[self] = pool.submit(_products, self._rows, single).result

    def _compared(self, probe: Probe, rows: np.ndarray | None) -> np.ndarray:
        """Cosines in single precision, of all rows or of these."""
        single = probe.vector.astype(np.float32)
        if self not in probe.whole:
            single = probe.vector.astype(np.float32)
            if rows is not None and len(rows) * GATHERED < len(self._rows):
                return _products(self._rows[rows], single)
            products = _products(self._rows, single)
            probe.whole[self] = lambda: products
        whole = probe.whole[self]()
        return whole if rows is None else np.asarray(whole[rows])

    def _cosines(self, vector: np.ndarray, rows: np.ndarray) -> list[float]:
        """In double precision, so that they do not depend on what else was compared."""
        products = self._rows[rows].astype(np.float64) * vector
        return [round(float(value), 6) for value in products.sum(axis=1)]

    def _keys(self, rows: np.ndarray) -> list[str]:
        places = np.searchsorted(self._starts, rows, side="right") - 1
        numbers = rows - self._starts[places]
        pairs = zip(places.tolist(), numbers.tolist(), strict=True)
        return [f"{self.documents[place]}:{number}" for place, number in pairs]

    def chunk_ids(self) -> list[str]:
        """Every chunk id, in the order of `vectors`."""
        return self._keys(self._rows_of(np.arange(len(self._starts))))

    def vectors(self) -> np.ndarray:
        """All that belong to a document, shape (chunks, dimension)."""
        return np.asarray(self._rows[self._rows_of(np.arange(len(self._starts)))])

    def similarities(self, vector: np.ndarray, keys: Sequence[str]) -> dict[str, float]:
        """The cosines of those of these chunk ids that are here."""
        found, rows = [], []
        for key in keys:
            document, _, number = key.rpartition(":")
            place = self.places.get(document)
            if place is not None and number.isdecimal() and int(number) < self._counts[place]:
                found.append(key)
                rows.append(int(self._starts[place]) + int(number))
        return dict(zip(found, self._cosines(vector, np.array(rows, np.intp)), strict=True))


class ExactVectors:
    """The vectors of a library, one block a language."""

    def __init__(self, blocks: Mapping[Language, Block]) -> None:
        self._blocks = blocks

    @classmethod
    def of(cls, rows: Iterable[tuple[str, Language, np.ndarray]]) -> "ExactVectors":
        """From (chunk id, language, vector), the chunks of a document in their order."""
        held: dict[Language, dict[str, list[np.ndarray]]] = {}
        for key, language, vector in rows:
            held.setdefault(language, {}).setdefault(key.rpartition(":")[0], []).append(vector)
        return cls({language: _in_memory(vectors) for language, vectors in held.items()})

    def search(
        self,
        vector: np.ndarray | Probe,
        k: int,
        *,
        language: Language | None = None,
        within: Collection[str] | None = None,
    ) -> list[tuple[str, float]]:
        """The k nearest chunk ids and their cosines, nearest first, then by id.

        Args:
            vector: of the question, shape (dimension,), or the probe of earlier searches for it.
            k: most that are wanted.
            language: only documents in it.
            within: only documents with these ids.
        """
        probe = vector if isinstance(vector, Probe) else Probe(unit(vector))
        found = [
            pair
            for own, block in self._blocks.items()
            if language in (None, own)
            for pair in block.nearest(probe, k, within)
        ]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]

    def compare_ahead(
        self,
        probe: Probe,
        pool: Executor,
        *,
        language: Language | None = None,
        within: Collection[str] | None = None,
    ) -> None:
        """Begin what a `search` will need that reads every vector, beside what the caller does.

        Only the comparing itself leaves the interpreter to others, so a thread does just that.
        """
        for own, block in self._blocks.items():
            many = within is None or len(within) * GATHERED >= len(block.documents)
            if many and language in (None, own):
                block.compare_all(probe, pool)

    def language_of(self, documents: Collection[str]) -> Language | None:
        """The language that all of these documents are in; None where they are in several."""
        for language, block in self._blocks.items():
            if all(map(block.places.__contains__, documents)):
                return language
        return None

    def similarities(self, vector: np.ndarray, keys: Sequence[str]) -> dict[str, float]:
        """The cosines of these chunk ids; those not held are left out."""
        own = unit(vector)
        found: dict[str, float] = {}
        for block in self._blocks.values():
            found |= block.similarities(own, keys)
        return found

    def ids(self) -> set[str]:
        """Every chunk id held."""
        return {key for block in self._blocks.values() for key in block.chunk_ids()}

    def vectors(self) -> dict[str, np.ndarray]:
        """Every vector by chunk id."""
        return {
            key: vector
            for block in self._blocks.values()
            for key, vector in zip(block.chunk_ids(), block.vectors(), strict=True)
        }

    def __len__(self) -> int:
        return sum(map(len, self._blocks.values()))


def unit_rows(vectors: Iterable[np.ndarray]) -> np.ndarray:
    """These vectors at length 1, shape (count, dimension), single precision."""
    stacked = np.stack([np.asarray(vector, np.float32) for vector in vectors])
    norms = np.linalg.norm(stacked, axis=1, keepdims=True)
    return np.asarray(stacked / np.maximum(norms, 1e-12), np.float32)


def _products(rows: np.ndarray, vector: np.ndarray) -> np.ndarray:
    """Each row times the vector, in one thread: twice as fast as OpenBLAS, whose threads wait for
    each other, and then go on taking a processor from the rest of a search.
    """
    return np.asarray(np.einsum("ij,j->i", rows, vector))


def unit(vector: np.ndarray) -> np.ndarray:
    """This vector at length 1, double precision."""
    double = np.asarray(vector, np.float64)
    return np.asarray(double / max(float(np.linalg.norm(double)), 1e-12))


def _in_memory(held: Mapping[str, Sequence[np.ndarray]]) -> Block:
    counts = np.array([len(vectors) for vectors in held.values()], np.intp)
    rows = unit_rows(vector for vectors in held.values() for vector in vectors)
    return Block(list(held), np.cumsum(counts) - counts, counts, rows)
