"""What the pages show alike: citation cards, a document with its quote marked, verdicts."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from rag import Citation, InputError, Span, places
from ui.conversations import Source
from ui.markup import badge_markup, card_markup, document_markup
from ui.state import engine, reason, t, word

TEXT_HEIGHT = 560
"""Pixels of a document shown at once."""

_SCROLL_QUOTE = """<script>/* {place} */
(function find(tries) {{
  const mark = document.getElementById("yj-quote");
  const box = document.querySelector(".st-key-document_text");
  if (mark && box) {{
    const middle = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop += middle - (box.clientHeight - mark.offsetHeight) / 3;
  }}
  if (tries > 0) setTimeout(() => find(tries - 1), 120);
}})(4);</script>"""
"""Numbers only are put into it; the text arrives in another message, hence several tries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A quote that has been opened, and the citation that it was opened from."""

    turn: int
    number: int
    document_id: str
    span: Span
    quote: str
    source: Source | None


def open_place(place: Place | None) -> None:
    """Show this place on the next run; None closes the document."""
    st.session_state.opened = place


def lead(key: str, **values: object) -> None:
    st.html(f'<p class="yj-lead">{escape(t(key, **values))}</p>')


def verdict_badge(verdict: str, why: str = "") -> str:
    return badge_markup(verdict, word("verdict", verdict), reason(why))


def where(source: Source | None, span: Span) -> list[str]:
    """Page, row or heading of a place where the file has them, and its offsets."""
    marked = places(source.marks, span) if source else {}
    named = [t(f"place.{kind}", label=label) for kind, label in marked.items()]
    return [*named, t("ask.offsets", start=span.start, end=span.end)]


def citation_card(citation: Citation, place: Place, sources: dict[str, Source], key: str) -> None:
    """A citation, the button that opens it, and the other documents that say the same."""
    opened = st.session_state.get("opened") == place
    with st.container(border=True, key=f"card_{key}"):
        facts = where(place.source, citation.span)
        number = str(citation.number)
        st.html(card_markup(number, place.source, facts, citation.quote, opened))
        with st.container(horizontal=True, gap="small"):
            st.button(
                t("ask.open"),
                key=f"open_{key}",
                help=t("ask.open.number", number=number),
                type="tertiary",
                icon=":material/find_in_page:",
                on_click=open_place,
                args=(place,),
            )
            for index, other in enumerate(citation.also_in):
                _also_in(other, place, sources.get(other.document_id), f"{key}_{index}")


def _also_in(other: Citation, place: Place, source: Source | None, key: str) -> None:
    there = Place(
        turn=place.turn,
        number=place.number,
        document_id=other.document_id,
        span=other.span,
        quote=other.quote,
        source=source,
    )
    name = source.title if source else other.document_id
    st.button(
        f"{t('ask.also')} {_short(name)}",
        key=f"also_{key}",
        type="tertiary",
        on_click=open_place,
        args=(there,),
    )


def passage_card(place: Place, facts: list[str], key: str) -> None:
    """A passage that is no citation; it can be opened all the same."""
    with st.container(border=True, key=f"passage_{key}"):
        facts = [*facts, *where(place.source, place.span)]
        st.html(card_markup("", place.source, facts, place.quote, False))
        st.button(
            t("ask.open"),
            key=f"read_{key}",
            type="tertiary",
            icon=":material/find_in_page:",
            on_click=open_place,
            args=(place,),
        )


def document_panel(place: Place) -> None:
    """The document that a place stands in, scrolled to the quote."""
    with st.container(border=True, key="document_panel"):
        title, close = st.columns([13, 1], vertical_alignment="center")
        name = place.source.title if place.source else place.document_id
        number = str(place.number) if place.number else ""
        header = f'<span class="n">{number}</span>' if number else ""
        named = [place.source.date, place.source.publisher] if place.source else []
        facts = [fact for fact in (*named, *where(place.source, place.span)) if fact]
        meta = " · ".join(escape(fact) for fact in facts)
        title.html(
            f'<div class="yj-card open"><header>{header}<div><span class="title">{escape(name)}'
            f'</span><div class="meta">{meta}</div></div></header></div>'
        )
        close.button(
            "",
            icon=":material/close:",
            key="close_document",
            help=t("document.close"),
            type="tertiary",
            on_click=open_place,
            args=(None,),
        )
        _marked_text(place)


def _marked_text(place: Place) -> None:
    try:
        text = engine().document(place.document_id).text
    except InputError:
        st.info(t("document.gone"))
        st.html(card_markup("", place.source, [], place.quote, True))
        return
    if place.span.slice(text) != place.quote:
        st.warning(t("document.changed"))
        st.html(card_markup("", place.source, [], place.quote, True))
        return
    with st.container(height=TEXT_HEIGHT, border=False, key="document_text"):
        st.html(document_markup(text, place.span))
    where = f"{place.turn} {place.number} {place.span.start} {place.span.end}"
    st.html(_SCROLL_QUOTE.format(place=where), unsafe_allow_javascript=True)


def _short(title: str, most: int = 16) -> str:
    return title if len(title) <= most else title[: most - 1] + "…"
