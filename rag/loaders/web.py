"""A page from the network: its bytes, and what the server says of them."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from rag.fetching import get, normalised
from rag.loaders.limits import Limits

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/epub+zip": ".epub",
    "multipart/related": ".mhtml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_NO_DOCUMENTS = {
    "image/": "an image",
    "video/": "a video",
    "audio/": "a sound recording",
    "font/": "a font",
}
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_FILE_NAME = re.compile(r"filename\*?\s*=\s*\"?([^\";]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a server gave."""

    raw: bytes
    address: str
    """Where it stands, after redirects."""
    suffix: str
    """That the server's words call for; empty where they tell nothing."""
    charset: str | None


def fetch_page(address: str, limits: Limits) -> Page:
    """What stands at an address.

    Raises:
        InputError: nothing usable came, in one line.
    """
    reply = get(
        normalised(address),
        most_bytes=limits.file_bytes,
        seconds=limits.fetch_seconds,
        private=limits.allow_private_addresses,
        refuse=_NO_DOCUMENTS,
    )
    kind = reply.headers.get("content-type", "")
    charset = _CHARSET.search(kind)
    named = _FILE_NAME.search(reply.headers.get("content-disposition", ""))
    suffix = _SUFFIXES.get(kind.partition(";")[0].strip().lower(), "")
    return Page(
        raw=reply.raw,
        address=reply.address,
        suffix=suffix or (PurePosixPath(named[1]).suffix.lower() if named else ""),
        charset=charset[1] if charset else None,
    )
