"""One finished turn of a conversation, drawn the same way however often it is drawn."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from rag import Answer, Claim
from ui import sessions
from ui.components import Place, citation_card, open_place, passage_card, verdict_badge
from ui.conversations import Turn
from ui.inline import answer_text
from ui.markup import claim_markup
from ui.state import reason, show_error, t, word
from ui.understanding import show_coverage, show_missing, show_understanding

MOST_ABREAST = 3
"""Sides of a comparison in one row."""

_SCROLL_TURN = """<script>/* turn {index} */
(function show(tries) {{
  document.getElementById("yj-turn-{index}")?.scrollIntoView();
  if (tries > 0) setTimeout(() => show(tries - 1), 150);
}})(6);</script>"""
"""A long answer is read from its beginning; Streamlit would go to its end as it grows."""


def question_bubble(text: str, index: int) -> None:
    """What was asked, as a bubble."""
    st.html(f'<div class="yj-question" id="yj-turn-{index}">{escape(text)}</div>')


def scroll_to(index: int) -> None:
    """Bring a turn to the top of the window, once."""
    st.html(_SCROLL_TURN.format(index=index), unsafe_allow_javascript=True)


def show_problem(index: int, turn: Turn) -> None:
    """Why there is no answer, and the button that asks again."""
    show_error(turn.problem)
    st.button(
        t("ask.again"),
        key=f"again_{index}",
        icon=":material/refresh:",
        type="tertiary",
        on_click=sessions.ask_again,
        args=(index, turn.question, turn.without),
    )


def show_turn(index: int, turn: Turn) -> None:
    """The question, then the answer, the refusal or the error; each with what it rests on."""
    question_bubble(turn.question, index)
    answer = turn.answer
    if answer is None:
        show_problem(index, turn)
        return
    show_understanding(index, turn, answer)
    if answer.answered:
        _show_answer(index, turn, answer)
    else:
        _show_refusal(index, turn, answer)
    _show_unused(index, turn, answer)
    for note in answer.notes:
        st.caption(note)
    st.caption(_facts(answer))


def _show_answer(index: int, turn: Turn, answer: Answer) -> None:
    places = {c.number: sessions.place_of(index, c, turn) for c in answer.citations}
    show_coverage(answer)
    if answer.sides:
        _show_sides(index, answer, places)
    elif answer.claims:
        _show_claims(f"answer_{index}", answer, answer.claims, places)
    else:
        st.html(f'<p class="yj-plain">{escape(answer.text)}</p>')
    show_missing(answer)
    if not answer.citations:
        return
    st.caption(t("ask.citations", count=len(answer.citations)))
    for citation in answer.citations:
        key = f"{index}_{citation.number}"
        citation_card(citation, places[citation.number], turn.sources, key)
    with st.expander(t("ask.verdicts")):
        for claim in answer.claims:
            badge = verdict_badge(claim.verdict, claim.reason)
            st.html(claim_markup(claim.text, badge, reason(claim.reason)))


def _show_claims(
    key: str, answer: Answer, claims: Sequence[Claim], places: dict[int, Place]
) -> None:
    """Claims with their verdicts; a number opens the quote it stands for."""
    opened: Place | None = st.session_state.get("opened")
    answer_text(
        answer,
        claims,
        key=key,
        opened=opened.number if opened and opened in places.values() else None,
        badge=lambda verdict: word("verdict", verdict),
        reason=reason,
        label=lambda number: t("ask.open.number", number=number),
        on_open=lambda number: open_place(places[number]),
    )


def _show_sides(index: int, answer: Answer, places: dict[int, Place]) -> None:
    """A comparison: what is common to all sides, then a card for each, beside one another."""
    beside = {number for side in answer.sides for number in side.claims}
    common = [claim for number, claim in enumerate(answer.claims) if number not in beside]
    if common:
        _show_claims(f"answer_{index}", answer, common, places)
    abreast = 2 if st.session_state.get("opened") else MOST_ABREAST
    for first in range(0, len(answer.sides), abreast):
        row = answer.sides[first : first + abreast]
        for number, (column, side) in enumerate(zip(st.columns(len(row)), row, strict=True)):
            with column, st.container(border=True, key=f"side_{index}_{first + number}"):
                st.html(f'<div class="yj-side">{escape(side.label)}</div>')
                claims = [answer.claims[place] for place in side.claims]
                if claims:
                    _show_claims(f"answer_{index}_{first + number}", answer, claims, places)
                else:
                    st.html(f'<p class="yj-meta">{escape(side.text)}</p>')


def _show_refusal(index: int, turn: Turn, answer: Answer) -> None:
    st.html(f'<div class="yj-refusal"><b>{escape(t("ask.refused"))}</b>{escape(answer.text)}</div>')
    if answer.reason:
        st.html(f'<p class="yj-meta">{escape(answer.reason)}</p>')
    if answer.nearest:
        st.caption(t("ask.nearest"))
    for number, item in enumerate(answer.nearest):
        place = sessions.place_of(index, item, turn)
        score = t("ask.score", score=f"{item.score:.2f}")
        passage_card(place, [score], f"near_{index}_{number}")


def _show_unused(index: int, turn: Turn, answer: Answer) -> None:
    unused = sessions.unused_hits(answer)
    if not unused:
        return
    with st.expander(t("ask.unused", count=len(unused))):
        for number, hit in enumerate(unused):
            ranks = " · ".join(f"{word('rank', leg)} {rank}" for leg, rank in hit.ranks.items())
            place = sessions.place_of(index, hit.chunk, turn)
            passage_card(place, [t("ask.ranks", ranks=ranks)], f"hit_{index}_{number}")


def _facts(answer: Answer) -> str:
    """How the answer was made, in one line."""
    used = answer.tokens
    facts = [t(f"mode.{answer.mode}"), answer.model]
    facts += [t("ask.facts", seconds=f"{answer.seconds['total']:.1f}")]
    if used.prompt or used.completion:
        facts += [t("ask.tokens", prompt=used.prompt, completion=used.completion)]
    return " · ".join(fact for fact in facts if fact)
