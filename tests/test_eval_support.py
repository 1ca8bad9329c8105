"""`yinju eval support`: sets read into answers, and what their support is held against."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from eval.inputs import Item
from eval.judging import CheckerJudge
from eval.support import balanced_accuracy, interval, measure, run, score, table
from eval.support_fit import FEWEST, fit_pieces
from eval.support_sets import Case, read_cases, sample
from rag import WEIGHTS
from rag.errors import InputError
from tests.conftest import ROOT
from tests.eval_helpers import check, write_lines

ZH = "市政府宣布修建三座公园。公园将于明年春天开放。图书馆周末照常开放。"
EN = "The city will build three parks. They will open next spring."
BEES = "Bees fly. Bees make honey."
ROWS = {
    "uhgeval/a.jsonl": [
        {
            "id": "n1",
            "beginning": "市政府宣布修建三座公园。",
            "remainder": "公园将于明年春天开放。",
            "hallucinated": "公园由外国公司承建，将于明年春天开放。",
            "keywords": [{"kw": "外国公司", "label": 0}, {"kw": "明年春天", "label": 1}],
        }
    ],
    "wmt23_mqm_zh_en/b.jsonl": [{"source_zh": ZH, "target_en": EN, "label": 0}],
    "attributionbench/c.jsonl": [
        {"src": "X", "question": "q", "claim": "Parks open.", "references": [EN], "label": 1},
        {"src": "X", "question": "q", "claim": "Parks open.", "references": [EN, BEES], "label": 1},
    ],
    "wice/d.jsonl": [
        {"id": 1, "claim": "Parks.", "evidence": ["The", "parks."], "label": "partially_supported"}
    ],
    "ragtruth_test/qa_sources.jsonl": [{"sid": "s", "source": EN}],
    "ragtruth_test/qa_responses.jsonl": [{"sid": "s", "response": "Parks.", "label": 1}],
    "ocnli/e.jsonl": [
        {"premise": ZH, "hypothesis": "要建公园", "label": "entailment", "genre": "gov"}
    ],
    "tw_env_law_parallel/f.jsonl": [
        {"law_en": "L", "en": "Owners of land, where they till it, shall report.", "zh": "申報。"},
        {"law_en": "L", "en": "Fines are paid in cash.", "zh": "罰鍰以現金繳納。"},
    ],
    "xquad_zh_en/passages.jsonl": [
        {"title": "t", "text_en": EN, "text_zh": ZH},
        {"title": "t", "text_en": BEES, "text_zh": "蜜蜂会飞。"},
    ],
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name, rows in ROWS.items():
        (tmp_path / "sets" / name).parent.mkdir(parents=True, exist_ok=True)
        write_lines(tmp_path / "sets" / name, rows)
    return tmp_path / "sets"


def test_sets_become_answers_with_labels(data: Path) -> None:
    cases, missing = read_cases(data)
    assert missing == []
    assert {source: [case.supported for case in found] for source, found in cases.items()} == {
        "UHGEval keywords": [False, True],
        "UHGEval clauses": [False, True],
        "WMT23 zh→en": [False],
        "AttributionBench X": [True, True],
        "WiCE": [False],
        "RAGTruth qa": [True],
        "OCNLI gov": [True],
        "law en→zh": [True, False, True, False],
        "law en→zh, half a sentence": [True, False],
        "XQuAD en→zh": [True, False, True, False],
        "XQuAD zh→en": [True, False, True, False],
    }
    assert [case.item.answer for case in cases["UHGEval keywords"]] == ["外国公司", "明年春天"]
    assert (
        cases["law en→zh, half a sentence"][0].item.answer == "Owners of land, where they till it."
    )
    assert cases["law en→zh"][1].item.contexts == ("罰鍰以現金繳納。",)


def test_sets_that_are_not_there_are_named(tmp_path: Path) -> None:
    assert read_cases(tmp_path) == ({}, ["uhgeval", "wmt23_mqm_zh_en", "attributionbench", "wice",
                                         "ragtruth_test", "ocnli", "tw_env_law_parallel",
                                         "xquad_zh_en"])  # fmt: skip
    with pytest.raises(InputError, match="no set"):
        run(tmp_path, ("none",), None, lambda title, total: pytest.fail("nothing to score"))
    with pytest.raises(InputError, match="no folder"):
        run(tmp_path / "none", (), None, lambda title, total: pytest.fail("not reached"))


def case(answer: str, supported: bool, group: str = "g") -> Case:
    item = Item(id=answer, answer=answer, contexts=(ZH, EN))
    return Case(source="s", group=group, item=item, supported=supported)


def test_a_sample_does_not_depend_on_the_order() -> None:
    cases = [case(f"{number}号公园", True) for number in range(20)]
    chosen = sample(cases, 5)
    assert len(chosen) == 5
    assert sample(cases[::-1], 5) == chosen
    assert sample(cases, None) == cases


CASES = [
    case("市政府宣布修建三座公园。", True, "a"),
    case("三座公园", True, "a"),
    case("图书馆", True, "b"),
    case("They will open next spring.", True, "b"),
    case("公园由外国公司承建。", False, "a"),
    case("市政府宣布修建九座公园。", False, "c"),
    case("The king opened a railway.", False, "c"),
    case("外国公司？", False, "c"),
]


def test_answers_are_scored_as_faithfulness_scores_them() -> None:
    scored = score(CASES, CheckerJudge(check), lambda: None)
    found = measure("s", scored)
    assert (found["count"], found["supported"], found["scored"]) == (8, 4, 1.0)
    assert found["auroc"] == 1.0
    assert found["low"] <= found["auroc"] <= found["high"]
    assert found["balanced_accuracy"] == 1.0
    assert 0.5 < found["overlap_auroc"] <= 1.0
    assert found["must"] is None
    assert "s" in [str(cell) for cell in table({"sets": [found]}).columns[0].cells]


@pytest.mark.parametrize("answer", ["外国公司？", "谢谢。", "我不知道。", "I cannot answer this."])
def test_what_claims_nothing_has_a_support_all_the_same(answer: str) -> None:
    (scored,) = score([case(answer, False)], CheckerJudge(check), lambda: None)
    assert scored.support is not None
    assert not scored.verdict


def test_intervals_draw_whole_groups() -> None:
    labels = np.array([True, False] * 20)
    apart = interval(np.arange(40.0), labels, [str(number) for number in range(40)])
    assert apart == interval(np.arange(40.0), labels, [str(number) for number in range(40)])
    low, high = apart
    assert low is not None
    assert high is not None
    assert low < 0.475 < high
    assert interval(np.arange(40.0), labels, ["one"] * 40) == pytest.approx((0.475, 0.475))
    assert interval(np.arange(2.0), np.array([True, True]), ["a", "b"]) == (None, None)


def test_balanced_accuracy_needs_both_labels() -> None:
    verdicts = np.array([True, True, False, False])
    assert balanced_accuracy(verdicts, np.array([True, False, False, False])) == pytest.approx(
        5 / 6
    )
    assert balanced_accuracy(verdicts, np.array([True] * 4)) is None


@pytest.mark.models
def test_features_of_labelled_answers_give_tables(data: Path) -> None:
    from eval.running import opened
    from eval.support_fit import support_rows

    with opened() as engine:
        rows = support_rows(data, engine, 10, lambda: None)
    assert {kind for kind, _ in rows} == set(WEIGHTS)
    for kind, row in rows:
        assert row.features.keys() >= WEIGHTS[kind].keys() - {"bias"}
    assert fit_pieces(rows) == []
    several = [
        (kind, replace(row, group=f"{row.group} {copy}"))
        for kind, row in rows
        for copy in range(4 * FEWEST)
    ]
    assert {table.name for table in fit_pieces(several)} <= {
        "SUPPORT_STATEMENT",
        "SUPPORT_LONG_EVIDENCE",
        "SUPPORT_FRAGMENT",
        "SUPPORT_RENDERING",
    }


@pytest.mark.models
def test_the_command_prints_every_set_asked_for(data: Path) -> None:
    command = [sys.executable, "-m", "eval", "support", "--data", data, "--set", "xquad", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [one["name"] for one in found["sets"]] == ["XQuAD en→zh", "XQuAD zh→en"]
    assert all(one["auroc"] >= 0.75 for one in found["sets"])
    assert "XQuAD" in done.stderr
