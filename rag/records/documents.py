"""What a library holds: documents, what was done to their text, and their passages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["zh", "en"]
"""`zh` covers Simplified and Traditional; text with no Han characters at all is `en`."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A half-open range of characters."""

    start: int
    end: int

    def slice(self, text: str) -> str:
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """One change that cleaning made: raw[start:end] == text was replaced."""

    start: int
    end: int
    text: str
    reason: str
    """A short machine-readable word, such as `advertisement` or `pinyin`."""
    replacement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """text[clean : clean + length] was copied from raw[raw : raw + length]."""

    clean: int
    raw: int
    length: int


MarkKind = Literal["page", "slide", "sheet", "row", "chapter", "heading", "paragraph"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a part of the source begins: it goes on to the next mark of its kind.

    `start` counts in `Document.text`; in what a loader returns it counts in the raw text.
    """

    start: int
    kind: MarkKind
    label: str
    """As a person would say it: `3` for a page, `表1` for a sheet, the words of a heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What a person decided about one file; it stays when the file is read again."""

    encoding: str | None = None
    """Read the file in this encoding, whatever its bytes look like."""
    rules_off: tuple[str, ...] = ()
    """Reasons of `Removal` that are not applied to this file."""
    kept: tuple[str, ...] = ()
    """Texts of removals that were put back."""
    fields: Mapping[str, str | None] = field(default_factory=dict)
    """Metadata by name, as written by a person; None where they said that it is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One ingested file: its clean text and everything known about it."""

    id: str
    path: str
    """As the user gave it."""
    title: str
    date: str | None
    """ISO date of publication where the text says it, else None: never invented."""
    publisher: str | None
    language: Language
    text: str
    """Clean text; quotes and offsets refer to it; never edited after ingest."""
    sha256: str
    """Of the raw bytes."""
    encoding: str
    """The codec of a text file; for other files their format, such as `pdf`."""
    author: str | None = None
    event_date: str | None = None
    """ISO date (`2026-01-14`, or as much of it as is known: `2026-01`, `2026`) of what the text
    reports, such as a meeting; not of its page."""
    kind: str | None = None
    """What sort of text it is, such as `meeting`, `law` or `news`; None where nothing tells."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where each metadata field was taken from, such as `line 3`, `<meta>`, `edited`."""
    encoding_confidence: float = 1.0
    """Between 0 and 1: how much the text read in that encoding is like language."""
    replaced: int = 0
    """Undecodable places, each U+FFFD in the text."""
    damaged: tuple[Span, ...] = ()
    """Where characters were destroyed before the file came to us; lowers trust in a quote."""
    marks: tuple[Mark, ...] = ()
    """Pages, headings and the like, in order of `start`."""
    removals: tuple[Removal, ...] = ()
    warnings: tuple[str, ...] = ()
    source_map: tuple[Run, ...] = ()
    """Ordered runs from clean to raw; characters in no run were put in by a repair."""
    years: tuple[int, ...] = ()
    """Years the text is about, the main one first; empty where it names none up front."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A retrievable passage made of whole sentences. Invariant: text == document.text[span]."""

    id: str
    document_id: str
    index: int
    span: Span
    text: str
    sentences: tuple[Span, ...]
    """In document offsets, in order; together they hold all non-blank text of the chunk."""
    heading: str = ""
    """The heading above; embedded with the chunk, never quoted."""
