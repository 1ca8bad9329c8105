"""The composition root: reads `Settings`, builds every part on first use, and offers the verbs."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rag import batch
from rag.branching import find_hits
from rag.calibration import SUPPORT_THRESHOLD
from rag.comparing import Comparison, compare, named_documents, sides_named
from rag.engine.keeping import Keeper
from rag.followups.conversation import hear
from rag.planning.plans import SearchPlan, read_plan
from rag.records import Answer, Citation, Document, Exchange, Hit, Summary
from rag.settings import Settings
from rag.summaries import POINTS, Summarizer
from rag.support.checking import CheckedAnswer, check_answer
from rag.support.meaning import open_meaning
from rag.whole.questions import read_whole

__all__ = ["SUPPORT_THRESHOLD", "Engine", "open_engine"]


class Engine(Keeper):
    """One library with its models. Cheap to make: parts are built when first used."""

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
        return compare(documents, self.passages.sentences_of, self._pick)

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

    def places(self, citation: Citation) -> tuple[Citation, ...]:
        """Where else in the library a quoted sentence stands."""
        return self.passages.also_in(citation)


def open_engine(settings: Settings) -> Engine:
    """An engine for these settings."""
    return Engine(settings)
