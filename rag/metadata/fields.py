"""Metadata as a person writes it: checked, and put into a document in place of what was found."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from rag.errors import InputError
from rag.metadata.dates import iso_date
from rag.metadata.vocabulary import KINDS
from rag.records import Document
from rag.text import fold

_LONGEST = 300
_PARTIAL = re.compile(r"((?:1\d|20|21)\d\d)(?:-(\d\d)(?:-(\d\d))?)?")
_YEAR = re.compile(r"(?:1\d|20|21)\d\d")


def check_fields(fields: Mapping[str, str | None]) -> dict[str, str | None]:
    """The fields as they are stored; blank or None says that a field is unknown.

    Raises:
        InputError: there is no such field, or its value is not one it can have.
    """
    return {name: _checked(name, value) for name, value in fields.items()}


def edit_fields(document: Document, fields: Mapping[str, str | None]) -> Document:
    """The document with these fields as a person wrote them, their origin `edited`.

    Without a title it has its file's name. The year of an event date joins the years, first,
    unless the years are given too.

    Raises:
        InputError: as `check_fields`.
    """
    checked = check_fields(fields)
    if not checked:
        return document
    values: dict[str, Any] = dict(checked)
    if "years" in checked:
        values["years"] = tuple(int(year) for year in (checked["years"] or "").split(",") if year)
    elif event := checked.get("event_date"):
        own = int(event[:4])
        if own not in document.years:
            values["years"] = (own, *document.years)
    if "title" in checked and not checked["title"]:
        values["title"] = PurePath(document.path).stem or document.path
    origins = {**document.origins, **dict.fromkeys(checked, "edited")}
    return replace(document, **values, origins=origins)


def check_kind(value: str) -> str:
    """The kind of this name, or of this label in either language.

    Raises:
        InputError: there is none.
    """
    wanted = fold(value.strip())
    for name, labels in KINDS.items():
        if wanted in {name, *map(fold, labels)}:
            return name
    raise InputError(f"There is no kind {value!r}.", f"Kinds are {', '.join(KINDS)}.")


def check_partial(name: str, value: str) -> str:
    """An ISO date, or a year or month of one.

    Raises:
        InputError: it is not.
    """
    match = _PARTIAL.fullmatch(fold(value.strip()))
    if not match or not iso_date(match[1], match[2] or 1, match[3] or 1):
        raise InputError(
            f"{name} {value!r} is no date.", "Write it as 2026-01-15, 2026-01 or 2026."
        )
    return match[0]


def _checked(name: str, value: str | None) -> str | None:
    if name not in _CHECKS:
        raise InputError(f"There is no field {name!r}.", f"Fields are {', '.join(_CHECKS)}.")
    written = " ".join((value or "").split())
    if not written and name != "language":
        return None
    return _CHECKS[name](written)


def _text(written: str) -> str:
    if len(written) > _LONGEST:
        raise InputError(f"That has {len(written)} characters.", f"Write at most {_LONGEST}.")
    try:
        written.encode()
    except UnicodeEncodeError:
        raise InputError("That holds half of a character.", "Write it as UTF-8.") from None
    return written


def _date(written: str) -> str:
    date = check_partial("date", written)
    if len(date) < len("2026-01-15"):
        raise InputError(f"date {written!r} is no day.", "Write it as 2026-01-15.")
    return date


def _event_date(written: str) -> str:
    return check_partial("event_date", written)


def _years(written: str) -> str:
    years = [year.strip() for year in re.split(r"[,;、 ]+", fold(written)) if year.strip()]
    if not all(_YEAR.fullmatch(year) for year in years):
        raise InputError(
            f"years {written!r} are no years.", "Write them as 2026,2025, the main one first."
        )
    return ",".join(dict.fromkeys(years))


def _language(written: str) -> str:
    if written not in {"zh", "en"}:
        raise InputError(f"There is no language {written!r}.", "Languages are zh and en.")
    return written


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "title": _text,
    "publisher": _text,
    "author": _text,
    "date": _date,
    "event_date": _event_date,
    "years": _years,
    "kind": check_kind,
    "language": _language,
}
FIELDS = tuple(_CHECKS)
"""The fields that a person can edit."""
