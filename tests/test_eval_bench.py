"""The figures of the bench: medians, ranges, ratios, a tiny run of all, a failing command told."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import eval.bench
import eval.bench_ingest
import eval.bench_search
from eval.__main__ import main
from eval.bench_corpus import edit_paragraph, made_document, write_corpus
from eval.bench_library import made_entry, made_questions
from eval.bench_search import percentiles
from eval.processes import cold, figure, told
from rag.errors import InputError


def test_figures_are_medians_with_their_range() -> None:
    found = figure([3.0, 1.0, 2.0, 10.0])
    assert found == {"median": 2.5, "least": 1.0, "most": 10.0, "count": 4}
    assert told(found) == "median 2.500 s (1.000 to 10.000, n=4)"
    assert told(found, "passages/s", 0) == "median 2 passages/s (1 to 10, n=4)"


def test_a_failing_command_is_told() -> None:
    with pytest.raises(InputError, match=r"`nonsense` failed: .*No such command"):
        cold(["nonsense"], 1)


def test_made_documents_differ_and_stay_the_same(tmp_path: Path) -> None:
    assert write_corpus(tmp_path, 30) == pytest.approx(30 * 2000, rel=0.1)
    texts = [path.read_text("utf-8") for path in sorted(tmp_path.rglob("*.txt"))]
    assert len(set(texts)) == 30
    assert texts == [made_document(number) for number in range(30)]
    path = next(tmp_path.rglob("*.txt"))
    before = path.read_text("utf-8").split("\n\n")
    edit_paragraph(path, 1)
    after = path.read_text("utf-8").split("\n\n")
    assert len(before) == len(after)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


@pytest.mark.models
def test_a_tiny_run_measures_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eval.bench_ingest, "LONG_DOCUMENTS", 1)
    monkeypatch.setattr(eval.bench_ingest, "LONG_CHARACTERS", 1500)
    done = CliRunner().invoke(main, ["bench", "--runs", "1", "--documents", "4", "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    library = found["library"]
    assert library["memory"]["documents"] == 4
    assert library["memory"]["embedded"] == library["memory"]["chunks"] > 20
    assert list(library["memory"]["resident"]) == ["25%", "50%", "75%", "100%"]
    assert library["memory"]["peak"] >= max(library["memory"]["resident"].values())
    assert (library["unchanged"]["embedded"], library["unchanged"]["changed"]) == (0, 0)
    assert library["edited"]["changed"] == [1]
    assert 1 <= library["edited"]["embedded"]["median"] <= 5
    for part in ("rates", "indexing"):
        assert library[part]["ratio"]["median"] > 0
    text = "\n".join(eval.bench.lines(found))
    assert "ratio to the bare embedder: median " in text
    assert "ratio to bare Chroma: median " in text
    assert "unchanged sync of 4: median " in text
    assert "cold yinju ask, extractive: median " in text
    assert "ratio, cold ask to cold --help: " in text


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(number) for number in range(1, 41)]
    assert percentiles(values) == {"p50": 20.0, "p95": 38.0, "count": 40}
    assert percentiles([2.0]) == {"p50": 2.0, "p95": 2.0, "count": 1}


def test_made_entries_are_whole_and_stay_the_same() -> None:
    for number in range(20):
        entry = made_entry(number)
        assert entry == made_entry(number)
        text = entry.document.text
        for chunk in entry.chunks:
            assert chunk.text == chunk.span.slice(text)
            assert "".join(span.slice(text) for span in chunk.sentences) == chunk.text
    assert {made_entry(number).document.language for number in range(20)} == {"zh", "en"}
    assert len(set(made_questions(10))) == 10


@pytest.mark.models
def test_a_tiny_run_times_searching(tmp_path: Path) -> None:
    command = ["bench", "--chunks", "60", "--runs", "1", "--library", str(tmp_path / "library")]
    for _ in range(2):
        done = CliRunner().invoke(main, [*command, "--json"])
        assert done.exit_code == 0, done.output
        found = json.loads(done.stdout)
        assert (found["chunks"], found["documents"], found["questions"]) == (60, 6, 20)
        assert found["recall"] == 1.0
        for one in found["seconds"].values():
            assert 0 < one["p50"] <= one["p95"]
    assert found["embedded"] == 0, "the library was kept"
    assert "one language: p50 " in "\n".join(eval.bench_search.lines(found))
    assert CliRunner().invoke(main, ["bench", "--library", str(tmp_path)]).exit_code == 2
