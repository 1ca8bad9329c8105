"""Claims made from parallel texts and held against the other language."""

import json
from pathlib import Path

import pytest

from eval.altered import Altered
from eval.altered_across import DIRECTIONS, across_cases
from eval.altered_scores import ACROSS, across_rows, chosen_parts, part_rows
from eval.judging import CheckerJudge
from rag.support.checking import check_answer
from rag.text import fold, is_traditional
from tests.answering_helpers import WordEmbedder

ENGLISH = "Meeting {n} in Germany was held in Beijing by the World Bank and is not yet over."
CHINESE = "世界银行在北京为德国举办的第{n}次会议还没有结束，发展中国家与教育部门也参加。"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "sets" / "xquad_zh_en"
    folder.mkdir(parents=True)
    rows = [
        {"title": f"t{n}", "text_en": ENGLISH.format(n=n), "text_zh": CHINESE.format(n=n)}
        for n in range(60)
    ]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "passages.jsonl").write_text(lines, "utf-8")
    return tmp_path / "sets"


def made(data: Path, *, last: bool = False) -> list[Altered]:
    return list(across_cases(data, 100, last=last))


def test_makes_every_kind_in_both_directions_and_scripts(data: Path) -> None:
    cases = made(data)
    assert {case.language for case in cases} == set(DIRECTIONS)
    kinds = {"country", "place", "body", "denial taken out"}
    for direction in DIRECTIONS:
        found = {case.kind for case in cases if case.language == direction}
        assert kinds | {"as translated"} <= found
    for case in cases:
        chinese = case.contexts[0] if case.language.startswith("en") else case.claim
        assert is_traditional(chinese) == ("Traditional" in case.language)


def test_changes_names_and_never_parts_of_other_words(data: Path) -> None:
    for case in made(data):
        assert case.supported == (case.kind == "as translated") == (not case.change)
        if case.language.startswith("zh"):
            assert "发展中国家与教育部门" in fold(case.claim)


def test_halves_share_no_text_and_no_substitute(data: Path) -> None:
    first, second = made(data), made(data, last=True)
    assert {case.group for case in first}.isdisjoint(case.group for case in second)
    new = [
        {case.change.partition(" → ")[2] for case in cases if case.kind == "place"}
        for cases in (first, second)
    ]
    assert new[0]
    assert new[0].isdisjoint(new[1])


def test_counts_how_many_names_the_checker_finds(data: Path) -> None:
    embedder = WordEmbedder()
    judge = CheckerJudge(lambda answer, contexts: check_answer(answer, contexts, embedder))
    rows = {row["name"]: row for row in across_rows(data, judge, 4)}
    for direction in DIRECTIONS:
        for kind in ("country", "place", "body"):
            row = rows.get(f"  {kind} {direction}")
            assert row is None or row["value"] == 1.0, (direction, kind)
    assert any("place" in name for name in rows)
    assert part_rows(data, [ACROSS], judge, 2)["across"]
    assert ACROSS in chosen_parts(["altered"])
    assert across_rows(data.parent, judge, 1) == []
