"""Edits to a raw text: applying them, and the map back from what they leave."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rag.records import Removal, Run, Span


class Edit(NamedTuple):
    """raw[start:end] becomes `replacement`."""

    start: int
    end: int
    reason: str
    replacement: str = ""


def settled(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in order with no two overlapping: the one that begins first, or is longer, stays.

    Deletions that touch and have one reason are joined.
    """
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        last = kept[-1] if kept else None
        if last and edit.start < last.end:
            continue
        joined = last and edit.start == last.end and edit.reason == last.reason
        if last and joined and not edit.replacement and not last.replacement:
            kept[-1] = last._replace(end=edit.end)
        else:
            kept.append(edit)
    return kept


def apply(raw: str, edits: Sequence[Edit]) -> tuple[str, tuple[Removal, ...], tuple[Run, ...]]:
    """The text after `settled` edits, the edits as records, and the runs copied unchanged."""
    pieces: list[str] = []
    removals: list[Removal] = []
    runs: list[Run] = []
    clean_at = raw_at = 0

    def copy(end: int) -> None:
        nonlocal clean_at
        if end > raw_at:
            runs.append(Run(clean=clean_at, raw=raw_at, length=end - raw_at))
            pieces.append(raw[raw_at:end])
            clean_at += end - raw_at

    for start, end, reason, replacement in edits:
        copy(start)
        removals.append(
            Removal(
                start=start, end=end, text=raw[start:end], reason=reason, replacement=replacement
            )
        )
        pieces.append(replacement)
        clean_at += len(replacement)
        raw_at = end
    copy(len(raw))
    return "".join(pieces), tuple(removals), tuple(runs)


def to_raw(span: Span, runs: Sequence[Run]) -> Span | None:
    """The raw range that a clean range came from, removed text inside it included.

    None where the range holds only characters that a repair put in.
    """
    first = next((run for run in runs if run.clean + run.length > span.start), None)
    last = next((run for run in reversed(runs) if run.clean < span.end), None)
    if first is None or last is None or first.clean > last.clean:
        return None
    start = first.raw + max(0, span.start - first.clean)
    end = last.raw + min(last.length, span.end - last.clean)
    return Span(start=start, end=end) if start < end else None


def to_clean(span: Span, runs: Sequence[Run]) -> Span | None:
    """The clean range that holds what is left of a raw range; None where all of it was removed."""
    first = next((run for run in runs if run.raw + run.length > span.start), None)
    last = next((run for run in reversed(runs) if run.raw < span.end), None)
    if first is None or last is None or first.raw > last.raw:
        return None
    start = first.clean + max(0, span.start - first.raw)
    end = last.clean + min(last.length, span.end - last.raw)
    return Span(start=start, end=end) if start < end else None


def raw_text(text: str, removals: Sequence[Removal], runs: Sequence[Run]) -> str:
    """The raw text that cleaning began with, put together again from what it left and took."""
    pieces = [(run.raw, text[run.clean : run.clean + run.length]) for run in runs]
    pieces += [(removal.start, removal.text) for removal in removals]
    return "".join(piece for _, piece in sorted(pieces))
