"""BM25 over search terms (CJK bigrams, Latin words) on disk, incremental, by tantivy."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from heapq import nlargest
from math import log
from pathlib import Path
from typing import Any

from rag.disk import has_room
from rag.errors import DiskFull, IndexDamaged

WRITER_MEMORY = 64_000_000
"""Bytes tantivy may hold before it writes a segment."""

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

_EVERY = "*"
"""Stands in the document field of every chunk, so that tantivy counts them all."""


class LexicalIndex:
    """Terms in, chunk ids with BM25 scores out. One writer at a time, any number of readers.

    Tantivy finds the candidates; their scores are computed here from the chunks that are there.
    Tantivy's own count removed chunks until it happens to merge them away, so that a library would
    answer differently for what it once held.
    """

    def __init__(self, directory: Path) -> None:
        """Open or make the index.

        Raises:
            IndexDamaged: the folder holds something else.
        """
        import tantivy

        self._tantivy = tantivy
        self._directory = directory
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("chunk", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
        builder.add_text_field(
            "terms", stored=True, tokenizer_name="whitespace", index_option="freq"
        )
        builder.add_unsigned_field("length", fast=True)
        builder.add_unsigned_field("owner", fast=True)
        self._schema = builder.build()
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._index: Any = tantivy.Index(self._schema, path=str(directory))
        except (ValueError, OSError) as error:
            raise self._explained(error) from None
        self._open()

    def _open(self) -> None:
        self._searcher = self._index.searcher()
        self._held = int(self._searcher.num_docs)
        ever = max(int(self._searcher.doc_freq("document", _EVERY)), self._held)
        self._removed = ever - self._held
        """Chunks that tantivy has marked as removed, yet still counts."""
        self._ever = ever
        self._mean = self._mean_length()

    def _mean_length(self) -> float:
        if not self._held:
            return 1.0
        query = self._tantivy.Query.all_query()
        mean = {"mean": {"avg": {"field": "length"}}}
        return float(self._searcher.aggregate(query, mean)["mean"]["value"]) or 1.0

    def refresh(self) -> None:
        """See what other processes wrote."""
        self._index.reload()
        self._open()

    def replace(
        self, removed_documents: Iterable[str], added: Iterable[tuple[str, str, Sequence[str]]]
    ) -> None:
        """Drop the chunks of some documents, add (chunk id, document id, terms); one commit.

        Raises:
            DiskFull: there is no room.
            IndexDamaged: tantivy fails for another reason.
        """
        with self._writing() as writer:
            for document_id in removed_documents:
                writer.delete_documents_by_term("document", document_id)
            for chunk_id, document_id, terms in added:
                entry = self._tantivy.Document()
                entry.add_text("chunk", chunk_id)
                entry.add_text("document", document_id)
                entry.add_text("document", _EVERY)
                entry.add_text("terms", " ".join(terms))
                entry.add_unsigned("length", len(terms))
                entry.add_unsigned("owner", _owner(document_id))
                writer.add_document(entry)

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        try:
            writer = self._index.writer(WRITER_MEMORY, 1)
            yield writer
            writer.commit()
            writer.wait_merging_threads()
        except (ValueError, OSError) as error:
            raise self._explained(error) from None
        self.refresh()

    def _explained(self, error: Exception) -> DiskFull | IndexDamaged:
        if self._directory.is_dir() and not has_room(self._directory):
            return DiskFull(
                f"The lexical index could not be written: {error}.",
                "What was there is unchanged; free some space and run it again.",
            )
        return IndexDamaged(
            f"The lexical index cannot be used: {error}.", "Run `yinju rebuild` to make it anew."
        )

    def search(
        self, terms: Mapping[str, float], k: int, *, within: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The best k chunk ids by BM25 over weighted terms, of these documents if given.

        Scores are divided by what a chunk holding every term would approach, so they lie between
        0 and about 1 and stay low when most of the question's terms stand nowhere, as happens
        when question and corpus are in different languages.
        """
        frequencies = self.frequencies(terms)
        ideal = sum(weight * frequencies[term] for term, weight in terms.items()) * (BM25_K1 + 1)
        return [(key, score / ideal) for key, score in self._best(terms, frequencies, k, within)]

    def rare_terms(
        self, terms: Mapping[str, float], k: int, *, within: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The same chunks, and how many rare terms each holds.

        A score is divided by what a term approaches that stands in one chunk alone. So it grows
        with the number of terms held and not with the size of the library, and is comparable
        between questions of any length.
        """
        unit = self._idf(1) * (BM25_K1 + 1)
        found = self._best(terms, self.frequencies(terms), k, within)
        return [(key, score / unit) for key, score in found]

    def _best(
        self,
        terms: Mapping[str, float],
        frequencies: Mapping[str, float],
        k: int,
        within: Collection[str] | None,
    ) -> list[tuple[str, float]]:
        held = [term for term in terms if frequencies[term] < self._idf(0)]
        if not held:
            return []
        tell = {term: terms[term] * frequencies[term] for term in held}
        sought = nlargest(MOST_SOUGHT, held, key=lambda term: (tell[term], term))
        query = self._tantivy.Query.boolean_query(
            [
                (self._tantivy.Occur.Should, self._weighted(term, terms[term], frequencies[term]))
                for term in sought
            ]
        )
        weights = {f" {term} ": tell[term] for term in sought}
        found = list(self._scored(self._candidates(query, k + SPARE, within), weights))
        found.sort(key=lambda pair: (-pair[1], pair[0]))
        return found[:k]

    def _candidates(self, query: Any, wanted: int, within: Collection[str] | None) -> Sequence[Any]:
        """Addresses of the best chunks, of these documents if given."""
        if within is not None and len(within) > FEW:
            return self._looked_through(query, wanted, _owners(frozenset(within)))
        only = query if within is None else self._only(within, query)
        return [address for _, address in self._searcher.search(only, wanted, count=False).hits]

    def _looked_through(self, query: Any, wanted: int, owners: frozenset[int]) -> list[Any]:
        """The best of these documents, found among the best of ever more of all."""
        limit = LOOKED_THROUGH
        while True:
            hits = [hit for _, hit in self._searcher.search(query, limit, count=False).hits]
            owned = self._searcher.fast_field_values("owner", hits)
            found = [hit for hit, owner in zip(hits, owned, strict=True) if owner in owners]
            if len(found) >= wanted or len(hits) < limit:
                return found[:wanted]
            limit *= LOOKED_THROUGH_STEP

    def _only(self, documents: Collection[str], query: Any) -> Any:
        """The query in these documents alone; which they are adds nothing to a score."""
        of_these = self._tantivy.Query.const_score_query(
            self._tantivy.Query.term_set_query(self._schema, "document", sorted(documents)), 0.0
        )
        must = self._tantivy.Occur.Must
        return self._tantivy.Query.boolean_query([(must, of_these), (must, query)])

    def _weighted(self, term: str, weight: float, frequency: float) -> Any:
        """A query for one term, whose weight makes up for the removed chunks tantivy counts."""
        counted = int(self._searcher.doc_freq("terms", term))
        theirs = log(1 + (self._ever - counted + 0.5) / (counted + 0.5))
        query = self._tantivy.Query.term_query(self._schema, "terms", term, "freq")
        return self._tantivy.Query.boost_query(query, weight * frequency / theirs)

    def _scored(
        self, addresses: Sequence[Any], weights: Mapping[str, float]
    ) -> Iterator[tuple[str, float]]:
        """BM25 of each chunk (Robertson and Zaragoza, 2009).

        Args:
            addresses: where tantivy has them.
            weights: of each term, blanks around it, its idf times its weight in the question.
        """
        sizes = self._searcher.fast_field_values("length", addresses)
        for address, size in zip(addresses, sizes, strict=True):
            found = self._searcher.doc(address)
            length = BM25_K1 * (1 - BM25_B + BM25_B * _kept_length(size) / self._mean)
            # Each term between blanks of its own, so that counting is a search in one string.
            held = f" {found['terms'][0].replace(' ', '  ')} "
            score = 0.0
            for term, weight in weights.items():
                count = held.count(term)
                if count:
                    score += weight * count * (BM25_K1 + 1) / (count + length)
            yield found["chunk"][0], score

    def inverse_document_frequency(self, term: str) -> float:
        """BM25's idf, ln(1 + (N - n + 0.5) / (n + 0.5)), over the chunks that are there."""
        count = int(self._searcher.doc_freq("terms", term))
        if self._removed and count:
            query = self._tantivy.Query.term_query(self._schema, "terms", term, "basic")
            count = int(self._searcher.search(query, 1, count=True).count)
        return self._idf(count)

    def _idf(self, count: int) -> float:
        """Of a term in so many chunks."""
        return log(1 + (self._held - count + 0.5) / (count + 0.5))

    def frequencies(self, terms: Iterable[str]) -> dict[str, float]:
        """The idf of each term."""
        return {term: self.inverse_document_frequency(term) for term in terms}

    def ids(self) -> set[str]:
        """Every chunk id held; for checking against SQLite."""
        if not self._held:
            return set()
        hits = self._searcher.search(self._tantivy.Query.all_query(), self._held).hits
        return {self._searcher.doc(address)["chunk"][0] for _, address in hits}

    def __len__(self) -> int:
        return self._held


@lru_cache(maxsize=65_536)
def _owner(document_id: str) -> int:
    """A number for a document, by which its chunks are told apart quickly."""
    return int.from_bytes(hashlib.blake2b(document_id.encode(), digest_size=8).digest(), "big")


@lru_cache(maxsize=4)
def _owners(documents: frozenset[str]) -> frozenset[int]:
    return frozenset(map(_owner, documents))


def _kept_length(length: int) -> int:
    """A length as tantivy keeps it, in four significant bits, so that it ranks by the same one."""
    over = length - 24
    shift = max(over.bit_length() - 4, 0)
    return length if over < 16 else 24 + (over >> shift << shift)
