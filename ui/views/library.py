"""Library: what is in it, what cleaning removed, adding and removing documents."""

from pathlib import Path
from typing import Any

import streamlit as st

from rag import Document, IngestReport, Step
from ui import shelf
from ui.components import lead
from ui.dossier import dossier
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
        dossier(chosen)
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

    def progress(step: Step) -> None:
        share = step.bytes_done / step.bytes_total if step.bytes_total else step.done / step.total
        bar.progress(min(share, 1.0), t("library.ingesting", name=plain(Path(step.path).name)))

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
            t("column.event"): document.event_date or "—",
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
            t("column.event"): st.column_config.TextColumn(width=95),
            t("column.publisher"): st.column_config.TextColumn(width=110),
        },
    )
    selected = picked.selection.rows
    return documents[selected[0]] if selected and selected[0] < len(documents) else None


with guarded():
    main()
