"""What a question means inside a conversation, and which passages stay at hand for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.answering import Answerer
from rag.errors import EndpointError
from rag.followups.conversation import exchange_of, hear
from rag.followups.rephrasing import holds
from rag.questions import read_question
from rag.records import Exchange
from rag.retrieval import Retriever
from rag.store import Store
from tests.answering_helpers import WordEmbedder, library
from tests.fakes import ScriptedLLM

FILES = (
    (
        "2023.txt",
        "2023年读者大会纪要\n\n3月5日，市图书馆召开2023年读者大会，馆长王立主持。",
    ),
    (
        "2024.txt",
        "2024年读者大会纪要\n\n3月9日，市图书馆召开2024年读者大会，馆长李明主持。",
    ),
    ("garden.md", "# Community garden\n\nThe community garden opened in May 2024 with 40 plots."),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = library(tmp_path, FILES, WordEmbedder())
    yield made
    made.close()


def asked_of(store: Store, question: str) -> Exchange:
    return exchange_of(Answerer(store, None).answer(question, k=4))


def test_a_follow_up_is_understood_and_its_sources_stay_candidates(store: Store) -> None:
    first = asked_of(store, "2023年读者大会由谁主持？")
    assert first.cited
    heard = hear("那2024年呢？", [first], store, None)
    assert heard.question == heard.standalone == "2024年读者大会由谁主持？"
    assert {key.rpartition(":")[0] for key in heard.candidates} == {key for key, _ in first.cited}
    assert heard.documents == tuple(dict.fromkeys(key for key, _ in first.cited))


def test_candidates_are_ranked_with_what_is_found(store: Store) -> None:
    (garden,) = [one for one in store.documents() if one.title == "Community garden"]
    chunk = store.chunks_of(garden.id)[0]
    retriever = Retriever(store)
    question = read_question("2023年读者大会由谁主持？")
    others = [one.id for one in store.documents() if one.id != garden.id]
    hits = retriever.search(question, 9, within=others, candidates=[chunk.id])
    assert chunk.id not in {hit.chunk.id for hit in hits}, "a filter holds for candidates too"
    hits = retriever.search(question, 9, candidates=[chunk.id, "gone:0"])
    assert hits[-1].chunk.id == chunk.id, "nothing is added to its score"


def test_a_question_asked_again_is_heard_as_the_first_time(store: Store) -> None:
    first = asked_of(store, "2023年读者大会由谁主持？")
    refused = Exchange(question="2020年读者大会由谁主持？")
    once = hear("那2020年呢？", [first], store, None)
    assert once.question == refused.question
    assert hear("那2020年呢？", [first, refused], store, None) == once
    assert (
        hear("2020年读者大会由谁主持?", [first, refused], store, None).candidates == once.candidates
    )
    after = hear("那2024年呢？", [first, refused], store, None)
    assert after.question == "2024年读者大会由谁主持？", "it works from the question refused last"


def test_a_document_that_left_the_library_is_no_candidate(store: Store) -> None:
    first = asked_of(store, "2023年读者大会由谁主持？")
    with store.writing():
        for key, _ in first.cited:
            store.remove(key)
    heard = hear("那2024年呢？", [first], store, None)
    assert heard.candidates == heard.documents == ()


def test_an_endpoint_words_the_follow_up(store: Store) -> None:
    first = Exchange(question="2023年读者大会由谁主持？", answer="王立主持。")
    llm = ScriptedLLM("2024年读者大会是由谁主持的？")
    heard = hear("那2024年呢？", [first], store, llm)
    assert heard.standalone == "2024年读者大会是由谁主持的？"
    assert "王立主持" in llm.sent[0][-1]["content"]
    assert hear("2024年读者大会部署了几项任务？", [first], store, ScriptedLLM()).standalone == ""
    local = ScriptedLLM(mode="llama")
    assert hear("那2024年呢？", [first], store, local).question == "2024年读者大会由谁主持？"


def test_a_wording_with_a_name_of_its_own_gives_way_to_ours(store: Store) -> None:
    first = Exchange(question="2023年读者大会由谁主持？")
    llm = ScriptedLLM("2024年读者大会由李明主持吗？")
    assert hear("那2024年呢？", [first], store, llm).question == "2024年读者大会由谁主持？"
    with pytest.raises(EndpointError):
        hear("那2024年呢？", [first], store, ScriptedLLM(EndpointError("down", "try again")))


@pytest.mark.parametrize(
    ("reply", "question", "last", "fits"),
    [
        ("2024年大会谁主持？", "那2024年呢？", "2023年大会谁主持？", True),
        ("2025年大会谁主持？", "那2024年呢？", "2023年大会谁主持？", False),
        ("2024年大会部长黄某主持吗？", "那2024年呢？", "2023年大会谁主持？", False),
        ("Who chaired the 2024 meeting?", "and in 2024?", "Who chaired the 2023 meeting?", True),
        ("Did Mary chair the 2024 meeting?", "and in 2024?", "Who chaired the meeting?", False),
        ("Who chaired the 45 meetings?", "and in 2024?", "Who chaired the meeting?", False),
        ("谁主持？", "and in 2024?", "Who chaired the meeting?", False),
        ("", "那2024年呢？", "2023年大会谁主持？", False),
        ("大会" * 300, "那2024年呢？", "2023年大会谁主持？", False),
        ("２０２４年大會誰主持？", "那2024年呢？", "2023年大会谁主持？", True),
    ],
)
def test_a_wording_brings_in_no_name_and_no_number(
    reply: str, question: str, last: str, fits: bool
) -> None:
    assert holds(reply, question, [Exchange(question=last)]) is fits
