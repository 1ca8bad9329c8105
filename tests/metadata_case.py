"""One document and what is to be found in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Case:
    """Fields left out are ones that the document does not tell."""

    name: str
    text: str
    _: object = field(default=None, kw_only=True, repr=False)
    found: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    """What a loader would have read outside the text."""
    title: str | None = field(default=None, kw_only=True)
    publisher: str | None = field(default=None, kw_only=True)
    author: str | None = field(default=None, kw_only=True)
    date: str | None = field(default=None, kw_only=True)
    event_date: str | None = field(default=None, kw_only=True)
    kind: str | None = field(default=None, kw_only=True)
    language: str | None = field(default=None, kw_only=True)
    year: int | None = field(default=None, kw_only=True)
    any_title: bool = field(default=False, kw_only=True)
    any_year: bool = field(default=False, kw_only=True)
