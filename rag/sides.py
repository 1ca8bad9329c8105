"""A document's raw text and its clean text side by side, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rag.records import Document, Removal


@dataclass(slots=True, kw_only=True)
class Row:
    """One line of the raw text and what became of it."""

    number: int
    """Of the line, from 1."""
    raw: str = ""
    clean: str = ""
    """May hold a line break that a repair put in; ends without one that a repair took out."""
    changes: list[tuple[int, str]] = field(default_factory=list)
    """Number (from 1, as in `Document.removals`) and reason of every change that touches it."""


def side_by_side(document: Document) -> list[Row]:
    """Every raw line with what is left of it; linear in the text and its changes."""
    row = Row(number=1)
    rows = [row]
    for raw, clean, change in _pieces(document):
        lines = raw.split("\n")
        for index, line in enumerate(lines):
            if index:
                row = Row(number=row.number + 1)
                rows.append(row)
            row.raw += line
            if change is None:
                row.clean += line
            elif line or index == 0:
                row.changes.append(change)
        if change is not None:
            row.clean += clean
    return rows


def _pieces(document: Document) -> Iterator[tuple[str, str, tuple[int, str] | None]]:
    """(raw, clean, change) in raw order; text that was copied has no change."""
    copied = [
        (run.raw, 1, document.text[run.clean : run.clean + run.length], None)
        for run in document.source_map
    ]
    changed = [
        (removal.start, 0, removal.text, (number, removal))
        for number, removal in enumerate(document.removals, start=1)
    ]
    found: list[tuple[int, int, str, tuple[int, Removal] | None]] = [*copied, *changed]
    for _, _, text, change in sorted(found, key=lambda piece: piece[:2]):
        if change is None:
            yield text, text, None
        else:
            number, removal = change
            yield text, removal.replacement, (number, removal.reason)
