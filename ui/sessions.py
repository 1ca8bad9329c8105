"""The conversation of this browser session: kept in its state and in the library's folder."""

from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from rag import Answer, Chunk, Citation, Document, Evidence, Exchange, Hit, exchange_of
from ui.components import Place, open_place
from ui.conversations import (
    Conversation,
    Turn,
    load,
    new_conversation,
    recent,
    save,
    sources_of,
)
from ui.state import engine, guarded

PAST = 12
"""Past conversations listed."""

ADDRESS = "c"
"""The query parameter that holds the conversation's id, so that a reload finds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A question to be asked."""

    question: str
    without: tuple[str, ...] = ()
    """As in `Turn`."""


def current() -> Conversation:
    """The conversation on the page: of this session, else the address's, else a new one."""
    if "conversation" not in st.session_state:
        st.session_state.conversation = new_conversation()
        if ADDRESS in st.query_params:
            with guarded():
                st.session_state.conversation = load(st.query_params[ADDRESS], _library())
    conversation: Conversation = st.session_state.conversation
    if conversation.turns:
        st.query_params[ADDRESS] = conversation.id
    return conversation


def start() -> None:
    """A new conversation; the present one stays in the list."""
    _show(new_conversation())


def reopen(conversation_id: str) -> None:
    with guarded():
        _show(load(conversation_id, _library()))


def past() -> list[Conversation]:
    return recent(_library(), PAST)


def add(turn: Turn) -> None:
    """Append a turn that has begun; it is kept even if it never ends."""
    _keep(current().with_turn(turn))


def finish(turn: Turn) -> None:
    """Put what came of the last turn in its place."""
    _keep(current().with_last(turn))


def finish_with(request: Request, answer: Answer, documents: list[Document]) -> None:
    sources = sources_of(documents, answer)
    question, without = request.question, request.without
    finish(Turn(question=question, without=without, answer=answer, sources=sources))


def ask_again(index: int, question: str, without: tuple[str, ...] = ()) -> None:
    """Ask on the next run; the last turn gives way to it, an earlier one stays."""
    turns = current().turns
    if index == len(turns) - 1:
        _keep(replace(current(), turns=turns[:-1]))
    open_place(None)
    st.session_state.asked = Request(question=question, without=without)


def history() -> list[Exchange]:
    """The turns that came to an answer or a refusal, for the next question to lean on."""
    return [exchange_of(turn.answer) for turn in current().turns if turn.answer]


def unused_hits(answer: Answer) -> list[Hit]:
    """Passages that were read and that no citation stands in."""

    def cited(hit: Hit) -> bool:
        return any(
            citation.document_id == hit.chunk.document_id
            and hit.chunk.span.start <= citation.span.start < hit.chunk.span.end
            for citation in answer.citations
        )

    return [hit for hit in answer.hits if not cited(hit)]


def place_of(index: int, found: Citation | Evidence | Chunk, turn: Turn) -> Place:
    """Where a citation, a sentence or a passage of this turn opens."""
    return Place(
        turn=index,
        number=found.number if isinstance(found, Citation) else 0,
        document_id=found.document_id,
        span=found.span,
        quote=found.quote if isinstance(found, Citation) else found.text,
        source=turn.sources.get(found.document_id),
    )


def _show(conversation: Conversation) -> None:
    st.session_state.conversation = conversation
    st.query_params.clear()
    open_place(None)


def _keep(conversation: Conversation) -> None:
    st.session_state.conversation = conversation
    with guarded():
        save(conversation, _library())


def _library() -> Path:
    return engine().settings.library
