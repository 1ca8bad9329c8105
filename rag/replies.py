"""One question and its evidence made a checked reply: written by a model, or quoted."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from rag import prompts
from rag.choosing import MOST_SENTENCES, Choice, distinct
from rag.citations import Verified, verify
from rag.llm import LLM
from rag.markers import read_draft, without_numbers
from rag.passages import Passages
from rag.questions import Question, holds_expected
from rag.records import Draft, Evidence, Mode, Usage
from rag.text import detect_language
from rag.writing import (
    LLM_SENTENCES,
    WORTH_SHOWING,
    LLMWriter,
    quote,
    says_nothing,
)

_NO_TOKENS = Usage()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is said, checked, and what the reader should know of it."""

    verified: Verified
    notes: tuple[str, ...] = ()
    tokens: Usage = _NO_TOKENS


class Replier:
    """Replies with an LLM, or in quotes where there is none or it fails to rest on evidence."""

    def __init__(self, llm: LLM | None) -> None:
        self._llm = llm

    @property
    def mode(self) -> Mode:
        return self._llm.mode if self._llm else "extractive"

    @property
    def model(self) -> str:
        return self._llm.name if self._llm else ""

    def reply(
        self, question: Question, choice: Choice, found: Passages, *, quoting: bool = False
    ) -> Generator[str, None, Reply]:
        """Yield the writer's text as it comes; the reply is returned.

        Args:
            question: as read.
            choice: the sentences to answer with.
            found: what they were chosen from.
            quoting: quote, whoever could write.

        Raises:
            EndpointError: the endpoint failed.
            ModelError: the local model failed.
        """
        chosen = choice.evidence
        writer = None if quoting or self._quotes_best(question, chosen) else self._llm
        if writer is None:
            reply = Reply(
                verified=_check(quote(chosen), chosen, found, question),
                notes=_quoted_notes(question, choice),
            )
            yield reply.verified.text
            return reply
        evidence = chosen if len(chosen) > LLM_SENTENCES else _shown(found, chosen)
        verified = yield from self._ask(writer, question, evidence, found)
        notes = [] if verified else [prompts.fell_back(question.language)]
        if verified is None:
            verified = _check(quote(chosen), chosen, found, question)
        if verified.dropped_markers:
            notes.append(prompts.dropped_markers(question.language, verified.dropped_markers))
        notes += _count_notes(question, choice)
        return Reply(verified=verified, notes=tuple(notes), tokens=writer.usage)

    def _quotes_best(self, question: Question, chosen: Sequence[Evidence]) -> bool:
        """Whether a list is to be quoted whole: the embedded LLM would lose its items."""
        return self.mode == "llama" and question.expected == "list" and len(chosen) > MOST_SENTENCES

    def _ask(
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
        verified = _check(draft, evidence, found, question)
        return verified if any(c.verdict == "supported" for c in verified.claims) else None


def _check(
    draft: Draft, evidence: Sequence[Evidence], found: Passages, question: Question
) -> Verified:
    documents = found.documents
    return verify(
        draft,
        evidence,
        found.similarity,
        years={key: document.years for key, document in documents.items()},
        damaged={key: document.damaged for key, document in documents.items()},
        asked_years=question.years,
        meaning=found.meaning,
    )


def _shown(found: Passages, chosen: Sequence[Evidence]) -> list[Evidence]:
    """The chosen sentences and the next best, up to what an LLM is shown."""
    others = [item.evidence for item in found.scored if item.evidence.score >= WORTH_SHOWING]
    return distinct([*chosen, *others])[:LLM_SENTENCES]


def _quoted_notes(question: Question, choice: Choice) -> tuple[str, ...]:
    foreign = any(detect_language(item.text) != question.language for item in choice.evidence)
    own = [prompts.quoted_only(question.language)] if foreign else []
    return (*own, *_count_notes(question, choice))


def _count_notes(question: Question, choice: Choice) -> list[str]:
    """How many items stand in the list that a question counts; where it says another number."""
    differs = choice.stated is not None and choice.stated != choice.listed
    if not choice.listed or not (question.counts or differs):
        return []
    return [prompts.counted(question.language, listed=choice.listed, stated=choice.stated)]
