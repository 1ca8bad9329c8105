"""What cleaning did is shown line by line, and a person can undo it; the file stays as it is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.chunking import chunk
from rag.cleaning import clean, raw_text
from rag.deciding import decide, overrides_of, put_back, switch_rules
from rag.errors import InputError
from rag.preparing import AS_READ
from rag.records import Document, Overrides
from rag.sides import side_by_side
from rag.store import Store
from tests.cli_helpers import here
from tests.libraries import contents, open_store, put

PAGE = (
    "广告\r\n關於工作會議的通知\r\n\r\n國(guó)家要求各地(dì)按時(shí)上報(bào)結果，共12項。\r\n"
    "广告\r\nThe report follows.　It is long enough to be a sentence of its own.\r\n"
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    path = tmp_path / "通知 page.txt"
    path.write_bytes(PAGE.encode("gb18030"))
    found = open_store(tmp_path / "library")
    put(found, path)
    return found


def only(store: Store) -> Document:
    (document,) = store.documents()
    return document


def decided(store: Store, overrides: Overrides) -> Document:
    return decide(store, only(store), overrides, chunk_tokens=40)


def number_of(document: Document, reason: str) -> int:
    return next(
        number
        for number, removal in enumerate(document.removals, start=1)
        if removal.reason == reason
    )


PIECES = st.lists(
    st.sampled_from(
        ["广告", "國(guó)家", "会议，", "\n", "\r\n", "\r", "　", " ", "Text.", "六是甲七是乙"]
    ),
    max_size=12,
).map("".join)


@given(PIECES)
def test_sides_are_the_raw_and_the_clean_text(raw: str) -> None:
    cleaned = clean(raw)
    document = document_of(cleaned.text, cleaned.removals, cleaned.source_map)
    rows = side_by_side(document)
    assert "\n".join(row.raw for row in rows) == raw
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    shown = {number for row in rows for number, _ in row.changes}
    assert shown == set(range(1, len(document.removals) + 1))


def document_of(text, removals, source_map) -> Document:  # type: ignore[no-untyped-def]
    return Document(
        id="x",
        path="x",
        title="x",
        date=None,
        publisher=None,
        language="zh",
        text=text,
        sha256="",
        encoding="utf-8",
        removals=removals,
        source_map=source_map,
    )


def test_a_row_says_what_became_of_its_line(store: Store) -> None:
    rows = side_by_side(only(store))
    assert rows[0].raw == "广告\r"
    assert rows[0].clean == ""
    assert "advertisement" in {reason for _, reason in rows[0].changes}
    glossed = next(row for row in rows if "guó" in row.raw)
    assert glossed.clean == "國家要求各地按時上報結果，共12項。"
    assert {reason for _, reason in glossed.changes} >= {"pinyin"}


def test_a_rule_is_switched_off_and_on_again(store: Store) -> None:
    before = only(store)
    document = decided(store, switch_rules(AS_READ, off=["pinyin"]))
    assert "國(guó)家" in document.text
    assert document.id != before.id, "offsets into the text differ"
    assert overrides_of(store, document).rules_off == ("pinyin",)
    assert decided(store, switch_rules(overrides_of(store, document), on=["pinyin"])) == before
    assert only(store) == before


def test_a_removed_line_is_put_back(store: Store) -> None:
    before = only(store)
    number = number_of(before, "advertisement")
    document = decided(store, put_back(AS_READ, before, [number]))
    assert document.text.startswith("广告\n")
    assert raw_text(document.text, document.removals, document.source_map) == PAGE
    assert [piece.text for piece in store.chunks_of(document.id)] == [
        piece.text for piece in chunk(document.id, document.text, max_tokens=40)
    ]
    contents(store)  # vectors and terms follow


def test_only_a_removed_line_is_put_back(store: Store) -> None:
    document = only(store)
    with pytest.raises(InputError, match="--off pinyin"):
        put_back(AS_READ, document, [number_of(document, "pinyin")])
    for number in (0, -1, len(document.removals) + 1):
        with pytest.raises(InputError, match="no change"):
            put_back(AS_READ, document, [number])


def test_decisions_hold_when_the_file_is_read_again(store: Store, tmp_path: Path) -> None:
    decided(store, switch_rules(AS_READ, off=["pinyin"]))
    path = tmp_path / "通知 page.txt"
    path.write_bytes(PAGE.replace("12", "13").encode("gb18030"))
    put(store, path)
    assert "國(guó)家" in only(store).text
    assert "13項" in only(store).text


def test_nothing_left_changes_nothing(store: Store) -> None:
    before = only(store)
    with pytest.raises(InputError):
        decided(store, Overrides(encoding="no-such-codec"))
    assert only(store) == before
    assert overrides_of(store, before) == AS_READ


def test_the_file_need_not_be_there(store: Store, tmp_path: Path) -> None:
    (tmp_path / "通知 page.txt").unlink()
    assert "國(guó)家" in decided(store, switch_rules(AS_READ, off=["pinyin"])).text


@pytest.mark.models
def test_inspect_shows_and_undoes(tmp_path: Path) -> None:
    name, library = "通知 page.txt", ("--library", tmp_path / "library")
    (tmp_path / name).write_bytes(PAGE.encode("gb18030"))
    assert here("ingest", tmp_path / name, *library).code == 0
    sides = here("inspect", name, *library)
    assert "國(guó)家要求" in sides.out
    assert "國家要求各地" in sides.out
    assert "utf-8" not in sides.out
    assert "gb18030" in sides.out
    listed = here("inspect", name, "--changes", *library).out.splitlines()
    advertisement = next(line for line in listed if "advertisement" in line)
    assert "whitespace" not in here("inspect", name, "--diff", *library).out
    assert "-广告" in here("inspect", name, "--diff", *library).out.splitlines()
    kept = here("inspect", name, "--keep", advertisement.split()[0], "--off", "pinyin", *library)
    assert "rules off: pinyin; lines put back: 1" in kept.out
    assert here("show", name, *library).out.startswith("广告\n")
    reset = here("inspect", name, "--reset", *library)
    assert "put back" not in reset.out
    assert here("show", name, *library).out.startswith("關於")
    refused = here("inspect", name, "--keep", "999", *library)
    assert refused.code == 1
    assert "no change 999" in refused.only_line()
