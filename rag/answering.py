"""A question to a checked answer: plan → search → evidence → refuse or write → verify."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from rag.answerability import answerability
from rag.assembling import Asked, Assembler
from rag.branching import FoundSide, find_parts, find_sides, of_year, on_occasion
from rag.calibration import ANSWER_THRESHOLD
from rag.contexts import ContextPassages
from rag.cross_encoder import Entailment
from rag.errors import InputError
from rag.llm import LLM
from rag.missing import absent_years
from rag.passages import LibraryPassages, Passages
from rag.planning.branches import Branch
from rag.planning.plans import SearchPlan, in_both, read_plan
from rag.questions import read_question
from rag.records import Answer, Mode
from rag.replies import Replier
from rag.retrieval import Retriever
from rag.store import Store

MOST_QUESTION = 2000
"""Characters a question may have."""


class Answerer:
    """Answers questions from one store, with an LLM or in quotes."""

    def __init__(
        self,
        store: Store,
        llm: LLM | None,
        retriever: Retriever | None = None,
        entailment: Entailment | None = None,
    ) -> None:
        self._store = store
        self._entailment = entailment
        self._replier = Replier(llm)
        self._library = LibraryPassages(store, retriever or Retriever(store), entailment)
        self._assembler = Assembler(store, self._library, self._replier)

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
            passages = ContextPassages(self._store.embedder, contexts, self._entailment)
            one = Asked(question=read_question(asked), plan=SearchPlan(text=asked), k=k)
            yield from self._assembler.alone(one, passages.find(one.question, k))
            return
        plan = self.plan(asked, plain=plain, without=without)
        question = replace(read_question(plan.text), text=plan.text)
        one = Asked(question=question, plan=plan, k=k, within=within, candidates=candidates)
        sides = self._sides(one, plain=plain)
        if sides:
            yield from self._assembler.by_sides(one, sides)
        else:
            yield from self._assembler.alone(one, self._find(one))

    def beside(self, text: str, branches: tuple[Branch, ...], *, k: int) -> Iterator[str | Answer]:
        """The same question put to each side, whatever it says; pieces as for `stream`.

        Raises:
            InputError: the question is empty or too long.
            EndpointError: the endpoint failed.
        """
        asked = _checked(text)
        plan = SearchPlan(text=asked, branches=branches)
        one = Asked(question=read_question(asked), plan=plan, k=k)
        yield from self._assembler.by_sides(one, find_sides(self._library, plan, k))

    def _find(self, one: Asked) -> Passages:
        """Search by the plan; where nothing answers within its filters, without them."""
        plan = one.plan
        passages = self._search(one, in_both(one.within, plan.within))
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

    def _search(self, one: Asked, within: Collection[str] | None) -> Passages:
        found = self._library.find(
            one.question,
            one.k,
            core=one.plan.core,
            within=within,
            candidates=one.candidates,
            favoured=one.plan.favoured,
        )
        if one.plan.unheld:
            return on_occasion(found, one.plan.unheld)
        return of_year(found, one.plan.year, one.plan.own)

    def _sides(self, one: Asked, *, plain: bool) -> list[FoundSide]:
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
            within = in_both(one.within, one.plan.within)
            sides = find_parts(self._library, one.plan, one.k, within, one.candidates)
        answered = any(side.choice.evidence for side in sides)
        return sides if answered or one.plan.every else []


def _checked(question: str) -> str:
    asked = question.strip()
    if not re.search(r"\w", asked):
        raise InputError("The question is empty.", "Write what you want to know.")
    if len(asked) > MOST_QUESTION:
        raise InputError(
            f"The question has {len(asked)} characters.", f"Ask in at most {MOST_QUESTION}."
        )
    return asked
