"""In the app: how a question was understood, changed and taken back; sides and coverage."""

import re
import shutil
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rag import Missing
from tests.ui_helpers import APP, app, ask, claims, make_library, shown
from ui.strings import say
from ui.understanding import missing_facts

pytestmark = pytest.mark.models

FIRST = "2023年读者大会是哪一天召开的？"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library to copy, so that its files are read once."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("made")
        patch.setenv("YINJU_LIBRARY", str(folder / "library"))
        return make_library(folder, patch)


@pytest.fixture(autouse=True)
def library(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YINJU_MODE", "extractive")
    return Path(shutil.copytree(made, tmp_path / "library"))


def turns(test: AppTest) -> list[str]:
    return [turn.question for turn in test.session_state["conversation"].turns]


@pytest.mark.parametrize(
    ("language", "follow_up", "words"),
    [("zh", "那2024年呢？", "理解为"), ("en", "and in 2024?", "Understood as")],
)
def test_a_follow_up_shows_how_it_was_understood(language: str, follow_up: str, words: str) -> None:
    test = ask(app(language=language), FIRST)
    assert words not in shown(test)
    ask(test, follow_up)
    answer = test.session_state["conversation"].turns[1].answer
    assert answer.standalone == "2024年读者大会是哪一天召开的？"
    assert f"{answer.standalone}" in shown(test)
    assert words in shown(test)
    assert "3月9日" in claims(test)[-1]["text"]


def test_the_wording_can_be_changed_and_is_asked_instead() -> None:
    test = ask(ask(app(), FIRST), "那2024年呢？")
    test.text_area(key="rewording_1").set_value("2024年会议部署了哪两项工作？")
    button = next(one for one in test.button if one.label == "按此提问")
    button.click().run()
    assert not test.exception
    assert turns(test) == [FIRST, "2024年会议部署了哪两项工作？"]
    assert "增設分館" in shown(test)


def test_a_chip_leaves_out_what_it_says_and_can_be_restored() -> None:
    test = ask(app(), "2024年读者大会借书多少册次？")
    chip = test.button(key="chip_0_0")
    assert "2024" in chip.label
    chip.click().run()
    assert not test.exception
    (turn,) = test.session_state["conversation"].turns
    assert turn.without == ("year:2024",)
    assert not [one for one in turn.answer.understood if one.key == "year:2024"]
    assert "去掉了 1 项" in shown(test)
    test.button(key="restore_0").click().run()
    (turn,) = test.session_state["conversation"].turns
    assert not turn.without
    assert [one.key for one in turn.answer.understood] == ["year:2024"]


def test_an_earlier_turn_stays_when_it_is_asked_again() -> None:
    test = ask(ask(app(), "2024年读者大会借书多少册次？"), "社区花园的每块地一个月多少钱？")
    test.button(key="chip_0_0").click().run()
    assert turns(test) == [
        "2024年读者大会借书多少册次？",
        "社区花园的每块地一个月多少钱？",
        "2024年读者大会借书多少册次？",
    ]


def test_sides_stand_apart_and_citations_stay_numbered_once() -> None:
    test = ask(app(), "2023年和2024年的读者大会分别是哪一天召开的？")
    answer = test.session_state["conversation"].turns[0].answer
    assert [side.label for side in answer.sides] == ["2023年", "2024年"]
    assert len(test.get("bidi_component")) == 2
    texts = [claim["text"] for claim in claims(test)]
    assert any("3月5日" in text for text in texts)
    assert any("3月9日" in text for text in texts)
    test.button(key=f"open_0_{answer.citations[-1].number}").click().run()
    assert not test.exception
    assert "yj-quote" in " ".join(element.value for element in test.get("html"))


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "只回答了一部分"), ("en", "A partial answer")]
)
def test_a_side_without_evidence_makes_a_partial_answer(language: str, words: str) -> None:
    test = ask(app(language=language), "2022年和2024年的读者大会分别是哪一天召开的？")
    answer = test.session_state["conversation"].turns[0].answer
    assert answer.answered
    assert answer.missing.years == (2022,)
    assert words in shown(test)


@pytest.mark.parametrize(
    ("language", "question", "words"),
    [
        ("zh", "全文提到多少次读者大会？", r"通读 3 份文档，(\d+) / \1 个段落"),
        ("en", "How many times are plots mentioned?", r"Read (\d+) of \1 passages in 3 documents"),
        ("zh", "资料库里有没有提到恐龙？", "没有提到“恐龙”"),
    ],
)
def test_a_whole_document_question_says_how_much_was_read(
    language: str, question: str, words: str
) -> None:
    test = ask(app(language=language), question)
    assert re.search(words, shown(test))


def test_a_conversation_kept_before_these_fields_opens(library: Path) -> None:
    test = ask(app(), FIRST)
    (kept,) = (library / "conversations").glob("*.json")
    text = kept.read_text("utf-8")
    for field in ("without", "standalone", "coverage", "understood", "sides"):
        text = re.sub(rf'\s*"{field}": (?:null|"[^"]*"|\[[^\[\]]*\]),', "", text)
    kept.write_text(text, "utf-8")
    again = AppTest.from_file(str(APP), default_timeout=60)
    again.session_state["language"] = "zh"
    again.query_params["c"] = test.session_state["conversation"].id
    again.run()
    assert not again.exception
    assert claims(again) == claims(test)


def test_what_is_missing_is_listed_in_words() -> None:
    missing = Missing(
        years=(2022,),
        nearest_years=(2021, 2024),
        publishers=("城市局",),
        documents=("年报",),
        parts=("票价",),
    )
    assert missing_facts(missing, partial(say, "zh")) == [
        "没有这些年份的依据：2022；最接近的年份：2021、2024",
        "没有这些机构的依据：城市局",
        "这些文档里没有：年报",
        "没有依据的部分：票价",
    ]
    assert (
        missing_facts(missing, partial(say, "en"))[0]
        == "Nothing for: 2022; nearest years: 2021, 2024"
    )
    assert missing_facts(Missing(), partial(say, "en")) == []
