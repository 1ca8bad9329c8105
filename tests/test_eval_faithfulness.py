"""Scores of answers: what is scored, what is not and why, and going on after a kill."""

from pathlib import Path
from typing import Any

import pytest

from eval.faithfulness import read_earlier, score_all, score_item, write_results
from eval.inputs import Item, Unusable, read_items
from eval.judging import VERSION, CheckerJudge
from eval.report import summarise
from rag.errors import InputError
from tests.eval_helpers import check, read_rows, write_lines

ZH = "2024年全国生态环境保护工作会议1月23日至24日在北京召开。会议部署了七项任务，减排率达到90%。"
HANT = "2024年全國生態環境保護工作會議1月23日至24日在北京召開。會議部署了七項任務，減排率達到90%。"
EN = "The 2024 meeting was held in Beijing on 23-24 January. It set seven tasks."
JUDGE = CheckerJudge(check)


def scored(answer: str, *contexts: str) -> Any:
    return score_item(Item(id="x", answer=answer, contexts=contexts), JUDGE)


@pytest.mark.parametrize(
    ("answer", "context", "score"),
    [
        pytest.param("会议部署了七项任务，减排率达到90%。[1]", ZH, 1.0, id="zh"),
        pytest.param("会议部署了八项任务，减排率达到90%。[1]", ZH, 0.0, id="zh, number changed"),
        pytest.param("會議部署了七項任務，減排率達到90%。", ZH, 1.0, id="hant on hans"),
        pytest.param("会议部署了７项任务，减排率达到９０％。", HANT, 1.0, id="full width on hant"),
        pytest.param("会议部署了七项任务，减排率达到95%。", HANT, 0.0, id="percent changed"),
        pytest.param(
            "The 2024 meeting was held in Beijing on 23-24 January [1].", EN, 1.0, id="en"
        ),
        pytest.param(
            "The 2024 meeting was held in Beijing on 25 January [1].", EN, 0.0, id="en date"
        ),
        pytest.param(
            "会议部署了七项任务，减排率达到90%。会议部署了九项任务，减排率达到90%。",
            ZH,
            0.5,
            id="half",
        ),
        pytest.param(
            "您好！会议部署了七项任务，减排率达到90%。It set 12 tasks. 还有问题吗？",
            ZH,
            0.5,
            id="mixed, greeting and question left out",
        ),
    ],
)
def test_score_is_supported_claims_over_claims(answer: str, context: str, score: float) -> None:
    row = scored(answer, context)
    assert row["score"] == score
    assert row["unscored"] is None
    for claim in row["claims"]:
        assert claim["verdict"] in {"supported", "unsupported"}
        assert claim["reason"]
        assert claim["evidence"]
        assert all(sentence in context for sentence in claim["evidence"])
    assert (row["judge"], row["version"]) == ("checker", VERSION)


@pytest.mark.parametrize(
    ("answer", "contexts", "code"),
    [
        ("", [ZH], "empty_answer"),
        (" \u3000\n", [ZH], "empty_answer"),
        ("资料中没有提到这一点。", [ZH], "refusal"),
        ("I cannot answer this question.", [EN], "refusal"),
        ("[1][2]", [EN], "no_statements"),
        ("……", [ZH], "no_statements"),
        ("你好！还有什么可以帮您？", [ZH], "no_statements"),
        ("Hello! Which year do you mean?", [EN], "no_statements"),
        ("会议部署了七项任务。", [], "no_contexts"),
        ("It set seven tasks.", ["", " \n\u3000"], "no_contexts"),
    ],
)
def test_what_has_no_claims_has_no_score(answer: str, contexts: list[str], code: str) -> None:
    row = scored(answer, *contexts)
    assert row["score"] is None
    assert row["unscored"] == code
    assert row["reason"]
    assert row["claims"] == []


def test_left_out_sentences_are_told() -> None:
    row = scored("您好！会议部署了七项任务，减排率达到90%。还有问题吗？", ZH)
    assert [(one["text"], one["reason"]) for one in row["left_out"]] == [
        ("您好！", "pleasantry"),
        ("还有问题吗？", "question"),
    ]


def test_every_line_has_its_result_in_order(tmp_path: Path) -> None:
    good = {
        "id": "a",
        "question": "?",
        "answer": "会议部署了七项任务，减排率达到90%。",
        "contexts": [ZH],
    }
    source = write_lines(
        tmp_path / "in.jsonl",
        [
            good,
            "not json",
            "[1, 2]",
            '{"id": "n", "answer": "x", "contexts": [NaN]}',
            {"id": "b", "contexts": []},
            "",
            {"id": "c", "answer": 3, "contexts": []},
            {"id": "d", "answer": "x"},
            {"id": "e", "answer": "x", "contexts": "x"},
            {"id": "f", "answer": "x", "contexts": ["x", None]},
            {"id": ["g"], "answer": "x", "contexts": []},
            '{"id": "h", "answer": "\\ud800", "contexts": []}',
            {**good, "id": 7},
            {key: value for key, value in good.items() if key != "id"},
        ],
    )
    rows = list(score_all(read_items(source), JUDGE, []))
    assert [row["id"] for row in rows] == [
        *["a", 2, 3, 4, "b", "c", "d", "e", "f", 11, 12, 7, 14],
    ]
    assert [row["id"] for row in rows if row["score"] is not None] == ["a", 7, 14]
    assert all(row["unscored"] == "bad_line" for row in rows if row["score"] is None)
    assert "`answer` is missing" in rows[4]["reason"]
    assert "`contexts[1]` is not text" in rows[8]["reason"]


@pytest.mark.parametrize("broken", ["missing.jsonl", "folder", "latin.jsonl"])
def test_unreadable_files_say_so(tmp_path: Path, broken: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "latin.jsonl").write_bytes('{"answer": "é"}'.encode("latin-1"))
    with pytest.raises(InputError, match=broken):
        list(read_items(tmp_path / broken))


def test_line_separators_inside_text_do_not_cut_lines(tmp_path: Path) -> None:
    row = {"id": "a", "answer": "one\u2028two\u0085three", "contexts": ["one"]}
    (item,) = read_items(write_lines(tmp_path / "in.jsonl", [row]))
    assert isinstance(item, Item)
    assert item.answer == row["answer"]


SUMMARY = {
    "document": "reports/a.txt",
    "points": [
        {"zh": "会议部署了七项任务。", "en": "It set seven tasks.", "citations": [{"quote": ZH}]},
        {"zh": "只有中文。", "en": None, "citations": []},
    ],
}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("as_folder", [True, False])
def test_summaries_are_read_point_by_point(
    tmp_path: Path, indent: int | None, as_folder: bool
) -> None:
    import json

    folder = tmp_path / "summaries"
    folder.mkdir()
    (folder / "a.md").write_text("# not read", "utf-8")
    (folder / "a.json").write_text(json.dumps(SUMMARY, indent=indent, ensure_ascii=False), "utf-8")
    items = list(read_items(folder if as_folder else folder / "a.json"))
    assert items == [
        Item(id="a.txt#1.zh", answer="会议部署了七项任务。", contexts=(ZH,)),
        Item(id="a.txt#1.en", answer="It set seven tasks.", contexts=(ZH,)),
        Item(id="a.txt#2.zh", answer="只有中文。", contexts=()),
    ]


def test_a_file_that_is_no_summary_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"a": 1}', "utf-8")
    (tmp_path / "y.json").write_text('{"points": 1}', "utf-8")
    found = list(read_items(tmp_path))
    assert [item.reason for item in found if isinstance(item, Unusable)] == [
        "not a summary: `points` is missing",
        "`points` is not a list",
    ]


def test_output_of_ask_is_scored_by_its_quotes(tmp_path: Path) -> None:
    answered = {"answer": "七项任务。", "answered": True, "citations": [{"quote": ZH}]}
    refused = {"answer": "随便什么。", "answered": False, "citations": [], "nearest": []}
    first, second = read_items(write_lines(tmp_path / "in.jsonl", [answered, refused]))
    assert first == Item(id=1, answer="七项任务。", contexts=(ZH,))
    assert score_item(second, JUDGE)["unscored"] == "refusal"


ITEMS = [
    Item(id=key, answer="会议部署了七项任务，减排率达到90%。", contexts=(ZH,))
    for key in ("a", "b", "a", 1)
]


def run(path: Path, items: list[Item], *, resume: bool) -> list[Any]:
    earlier = read_earlier(path, JUDGE)
    with path.open("a", encoding="utf-8") as file:
        file.truncate(earlier.size)
        fresh = score_all(items, JUDGE, earlier.rows if resume else ())
        return write_results(fresh, file.write, lambda: None)


@pytest.mark.parametrize("whole_lines", range(5))
@pytest.mark.parametrize("torn", [b"", b'{"id": "b", "sco', '{"id": "会'.encode()[:-1]])
def test_resume_goes_on_where_it_stopped(tmp_path: Path, whole_lines: int, torn: bytes) -> None:
    path = tmp_path / "out.jsonl"
    run(path, ITEMS, resume=True)
    uncut = path.read_bytes()
    lines = uncut.splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:whole_lines]) + torn)
    assert len(run(path, ITEMS, resume=True)) == len(ITEMS) - whole_lines
    assert path.read_bytes() == uncut


def test_resume_refuses_results_of_another_judge(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    run(path, ITEMS[:1], resume=True)
    other = CheckerJudge(check)
    other.name = "llm:x"
    with pytest.raises(InputError, match="scored by checker"):
        read_earlier(path, other)
    path.write_text("{}\n", "utf-8")
    with pytest.raises(InputError, match="line 1 is not a result"):
        read_earlier(path, JUDGE)


def test_results_are_written_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    seen: list[int] = []
    with path.open("w", encoding="utf-8", buffering=1) as file:
        write_results(
            score_all(ITEMS, JUDGE, ()), file.write, lambda: seen.append(len(read_rows(path)))
        )
    assert seen == [1, 2, 3, 4]


def test_summary_counts_and_splits_by_language() -> None:
    items = [
        Item(id=1, answer="会议部署了七项任务，减排率达到90%。", contexts=(ZH,)),
        Item(id=2, answer="会议部署了八项任务，减排率达到90%。", contexts=(ZH,)),
        Item(id=3, answer="It set seven tasks.", contexts=(EN,)),
        Item(id=4, answer="", contexts=(EN,)),
        Unusable(id=5, reason="not JSON"),
    ]
    summary = summarise([score_item(item, JUDGE) for item in items])
    assert summary["answers"] == 5
    assert summary["scored"] == 3
    assert summary["unscored"] == {"empty_answer": 1, "bad_line": 1}
    assert summary["score"]["zh"]["value"] == 0.5
    assert summary["score"]["en"] == {"count": 1, "value": 1.0, "low": 1.0, "high": 1.0}
    assert summary["claims"] == {"judged": 3, "supported": 2, "left_out": {}}
    assert summarise([])["score"]["all"] is None
