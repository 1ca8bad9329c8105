"""BM25 on disk: shares between 0 and 1, both scripts, incremental, blind across languages."""

from collections import Counter
from math import log
from pathlib import Path

import pytest

from rag import lexical_reading
from rag.disk import clear_folder
from rag.errors import LibraryError
from rag.lexical import Entry, LexicalIndex
from rag.lexical_reading import MOST_SOUGHT
from rag.text import content_terms, search_terms

TEXTS = {
    "zh:0": "会议部署了持续推进污染防治攻坚的重点任务。",
    "zh:1": "会议总结了生态保护修复的主要成效。",
    "hant:0": "會議討論了碳排放權交易市場的運行情況。",
    "en:0": "The meeting set tasks for cutting pollution in PM2.5 and ozone.",
    "en:1": "Carbon markets opened to more industries last year.",
    "mixed:0": "全国碳市场 (national carbon market) 于2021年启动。",
}


def entry(key: str, terms: list[str]) -> Entry:
    document = key.partition(":")[0]
    return Entry(key, document, "en" if document.startswith("en") else "zh", terms)


def entries(*keys: str) -> list[Entry]:
    return [entry(key, search_terms(TEXTS[key])) for key in keys]


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    made = LexicalIndex(tmp_path / "索引 index")
    made.replace([], entries(*TEXTS))
    return made


def ask(index: LexicalIndex, question: str, k: int = 10) -> list[tuple[str, float]]:
    return index.search(Counter(content_terms(question)), k)


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("污染防治攻坚有哪些任务？", "zh:0"),
        ("汙染防治攻堅", "zh:0"),
        ("生态保护修复的成效", "zh:1"),
        ("碳排放权交易", "hant:0"),
        ("碳排放權交易", "hant:0"),
        ("What tasks cut PM2.5?", "en:0"),
        ("Ｗｈａｔ ｃｕｔｓ ｏｚｏｎｅ？", "en:0"),
        ("Which industries joined?", "en:1"),
        ("When did the 全国碳市场 start?", "mixed:0"),
    ],
)
def test_the_best_chunk_comes_first(index: LexicalIndex, question: str, best: str) -> None:
    assert ask(index, question)[0][0] == best


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_score_is_a_share(index: LexicalIndex, text: str) -> None:
    scores = [score for _, score in ask(index, text)]
    assert scores == sorted(scores, reverse=True)
    assert 0.3 < scores[0] <= 1
    assert all(0 < score < scores[0] for score in scores[1:])


def test_words_that_stand_nowhere_lower_the_share(index: LexicalIndex) -> None:
    whole = dict(ask(index, "污染防治攻坚"))["zh:0"]
    part = dict(ask(index, "污染防治攻坚与量子计算机芯片产业政策"))["zh:0"]
    assert part < whole / 2


def test_blind_across_languages(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "lexical")
    index.replace([], entries("zh:0", "zh:1", "hant:0"))
    assert ask(index, "What key tasks did the meeting set against pollution?") == []
    mixed = ask(index, "What does 会议 say about pollution, carbon markets and ozone?")
    assert all(score < 0.15 for _, score in mixed)


def test_inverse_document_frequency_is_the_formula(index: LexicalIndex) -> None:
    holding = sum("会议" in search_terms(text) for text in TEXTS.values())
    expected = log(1 + (len(TEXTS) - holding + 0.5) / (holding + 0.5))
    found = index.frequencies(["会议", "量子"])
    assert found["会议"] == pytest.approx(expected)
    assert found["量子"] == pytest.approx(log(1 + (len(TEXTS) + 0.5) / 0.5))


def test_rare_terms_are_the_same_chunks_in_other_units(index: LexicalIndex) -> None:
    terms = Counter(content_terms("污染防治攻坚的任务 ozone"))
    ideal = sum(index.frequencies(terms).values()) / log(1 + (len(TEXTS) - 0.5) / 1.5)
    held = index.seek(terms).rare_terms(10)
    assert held == [(key, pytest.approx(share * ideal)) for key, share in index.search(terms, 10)]
    assert len(held) > 1


@pytest.mark.parametrize(
    ("asked", "more"),
    [
        ("污染防治攻坚", "污染防治攻坚与量子计算机芯片产业政策"),
        ("汙染防治攻堅", "汙染防治攻堅與量子計算機晶片產業政策"),
        ("ozone and PM2.5", "ozone and PM2.5 or quantum computers, chips and industrial policy"),
        ("全国碳市场 national", "全国碳市场 national 量子计算机 quantum chips"),
    ],
)
def test_terms_that_stand_nowhere_take_no_rare_term_away(
    index: LexicalIndex, asked: str, more: str
) -> None:
    short = index.seek(Counter(content_terms(asked))).rare_terms(10)
    assert short[0][1] > 0.5
    assert index.seek(Counter(content_terms(more))).rare_terms(10) == short


def test_a_question_longer_than_any_search_is_cut_to_what_tells_most(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "lexical")
    common = [f"word{number}" for number in range(3 * MOST_SOUGHT)]
    chunks = [entry(f"{name}:0", [*common, name]) for name in ("alpha", "beta", "gamma")]
    index.replace([], chunks)
    found = index.seek(Counter([*common, "beta"])).rare_terms(10)
    assert found[0][0] == "beta:0"
    assert found[0][1] > found[1][1]


def test_a_heavier_term_counts_for_more(index: LexicalIndex) -> None:
    even = dict(index.search({"ozone": 1.0, "carbon": 1.0}, 10))
    heavy = dict(index.search({"ozone": 9.0, "carbon": 1.0}, 10))
    assert heavy["en:0"] > even["en:0"]
    assert heavy["en:1"] < even["en:1"]


def test_replacing_drops_the_old_chunks(index: LexicalIndex) -> None:
    index.replace(["zh", "en"], [entry("zh:0", search_terms("全新的内容"))])
    assert len(index) == 3
    assert ask(index, "污染防治攻坚") == []
    assert ask(index, "ozone") == []
    assert ask(index, "全新的内容")[0][0] == "zh:0"


def test_shares_hold_when_most_chunks_are_gone(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "lexical")
    many = [entry(f"d{i}:0", search_terms(f"会议 ozone {i}")) for i in range(60)]
    index.replace([], [*many, *entries("zh:0", "en:0")])
    index.replace([f"d{i}" for i in range(60)], [])
    assert len(index) == 2
    for question in ("会议 ozone", "污染防治攻坚"):
        scores = [score for _, score in ask(index, question)]
        assert scores
        assert all(0 < score <= 1 for score in scores), question


def test_it_stays_on_disk(index: LexicalIndex, tmp_path: Path) -> None:
    again = LexicalIndex(tmp_path / "索引 index")
    assert len(again) == len(TEXTS)
    assert ask(again, "污染防治") == ask(index, "污染防治")


def test_a_reader_sees_what_a_writer_did(index: LexicalIndex, tmp_path: Path) -> None:
    reader = LexicalIndex(tmp_path / "索引 index")
    index.replace(["en"], [entry("en:7", ["brandnew"])])
    reader.refresh()
    assert [key for key, _ in reader.search({"brandnew": 1.0}, 5)] == ["en:7"]
    assert reader.search({"ozone": 1.0}, 5) == []


def test_cleared_and_empty(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "index")
    assert index.search({"会议": 1.0}, 5) == []
    index.replace([], entries(*TEXTS))
    assert index.search({}, 5) == []
    assert len(ask(index, "会议", k=1)) == 1
    clear_folder(tmp_path / "index")
    assert ask(LexicalIndex(tmp_path / "index"), "会议") == []


@pytest.mark.parametrize("gone", [["zh"], ["en", "mixed"], ["hant", "zh", "en"]])
def test_removed_leaves_no_trace_in_scores(tmp_path: Path, gone: list[str]) -> None:
    """Tantivy itself counts removed chunks until it happens to merge them away."""
    index, fresh = LexicalIndex(tmp_path / "index"), LexicalIndex(tmp_path / "fresh")
    long = [entry("long:0", search_terms("生态环境保护工作会议 carbon market 2024 " * 40))]
    index.replace([], [*entries(*TEXTS), *long])
    for document in gone:
        index.replace([document], [])
    fresh.replace([], [one for one in [*entries(*TEXTS), *long] if one.document_id not in gone])
    for question in (
        "碳排放權交易市場",
        "会议部署了什么",
        "carbon market 2024",
        "全国碳市场 in 2021",
    ):
        assert ask(index, question) == ask(fresh, question)


def test_scores_are_tantivy_s_where_nothing_was_removed(index: LexicalIndex) -> None:
    import tantivy

    terms = search_terms("carbon market 全国碳市场 会议部署")
    query = tantivy.Query.boolean_query(
        [
            (tantivy.Occur.Should, tantivy.Query.term_query(index._schema, "terms", term, "freq"))
            for term in sorted(set(terms))
        ]
    )
    searcher = index._index.searcher()
    theirs = {
        searcher.doc(address)["chunk"][0]: score for score, address in searcher.search(query).hits
    }
    weights = dict.fromkeys(sorted(set(terms)), 1.0)
    ideal = sum(index.frequencies(weights).values()) * 2.2
    ours = {key: score * ideal for key, score in index.search(weights, 10)}
    assert ours == pytest.approx(theirs, rel=1e-5)


def test_damage_is_one_line(tmp_path: Path) -> None:
    LexicalIndex(tmp_path)
    (tmp_path / "meta.json").write_bytes(b"\x00 not json")
    with pytest.raises(LibraryError, match="yinju rebuild") as caught:
        LexicalIndex(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("first", [1, 3, 512])
@pytest.mark.parametrize("removed", [False, True])
def test_looked_through_or_told_to_tantivy_the_same_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int, removed: bool
) -> None:
    """Of many documents the best of all are looked through, until enough of theirs is found."""
    monkeypatch.setattr(lexical_reading, "LOOKED_THROUGH", first)
    monkeypatch.setattr(lexical_reading, "LOOKED_THROUGH_STEP", 2)
    monkeypatch.setattr(lexical_reading, "SPARE", 2)
    index = LexicalIndex(tmp_path / "lexical")
    texts = {
        f"文件{number}": f"报告 report {number % 7} 第{number}号 harbour" for number in range(90)
    }
    index.replace([], [entry(f"{key}:0", search_terms(text)) for key, text in texts.items()])
    if removed:
        index.replace(list(texts)[::5], [])
    for within in (list(texts)[::2], list(texts)[10:12], ["nobody"], []):
        for question in ("报告 第3号", "harbour 5", "report 77 文件", "otters"):
            found = []
            for few in (0, 10_000):
                monkeypatch.setattr(lexical_reading, "FEW", few)
                terms = Counter(search_terms(question))
                found.append(index.search(terms, 8, within=within))
            assert found[0] == found[1]
            assert {key.split(":")[0] for key, _ in found[0]} <= set(within)


@pytest.mark.parametrize("few", [0, 10_000])
def test_searches_for_the_same_terms_agree_with_searches_of_their_own(
    index: LexicalIndex, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(lexical_reading, "FEW", few)
    terms = Counter(content_terms("会议 碳市场 carbon market ozone 2021"))
    shared = index.seek(terms)
    for within in (None, ["zh", "mixed"], ["en"], ["hant", "en"], []):
        found = shared.rare_terms(3, within=within)
        assert found == index.seek(terms).rare_terms(3, within=within)
        assert bool(found) == (within != [])


def test_told_their_language_the_same_chunks_are_found(index: LexicalIndex) -> None:
    sought = index.seek(Counter(content_terms("会议 碳市场 carbon market ozone 2021")))
    chinese = ["zh", "hant", "mixed"]
    found = sought.rare_terms(10, within=chinese)
    assert sought.rare_terms(10, within=chinese, language="zh") == found
    assert sought.rare_terms(10, language="zh") == found
    assert {key for key, _ in found} >= {"mixed:0", "hant:0"}
    assert {key for key, _ in sought.rare_terms(10, language="en")} == {"en:0", "en:1"}


def test_terms_sought_do_not_see_what_is_written_later(index: LexicalIndex) -> None:
    sought = index.seek({"ozone": 1.0})
    before = sought.rare_terms(5)
    index.replace(["en"], [entry("en:9", ["ozone"])])
    assert sought.rare_terms(5) == before
    assert [key for key, _ in index.seek({"ozone": 1.0}).rare_terms(5)] == ["en:9"]
