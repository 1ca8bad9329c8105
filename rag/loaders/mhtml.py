"""A web page saved with all its parts as one MIME message (RFC 2557), as browsers save it."""

import email
import email.errors
import email.header
from collections.abc import Iterator, Mapping
from dataclasses import replace
from email.message import Message

from rag.errors import EncodingError, InputError
from rag.loaders.encoding import Decoded
from rag.loaders.extracted import Extracted
from rag.loaders.html import load_decoded, parse
from rag.loaders.markup import Element
from rag.loaders.page_encoding import decode_page

_HINT = "Save the page again, as HTML or MHTML."
_BREAKS_OFF = "The file breaks off before its end: what came last is missing."
_PAGES = ("text/html", "application/xhtml+xml")


def load(raw: bytes, name: str, encoding: str | None = None) -> Extracted:
    """Text of the page in an MHTML file, with that of its frames in their places.

    The time of saving in it is not taken for the date of the page.

    Raises:
        InputError: it is empty, damaged, or holds no page or no text.
        EncodingError: the page is text in no encoding we know.
    """
    if not raw.strip():
        raise InputError(f"{name} is empty.", _HINT)
    try:
        # The old policy reads headers as they come; the new one fails on malformed ones.
        message = email.message_from_bytes(raw.lstrip())
        parts = [part for part in message.walk() if part.get_content_type() in _PAGES]
    except RecursionError as error:
        raise InputError(f"{name} is damaged: its parts are nested without end.", _HINT) from error
    root = _root(message, parts)
    if root is None:
        raise InputError(f"{name} is damaged: there is no page in it.", _HINT)
    frames = dict(_frames(parts, root)) if len(parts) > 1 else {}
    extracted = load_decoded(_decoded(root, name, encoding), name, frames=frames)
    breaks_off = any(
        isinstance(defect, email.errors.CloseBoundaryNotFoundDefect)
        for part in message.walk()
        for defect in part.defects
    )
    return replace(
        extracted,
        found={**_headers(message, root), **extracted.found},
        warnings=(*extracted.warnings, *((_BREAKS_OFF,) if breaks_off else ())),
    )


def _root(message: Message, parts: list[Message]) -> Message | None:
    start = message.get_param("start")
    named = (part for part in parts if start and part.get("Content-ID", "").strip() == start)
    return next(named, parts[0] if parts else None)


def _decoded(part: Message, name: str, encoding: str | None) -> Decoded:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        raise InputError(f"{name} is damaged: its page is empty.", _HINT)
    return decode_page(payload, name, encoding, charset=part.get_content_charset())


def _frames(parts: list[Message], root: Message) -> Iterator[tuple[str, Element]]:
    """Pages inside the page, by each name that the page may call them."""
    for part in parts:
        if part is root:
            continue
        try:
            page, _ = parse(_decoded(part, "", None).text)
        except (InputError, EncodingError):
            continue  # A frame that holds nothing to read, such as a picture's.
        yield part.get("Content-ID", "").strip("<> \r\n"), page
        yield _plain(part, "Content-Location"), page


def _headers(message: Message, root: Message) -> Mapping[str, str]:
    address = _plain(message, "Snapshot-Content-Location") or _plain(root, "Content-Location")
    found = {"url": address if "://" in address else "", "title": _plain(message, "Subject")}
    return {key: value for key, value in found.items() if value}


def _plain(part: Message, name: str) -> str:
    """A header's text: `=?utf-8?Q?…?=` decoded, folded lines joined."""
    try:
        header = email.header.make_header(email.header.decode_header(part.get(name, "")))
        return " ".join(str(header).split())
    except (UnicodeError, LookupError, ValueError, email.errors.HeaderParseError):
        return ""
