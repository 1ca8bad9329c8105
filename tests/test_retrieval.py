"""Finding passages: years, repeats, both languages, and the ranks that are shown."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag import retrieval
from rag.asked import SHORTEST_SENTENCE, Asked, says_something
from rag.chunking import estimate_tokens
from rag.embedding import E5Embedder
from rag.questions import read_question
from rag.records import Hit
from rag.retrieval import YEAR_BONUS, Retriever, sentence_texts
from rag.settings import load_settings
from rag.store import Store
from tests.libraries import open_store, put, write_files

SERIES = "会议指出，要统筹推进生态环境保护。会议部署了各项重点任务。"
CORPUS = {
    **{f"{year}年会议.txt": f"{year}年工作会议\n\n{SERIES}" for year in (2022, 2023, 2024)},
    "空气.txt": "空气质量\n\n全市细颗粒物浓度下降了三成，优良天数明显增加。",
    "碳市場.txt": "碳市場\n\n碳排放權交易市場擴大了行業範圍，納入鋼鐵和水泥企業。",
    "air.md": "# Air quality\n\nFine particle levels fell by a third and clean air days rose.",
    "harbour.md": "# Harbour\n\nThe harbour bought three cranes and dredged its channel.",
    "school.txt": "学校食堂\n\n学校食堂每周公布菜单，学生可以提出意见。",
}


def find(store: Store, question: str, k: int = 20, **options: object) -> list[Hit]:
    return Retriever(store).search(read_question(question), k, **options)  # type: ignore[arg-type]


def paths(store: Store, hits: list[Hit]) -> list[str]:
    named = {each.id: Path(each.path).name for each in store.documents()}
    return [named[hit.chunk.document_id] for hit in hits]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    directory = tmp_path_factory.mktemp("hashed")
    made = open_store(directory / "library")
    put(made, write_files(directory / "files", CORPUS))
    yield made
    made.close()


def test_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    empty = open_store(tmp_path / "library")
    assert find(empty, "会议") == []
    empty.close()


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("2022年会议部署了哪些任务？", "2022年会议.txt"),
        ("２０２３年會議部署了哪些任務？", "2023年会议.txt"),
        ("民國113年的會議部署了什麼？", "2024年会议.txt"),
        ("二〇二二年的会议指出了什么？", "2022年会议.txt"),
        ("What did the 2023 会议 say about 生态环境保护?", "2023年会议.txt"),
    ],
)
def test_the_report_of_the_year_asked_for_comes_first(
    store: Store, question: str, path: str
) -> None:
    hits = find(store, question)
    assert paths(store, hits)[0] == path
    assert hits[0].score > hits[1].score


def test_a_year_adds_its_bonus_and_no_more(store: Store) -> None:
    asked = read_question("２０２３年会议部署了哪些任务？")
    retriever = Retriever(store)
    plain = {hit.chunk.id: hit.score for hit in retriever.search(replace(asked, years=()), 20)}
    gained = {
        path: round(hit.score - plain[hit.chunk.id], 5)
        for hits in [retriever.search(asked, 20)]
        for path, hit in zip(paths(store, hits), hits, strict=True)
    }
    assert gained.pop("2023年会议.txt") == YEAR_BONUS
    assert set(gained.values()) == {0}


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("碳排放权交易市场纳入了哪些企业？", "碳市場.txt"),
        ("碳排放權交易市場", "碳市場.txt"),
        ("How many cranes did the harbour buy?", "harbour.md"),
        ("学校食堂的菜单", "school.txt"),
        ("What does the ＨＡＲＢＯＵＲ own?", "harbour.md"),
    ],
)
def test_the_passage_is_found(store: Store, question: str, path: str) -> None:
    assert paths(store, find(store, question))[0] == path


def test_hits_are_ranked_and_say_where_they_stood(store: Store) -> None:
    hits = find(store, "碳排放權交易市場")
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].ranks == {"dense": 1, "lexical": 1, "rerank": 1}
    assert [hit.ranks["rerank"] for hit in hits] == sorted(hit.ranks["rerank"] for hit in hits)
    assert len({hit.ranks["dense"] for hit in hits}) == len(hits)
    blind = [hit for hit in hits if "lexical" not in hit.ranks]
    assert blind, "terms stand nowhere in an English passage"
    assert all(hit.similarity is not None and -1 <= hit.similarity <= 1.001 for hit in hits)
    assert find(store, "碳排放權交易市場") == hits, "the same every time"


def test_k_and_within_limit_the_hits(store: Store) -> None:
    assert find(store, "会议", 2) == find(store, "会议", 20)[:2]
    harbour = store.document("harbour.md").id
    assert paths(store, find(store, "会议部署了哪些任务？", within={harbour})) == ["harbour.md"]
    assert find(store, "会议", within=set()) == []


def test_repeated_text_is_ranked_once(tmp_path: Path) -> None:
    repeated = {
        "甲/文.txt": "同一份通知\n\n各地要开展能源审计，按时上报结果。",
        "乙/文.txt": "同一份通知\n\n各地要开展能源审计，按时上报结果。",
        "丙/文.txt": "同一份通知\n\n各地要開展能源審計，按時上報結果。",
        "丁/文.txt": "另一份通知\n\n各地要开展水量审计，按月上报结果。",
    }
    for name in repeated:
        (tmp_path / "files" / name).parent.mkdir(parents=True)
    store = open_store(tmp_path / "library")
    put(store, write_files(tmp_path / "files", repeated))
    assert len(store.documents()) == 4
    texts = [hit.chunk.text for hit in find(store, "能源审计")]
    assert sum("能源" in text or "能源審計" in text for text in texts) == 1
    assert sum("水量" in text for text in texts) == 1
    store.close()


def test_a_hit_is_a_place_in_its_document(store: Store) -> None:
    for hit in find(store, "会议 harbour"):
        document = store.documents_by_id([hit.chunk.document_id])[0]
        assert hit.chunk.text == hit.chunk.span.slice(document.text)
        for span, sentence in zip(hit.chunk.sentences, sentence_texts(hit.chunk), strict=True):
            assert sentence == span.slice(document.text)


def test_languages_are_centred(store: Store) -> None:
    question = read_question("会议部署了哪些任务？")
    retriever = Retriever(store)
    shifts = retriever.shifts(question, store.embed_question(question.text))
    assert shifts["zh"] == 0
    assert shifts["en"] > 0, "English passages lie further from a Chinese question"


LABELLED = {
    "labelled.txt": "</div>\n\n港口去年疏浚了航道，并且修好了两座码头的照明。\n\nFigure 2",
    "水.txt": "自来水厂每天检查一次水质，并把结果贴在门口的公告栏里。",
}


@pytest.mark.parametrize(
    "question", ["What is shown in </div> Figure 2?", "</div> Figure 2 ２ 是什么？", "Figure 2"]
)
def test_labels_are_no_best_sentence(tmp_path: Path, question: str) -> None:
    store = open_store(tmp_path / "library")
    put(store, write_files(tmp_path / "files", LABELLED))
    retriever = Retriever(store)
    vector = store.embed_question(question)
    (labelled,) = store.chunks_of(store.document("labelled.txt").id)
    of_all = retriever.sentence_similarities(vector, [labelled])[labelled.id]
    best = Asked(store, read_question(question)).best_sentences([labelled])[labelled.id]
    assert best in [pytest.approx(cosine) for cosine in of_all]
    assert best < max(of_all)
    store.close()


@pytest.mark.parametrize(
    "unit",
    ["水", "國", "ab ", "é", "Ünder ", "a1 ", "９", ".", "a.b ", "カ", "word\n", "水a "],
)
def test_a_sentence_says_something_by_its_estimated_tokens(unit: str) -> None:
    for count in range(1, 30):
        text = unit * count
        assert says_something(text) == (estimate_tokens(text) >= SHORTEST_SENTENCE), text


@pytest.mark.parametrize("question", ["2023年的会议部署了什么？", "Who dredged 港口 in ２０２４?"])
@pytest.mark.parametrize("k", [1, 3, 8])
def test_what_is_not_read_would_not_have_been_found(
    store: Store, monkeypatch: pytest.MonkeyPatch, question: str, k: int
) -> None:
    monkeypatch.setattr(retrieval, "RERANKED", 3)
    found = find(store, question, k)
    monkeypatch.setattr(retrieval, "_near", lambda _, found, __: sorted(found.scores))
    assert found == find(store, question, k)


@pytest.mark.parametrize(
    ("question", "favoured"),
    [("2023年的会议部署了什么？", "harbour.md"), ("Who dredged 港口 in ２０２４?", "空气.txt")],
)
def test_a_favoured_document_is_looked_at_and_gains_a_little(
    store: Store, monkeypatch: pytest.MonkeyPatch, question: str, favoured: str
) -> None:
    monkeypatch.setattr("rag.legs.POOL", 1)
    (own,) = (one.id for one in store.documents() if one.path.endswith(favoured))
    alone = find(store, question, 1, within=[own])[0]
    found = {hit.chunk.id: hit.score for hit in find(store, question, 20, favoured=[own])}
    assert found[alone.chunk.id] == pytest.approx(alone.score + retrieval.FAVOUR, abs=1e-5)
    plain = {hit.chunk.id: hit.score for hit in find(store, question, 20)}
    others = {key for key in plain if key in found and not key.startswith(own)}
    assert others
    assert {key: found[key] for key in others} == {key: plain[key] for key in others}
    elsewhere = [one.id for one in store.documents() if one.id != own]
    narrowed = find(store, question, 20, within=elsewhere, favoured=[own])
    assert narrowed == find(store, question, 20, within=elsewhere)


def test_a_passage_of_labels_keeps_its_own_cosine(tmp_path: Path) -> None:
    store = open_store(tmp_path / "library")
    put(store, write_files(tmp_path / "files", {"a.txt": "Figure 2", "b.txt": "图二"}))
    hits = find(store, "Figure 2")
    assert hits[0].chunk.text == "Figure 2"
    assert hits[0].similarity == pytest.approx(1, abs=1e-4)
    store.close()


@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize("path", ["空气.txt", "碳市場.txt", "harbour.md", "school.txt"])
def test_a_whole_document_is_a_question(store: Store, path: str, times: int) -> None:
    text = " ".join([CORPUS[path]] * times)
    assert paths(store, find(store, text))[0] == path


def test_scripts_and_widths_find_the_same(store: Store) -> None:
    simplified = find(store, "碳排放权交易市场扩大了行业范围 PM2.5")
    for asked in (
        "碳排放權交易市場擴大了行業範圍 PM2.5",
        "碳排放權交易市場擴大了行業範圍 ＰＭ２.５",
    ):
        assert paths(store, find(store, asked)) == paths(store, simplified)


# With the real embedder


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    directory = tmp_path_factory.mktemp("real")
    made = open_store(directory / "library", lambda: E5Embedder(load_settings().models))
    put(made, write_files(directory / "files", CORPUS))
    yield made
    made.close()


@pytest.mark.models
@pytest.mark.parametrize(
    ("question", "both"),
    [
        ("How much did fine particle pollution fall?", {"air.md", "空气.txt"}),
        ("细颗粒物浓度下降了多少？", {"air.md", "空气.txt"}),
        ("細顆粒物濃度下降了多少？", {"air.md", "空气.txt"}),
    ],
)
def test_a_question_finds_its_passages_in_both_languages(
    real: Store, question: str, both: set[str]
) -> None:
    hits = find(real, question)
    assert set(paths(real, hits)[:2]) == both
    assert all({"dense", "rerank"} <= hit.ranks.keys() for hit in hits[:2])


@pytest.mark.models
@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("What was dredged?", "harbour.md"),
        ("How many cranes does the harbour own?", "harbour.md"),
        ("港口的 cranes 有几台？", "harbour.md"),
        ("港口的起重機有幾台？", "harbour.md"),
        ("Which 行业 joined the carbon market?", "碳市場.txt"),
    ],
)
def test_files_of_the_other_language_hide_none(real: Store, question: str, path: str) -> None:
    assert paths(real, find(real, question))[0] == path


@pytest.mark.models
@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("Which industries joined the carbon market?", "碳市場.txt"),
        ("港口买了几台起重机？", "harbour.md"),
        ("Can pupils comment on the canteen menu?", "school.txt"),
        ("2023年会议部署了什么？", "2023年会议.txt"),
        ("What did the 2022 meeting decide on ecological protection?", "2022年会议.txt"),
    ],
)
def test_the_other_language_is_found(real: Store, question: str, path: str) -> None:
    assert paths(real, find(real, question))[0] == path
