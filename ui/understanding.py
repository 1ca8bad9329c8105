"""How a question was understood, shown so that it can be changed: its wording, its filters."""

from collections.abc import Callable
from html import escape

import streamlit as st

from rag import Answer, Missing, Understood
from ui import sessions
from ui.conversations import Turn, coverage_fact
from ui.state import plain, t, word


def show_understanding(index: int, turn: Turn, answer: Answer) -> None:
    """The stand-alone question and the names taken out of it; nothing where there are none."""
    if answer.standalone:
        _standalone(index, answer.standalone)
    if answer.understood or turn.without:
        _chips(index, turn, answer)


def _standalone(index: int, text: str) -> None:
    with st.container(
        horizontal=True,
        horizontal_alignment="right",
        vertical_alignment="center",
        gap="small",
        key=f"standalone_{index}",
    ):
        understood = escape(t("ask.understood", question=text))
        st.html(f'<div class="yj-meta yj-understood">{understood}</div>', width="content")
        with (
            st.popover(
                t("ask.reword"), icon=":material/edit:", type="tertiary", key=f"pop_{index}"
            ),
            st.form(key=f"reword_{index}", border=False),
        ):
            st.text_area(t("ask.reword.label"), value=text, key=f"rewording_{index}")
            if st.form_submit_button(t("ask.reword.ask"), type="primary"):
                _ask_reworded(index)


def _ask_reworded(index: int) -> None:
    wording = str(st.session_state[f"rewording_{index}"]).strip()
    if wording:
        sessions.ask_again(index, wording)
        st.rerun()


def _chips(index: int, turn: Turn, answer: Answer) -> None:
    """One button for each thing read from the question; pressed, it is left out."""
    with st.container(
        horizontal=True, horizontal_alignment="right", gap="small", key=f"chips_{index}"
    ):
        for number, one in enumerate(answer.understood):
            st.button(
                _chip(one),
                key=f"chip_{index}_{number}",
                icon=":material/close:",
                help=t("ask.chip.help", count=one.documents),
                on_click=sessions.ask_again,
                args=(index, turn.question, (*turn.without, one.key)),
            )
        if turn.without:
            st.caption(t("ask.without", count=len(turn.without)), width="content")
            st.button(
                t("ask.restore"),
                key=f"restore_{index}",
                icon=":material/undo:",
                type="tertiary",
                on_click=sessions.ask_again,
                args=(index, turn.question),
            )


def _chip(one: Understood) -> str:
    role, label = word("role", one.role), one.label
    said = t("ask.chip.lifted", role=role, label=label) if one.lifted else ""
    return plain(said or t("ask.chip", role=role, label=label))


def show_coverage(answer: Answer) -> None:
    """How much was read for a question about whole documents."""
    read = answer.coverage
    if not read:
        return
    facts = [coverage_fact(read, t)]
    if read.found > read.shown:
        facts.append(t("ask.coverage.found", found=read.found, shown=read.shown))
    st.html(f'<div class="yj-coverage">{escape(" · ".join(facts))}</div>')


def show_missing(answer: Answer) -> None:
    """What an answer, given in part, does not hold."""
    facts = missing_facts(answer.missing, t)
    if answer.answered and facts:
        rest = "<br>".join(escape(fact) for fact in facts)
        st.html(f'<div class="yj-partial"><b>{escape(t("ask.partial"))}</b>{rest}</div>')


def missing_facts(missing: Missing, t: Callable[..., str]) -> list[str]:
    """What is missing, a line each; `t` says a string in the reader's language."""
    comma = t("list.comma")
    facts = []
    if missing.years:
        line = t("ask.missing.years", years=comma.join(map(str, missing.years)))
        if missing.nearest_years:
            years = comma.join(map(str, missing.nearest_years))
            line += t("list.semicolon") + t("ask.missing.nearest", years=years)
        facts.append(line)
    if missing.publishers:
        facts.append(t("ask.missing.publishers", names=comma.join(missing.publishers)))
    if missing.documents:
        facts.append(t("ask.missing.documents", names=comma.join(missing.documents)))
    if missing.parts:
        facts.append(t("ask.missing.parts", names=comma.join(missing.parts)))
    return facts
