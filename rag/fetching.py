"""Fetches one page from the network, within bounds and only from where the user may mean.

A name is resolved once; every address it has is checked, and the connection goes to one that was
checked, so that a name which resolves to another place the second time gains nothing. Proxies of
the environment are not used: they would resolve the name themselves.
"""

import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from rag.errors import InputError

if TYPE_CHECKING:
    import ssl

    import httpcore

MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ADVICE = "Check the address in a browser."
_ACCEPT = "text/html, application/xhtml+xml, application/pdf, text/*;q=0.9, */*;q=0.5"
_GZIP = 31
"""zlib: expect the header of gzip."""
_STEP = 1 << 20
"""Bytes unpacked at once."""
_MOST_PORT = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an address gave."""

    address: str
    """Where it came from in the end."""
    raw: bytes
    """Unpacked, where it came packed."""
    headers: Mapping[str, str]
    """By small name."""


def normalised(address: str) -> str:
    """An address in its one spelling, without fragment.

    Raises:
        InputError: it is not http or https, has no host, or holds a user name or password.
    """
    import httpx

    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise InputError(f"{address!r} is no address: {error}.", _ADVICE) from None
    if url.userinfo:
        shown = url.copy_with(username=None, password=None)
        raise InputError(
            f"An address with a user name or password is not fetched ({str(shown)!r}).",
            "Save the page from a browser and give the file.",
        )
    if url.scheme not in ("http", "https"):
        raise InputError(f"{address!r} is neither http nor https.", "Save it as a file first.")
    if not url.host or not 0 < (url.port or 80) <= _MOST_PORT:
        raise InputError(f"{address!r} names no host and port.", _ADVICE)
    return str(url.copy_with(fragment=None, raw_path=url.raw_path))


def get(
    address: str, *, most_bytes: int, seconds: float, private: bool, refuse: Mapping[str, str]
) -> Reply:
    """Get what stands at an address, following at most `MOST_REDIRECTS` redirects.

    Args:
        address: as `normalised` gives it.
        most_bytes: of the body, unpacked.
        seconds: for everything.
        private: whether this machine and its network may be asked.
        refuse: beginnings of content types that are not worth fetching, and what to call them.

    Raises:
        InputError: nothing usable came, in one line.
    """
    import httpcore

    from rag.pinned_network import Bounds, PinnedNetwork

    bounds = Bounds(deadline=time.monotonic() + seconds, private=private)
    network = PinnedNetwork(bounds)
    try:
        with httpcore.ConnectionPool(ssl_context=_trust(), network_backend=network) as pool:
            return _follow(pool, address, most_bytes, refuse)
    except httpcore.TimeoutException:
        late = f"It took more than {seconds:g} seconds" if bounds.is_over else "It gives no answer"
        raise InputError(f"{late}.", "Try again later, or raise fetch_seconds.") from None
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        reason = str(error) or type(error).__name__
        raise InputError(f"It could not be fetched: {reason}.", _ADVICE) from None


def _follow(
    pool: "httpcore.ConnectionPool", address: str, most: int, refuse: Mapping[str, str]
) -> Reply:
    headers: dict[bytes | str, bytes | str] = {
        "User-Agent": f"yinju/{version('yinju')}",
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    for _ in range(MOST_REDIRECTS + 1):
        with pool.stream("GET", address, headers=headers) as response:
            found = {
                name.decode("ascii", "replace").lower(): _header(value)
                for name, value in response.headers
            }
            if response.status not in _REDIRECTS or "location" not in found:
                _accept(response.status, found, most, refuse)
                chunks = _unpacked(response.iter_stream(), found.get("content-encoding", ""))
                return Reply(address=address, raw=_all(chunks, most), headers=found)
        address = normalised(urljoin(address, found["location"]))
    raise InputError(f"It redirects more than {MOST_REDIRECTS} times.", _ADVICE)


def _header(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _accept(status: int, headers: Mapping[str, str], most: int, refuse: Mapping[str, str]) -> None:
    """Refuse a reply whose body is not worth reading."""
    if status not in (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION):
        known = status in set(HTTPStatus)
        phrase = f" {HTTPStatus(status).phrase}" if known else ""
        raise InputError(f"The server answered {status}{phrase}.", _ADVICE)
    kind = headers.get("content-type", "").strip().lower()
    for start, words in refuse.items():
        if kind.startswith(start):
            raise InputError(f"It is {words} ({kind}).", "Give the address of a text.")
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        raise _too_large(most)


def _too_large(most: int) -> InputError:
    return InputError(
        f"It has more than {most / 1e6:,g} MB, which is the limit.",
        "Raise the setting max_file_megabytes.",
    )


def _all(chunks: Iterator[bytes], most: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most:
            raise _too_large(most)
    return bytes(body)


def _unpacked(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The body as it was before it was packed, in pieces of at most `_STEP` bytes."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        yield from chunks
        return
    if encoding not in ("gzip", "x-gzip"):
        raise InputError(f"It came packed as {encoding!r}, which was not asked for.", _ADVICE)
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for chunk in chunks:
            while chunk and not unpacker.eof:
                yield unpacker.decompress(chunk, _STEP)
                chunk = unpacker.unconsumed_tail
    except zlib.error as error:
        raise InputError(f"What came cannot be unpacked: {error}.", _ADVICE) from None
    if not unpacker.eof:
        raise InputError("What came packed broke off half way.", "Try again.")


@cache
def _trust() -> "ssl.SSLContext":
    """The authorities that the system trusts, and those of Mozilla's list."""
    import ssl

    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
