"""Refusals over given passages: the decision, its reason, that it is kept, and its measurement."""

from pathlib import Path
from typing import Any

import pytest

from eval.refusal import BY_COSINE, Outcome, auroc_interval, by_system, floors, row
from rag import Answer, Engine, load_settings, open_engine
from rag.answerability import answer_features
from rag.contexts import ContextPassages
from rag.evidence import Scored
from rag.late_interaction import Match
from rag.questions import read_question
from rag.records import Evidence, Span
from rag.shortfall import shortfall
from tests.eval_helpers import write_lines
from tests.fakes import HashEmbedder

ZH = [
    "青石湖位于北山县，面积十二平方公里。湖水来自三条溪流。",
    "青石湖边有一座灯塔，1931年由林文远设计。灯塔高二十米。",
    "北山县盛产茶叶，每年春天举行茶会。",
]
EN = [
    "Lake Greystone lies in North County. Three streams from the hills feed Lake Greystone.",
    "The lighthouse at Lake Greystone was designed by Ann Lee in 1931. It is tall.",
    "North County grows tea and holds a fair every spring.",
]
ANSWERED = [
    ("青石湖的灯塔是谁设计的？", ZH, "林文远"),
    ("青石湖的燈塔是誰設計的？", ZH, "林文远"),
    ("Who designed the lighthouse at Lake Greystone?", EN, "Ann Lee"),
    ("How many streams from the hills feed Lake Greystone?", EN, "Three streams"),
]
REFUSED = [
    ("青石湖的渡轮票价是多少元？", ZH),
    ("青石湖的鱼类养殖场目前由哪位厂长管理？", ZH),
    ("How much did the 2019 bridge over Lake Greystone cost?", EN),
    ("Who is currently the mayor of North County?", EN),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Any:
    library = tmp_path_factory.mktemp("refusal") / "library"
    with open_engine(load_settings(library=library, mode="extractive")) as opened:
        yield opened


@pytest.mark.models
@pytest.mark.parametrize(("question", "contexts", "said"), ANSWERED)
def test_what_a_passage_says_is_answered(
    engine: Engine, question: str, contexts: list[str], said: str
) -> None:
    answer = engine.ask(question, contexts=contexts)
    assert answer.answered
    assert said in answer.text
    assert answer.reason == ""


@pytest.mark.models
@pytest.mark.parametrize(("question", "contexts"), REFUSED)
def test_what_no_passage_says_is_refused_and_stays_refused(
    engine: Engine, question: str, contexts: list[str]
) -> None:
    first = engine.ask(question, contexts=contexts)
    engine.ask(ANSWERED[0][0], contexts=ZH)
    again = engine.ask(question, contexts=contexts)
    for answer in (first, again):
        assert not answer.answered
        assert answer.citations == ()
        assert answer.nearest
    assert told(again) == told(first)
    assert again.reason


def told(answer: Answer) -> tuple[object, ...]:
    return answer.text, answer.confidence, answer.reason, answer.nearest


@pytest.mark.models
def test_an_order_of_passages_changes_no_decision(engine: Engine) -> None:
    for question, contexts in [*((q, c) for q, c, _ in ANSWERED), *REFUSED]:
        one = engine.ask(question, contexts=contexts).confidence
        other = engine.ask(question, contexts=contexts[::-1]).confidence
        assert one == pytest.approx(other, abs=1e-6)


def test_an_embedder_that_reads_no_pieces_is_judged_as_a_library_is() -> None:
    found = ContextPassages(HashEmbedder(), ZH).find(read_question(ANSWERED[0][0]), 8)
    assert {item.match for item in found.scored} == {None}
    assert "least_held" not in answer_features(read_question(ANSWERED[0][0]), found.scored)


def test_all_passages_given_are_read() -> None:
    contexts = [f"{ZH[0]}第{number}段。" for number in range(12)]
    found = ContextPassages(HashEmbedder(), contexts).find(read_question("青石湖多大？"), 3)
    assert len(found.hits) == 12


def scored(
    text: str, *, least: float, holds: bool, hit: int = 0, unmet: tuple[str, ...] = ()
) -> Scored:
    names = ("expected", "sentence_similarity", "chunk_similarity", "same_language")
    return Scored(
        evidence=Evidence(document_id="d", span=Span(start=0, end=len(text)), text=text, score=0.5),
        features=dict.fromkeys(names, 0.8),
        hit=hit,
        position=0,
        match=Match(least=least, mean=least, unmet=unmet),
        holds=holds,
    )


def test_a_match_counts_less_without_the_kind_asked_for() -> None:
    question = read_question("When was the lighthouse built?")
    with_date = [scored("Built in 1931.", least=0.6, holds=True)]
    without = [scored("Built by the county.", least=0.6, holds=False)]
    assert answer_features(question, with_date)["least_held"] == 0.6
    assert answer_features(question, without)["least_held"] < 0.6


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("2019年的桥多长？", "这座桥长三公里。", 1.0),
        ("２０１９年的桥多长？", "2019年的桥长三公里。", 0.0),
        ("How long is the 2019 bridge?", "The bridge is 3 km long.", 1.0),
        ("How long is the bridge?", "The bridge is 3 km long.", 0.0),
    ],
)
def test_a_number_of_the_question_is_looked_for(question: str, text: str, missing: float) -> None:
    found = answer_features(read_question(question), [scored(text, least=0.5, holds=True)])
    assert found["missing_number"] == missing


@pytest.mark.parametrize(
    ("question", "text", "unmet", "reason"),
    [
        ("灯塔是哪一年建成的？", "灯塔很高。", (), "没有所问的日期"),
        ("灯塔在哪里？", "灯塔很高。", (), "没有所问的地点"),
        ("When was it built?", "It is tall.", (), "give no date"),
        ("灯塔向游客开放吗？", "灯塔很高。", ("游客", "开放"), "没有提到“游客”“开放”"),
        ("Is it open to visitors?", "It is tall.", ("visitors",), "does not speak of “visitors”"),
        ("Is it tall?", "It may be tall.", (), "none clearly says"),
        ("灯塔高吗？", "灯塔可能很高。", (), "都没有明确说出答案"),
    ],
)
def test_a_refusal_says_what_is_lacking(
    question: str, text: str, unmet: tuple[str, ...], reason: str
) -> None:
    asked = read_question(question)
    assert reason in shortfall(asked, [scored(text, least=0.5, holds=False, unmet=unmet)])


def test_a_refusal_without_any_sentence_says_so() -> None:
    assert "no sentence" in shortfall(read_question("Is it tall?"), [])


def outcomes(system: str, scores: list[tuple[bool, bool, float | None]]) -> list[Outcome]:
    return [
        Outcome(system=system, source="nomiracl zh", answerable=a, answered=b, score=c)
        for a, b, c in scores
    ]


def test_rates_and_areas_are_counted_by_hand() -> None:
    made = outcomes(
        "Yinju",
        [(True, True, 0.9), (True, False, 0.4), (False, True, 0.6), (False, False, 0.1)],
    )
    found = row(made)
    assert found["answered_unanswerable"]["value"] == 0.5
    assert found["refused_answerable"]["value"] == 0.5
    assert found["auroc"]["value"] == 0.75
    assert auroc_interval(outcomes("GPT-4", [(True, True, None), (False, True, None)])) is None


def test_the_floor_refuses_as_many_answerable_questions() -> None:
    ours = outcomes("Yinju", [(True, False, 0.1), (True, True, 0.9), (False, True, 0.8)])
    floor = outcomes(BY_COSINE, [(True, True, 0.7), (True, True, 0.5), (False, True, 0.6)])
    ranked = [one for group in by_system(floors([*ours, *floor])) for one in group]
    answered = [one.answered for one in ranked if one.system == BY_COSINE]
    assert answered == [True, False, False]


def questions(folder: Path) -> Path:
    (folder / "nomiracl").mkdir(parents=True)
    cases = [*((q, c, True) for q, c, _ in ANSWERED[:2]), *((q, c, False) for q, c in REFUSED[:2])]
    write_lines(
        folder / "nomiracl" / "zh.jsonl",
        [
            {
                "id": number,
                "query": question,
                "answerable": answerable,
                "passages": [{"title": "青石湖", "text": text} for text in contexts],
                "gpt4": "Yes, answer is present.",
            }
            for number, (question, contexts, answerable) in enumerate(cases)
        ],
    )
    return folder


@pytest.mark.models
@pytest.mark.parametrize("titles", [False, True])
def test_a_set_is_measured_as_it_is_asked(tmp_path: Path, titles: bool) -> None:
    from eval.refusal import run

    found = run(questions(tmp_path), 0, titles=titles)
    assert found["missing"] == ["nomiracl/en.jsonl"]
    rows = {one["system"]: one for one in found["rows"]}
    assert set(rows) == {"Yinju", BY_COSINE, "GPT-4"}
    assert rows["Yinju"]["refused_answerable"]["value"] == 0.0
    assert rows["Yinju"]["answered_unanswerable"]["value"] == 0.0
    assert rows["Yinju"]["auroc"]["value"] == 1.0
    assert rows["GPT-4"]["answered_unanswerable"]["value"] == 1.0
