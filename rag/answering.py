"""A question to a checked answer: plan → search → evidence → refuse or write → verify."""

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag import prompts
from rag.branching import FoundSide, find_parts, find_sides
from rag.calibration import ANSWER_THRESHOLD
from rag.choosing import choose, distinct
from rag.citations import Verified
from rag.composing import compose, missing_of
from rag.errors import InputError
from rag.evidence import answerability
from rag.llm import LLM
from rag.missing import absent_years, missing_years
from rag.passages import ContextPassages, LibraryPassages, Passages
from rag.plans import Branch, SearchPlan, read_plan
from rag.questions import Question, read_question
from rag.records import Answer, Citation, Evidence, Missing, Mode, Usage
from rag.replies import Replier
from rag.retrieval import Retriever
from rag.store import Store

NEAREST = 3
"""Sentences shown with a refusal."""

MOST_QUESTION = 2000
"""Characters a question may have."""


@dataclass(slots=True, kw_only=True)
class _Asked:
    """One question on its way to an answer."""

    question: Question
    plan: SearchPlan
    k: int
    within: Collection[str] | None
    candidates: Collection[str]
    started: float = field(default_factory=time.perf_counter)
    seconds: dict[str, float] = field(default_factory=dict)

    def searched(self) -> None:
        self.seconds["retrieve"] = time.perf_counter() - self.started

    def ended(self, *, writing: bool) -> dict[str, float]:
        total = time.perf_counter() - self.started
        wrote = {"write": total - self.seconds["retrieve"]} if writing else {}
        return {**self.seconds, **wrote, "total": total}


class Answerer:
    """Answers questions from one store, with an LLM or in quotes."""

    def __init__(self, store: Store, llm: LLM | None, retriever: Retriever | None = None) -> None:
        self._store = store
        self._replier = Replier(llm)
        self._library = LibraryPassages(store, retriever or Retriever(store))

    @property
    def mode(self) -> Mode:
        return self._replier.mode

    def answer(self, question: str, *, k: int, contexts: Sequence[str] | None = None) -> Answer:
        """The checked answer, without the stream."""
        *_, last = self.stream(question, k=k, contexts=contexts)
        assert isinstance(last, Answer)
        return last

    def plan(self, text: str, *, plain: bool = False, without: Collection[str] = ()) -> SearchPlan:
        """What a question names of the library; arguments as for `stream`."""
        return read_plan(text, self._library.holdings(), plain=plain, without=without)

    def stream(
        self,
        text: str,
        *,
        k: int,
        within: Collection[str] | None = None,
        contexts: Sequence[str] | None = None,
        candidates: Collection[str] = (),
        plain: bool = False,
        without: Collection[str] = (),
    ) -> Iterator[str | Answer]:
        """Yield the writer's text as it comes, then the checked `Answer` as the last item.

        Args:
            text: the question, in either language.
            k: passages to retrieve.
            within: document ids to search in; all where None.
            contexts: texts to answer from instead of the library.
            candidates: ids of chunks to rank with what is found.
            plain: take no years, names or sides out of the question.
            without: keys of `Understood` to leave out, such as `year:2024`.

        Raises:
            InputError: the question is empty or too long.
            EndpointError: the endpoint failed; nothing is stored, ask again.
        """
        asked = _checked(text)
        if contexts is not None:
            passages = ContextPassages(self._store.embedder, contexts)
            one = _Asked(
                question=read_question(asked),
                plan=SearchPlan(text=asked),
                k=k,
                within=None,
                candidates=(),
            )
            yield from self._alone(one, passages.find(one.question, k))
            return
        plan = self.plan(asked, plain=plain, without=without)
        question = replace(read_question(plan.text), text=plan.text)
        one = _Asked(question=question, plan=plan, k=k, within=within, candidates=candidates)
        sides = self._sides(one, plain=plain)
        if sides:
            yield from self._by_sides(one, sides)
        else:
            yield from self._alone(one, self._find(one))

    def beside(self, text: str, branches: tuple[Branch, ...], *, k: int) -> Iterator[str | Answer]:
        """The same question put to each side, whatever it says; pieces as for `stream`.

        Raises:
            InputError: the question is empty or too long.
            EndpointError: the endpoint failed.
        """
        asked = _checked(text)
        one = _Asked(
            question=read_question(asked),
            plan=SearchPlan(text=asked, branches=branches),
            k=k,
            within=None,
            candidates=(),
        )
        yield from self._by_sides(one, find_sides(self._library, one.plan, k))

    def _find(self, one: _Asked) -> Passages:
        """Search by the plan; where nothing answers within its filters, without them."""
        plan = one.plan
        passages = self._search(one, _both(one.within, plan.within))
        if plan.within is None or answerability(one.question, passages.scored) >= ANSWER_THRESHOLD:
            return passages
        if absent_years(one.question.years, plan, self._library, one.within):
            return passages
        one.plan = plan.lifted()
        beyond = self._search(one, one.within)
        if answerability(one.question, beyond.scored) < ANSWER_THRESHOLD:
            one.plan = plan
            return passages
        return beyond

    def _search(self, one: _Asked, within: Collection[str] | None) -> Passages:
        return self._library.find(
            one.question,
            one.k,
            core=one.plan.core,
            within=within,
            candidates=one.candidates,
            favoured=one.plan.favoured,
        )

    def _sides(self, one: _Asked, *, plain: bool) -> list[FoundSide]:
        """The sides or parts of a question with their evidence; empty where it has none."""
        if plain:
            return []
        if one.plan.branches:
            sides = find_sides(
                self._library, one.plan, one.k, within=one.within, candidates=one.candidates
            )
        else:
            if absent_years(one.question.years, one.plan, self._library, one.within):
                return []
            within = _both(one.within, one.plan.within)
            sides = find_parts(self._library, one.plan, one.k, within, one.candidates)
        answered = any(side.choice.evidence for side in sides)
        return sides if answered or one.plan.every else []

    # One question

    def _alone(self, one: _Asked, found: Passages) -> Iterator[str | Answer]:
        one.searched()
        confidence = answerability(one.question, found.scored) if found.scored else None
        reason, missing = self._refusal(one, found, confidence or 0.0)
        if reason:
            yield reason
            yield self._refused(one, found, reason, missing, confidence)
            return
        choice = choose(one.question, found)
        reply = yield from self._replier.reply(one.question, choice, found)
        lifted = [each.label for each in one.plan.understood if each.lifted]
        notes = [prompts.lifted(one.question.language, lifted)] if lifted else []
        yield Answer(
            question=one.question.text,
            language=one.question.language,
            answered=True,
            text=reply.verified.text,
            claims=reply.verified.claims,
            citations=self._placed(one, reply.verified.citations, found),
            hits=found.hits,
            mode=self.mode,
            model=self._replier.model,
            tokens=reply.tokens,
            seconds=one.ended(writing=True),
            notes=(*notes, *reply.notes),
            understood=one.plan.understood,
            confidence=confidence,
        )

    def _refusal(self, one: _Asked, found: Passages, confidence: float) -> tuple[str, Missing]:
        """Why the question is refused, and what is missing; empty where it is to be answered."""
        language = one.question.language
        library = any(document.sha256 for document in found.documents.values())
        if not found.hits and not self._store.count_documents():
            return prompts.empty_library(language), Missing()
        missing = Missing()
        if library or not found.documents:
            missing = absent_years(one.question.years, one.plan, self._library, one.within)
        if missing or not found.hits or confidence < ANSWER_THRESHOLD:
            return prompts.refusal(language, missing), missing
        return "", Missing()

    def _refused(
        self,
        one: _Asked,
        found: Passages,
        reason: str,
        missing: Missing,
        confidence: float | None,
    ) -> Answer:
        return Answer(
            question=one.question.text,
            language=one.question.language,
            answered=False,
            text=reason,
            claims=(),
            citations=(),
            hits=found.hits,
            mode=self.mode,
            model=self._replier.model,
            tokens=Usage(),
            seconds=one.ended(writing=False),
            nearest=_nearest(found),
            understood=one.plan.understood,
            missing=missing,
            confidence=confidence,
        )

    # Several sides or parts

    def _by_sides(self, one: _Asked, sides: list[FoundSide]) -> Iterator[str | Answer]:
        one.searched()
        language = one.question.language
        answered = any(side.choice.evidence for side in sides)
        replies: list[Verified | None] = []
        notes: list[str] = []
        prompt = completion = 0
        for side in sides:
            if not side.choice.evidence:
                replies.append(None)
                continue
            reply = yield from self._replier.reply(
                side.question, side.choice, side.passages, quoting=self.mode == "llama"
            )
            yield "\n"
            replies.append(reply.verified)
            label = "" if side.branch.kind == "part" else f"{side.branch.label}: "
            notes += [f"{label}{note}" for note in reply.notes]
            prompt += reply.tokens.prompt
            completion += reply.tokens.completion
        absent = {} if one.plan.every else self._absent(one, sides)
        composed = compose(language, sides, replies, absent, every=one.plan.every)
        if one.plan.every:
            years = [side.branch.year for side in sides if side.branch.year]
            notes.append(prompts.searched(language, years))
        passages = _together(sides)
        yield Answer(
            question=one.question.text,
            language=language,
            answered=answered,
            text=composed.text if answered else prompts.refusal(language),
            claims=composed.claims,
            citations=self._placed(one, composed.citations, passages),
            hits=passages.hits,
            mode=self.mode,
            model=self._replier.model,
            tokens=Usage(prompt=prompt, completion=completion),
            seconds=one.ended(writing=answered),
            nearest=() if answered else _nearest(passages),
            notes=tuple(dict.fromkeys(notes)),
            understood=one.plan.understood,
            sides=composed.sides,
            missing=Missing() if one.plan.every else missing_of(sides, absent),
            confidence=max(side.confidence for side in sides),
        )

    def _absent(self, one: _Asked, sides: list[FoundSide]) -> dict[int, Missing]:
        """What is missing of each year asked for that no document is about."""
        holdings = self._library.holdings()
        years = [
            side.branch.year
            for side in sides
            if side.branch.year and not side.branch.within and not side.choice.evidence
        ]
        return {year: missing_years([year], holdings, one.plan.series) for year in years}

    def _placed(
        self, one: _Asked, citations: Sequence[Citation], found: Passages
    ) -> tuple[Citation, ...]:
        """Citations with the other places of their quotes, each where the question is about."""
        years = one.question.years
        by_year = self._library.holdings().by_year if years else {}
        preferred = frozenset().union(*(by_year.get(year, frozenset()) for year in years))
        preferred = preferred or one.plan.within or one.plan.favoured
        return tuple(
            self._library.placed(citation, preferred)
            if found.documents[citation.document_id].sha256
            else citation
            for citation in citations
        )


def _together(sides: Sequence[FoundSide]) -> Passages:
    """What was found for all sides, as one search would have."""
    hits = {hit.chunk.id: hit for side in sides for hit in side.passages.hits}
    first = sides[0].passages
    return Passages(
        hits=tuple(hits.values()),
        documents={key: one for side in sides for key, one in side.passages.documents.items()},
        scored=tuple(item for side in sides for item in side.passages.scored),
        sentences_of=first.sentences_of,
        similarity=first.similarity,
        meaning=first.meaning,
    )


def _nearest(found: Passages) -> tuple[Evidence, ...]:
    best = sorted(found.scored, key=lambda item: -item.features["strength"])
    return tuple(distinct([item.evidence for item in best])[:NEAREST])


def _both(first: Collection[str] | None, second: Collection[str] | None) -> Collection[str] | None:
    """Ids in both; None stands for all."""
    if first is None or second is None:
        return second if first is None else first
    return frozenset(first) & frozenset(second)


def _checked(question: str) -> str:
    asked = question.strip()
    if not asked:
        raise InputError("The question is empty.", "Write what you want to know.")
    if len(asked) > MOST_QUESTION:
        raise InputError(
            f"The question has {len(asked)} characters.", f"Ask in at most {MOST_QUESTION}."
        )
    return asked
