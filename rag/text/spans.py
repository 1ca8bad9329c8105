"""Texts without some of their places."""

from collections.abc import Iterable

from rag.records import Span


def cut_out(text: str, spans: Iterable[Span], *, gap: str = "") -> str:
    """A text without these places, which may overlap; `gap` stands for each."""
    kept, end = [], 0
    for span in sorted(spans):
        kept.append(text[end : span.start])
        end = max(end, span.end)
    return gap.join([*kept, text[end:]])
