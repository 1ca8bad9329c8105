"""One loaded file into an entry for the store: clean, describe, chunk."""

import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rag.chunking import chunk
from rag.cleaning import Cleaned, clean, to_clean
from rag.database import WHOLE, Band
from rag.duplicates import Fingerprint, bands
from rag.errors import InputError
from rag.loaders import Loaded, stem_of
from rag.loaders.extracted import Extracted
from rag.metadata import describe, telling
from rag.metadata.fields import edit_fields
from rag.records import Chunk, Document, Mark, Overrides, Span
from rag.store import Entry
from rag.text import detect_language

PIPELINE_VERSION = 3
"""Raised when a loader, the cleaner, metadata or chunking makes something else of the same file,
so that files are prepared anew when next ingested; what stays the same is not embedded again."""

AS_READ = Overrides()
"""Nobody decided anything about the file."""


def prepare(
    path: Path | str,
    loaded: Loaded,
    overrides: Overrides = AS_READ,
    *,
    chunk_tokens: int,
    location: str | None = None,
) -> Entry:
    """Clean, describe and chunk one loaded file.

    Args:
        path: the file as the user named it, or its address.
        loaded: what was read of it.
        overrides: what a person decided about it.
        chunk_tokens: most tokens in a chunk.
        location: what tells it from every other; its absolute path where it is a file.

    Raises:
        InputError: nothing is left once page furniture is removed.
    """
    location = location or str(Path(path).resolve())
    cleaned = _cleaned(loaded.extracted, overrides)
    sha256 = hashlib.sha256(loaded.raw).hexdigest()
    document = edit_fields(
        _document(
            path,
            loaded.extracted,
            cleaned,
            document_id=identify(location, sha256, overrides),
            sha256=sha256,
        ),
        overrides.fields,
    )
    chunks = chunk(document.id, document.text, max_tokens=chunk_tokens)
    return Entry(
        document=document,
        location=location,
        raw=loaded.raw,
        chunks=chunks,
        bands=tuple(_bands(document, chunks)),
        prepared_with=version(chunk_tokens),
    )


def _cleaned(found: Extracted, overrides: Overrides) -> Cleaned:
    cleaned = clean(
        found.text,
        disabled=overrides.rules_off,
        kept=overrides.kept,
        asides=found.asides,
        marks=found.marks,
        wrapped=found.wrapped,
    )
    if not cleaned.text.strip():
        raise InputError("It holds no text besides page furniture.", "See it with an editor.")
    return cleaned


def _document(
    path: Path | str, found: Extracted, cleaned: Cleaned, *, document_id: str, sha256: str
) -> Document:
    facts = describe(
        cleaned.text,
        cleaned.found,
        stem=stem_of(path),
        carried=found.found,
        removed=telling(cleaned.removals),
    )
    return Document(
        id=document_id,
        path=str(path),
        title=facts.title,
        date=facts.date,
        publisher=facts.publisher,
        author=facts.author,
        event_date=facts.event_date,
        kind=facts.kind,
        origins=facts.origins,
        language=detect_language(cleaned.text),
        text=cleaned.text,
        sha256=sha256,
        encoding=found.encoding,
        encoding_confidence=found.confidence,
        replaced=found.replaced,
        damaged=cleaned.damaged,
        marks=tuple(_clean_marks(found.marks, cleaned)),
        removals=cleaned.removals,
        warnings=(*found.warnings, *cleaned.warnings),
        source_map=cleaned.source_map,
        years=facts.years,
    )


def version(chunk_tokens: int) -> str:
    """Differs where the same file and decisions would be prepared differently."""
    return f"{PIPELINE_VERSION}/{chunk_tokens}"


def _bands(document: Document, chunks: Sequence[Chunk]) -> Iterator[Band]:
    yield from ((WHOLE, band) for band in bands(Fingerprint(document.text)))
    for piece in chunks:
        yield from ((piece.index, band) for band in bands(Fingerprint(piece.text)))


def identify(location: str, sha256: str, overrides: Overrides) -> str:
    """A document's id, of the text that offsets are into: decisions that change it change the id.

    `sha256` is of the file's bytes.
    """
    decided = [overrides.encoding, *overrides.rules_off, *overrides.kept]
    parts = [location, sha256, *(str(part) for part in decided if part)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _clean_marks(marks: Sequence[Mark], cleaned: Cleaned) -> Iterator[Mark]:
    """Marks at the clean text; one whose own place was removed begins where the text goes on."""
    for mark in marks:
        rest = to_clean(Span(start=mark.start, end=sys.maxsize), cleaned.source_map)
        if rest:
            yield replace(mark, start=rest.start)
