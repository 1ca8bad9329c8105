"""Files into the library: once each, replaced when changed, and a bad file stops nothing."""

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rag.database
import rag.ingest
import rag.records
import rag.store
from rag.database import Database
from rag.loaders import read
from rag.metering import Step
from rag.preparing import prepare
from rag.store import Store
from tests.libraries import FILES, contents, open_store, put, search, write_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "文件 files")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "library")


def names(paths: list[str]) -> set[str]:
    return {Path(path).name for path in paths}


def test_ingest_twice_is_ingest_once(store: Store, folder: Path) -> None:
    first = put(store, folder)
    assert names(first.added) == set(FILES)
    before = contents(store)
    second = put(store, folder, folder / "施政報告.txt")
    assert (second.added, second.changed, second.chunks) == ([], [], 0)
    assert names(second.unchanged) == set(FILES)
    assert contents(store) == before


def test_the_same_file_by_other_paths_is_one_document(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, folder)
    (folder.parent / "链接").symlink_to(folder)
    monkeypatch.chdir(folder)
    report = put(store, Path("施政報告.txt"), folder.parent / "链接", Path("..") / folder.name)
    assert report.added == report.changed == []
    assert len(store.documents()) == len(FILES)


def test_a_changed_file_is_replaced(store: Store, folder: Path) -> None:
    put(store, folder)
    old = store.document("harbour report.md")
    write_files(folder, {"harbour report.md": "# Harbour report\n\n港口现有五台起重机 gantries."})
    report = put(store, folder)
    assert (names(report.changed), report.added) == ({"harbour report.md"}, [])
    assert len(report.unchanged) == len(FILES) - 1
    assert store.chunks_of(old.id) == []
    assert not any(key.startswith(old.id) for key in store.vectors.ids())
    assert all("lexical" not in ranks for *_, ranks in search(store, "ships called 58 times"))
    new = store.document("harbour report.md")
    assert search(store, "起重机 gantries")[0][0].startswith(new.id)
    contents(store)


def test_a_file_that_turned_bad_keeps_its_last_good_text(store: Store, folder: Path) -> None:
    put(store, folder)
    (folder / "施政報告.txt").write_bytes(b"")
    report = put(store, folder)
    assert [Path(path).name for path, _ in report.failed] == ["施政報告.txt"]
    assert "碳排放權" in store.document("施政報告.txt").text


BAD = {
    "空.txt": b"",
    "blank.txt": " \n\t　\r\n".encode(),
    "mark.txt": b"\xef\xbb\xbf",
    "二进制 binary.txt": bytes(range(256)) * 40,
    "image.md": b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" * 50,
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_file_is_reported_and_the_rest_goes_in(store: Store, folder: Path, bad: str) -> None:
    (folder / bad).write_bytes(BAD[bad])
    report = put(store, folder, folder / "没有这个文件.txt")
    assert names(report.added) == set(FILES)
    failed = {Path(path).name: reason for path, reason in report.failed}
    assert set(failed) == {bad, "没有这个文件.txt"}
    for reason in failed.values():
        assert len(reason) > 10
        assert "\n" not in reason
    assert names([document.path for document in store.documents()]) == set(FILES)


def test_a_wrong_suffix_is_passed_over_in_a_folder_and_refused_by_name(
    store: Store, folder: Path
) -> None:
    (folder / "报告.rar").write_bytes(b"Rar!\x1a\x07\x01\0" + bytes(range(256)))
    (folder / ".hidden.txt").write_text("hidden", "utf-8")
    report = put(store, folder)
    assert report.failed == []
    assert [(Path(path).name, text[:7]) for path, text in report.warnings] == [
        ("报告.rar", "Skipped")
    ]
    named = put(store, folder / "报告.rar")
    assert [Path(path).name for path, _ in named.failed] == ["报告.rar"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_reported(store: Store, folder: Path) -> None:
    (folder / "施政報告.txt").chmod(0)
    report = put(store, folder)
    assert names([path for path, _ in report.failed]) == {"施政報告.txt"}
    assert len(report.added) == len(FILES) - 1


def test_a_file_that_vanishes_half_way_is_reported(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = Store.add

    def add_then_delete(self: Store, entry: rag.store.Entry, **options: Any) -> None:
        added(self, entry, **options)
        (folder / "施政報告.txt").unlink(missing_ok=True)

    monkeypatch.setattr(Store, "add", add_then_delete)
    report = put(store, folder)
    ((path, reason),) = report.failed
    assert Path(path).name == "施政報告.txt"
    assert "No such file" in reason
    assert len(report.added) == len(FILES) - 1


def test_a_name_that_is_not_utf8_is_reported(store: Store, folder: Path) -> None:
    name = os.fsencode(folder) + b"/" + "报告.txt".encode("gbk")
    os.close(os.open(name, os.O_CREAT | os.O_WRONLY))
    report = put(store, folder)
    assert len(report.failed) == 1
    assert "UTF-8" in report.failed[0][1]
    assert names(report.added) == set(FILES)


@pytest.mark.parametrize("text", ["责任编辑：张三\n版权所有\n", "Share this page\n打印本页\n"])
def test_nothing_but_furniture_is_no_document(store: Store, tmp_path: Path, text: str) -> None:
    path = write_files(tmp_path / "pages", {"页.txt": text}) / "页.txt"
    ((_, reason),) = put(store, path).failed
    assert "furniture" in reason
    assert store.documents() == []


def test_a_document_is_one_transaction(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = rag.database.chunk_row
    calls = 0

    def fail_at_last(piece: rag.records.Chunk) -> tuple[object, ...]:
        nonlocal calls
        calls += 1
        if piece.text.startswith("施政報告"):
            raise RuntimeError("power cut")
        return made(piece)

    monkeypatch.setattr(rag.database, "chunk_row", fail_at_last)
    with pytest.raises(RuntimeError, match="power cut"):
        put(store, folder)
    assert calls > 1
    kept = names([document.path for document in store.documents()])
    assert "施政報告.txt" not in kept
    assert store.database.rows("SELECT count(*) FROM chunks")[0][0] == calls - 1
    monkeypatch.undo()
    put(store, folder)
    contents(store)


def test_mirror_forgets_what_is_gone_from_these_folders_only(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    other = write_files(tmp_path / "other", {"别处.txt": "别处的文件。"})
    put(store, folder, other)
    gone = store.document("施政報告.txt").id
    (folder / "施政報告.txt").unlink()
    (other / "别处.txt").unlink()
    assert put(store, folder).removed == [], "only when asked"
    report = put(store, folder, mirror=True)
    assert names(report.removed) == {"施政報告.txt"}
    kept = names([document.path for document in store.documents()])
    assert kept == set(FILES) - {"施政報告.txt"} | {"别处.txt"}
    assert not any(key.startswith(gone) for key, *_ in search(store, "碳排放權交易", k=50))
    contents(store)


def test_mirror_of_a_missing_folder_forgets_nothing(store: Store, folder: Path) -> None:
    put(store, folder)
    folder.rename(folder.parent / "moved")
    report = put(store, folder, mirror=True)
    assert (len(report.failed), report.removed) == (1, [])
    assert len(store.documents()) == len(FILES)


def test_progress_counts_to_the_end(store: Store, folder: Path) -> None:
    steps: list[Step] = []
    report = rag.ingest.ingest(store, [folder], chunk_tokens=40, progress=steps.append)
    assert sorted({step.done for step in steps}) == list(range(len(FILES) + 1))
    assert {step.total for step in steps} == {len(FILES)}
    sizes = sum(path.stat().st_size for path in folder.iterdir())
    assert {step.bytes_total for step in steps} == {sizes}
    counts = [(step.bytes_done, step.chunks) for step in steps]
    assert counts == sorted(counts)
    assert counts[-1] == (sizes, report.chunks)
    assert (steps[0].bytes_done, steps[-1].path) == (0, "")


def test_progress_moves_within_a_long_file(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.embedding_cache.EMBED_BATCH", 4)
    lines = "\n\n".join(f"第{number}项：全面落实各项重点任务。" for number in range(200))
    write_files(folder, {"长.txt": lines})
    steps: list[Step] = []
    rag.ingest.ingest(store, [folder / "长.txt"], chunk_tokens=40, progress=steps.append)
    assert len({step.bytes_done for step in steps}) > 10
    assert len({step.chunks for step in steps}) > 10


def test_years_language_and_date_are_of_the_text(store: Store, folder: Path) -> None:
    put(store, folder)
    assert store.document("施政報告.txt").years == (2024,)
    assert store.document("2023年工作会议.txt").years[0] == 2023
    languages = {Path(each.path).name: each.language for each in store.documents()}
    assert languages["施政報告.txt"] == "zh"
    assert languages["mixed 词汇.md"] == languages["harbour report.md"] == "en"


LINES = st.lists(
    st.sampled_from(
        [
            *("会议指出，要落实任务。", "會議強調：環境要改善！", "# 标题 Title", "", "民國113年"),
            *(
                "The meeting set 7 tasks.",
                "ＰＭ２．５下降",
                "A line\twith a tab",
                "全国 (national)",
            ),
        ]
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None, max_examples=30)
@given(LINES)
def test_ids_and_spans_are_stable_and_quotes_slice(lines: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "文.txt"
        path.write_text("\n".join(["开头 Start.", *lines]), "utf-8")
        entry = prepare(path, read(path), chunk_tokens=40)
        assert entry == prepare(path, read(path), chunk_tokens=40)
        database = Database(Path(name) / "library.db")
        database.put_document(entry.document, entry.location, entry.raw, entry.chunks)
        (document,) = database.documents()
        assert document == entry.document
        chunks = database.chunks("document_id = ?", (document.id,))
        assert tuple(chunks) == entry.chunks
        database.close()
    assert [chunk.id for chunk in chunks] == [f"{document.id}:{i}" for i in range(len(chunks))]
    for chunk in chunks:
        assert chunk.text == chunk.span.slice(document.text)
        for span in chunk.sentences:
            assert span.slice(document.text) in chunk.text
