"""One document of the library: its text, what cleaning did to it, and undoing that."""

from collections.abc import Sequence

import streamlit as st

from rag import FIELDS, KINDS, Document, side_by_side
from ui import shelf
from ui.components import TEXT_HEIGHT, lead
from ui.markup import document_markup, sides_markup
from ui.state import engine, guarded, plain, t, word

MOST_ROWS = 600
"""Lines shown side by side at once; a browser labours over more."""


def dossier(document: Document) -> None:
    """Everything about the document that is selected."""
    st.subheader(plain(document.title), divider="gray")
    st.caption(plain(" · ".join(_facts(document))))
    for warning in document.warnings:
        st.warning(plain(warning), icon=":material/warning:")
    for copy in engine().copies(document):
        share = f"{copy.resemblance:.0%}"
        st.info(t("library.copy", share=share, title=plain(copy.document.title)))
    text, sides, facts = st.tabs([t("library.text"), t("library.sides"), t("library.facts")])
    with text, st.container(height=TEXT_HEIGHT, key="document_text"):
        st.html(document_markup(document.text, None))
    with sides:
        _sides(document)
    with facts:
        _edit(document)
    _remove(document)


def _facts(document: Document) -> list[str]:
    """Beside the title: dates, who published it, and how its bytes were read."""
    event = t("library.event", date=document.event_date) if document.event_date else None
    sure = f"{document.encoding} {document.encoding_confidence:.0%}"
    kind = word("kind", document.kind) if document.kind else None
    found = [document.date or t("document.undated"), event, document.publisher, document.author]
    return [fact for fact in (*found, kind, sure, document.path) if fact]


def _sides(document: Document) -> None:
    if not document.removals:
        st.markdown(t("library.removals.none"))
    else:
        whole = st.toggle(t("library.whole"), key=f"whole_{document.id}")
        rows = [row for row in side_by_side(document) if whole or row.changes]
        shown = [(row, _why([reason for _, reason in row.changes])) for row in rows[:MOST_ROWS]]
        with st.container(height=TEXT_HEIGHT, key="document_sides"):
            st.html(sides_markup(shown))
        if len(rows) > MOST_ROWS:
            lead("library.more", shown=MOST_ROWS, count=len(rows))
    _decisions(document)


def _why(reasons: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(word("reason", reason) for reason in reasons))


def _decisions(document: Document) -> None:
    """What a person may undo: single lines, or a rule for the whole document."""
    decided = engine().overrides(document)
    lines = shelf.removed_lines(document)
    found = dict.fromkeys([*decided.rules_off, *(item.reason for item in document.removals)])
    with st.form(f"decide_{document.id}", border=False):
        keep = st.multiselect(
            t("library.keep"), list(lines), format_func=lambda number: lines[number]
        )
        off = st.multiselect(
            t("library.off"),
            list(found),
            default=list(decided.rules_off),
            format_func=lambda reason: word("reason", reason),
        )
        clean, reset = st.columns(2)
        anew = clean.form_submit_button(t("library.decide"), icon=":material/cleaning_services:")
        forget = reset.form_submit_button(t("library.reset"), disabled=not _any(document))
    if not (anew or forget):
        return
    with guarded():
        on = [rule for rule in decided.rules_off if rule not in off]
        if forget:
            engine().decide(document, reset=True)
        else:
            engine().decide(document, off=off, on=on, keep=keep)
        st.rerun()


def _any(document: Document) -> bool:
    decided = engine().overrides(document)
    return bool(decided.rules_off or decided.kept)


def _edit(document: Document) -> None:
    """Metadata with where each came from; what a person writes there goes before what was found."""
    now = {name: _written(document, name) for name in FIELDS}
    with st.form(f"facts_{document.id}", border=False):
        written = {name: _field(document, name, now[name]) for name in FIELDS}
        saved = st.form_submit_button(t("library.save"), help=t("library.facts.help"))
    if saved:
        with guarded():
            changed = {name: value for name, value in written.items() if value != now[name]}
            engine().set_fields(document.id, changed)
            st.rerun()


def _field(document: Document, name: str, value: str) -> str:
    """The widget of one field; returns what stands in it."""
    label, key = t(f"field.{name}"), f"{name}_{document.id}"
    origin = document.origins.get(name)
    said = t("library.origin", origin=word("origin", origin)) if origin else None
    closed = {"kind": ["", *KINDS], "language": ["zh", "en"]}.get(name)
    if closed is None:
        return st.text_input(label, value, key=key, help=said) or ""
    choices = {word(name, choice) if choice else "—": choice for choice in closed}
    index = closed.index(value)
    return choices[st.selectbox(label, list(choices), index=index, key=key, help=said)]


def _written(document: Document, name: str) -> str:
    """A field as a person would write it."""
    value = getattr(document, name)
    return ", ".join(map(str, value)) if name == "years" else value or ""


def _remove(document: Document) -> None:
    with st.popover(t("library.remove"), icon=":material/delete:"):
        st.write(t("library.remove.sure", title=plain(document.title)))
        if st.button(t("library.remove.yes"), type="primary", key=f"remove_{document.id}"):
            with guarded():
                shelf.remove(engine(), document.id)
                st.session_state.removed_title = document.title
                st.rerun()
