"""What every loader returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.records import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A part of a page that its structure calls no part of the text: raw[start:end]."""

    start: int
    end: int
    reason: str
    """As in `Removal`: `navigation`, `footer`, `form`, `related` …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The raw text of a file, nothing left out that a reader could see, and what is known of it.

    All offsets are into `text`. Cleaning decides what stays and records what goes.
    """

    text: str
    encoding: str
    """A Python codec for text files, else the format: `pdf`, `docx` …"""
    confidence: float = 1.0
    """Between 0 and 1: how much the text in this encoding is like language."""
    replaced: int = 0
    """Undecodable places, each U+FFFD in the text."""
    marks: tuple[Mark, ...] = ()
    """Pages, headings and the like, in order of `start`."""
    wrapped: bool = False
    """Whether a lone line break is one of the page's lines, and empty lines part paragraphs."""
    asides: tuple[Aside, ...] = ()
    """In order, none overlapping."""
    found: Mapping[str, str] = field(default_factory=dict)
    """What the file says of itself outside its text: `title`, `date`, `author`, `publisher`,
    `site`, `url`, `language`, as written there."""
    warnings: tuple[str, ...] = ()
    """What could not be taken in, such as a scanned page."""
