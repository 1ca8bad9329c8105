"""Reading the lexical index: BM25 of chunks as of one moment, exact and read once for a question.

Tantivy finds the candidates; their scores are computed here from the chunks that are there.
Tantivy's own count removed chunks until it happens to merge them away, so that a library would
answer differently for what it once held.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from math import log
from typing import Any

from rag.records import Language

BM25_K1 = 1.2
BM25_B = 0.75
"""Tantivy's constants; a term's score approaches idf × (k1 + 1)."""

MOST_SOUGHT = 100
"""Terms looked for in one search; a whole article given as a question has more."""

SPARE = 16
"""Candidates that tantivy hands over beyond those asked for, to be scored exactly."""

FEW = 256
"""Documents that tantivy itself is told to search in: it takes 4 µs for each, so that ranking
every chunk of 100,000 and picking those of a filter is faster where it allows thousands."""

LOOKED_THROUGH, LOOKED_THROUGH_STEP = 512, 4
"""How many of the best of all are looked through first, and how many times more next."""

EVERY = "*"
"""Stands in the document field of every chunk, so that tantivy counts them all."""


BETWEEN = "  "
"""Between two terms of a chunk: each has a blank of its own on both sides, so that counting one
is a search in one string."""


class Moment:
    """What the index holds as of one moment, whatever is written meanwhile."""

    def __init__(self, schema: Any, searcher: Any) -> None:
        import tantivy

        self.tantivy = tantivy
        self.schema = schema
        self.searcher = searcher
        self.held = int(searcher.num_docs)
        self.ever = max(int(searcher.doc_freq("document", EVERY)), self.held)
        """Chunks that tantivy counts: also those that it has marked as removed."""
        self.mean_length = self._mean_length()

    def _mean_length(self) -> float:
        if not self.held:
            return 1.0
        mean = {"mean": {"avg": {"field": "length"}}}
        found = self.searcher.aggregate(self.tantivy.Query.all_query(), mean)
        return float(found["mean"]["value"]) or 1.0

    def inverse_document_frequency(self, term: str) -> float:
        """BM25's idf, ln(1 + (N - n + 0.5) / (n + 0.5)), over the chunks that are there."""
        count = int(self.searcher.doc_freq("terms", term))
        if self.ever > self.held and count:
            query = self.tantivy.Query.term_query(self.schema, "terms", term, "basic")
            count = int(self.searcher.search(query, 1, count=True).count)
        return self.idf_of(count)

    def idf_of(self, count: int) -> float:
        """The idf of a term that stands in so many chunks."""
        return log(1 + (self.held - count + 0.5) / (count + 0.5))

    def ids(self) -> set[str]:
        """Every chunk id held."""
        if not self.held:
            return set()
        hits = self.searcher.search(self.tantivy.Query.all_query(), self.held).hits
        return {self.searcher.doc(address)["chunk"][0] for _, address in hits}


class Sought:
    """Weighted terms looked for in one moment of the index.

    Several searches for them, such as in the whole library and in the documents of a year, read
    and score each chunk but once.
    """

    def __init__(self, moment: Moment, terms: Mapping[str, float]) -> None:
        self._moment = moment
        frequencies = {term: moment.inverse_document_frequency(term) for term in terms}
        tell = {term: weight * frequencies[term] for term, weight in terms.items()}
        self._ideal = sum(tell.values()) * (BM25_K1 + 1)
        held = [term for term in terms if frequencies[term] < moment.idf_of(0)]
        sought = nlargest(MOST_SOUGHT, held, key=lambda term: (tell[term], term))
        self._weights = {f" {term} ": tell[term] for term in sought}
        self._query = self._any_of({term: tell[term] for term in sought}) if sought else None
        self._nearest: dict[Language | None, list[Any]] = {}
        self._scored: dict[tuple[int, int], tuple[str, float]] = {}

    def shares(self, k: int, *, within: Collection[str] | None = None) -> list[tuple[str, float]]:
        """The best k chunk ids by BM25, of these documents if given.

        Scores are divided by what a chunk holding every term would approach, so they lie between
        0 and about 1 and stay low when most of the question's terms stand nowhere, as happens
        when question and corpus are in different languages.
        """
        return [(key, score / self._ideal) for key, score in self._best(k, within, None)]

    def rare_terms(
        self, k: int, *, within: Collection[str] | None = None, language: Language | None = None
    ) -> list[tuple[str, float]]:
        """The same chunks, and how many rare terms each holds.

        A score is divided by what a term approaches that stands in one chunk alone. So it grows
        with the number of terms held and not with the size of the library, and is comparable
        between questions of any length.

        Args:
            k: most that are wanted.
            within: ids of the only documents to search.
            language: theirs, where all of them are in one: that is faster.
        """
        unit = self._moment.idf_of(1) * (BM25_K1 + 1)
        return [(key, score / unit) for key, score in self._best(k, within, language)]

    def _best(
        self, k: int, within: Collection[str] | None, language: Language | None
    ) -> list[tuple[str, float]]:
        if self._query is None:
            return []
        found = self._scores(self._candidates(k + SPARE, within, language))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]

    def _candidates(
        self, wanted: int, within: Collection[str] | None, language: Language | None
    ) -> Sequence[Any]:
        """Addresses of the best chunks, of these documents if given."""
        if within is None:
            return self._best_of_all(wanted, language)
        if len(within) > FEW:
            return self._looked_through(wanted, _owners(frozenset(within)), language)
        return self._addresses(self._only(self._query, "document", sorted(within)), wanted)

    def _looked_through(
        self, wanted: int, owners: frozenset[int], language: Language | None
    ) -> list[Any]:
        """The best of these documents, found among the best of ever more of all."""
        limit = LOOKED_THROUGH
        while True:
            hits = self._best_of_all(limit, language)
            owned = self._moment.searcher.fast_field_values("owner", hits)
            found = [hit for hit, owner in zip(hits, owned, strict=True) if owner in owners]
            if len(found) >= wanted or len(hits) < limit:
                return found[:wanted]
            limit *= LOOKED_THROUGH_STEP

    def _best_of_all(self, wanted: int, language: Language | None) -> list[Any]:
        """Addresses of the best of all documents, or of those in one language."""
        known = self._nearest.get(language, [])
        if len(known) < wanted:
            query = self._only(self._query, "language", [language]) if language else self._query
            known = self._nearest[language] = self._addresses(query, wanted)
        return known[:wanted]

    def _addresses(self, query: Any, limit: int) -> list[Any]:
        hits = self._moment.searcher.search(query, limit, count=False).hits
        return [address for _, address in hits]

    def _any_of(self, tell: Mapping[str, float]) -> Any:
        """A query for any of the terms, each weighing what it tells."""
        should = self._moment.tantivy.Occur.Should
        weighted = [(should, self._weighted(term, weight)) for term, weight in tell.items()]
        return self._moment.tantivy.Query.boolean_query(weighted)

    def _weighted(self, term: str, tell: float) -> Any:
        """A query for one term, whose weight makes up for the removed chunks tantivy counts."""
        query = self._moment.tantivy.Query
        counted = int(self._moment.searcher.doc_freq("terms", term))
        theirs = log(1 + (self._moment.ever - counted + 0.5) / (counted + 0.5))
        own = query.term_query(self._moment.schema, "terms", term, "freq")
        return query.boost_query(own, tell / theirs)

    def _only(self, query: Any, field: str, values: Sequence[str]) -> Any:
        """A query where a field has one of these values, which adds nothing to a score."""
        kinds, must = self._moment.tantivy.Query, self._moment.tantivy.Occur.Must
        chosen = kinds.term_set_query(self._moment.schema, field, list(values))
        return kinds.boolean_query([(must, kinds.const_score_query(chosen, 0.0)), (must, query)])

    def _scores(self, addresses: Sequence[Any]) -> list[tuple[str, float]]:
        """Ids of the chunks at these addresses, and BM25 of each (Robertson and Zaragoza, 2009)."""
        places = [(address.segment_ord, address.doc) for address in addresses]
        pairs = zip(places, addresses, strict=True)
        fresh = {place: address for place, address in pairs if place not in self._scored}
        sizes = self._moment.searcher.fast_field_values("length", list(fresh.values()))
        for (place, address), size in zip(fresh.items(), sizes, strict=True):
            chunk = self._moment.searcher.doc(address)
            self._scored[place] = (chunk["chunk"][0], self._score(chunk["terms"][0], size))
        return [self._scored[place] for place in places]

    def _score(self, terms: str, size: int) -> float:
        length = BM25_K1 * (1 - BM25_B + BM25_B * _kept_length(size) / self._moment.mean_length)
        held = f" {terms} "
        score = 0.0
        for term, weight in self._weights.items():
            count = held.count(term)
            if count:
                score += weight * count * (BM25_K1 + 1) / (count + length)
        return score


@lru_cache(maxsize=65_536)
def owner_of(document_id: str) -> int:
    """A number for a document, by which its chunks are told apart quickly."""
    return int.from_bytes(hashlib.blake2b(document_id.encode(), digest_size=8).digest(), "big")


@lru_cache(maxsize=4)
def _owners(documents: frozenset[str]) -> frozenset[int]:
    return frozenset(map(owner_of, documents))


def _kept_length(length: int) -> int:
    """A length as tantivy keeps it, in four significant bits, so that it ranks by the same one."""
    over = length - 24
    shift = max(over.bit_length() - 4, 0)
    return length if over < 16 else 24 + (over >> shift << shift)
