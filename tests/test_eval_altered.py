"""Claims with one thing changed, made from texts at hand."""

import json
from pathlib import Path

import pytest

from eval.altered import Altered, altered_cases
from eval.altered_scores import altered_rows, chosen_parts, table, tables, value_rows
from eval.judging import CheckerJudge
from rag.support.checking import CheckedAnswer, check_answer
from tests.answering_helpers import WordEmbedder

LAW = (
    "罚款由上海市人民法院在30日内收取，上限为20万元。第{n}条规定，企业应当在2024年3月{n}日之前提交报告，"
    "不得拖延。《森林法》允许三个省增加投资。李志明表示，全部项目已经开始。"
)
NEWS = (
    "The council in Geneva approved {n}5 of the 90 plans before May 12, 2024. "
    "It has spent $3 million on roads in Norway, which is more than most towns may spend. "
    "Two of the first engineers from Toyota supported the northern route for 30 days."
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = {
        "prc_env_law/articles.jsonl": [
            {"law": f"law {n}", "text": LAW.format(n=n)} for n in range(2, 12)
        ],
        "ragtruth_test/summary_sources.jsonl": [
            {"sid": str(n), "source": NEWS.format(n=n)} for n in range(2, 12)
        ],
        "tw_env_law_parallel/articles.jsonl": [
            {
                "law_en": "Act",
                "en": f"The fine is NT${n}0,000 and is paid within {n} months.",
                "zh": f"罰鍰為新臺幣{n}萬元，於{n}個月內繳納。",
            }
            for n in range(2, 8)
        ],
    }
    for name, lines in rows.items():
        path = tmp_path / "sets" / name
        path.parent.mkdir(parents=True)
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in lines), "utf-8")
    return tmp_path / "sets"


def made(data: Path, *, last: bool) -> list[Altered]:
    return list(altered_cases(data, 30, last=last))


def test_every_altered_claim_differs_from_its_contexts_and_every_other_does_not(
    data: Path,
) -> None:
    cases = made(data, last=False)
    assert {case.language for case in cases} == {"zh", "en"}
    kinds = {case.kind for case in cases if not case.supported}
    assert {"digit", "tenfold", "name", "denial", "opposite", "worded number"} <= kinds
    for case in cases:
        stands = any(case.claim in text for text in case.contexts)
        assert not stands or case.supported
        assert bool(case.change) is not case.supported


def test_the_same_cases_come_every_time_and_the_halves_share_no_text(data: Path) -> None:
    first, again = made(data, last=False), made(data, last=False)
    assert first == again
    texts = [{case.group for case in made(data, last=last)} for last in (False, True)]
    assert not texts[0] & texts[1]


def test_a_limit_holds_for_each_kind_and_language(data: Path) -> None:
    cases = list(altered_cases(data, 1, last=False))
    keys = [(case.language, case.kind) for case in cases]
    assert len(keys) == len(set(keys))


def check(answer: str, contexts: object) -> CheckedAnswer:
    return check_answer(answer, contexts, WordEmbedder())  # type: ignore[arg-type]


def test_rows_count_what_was_judged_right(data: Path) -> None:
    rows = altered_rows(data, CheckerJudge(check), 4, lambda: None, last=False)
    by_name = {row["name"]: row for row in rows}
    for name in ("unchanged zh", "altered zh", "unchanged en", "altered en"):
        assert by_name[name]["value"] >= 0.95, by_name
        assert by_name[name]["must"] == 0.95
    parts = [row for row in rows if row["name"].startswith("  ")]
    assert sum(row["count"] for row in parts) * 2 == sum(row["count"] for row in rows)


def test_values_of_parallel_articles(data: Path) -> None:
    found, caught = value_rows(data)
    assert (found["count"], found["value"]) == (12, 1.0)
    assert caught["count"] > 0
    assert caught["value"] == 1.0
    assert value_rows(data / "none") == []


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        ((), ["altered claims", "altered claims across languages", "values of law articles"]),
        (("Altered",), ["altered claims", "altered claims across languages"]),
        (("wmt",), []),
    ],
)
def test_parts_are_chosen_by_name(names: tuple[str, ...], parts: list[str]) -> None:
    assert chosen_parts(names) == parts


def test_parts_without_rows_have_no_table(data: Path) -> None:
    assert tables({"altered": [], "values": []}) == []
    assert len(tables({"values": value_rows(data)})) == 1
    assert table("Values", value_rows(data)).row_count == 2
