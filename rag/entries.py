"""What goes into a library for one file, and what it holds for one already."""

from dataclasses import dataclass

from rag.database import Band
from rag.records import Chunk, Document, Overrides


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document ready to be stored."""

    document: Document
    location: str
    """The file's absolute path: one document a location."""
    raw: bytes
    chunks: tuple[Chunk, ...]
    bands: tuple[Band, ...] = ()
    """By which repeats of the document and of its chunks are found."""
    overrides: Overrides | None = None
    """What a person decided about the file, to be kept with it; None leaves what is kept."""
    prepared_with: str = ""
    """The version of the program's way to make the document out of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the library holds for one location."""

    document_id: str
    sha256: str
    prepared_with: str
