"""The JSON that others rely on: every field of the contract, with its type."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any

import pytest
from click.testing import CliRunner

from rag.answering import Answerer
from rag.cli import cli
from rag.passages import LibraryPassages
from rag.presenting import answer_json, document_json, hits_json, show_json, summary_json
from rag.questions import read_question
from rag.records import Document
from rag.retrieval import Retriever
from rag.store import Store
from rag.summaries import Summarizer
from tests.answering_helpers import WordEmbedder, library, models_directory
from tests.fakes import ScriptedLLM

FILES = [
    (
        "报告-2024.txt",
        "2024年圖書館工作報告\n\n2024年3月5日，市圖書館召開年度工作會議。\n\n會議部署了九項重點任務。"
        "會議要求坚持以讀者為中心，不斷提高服務水平。\n",
    ),
    (
        "report-2023.txt",
        "2023年图书馆工作报告\n\n2023年3月1日，市图书馆召开年度工作会议。\n\n会议部署了七项重点任务。"
        "会议要求坚持以读者为中心，不断提高服务水平。\n",
    ),
    ("harbour.txt", "Harbour report 2022\n\nThe harbour board adopted five tasks for the port.\n"),
]
FORMULA = "2024年会议要求坚持以什么为中心？"

Shape = type | UnionType | list["Shape"] | dict[str, "Shape"]

PLACE: dict[str, Shape] = {
    "document": str,
    "document_id": str,
    "title": str,
    "date": str | None,
    "start": int,
    "end": int,
}
HIT: Shape = {**PLACE, "text": str, "score": float, "ranks": dict, "similarity": float | None}
ASK: Shape = {
    "question": str,
    "language": str,
    "answered": bool,
    "answer": str,
    "claims": [{"text": str, "citations": [int], "verdict": str, "support": float, "reason": str}],
    "citations": [{**PLACE, "number": int, "quote": str, "also_in": [{**PLACE, "quote": str}]}],
    "nearest": [{**PLACE, "text": str, "score": float}],
    "hits": [HIT],
    "notes": [str],
    "mode": str,
    "model": str,
    "seconds": dict,
    "tokens": {"prompt": int, "completion": int},
}
DOCUMENTS: Shape = [
    {
        "id": str,
        "path": str,
        "title": str,
        "date": str | None,
        "publisher": str | None,
        "language": str,
        "characters": int,
        "chunks": int,
        "encoding": str,
        "warnings": [str],
    }
]
SHOW: Shape = {
    "id": str,
    "path": str,
    "text": str,
    "removals": [{"start": int, "end": int, "text": str, "reason": str}],
    "warnings": [str],
}
SEARCH: Shape = {"question": str, "hits": [HIT], "seconds": float}
SUMMARY: Shape = {
    "document": str,
    "document_id": str,
    "title": {"zh": str | None, "en": str | None},
    "points": [
        {
            "zh": str | None,
            "en": str | None,
            "verdict": str,
            "citations": [{"start": int, "end": int, "quote": str}],
        }
    ],
    "coverage": {"sentences_read": int, "sentences_total": int},
    "mode": str,
    "model": str,
}


def check(value: Any, shape: Shape, where: str = "") -> None:
    """Every field of the shape is there with its type; more fields may be."""
    if isinstance(shape, dict):
        assert isinstance(value, dict), where
        for name, inner in shape.items():
            assert name in value, f"{where}.{name} is missing"
            check(value[name], inner, f"{where}.{name}")
    elif isinstance(shape, list):
        assert isinstance(value, list), where
        for number, item in enumerate(value):
            check(item, shape[0], f"{where}[{number}]")
    else:
        assert isinstance(value, shape), f"{where} is {value!r}"
        assert shape is not int or not isinstance(value, bool), where


def plain(value: Any) -> Any:
    """As another program reads it; JSON has no NaN."""
    return json.loads(json.dumps(value, ensure_ascii=False, allow_nan=False))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = library(tmp_path_factory.mktemp("presenting"), FILES, WordEmbedder())
    yield opened
    opened.close()


@pytest.fixture
def documents(store: Store) -> dict[str, Document]:
    return {document.id: document for document in store.documents()}


def test_an_answer_has_every_field_and_its_places_slice(
    store: Store, documents: dict[str, Document]
) -> None:
    result = plain(answer_json(Answerer(store, None).answer(FORMULA, k=8), documents))
    check(result, ASK)
    assert result["answered"] is True
    assert (result["language"], result["mode"], result["model"]) == ("zh", "extractive", "")
    (citation,) = result["citations"]
    assert citation["document"].endswith("报告-2024.txt")
    assert citation["title"] == "2024年圖書館工作報告"
    (other,) = citation["also_in"]
    assert other["document"].endswith("report-2023.txt")
    for place in (citation, other):
        text = documents[place["document_id"]].text
        assert text[place["start"] : place["end"]] == place["quote"]
    assert result["claims"][0]["verdict"] == "supported"
    assert set(result["seconds"]) == {"retrieve", "write", "total"}


@pytest.mark.parametrize("question", ["企鹅吃什么？", "Who won the football cup?"])
def test_a_refusal_has_the_same_fields(
    store: Store, documents: dict[str, Document], question: str
) -> None:
    result = plain(answer_json(Answerer(store, None).answer(question, k=8), documents))
    check(result, ASK)
    assert (result["answered"], result["claims"], result["citations"]) == (False, [], [])
    assert result["nearest"]
    for near in result["nearest"]:
        text = documents[near["document_id"]].text
        assert text[near["start"] : near["end"]] == near["text"]


def test_an_answer_from_contexts_names_them(store: Store) -> None:
    contexts = ["会议部署了八项重点任务。"]
    answer = Answerer(store, ScriptedLLM("会议部署了八项重点任务[1]。")).answer(
        "会议部署了几项重点任务？", k=8, contexts=contexts
    )
    result = plain(answer_json(answer, {}))
    check(result, ASK)
    (citation,) = result["citations"]
    assert (citation["document"], citation["document_id"]) == ("context-1", "context-1")
    assert (citation["title"], citation["date"], citation["also_in"]) == ("", None, [])
    assert contexts[0][citation["start"] : citation["end"]] == citation["quote"]
    assert (result["mode"], result["model"]) == ("openai", "scripted")
    assert result["tokens"]["prompt"] > 0


@pytest.mark.parametrize("question", [FORMULA, "How many tasks did the harbour board adopt?"])
def test_hits_slice_the_clean_text(
    store: Store, documents: dict[str, Document], question: str
) -> None:
    hits = plain(hits_json(Retriever(store).search(read_question(question), 3), documents))
    assert hits
    check(hits, [HIT])
    for hit in hits:
        assert documents[hit["document_id"]].text[hit["start"] : hit["end"]] == hit["text"]
        assert set(hit["ranks"]) <= {"dense", "lexical", "rerank"}
        assert all(rank >= 1 for rank in hit["ranks"].values())


def test_documents_and_their_text(store: Store, documents: dict[str, Document]) -> None:
    counts = store.count_chunks()
    rows = plain([document_json(item, counts[item.id]) for item in documents.values()])
    check(rows, DOCUMENTS)
    assert {row["language"] for row in rows} == {"zh", "en"}
    for row in rows:
        shown = plain(show_json(documents[row["id"]]))
        check(shown, SHOW)
        assert len(shown["text"]) == row["characters"]
        assert row["chunks"] >= 1
        raw = store.raw(row["id"]).decode("utf-8")
        for removal in shown["removals"]:
            assert raw[removal["start"] : removal["end"]] == removal["text"]
            assert removal["reason"]


@pytest.mark.parametrize("llm", [False, True])
def test_a_summary(store: Store, documents: dict[str, Document], llm: bool) -> None:
    passages = LibraryPassages(store, Retriever(store))
    for document in documents.values():
        writer = ScriptedLLM(*["Words 文字"] * 20) if llm else None
        summarizer = Summarizer(embed=store.embed, similarity=passages.similarity, llm=writer)
        summary = summarizer.summarize(document, passages.sentences_of(document.id))
        result = plain(summary_json(summary, document))
        check(result, SUMMARY)
        assert result["points"]
        for point in result["points"]:
            for place in point["citations"]:
                assert document.text[place["start"] : place["end"]] == place["quote"]
            assert point["verdict"] in {"supported", "unsupported"}
            assert bool(point["reason"]) is (point["verdict"] != "supported")


@pytest.mark.models
def test_the_commands_print_what_the_contract_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YINJU_MODELS", str(models_directory()))
    monkeypatch.setenv("YINJU_MODE", "extractive")
    for name, text in FILES:
        (tmp_path / name).write_text(text, "utf-8")

    def run(*arguments: str) -> Any:
        result = CliRunner().invoke(cli, [*arguments, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    ingested = run("ingest", *(name for name, _ in FILES))
    assert len(ingested["added"]) == 3
    rows = run("documents")
    check(rows, DOCUMENTS)
    assert {row["path"] for row in rows} == {name for name, _ in FILES}
    check(run("show", "harbour.txt"), SHOW)
    check(run("search", "会议部署了几项重点任务？"), SEARCH)
    check(run("ask", "2024年会议部署了几项重点任务？"), ASK)
    assert len(run("summarize", "--out", "out")["written"]) == 3
    for path in (tmp_path / "out").glob("*.json"):
        check(json.loads(path.read_text("utf-8")), SUMMARY)
