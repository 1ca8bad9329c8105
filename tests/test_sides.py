"""Questions with several sides or parts, answered side by side from a real store."""

from collections.abc import Iterator

import pytest

from rag.answering import Answerer
from rag.embedding import E5Embedder
from rag.records import Answer, Missing
from rag.store import Store
from rag.text import fold
from tests.answering_helpers import library, models_directory
from tests.fakes import ScriptedLLM
from tests.reports import REPORTS


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    embedder = E5Embedder(models_directory())
    opened = library(tmp_path_factory.mktemp("sides"), REPORTS.items(), embedder)
    yield opened
    opened.close()


def ask(store: Store, question: str) -> Answer:
    answer = Answerer(store, None).answer(question, k=8)
    texts = {document.id: document.text for document in store.documents()}
    for citation in answer.citations:
        for place in (citation, *citation.also_in):
            assert place.quote == place.span.slice(texts[place.document_id])
    numbers = {citation.number for citation in answer.citations}
    assert numbers == set(range(1, len(numbers) + 1))
    assert all(set(claim.citations) <= numbers for claim in answer.claims)
    for side in answer.sides:
        assert side.kind == "part" or side.text in answer.text
        assert all(0 <= index < len(answer.claims) for index in side.claims)
    return answer


def said_of(answer: Answer, value: str) -> str:
    """What the claims of one side say, folded."""
    (side,) = [side for side in answer.sides if side.value == value]
    return fold(" ".join(answer.claims[index].text for index in side.claims))


COMPARED = [
    (
        "东岭市图书馆2021年和2023年的接待读者人次有何不同？",
        {"2021": "31万", "2023": "45万"},
        Missing(),
    ),
    (
        "東嶺市圖書館２０２１年與２０２２年外借圖書各多少冊次？",
        {"2021": "18.2万", "2022": "16.5万"},
        Missing(),
    ),
    (
        "东岭市图书馆2023年和2024年的购书经费分别是多少？",
        {"2023": "240万", "2024": ""},
        Missing(years=(2024,), nearest_years=(2023,)),
    ),
    (
        "How many ships called at Northport between 2019 and 2022?",
        {"2019": "612", "2020": "", "2021": "", "2022": "655"},
        Missing(years=(2020, 2021), nearest_years=(2019, 2022)),
    ),
    (
        "Who chaired the Northport Harbour Board in 2019 and in 2022?",
        {"2019": "ingrid dahl", "2022": "tomas berg"},
        Missing(),
    ),
    (
        "2022年东岭市图书馆和西河区文化馆的经费总额各是多少？",
        {"东岭市图书馆": "840万", "西河区文化馆": "430万"},
        Missing(),
    ),
    (
        "民國112年和民國113年南港鎮的垃圾回收率有什麼變化？",
        {"2023": "五十八", "2024": "六十三"},
        Missing(),
    ),
]


@pytest.mark.parametrize(("question", "said", "missing"), COMPARED)
def test_each_side_has_its_own_evidence(
    store: Store, question: str, said: dict[str, str], missing: Missing
) -> None:
    answer = ask(store, question)
    assert answer.answered
    assert [side.value for side in answer.sides] == list(said)
    assert {side.value: side.answered for side in answer.sides} == {
        value: bool(words) for value, words in said.items()
    }
    for value, words in said.items():
        assert words in said_of(answer, value)
        for other in set(said.values()) - {words, ""}:
            assert other not in said_of(answer, value)
    assert answer.missing == missing
    assert all(one.role in {"side", "filter"} for one in answer.understood)


def test_a_side_without_a_report_says_so_with_the_nearest_years(store: Store) -> None:
    answer = ask(store, "东岭市图书馆2023年和2024年的购书经费分别是多少？")
    assert "没有2024年的报告；最接近的年份：2023年" in answer.text
    answer = ask(store, "What was the budget of Northport in 2019 and 2021?")
    assert "no report for 2021; nearest: 2019, 2022" in answer.text


YEARS = [
    ("哪些年的报告提到流动图书车？", {2022, 2023}),
    ("哪幾年提到古籍？", {2022}),
    ("何文作了哪几年的报告？", {2022, 2023}),
    ("Which years mention dredging of the northern channel?", {2019, 2022}),
    ("In which years did Ingrid Dahl chair the board?", {2019}),
    ("東嶺市圖書館歷年外借圖書多少冊次？", {2021, 2022, 2023}),
]


@pytest.mark.parametrize(("question", "years"), YEARS)
def test_whichever_years_say_it_are_listed_with_a_quote(
    store: Store, question: str, years: set[int]
) -> None:
    answer = ask(store, question)
    assert {int(side.value) for side in answer.sides} == years
    assert all(side.answered for side in answer.sides)
    assert not answer.missing
    assert any("2019" in note and "2023" in note for note in answer.notes) or "東嶺" in question


@pytest.mark.parametrize(
    "question", ["哪些年的报告提到了核电站？", "Which years mention a nuclear plant?"]
)
def test_what_no_year_mentions_is_refused(store: Store, question: str) -> None:
    answer = ask(store, question)
    assert (answer.answered, answer.claims, answer.sides) == (False, (), ())
    assert answer.nearest


PARTS = [
    ("东岭市图书馆2021年外借多少册次，馆内养了几只猫？", ["18.2万"], ("馆内养了几只猫",)),
    ("2022年東嶺市圖書館的館長是誰？購書經費是多少？", ["陈立群", "195万"], ()),
    ("How many ships called in 2019 and how many lighthouses are there?", ["612"],
     ("how many lighthouses are there",)),
    ("Who chaired the Northport board in 2022 and what was the budget?",
     ["tomas berg", "44 million"], ()),
]  # fmt: skip


@pytest.mark.parametrize(("question", "said", "missing"), PARTS)
def test_one_part_is_answered_though_another_is_not(
    store: Store, question: str, said: list[str], missing: tuple[str, ...]
) -> None:
    answer = ask(store, question)
    claims = fold(" ".join(claim.text for claim in answer.claims))
    assert answer.answered
    assert all(words in claims for words in said)
    assert answer.missing.parts == missing
    assert all(part in answer.text for part in missing)


ABSENT = [
    ("东岭市图书馆2020年外借图书多少册次？", Missing(years=(2020,), nearest_years=(2021,))),
    ("How much cargo did Northport handle in 2021?",
     Missing(years=(2021,), nearest_years=(2019, 2022))),
    ("二〇一〇年的會議部署了什麼？", Missing(years=(2010,), nearest_years=(2019,))),
]  # fmt: skip


@pytest.mark.parametrize(("question", "missing"), ABSENT)
def test_a_year_that_is_not_held_is_refused_every_time(
    store: Store, question: str, missing: Missing
) -> None:
    first, second = (ask(store, question) for _ in range(2))
    assert (first.answered, first.missing) == (False, missing)
    assert (second.text, second.missing, second.nearest) == (first.text, missing, first.nearest)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("东岭市图书馆2022年的工作坚持以什么为中心？", "library-2022.txt"),
        ("東嶺市圖書館２０２３年的工作堅持以什麼為中心？", "library-2023.txt"),
    ],
)
def test_a_sentence_of_every_year_is_cited_in_the_year_asked_for(
    store: Store, question: str, name: str
) -> None:
    answer = ask(store, question)
    paths = {document.id: document.path for document in store.documents()}
    (citation,) = [one for one in answer.citations if "以读者为中心" in one.quote]
    assert paths[citation.document_id].endswith(name)
    others = {paths[one.document_id].rpartition("/")[2] for one in citation.also_in}
    assert others == {f"library-{year}.txt" for year in (2021, 2022, 2023)} - {name}


@pytest.mark.parametrize(
    ("question", "year", "said"),
    [
        ("2023年的报告里，总馆消防改造是哪年完成的？", "2023年", "总馆消防改造"),
        (
            "In the 2019 report, when was dredging of the northern channel completed?",
            "2019",
            "in may",
        ),
    ],
)
def test_a_filter_that_leaves_no_answer_is_lifted_and_says_so(
    store: Store, question: str, year: str, said: str
) -> None:
    answer = ask(store, question)
    assert [(one.label, one.role, one.lifted) for one in answer.understood] == [
        (year, "filter", True)
    ]
    assert said in fold(answer.text)
    assert year in answer.notes[0]


def test_an_endpoint_answers_each_side_from_its_own_evidence(store: Store) -> None:
    llm = ScriptedLLM("接待读者31万人次[1]。", "接待读者45万人次[1]。")
    question = "东岭市图书馆2021年和2023年的接待读者人次有何不同？"
    answer = Answerer(store, llm).answer(question, k=8)
    assert llm.left == 0
    assert "27万" not in llm.sent[0][-1]["content"] + llm.sent[1][-1]["content"]
    assert [side.answered for side in answer.sides] == [True, True]
    assert [claim.citations for claim in answer.claims] == [(1,), (2,)]
    assert {claim.verdict for claim in answer.claims} == {"supported"}


def test_a_claim_is_not_credited_to_the_report_of_another_year(store: Store) -> None:
    """The same sentence stands in both years; asked of 2022, that of 2021 is no evidence."""
    llm = ScriptedLLM("馆长陈立群在年度总结会上作报告[1]。")
    question = "东岭市图书馆2022年的馆长是谁？"
    answer = Answerer(store, llm).answer(question, k=8)
    paths = {document.id: document.path for document in store.documents()}
    cited = {paths[one.document_id].rpartition("/")[2] for one in answer.citations}
    assert cited == {"library-2022.txt"}


def test_what_is_understood_can_be_left_out(store: Store) -> None:
    answerer = Answerer(store, None)
    question = "东岭市图书馆2022年的经费总额是多少？"
    assert {one.key for one in answerer.plan(question).understood} == {
        "publisher:东岭市图书馆",
        "year:2022",
    }
    *_, plain = answerer.stream(question, k=8, plain=True)
    assert isinstance(plain, Answer)
    assert plain.understood == ()
    *_, fewer = answerer.stream(question, k=8, without=["year:2022"])
    assert isinstance(fewer, Answer)
    assert [one.key for one in fewer.understood] == ["publisher:东岭市图书馆"]
