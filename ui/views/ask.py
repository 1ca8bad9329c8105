"""Ask: a conversation on the left, the document that a citation opens on the right."""

from dataclasses import replace
from html import escape

import streamlit as st

from rag import Document, YinjuError
from ui import sessions
from ui.components import Place, document_panel
from ui.conversations import Turn, to_markdown
from ui.questions import suggestions
from ui.state import engine, guarded, language, plain, t
from ui.streaming import CleanStream
from ui.turns import question_bubble, scroll_to, show_problem, show_turn


def main() -> None:
    """Show the conversation, then answer what is asked."""
    documents = engine().documents()
    conversation = sessions.current()
    within = _sidebar(documents)
    place: Place | None = st.session_state.get("opened")
    asked = st.chat_input(t("ask.placeholder"), submit_mode="stop", disabled=not documents)
    if place:
        talk, panel = st.columns([11, 10], gap="large")
        with panel:
            document_panel(place)
    else:
        _, talk, _ = st.columns([1, 8, 1])
    with talk:
        # In a place of its own, so that it is gone at once when a question comes.
        stage = st.empty()
        again: sessions.Request | None = st.session_state.pop("asked", None)
        if not conversation.turns and not asked and not again:
            with stage.container():
                asked = _welcome(documents)
        if asked:
            stage.empty()
        for index, turn in enumerate(conversation.turns):
            show_turn(index, turn)
        if st.session_state.pop("finished", False):
            scroll_to(len(conversation.turns) - 1)
        request = sessions.Request(question=asked) if asked else again
        if request:
            _answer(request, within, documents)


def _sidebar(documents: list[Document]) -> list[str]:
    """The conversation's buttons; returns the ids of the documents to search in."""
    titles = {document.id: document.title for document in documents}
    conversation = sessions.current()
    with st.sidebar:
        st.button(
            t("ask.new"), icon=":material/add_comment:", width="stretch", on_click=sessions.start
        )
        if conversation.turns:
            st.download_button(
                t("ask.export"),
                to_markdown(conversation, language()),
                file_name=f"{conversation.id}.md",
                mime="text/markdown",
                icon=":material/download:",
                width="stretch",
                on_click="ignore",
            )
        within = st.multiselect(
            t("ask.within"),
            list(titles),
            format_func=lambda key: titles[key],
            placeholder=t("ask.within.all"),
        )
        past = [kept for kept in sessions.past() if kept.id != conversation.id and kept.turns]
        if past:
            with st.expander(t("ask.past")):
                for kept in past:
                    st.button(
                        kept.title,
                        key=f"past_{kept.id}",
                        type="tertiary",
                        on_click=sessions.reopen,
                        args=(kept.id,),
                    )
    return within


def _welcome(documents: list[Document]) -> str | None:
    """The first screen; returns the suggested question that was picked."""
    st.html(
        f'<div class="yj-hero"><h1>{escape(t("ask.heading"))}</h1>'
        f"<p>{escape(t('ask.lead'))}</p></div>"
    )
    if not documents:
        st.info(t("ask.empty"))
        return None
    st.caption(t("ask.try"))
    with st.container(key="suggestions"):
        columns = st.columns(2)
        for index, question in enumerate(suggestions(documents, language())):
            if columns[index % 2].button(plain(question), key=f"try_{index}", width="stretch"):
                return question
    return None


def _answer(request: sessions.Request, within: list[str], documents: list[Document]) -> None:
    """Ask, show the text as it is written, keep the turn, and show it finished."""
    question, history = request.question, sessions.history()
    question_bubble(question, len(sessions.current().turns))
    index = len(sessions.current().turns)
    begun = Turn(
        question=question, without=request.without, problem=t("ask.interrupted"), sources={}
    )
    sessions.add(begun)
    text = st.container()
    with st.container(key="stopped"):  # hidden while the script runs, there if it is stopped
        show_problem(index, begun)
    stream = CleanStream(
        engine().stream(question, within=within or None, history=history, without=request.without)
    )
    try:
        with text, st.spinner(t("ask.searching")):
            st.write_stream(iter(stream))
    except YinjuError as error:
        sessions.finish(replace(begun, problem=str(error)))
    if stream.answer:
        sessions.finish_with(request, stream.answer, documents)
    st.session_state.finished = True
    st.rerun()


with guarded():
    main()
