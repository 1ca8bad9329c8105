"""Repeats are found whatever their script, width and marks; other figures make other texts."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.duplicates import BANDS, Fingerprint, bands, is_repeat, resemblance
from rag.passages import LibraryPassages
from rag.questions import read_question
from rag.records import Citation, Span
from rag.repeats import copies_of, repeats_of
from rag.retrieval import Retriever
from rag.store import Store
from tests.libraries import open_store, put, write_files

ZH = (
    "会议强调，要坚持稳中求进，持续改善河流水质，完善排污许可制度，"
    "推动重点行业节能改造，年内新增监测断面120个。"
)
HANT = (
    "會議強調，要堅持穩中求進，持續改善河流水質，完善排污許可制度，"
    "推動重點行業節能改造，年內新增監測斷面120個。"
)
WIDE = ZH.replace("120", "１２０").replace("，", ",").replace("。", " .")
EN = (
    "The board asked every plant to publish its discharge figures each quarter and to repair "
    "leaking pipes within 30 days of a report."
)
MIXED = (
    "Under the 碳排放权交易 scheme each 重点排放单位 files its report by 31 March 2025, "
    "逾期不予受理。"
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (ZH, ZH, True),
        (ZH, HANT, True),
        (ZH, WIDE, True),
        (ZH, ZH.replace("持续", "不断"), False),
        (ZH, ZH.replace("持续", "努力"), True),
        (ZH, ZH.replace("120", "210"), False),
        (ZH, ZH.replace("要坚持", "没有坚持"), False),
        (
            ZH,
            "学校食堂公布了下周的菜单，每天更换两道热菜和一道汤。",
            False,
        ),
        (EN, EN.upper().replace(" ", "  "), True),
        (EN, EN.replace("repair", "mend"), True),
        (EN, EN.replace("30 days", "90 days"), False),
        (EN, EN.replace("asked", "never asked"), False),
        (EN, ZH, False),
        (MIXED, MIXED.replace("碳排放权交易", "碳排放權交易").replace("2025", "２０２５"), True),
        (MIXED, MIXED.replace("2025", "2026"), False),
        ("", "", False),
        ("——", "……", False),
        ("甲", "甲", True),
    ],
)
def test_what_repeats_what(one: str, other: str, same: bool) -> None:
    assert is_repeat(Fingerprint(one), Fingerprint(other)) is same
    assert is_repeat(Fingerprint(other), Fingerprint(one)) is same


@pytest.mark.parametrize("text", [ZH, HANT, EN, MIXED, "甲", ZH * 40])
def test_texts_alike_share_a_band(text: str) -> None:
    changed = text[: len(text) // 2] + "某" + text[len(text) // 2 + 1 :]
    own = bands(Fingerprint(text))
    assert 1 <= len(own) <= BANDS
    if resemblance(Fingerprint(text), Fingerprint(changed)) >= 0.8:
        assert set(own) & set(bands(Fingerprint(changed)))
    unlike = "The harbour bought three cranes." if text != EN else ZH
    assert not set(own) & set(bands(Fingerprint(unlike)))


def test_a_text_without_words_has_no_bands() -> None:
    assert bands(Fingerprint("—— …… 　")) == ()


@given(st.text(max_size=80), st.text(max_size=80))
def test_resemblance_is_a_jaccard_index(one: str, other: str) -> None:
    left, right = Fingerprint(one), Fingerprint(other)
    found = resemblance(left, right)
    assert 0 <= found <= 1
    assert found == resemblance(right, left)
    if len(left.shingles):
        assert resemblance(left, left) == 1
        common = set(left.shingles.tolist()) & set(right.shingles.tolist())
        every = set(left.shingles.tolist()) | set(right.shingles.tolist())
        assert found == pytest.approx(len(common) / len(every))


FILES = {
    "甲.txt": f"甲市通知\n\n{ZH}\n\n甲市另行安排学校食堂的检查工作，由教育部门负责。",
    "乙.txt": f"乙市通报\n\n乙市的港口今年添置了三台起重机，吞吐量有所增加。\n\n{HANT}",
    "丙.txt": f"丙市通报\n\n{ZH.replace('120', '90')}\n\n丙市还公布了公园的开放时间和停车办法。",
    "丁.txt": f"丁市公告\n\n{ZH.replace('持续', '努力')}\n\n丁市的图书馆从下月起延长开放时间。",
    "a.md": f"# Notice A\n\n{EN}\n\nThe harbour bought three cranes this year.",
    "a-copy.md": f"# Notice A\n\n{EN}\n\nThe harbour bought three cranes this year!",
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = open_store(tmp_path / "library")
    put(found, write_files(tmp_path / "files", FILES))
    return found


def test_copies_of_documents_are_found(store: Store) -> None:
    (copy,) = copies_of(store, store.document("a.md"))
    assert Path(copy.document.path).name == "a-copy.md"
    assert copy.resemblance == 1
    assert copies_of(store, store.document("丙.txt")) == []


def test_passages_repeated_elsewhere_are_found(store: Store) -> None:
    (chunk,) = (
        piece for piece in store.chunks_of(store.document("甲.txt").id) if "120" in piece.text
    )
    found = {
        Path(document.path).name
        for piece in repeats_of(store, chunk)
        for document in store.documents_by_id([piece.document_id])
    }
    assert found == {"乙.txt", "丁.txt"}


def test_a_repeat_is_ranked_once_with_its_other_places(store: Store) -> None:
    hits = Retriever(store).search(read_question("完善排污许可制度"), 8)
    held = [hit for hit in hits if "120" in hit.chunk.text]
    assert len(held) == 1
    assert len(held[0].repeats) == 2
    assert any("90" in hit.chunk.text for hit in hits), "another figure is another passage"


def test_a_citation_names_every_place(store: Store) -> None:
    document = store.document("甲.txt")
    start = document.text.index(ZH)
    citation = Citation(
        number=1,
        document_id=document.id,
        span=Span(start=start, end=start + len(ZH)),
        quote=ZH,
    )
    also = LibraryPassages(store, Retriever(store)).also_in(citation)
    quotes = {
        Path(store.documents_by_id([place.document_id])[0].path).name: place.quote for place in also
    }
    assert quotes == {"乙.txt": HANT, "丁.txt": ZH.replace("持续", "努力")}
    for place in also:
        text = store.documents_by_id([place.document_id])[0].text
        assert place.span.slice(text) == place.quote


def test_a_forgotten_document_is_no_place_any_more(store: Store, tmp_path: Path) -> None:
    (tmp_path / "files" / "乙.txt").unlink()
    (tmp_path / "files" / "a-copy.md").unlink()
    put(store, tmp_path / "files", mirror=True)
    assert copies_of(store, store.document("a.md")) == []
    assert not store.database.rows(
        "SELECT 1 FROM bands WHERE document_id NOT IN (SELECT id FROM documents)"
    )


def test_copies_are_reported_while_ingesting(tmp_path: Path) -> None:
    store = open_store(tmp_path / "library")
    folder = write_files(tmp_path / "files", FILES)
    (found,) = put(store, folder).copies
    assert {Path(found[0]).name, Path(found[1]).name} == {"a.md", "a-copy.md"}
    assert found[2] == 1
    assert put(store, folder).copies == [], "nothing was stored now"
    store.close()
