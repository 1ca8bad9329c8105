"""The composition root: reads `Settings`, builds every part on first use, and offers the verbs."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import fields, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from rag import backup, batch, models
from rag.answering import Answerer
from rag.branching import find_hits
from rag.calibration import SUPPORT_THRESHOLD
from rag.checking import CheckedAnswer, check_answer
from rag.comparing import Comparison, compare, named_documents, sides_named
from rag.conversation import hear
from rag.cross_encoder import Entailment, open_entailment, open_reranker
from rag.deciding import decide, overrides_of, put_back, switch_rules
from rag.editing import set_fields
from rag.embedding import Embedder, open_embedder
from rag.errors import InputError
from rag.filters import Filters, select
from rag.ingest import IngestReport, ingest
from rag.llm import LLM
from rag.llm.opening import open_llm
from rag.loaders import Limits, Source
from rag.meaning import open_meaning
from rag.metering import Progress
from rag.passages import LibraryPassages
from rag.plans import SearchPlan, read_plan
from rag.records import (
    Answer,
    Citation,
    Document,
    Evidence,
    Exchange,
    Hit,
    Mode,
    Overrides,
    Summary,
)
from rag.repeats import Copy, copies_of
from rag.retrieval import Retriever
from rag.settings import Settings
from rag.store import Store
from rag.summaries import POINTS, Summarizer
from rag.summaries import select as select_points
from rag.whole_answers import WholeReader
from rag.whole_questions import read_whole

__all__ = ["SUPPORT_THRESHOLD", "Engine", "open_engine"]

DEFAULT_EMBEDDER = "e5"


class Engine:
    """One library with its models. Cheap to make: parts are built when first used."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __enter__(self) -> "Engine":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        if "store" in self.__dict__:
            self.store.close()

    # Parts

    @cached_property
    def store(self) -> Store:
        settings = self.settings
        return Store(settings.library, self._open_embedder, chroma_url=settings.chroma_url)

    @cached_property
    def _checking_embedder(self) -> Embedder:
        return self._embedder_for(self.settings.embedder or DEFAULT_EMBEDDER)

    def _open_embedder(self) -> Embedder:
        remembered = self.store.database.meta("embedder_spec")
        return self._embedder_for(self.settings.embedder or remembered or DEFAULT_EMBEDDER)

    def _embedder_for(self, spec: str) -> Embedder:
        settings = self.settings
        key = settings.embedding_api_key or settings.api_key
        return open_embedder(
            spec,
            models_directory=settings.models,
            base_url=settings.embedding_base_url or settings.base_url,
            api_key=key.get_secret_value() if key else None,
            timeout=settings.timeout,
            retries=settings.retries,
        )

    @cached_property
    def llm(self) -> LLM | None:
        """The model that writes; None in extractive mode."""
        settings = self.settings
        return open_llm(
            settings.mode,
            base_url=settings.base_url,
            api_key=settings.api_key.get_secret_value() if settings.api_key else None,
            model=settings.model,
            timeout=settings.timeout,
            retries=settings.retries,
            context_tokens=settings.context_tokens,
            models_directory=settings.models,
        )

    @property
    def mode(self) -> Mode:
        """Who writes, as it turns out with these settings."""
        return self.llm.mode if self.llm else "extractive"

    @cached_property
    def retriever(self) -> Retriever:
        return Retriever(self.store, open_reranker(self.settings.reranker))

    @cached_property
    def passages(self) -> LibraryPassages:
        return LibraryPassages(self.store, self.retriever, self.entailment)

    @cached_property
    def entailment(self) -> Entailment | None:
        """The model that judges claims, where one is set."""
        return open_entailment(self.settings.judge)

    @cached_property
    def answerer(self) -> Answerer:
        return Answerer(self.store, self.llm, self.retriever, self.entailment)

    @cached_property
    def whole_reader(self) -> WholeReader:
        """Answers questions about whole documents."""

        def pick(sentences: Sequence[Evidence], count: int) -> list[Evidence]:
            return select_points(sentences, self.store.embed, count)

        return WholeReader(self.store, pick)

    @property
    def _limits(self) -> Limits:
        names = [field.name for field in fields(Limits)]
        return Limits(**{name: getattr(self.settings, name) for name in names})

    # Verbs

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

    def understand(
        self, question: str, *, plain: bool = False, without: Collection[str] = ()
    ) -> SearchPlan:
        """What a question names of the library; arguments as for `stream`."""
        return read_plan(question, self.passages.holdings(), plain=plain, without=without)

    def search(
        self,
        question: str,
        *,
        k: int | None = None,
        within: Collection[str] | None = None,
        plain: bool = False,
        without: Collection[str] = (),
    ) -> list[Hit]:
        """The best passages for a question, of documents with these ids if given.

        What the question names goes first, and each side of a comparison has its own, unless
        left out as for `stream`.
        """
        self.store.recover()
        plan = self.understand(question, plain=plain, without=without)
        return find_hits(self.passages, plan, k or self.settings.top_k, within)

    def ask(
        self,
        question: str,
        *,
        within: Collection[str] | None = None,
        contexts: Sequence[str] | None = None,
        history: Sequence[Exchange] = (),
        plain: bool = False,
        without: Collection[str] = (),
    ) -> Answer:
        """A checked answer, from the library or from the contexts given."""
        *_, last = self.stream(
            question,
            within=within,
            contexts=contexts,
            history=history,
            plain=plain,
            without=without,
        )
        assert isinstance(last, Answer)
        return last

    def stream(
        self,
        question: str,
        *,
        within: Collection[str] | None = None,
        contexts: Sequence[str] | None = None,
        history: Sequence[Exchange] = (),
        plain: bool = False,
        without: Collection[str] = (),
    ) -> Iterator[str | Answer]:
        """The answer's text as it is written, then the checked `Answer` last.

        Args:
            question: which may lean on `history`.
            within: ids of the only documents to search.
            contexts: texts to answer from instead of the library.
            history: the conversation before, oldest first.
            plain: take no years, names or sides out of the question.
            without: keys of `Understood` to leave out, such as `year:2024`.
        """
        self.store.recover()
        heard = hear(question, history, self.store, self.llm if history else None)
        whole = read_whole(heard.question) if contexts is None else None
        if whole and self.store.has_chunks():
            pieces = self.whole_reader.stream(
                heard.question, whole, within=within, at_hand=heard.documents, without=without
            )
        else:
            pieces = self.answerer.stream(
                heard.question,
                k=self.settings.top_k,
                within=within,
                contexts=contexts,
                candidates=heard.candidates,
                plain=plain,
                without=without,
            )
        for piece in pieces:
            if isinstance(piece, Answer):
                piece = replace(piece, question=question, standalone=heard.standalone)
            yield piece

    def compare(self, names: Sequence[str]) -> Comparison:
        """What documents, or the documents about years, have in common and what not.

        Raises:
            InputError: fewer than two documents, or a name fits none.
        """
        self.store.recover()
        documents = [self.store.document(key) for ids in self._sides(names).values() for key in ids]

        def pick(sentences: Sequence[Evidence], count: int) -> list[Evidence]:
            return select_points(sentences, self.store.embed, count)

        return compare(documents, self.passages.sentences_of, pick)

    def compare_on(self, names: Sequence[str], question: str) -> Answer:
        """What each of these documents, or the documents about each of these years, says on it.

        Raises:
            InputError: as for `compare`, or the question is empty.
        """
        self.store.recover()
        branches = sides_named(self._sides(names), question, self.passages.holdings())
        *_, last = self.answerer.beside(question, branches, k=self.settings.top_k)
        assert isinstance(last, Answer)
        return last

    def _sides(self, names: Sequence[str]) -> dict[str, list[str]]:
        holdings = self.passages.holdings()
        return {name: named_documents(name, holdings, self.document) for name in names}

    def summarize(
        self,
        document: Document,
        *,
        points: int = POINTS,
        progress: Callable[[int, int], None] | None = None,
    ) -> Summary:
        """A bilingual summary of one document."""
        summarizer = Summarizer(
            embed=self.store.embed,
            similarity=self.passages.similarity,
            llm=self.llm,
            meaning=open_meaning(self.store.embedder, self.entailment),
        )
        return summarizer.summarize(
            document, self.passages.sentences_of(document.id), points=points, progress=progress
        )

    def summarize_all(
        self,
        documents: Sequence[Document],
        out: Path,
        *,
        points: int = POINTS,
        jobs: int = 2,
        progress: batch.Progress | None = None,
    ) -> batch.BatchReport:
        """Summaries of many documents as files in `out`; those already current are left."""
        return batch.summarize_all(
            documents,
            out,
            lambda document, tell: self.summarize(document, points=points, progress=tell),
            mode=self.mode,
            model=self.llm.name if self.llm else "",
            jobs=jobs,
            points=points,
            progress=progress,
        )

    def check(self, answer: str, contexts: Sequence[str]) -> CheckedAnswer:
        """Every claim of any answer, judged against the contexts it should rest on.

        Needs no library, and makes none.
        """
        return check_answer(answer, contexts, self._checking_embedder, self.entailment)

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

    def places(self, citation: Citation) -> tuple[Citation, ...]:
        """Where else in the library a quoted sentence stands."""
        return self.passages.also_in(citation)


def open_engine(settings: Settings) -> Engine:
    """An engine for these settings."""
    return Engine(settings)
