"""Evidence made an `Answer`: a refusal, one reply, or a reply for each side."""

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from rag import prompts
from rag.answerability import answerability
from rag.branching import FoundSide
from rag.calibration import ANSWER_THRESHOLD
from rag.choosing import choose, distinct
from rag.citations import Verified
from rag.composing import compose, missing_of
from rag.missing import absent_years, missing_years
from rag.passages import LibraryPassages, Passages
from rag.planning.plans import SearchPlan
from rag.questions import Question
from rag.records import Answer, Citation, Evidence, Missing, Usage
from rag.replies import Replier
from rag.shortfall import shortfall
from rag.store import Store

NEAREST = 3
"""Sentences shown with a refusal."""


@dataclass(slots=True, kw_only=True)
class Asked:
    """One question on its way to an answer."""

    question: Question
    plan: SearchPlan
    k: int
    within: Collection[str] | None = None
    """Ids of the only documents to search; all where None."""
    candidates: Collection[str] = ()
    """Ids of chunks to rank with what is found."""
    started: float = field(default_factory=time.perf_counter)
    seconds: dict[str, float] = field(default_factory=dict)

    def searched(self) -> None:
        self.seconds["retrieve"] = time.perf_counter() - self.started

    def ended(self, *, writing: bool) -> dict[str, float]:
        total = time.perf_counter() - self.started
        wrote = {"write": total - self.seconds["retrieve"]} if writing else {}
        return {**self.seconds, **wrote, "total": total}


class Assembler:
    """Makes answers of what was found."""

    def __init__(self, store: Store, library: LibraryPassages, replier: Replier) -> None:
        self._store = store
        self._library = library
        self._replier = replier

    # One question

    def alone(self, one: Asked, found: Passages) -> Iterator[str | Answer]:
        one.searched()
        confidence = (
            answerability(one.question, found.scored, given=found.given) if found.scored else None
        )
        reason, missing = self._refusal(one, found, confidence or 0.0)
        if reason:
            yield reason
            yield self._refused(one, found, reason, missing, confidence)
            return
        choice = choose(one.question, found)
        reply = yield from self._replier.reply(one.question, choice, found)
        lifted = [each.label for each in one.plan.understood if each.lifted]
        notes = [prompts.lifted(one.question.language, lifted)] if lifted else []
        if unheld := self._unheld(one):
            notes.append(prompts.no_report(one.question.language, unheld))
        yield Answer(
            question=one.question.text,
            language=one.question.language,
            answered=True,
            text=reply.verified.text,
            claims=reply.verified.claims,
            citations=self._placed(one, reply.verified.citations, found),
            hits=found.hits,
            mode=self._replier.mode,
            model=self._replier.model,
            tokens=reply.tokens,
            seconds=one.ended(writing=True),
            notes=(*notes, *reply.notes),
            understood=one.plan.understood,
            confidence=confidence,
        )

    def _refusal(self, one: Asked, found: Passages, confidence: float) -> tuple[str, Missing]:
        """Why the question is refused, and what is missing; empty where it is to be answered."""
        language = one.question.language
        missing = Missing()
        if not found.given:
            if not found.hits and not self._store.count_documents():
                return prompts.empty_library(language), Missing()
            missing = absent_years(one.question.years, one.plan, self._library, one.within)
        if missing or not found.hits or confidence < ANSWER_THRESHOLD:
            missing = missing or self._unheld(one)
            return prompts.refusal(language, missing), missing
        return "", Missing()

    def _unheld(self, one: Asked) -> Missing:
        """What is missing of the years whose meetings or reports are asked about."""
        plan = one.plan
        if not plan.unheld:
            return Missing()
        return missing_years(plan.unheld, self._library.holdings(), plan.series)

    def _refused(
        self,
        one: Asked,
        found: Passages,
        reason: str,
        missing: Missing,
        confidence: float | None,
    ) -> Answer:
        return Answer(
            question=one.question.text,
            language=one.question.language,
            answered=False,
            reason=shortfall(one.question, found.scored),
            text=reason,
            claims=(),
            citations=(),
            hits=found.hits,
            mode=self._replier.mode,
            model=self._replier.model,
            tokens=Usage(),
            seconds=one.ended(writing=False),
            nearest=_nearest(found),
            understood=one.plan.understood,
            missing=missing,
            confidence=confidence,
        )

    # Several sides or parts

    def by_sides(self, one: Asked, sides: list[FoundSide]) -> Iterator[str | Answer]:
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
                side.question, side.choice, side.passages, quoting=self._replier.mode == "llama"
            )
            yield "\n"
            replies.append(reply.verified)
            label = "" if side.branch.kind == "part" else f"{side.branch.label}: "
            notes += [f"{label}{note}" for note in reply.notes]
            prompt += reply.tokens.prompt
            completion += reply.tokens.completion
        absent = {} if one.plan.every else self._absent(one, sides)
        told = {side.branch.year for side in sides if side.choice.evidence}
        notes += [prompts.no_report(language, absent[year]) for year in absent if year in told]
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
            mode=self._replier.mode,
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

    def _absent(self, one: Asked, sides: list[FoundSide]) -> dict[int, Missing]:
        """What is missing of each year asked for that no document is about."""
        holdings = self._library.holdings()
        among = one.plan.series or holdings.ids
        years = sorted({side.branch.year for side in sides if side.branch.year})
        return {
            year: missing_years([year], holdings, one.plan.series)
            for year in years
            if not holdings.covering_year.get(year, frozenset()) & among
        }

    def _placed(
        self, one: Asked, citations: Sequence[Citation], found: Passages
    ) -> tuple[Citation, ...]:
        """Citations with the other places of their quotes, each where the question is about."""
        if found.given:
            return tuple(citations)
        years = one.question.years
        by_year = self._library.holdings().by_year if years else {}
        preferred = frozenset().union(*(by_year.get(year, frozenset()) for year in years))
        preferred = preferred or one.plan.within or one.plan.favoured
        return tuple(self._library.placed(citation, preferred) for citation in citations)


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
