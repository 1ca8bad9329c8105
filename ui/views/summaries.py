"""Summaries: documents in, paired points out, each on one citation."""

import json
from html import escape

import streamlit as st

from rag import Document, Summary, summary_json
from ui.components import lead, verdict_badge
from ui.markup import point_markup
from ui.reports import summaries_markdown
from ui.state import engine, guarded, language, plain, t


def main() -> None:
    """Choose, write, read."""
    st.title(t("nav.summaries"))
    lead("summaries.lead")
    documents = {document.id: document for document in engine().documents()}
    if not documents:
        st.info(t("library.none"))
        return
    written: dict[str, Summary] = st.session_state.setdefault("summaries", {})
    chosen, points, go = _choose(documents)
    with guarded():
        if go:
            _write([documents[key] for key in chosen], points, written)
    shown = {key: summary for key, summary in written.items() if key in documents}
    if shown:
        _downloads(shown, documents)
    for key, summary in shown.items():
        _show(documents[key], summary)


def _choose(documents: dict[str, Document]) -> tuple[list[str], int, bool]:
    with st.form("summaries_form", border=False):
        chosen = st.multiselect(
            t("summaries.choose"), list(documents), format_func=lambda key: documents[key].title
        )
        points = st.slider(t("summaries.points"), 3, 12, 6)
        go = st.form_submit_button(t("summaries.write"), icon=":material/notes:", type="primary")
    return chosen, points, go


def _write(chosen: list[Document], points: int, written: dict[str, Summary]) -> None:
    """Summarise one document after the other; each is kept as soon as it is done."""
    bar = st.progress(0.0)
    for number, document in enumerate(chosen):

        def progress(
            done: int, total: int, number: int = number, title: str = document.title
        ) -> None:
            bar.progress(
                (number + done / total) / len(chosen),
                t("summaries.progress", title=plain(title), done=done + 1, total=total),
            )

        written[document.id] = engine().summarize(document, points=points, progress=progress)
    bar.empty()


def _downloads(shown: dict[str, Summary], documents: dict[str, Document]) -> None:
    rows = [summary_json(summary, documents[key]) for key, summary in shown.items()]
    with st.container(horizontal=True):
        st.download_button(
            t("summaries.json"),
            json.dumps(rows, ensure_ascii=False, indent=2),
            file_name="summaries.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            t("summaries.markdown"),
            summaries_markdown(rows, language()),
            file_name="summaries.md",
            mime="text/markdown",
            icon=":material/download:",
            on_click="ignore",
        )


def _show(document: Document, summary: Summary) -> None:
    st.subheader(plain(summary.title_zh or document.title))
    if summary.title_en:
        st.caption(plain(summary.title_en))
    missing = t("summaries.missing")
    for point in summary.points:
        st.html(
            point_markup(
                point.zh or missing,
                point.en or missing,
                verdict_badge(point.verdict, point.reason),
                [citation.quote for citation in point.citations],
            )
        )
    for note in summary.notes:
        st.caption(escape(note))
    facts = [
        t("summaries.coverage", read=summary.sentences_read, total=summary.sentences_total),
        t(f"mode.{summary.mode}"),
        summary.model,
    ]
    st.caption(" · ".join(fact for fact in facts if fact))


with guarded():
    main()
