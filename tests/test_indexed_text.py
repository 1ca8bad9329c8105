"""What is embedded and indexed for a passage: its title once, where it tells more than the text."""

from types import SimpleNamespace

import pytest

from rag.indexed_text import embedding_text
from rag.records import Chunk, Span


def chunk(text: str, heading: str = "", index: int = 0) -> Chunk:
    span = Span(start=0, end=len(text))
    return Chunk(
        id=f"d:{index}",
        document_id="d",
        index=index,
        span=span,
        text=text,
        sentences=(span,),
        heading=heading,
    )


SENTENCE = "本所设五组，分掌前条所列事项，并得分科办事。"


@pytest.mark.parametrize(
    ("title", "years", "text", "expected"),
    [
        pytest.param("水价", (), SENTENCE, f"水价\n{SENTENCE}", id="a title of its own"),
        pytest.param("水价", (2024,), SENTENCE, f"水价 2024\n{SENTENCE}", id="and its year"),
        pytest.param(SENTENCE[:-1], (), SENTENCE, SENTENCE, id="first sentence"),
        pytest.param(SENTENCE[:5], (2024,), SENTENCE, f"2024\n{SENTENCE}", id="its beginning"),
        pytest.param(
            "本所設五組",
            (),
            "本所設五組，\n分掌事項。",
            "本所設五組，\n分掌事項。",
            id="Traditional",
        ),
        pytest.param(
            "The harbour", (), "The  harbour has cranes.", "The  harbour has cranes.", id="blanks"
        ),
        pytest.param(
            "工作会议", (), "工作会议\n\n会议指出", "工作会议\n工作会议\n\n会议指出", id="line"
        ),
        pytest.param("Harbour", (), "# Harbour\nIt", "Harbour\n# Harbour\nIt", id="markdown"),
        pytest.param("ＰＭ２.５ report", (), "The air.", "ＰＭ２.５ report\nThe air.", id="mixed"),
    ],
)
def test_a_title_is_not_said_twice(
    title: str, years: tuple[int, ...], text: str, expected: str
) -> None:
    assert embedding_text(SimpleNamespace(title=title, years=years), chunk(text)) == expected


def test_later_chunks_and_headings_keep_it() -> None:
    document = SimpleNamespace(title=SENTENCE[:-1], years=())
    later = embedding_text(document, chunk("后文。", index=1))
    assert later == f"{SENTENCE[:-1]}\n后文。"
    assert embedding_text(document, chunk(SENTENCE, heading="二")) == f"二\n{SENTENCE}"


def test_a_long_title_is_cut() -> None:
    document = SimpleNamespace(title="水" * 200, years=())
    assert embedding_text(document, chunk("文。")) == f"{'水' * 80}\n文。"
