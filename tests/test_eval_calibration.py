"""Calibration: cases from the sets' own layout, and tables that can be pasted."""

import datetime
import random
from pathlib import Path

import pytest

from eval.calibrate import fit_answers, fit_support, fit_table
from eval.datasets import claim_cases, context_cases, held_out, sample
from eval.features import Row, ask_contexts
from rag import Engine, load_settings, open_engine
from tests.eval_helpers import write_lines

TODAY = datetime.date(2026, 1, 2)


def rows(count: int, *, source: str = "made zh", sign: float = 1.0) -> list[Row]:
    chance = random.Random(4)
    made = []
    for number in range(count):
        near = chance.random()
        label = float(near + chance.gauss(0, 0.1) > 0.5)
        features = {"similarity": sign * near, "noise": chance.random(), "constant": 1.0}
        made.append(Row(source=source, group=f"{source} {number}", label=label, features=features))
    return made


def test_a_table_finds_the_feature_that_tells() -> None:
    table = fit_table("MADE", rows(400), balanced=True)
    assert table is not None
    assert set(table.weights) == {"bias", "similarity", "noise"}
    assert table.weights["similarity"] > 5 * abs(table.weights["noise"])
    assert -table.weights["bias"] / table.weights["similarity"] == pytest.approx(0.5, abs=0.1)
    assert (table.measured["all"] or 0) > 0.95
    fitted, held = table.counts["made zh"]
    assert fitted + held == 400
    assert 60 < held < 140


def test_points_grow_with_the_threshold() -> None:
    table = fit_table("MADE", rows(400))
    assert table is not None
    for lower, higher in zip(table.points, table.points[1:], strict=False):
        assert lower[0] < higher[0]
        assert lower[1] <= higher[1]
        assert lower[2] <= higher[2]
    _, negatives, positives = table.points[len(table.points) // 2]
    assert negatives > positives


def test_a_source_that_is_only_measured_changes_no_weight() -> None:
    alone = fit_table("MADE", rows(200))
    beside = fit_table("MADE", [*rows(200), *rows(200, source="ocnli", sign=-1.0)])
    assert alone is not None
    assert beside is not None
    assert beside.weights == alone.weights
    assert beside.points == alone.points
    assert beside.counts["ocnli"] == (0, 200)
    assert (beside.measured["ocnli"] or 1) < 0.1


def test_lighter_sources_and_a_penalty_pull_less() -> None:
    other = rows(200, source="taken away", sign=-1.0)
    even = fit_table("MADE", [*rows(200), *other])
    light = fit_table("MADE", [*rows(200), *other], lighter=("taken",))
    held = fit_table("MADE", rows(200), penalty=100.0)
    free = fit_table("MADE", rows(200))
    assert even is not None
    assert light is not None
    assert held is not None
    assert free is not None
    assert light.weights["similarity"] > even.weights["similarity"] + 1
    assert 0 < held.weights["similarity"] < free.weights["similarity"] / 2


def test_too_few_rows_give_no_table() -> None:
    assert fit_table("MADE", rows(10)) is None
    same = [
        Row(source="s", group=str(number), label=1.0, features={"a": float(number)})
        for number in range(99)
    ]
    assert fit_table("MADE", same) is None
    assert fit_answers([]) == []
    assert fit_support([]) == []


def test_a_printed_table_is_python() -> None:
    table = fit_table("MADE", rows(200))
    assert table is not None
    text = table.python(TODAY)
    assert "2026-01-02" in text
    assert "made zh: " in text
    scope: dict[str, object] = {"Weights": dict}
    exec(text, scope)
    assert scope["MADE"] == {name: round(weight, 3) for name, weight in table.weights.items()}


def test_samples_are_fixed_and_grow() -> None:
    data = [{"id": number} for number in range(50)]
    assert sample(data, 5) == sample(list(reversed(data)), 5)
    assert sample(data, 5) == sample(data, 9)[:5]


def test_about_a_quarter_is_held_out() -> None:
    assert 200 < sum(held_out(str(number)) for number in range(1000)) < 300


def xquad(folder: Path) -> Path:
    passages = [
        {
            "pid": f"p{n}",
            "title": f"t{n // 4}",
            "text_zh": f"第{n}号展厅很大。第{n}号展厅有{n + 20}件展品。",
            "text_en": f"Hall {n} is large. Hall {n} has {n + 20} exhibits.",
        }
        for n in range(8)
    ]
    questions = [
        {
            "qid": f"q{n}",
            "pid": f"p{n}",
            "question_zh": f"第{n}号展厅有多少件展品？",
            "question_en": f"How many exhibits are in hall {n}?",
            "starts_zh": [passages[n]["text_zh"].index(str(n + 20))],
            "starts_en": [passages[n]["text_en"].index(str(n + 20))],
        }
        for n in range(8)
    ]
    (folder / "xquad_zh_en").mkdir(parents=True)
    write_lines(folder / "xquad_zh_en" / "passages.jsonl", passages)
    write_lines(folder / "xquad_zh_en" / "questions.jsonl", questions)
    return folder


def test_a_question_comes_with_and_without_its_passage(tmp_path: Path) -> None:
    cases = list(context_cases(xquad(tmp_path), 3))
    assert len(cases) == 4 * 3 * 2
    assert {case.source for case in cases} == {
        "xquad zh→zh",
        "xquad zh→en",
        "xquad en→zh",
        "xquad en→en",
    }
    for case in cases:
        assert len(set(case.contexts)) == 5
        assert (case.gold is not None) == case.answerable
        number = int(case.group[1:])
        assert any(f"{number + 20}" in text for text in case.contexts) == case.answerable
        if case.gold:
            context, start = case.gold
            assert case.contexts[context][start:].startswith(str(number + 20))


def test_claims_of_parallel_laws_have_their_article_and_another(tmp_path: Path) -> None:
    folder = tmp_path / "tw_env_law_parallel"
    folder.mkdir()
    articles = [
        {
            "law_en": "Air Act",
            "en": f"Short. The fee under item {n} is due.",
            "zh": f"第{n}款的費用應繳納。",
        }
        for n in range(3)
    ]
    write_lines(folder / "articles.jsonl", articles)
    cases = list(claim_cases(tmp_path, 100))
    assert sum(case.supported for case in cases) == 3
    for case in cases:
        number = case.claim.split("item ")[1][0]
        assert (f"第{number}款" in case.evidence[0]) == case.supported


def test_absent_sets_are_skipped(tmp_path: Path) -> None:
    assert list(context_cases(tmp_path, 5)) == []
    assert list(claim_cases(tmp_path, 5)) == []


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(load_settings(library=tmp_path / "cache", mode="extractive"))


@pytest.mark.models
def test_gold_sentences_are_found_and_fitted(tmp_path: Path, engine: Engine) -> None:
    with engine:
        asked = list(ask_contexts(context_cases(xquad(tmp_path), 8), engine))
    assert len(asked) == 64
    for one in asked:
        gold = [
            item.evidence.text
            for item, right in zip(one.scored, one.gold or (), strict=False)
            if right
        ]
        assert len(gold) == int(one.answerable)
        if gold:
            assert str(int(one.group[1:]) + 20) in gold[0]
    sentence, answerable = fit_answers(asked)
    assert (sentence.name, answerable.name) == ("SENTENCE", "GIVEN_ANSWERABLE")
    assert set(answerable.counts) == set(sentence.counts)
