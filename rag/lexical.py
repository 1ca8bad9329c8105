"""BM25 over search terms (CJK bigrams, Latin words) on disk, incremental, by tantivy."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import log
from pathlib import Path
from typing import Any

from rag.errors import LibraryError

WRITER_MEMORY = 64_000_000
"""Bytes tantivy may hold before it writes a segment."""

BM25_K1 = 1.2
"""Tantivy's constant; a term's score approaches idf × (k1 + 1)."""

_EVERY = "*"
"""Stands in the document field of every chunk, so that tantivy counts them all."""


class LexicalIndex:
    """Terms in, chunk ids with BM25 scores out. One writer at a time, any number of readers."""

    def __init__(self, directory: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        directory.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("chunk", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        try:
            self._index: Any = tantivy.Index(self._schema, path=str(directory))
        except ValueError as error:
            raise LibraryError(
                f"Cannot open the lexical index at {str(directory)!r}: {error}.",
                "Delete that folder and run `yinju rebuild`; documents are kept in library.db.",
            ) from None

    def refresh(self) -> None:
        """See what other processes wrote."""
        self._index.reload()

    def replace(
        self, removed_documents: Iterable[str], added: Iterable[tuple[str, str, Sequence[str]]]
    ) -> None:
        """Drop the chunks of some documents, add (chunk id, document id, terms); one commit."""
        writer = self._index.writer(WRITER_MEMORY, 1)
        for document_id in removed_documents:
            writer.delete_documents_by_term("document", document_id)
        for chunk_id, document_id, terms in added:
            entry = self._tantivy.Document()
            entry.add_text("chunk", chunk_id)
            entry.add_text("document", document_id)
            entry.add_text("document", _EVERY)
            entry.add_text("terms", " ".join(terms))
            writer.add_document(entry)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def clear(self) -> None:
        """Forget everything."""
        writer = self._index.writer(WRITER_MEMORY, 1)
        writer.delete_all_documents()
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(
        self, terms: Mapping[str, float], k: int, *, within: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The best k chunk ids by BM25 over weighted terms, of these documents if given.

        Scores are divided by what a chunk holding every term would approach, so they lie between
        0 and about 1 and stay low when most of the question's terms stand nowhere, as happens
        when question and corpus are in different languages.
        """
        searcher = self._index.searcher()
        if not terms or searcher.num_docs == 0:
            return []
        query = self._tantivy.Query.boolean_query(
            [
                (
                    self._tantivy.Occur.Should,
                    self._tantivy.Query.boost_query(
                        self._tantivy.Query.term_query(self._schema, "terms", term, "freq"), weight
                    ),
                )
                for term, weight in terms.items()
            ]
        )
        if within is not None:
            query = self._only(within, query)
        ideal = sum(
            weight * self.inverse_document_frequency(term, searcher)
            for term, weight in terms.items()
        ) * (BM25_K1 + 1)
        found = searcher.search(query, k).hits
        return [
            (searcher.doc(address)["chunk"][0], score / ideal) for score, address in found if ideal
        ]

    def _only(self, documents: Collection[str], query: Any) -> Any:
        """The query in these documents alone; which they are adds nothing to a score."""
        of_these = self._tantivy.Query.const_score_query(
            self._tantivy.Query.term_set_query(self._schema, "document", sorted(documents)), 0.0
        )
        must = self._tantivy.Occur.Must
        return self._tantivy.Query.boolean_query([(must, of_these), (must, query)])

    def inverse_document_frequency(self, term: str, searcher: Any = None) -> float:
        """BM25's idf, ln(1 + (N - n + 0.5) / (n + 0.5)) (Robertson and Zaragoza, 2009).

        Both counts include removed chunks that tantivy has not yet merged away, as its scores do.
        """
        searcher = searcher or self._index.searcher()
        count = searcher.doc_freq("terms", term)
        return log(1 + (_total(searcher) - count + 0.5) / (count + 0.5))

    def frequencies(self, terms: Iterable[str]) -> dict[str, float]:
        """The idf of each term."""
        searcher = self._index.searcher()
        return {term: self.inverse_document_frequency(term, searcher) for term in terms}

    def __len__(self) -> int:
        return int(self._index.searcher().num_docs)


def _total(searcher: Any) -> int:
    return max(int(searcher.doc_freq("document", _EVERY)), int(searcher.num_docs))
