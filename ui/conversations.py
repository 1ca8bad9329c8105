"""What was asked and answered, kept as it was: citations stay inside their turn.

A conversation is one JSON file in the library's `conversations/` folder, written after each turn,
so that a reloaded page shows the same citations in the same order. Pure of widgets.
"""

import re
import secrets
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rag import Answer, Coverage, Document, InputError, Mark
from ui.bilingual import Interface
from ui.reason_strings import translate_reason
from ui.strings import say

_ID = re.compile(r"[0-9a-f]{16}")
_TITLE = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a reader is told of a document, as it was when it was cited."""

    title: str
    date: str | None
    publisher: str | None
    path: str
    marks: tuple[Mark, ...] = ()
    """Pages, rows and headings, to say where in it a quote stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question and what came of it: an answer, or the line that says why there is none."""

    question: str
    without: tuple[str, ...] = ()
    """Keys of what a person did not want to be taken out of the question."""
    answer: Answer | None = None
    problem: str = ""
    sources: dict[str, Source]
    """By document id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Turns in order; every change makes a new value."""

    id: str
    turns: tuple[Turn, ...] = ()

    @property
    def title(self) -> str:
        first = " ".join(self.turns[0].question.split()) if self.turns else ""
        return first if len(first) <= _TITLE else first[: _TITLE - 1] + "…"

    def with_turn(self, turn: Turn) -> "Conversation":
        return replace(self, turns=(*self.turns, turn))

    def with_last(self, turn: Turn) -> "Conversation":
        """The last turn, which was a question under way, becomes this one."""
        return replace(self, turns=(*self.turns[:-1], turn))


_FORM = TypeAdapter(Conversation)


def new_conversation() -> Conversation:
    return Conversation(id=secrets.token_hex(8))


def sources_of(documents: Iterable[Document], answer: Answer) -> dict[str, Source]:
    """The documents that an answer mentions anywhere."""
    cited = [citation.document_id for citation in answer.citations]
    repeats = [other.document_id for c in answer.citations for other in c.also_in]
    read = [hit.chunk.document_id for hit in answer.hits]
    mentioned = {*cited, *repeats, *read, *(item.document_id for item in answer.nearest)}
    return {
        document.id: Source(
            title=document.title,
            date=document.date,
            publisher=document.publisher,
            path=document.path,
            marks=document.marks,
        )
        for document in documents
        if document.id in mentioned
    }


def save(conversation: Conversation, library: Path) -> None:
    """Write it whole or not at all.

    Raises:
        InputError: the library's folder cannot be written to.
    """
    folder = _folder(library)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
            part.write(_FORM.dump_json(conversation, indent=1))
        Path(part.name).replace(folder / f"{conversation.id}.json")
    except OSError as error:
        raise InputError(
            f"The conversation cannot be kept: {error.strerror or error}.",
            "Free some space, or check the library's permissions.",
        ) from None


def load(conversation_id: str, library: Path) -> Conversation:
    """The conversation with this id.

    Raises:
        InputError: there is none, or its file is not one of ours.
    """
    path = _folder(library) / f"{conversation_id}.json"
    try:
        if not _ID.fullmatch(conversation_id):
            raise FileNotFoundError(conversation_id)
        return _FORM.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise InputError(
            f"Conversation {conversation_id!r} cannot be opened.", "Start a new one."
        ) from None


def recent(library: Path, count: int) -> list[Conversation]:
    """The conversations changed last, newest first; files that are not ours are passed over."""
    files = sorted(_folder(library).glob("*.json"), key=lambda path: -path.stat().st_mtime_ns)
    found = []
    for path in files[:count]:
        try:
            found.append(load(path.stem, library))
        except InputError:
            continue
    return found


def to_markdown(conversation: Conversation, language: Interface) -> str:
    """The conversation with every quote, its document and its offsets."""
    lines = [f"# {conversation.title}", ""]
    for turn in conversation.turns:
        lines += [f"## {turn.question}", ""]
        if turn.answer is None:
            lines += [f"> {turn.problem}", ""]
            continue
        lines += _understood(turn.answer, language)
        lines += [turn.answer.text, "", *_citations(turn, turn.answer, language)]
        how = (say(language, f"mode.{turn.answer.mode}"), turn.answer.model)
        lines += [f"_{' · '.join(part for part in how if part)}_", ""]
    return "\n".join(lines)


def _understood(answer: Answer, language: Interface) -> list[str]:
    """How a follow-up was understood and how much a whole-document question read."""
    lines = []
    if answer.standalone:
        lines += [f"_{say(language, 'ask.understood', question=answer.standalone)}_", ""]
    if answer.coverage:
        lines += [f"_{coverage_fact(answer.coverage, partial(say, language))}_", ""]
    return lines


def coverage_fact(read: Coverage, t: Callable[..., str]) -> str:
    """How much was read; `t` says a string in the reader's language."""
    return t(
        "ask.coverage",
        documents=read.documents,
        read=read.passages_read,
        total=read.passages_total,
    )


def _citations(turn: Turn, answer: Answer, language: Interface) -> list[str]:
    lines = []
    for citation in answer.citations:
        source = turn.sources.get(citation.document_id)
        facts = (source.title, source.date, source.publisher, source.path) if source else ()
        place = say(language, "ask.offsets", start=citation.span.start, end=citation.span.end)
        named = " · ".join(fact for fact in (*facts, place) if fact)
        quote = citation.quote.replace("\n", "\n> ")
        lines += [f"[{citation.number}] {named}", "", f"> {quote}", ""]
    for claim in answer.claims:
        if claim.verdict != "supported":
            verdict = say(language, f"verdict.{claim.verdict}")
            lines += [f"- **{verdict}**: {claim.text} ({translate_reason(language, claim.reason)})"]
    return [*lines, ""]


def _folder(library: Path) -> Path:
    return library / "conversations"
