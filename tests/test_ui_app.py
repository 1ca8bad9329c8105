"""The app as Streamlit runs it, over a small library with the embedded embedder, no browser."""

import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rag import load_settings, open_engine
from tests.ui_helpers import (
    APP,
    BAD,
    FILES,
    QUESTION,
    SENTENCE,
    app,
    ask,
    claims,
    make_library,
    mark,
    shown,
)
from ui import shelf

pytestmark = pytest.mark.models


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_library(tmp_path, monkeypatch)


@pytest.mark.usefixtures("library")
def test_an_answer_has_numbered_citations_that_open_the_marked_quote() -> None:
    test = ask(app(), QUESTION)
    (first, *_) = claims(test)
    assert "3月5日" in first["text"]
    assert first["verdict"] == "supported"
    assert first["badge"] == "有依据"
    number, quote = first["citations"][0]["number"], first["citations"][0]["quote"]
    assert number == 1
    assert quote in FILES["2023-readers.txt"]
    test.button(key="open_0_1").click().run()
    assert mark(test) == quote
    test.button(key="close_document").click().run()
    assert "<mark" not in "".join(element.value for element in test.get("html"))


@pytest.mark.usefixtures("library")
def test_a_refusal_shows_nearest_passages_and_no_citation() -> None:
    test = ask(app(), "天空为什么是蓝色的？")
    text = shown(test)
    assert "没有依据，不作回答" in text
    assert "最接近的原文（不是引文）" in text
    assert "相关度" in text
    assert not claims(test)
    assert not [button for button in test.button if (button.key or "").startswith("open_")]
    test.button(key="read_near_0_0").click().run()
    assert mark(test)


@pytest.mark.usefixtures("library")
def test_citations_stay_as_they_were_through_an_error_and_a_reload() -> None:
    test = ask(app(), QUESTION)
    before = claims(test)
    ask(test, "长" * 2001)
    assert "没有完成" in test.error[0].value
    assert claims(test) == before
    test.button(key="again_1").click().run()
    assert [turn.problem != "" for turn in test.session_state["conversation"].turns] == [
        False,
        True,
    ]
    ask(test, "社区花园的每块地一个月多少钱？")
    after = claims(test)
    assert after[: len(before)] == before

    reloaded = AppTest.from_file(str(APP), default_timeout=60)
    reloaded.session_state["language"] = "zh"
    reloaded.query_params["c"] = test.session_state["conversation"].id
    reloaded.run()
    assert claims(reloaded) == after
    assert len(reloaded.error) == 1


@pytest.mark.usefixtures("library")
def test_the_filter_limits_where_is_searched() -> None:
    test = app()
    garden = next(option for option in test.multiselect[0].options if "garden" in option.lower())
    test.multiselect[0].select(garden).run()
    ask(test, QUESTION)
    answer = test.session_state["conversation"].turns[0].answer
    assert {hit.chunk.document_id for hit in answer.hits} == {
        document_id
        for document_id, source in test.session_state["conversation"].turns[0].sources.items()
        if "garden" in source.title.lower()
    }


@pytest.mark.usefixtures("library")
def test_the_language_switch_changes_the_interface_and_not_the_answer() -> None:
    test = ask(app(), QUESTION)
    before = [claim["text"] for claim in claims(test)]
    test.segmented_control[0].set_value("en").run()
    assert "Quotes only" in shown(test)
    assert "Search only in" in [box.label for box in test.multiselect]
    assert [claim["text"] for claim in claims(test)] == before
    assert claims(test)[0]["badge"] == "supported"


@pytest.mark.usefixtures("library")
def test_suggestions_and_a_new_conversation() -> None:
    test = app()
    suggested = test.button(key="try_0")
    assert "2024" in suggested.label
    suggested.click().run()
    assert test.session_state["conversation"].turns[0].question == "2024年有哪些重点任务？"
    kept = test.session_state["conversation"].id
    next(button for button in test.button if button.label == "新对话").click().run()
    assert test.session_state["conversation"].turns == ()
    test.button(key=f"past_{kept}").click().run()
    assert test.session_state["conversation"].id == kept


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", ["ask", "library", "summaries", "evaluation", "settings"])
@pytest.mark.usefixtures("library")
def test_every_page_opens_in_both_languages(page: str, language: str) -> None:
    test = app(page, language)
    assert not test.error
    han = re.search(r"[㐀-鿿]", shown(test).replace("引据", ""))
    assert bool(han) == (language == "zh") or page == "ask"


def test_an_empty_library_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINJU_MODE", "extractive")
    assert "资料库还是空的" in shown(app())
    assert "资料库是空的" in shown(app("library"))


def test_a_setting_nobody_knows_is_one_line_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("YINJU_MODEE", "auto")
    test = app()
    assert "modee" in test.error[0].value
    assert "没有完成" in test.error[0].value


def test_uploads_are_kept_and_a_bad_file_is_one_line(library: Path) -> None:
    test = app("library")
    test.file_uploader[0].set_value(
        [
            (
                "notes.txt",
                "讀書會於6月1日開始，共有20人參加。每週三晚上聚會一次。".encode("big5"),
                "text/plain",
            ),
            ("bad.txt", BAD, "text/plain"),
        ]
    )
    next(button for button in test.button if button.label == "加入资料库").click().run()
    assert not test.exception
    assert "新增 1，更新 0，未变 0。" in test.success[0].value
    assert len(test.error) == 1
    assert "bad.txt" in test.error[0].value
    assert [path.name for path in (library / "uploads").iterdir()] == ["notes.txt"]
    assert len(test.dataframe[0].value) == 4


@pytest.mark.usefixtures("library")
def test_evaluation_scores_an_answer_against_its_texts() -> None:
    test = app("evaluation")
    test.text_area[0].set_value("读者大会于3月5日召开。全年借书20万册次。")
    test.text_area[1].set_value(f"{SENTENCE}\n\n全年借书12.5万册次。")
    next(button for button in test.button if button.label == "核对").click().run()
    assert not test.exception
    assert test.metric[0].value == "0.50"
    assert "引文里没有20万" in shown(test)


@pytest.mark.usefixtures("library")
def test_summaries_show_points_with_their_quotes() -> None:
    test = app("summaries")
    test.multiselect[0].select(test.multiselect[0].options[0])
    next(button for button in test.button if button.label == "写摘要").click().run()
    assert not test.exception
    (summary,) = test.session_state["summaries"].values()
    assert summary.points
    for point in summary.points:
        assert point.citations[0].quote in shown(test)
    assert "（未写出）" in shown(test)


def test_a_removed_document_leaves_its_quote_in_the_conversation(library: Path) -> None:
    test = ask(app(), QUESTION)
    quote = claims(test)[0]["citations"][0]["quote"]
    with open_engine(load_settings()) as engine:
        cited = test.session_state["conversation"].turns[0].answer.citations[0].document_id
        shelf.remove(engine, cited)
        assert len(engine.documents()) == 2
    test.button(key="open_0_1").click().run()
    assert "这份文档已不在资料库里" in shown(test)
    assert quote in shown(test)
    ask(test, QUESTION)
    again = test.session_state["conversation"].turns[1].answer
    assert cited not in {hit.chunk.document_id for hit in again.hits}
    assert (library.parent / "files" / "2023-readers.txt").exists()


def test_an_uploaded_name_with_folders_stays_inside_the_library(
    library: Path,
) -> None:
    with open_engine(load_settings()) as engine:
        report = shelf.add_files(engine, [("../../outside.txt", "读书会在6月开始。".encode())])
        assert len(report.added) == 1
    assert not (library.parent / "outside.txt").exists()
    assert (library / "uploads" / "outside.txt").exists()


def opened(title: str, language: str = "zh") -> AppTest:
    """The library with the document whose title holds these words selected."""
    test = app("library", language)
    titles = list(test.dataframe[0].value.iloc[:, 0])
    row = next(index for index, found in enumerate(titles) if title in found)
    test.session_state["documents"] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    test.run()
    assert not test.exception
    return test


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(("language", "label"), [("zh", "保存"), ("en", "Save")])
def test_facts_are_edited_and_say_where_they_came_from(language: str, label: str) -> None:
    test = opened("2023", language)
    fields = {(box.key or "").rpartition("_")[0]: box for box in test.text_input}
    assert fields["event_date"].value == "2023-03-05"
    assert fields["publisher"].value == ""
    fields["publisher"].set_value("市图书馆")
    fields["date"].set_value("2023-03-06")
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception
    with open_engine(load_settings()) as engine:
        document = engine.document("2023-readers.txt")
        assert (document.publisher, document.date) == ("市图书馆", "2023-03-06")
        assert document.event_date == "2023-03-05", "left as it was found"
        assert document.origins["date"] == "edited"
    fields = {(box.key or "").rpartition("_")[0]: box for box in test.text_input}
    fields["date"].set_value("soon")
    next(button for button in test.button if button.label == label).click().run()
    assert len(test.error) == 1


def test_a_document_shows_what_cleaning_did_and_takes_it_back(library: Path) -> None:
    page = library.parent / "files" / "notice.txt"
    page.write_bytes(f"广告\r\n读书會(huì)通知\r\n\r\n{SENTENCE}\r\n".encode("gb18030"))
    with open_engine(load_settings()) as engine:
        engine.ingest([page])
    test = opened("读书")
    sides = next(element.value for element in test.get("html") if "yj-sides" in element.value)
    assert "<td>广告&#10;</td>" not in sides
    assert "读书會(huì)通知" in unescape(sides)
    assert "<td>读书會通知</td>" in sides
    assert "注音" in sides
    keep, off = test.multiselect
    keep.select(next(option for option in keep.options if "广告" in option))
    off.select("注音")
    next(button for button in test.button if button.label == "重新清理").click().run()
    assert not test.exception
    with open_engine(load_settings()) as engine:
        text = engine.document("notice.txt").text
        assert text.startswith("广告\n读书會(huì)通知")
    next(button for button in test.button if button.label == "撤销上述决定").click().run()
    with open_engine(load_settings()) as engine:
        assert engine.document("notice.txt").text.startswith("读书會通知")
    assert page.read_bytes().startswith("广告".encode("gb18030"))


@pytest.mark.usefixtures("library")
def test_a_citation_says_under_which_heading_or_page_it_stands(library: Path) -> None:
    page = library.parent / "files" / "page.html"
    page.write_text(
        "<html><body><h1>社区游泳池</h1><h2>开放时间</h2><p>社区游泳池每天早上6点30分开放，"
        "周一检修，全年共开放312天。</p><h2>票价</h2><p>成人票每张25元。</p></body></html>",
        "utf-8",
    )
    with open_engine(load_settings()) as engine:
        engine.ingest([page])
    test = ask(app(), "社区游泳池全年开放多少天？")
    assert "“开放时间”下" in shown(test)
