"""BM25 over search terms (CJK bigrams, Latin words) on disk, incremental, by tantivy."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.disk import has_room
from rag.errors import DiskFull, IndexDamaged
from rag.lexical_reading import BETWEEN, EVERY, Moment, Sought, owner_of
from rag.records import Language

WRITER_MEMORY = 64_000_000
"""Bytes tantivy may hold before it writes a segment."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A chunk as it is indexed."""

    chunk_id: str
    document_id: str
    language: Language
    """Of the document."""
    terms: Sequence[str]


class LexicalIndex:
    """Terms in, chunk ids with BM25 scores out. One writer at a time, any number of readers."""

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
        builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
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
        self._moment = Moment(self._schema, self._index.searcher())

    def refresh(self) -> None:
        """See what other processes wrote."""
        self._index.reload()
        self._moment = Moment(self._schema, self._index.searcher())

    def replace(self, removed_documents: Iterable[str], added: Iterable[Entry]) -> None:
        """Drop the chunks of some documents, add others; one commit.

        Raises:
            DiskFull: there is no room.
            IndexDamaged: tantivy fails for another reason.
        """
        with self._writing() as writer:
            for document_id in removed_documents:
                writer.delete_documents_by_term("document", document_id)
            for entry in added:
                writer.add_document(self._document(entry))

    def _document(self, entry: Entry) -> Any:
        document = self._tantivy.Document()
        document.add_text("chunk", entry.chunk_id)
        document.add_text("document", entry.document_id)
        document.add_text("document", EVERY)
        document.add_text("language", entry.language)
        document.add_text("terms", BETWEEN.join(entry.terms))
        document.add_unsigned("length", len(entry.terms))
        document.add_unsigned("owner", owner_of(entry.document_id))
        return document

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
        if "schema does not match" in str(error):
            message = "The lexical index was made by another version of Yinju."
        else:
            message = f"The lexical index cannot be used: {error}."
        return IndexDamaged(message, "Run `yinju rebuild` to make it anew.")

    def seek(self, terms: Mapping[str, float]) -> Sought:
        """These weighted terms, to be looked for in the chunks that are there now."""
        return Sought(self._moment, terms)

    def search(
        self, terms: Mapping[str, float], k: int, *, within: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The best k chunk ids, and the share of what the terms weigh that each holds."""
        return self.seek(terms).shares(k, within=within)

    def frequencies(self, terms: Iterable[str]) -> dict[str, float]:
        """The idf of each term."""
        return {term: self._moment.inverse_document_frequency(term) for term in terms}

    def ids(self) -> set[str]:
        """Every chunk id held; for checking against SQLite."""
        return self._moment.ids()

    def __len__(self) -> int:
        return self._moment.held
