"""Summaries of many documents: resumable, each whole or not at all."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rag import batch
from rag.batch import BatchReport, summarize_all
from rag.errors import EndpointUnreachable, InputError
from rag.records import Citation, Document, Mode, Point, Summary
from tests.answering_helpers import document_of, sentences_of

DOCUMENTS = [
    document_of(
        "会议部署了八项重点任务。", key="aaaaaaaa1", title="工作报告", path="报告 2024.txt"
    ),
    document_of("會議部署了七項重點任務。", key="bbbbbbbb2", title="工作報告", path="b/報告.txt"),
    document_of("The board set five tasks.", key="cccccccc3", title="Report", path="c/report.md"),
]


class Writer:
    """Summarises by quoting the first sentence; refuses the documents it is told to."""

    def __init__(self, *refused: str, mode: Mode = "openai", model: str = "m") -> None:
        self.refused = refused
        self.mode: Mode = mode
        self.model = model
        self.asked: list[str] = []

    def __call__(self, document: Document, tell: Callable[[int, int], None]) -> Summary:
        self.asked.append(document.path)
        tell(0, 1)
        if document.path in self.refused:
            raise EndpointUnreachable("The endpoint is down.", "Start it.")
        first = sentences_of(document)[0]
        citation = Citation(number=1, document_id=document.id, span=first.span, quote=first.text)
        return Summary(
            document_id=document.id,
            title_zh="标题",
            title_en=None,
            points=(
                Point(
                    zh=first.text,
                    en="It \\ says.",
                    verdict="unsupported",
                    citations=(citation,),
                    reason="9 is not in it.",
                ),
            ),
            sentences_read=1,
            sentences_total=1,
            mode=self.mode,
            model=self.model,
            notes=("说明 note",),
        )


def run(
    out: Path, writer: Writer, documents: list[Document] = DOCUMENTS, **options: Any
) -> BatchReport:
    return summarize_all(
        documents,
        out,
        writer,
        mode=writer.mode,
        model=writer.model,
        **{"jobs": 1, "points": 6, **options},
    )


def files(out: Path) -> set[str]:
    return {path.name for path in out.iterdir()}


@pytest.mark.parametrize("jobs", [1, 3, 0])
def test_each_document_gets_two_files(tmp_path: Path, jobs: int) -> None:
    report = run(tmp_path / "deep" / "out", Writer(), jobs=jobs)
    assert len(report.written) == 3
    assert (report.unchanged, report.failed) == ([], [])
    assert files(tmp_path / "deep" / "out") == {
        "报告_2024.json",
        "报告_2024.md",
        "報告.json",
        "報告.md",
        "report.json",
        "report.md",
    }
    for path in report.written:
        record = json.loads(Path(path).read_text("utf-8"))
        document = next(item for item in DOCUMENTS if item.path == record["document"])
        (place,) = record["points"][0]["citations"]
        assert document.text[place["start"] : place["end"]] == place["quote"]


def test_the_markdown_shows_both_languages_quotes_and_warnings(tmp_path: Path) -> None:
    run(tmp_path, Writer())
    shown = (tmp_path / "报告_2024.md").read_text("utf-8")
    for part in (
        "# 标题\n",
        "`报告 2024.txt`",
        "openai m",
        "1/1",
        "说明 note",
        "⚠ unsupported",
        "会议部署了八项重点任务。",
        "It \\ says.",
        "9 is not in it.",
        "> 会议部署了八项重点任务。 (0–12)",
    ):
        assert part in shown


def test_another_number_of_points_is_another_summary(tmp_path: Path) -> None:
    run(tmp_path, Writer(), DOCUMENTS[:1])
    report = run(tmp_path, Writer(), DOCUMENTS[:1], points=10)
    assert (len(report.written), report.unchanged) == (1, [])


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    run(tmp_path, Writer())
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    writer = Writer()
    report = run(tmp_path, writer)
    assert (report.written, writer.asked) == ([], [])
    assert len(report.unchanged) == 3
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "change", ["text", "mode", "model", "version", "path", "damaged", "not an object", "not text"]
)
def test_what_a_summary_was_made_from_decides_whether_it_is_current(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    document = DOCUMENTS[0]
    run(tmp_path, Writer(), [document])
    path = tmp_path / "报告_2024.json"
    writer = Writer()
    if change == "text":
        document = replace(document, sha256="0" * 64)
    elif change == "mode":
        writer.mode = "llama"
    elif change == "model":
        writer.model = "other"
    elif change == "version":
        monkeypatch.setattr(batch, "VERSION", batch.VERSION + 1)
    elif change == "path":
        document = replace(document, path="other/报告 2024.txt")
    else:
        damage = {"damaged": b'{"version": 1, "doc', "not an object": b"[1]", "not text": b"\xff"}
        path.write_bytes(damage[change])
    report = run(tmp_path, writer, [document])
    assert report.written == [str(path)]
    assert json.loads(path.read_text("utf-8"))["mode"] == writer.mode
    assert run(tmp_path, writer, [document]).unchanged == [str(path)]


@pytest.mark.parametrize("jobs", [1, 3])
def test_one_failure_leaves_the_others_and_the_next_run_finishes(tmp_path: Path, jobs: int) -> None:
    report = run(tmp_path, Writer("b/報告.txt"), jobs=jobs)
    assert len(report.written) == 2
    assert report.failed == [("b/報告.txt", "The endpoint is down. Start it.")]
    assert files(tmp_path) == {"报告_2024.json", "报告_2024.md", "report.json", "report.md"}
    writer = Writer()
    again = run(tmp_path, writer, jobs=jobs)
    assert writer.asked == ["b/報告.txt"]
    assert (len(again.written), len(again.unchanged)) == (1, 2)


def test_a_failure_keeps_the_summary_that_was_there(tmp_path: Path) -> None:
    document = DOCUMENTS[0]
    run(tmp_path, Writer(), [document])
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    report = run(tmp_path, Writer(document.path, model="other"), [document])
    assert len(report.failed) == 1
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == kept


def test_a_file_that_cannot_be_written_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "report.json").mkdir()
    (tmp_path / "report.json" / "x").touch()
    report = run(tmp_path, Writer())
    assert len(report.written) == 2
    ((path, why),) = report.failed
    assert path == "c/report.md"
    assert why


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("ending", ["json", "md"])
def test_a_full_disk_leaves_the_earlier_summary_whole(tmp_path: Path, ending: str) -> None:
    document = DOCUMENTS[0]
    run(tmp_path, Writer(), [document])
    path = tmp_path / f"报告_2024.{ending}"
    kept = path.read_bytes()
    (tmp_path / f".{path.name}.part").symlink_to("/dev/full")
    report = run(tmp_path, Writer(model="other"), [document])
    assert report.written == []
    assert "No space left" in report.failed[0][1]
    assert path.read_bytes() == kept
    assert json.loads((tmp_path / "报告_2024.json").read_text("utf-8"))["model"] == "m"


@pytest.mark.parametrize(
    "paths",
    [
        ("a/report.txt", "b/report.txt"),
        ("a/报告.txt", "b/报告.md"),
        ("a/my report.txt", "b/my_report.txt"),
        ("a/Report.txt", "b/report.txt"),
        (f"a/{'长' * 80}.txt", f"b/{'长' * 80}.txt"),
    ],
)
def test_documents_of_one_name_do_not_overwrite_each_other(
    tmp_path: Path, paths: tuple[str, str]
) -> None:
    documents = [replace(DOCUMENTS[number], path=path) for number, path in enumerate(paths)]
    report = run(tmp_path, Writer(), documents)
    names = [Path(path).name for path in report.written]
    assert len({name.lower() for name in names}) == 2
    records = [json.loads(Path(path).read_text("utf-8")) for path in report.written]
    assert {record["document"] for record in records} == set(paths)
    assert len(run(tmp_path, Writer(), documents).unchanged) == 2


def test_several_are_written_at_once(tmp_path: Path) -> None:
    together = threading.Barrier(3, timeout=10)
    writer = Writer()

    def wait(document: Document, tell: Callable[[int, int], None]) -> Summary:
        together.wait()
        return writer(document, tell)

    report = summarize_all(DOCUMENTS, tmp_path, wait, mode="openai", model="m", jobs=3, points=6)
    assert len(report.written) == 3


def test_progress_names_the_document(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    run(tmp_path, Writer(), progress=lambda *told: seen.append(told))
    assert seen == [(document.path, 0, 1) for document in DOCUMENTS]


def test_an_output_that_is_no_folder_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(InputError, match="Cannot write") as raised:
        run(tmp_path / "out", Writer())
    assert "--out" in raised.value.hint


def test_no_documents_is_no_work(tmp_path: Path) -> None:
    assert run(tmp_path, Writer(), []) == BatchReport()
