"""A mirrored folder: new, changed, renamed and gone files, and what must never be forgotten."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import rag.preparing
from rag.commands.reporting import counts_of, exit_code, print_report
from rag.ingest import IngestReport, ingest
from rag.metering import Step
from rag.records import Overrides
from rag.store import Store
from rag.syncing import absent, pair_moves
from tests.cli_helpers import SHAPES, conforms, here
from tests.libraries import FILES, contents, open_store, write_files

PARAGRAPHS = {
    "zh": "第{n}项任务是全面落实生态环境保护督察整改，持续改善第{n}片水域的水质并按期公开结果。",
    "hant": "第{n}項任務是全面落實生態環境保護督察整改，持續改善第{n}片水域的水質並按期公開結果。",
    "en": "Task number {n} is to carry out inspection number {n} of the rivers and to publish it.",
    "mixed": "第{n}项任务 (task {n}) 是改善 river {n} 的水质，and to publish results 按期公开。",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "文件 files")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "library")


def sync(store: Store, *folders: Path, dry_run: bool = False) -> IngestReport:
    return ingest(store, folders, chunk_tokens=40, mirror=True, dry_run=dry_run)


def happened(report: IngestReport) -> dict[str, list[str]]:
    """File names by what happened, of kinds that something happened to."""
    kinds = {
        kind: sorted(Path(path).name for path in getattr(report, kind))
        for kind in ("added", "changed", "removed", "not_reached")
    }
    kinds["renamed"] = [f"{Path(old).name} → {Path(new).name}" for old, new in report.renamed]
    kinds["failed"] = [Path(path).name for path, _ in report.failed]
    return {kind: names for kind, names in kinds.items() if names}


def long_text(language: str, *, without: int = -1, edited: int = -1) -> str:
    made = [
        f"{PARAGRAPHS[language].format(n=n)}{' 改 edited.' if n == edited else ''}"
        for n in range(40)
        if n != without
    ]
    return "\n\n".join(made)


def test_a_sync_follows_everything_that_can_happen(store: Store, folder: Path) -> None:
    assert happened(sync(store, folder)) == {"added": sorted(FILES)}
    write_files(folder, {"新.txt": "新的文件。A new file.", "2023年工作会议.txt": "全部改写。"})
    (folder / "harbour report.md").unlink()
    (folder / "子").mkdir()
    (folder / "施政報告.txt").rename(folder / "子" / "報告.txt")
    report = sync(store, folder)
    assert happened(report) == {
        "added": ["新.txt"],
        "changed": ["2023年工作会议.txt"],
        "renamed": ["施政報告.txt → 報告.txt"],
        "removed": ["harbour report.md"],
    }
    assert len(report.unchanged) == len(FILES) - 3
    fresh = open_store(store.directory.parent / "fresh")
    sync(fresh, folder)
    store.rebuild()  # BM25 counts removed chunks until then
    assert contents(store) == contents(fresh)


def test_a_renamed_file_embeds_nothing_and_keeps_its_decisions(store: Store, folder: Path) -> None:
    sync(store, folder)
    old, new = folder / "施政報告.txt", folder / "別名 other name.txt"
    decided = Overrides(encoding="utf-8", fields={"publisher": "署"})
    store.put_overrides(os.path.realpath(old), decided)
    sync(store, folder)
    store.embedder.embedded = 0
    old.rename(new)
    report = sync(store, folder)
    assert report.renamed == [(str(old), str(new))]
    assert (report.embedded, store.embedder.embedded) == (0, 0)
    assert store.overrides() == {os.path.realpath(new): decided}
    assert store.document("別名 other name.txt").text.startswith("施政報告")
    assert happened(sync(store, folder)) == {}
    contents(store)


def test_copies_and_swaps_are_told_from_renames(store: Store, folder: Path) -> None:
    sync(store, folder)
    shutil.copy(folder / "施政報告.txt", folder / "副本 copy.txt")
    assert happened(sync(store, folder)) == {"added": ["副本 copy.txt"]}
    a, b = folder / "2023年工作会议.txt", folder / "2024年工作会议.txt"
    first, second = a.read_bytes(), b.read_bytes()
    a.write_bytes(second)
    b.write_bytes(first)
    assert happened(sync(store, folder)) == {"changed": sorted([a.name, b.name])}
    (folder / "副本 copy.txt").rename(folder / "三.txt")
    (folder / "施政報告.txt").unlink()
    report = sync(store, folder)
    assert len(report.renamed) == len(report.removed) == 1
    assert report.renamed[0][1] == str(folder / "三.txt")


def test_a_moved_file_keeps_the_pair_of_its_own_name() -> None:
    gone = {"/a/甲.txt": "1", "/a/乙.txt": "1", "/a/丙.txt": "2"}
    fresh = {"/b/乙.txt": "1", "/b/丁.txt": "1", "/b/戊.txt": "1", "/b/丙.txt": "3"}
    assert pair_moves(gone, fresh) == {"/b/乙.txt": "/a/乙.txt", "/b/丁.txt": "/a/甲.txt"}


def test_a_file_that_took_another_name_and_cannot_be_read_keeps_its_text(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(store, folder)
    (folder / "施政報告.txt").rename(folder / "新名.txt")
    monkeypatch.setattr("rag.ingest.prepare", lambda *a, **k: (_ for _ in ()).throw(OSError(5, "")))
    assert happened(sync(store, folder)) == {"failed": ["新名.txt"]}
    assert "碳排放權" in store.document("施政報告.txt").text


def test_what_lies_elsewhere_is_left_alone(store: Store, folder: Path, tmp_path: Path) -> None:
    other = write_files(tmp_path / "文件 files more", {"别处.txt": "别处的文件。"})
    ingest(store, [other], chunk_tokens=40)
    sync(store, folder)
    (other / "别处.txt").unlink()
    assert happened(sync(store, folder)) == {}
    assert happened(sync(store, folder, other)) == {"removed": ["别处.txt"]}


def close_by_listing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = Path.iterdir
    closed = folder / "子 sub"

    def refuse(self: Path) -> object:
        if self == closed:
            raise PermissionError(13, "Permission denied")
        return listed(self)

    monkeypatch.setattr(Path, "iterdir", refuse)
    for path in closed.glob("*.txt"):
        path.unlink()  # even so: nothing is known of a folder that cannot be listed


def unmount(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is empty and, as far as `stat` can tell, on another disk than it was."""
    shutil.rmtree(folder / "子 sub")
    (folder / "子 sub").mkdir()


@pytest.mark.parametrize("happens", [close_by_listing, unmount])
def test_a_folder_out_of_reach_forgets_nothing(
    store: Store,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    happens: Callable[[Path, pytest.MonkeyPatch], None],
) -> None:
    sub = write_files(folder / "子 sub", {"内.txt": "里面的文件。", "inner.txt": "Inside."})
    sync(store, folder)
    if happens is unmount:
        devices = json.loads(store.database.meta("devices") or "{}")
        assert devices[os.path.realpath(sub)] == sub.stat().st_dev
        devices[os.path.realpath(sub)] += 1
        store.database.set_meta("devices", json.dumps(devices))
    happens(folder, monkeypatch)
    report = sync(store, folder)
    assert (report.removed, report.renamed) == ([], [])
    assert [path for path, _ in report.failed] == [str(sub)]
    assert len(store.documents()) == len(FILES) + 2


def test_a_missing_root_fails_and_forgets_nothing(store: Store, folder: Path) -> None:
    sync(store, folder)
    folder.rename(folder.parent / "moved")
    report = sync(store, folder)
    assert happened(report) == {"failed": [folder.name]}
    assert len(store.documents()) == len(FILES)


def test_a_file_is_no_folder_to_mirror(store: Store, folder: Path) -> None:
    ((_, why),) = sync(store, folder / "施政報告.txt").failed
    assert "no folder" in why
    assert store.documents() == []


def test_an_emptied_folder_is_empty(store: Store, folder: Path) -> None:
    sync(store, folder)
    for path in folder.iterdir():
        path.unlink()
    assert happened(sync(store, folder)) == {"removed": sorted(FILES)}
    assert store.documents() == []
    assert len(store.vectors) == len(store.lexical) == 0


def test_a_folder_or_a_link_in_a_files_place(store: Store, folder: Path) -> None:
    sync(store, folder)
    (folder / "施政報告.txt").unlink()
    (folder / "施政報告.txt").mkdir()
    (folder / "harbour report.md").unlink()
    (folder / "harbour report.md").symlink_to(folder / "mixed 词汇.md")
    assert happened(sync(store, folder)) == {"removed": ["harbour report.md", "施政報告.txt"]}


def test_absent_judges_only_what_it_saw(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "甲", {"在.txt": "here"})
    known = [str(folder / name) for name in ("在.txt", "不在.txt")]
    known += ["https://example.org/甲/page", str(tmp_path / "甲乙" / "x.txt")]
    found = absent(known, [folder], present={known[0]}, unread=[], devices={})
    assert (found.gone, found.away) == ((known[1],), {})
    found = absent(known, [folder], present=set(), unread=[folder], devices={})
    assert (found.gone, found.away) == ((), {})


@pytest.mark.parametrize("language", PARAGRAPHS)
@pytest.mark.parametrize("edit", [{"edited": 20}, {"without": 20}], ids=["changed", "deleted"])
def test_one_edited_paragraph_embeds_its_chunks_only(
    store: Store, tmp_path: Path, language: str, edit: dict[str, int]
) -> None:
    folder = write_files(tmp_path / "long", {"长 long.txt": long_text(language)})
    first = ingest(store, [folder], chunk_tokens=120)
    assert first.chunks == first.embedded == store.embedder.embedded > 10
    store.embedder.embedded = 0
    write_files(folder, {"长 long.txt": long_text(language, **edit)})
    report = ingest(store, [folder], chunk_tokens=120)
    assert happened(report) == {"changed": ["长 long.txt"]}
    assert 1 <= report.embedded == store.embedder.embedded <= 3
    contents(store)


def test_an_unchanged_sync_loads_and_writes_nothing(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(store, folder)
    store.close()
    again = Store(store.directory, lambda: pytest.fail("an embedder was opened"))
    before = again.database.rows("SELECT value FROM meta WHERE key = 'generation'")
    report = sync(again, folder)
    assert (len(report.unchanged), report.chunks, report.embedded) == (len(FILES), 0, 0)
    assert "_vectors" not in again.__dict__
    assert again.database.rows("SELECT value FROM meta WHERE key = 'generation'") == before
    again.close()


def test_a_dry_run_says_the_same_and_does_nothing(store: Store, folder: Path) -> None:
    planner = Store(store.directory, lambda: pytest.fail("an embedder was opened"))
    planned = sync(planner, folder, dry_run=True)
    assert planner.documents() == []
    assert happened(planned) == happened(sync(store, folder))
    write_files(folder, {"新.txt": "新的文件。", "2023年工作会议.txt": "改写。", "坏.txt": ""})
    (folder / "harbour report.md").unlink()
    (folder / "施政報告.txt").rename(folder / "報告.txt")
    before = contents(store), planner.database.meta("devices")
    planned = sync(planner, folder, dry_run=True)
    assert (contents(store), planner.database.meta("devices")) == before
    planner.close()
    done = sync(store, folder)
    assert happened(planned) == happened(done)
    assert planned.chunks == done.chunks


def test_a_new_way_of_preparing_is_taken_up_once(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(store, folder)
    monkeypatch.setattr(rag.preparing, "PIPELINE_VERSION", rag.preparing.PIPELINE_VERSION + 1)
    report = sync(store, folder)
    assert happened(report) == {"changed": sorted(FILES)}
    assert report.embedded == 0, "what stayed the same is in the cache"
    assert happened(sync(store, folder)) == {}
    assert len(ingest(store, [folder], chunk_tokens=60).changed) == len(FILES)


def test_an_encoding_is_decided_and_forgotten(store: Store, folder: Path) -> None:
    path = folder / "碼.txt"
    path.write_bytes("碳排放權交易市場".encode("big5") * 3)
    options = {"chunk_tokens": 40}
    ingest(store, [path], **options)
    assert "碳排放權" in store.document(path.name).text
    report = ingest(store, [path], encoding="gb18030", **options)
    assert happened(report) == {"changed": ["碼.txt"]}
    assert store.document(path.name).encoding == "gb18030"
    assert "碳排放權" not in store.document(path.name).text
    assert happened(ingest(store, [path], **options)) == {}, "it holds from now on"
    assert happened(ingest(store, [path], encoding="gb18030", **options)) == {}
    assert happened(ingest(store, [path], encoding="auto", **options)) == {"changed": ["碼.txt"]}
    assert "碳排放權" in store.document(path.name).text


@pytest.mark.parametrize("mirror", [False, True])
def test_a_stop_leaves_the_rest_and_keeps_what_was_finished(
    store: Store, folder: Path, mirror: bool
) -> None:
    sync(store, folder)
    (folder / "harbour report.md").unlink()
    more = {f"第{n}.txt": f"第{n}个文件。File {n}." for n in range(6)}
    write_files(folder, more)
    seen: list[Step] = []
    report = ingest(
        store,
        [folder],
        chunk_tokens=40,
        mirror=mirror,
        progress=seen.append,
        stop=lambda: bool(seen) and seen[-1].done >= 6,
    )
    assert report.interrupted
    assert report.removed == [], "what is gone is forgotten when all is done"
    reached = len(report.added) + len(report.unchanged)
    assert reached + len(report.not_reached) == len(FILES) - 1 + len(more)
    assert report.not_reached
    assert store.waiting() == 0
    contents(store)
    again = ingest(store, [folder], chunk_tokens=40, mirror=mirror)
    assert not again.interrupted
    assert len(again.added) + len(report.added) == len(more)


def test_the_command_says_what_it_would_do(folder: Path, tmp_path: Path) -> None:
    library = tmp_path / "none"
    write_files(folder, {"坏 bad.txt": ""})
    done = here("sync", folder, "--dry-run", "--library", library)
    assert done.code == 1, "a file would fail"
    lines = done.out.splitlines()
    assert lines[:-1] == [f"added     {folder / name}" for name in sorted(FILES)]
    assert lines[-1].startswith("dry run, nothing written: 5 added, 0 changed, 0 renamed, 0 unch")
    assert done.err.startswith(f"failed: {folder / '坏 bad.txt'}: ")
    assert not library.exists()
    as_json = here("sync", folder, folder.parent / "no folder", "--dry-run", "--json").json
    conforms(as_json, SHAPES["ingest"])
    assert len(as_json["failed"]) == 2


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("ingest", ".", "--encoding", "汉字"), "'汉字' is no encoding"),
        (("ingest", ".", "--encoding", "base64"), "'base64' is no encoding"),
        (("sync", ".", "--dry-run", "--watch"), "exclude each other"),
        (("sync",), "Missing argument 'DIR...'"),
    ],
)
def test_misuse_is_told(arguments: tuple[str, ...], complaint: str) -> None:
    done = here(*arguments)
    assert done.code == 2
    assert complaint in done.err


def test_every_file_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    report = IngestReport(
        added=["甲.txt"],
        changed=["two\nlines.md"],
        renamed=[("旧.txt", "new.txt")],
        unchanged=["same.txt"],
        removed=["去.txt"],
        failed=[("坏.txt", "Empty.")],
        warnings=[("甲.txt", "Damaged.")],
        not_reached=["later.txt"],
        interrupted=True,
        chunks=7,
        embedded=3,
    )
    print_report(report, 1.0, as_json=False, verbose=True)
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "added     甲.txt",
        "changed   two\\nlines.md",
        "removed   去.txt",
        "unchanged same.txt",
        "renamed   旧.txt → new.txt",
        "left      later.txt",
        "1 added, 1 changed, 1 renamed, 1 unchanged, 1 removed, 1 failed; "
        "7 passages, 3 of them embedded",
    ]
    assert told.err.splitlines() == [
        "warning: 甲.txt: Damaged.",
        "failed: 坏.txt: Empty.",
        "Interrupted; 1 files not reached; what was finished is kept.",
    ]
    assert exit_code(report) == 130
    assert exit_code(IngestReport(failed=[("坏.txt", "Empty.")])) == 1
    assert exit_code(IngestReport(added=["甲.txt"])) == 0


def test_progress_reads_as_a_line() -> None:
    step = Step(
        done=11, total=2000, bytes_done=3_100_000, bytes_total=40_000_000, chunks=812, path=""
    )
    assert counts_of(step) == "file 12/2000 · 3.1/40.0 MB · 812 passages"
