"""Connections that go only to addresses which were checked, and end at a deadline."""

import socket
import ssl
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore

from rag.errors import InputError

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
_CARRIES_IPV4 = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("::ffff:0:0:0/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("::/96"), 0),
    (IPv6Network("2002::/16"), 80),
)
"""IPv6 networks whose addresses stand for IPv4 ones, and how many bits follow those:
RFC 4291 (mapped, compatible), RFC 2765, RFC 6052 (NAT64), RFC 3056 (6to4)."""

_NEVER_PUBLIC = (IPv4Network("192.0.0.0/24"), IPv6Network("fec0::/10"))
"""Private by RFC 6890 and RFC 3879, which `ipaddress` knows in its later versions only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a fetch may do."""

    deadline: float
    """By `time.monotonic`."""
    private: bool
    """Whether addresses that are not of the public internet may be reached."""

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.deadline

    def left(self, most: float) -> float:
        """Seconds that one step may take.

        Raises:
            httpcore.ReadTimeout: there are none left.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return min(left, most)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where IPv6 wraps an IPv4 one."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        for network, after in _CARRIES_IPV4:
            if found in network:
                found = IPv4Address(int(found) >> after & 0xFFFFFFFF)
                break
    special = found.is_multicast or found.is_reserved or found.is_unspecified
    never = any(found in network for network in _NEVER_PUBLIC)
    return found.is_global and not special and not never


def resolve(host: str, port: int, *, private: bool) -> Sequence[str]:
    """The IP addresses of a host, every one of them checked.

    Raises:
        InputError: one is not public, or the host is unknown.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(
            f"The host {host!r} could not be found: {reason}.", "Check the address and the network."
        ) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    inside = [address for address in addresses if not is_public(address)]
    if inside and not private:
        raise InputError(
            f"The host {host!r} is on this machine or a private network ({inside[0]}).",
            "Set allow_private_addresses = true if that is meant.",
        )
    return addresses


class PinnedNetwork(httpcore.NetworkBackend):
    """Resolves and checks a host, then connects to the very addresses that were checked."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that answers."""
        addresses = resolve(host, port, private=self._bounds.private)
        failure: Exception = httpcore.ConnectError("it has no address")
        for address in addresses:
            try:
                stream = self._network.connect_tcp(
                    address, port, self._bounds.left(CONNECT_SECONDS)
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _BoundStream(stream, self._bounds)
        raise failure


class _BoundStream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, bounds: Bounds) -> None:
        self._stream = stream
        self._bounds = bounds

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._bounds.left(READ_SECONDS))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._bounds.left(READ_SECONDS))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        seconds = self._bounds.left(CONNECT_SECONDS)
        return _BoundStream(
            self._stream.start_tls(ssl_context, server_hostname, seconds), self._bounds
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
