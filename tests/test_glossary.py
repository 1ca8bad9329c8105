"""The glossary is well-formed, and finds its entries in both languages and every script."""

import re
from pathlib import Path

import pytest

from rag.glossary import entries, expand, translate_terms
from rag.records import Language
from rag.text import HAN, fold, search_terms
from rag.text.terms import ENGLISH_FUNCTION_WORDS

FILE = Path(__file__).parents[1] / "rag" / "glossary.tsv"
PHRASE = re.compile(r"[a-z0-9][a-z0-9.' ]*[a-z0-9]")
RENDERING = re.compile(f"[{HAN}a-z0-9.]*[{HAN}][{HAN}a-z0-9.]*")
MOST_RENDERINGS = 4


def phrases(question: str) -> list[str]:
    return [phrase for phrase, _ in translate_terms(question)]


def test_file_is_sorted_and_unique() -> None:
    lines = FILE.read_bytes().decode("utf-8").split("\n")
    assert lines.pop() == "", "the file ends with a line break"
    keys = [line.split("\t")[0] for line in lines]
    assert keys == sorted(set(keys))
    assert len(keys) > 9000


def test_every_entry_is_well_formed() -> None:
    for phrase, renderings in entries():
        assert PHRASE.fullmatch(phrase), phrase
        assert "  " not in phrase
        assert phrase not in ENGLISH_FUNCTION_WORDS - {"list"}, phrase
        assert 1 <= len(set(renderings)) == len(renderings) <= MOST_RENDERINGS, phrase
        for rendering in renderings:
            assert RENDERING.fullmatch(rendering), (phrase, rendering)
            assert rendering == fold(rendering), (phrase, rendering)
            assert len(rendering) > 1, (phrase, rendering)


def test_every_english_entry_is_found_as_itself() -> None:
    """Two entries that read the same would hide one another."""
    for phrase, renderings in entries():
        assert translate_terms(f"the {phrase}")[0] == (phrase, renderings)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("Who chaired it?", ["chair"], id="ed-after-e-less-stem"),
        pytest.param("who presided there", ["preside"], id="ed-after-e"),
        pytest.param("It was offered.", ["offer"], id="ed-no-doubling"),
        pytest.param("What was planned?", ["plan"], id="doubled-consonant"),
        pytest.param("two campaigns", ["campaign"], id="plural"),
        pytest.param("the two policies", ["policy"], id="plural-ies"),
        pytest.param("greenhouse gases", ["greenhouse gas"], id="plural-ses"),
        pytest.param("is promoting it", ["promote"], id="ing-after-e"),
        pytest.param("it was held", ["hold"], id="irregular"),
        pytest.param("It applied", ["apply"], id="ied"),
        pytest.param("two feet", ["foot"], id="irregular-plural"),
        pytest.param("it was stolen", ["steal"], id="irregular-participle"),
        pytest.param("São Paulo, ＳÃＯ ＰＡＵＬＯ", ["sao paulo"], id="accents"),
        pytest.param("in Düsseldorf, 圣保罗", ["dusseldorf", "圣保罗"], id="accents-mixed"),
        pytest.param("the programme is modernised", ["program", "modernize"], id="british"),
        pytest.param("black-and-odorous water", ["black and odorous water"], id="hyphen"),
        pytest.param("one size fits all", ["one size fits all"], id="space"),
        pytest.param("ＳＨＡＮＤＯＮＧ", ["shandong"], id="full-width"),
        pytest.param("the US and the WHO", ["united states", "world health organization"], id="us"),
        pytest.param("who told us that it is so", [], id="not-codes"),
        pytest.param("WHO TOLD US?", [], id="all-capitals"),
        pytest.param("What is it, and why would they do so?", [], id="function-words"),
        pytest.param("List the provinces.", ["province"], id="order-to-list"),
        pytest.param("Which list?", ["list"], id="list"),
        pytest.param("goods, news and means", ["goods", "news", "means"], id="plural-of-its-own"),
        pytest.param("China's provinces", ["china", "province"], id="possessive"),
        pytest.param("vice minister", ["vice minister"], id="longest"),
        pytest.param("谁主持了党组会议？", ["主持", "党组会议"], id="zh"),
        pytest.param("誰主持了黨組會議？", ["主持", "党组会议"], id="zh-hant"),
        pytest.param("哪些？为什么是这个呢", [], id="zh-function-words"),
        pytest.param("碳达峰的目标", ["碳达峰", "目标"], id="zh-longest"),
        pytest.param(
            "Who chaired the 党组会议 in Beijing?", ["chair", "beijing", "党组会议"], id="mixed"
        ),
        pytest.param("", [], id="empty"),
        pytest.param("？！…", [], id="marks"),
    ],
)
def test_finding(question: str, expected: list[str]) -> None:
    assert phrases(question) == expected


@pytest.mark.parametrize(
    ("question", "language", "text"),
    [
        pytest.param("carbon peaking", "en", "实现碳达峰", id="en"),
        pytest.param("Ｃａｒｂｏｎ　ｐｅａｋｉｎｇ", "en", "碳達峰", id="en-full-width"),
        pytest.param("谁主持召开会议", "zh", "The meeting was convened.", id="zh"),
        pytest.param("誰主持召開會議", "zh", "a conference", id="zh-hant"),
        pytest.param("碳达峰 in Shandong", "en", "山东", id="mixed-en"),
        pytest.param("碳达峰 in Shandong", "zh", "carbon peaking", id="mixed-zh"),
    ],
)
def test_expansion_meets_text_in_the_other_language(
    question: str, language: Language, text: str
) -> None:
    assert set(expand(question, language)) & set(search_terms(text))


@pytest.mark.parametrize(
    ("question", "language", "count"),
    [
        ("Which province?", "en", 1),
        ("Who chaired the meeting in Beijing?", "en", 3),
        ("Beijing and Beijing", "en", 1),
        ("哪份清单？", "zh", 1),
        ("党组会议在北京", "zh", 2),
        ("黨組會議在北京", "zh", 2),
        ("Who, and why?", "en", 0),
        ("北京", "en", 0),
        ("beijing", "zh", 0),
    ],
)
def test_an_entry_weighs_one(question: str, language: Language, count: int) -> None:
    assert sum(expand(question, language).values()) == pytest.approx(count)
