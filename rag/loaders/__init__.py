"""Files and pages to text: which there are, and what is in them.

A format is a module here with `load(raw, name, encoding) -> Extracted`, named in `_LOADERS` by
suffix and imported when a file of that kind is read. `extract` chooses by content where that
leaves no doubt, else by suffix.
"""

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from rag.errors import EncodingError, InputError
from rag.loaders.discovery import (
    Discovered,
    Source,
    as_source,
    find,
    is_address,
    location_of,
    read_bytes,
    stem_of,
    suffix_of,
)
from rag.loaders.extracted import Extracted
from rag.loaders.limits import LIMITS, Limits
from rag.loaders.sniffing import is_plain, loader_for

__all__ = [
    "LIMITS",
    "SUFFIXES",
    "Discovered",
    "Fetched",
    "Limits",
    "Loaded",
    "Source",
    "as_source",
    "discover",
    "extract",
    "fetch",
    "is_address",
    "load",
    "location_of",
    "read",
    "stem_of",
]

_LOADERS: Mapping[str, str] = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "plain",
    ".markdown": "plain",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".epub": "epub",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".pptx": "pptx",
    ".pptm": "pptx",
    ".ppsx": "pptx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xltx": "xlsx",
    ".csv": "table",
    ".tsv": "table",
    ".tab": "table",
}
SUFFIXES = frozenset(_LOADERS)
"""Suffixes of the files that a folder is searched for."""

_SURE = 0.5
"""With less confidence in an encoding, the one that a server named is tried."""
_BYTES_PER_CHARACTER = 4
"""At most, in any encoding of plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The bytes of a file or page, not yet looked into."""

    raw: bytes
    name: str
    """Its path or address, as given."""
    suffix: str
    """Small, with the dot; empty where nothing tells."""
    charset: str | None = None
    """The encoding that whoever sent it says it has; may be wrong."""
    found: Mapping[str, str] = field(default_factory=dict)
    """As in `Extracted`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A file's bytes and what a loader took out of them."""

    raw: bytes
    extracted: Extracted


def discover(paths: Iterable[Source]) -> Discovered:
    """The files that paths name: files as they are, folders searched through, in sorted order.

    In folders, hidden files and folders are passed over and unknown suffixes are listed as
    skipped; a file named directly is taken whatever its suffix. A file reached twice, also through
    a symbolic link, is listed once. Only regular files are listed. Addresses are only told apart.
    """
    return find(paths, SUFFIXES)


def read(source: Source, *, encoding: str | None = None, limits: Limits = LIMITS) -> Loaded:
    """The text of one file or page; a file with an unknown suffix is read by its content.

    Args:
        source: the file, or the address of a page.
        encoding: a codec to read a text file in, instead of the one its bytes look like.
        limits: what it may cost.

    Raises:
        InputError: it is missing, unreadable, no file, empty, over a limit, or not text.
        EncodingError: its bytes are text in no encoding we know.
    """
    return load(fetch(source, limits=limits), encoding=encoding, limits=limits)


def fetch(source: Source, *, limits: Limits = LIMITS) -> Fetched:
    """The bytes of one file or page; raises `InputError` as `read` does."""
    if not is_address(source):
        raw = read_bytes(Path(source), limits.file_bytes)
        return Fetched(raw=raw, name=str(source), suffix=suffix_of(str(source)))
    from rag.loaders.web import fetch_page

    page = fetch_page(str(source), limits)
    suffix = suffix_of(page.address)
    return Fetched(
        raw=page.raw,
        name=page.address,
        suffix=suffix if suffix in SUFFIXES else page.suffix,
        charset=page.charset,
        found={"url": page.address},
    )


def load(fetched: Fetched, *, encoding: str | None = None, limits: Limits = LIMITS) -> Loaded:
    """What the right loader takes out of these bytes; raises as `read` does."""
    if fetched.charset and not encoding:
        extracted = _with_hint(fetched, limits)
    else:
        extracted = _extract(fetched, encoding, limits)
    if fetched.found:
        extracted = replace(extracted, found={**fetched.found, **extracted.found})
    return Loaded(raw=fetched.raw, extracted=extracted)


def _extract(fetched: Fetched, encoding: str | None, limits: Limits) -> Extracted:
    return extract(
        fetched.raw, fetched.name, suffix=fetched.suffix, encoding=encoding, limits=limits
    )


def _with_hint(fetched: Fetched, limits: Limits) -> Extracted:
    """In the encoding that the bytes look like; where that is not sure, in the one named."""
    try:
        guessed = _extract(fetched, None, limits)
    except EncodingError:
        if told := _as_told(fetched, limits):
            return told
        raise
    if guessed.confidence < _SURE:
        return _as_told(fetched, limits) or guessed
    return guessed


def _as_told(fetched: Fetched, limits: Limits) -> Extracted | None:
    """In the encoding that the server named, if all of it can be and reads like language."""
    try:
        told = _extract(fetched, fetched.charset, limits)
    except EncodingError:
        return None
    return told if told.confidence >= _SURE and not told.replaced else None


def extract(
    raw: bytes,
    name: str,
    *,
    suffix: str | None = None,
    encoding: str | None = None,
    limits: Limits = LIMITS,
) -> Extracted:
    """What the right loader takes out of these bytes; raises as `read` does.

    What is not plain text is parsed in a process of its own: see `rag.loaders.sandbox`.

    Args:
        raw: the file.
        name: its path or address, as given.
        suffix: small, with the dot, where it is not the name's.
        encoding: as for `read`.
        limits: as for `read`.
    """
    suffix = suffix_of(name) if suffix is None else suffix
    if is_plain(raw, _LOADERS.get(suffix)):
        return parse(raw, repr(name), suffix, encoding, limits)
    from rag.loaders.sandbox import sandbox

    return sandbox().parse(raw, repr(name), suffix, encoding, limits)


def parse(raw: bytes, name: str, suffix: str, encoding: str | None, limits: Limits) -> Extracted:
    """As `extract`, in this process; `name` is already quoted."""
    if not raw.strip():
        raise InputError(f"{name} is empty.", "Give a file with text in it.")
    loader, warnings = loader_for(raw, name, suffix, _LOADERS)
    if loader == "plain" and len(raw) > _BYTES_PER_CHARACTER * limits.max_characters:
        raise _too_long(name, len(raw) // _BYTES_PER_CHARACTER, limits)
    module = importlib.import_module(f"{__name__}.{loader}")
    found = cast(Extracted, module.load(raw, name, encoding))
    if len(found.text) > limits.max_characters:
        raise _too_long(name, len(found.text), limits)
    return replace(found, warnings=(*warnings, *found.warnings)) if warnings else found


def _too_long(name: str, characters: int, limits: Limits) -> InputError:
    return InputError(
        f"{name} has more than {characters - 1:,} characters; the limit is "
        f"{limits.max_characters:,}.",
        "Split it, or raise the setting max_characters.",
    )
