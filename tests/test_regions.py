"""Taiwan and the Mainland call things by different words; a question finds both."""

from pathlib import Path

import pytest

from rag.lexical import Entry, LexicalIndex
from rag.questions import read_question
from rag.text import search_terms
from rag.text.regions import regional_wordings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("软件开发", ("软体开发",), id="mainland"),
        pytest.param("軟體開發", ("软件开发",), id="taiwan"),
        pytest.param("软体开发", ("软件开发",), id="taiwan-in-simplified"),
        pytest.param("計程車怎麼收費？", ("出租车怎么收费?",), id="taiwan-own-list"),
        pytest.param("防治废物", ("防制废弃物",), id="mainland-own-list"),
        pytest.param("软件和廢棄物", ("软件和废物", "软体和废弃物"), id="both"),
        pytest.param("Who wrote the 軟體?", ("who wrote the 软件?",), id="mixed"),
        pytest.param("ＡＩ軟體", ("ai软件",), id="full-width"),
        pytest.param("谁主持了会议？", (), id="the-same-in-both"),
        pytest.param("Who chaired the meeting?", (), id="en"),
        pytest.param("", (), id="empty"),
        pytest.param("？！", (), id="marks"),
    ],
)
def test_wordings(text: str, expected: tuple[str, ...]) -> None:
    assert regional_wordings(text) == expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("出租车怎么收费？", "計程車依里程表收費。"),
        ("計程車怎麼收費？", "出租车按里程收费。"),
        ("噪声污染防治", "噪音管制及空氣污染防制"),
        ("Which 軟體 is used?", "所用软件"),
    ],
)
def test_a_question_finds_the_other_sides_words(question: str, text: str, tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    index.replace([], [Entry("it", "it", "zh", search_terms(text))])
    read = read_question(question)
    shares = [dict(index.search(terms, 1)).get("it", 0.0) for terms in (read.terms, *read.regional)]
    assert max(shares[1:]) > shares[0]


def test_years_are_left_out_of_every_wording() -> None:
    read = read_question("2023年的軟體")
    assert read.regional
    assert not any("2023" in terms for terms in (read.terms, *read.regional))
