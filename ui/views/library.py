"""Library: what is in it, what cleaning removed, adding and removing documents."""

from pathlib import Path
from typing import Any

import streamlit as st

from rag import Document, IngestReport
from ui import shelf
from ui.components import TEXT_HEIGHT, lead
from ui.markup import document_markup
from ui.state import engine, guarded, plain, show_error, t, word
from ui.styles import uploader_css


def main() -> None:
    """The table, then the document that is selected in it."""
    st.title(t("nav.library"))
    lead("library.lead")
    with guarded():
        _upload()
    _notices()
    documents = engine().documents()
    if not documents:
        st.info(t("library.none"))
        return
    chosen = _table(documents)
    if chosen:
        _document(chosen)
    else:
        st.caption(t("library.hint"))


def _upload() -> None:
    st.html(uploader_css(t("library.browse")))
    with st.form("upload", clear_on_submit=True, border=False):
        files = st.file_uploader(
            t("library.upload"), accept_multiple_files=True, help=t("library.upload.help")
        )
        sent = st.form_submit_button(t("library.ingest"), icon=":material/add:")
    if not sent or not files:
        return
    bar = st.progress(0.0)

    def progress(done: int, total: int, path: str) -> None:
        bar.progress(done / total, t("library.ingesting", name=plain(Path(path).name)))

    named = [(file.name, file.getvalue()) for file in files]
    st.session_state.ingested = shelf.add_files(engine(), named, progress)
    st.rerun()


def _notices() -> None:
    """What the last upload or removal came to, shown once."""
    report: IngestReport | None = st.session_state.pop("ingested", None)
    if report:
        counts = {key: len(getattr(report, key)) for key in ("added", "changed", "unchanged")}
        st.success(t("library.added", **counts))
        for path, why in report.failed:
            show_error(t("library.failed", name=Path(path).name, reason=why))
        for path, why in report.warnings:
            st.warning(plain(t("library.failed", name=Path(path).name, reason=why)))
    removed = st.session_state.pop("removed_title", None)
    if removed:
        st.success(t("library.removed", title=plain(removed)))


def _table(documents: list[Document]) -> Document | None:
    """All documents, a row each; returns the one selected."""
    chunks = engine().store.count_chunks()
    rows: list[dict[str, Any]] = [
        {
            t("column.title"): document.title,
            t("column.date"): document.date or "—",
            t("column.publisher"): document.publisher or "—",
            t("column.language"): word("language", document.language),
            t("column.encoding"): document.encoding,
            t("column.characters"): len(document.text),
            t("column.chunks"): chunks.get(document.id, 0),
            t("column.warnings"): len(document.warnings),
        }
        for document in documents
    ]
    picked = st.dataframe(
        rows,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="documents",
        column_config={
            t("column.title"): st.column_config.TextColumn(width=270),
            t("column.date"): st.column_config.TextColumn(width=95),
            t("column.publisher"): st.column_config.TextColumn(width=110),
        },
    )
    selected = picked.selection.rows
    return documents[selected[0]] if selected and selected[0] < len(documents) else None


def _document(document: Document) -> None:
    st.subheader(plain(document.title), divider="gray")
    facts = [document.date or t("document.undated"), document.publisher, document.path]
    st.caption(plain(" · ".join(fact for fact in facts if fact)))
    for warning in document.warnings:
        st.warning(plain(warning), icon=":material/warning:")
    text, removals = st.columns([3, 2], gap="large")
    with text:
        st.markdown(f"**{t('library.text')}**")
        with st.container(height=TEXT_HEIGHT, key="document_text"):
            st.html(document_markup(document.text, None))
    with removals:
        _removals(document)
        _remove(document)


def _removals(document: Document) -> None:
    if not document.removals:
        st.markdown(f"**{t('library.removals.none')}**")
        return
    st.markdown(f"**{t('library.removals', count=len(document.removals))}**")
    st.dataframe(
        [
            {
                t("column.reason"): word("reason", removal.reason),
                t("column.removed"): removal.text,
                t("column.replacement"): removal.replacement,
                t("column.place"): f"{removal.start}–{removal.end}",
            }
            for removal in document.removals
        ],
        hide_index=True,
        height=TEXT_HEIGHT - 70,
    )


def _remove(document: Document) -> None:
    with st.popover(t("library.remove"), icon=":material/delete:"):
        st.write(t("library.remove.sure", title=plain(document.title)))
        if st.button(t("library.remove.yes"), type="primary", key=f"remove_{document.id}"):
            with guarded():
                shelf.remove(engine(), document.id)
                st.session_state.removed_title = document.title
                st.rerun()


with guarded():
    main()
