"""A question to a checked answer: search → evidence → refuse or write → verify."""

import time
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import replace

from rag import prompts
from rag.calibration import ANSWER_THRESHOLD
from rag.citations import Verified, verify
from rag.errors import InputError
from rag.evidence import answerability
from rag.llm import LLM
from rag.markers import read_draft, without_numbers
from rag.passages import ContextPassages, LibraryPassages, Passages
from rag.questions import Question, read_question
from rag.records import Answer, Draft, Evidence, Mode, Usage
from rag.retrieval import Retriever
from rag.store import Store
from rag.text import detect_language
from rag.writing import (
    LLM_SENTENCES,
    MOST_SENTENCES,
    WORTH_SHOWING,
    LLMWriter,
    choose,
    distinct,
    holds_expected,
    quote,
    says_nothing,
)

NEAREST = 3
"""Sentences shown with a refusal."""

MOST_QUESTION = 2000
"""Characters a question may have."""


class Answerer:
    """Answers questions from one store, with an LLM or in quotes."""

    def __init__(self, store: Store, llm: LLM | None, retriever: Retriever | None = None) -> None:
        self._store = store
        self._llm = llm
        self._library = LibraryPassages(store, retriever or Retriever(store))

    @property
    def mode(self) -> Mode:
        return self._llm.mode if self._llm else "extractive"

    def answer(self, question: str, *, k: int, contexts: Sequence[str] | None = None) -> Answer:
        """The checked answer, without the stream."""
        *_, last = self.stream(question, k=k, contexts=contexts)
        assert isinstance(last, Answer)
        return last

    def stream(
        self,
        text: str,
        *,
        k: int,
        within: Collection[str] | None = None,
        contexts: Sequence[str] | None = None,
        candidates: Collection[str] = (),
    ) -> Iterator[str | Answer]:
        """Yield the writer's text as it comes, then the checked `Answer` as the last item.

        Args:
            text: the question, in either language.
            k: passages to retrieve.
            within: document ids to search in; all where None.
            contexts: texts to answer from instead of the library.
            candidates: ids of chunks to rank with what is found.

        Raises:
            InputError: the question is empty or too long.
            EndpointError: the endpoint failed; nothing is stored, ask again.
        """
        question = read_question(_checked(text))
        started = time.perf_counter()
        found = self._find(question, k, within, contexts, candidates)
        clock = {"retrieve": time.perf_counter() - started}
        reason = self._refusal(question, found, in_library=contexts is None)
        if reason:
            yield reason
            yield self._refused(question, found, reason, started, clock)
            return
        yield from self._write(question, found, started, clock)

    def _find(
        self,
        question: Question,
        k: int,
        within: Collection[str] | None,
        contexts: Sequence[str] | None,
        candidates: Collection[str],
    ) -> Passages:
        if contexts is not None:
            return ContextPassages(self._store.embedder, contexts).find(question, k)
        return self._library.find(question, k, within=within, candidates=candidates)

    def _refusal(self, question: Question, found: Passages, *, in_library: bool) -> str:
        """Why the question is refused; empty where it is to be answered."""
        if not found.hits:
            if in_library and not self._store.count_documents():
                return prompts.empty_library(question.language)
            return prompts.refusal(question.language)
        if in_library and question.years:
            absent = self._absent_years(question)
            if absent:
                held = self._store.main_years()
                return prompts.refusal(question.language, asked=absent, held=held)
        if answerability(question, found.scored) < ANSWER_THRESHOLD:
            return prompts.refusal(question.language)
        return ""

    def _absent_years(self, question: Question) -> tuple[int, ...]:
        """The years asked for, where no passage of the library names any of them."""
        known = {year for one in self._store.facts() for year in one.all_years}
        if known & set(question.years):
            return ()
        terms = {str(year): 1.0 for year in question.years}
        return () if self._store.lexical.search(terms, 1) else question.years

    def _refused(
        self,
        question: Question,
        found: Passages,
        reason: str,
        started: float,
        clock: dict[str, float],
    ) -> Answer:
        nearest = distinct([item.evidence for item in found.scored])[:NEAREST]
        return Answer(
            question=question.text,
            language=question.language,
            answered=False,
            text=reason,
            claims=(),
            citations=(),
            hits=found.hits,
            mode=self.mode,
            model=self._llm.name if self._llm else "",
            tokens=Usage(),
            seconds={**clock, "total": time.perf_counter() - started},
            nearest=tuple(nearest),
            confidence=_confidence(question, found),
        )

    def _write(
        self, question: Question, found: Passages, started: float, clock: dict[str, float]
    ) -> Iterator[str | Answer]:
        chosen = choose(question, found.scored, found.sentences_of)
        notes: list[str] = []
        tokens = Usage()
        writer = None if self._quotes_best(question, chosen) else self._llm
        if writer:
            evidence = chosen if len(chosen) > LLM_SENTENCES else _shown(found, chosen)
            verified = yield from self._ask_llm(writer, question, evidence, found)
            tokens = writer.usage
            if verified is None:
                notes.append(prompts.fell_back(question.language))
        else:
            verified = None
            if any(detect_language(item.text) != question.language for item in chosen):
                notes.append(prompts.quoted_only(question.language))
        if verified is None:
            verified = _check(quote(chosen), chosen, found)
            if not writer:
                yield verified.text
        if verified.dropped_markers:
            notes.append(prompts.dropped_markers(question.language, verified.dropped_markers))
        total = time.perf_counter() - started
        yield Answer(
            question=question.text,
            language=question.language,
            answered=True,
            text=verified.text,
            claims=verified.claims,
            citations=tuple(
                replace(citation, also_in=self._library.also_in(citation))
                if citation.document_id in self._stored(found)
                else citation
                for citation in verified.citations
            ),
            hits=found.hits,
            mode=self.mode,
            model=self._llm.name if self._llm else "",
            tokens=tokens,
            seconds={**clock, "write": total - clock["retrieve"], "total": total},
            notes=tuple(notes),
            confidence=_confidence(question, found),
        )

    def _quotes_best(self, question: Question, chosen: Sequence[Evidence]) -> bool:
        """Whether a list is to be quoted whole: the embedded LLM would lose its items."""
        return self.mode == "llama" and question.expected == "list" and len(chosen) > MOST_SENTENCES

    def _ask_llm(
        self, llm: LLM, question: Question, evidence: Sequence[Evidence], found: Passages
    ) -> Generator[str, None, Verified | None]:
        """Stream the model's reply; return it checked, or None where nothing of it holds."""
        said = ""
        titles = {key: document.title for key, document in found.documents.items()}
        writer = LLMWriter(llm)
        for piece in writer.write(question, evidence, titles):
            said += piece
            yield piece
        draft = read_draft(said)
        # Markers are no part of what is said: the 1 of [1] answers no question for a number.
        stated = "\n".join(statement.text for statement in draft.statements)
        if says_nothing(said) or not holds_expected(question, stated):
            return None
        if not writer.cites:
            draft = without_numbers(draft)
        verified = _check(draft, evidence, found)
        return verified if any(c.verdict == "supported" for c in verified.claims) else None

    def _stored(self, found: Passages) -> set[str]:
        return {key for key, document in found.documents.items() if document.sha256}


def _check(draft: Draft, evidence: Sequence[Evidence], found: Passages) -> Verified:
    years: Mapping[str, Sequence[int]] = {
        key: document.years[:1] for key, document in found.documents.items()
    }
    damaged = {key: document.damaged for key, document in found.documents.items()}
    return verify(draft, evidence, found.similarity, years=years, damaged=damaged)


def _shown(found: Passages, chosen: Sequence[Evidence]) -> list[Evidence]:
    """The chosen sentences and the next best, up to what an LLM is shown."""
    others = [item.evidence for item in found.scored if item.evidence.score >= WORTH_SHOWING]
    return distinct([*chosen, *others])[:LLM_SENTENCES]


def _confidence(question: Question, found: Passages) -> float | None:
    return answerability(question, found.scored) if found.scored else None


def _checked(question: str) -> str:
    asked = question.strip()
    if not asked:
        raise InputError("The question is empty.", "Write what you want to know.")
    if len(asked) > MOST_QUESTION:
        raise InputError(
            f"The question has {len(asked)} characters.", f"Ask in at most {MOST_QUESTION}."
        )
    return asked
