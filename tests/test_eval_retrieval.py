"""Retrieval measured: sets read into pools, every passage a file, documents by their first hit."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from eval.__main__ import main
from eval.retrieval import Ranked, measure, outcome, run, table
from eval.retrieval_sets import Query, Task, read_sets, write_pool
from rag.errors import InputError
from tests.eval_helpers import write_lines

PASSAGES = [
    ("港口", "港口去年买了三台起重机，并疏浚了航道。", "The harbour bought three cranes."),
    ("学校", "学校食堂每周公布菜单，学生可以提意见。", "The school canteen posts its menu."),
    ("空气", "全市细颗粒物浓度下降了三成。", "Fine particle levels fell by a third."),
    ("图书", "图书馆周末开放到晚上十点。", "The library is open until ten at weekends."),
]
QUESTIONS = [
    ("港口", "港口买了几台起重机？", "How many cranes did the harbour buy?"),
    ("学校", "学生可以对食堂的什么提意见？", "Where can pupils read the canteen's menu?"),
    ("空气", "细颗粒物浓度下降了多少？", "How far did fine particle levels fall?"),
    ("图书", "图书馆周末开到几点？", "How late is the library open at weekends?"),
]


def folder_of_sets(data: Path, *names: str) -> Path:
    """Sets of our own in the shape of the public ones."""
    files: dict[str, dict[str, list[Any]]] = {
        "xquad_zh_en": {
            "passages.jsonl": [
                {"pid": f"s/{key}", "title": key, "text_zh": zh, "text_en": en}
                for key, zh, en in PASSAGES
            ],
            "questions.jsonl": [
                {"qid": key, "pid": f"s/{key}", "question_zh": zh, "question_en": en}
                for key, zh, en in QUESTIONS
            ],
        },
        "cmrc2018": {
            "passages_trial.jsonl": [{"pid": "c-1", "text": "公园里的湖在冬天会结冰。"}],
            "questions_trial.jsonl": [{"pid": "c-1", "question": "湖什么时候结冰？"}],
            "questions_dev_500.jsonl": ["not JSON: a sample of another file, and never read"],
        },
        "nomiracl": {
            name: [{"passages": [{"docid": f"{name}#0", "text": text}]}]
            for name, text in (
                ("zh.jsonl", "火车站在城的北边。"),
                ("en.jsonl", "The station lies north of the town."),
            )
        },
        "tw_env_law_parallel": {
            "articles.jsonl": [
                {"id": "L-1", "zh": "違反者處新臺幣十萬元罰鍰。", "en": "A fine of NT$100,000."},
                {"id": "L-2", "zh": "本法自公布日施行。", "en": "This Act takes effect at once."},
            ]
        },
    }
    for name in names or tuple(files):
        (data / name).mkdir(parents=True)
        for file, rows in files[name].items():
            write_lines(data / name / file, rows)
    return data


def test_sets_become_pools_and_tasks(tmp_path: Path) -> None:
    sets = read_sets(folder_of_sets(tmp_path))
    assert sets.missing == ("prc_env_law",)
    assert {name: len(pool) for name, pool in sets.pools.items()} == {
        "zh": 6,  # four of XQuAD, one of CMRC, one to fill it up
        "en": 5,
        "mixed": 9,  # two of the four have no Chinese version there
        "law": 2,
    }
    assert [task.name for task in sets.tasks] == [
        "XQuAD zh→zh",
        "XQuAD zh-Hant→zh",
        "XQuAD en→zh",
        "XQuAD en→en",
        "XQuAD zh→en",
        "answer only in en, en",
        "answer only in en, mixed",
        "CMRC zh→zh",
        "law en→zh",
    ]
    for task in sets.tasks:
        for query in task.queries:
            assert query.gold in sets.pools[task.pool], task.name
    assert "港口買了幾臺起重機？" in {query.text for query in sets.tasks[1].queries}


def test_in_the_mixed_pool_the_answer_stands_in_the_english_file_alone(tmp_path: Path) -> None:
    sets = read_sets(folder_of_sets(tmp_path))
    alone, mixed = (task for task in sets.tasks if task.name.startswith("answer only"))
    assert alone.queries == mixed.queries
    assert mixed.queries, "half of the passages by their hash"
    for query in mixed.queries:
        assert query.gold.removesuffix("-en") + "-zh" not in sets.pools["mixed"]


def test_what_is_missing_is_named_and_the_rest_read(tmp_path: Path) -> None:
    sets = read_sets(folder_of_sets(tmp_path, "tw_env_law_parallel"), limit=1)
    assert sets.missing == ("xquad_zh_en", "cmrc2018", "prc_env_law", "nomiracl")
    ((task,), (pool,)) = (sets.tasks, sets.pools)
    assert (task.name, len(task.queries), pool) == ("law en→zh", 1, "law")
    with pytest.raises(InputError, match="holds no set"):
        run(tmp_path / "tw_env_law_parallel", None, None)
    with pytest.raises(InputError, match="no folder"):
        run(tmp_path / "nowhere", None, None)


def test_a_pool_is_files_and_only_these(tmp_path: Path) -> None:
    write_pool(tmp_path, {"a": "港口", "b": "harbour"})
    write_pool(tmp_path, {"a": "港口。", "c": "mixed 港口"})
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {
        "a.txt": "港口。",
        "c.txt": "mixed 港口",
    }


def ranked(name: str, *places: int) -> Ranked:
    queries = tuple(Query(text=str(number), gold="g") for number in range(len(places)))
    return Ranked(task=Task(name=name, pool="zh", queries=queries), places=places)


def test_measures_by_hand() -> None:
    (found,) = outcome([ranked("XQuAD en→zh", 1, 2, 6, 11, 0)], ["cmrc2018"])["tasks"]
    values = {name: mean["value"] for name, mean in found["measures"].items()}
    assert values == {
        "R@1": 0.2,
        "R@5": 0.4,
        "R@10": 0.6,
        "MRR@10": pytest.approx((1 + 1 / 2 + 1 / 6) / 5, abs=1e-4),
    }
    assert found["must"] == {"R@1": 0.75, "R@10": 0.94}
    assert found["measures"]["R@1"]["count"] == 5


def test_the_loss_is_counted_question_by_question() -> None:
    both = [
        ranked("answer only in en, en", 1, 5, 6, 0),
        ranked("answer only in en, mixed", 1, 6, 5, 0),
    ]
    loss = outcome(both, [])["loss"]
    assert (loss["value"], loss["count"], loss["most"]) == (0, 4, 0.02)
    assert outcome(both[:1], [])["loss"] is None


def test_the_table_shows_floors() -> None:
    from rich.console import Console

    console = Console(width=160)
    with console.capture() as shown:
        console.print(table(outcome([ranked("CMRC zh→zh", 1, 1, 2)], [])))
    assert "≥ 0.97" in shown.get()
    assert "CMRC zh→zh" in shown.get()


@pytest.mark.models
def test_real_libraries_are_searched(tmp_path: Path) -> None:
    sets = read_sets(folder_of_sets(tmp_path / "data"))
    found = {one.task.name: one.places for one in measure(sets, tmp_path / "cache", lambda: None)}
    assert set(found) == {task.name for task in sets.tasks}
    for name in ("XQuAD zh→zh", "XQuAD zh-Hant→zh", "XQuAD en→zh", "XQuAD zh→en", "law en→zh"):
        assert set(found[name]) == {1}, name
    again = {one.task.name: one.places for one in measure(sets, tmp_path / "cache", lambda: None)}
    assert again == found


@pytest.mark.models
def test_the_command_tells_what_it_skips(tmp_path: Path) -> None:
    data = folder_of_sets(tmp_path / "data", "tw_env_law_parallel")
    result = CliRunner().invoke(main, ["retrieval", "--data", str(data), "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["missing"] == ["xquad_zh_en", "cmrc2018", "prc_env_law", "nomiracl"]
    assert found["tasks"][0]["measures"]["R@1"]["value"] == 1
    assert "no set xquad_zh_en" in result.stderr
