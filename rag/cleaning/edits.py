"""Edits to a raw text: applying them, and the map back from what they leave."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
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
    if clean_at > (runs[-1].clean + runs[-1].length if runs else 0):
        # An empty run says where the raw text ends that the last repair stands for.
        runs.append(Run(clean=clean_at, raw=len(raw), length=0))
    return "".join(pieces), tuple(removals), tuple(runs)


def to_raw(span: Span, runs: Sequence[Run]) -> Span | None:
    """The raw range that a clean range came from, removed text inside it included.

    Characters that a repair put in stand for the raw text between the runs around them. None where
    the range holds only characters put in where nothing was.
    """
    return _across(span, runs, _RUN_CLEAN, _RUN_RAW)


def to_clean(span: Span, runs: Sequence[Run]) -> Span | None:
    """The clean range that holds what is left of a raw range, or what a repair put in its place.

    None where all of it was removed.
    """
    return _across(span, runs, _RUN_RAW, _RUN_CLEAN)


_RUN_CLEAN = attrgetter("clean")
_RUN_RAW = attrgetter("raw")


def _across(
    span: Span, runs: Sequence[Run], near: Callable[[Run], int], far: Callable[[Run], int]
) -> Span | None:
    """A range of one side on the other side; runs are in order on both."""
    first = bisect_right(runs, span.start, key=near) - 1
    last = bisect_left(runs, span.end, key=near) - 1
    start = _edge(span.start, first, runs, near, far, is_end=False)
    end = _edge(span.end, last, runs, near, far, is_end=True)
    return Span(start=start, end=end) if start < end else None


def _edge(
    at: int,
    index: int,
    runs: Sequence[Run],
    near: Callable[[Run], int],
    far: Callable[[Run], int],
    *,
    is_end: bool,
) -> int:
    """Where a range begins or ends on the other side; `index` is of the run that begins before."""
    run = runs[index] if index >= 0 else None
    inside = run is not None and at - near(run) < run.length + is_end
    if run is not None and inside:
        return far(run) + at - near(run)
    # Between two runs: a start takes in all that stands there, and so does an end.
    if is_end:
        return far(runs[index + 1]) if index + 1 < len(runs) else _end_of(runs, far)
    return far(run) + run.length if run is not None else 0


def _end_of(runs: Sequence[Run], far: Callable[[Run], int]) -> int:
    return far(runs[-1]) + runs[-1].length if runs else 0


def raw_text(text: str, removals: Sequence[Removal], runs: Sequence[Run]) -> str:
    """The raw text that cleaning began with, put together again from what it left and took."""
    pieces = [(run.raw, text[run.clean : run.clean + run.length]) for run in runs]
    pieces += [(removal.start, removal.text) for removal in removals]
    return "".join(piece for _, piece in sorted(pieces))
