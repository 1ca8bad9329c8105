"""Title, date and publisher: stated or absent, never invented."""

from pathlib import Path

import pytest

from rag.cleaning import clean
from rag.metadata import describe, parse_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024年01月24日", "2024-01-24"),
        ("２０２４年１月２４日", "2024-01-24"),
        ("2026-01-29 08:30", "2026-01-29"),
        ("2024/1/5", "2024-01-05"),
        ("2024.1.5", "2024-01-05"),
        ("民國113年1月5日", "2024-01-05"),
        ("民国 113 年 1 月 5 日", "2024-01-05"),
        ("二〇二四年十二月三十一日", "2024-12-31"),
        ("二零二四年十月二十日", "2024-10-20"),
        ("二○二四年一月十五日", "2024-01-15"),
        ("January 5, 2024", "2024-01-05"),
        ("Sept. 5, 2024", "2024-09-05"),
        ("5th March 2024", "2024-03-05"),
        ("Published on 31 December 2023 at noon", "2023-12-31"),
        ("2024年13月40日", None),
        ("February 30, 2024", None),
        ("二〇二四年十三月一日", None),
        ("1月24日", None),
        ("2024年1月", None),
        ("None", None),
        ("", None),
        ("120241-05-06", None),
    ],
)
def test_parse_date(text: str, iso: str | None) -> None:
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    ("text", "found", "title"),
    [
        ("正文。", {"title": "某会议 Meeting"}, "某会议 Meeting"),
        ("# 双语词条 / Terms\n\n正文。", {}, "双语词条 / Terms"),
        ("划重点!部署七项任务\n\n正文。", {}, "划重点!部署七项任务"),
        ("會議部署任務\n正文。", {}, "會議部署任務"),
        ("A Short Glossary\nWritten for readers.", {}, "A Short Glossary"),
        ("昨日召开会议。会议指出，要落实。", {}, "昨日召开会议"),
        ("The council met. It set tasks. It rose.", {}, "The council met"),
        ("***\n\n", {}, "文件名"),
        ("", {}, "文件名"),
    ],
)
def test_title(text: str, found: dict[str, str], title: str) -> None:
    assert describe(text, found, stem="文件名").title == title


def test_a_sentence_too_long_for_a_title_is_cut_at_a_clause() -> None:
    text = "，".join(["会议要求全面落实各项重点任务"] * 12) + "。"
    title = describe(text, {}, stem="x").title
    assert len(title) <= 101
    assert title.endswith("任务…")
    assert text.startswith(title[:-1])


@pytest.mark.parametrize(
    ("found", "date", "publisher"),
    [
        ({"date": "2024年01月24日", "source": "某某报"}, "2024-01-24", "某某报"),
        ({"publisher": "某局", "source": "某某报"}, None, "某局"),
        (
            {"site": "某网", "source": "https://example.org/news/2025/01/16/a.html"},
            "2025-01-16",
            "某网",
        ),
        ({"url": "https://example.org/a_20250116.html"}, None, None),
        ({"url": "https://example.org/2025/0116/a.html"}, "2025-01-16", None),
        ({"date": "昨天", "organiser": "The Council"}, None, "The Council"),
        ({}, None, None),
    ],
)
def test_date_and_publisher(found: dict[str, str], date: str | None, publisher: str | None) -> None:
    described = describe("1月14日召开会议，2023年1月1日起施行。", found, stem="x")
    assert (described.date, described.publisher) == (date, publisher)


def test_real_documents(shared: Path) -> None:
    dates = []
    for path in sorted((shared / "seeds").glob("*.txt")):
        cleaned = clean(path.read_text("utf-8"))
        described = describe(cleaned.text, cleaned.found, stem=path.stem)
        assert 10 < len(described.title) <= 60
        assert "(" not in described.title
        dates.append(described.date)
    assert dates == [None, "2026-01-29", "2025-01-16", "2024-01-24", None]
