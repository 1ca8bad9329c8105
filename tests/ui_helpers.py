"""The app as Streamlit runs it over a small library, for the tests of its pages."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from rag import load_settings, open_engine

APP = Path(__file__).parents[1] / "ui" / "app.py"
QUESTION = "市图书馆2023年的读者大会是哪一天召开的？"
SENTENCE = "3月5日，市图书馆召开2023年读者大会，馆长主持。"
FILES = {
    "2023-readers.txt": f"市图书馆2023年读者大会\n\n{SENTENCE}全年借书12.5万册次，比上年增长8%。\n"
    "会议部署了三项工作：延长开放时间、修复古籍、培训志愿者。\n",
    "2024-readers.txt": "市圖書館2024年讀者大會\n\n3月9日，市圖書館召開2024年讀者大會。"
    "全年借書１３萬册次，比上年增長４％。\n會議部署了兩項工作：增設分館、更新目錄。\n",
    "garden.md": "# Community garden\n\nThe community garden opened on 2 May 2024 with 40 plots. "
    "Each plot costs 15 yuan a month. Volunteers water the beds twice a week.\n",
}
BAD = b"\x00\x01\x02\xff\xfe\x00" * 40


def make_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of three documents, answered from in quotes."""
    monkeypatch.setenv("YINJU_MODE", "extractive")
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    with open_engine(load_settings()) as engine:
        report = engine.ingest([folder])
        assert len(report.added) == 3
    return load_settings().library


def app(page: str = "ask", language: str = "zh") -> AppTest:
    test = AppTest.from_file(str(APP), default_timeout=60)
    test.session_state["language"] = language
    test.run()
    if page != "ask":
        test.switch_page(f"views/{page}.py").run()
    assert not test.exception
    return test


def ask(test: AppTest, question: str) -> AppTest:
    test.chat_input[0].set_value(question).run()
    assert not test.exception
    return test


def shown(test: AppTest) -> str:
    """All text on the page, tags and escapes undone."""
    html = " ".join(element.value for element in test.get("html"))
    kinds = ("markdown", "caption", "title", "subheader", "info", "success", "error", "warning")
    words = [str(element.value) for kind in kinds for element in test.get(kind)]
    return " ".join([unescape(re.sub(r"<[^>]+>", "", html)), *words])


def claims(test: AppTest) -> list[dict[str, Any]]:
    """What each answer on the page is made of."""
    answers = test.get("bidi_component")
    return [claim for answer in answers for claim in json.loads(answer.proto.json)["claims"]]


def mark(test: AppTest) -> str:
    found = [
        match[1]
        for element in test.get("html")
        if (match := re.search(r"<mark[^>]*>(.*?)</mark>", element.value, re.DOTALL))
    ]
    assert len(found) == 1
    return unescape(found[0])
