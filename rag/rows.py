"""Records to rows of `library.db` and back."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from rag.errors import LibraryDamaged
from rag.records import Chunk, Document, Mark, Overrides, Removal, Run, Span

Row = tuple[Any, ...]
_Value = TypeVar("_Value")

_PART = 500
"""Values named in one query."""

CHUNK_COLUMNS = "id, document_id, number, start, stop, sentences, heading, text"


def chunk_row(chunk: Chunk) -> Row:
    """In the order of `CHUNK_COLUMNS`."""
    sentences = json.dumps([[span.start, span.end] for span in chunk.sentences])
    return (
        chunk.id,
        chunk.document_id,
        chunk.index,
        chunk.span.start,
        chunk.span.end,
        sentences,
        chunk.heading,
        chunk.text,
    )


def chunk_of(row: Row) -> Chunk:
    """From the columns of `CHUNK_COLUMNS`.

    Raises:
        LibraryDamaged: the row is not one that we wrote.
    """
    try:
        return Chunk(
            id=row[0],
            document_id=row[1],
            index=row[2],
            span=Span(start=row[3], end=row[4]),
            sentences=tuple(Span(start=start, end=end) for start, end in json.loads(row[5])),
            heading=row[6],
            text=row[7],
        )
    except (ValueError, TypeError) as error:
        raise damaged(f"passage {row[0]!r}: {error}") from None


def overrides_row(location: str, overrides: Overrides) -> tuple[str, str]:
    """Location and record, as the table `overrides` has them."""
    return location, json.dumps(asdict(overrides), ensure_ascii=False)


def overrides_of(record: str) -> Overrides:
    """From the JSON of `overrides_row`."""
    try:
        values = json.loads(record)
        values["rules_off"] = tuple(values["rules_off"])
        values["kept"] = tuple(values["kept"])
        return Overrides(**values)
    except (ValueError, TypeError, KeyError) as error:
        raise damaged(f"decisions about a file: {error}") from None


def document_row(document: Document) -> str:
    """A document's record as JSON."""
    return json.dumps(asdict(document), ensure_ascii=False)


def document_of(record: str) -> Document:
    """From the JSON of `document_row`, of this version or one before it.

    Raises:
        LibraryDamaged: it is not one that we wrote.
    """
    try:
        values = json.loads(record)
        values["removals"] = tuple(Removal(**item) for item in values["removals"])
        values["source_map"] = tuple(Run(**item) for item in values["source_map"])
        values["marks"] = tuple(Mark(**item) for item in values.get("marks", ()))
        values["damaged"] = tuple(Span(**item) for item in values.get("damaged", ()))
        values["warnings"] = tuple(values["warnings"])
        values["years"] = tuple(values["years"])
        return Document(**values)
    except (ValueError, TypeError, KeyError) as error:
        raise damaged(f"a document: {error}") from None


def damaged(what: str) -> LibraryDamaged:
    """The error for something in `library.db` that is not as it was written."""
    return LibraryDamaged(
        f"library.db is damaged ({what}).",
        "Nothing was written. Run `yinju doctor`, then `yinju restore FILE` from a backup, "
        "or ingest your files into a new --library.",
    )


def parts(values: Sequence[_Value]) -> Iterator[tuple[Sequence[_Value], str]]:
    """A few values at a time, as SQLite bounds them, with a question mark for each."""
    for start in range(0, len(values), _PART):
        part = values[start : start + _PART]
        yield part, ",".join("?" * len(part))
