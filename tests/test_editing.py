"""Corrections of metadata: checked, in force at once, kept when the file is read again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.answering import Answerer
from rag.editing import set_fields
from rag.errors import InputError
from rag.metadata.fields import FIELDS, check_fields, edit_fields
from rag.store import Store
from tests.cli_helpers import here
from tests.libraries import open_store, put, write_files

FILES = {
    "meeting.txt": "渔港会议\n\n2024年3月5日，渔港管理局召开会议。会议决定渔港内不得倾倒垃圾。",
    "other.md": "# Harbour brief\n\nNo waste may be dumped in the harbour.",
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return write_files(tmp_path / "files", FILES)


@pytest.fixture
def store(tmp_path: Path, files: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "library")
    put(opened, files)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("name", "written", "stored"),
    [
        ("date", "2026-01-15", "2026-01-15"),
        ("date", "２０２６－０１－１５", "2026-01-15"),
        ("event_date", "2026-01", "2026-01"),
        ("event_date", "2026", "2026"),
        ("years", "2026, 2025，2025", "2026,2025"),
        ("years", "２０２６、2024", "2026,2024"),
        ("kind", "law", "law"),
        ("kind", "會議", "meeting"),
        ("kind", "Law or Regulation", "law"),
        ("language", "en", "en"),
        ("title", "  渔港\n会议 ", "渔港 会议"),
        ("publisher", "", None),
        ("author", None, None),
        ("date", " ", None),
    ],
)
def test_what_may_be_written(name: str, written: str | None, stored: str | None) -> None:
    assert check_fields({name: written}) == {name: stored}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("date", "2026-01"),
        ("date", "2026-02-30"),
        ("date", "明天"),
        ("event_date", "2026-13"),
        ("years", "26"),
        ("years", "2026-2027"),
        ("kind", "poem"),
        ("language", "fr"),
        ("language", ""),
        ("title", "字" * 301),
        ("publisher", "\ud800"),
        ("text", "other"),
        ("", "x"),
    ],
)
def test_what_may_not_be_written_is_one_line(name: str, written: str) -> None:
    with pytest.raises(InputError) as raised:
        check_fields({name: written})
    assert raised.value.hint
    assert len(str(raised.value).splitlines()) == 1


def test_an_unknown_field_is_told_what_there_is() -> None:
    with pytest.raises(InputError) as raised:
        check_fields({"dat": "2026-01-15"})
    assert all(name in raised.value.hint for name in FIELDS)


def test_edits_are_marked_and_nothing_else_changes(store: Store) -> None:
    document = store.document("meeting.txt")
    edited = edit_fields(document, {"publisher": "渔港管理局", "event_date": None})
    assert (edited.publisher, edited.event_date) == ("渔港管理局", None)
    assert edited.origins["publisher"] == edited.origins["event_date"] == "edited"
    assert edited.origins["title"] == document.origins["title"]
    assert (edited.text, edited.id, edited.title) == (document.text, document.id, document.title)
    assert edit_fields(document, {}) is document


def test_an_events_year_joins_the_years_unless_they_are_given(store: Store) -> None:
    document = store.document("meeting.txt")
    assert edit_fields(document, {"event_date": "2025-01"}).years == (2025, 2024)
    assert edit_fields(document, {"event_date": "2024-03-06"}).years == (2024,)
    assert edit_fields(document, {"event_date": "2025", "years": "2023"}).years == (2023,)
    assert edit_fields(document, {"years": ""}).years == ()


def test_without_a_title_a_document_has_its_files_name(store: Store) -> None:
    assert edit_fields(store.document("meeting.txt"), {"title": ""}).title == "meeting"


def test_a_correction_embeds_nothing_unless_it_is_indexed(store: Store) -> None:
    document = store.document("meeting.txt")
    before = store.embedder.embedded
    edited = set_fields(store, document, {"publisher": "渔港管理局", "date": "2024-03-06"})
    assert store.document("meeting.txt") == edited
    assert store.embedder.embedded == before
    set_fields(store, edited, {"title": "垃圾倾倒会议"})
    assert store.embedder.embedded > before
    assert store.waiting() == 0
    assert len(store.vectors) == len(store.lexical) == sum(store.count_chunks().values())
    assert store.lexical.search({"垃圾": 1.0}, 5)


def test_a_corrected_language_is_the_one_that_is_searched(store: Store) -> None:
    set_fields(store, store.document("other.md"), {"language": "zh"})
    vector = store.embed_question("harbour")
    assert store.exact.search(vector, 5, language="en") == []
    assert set(store.centroids()) == {"zh"}


def test_corrections_outlive_a_changed_file(store: Store, files: Path) -> None:
    set_fields(store, store.document("meeting.txt"), {"kind": "notice", "event_date": ""})
    set_fields(store, store.document("meeting.txt"), {"publisher": "渔港管理局"})
    path = files / "meeting.txt"
    path.write_text(FILES["meeting.txt"] + "会议还决定增设灯塔。", "utf-8")
    assert len(put(store, files).changed) == 1
    document = store.document("meeting.txt")
    assert "灯塔" in document.text
    assert (document.kind, document.event_date) == ("notice", None)
    assert document.publisher == "渔港管理局"
    assert document.origins["kind"] == "edited"


def test_a_wrong_correction_changes_nothing(store: Store) -> None:
    document = store.document("meeting.txt")
    with pytest.raises(InputError):
        set_fields(store, document, {"publisher": "某局", "date": "soon"})
    assert store.document("meeting.txt") == document


def test_a_refusal_respects_corrected_years(store: Store) -> None:
    answerer = Answerer(store, None)
    refused = answerer.answer("2022年的会议决定了什么？", k=5)
    assert not refused.answered
    assert "2022" in refused.text
    assert "2024" in refused.text
    set_fields(store, store.document("meeting.txt"), {"years": "2022"})
    again = answerer.answer("2022年的会议决定了什么？", k=5)
    assert "没有关于2022年" not in again.text


def test_the_command(tmp_path: Path, files: Path) -> None:
    library = tmp_path / "by-command"
    assert here("ingest", files, "--library", library).code == 0
    done = here("documents", "set", "meeting.txt", "date=2026-01-15", "kind=", "--library", library)
    assert done.code == 0, done.err
    assert "date: 2026-01-15" in done.out
    assert "kind: unknown" in done.out
    rows = here("documents", "--json", "--library", library).json
    (row,) = [row for row in rows if row["path"].endswith("meeting.txt")]
    assert (row["date"], row["kind"], row["origins"]["date"]) == ("2026-01-15", None, "edited")
    listed = here("documents", "--library", library).out
    assert "event 2024-03-05" in listed
    one = here("documents", "--library", library, "set", "other.md", "years=2021", "--json").json
    assert one["years"] == [2021]


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ("date=soon", 1, "Write it as 2026-01-15"),
        ("dates=2026-01-15", 1, "Fields are title, publisher"),
        ("kind=poem", 1, "Kinds are meeting"),
        ("date", 2, "is no FIELD=VALUE"),
    ],
)
def test_a_wrong_command_is_told(
    tmp_path: Path, files: Path, change: str, code: int, said: str
) -> None:
    library = tmp_path / "by-command"
    store = open_store(library)
    put(store, files)
    store.close()
    ended = here("documents", "set", "meeting.txt", change, "--library", library)
    assert ended.code == code
    assert said in ended.err
