"""Filters: which documents they leave, and that a narrowed search loses nothing that fits."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag import exact
from rag.errors import InputError, NothingFits
from rag.filters import Facts, Filters, select
from rag.legs import POOL
from rag.questions import read_question
from rag.retrieval import Retriever
from rag.store import Store
from tests.cli_helpers import here
from tests.libraries import open_store, put, write_files


def facts(name: str, **known: object) -> Facts:
    empty = {"date": None, "event_date": None, "publisher": None, "kind": None, "years": ()}
    return Facts(**{"id": name, "language": "zh", **empty, **known})  # type: ignore[arg-type]


HELD = [
    facts("bare"),
    facts(
        "meeting", event_date="2024-01-23", date="2024-02-01", years=(2024, 2023), kind="meeting"
    ),
    facts("law", date="2021-08-01", kind="law", publisher="云州省水利厅"),
    facts("month", event_date="2020-08", years=(2020,)),
    facts("year", event_date="2019"),
    facts("hant", publisher="環境保護署", date="2022-12-31", years=(2022,)),
    facts("en", language="en", publisher="Ministry of Water", years=(2023,), kind="report"),
]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        pytest.param(Filters(), {one.id for one in HELD}, id="none-set"),
        pytest.param(Filters(documents=("law", "en")), {"law", "en"}, id="documents"),
        pytest.param(Filters(years=(2023,)), {"meeting", "en"}, id="year"),
        pytest.param(Filters(years=(2021,)), {"law"}, id="year-of-publication"),
        pytest.param(Filters(years=(2019, 2020)), {"month", "year"}, id="any-of-two-years"),
        pytest.param(Filters(since="2022"), {"meeting", "hant"}, id="since-a-year"),
        pytest.param(Filters(since="2024-01-23"), {"meeting"}, id="since-the-very-day"),
        pytest.param(Filters(until="2020"), {"month", "year"}, id="until-a-year"),
        pytest.param(Filters(until="2020-08"), {"month", "year"}, id="until-its-month"),
        pytest.param(Filters(until="2019-03-05"), {"year"}, id="a-year-may-be-its-first-day"),
        pytest.param(Filters(since="2019-03-05", until="2019-06"), {"year"}, id="inside-a-year"),
        pytest.param(Filters(since="２０２２－１２"), {"meeting", "hant"}, id="full-width"),
        pytest.param(Filters(publishers=("环境保护署",)), {"hant"}, id="other-script"),
        pytest.param(Filters(publishers=("水利",)), {"law"}, id="part-of-a-name"),
        pytest.param(Filters(publishers=("ministry OF water",)), {"en"}, id="other-case"),
        pytest.param(Filters(language="en"), {"en"}, id="language"),
        pytest.param(Filters(kinds=("law", "report")), {"law", "en"}, id="kinds"),
        pytest.param(Filters(kinds=("法律法规",)), {"law"}, id="kind-by-its-label"),
        pytest.param(Filters(kinds=("meeting",), years=(2023,)), {"meeting"}, id="both"),
    ],
)
def test_select(filters: Filters, ids: set[str]) -> None:
    assert select(HELD, filters) == ids


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(years=(1999,)), "Of the 7 documents, none fits year 1999."),
        (
            Filters(kinds=("law",), language="en"),
            "Of the 1 documents that fit language en, none fits kind law.",
        ),
        (Filters(publishers=("　",)), "none fits publisher"),
        (Filters(since="2025"), "none fits since 2025"),
    ],
)
def test_the_filter_that_left_nothing_is_named(filters: Filters, said: str) -> None:
    with pytest.raises(NothingFits) as raised:
        select(HELD, filters)
    assert said in raised.value.message


@pytest.mark.parametrize(
    "filters",
    [
        Filters(since="yesterday"),
        Filters(until="2024-13"),
        Filters(since="2024-02-30"),
        Filters(kinds=("poem",)),
    ],
)
def test_a_wrong_value_is_told(filters: Filters) -> None:
    with pytest.raises(InputError) as raised:
        select(HELD, filters)
    assert raised.value.hint


def test_an_empty_library_is_no_matter_of_filters() -> None:
    assert select([], Filters(years=(2024,))) == frozenset()


MANY = {
    **{f"{n}.txt": f"港口年报{n}\n\n港口部署了起重机任务，第{n}号。" for n in range(3 * POOL)},
    "odd.txt": "鸟类观察\n\n候鸟在湿地过冬，数量逐年增加。",
    "bird.md": "# Birds\n\nGeese winter on the marsh. Their number grows.",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("many")
    opened = open_store(folder / "library")
    put(opened, write_files(folder / "files", MANY))
    yield opened
    opened.close()


def test_a_filter_loses_nothing_that_the_index_ranks_low(store: Store) -> None:
    question = read_question("港口部署了哪些起重机任务？")
    odd = store.document("odd.txt").id
    plain = Retriever(store).search(question, 100)
    assert odd not in {hit.chunk.document_id for hit in plain}
    narrowed = Retriever(store).search(question, 100, within={odd})
    assert {hit.chunk.document_id for hit in narrowed} == {odd}


def test_narrowed_to_everything_the_best_is_the_same(store: Store) -> None:
    question = read_question("第7号港口年报")
    everything = {one.id for one in store.facts()}
    hits = [Retriever(store).search(question, 3, within=within) for within in (None, everything)]
    assert hits[0][0].chunk.id == hits[1][0].chunk.id
    assert hits[0][0].score == pytest.approx(hits[1][0].score, abs=1e-5)


@pytest.mark.parametrize("gathered", [0, 10_000])
def test_gathered_or_all_compared_the_nearest_are_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch, gathered: int
) -> None:
    monkeypatch.setattr(exact, "GATHERED", gathered)
    vector = store.embed_question("起重机任务")
    chosen = {store.document(name).id for name in ("7.txt", "8.txt", "odd.txt", "bird.md")}
    found = store.exact.search(vector, 3, within=chosen)
    cosines = {key.split(":")[0]: cosine for key, cosine in found}
    assert set(cosines) <= chosen
    assert len(found) == 3
    assert [cosine for _, cosine in found] == sorted(cosines.values(), reverse=True)
    texts = {one.id: one for one in store.documents_by_id(sorted(chosen))}
    assert texts[found[0][0].split(":")[0]].title.startswith("港口年报")
    english = store.exact.search(vector, 3, within=chosen, language="en")
    assert {key.split(":")[0] for key, _ in english} == {store.document("bird.md").id}
    assert np.isfinite([cosine for _, cosine in english]).all()


def test_within_no_document_nothing_is_found(store: Store) -> None:
    assert Retriever(store).search(read_question("港口"), 5, within=frozenset()) == []


def test_the_terms_of_other_documents_are_not_found(store: Store) -> None:
    odd = store.document("odd.txt").id
    assert store.lexical.search({"港口": 1.0}, 10, within=[odd]) == []
    within = [store.document("7.txt").id]
    ((key, score),) = store.lexical.search({"港口": 1.0}, 10, within=within)
    everywhere = dict(store.lexical.search({"港口": 1.0}, 4 * POOL))
    assert score == pytest.approx(everywhere[key])


FILES = {
    "law.txt": "渔港管理条例\n（2021年7月29日市人大常委会会议通过）\n\n"
    "第一条 为了保护渔港，制定本条例。\n第二条 渔港内不得倾倒垃圾。",
    "meeting.txt": "渔港会议\n发布时间：2024-03-06 来源：渔港管理局\n\n"
    "2024年3月5日，渔港管理局召开会议。会议决定渔港内不得倾倒垃圾。",
    "brief.md": "# Harbour brief\n\nNo waste may be dumped in the harbour. It was agreed in 2023.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filtered")
    made = here("ingest", write_files(folder / "files", FILES), "--library", folder / "library")
    assert made.code == 0, made.err
    return folder / "library"


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--kind", "law"], {"law.txt"}),
        (["--kind", "law", "--kind", "会议"], {"law.txt", "meeting.txt"}),
        (["--document", "brief.md"], {"brief.md"}),
        (["--publisher", "漁港管理局"], {"meeting.txt"}),
        (["--language", "zh", "--since", "2022"], {"meeting.txt"}),
        (["--until", "2021-07"], {"law.txt"}),
        (["--year", "2023"], {"brief.md"}),
    ],
)
def test_search_on_the_command_line(library: Path, options: list[str], names: set[str]) -> None:
    found = here("search", "渔港内可以倾倒垃圾吗", *options, "--library", library, "--json").json
    assert {Path(hit["document"]).name for hit in found["hits"]} == names


def test_ask_cites_within_the_filter(library: Path, tmp_path: Path) -> None:
    question, options = "渔港内不得倾倒什么？", ["--kind", "law", "--mode", "extractive"]
    told = here("ask", question, *options, "--library", library, "--json").json
    assert told["answered"]
    assert {Path(one["document"]).name for one in told["citations"]} == {"law.txt"}
    assert told["citations"][0]["event_date"] == "2021-07-29"
    batch = tmp_path / "questions.jsonl"
    batch.write_text('{"id": 1, "question": "渔港内不得倾倒什么？"}\n', "utf-8")
    (row,) = here("ask", "--from", batch, *options, "--library", library).lines
    assert row["citations"] == told["citations"]
    plain = here("ask", question, "--kind", "meeting", *options[2:], "--library", library).out
    assert "渔港会议, 渔港管理局, 2024-03-05, 2024-03-06" in plain


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--year", "1999"], "Of the 3 documents, none fits year 1999."),
        (["--kind", "poem"], "There is no kind 'poem'. Kinds are meeting, speech"),
        (["--since", "soon"], "since 'soon' is no date."),
        (["--document", "none.txt"], "Document 'none.txt' is not in the library."),
    ],
)
@pytest.mark.parametrize("command", ["search", "ask"])
def test_a_filter_that_cannot_be_met_is_one_line(
    library: Path, command: str, options: list[str], said: str
) -> None:
    ended = here(command, "渔港", *options, "--library", library)
    assert ended.code == 1
    assert said in ended.only_line()


def test_the_help_names_every_kind() -> None:
    from rag.metadata import KINDS

    assert all(kind in here("search", "--help").out for kind in KINDS)
