"""Evaluation: any answer judged, claim by claim, against the texts it should rest on."""

import json
import re

import streamlit as st

from rag import CheckedAnswer
from ui.components import lead, verdict_badge
from ui.markup import claim_markup, document_markup
from ui.shelf import faithfulness, read_cases, result_json
from ui.state import engine, guarded, plain, reason, t
from ui.styles import uploader_css


def main() -> None:
    """One answer by hand, or a file of them."""
    st.title(t("nav.evaluation"))
    lead("evaluation.lead")
    one, file = st.tabs([t("evaluation.one"), t("evaluation.file")])
    with one, guarded():
        _one()
    with file, guarded():
        _file()


def _one() -> None:
    with st.form("evaluation_form", border=False):
        left, right = st.columns(2, gap="large")
        answer = left.text_area(t("evaluation.answer"), height=220)
        contexts = right.text_area(
            t("evaluation.contexts"), height=220, help=t("evaluation.contexts.help")
        )
        go = st.form_submit_button(t("evaluation.check"), icon=":material/fact_check:")
    texts = [text for text in re.split(r"\n\s*\n", contexts) if text.strip()]
    if go and not (answer.strip() and texts):
        st.info(t("evaluation.needed"))
    elif go:
        st.session_state.checked = engine().check(answer, texts)
    if "checked" in st.session_state:
        _show(st.session_state.checked)


def _file() -> None:
    st.html(uploader_css(t("library.browse")))
    file = st.file_uploader(
        t("evaluation.upload"), type=["jsonl"], help=t("evaluation.upload.help")
    )
    if file is None:
        return
    cases = read_cases(file.getvalue(), lambda line: t("evaluation.bad", line=line))
    bar = st.progress(0.0)
    results = {}
    for number, case in enumerate(cases, start=1):
        results[case["id"]] = engine().check(case["answer"], case["contexts"])
        bar.progress(number / len(cases))
    bar.empty()
    lines = [json.dumps(result_json(*item), ensure_ascii=False) for item in results.items()]
    st.download_button(
        t("evaluation.download"),
        "\n".join(lines) + "\n",
        file_name="faithfulness.jsonl",
        icon=":material/download:",
        on_click="ignore",
    )
    for key, checked in results.items():
        with st.expander(f"{plain(key)} · {_score(checked)}"):
            _show(checked)


def _score(checked: CheckedAnswer) -> str:
    score = faithfulness(checked)
    return t("evaluation.unscored") if score is None else f"{score:.2f}"


def _show(checked: CheckedAnswer) -> None:
    supported = sum(claim.verdict == "supported" for claim in checked.claims)
    st.metric(t("evaluation.score"), _score(checked))
    st.caption(t("evaluation.claims", supported=supported, total=len(checked.claims)))
    for claim in checked.claims:
        badge = verdict_badge(claim.verdict, claim.reason)
        with st.container(border=True):
            st.html(claim_markup(claim.text, badge, reason(claim.reason)))
            if claim.evidence:
                with st.expander(t("evaluation.evidence")):
                    st.html(document_markup("\n".join(claim.evidence), None))


with guarded():
    main()
