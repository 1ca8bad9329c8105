"""The verbs of an engine that keep a library: what it holds, corrections, backups."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from rag import backup, models
from rag.deciding import decide, overrides_of, put_back, switch_rules
from rag.editing import set_fields
from rag.engine.parts import Parts
from rag.errors import InputError
from rag.filters import Filters, select
from rag.ingest import IngestReport, ingest
from rag.loaders import Source
from rag.metering import Progress
from rag.records import (
    Document,
    Overrides,
)
from rag.repeats import Copy, copies_of
from rag.store import Store


class Keeper(Parts):
    """One library: filling it, correcting it, looking into it."""

    def ingest(
        self,
        paths: Sequence[Source],
        *,
        mirror: bool = False,
        encoding: str | None = None,
        dry_run: bool = False,
        progress: Progress | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> IngestReport:
        """Add new and changed files; with `mirror`, forget documents gone from these folders.

        All arguments are as in `rag.ingest.ingest`.
        """
        with self._planned_on() if dry_run else nullcontext(self.store) as store:
            return ingest(
                store,
                paths,
                chunk_tokens=self.settings.chunk_tokens,
                limits=self._limits,
                mirror=mirror,
                encoding=encoding,
                dry_run=dry_run,
                progress=progress,
                stop=stop,
            )

    @contextmanager
    def _planned_on(self) -> Iterator[Store]:
        """The library to plan on: an empty one elsewhere where there is none, which stays so."""
        if (self.settings.library / "library.db").exists():
            yield self.store
            return
        with TemporaryDirectory() as folder:
            store = Store(Path(folder), self._open_embedder)
            try:
                yield store
            finally:
                store.close()

    def documents(self) -> list[Document]:
        return self.store.documents()

    def document(self, name: str) -> Document:
        """The document with this id, path or file name."""
        try:
            return self.store.document(name)
        except UnicodeEncodeError:
            # Half a surrogate pair, from bytes that are no UTF-8, is in no name we store.
            raise InputError(
                f"Document {name!r} is not in the library.", "See `yinju documents` for the ids."
            ) from None

    def overrides(self, document: Document) -> Overrides:
        """What a person decided about a document so far."""
        return overrides_of(self.store, document)

    def decide(
        self,
        document: Document,
        *,
        off: Collection[str] = (),
        on: Collection[str] = (),
        keep: Collection[int] = (),
        reset: bool = False,
    ) -> Document:
        """Switch cleaning rules off or on for a document, put removed lines back.

        Returns the document as it now stands; where its text changed, so did its id.
        """
        decided = overrides_of(self.store, document)
        if reset:
            decided = replace(decided, rules_off=(), kept=())
        decided = put_back(switch_rules(decided, off, on), document, keep)
        return decide(self.store, document, decided, chunk_tokens=self.settings.chunk_tokens)

    def copies(self, document: Document) -> list[Copy]:
        """Documents that are near-duplicates of this one, the nearest first."""
        return copies_of(self.store, document)

    def set_fields(self, name: str, fields: Mapping[str, str | None]) -> Document:
        """Correct a document's metadata; blank or None says that a field is unknown."""
        return set_fields(self.store, self.document(name), fields)

    def select(self, filters: Filters) -> frozenset[str] | None:
        """The ids that filters leave, their documents named as for `document`; None for all."""
        ids = tuple(self.document(name).id for name in filters.documents)
        return select(self.store.facts(), replace(filters, documents=ids)) if filters else None

    def rebuild(self) -> int:
        """Make vectors and the lexical index anew; returns the number of chunks."""
        return self.store.rebuild()

    def back_up(
        self, target: Path, *, overwrite: bool = False, progress: backup.Progress | None = None
    ) -> int:
        """Copy the library into one file, while it is in use; returns its size in bytes."""
        return backup.back_up(self.settings.library, target, overwrite=overwrite, progress=progress)

    def restore(
        self, source: Path, *, overwrite: bool = False, progress: backup.Progress | None = None
    ) -> tuple[int, int]:
        """Put a backup in the place of the library; returns its documents and chunks."""
        self.close()
        self.__dict__.pop("store", None)
        library = self.settings.library
        backup.restore(source, library, overwrite=overwrite, progress=progress)
        with self.store.writing():
            pass  # makes vectors and terms anew
        backup.forget_aside(library)
        return self.store.count_documents(), sum(self.store.count_chunks().values())

    def pull(
        self, name: str, progress: Callable[[int, int], None] | None = None
    ) -> models.PullReport:
        """Fetch and verify an embedded model."""
        return models.pull(name, self.settings.models, progress)
