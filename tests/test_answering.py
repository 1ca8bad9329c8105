"""A question to a checked answer or a typed refusal, from a real store."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering import MOST_QUESTION, Answerer
from rag.assembling import NEAREST
from rag.embedding import E5Embedder
from rag.errors import EndpointError, EndpointGarbled, InputError
from rag.llm.openai_compatible import OpenAICompatible
from rag.llm.opening import open_llm
from rag.records import Answer, Missing
from rag.store import Store
from tests.answering_helpers import WordEmbedder, library, models_directory
from tests.fakes import ScriptedLLM
from tests.servers import breaks_off, chat_server, says

ITEMS = [
    f"{number}是改进第{number}类服务，{'方便读者借阅，' * 5}定期检查。"
    for number in "一二三四五六七八"
]
FILES = [
    (
        "library-2023.txt",
        "2023年图书馆工作报告\n\n2023年3月1日，市图书馆召开年度工作会议。\n\n会议部署了七项重点任务。"
        "会议要求坚持以读者为中心，不断提高服务水平。全年借书12.5万册次。\n",
    ),
    (
        "library-2024.txt",
        "2024年图书馆工作报告\n\n2024年3月5日，市图书馆召开年度工作会议。\n\n会议部署了九项重点任务。"
        "会议要求坚持以读者为中心，不断提高服务水平。全年借书14.8万册次。\n",
    ),
    (
        "harbour.txt",
        "Harbour report 2022\n\nThe harbour board met in Oslo on 3 May 2022.\n\n"
        "The board adopted five tasks for the port. Cargo grew 6%.\n",
    ),
    (
        "traditional.txt",
        "公車路線檢討\n\n公車路線檢討會議於民國110年4月2日舉行，一百二十人出席。\n",
    ),
    ("services.txt", "服务改进清单\n\n服务改进包括以下几个方面。\n" + "\n".join(ITEMS) + "\n"),
]
TASKS_2024 = "2024年的会议部署了几项重点任务？"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = library(tmp_path_factory.mktemp("answering"), FILES, WordEmbedder())
    yield opened
    opened.close()


@pytest.fixture
def quoting(store: Store) -> Answerer:
    return Answerer(store, None)


def names(store: Store) -> dict[str, str]:
    return {document.id: Path(document.path).name for document in store.documents()}


def held(store: Store) -> object:
    """Everything a question could change if it stored anything."""
    tables = [path.stat().st_size for path in sorted(store.directory.rglob("*")) if path.is_file()]
    return [document.id for document in store.documents()], store.count_chunks(), len(tables)


def check_quotes(answer: Answer, store: Store) -> None:
    texts = {document.id: document.text for document in store.documents()}
    for citation in answer.citations:
        for place in (citation, *citation.also_in):
            assert place.quote == texts[place.document_id][place.span.start : place.span.end]


ANSWERED = [
    (TASKS_2024, "会议部署了九项重点任务。", "library-2024.txt"),
    ("2023年的会议部署了几项重点任务？", "会议部署了七项重点任务。", "library-2023.txt"),
    ("二〇二四年的会议部署了几项重点任务？", "会议部署了九项重点任务。", "library-2024.txt"),
    ("２０２３年的會議部署了幾項重點任務？", "会议部署了七项重点任务。", "library-2023.txt"),
    (
        "How many tasks did the board adopt for the port?",
        "The board adopted five tasks for the port.",
        "harbour.txt",
    ),
    (
        "公车路线检讨会议于何时举行？",
        "公車路線檢討會議於民國110年4月2日舉行，一百二十人出席。",
        "traditional.txt",
    ),
]


@pytest.mark.parametrize(("question", "quoted", "name"), ANSWERED)
def test_the_answer_is_quoted_from_the_right_document(
    quoting: Answerer, store: Store, question: str, quoted: str, name: str
) -> None:
    answer = quoting.answer(question, k=8)
    assert answer.answered
    assert (answer.mode, answer.model) == ("extractive", "")
    assert [claim.verdict for claim in answer.claims] == ["supported"] * len(answer.claims)
    assert answer.citations[0].quote == quoted
    assert names(store)[answer.citations[0].document_id] == name
    assert set(answer.seconds) == {"retrieve", "write", "total"}
    check_quotes(answer, store)


@pytest.mark.parametrize(("year", "other"), [("2023", "2024"), ("2024", "2023")])
def test_a_formula_of_two_years_opens_in_the_year_asked_for(
    quoting: Answerer, store: Store, year: str, other: str
) -> None:
    answer = quoting.answer(f"{year}年会议要求坚持以什么为中心？", k=8)
    (citation,) = answer.citations
    assert names(store)[citation.document_id] == f"library-{year}.txt"
    assert [names(store)[place.document_id] for place in citation.also_in] == [
        f"library-{other}.txt"
    ]
    check_quotes(answer, store)


def test_the_stream_ends_with_the_answer_and_shows_its_text_before(quoting: Answerer) -> None:
    *pieces, answer = quoting.stream(TASKS_2024, k=8)
    assert isinstance(answer, Answer)
    assert "".join(map(str, pieces)) == answer.text == "会议部署了九项重点任务。[1]"


def test_a_list_question_gets_the_whole_list_over_several_chunks(
    quoting: Answerer, store: Store
) -> None:
    document = next(item for item in store.documents() if item.title == "服务改进清单")
    assert len(store.chunks_of(document.id)) > 1
    answer = quoting.answer("服务改进包括以下哪些方面？", k=8)
    assert [claim.text for claim in answer.claims] == ["服务改进包括以下几个方面。", *ITEMS]
    check_quotes(answer, store)


REFUSED = [("企鹅吃什么？", "zh"), ("企鵝吃什麼？", "zh"), ("Who won the football cup?", "en")]


@pytest.mark.parametrize(("question", "language"), REFUSED)
def test_a_refusal_cites_nothing_and_shows_the_nearest(
    quoting: Answerer, store: Store, question: str, language: str
) -> None:
    answer = quoting.answer(question, k=8)
    assert not answer.answered
    assert answer.language == language
    assert answer.text.startswith("资料库里没有" if language == "zh" else "The library holds no")
    assert (answer.claims, answer.citations) == ((), ())
    assert 1 <= len(answer.nearest) <= NEAREST
    texts = {document.id: document.text for document in store.documents()}
    for near in answer.nearest:
        assert near.text == near.span.slice(texts[near.document_id])


def test_refusals_and_answers_do_not_wear_off(store: Store) -> None:
    llm = ScriptedLLM("会议部署了九项重点任务[1]。")
    answerer = Answerer(store, llm)
    asked = ["企鹅吃什么？", "企鹅吃什么？", TASKS_2024, "企鹅吃什么？"]
    answers = [answerer.answer(question, k=8) for question in asked]
    assert [answer.answered for answer in answers] == [False, False, True, False]
    refusals = [replace(answer, seconds={}) for answer in answers if not answer.answered]
    assert refusals[0] == refusals[1] == refusals[2]
    assert len(llm.sent) == 1
    assert refusals[2].tokens.prompt == 0


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2019年会议部署了几项重点任务？", "没有2019年的报告"),
        ("二〇一九年會議部署了幾項重點任務？", "没有2019年的报告"),
        ("民國108年會議部署了幾項重點任務？", "没有2019年的报告"),
        ("How many tasks did the board adopt in 2019?", "no report for 2019"),
    ],
)
def test_a_year_not_held_is_named_with_those_that_are(
    quoting: Answerer, question: str, said: str
) -> None:
    answer = quoting.answer(question, k=8)
    assert not answer.answered
    assert said in answer.text
    assert answer.missing == Missing(years=(2019,), nearest_years=(2021,))
    assert "2021" in answer.text


@pytest.mark.parametrize(
    ("question", "said"), [("开会了吗？", "资料库是空的"), ("Did it meet?", "library is empty")]
)
def test_an_empty_library_says_so(tmp_path: Path, question: str, said: str) -> None:
    empty = library(tmp_path, [], WordEmbedder())
    answer = Answerer(empty, None).answer(question, k=8)
    assert said in answer.text
    assert "yinju ingest" in answer.text
    assert (answer.answered, answer.nearest, answer.hits) == (False, (), ())
    empty.close()


@pytest.mark.parametrize("question", ["", " \n", "　", "？", "?!…", "几" * (MOST_QUESTION + 1)])
def test_an_empty_or_endless_question_is_an_input_error(quoting: Answerer, question: str) -> None:
    with pytest.raises(InputError) as raised:
        quoting.answer(question, k=8)
    assert raised.value.hint


def test_within_limits_the_documents(quoting: Answerer, store: Store) -> None:
    ids = {name: key for key, name in names(store).items()}
    question = "会议部署了几项重点任务？"
    for name in ("library-2023.txt", "library-2024.txt"):
        *_, answer = quoting.stream(question, k=8, within=[ids[name]])
        assert isinstance(answer, Answer)
        assert {citation.document_id for citation in answer.citations} == {ids[name]}


CONTEXTS = ["博物馆周一闭馆。", "The museum lends 700 paintings.", "博物館藏有三百件瓷器。"]


@pytest.mark.parametrize(
    ("question", "quoted", "where"),
    [
        ("博物馆藏有多少件瓷器？", "博物館藏有三百件瓷器。", 3),
        ("How many paintings does the museum lend?", "The museum lends 700 paintings.", 2),
    ],
)
def test_contexts_stand_in_for_the_library(
    quoting: Answerer, store: Store, question: str, quoted: str, where: int
) -> None:
    before = held(store)
    answer = quoting.answer(question, k=8, contexts=CONTEXTS)
    assert answer.answered
    assert answer.citations[0].quote == quoted
    for citation in answer.citations:
        number = int(citation.document_id.removeprefix("context-")) - 1
        assert citation.span.slice(CONTEXTS[number]) == citation.quote
        assert citation.also_in == ()
    assert answer.citations[0].document_id == f"context-{where}"
    assert held(store) == before


@pytest.mark.parametrize("contexts", [[], [""], ["  \n"], ["今天天气很好。"]])
def test_contexts_that_do_not_answer_are_refused(quoting: Answerer, contexts: list[str]) -> None:
    answer = quoting.answer("会议部署了几项重点任务？", k=8, contexts=contexts)
    assert (answer.answered, answer.citations) == (False, ())
    assert "ingest" not in answer.text


def written(store: Store, *replies: str, question: str = TASKS_2024) -> tuple[Answer, ScriptedLLM]:
    llm = ScriptedLLM(*replies)
    return Answerer(store, llm).answer(question, k=8), llm


def test_a_good_reply_is_cited(store: Store) -> None:
    answer, llm = written(store, "2024年的会议部署了九项重点任务[1]。")
    assert answer.text == "2024年的会议部署了九项重点任务。[1]"
    assert [claim.verdict for claim in answer.claims] == ["supported"]
    assert answer.citations[0].quote == "会议部署了九项重点任务。"
    assert (answer.mode, answer.model, answer.notes) == ("openai", "scripted", ())
    assert answer.tokens == llm.usage
    assert answer.tokens.prompt > 0
    assert "（2024年图书馆工作报告）会议部署了九项重点任务。" in llm.sent[0][-1]["content"]
    check_quotes(answer, store)


@pytest.mark.parametrize(
    ("question", "reply", "note"),
    [
        (TASKS_2024, "会议部署了八项重点任务[1]。", "没有得到资料支持"),
        (TASKS_2024, "没有依据", "没有得到资料支持"),
        (TASKS_2024, "資料裡沒有依據。", "没有得到资料支持"),
        (TASKS_2024, "会议部署了许多重点任务[1]。", "没有得到资料支持"),
        (TASKS_2024, "", "没有得到资料支持"),
        (TASKS_2024, "[1]", "没有得到资料支持"),
        (ANSWERED[4][0], "no evidence", "was not supported"),
        (ANSWERED[4][0], "The board adopted several tasks [1].", "was not supported"),
        (ANSWERED[4][0], "The board adopted six tasks for the port [1].", "was not supported"),
    ],
)
def test_a_reply_that_does_not_hold_is_replaced_by_quotes(
    store: Store, question: str, reply: str, note: str
) -> None:
    answer, _ = written(store, reply, question=question)
    assert answer.answered
    assert any(note in item for item in answer.notes)
    assert all(claim.verdict == "supported" for claim in answer.claims)
    assert answer.citations[0].quote in {quoted for _, quoted, _ in ANSWERED}
    check_quotes(answer, store)


def test_invented_markers_are_told_and_not_shown(store: Store) -> None:
    answer, _ = written(store, "2024年的会议部署了九项重点任务[1][42]。")
    assert "42" not in answer.text
    assert answer.notes == ("删除了1个不存在的引用编号。",)


def test_a_false_sentence_beside_a_true_one_is_labelled(store: Store) -> None:
    answer, _ = written(store, "会议部署了九项重点任务[1]。全年借书99万册次[1]。")
    assert [claim.verdict for claim in answer.claims] == ["supported", "unsupported"]
    assert "99万" in answer.claims[1].reason


def test_the_embedded_model_is_cited_by_our_code_whatever_it_numbers(store: Store) -> None:
    llm = ScriptedLLM("2024年的会议部署了九项重点任务[3]。", mode="llama")
    answer = Answerer(store, llm).answer(TASKS_2024, k=8)
    assert answer.citations[0].quote == "会议部署了九项重点任务。"
    assert answer.claims[0].reason.startswith("Cited by Yinju")
    assert answer.mode == "llama"


def test_an_error_in_mid_stream_reaches_the_caller_and_nothing_is_kept(store: Store) -> None:
    before = held(store)
    llm = ScriptedLLM(["会议部署了", EndpointGarbled("It broke off.", "Ask again.")])
    pieces: list[str | Answer] = []
    with pytest.raises(EndpointError, match="broke off"):
        pieces.extend(Answerer(store, llm).stream(TASKS_2024, k=8))
    assert not any(isinstance(piece, Answer) for piece in pieces)
    assert held(store) == before


def test_a_real_endpoint_answers_and_breaks_off(store: Store) -> None:
    with chat_server([breaks_off("会议部署"), says("会议部署了九项", "重点任务[1]。")]) as server:
        llm = OpenAICompatible(base_url=server.base_url, model="test-model", retries=0, timeout=5)
        answerer = Answerer(store, llm)
        with pytest.raises(EndpointError):
            answerer.answer(TASKS_2024, k=8)
        answer = answerer.answer(TASKS_2024, k=8)
    assert answer.text == "会议部署了九项重点任务。[1]"
    assert (answer.mode, answer.model) == ("openai", "test-model")


# With the real models


@pytest.fixture(scope="module")
def real_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = library(tmp_path_factory.mktemp("real"), FILES[:3], E5Embedder(models_directory()))
    yield opened
    opened.close()


@pytest.mark.models
def test_questions_cross_languages(real_store: Store) -> None:
    answerer = Answerer(real_store, None)
    answer = answerer.answer("How many key tasks did the 2024 library meeting set?", k=8)
    assert answer.language == "en"
    assert answer.answered
    assert answer.citations[0].quote == "会议部署了九项重点任务。"
    assert any("quoted, in the language of its source" in note for note in answer.notes)
    check_quotes(answer, real_store)


@pytest.mark.models
@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("The 2024 library meeting set nine key tasks [1].", "supported"),
        ("The 2024 library meeting set eight key tasks [1].", "quoted"),
    ],
)
def test_a_reply_in_another_language_is_held_to_its_numbers(
    real_store: Store, reply: str, verdict: str
) -> None:
    llm = ScriptedLLM(reply)
    question = "How many key tasks did the 2024 library meeting set?"
    answer = Answerer(real_store, llm).answer(question, k=8)
    assert ("nine" in answer.text) is (verdict == "supported")
    assert "eight" not in answer.text
    assert bool(answer.notes) is (verdict == "quoted")
    assert answer.citations[0].quote == "会议部署了九项重点任务。"


@pytest.mark.models
def test_the_embedded_models_answer_with_checked_claims(real_store: Store) -> None:
    llm = open_llm(
        "llama",
        base_url=None,
        api_key=None,
        model=None,
        timeout=60.0,
        retries=0,
        context_tokens=8192,
        models_directory=models_directory(),
    )
    answer = Answerer(real_store, llm).answer(TASKS_2024, k=8)
    assert (answer.mode, answer.answered) == ("llama", True)
    assert "九" in answer.text or "9" in answer.text
    assert "会议部署了九项重点任务。" in {citation.quote for citation in answer.citations}
    assert any(claim.verdict == "supported" for claim in answer.claims)
    check_quotes(answer, real_store)
