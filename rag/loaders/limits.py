"""What one file or page may cost before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Each has a setting of the same name, which messages tell."""

    max_file_megabytes: float = 200.0
    """Of the bytes, as they are on disk or come unpacked from an address."""
    max_characters: int = 5_000_000
    """Of the text in them."""
    parse_seconds: float = 120.0
    """For taking the text out of a file that is not plain text."""
    fetch_seconds: float = 60.0
    """For everything an address gives, redirects included."""
    allow_private_addresses: bool = False
    """Whether an address may lead to this machine or the network it is in."""

    @property
    def file_bytes(self) -> int:
        return int(self.max_file_megabytes * 1_000_000)


LIMITS = Limits()
"""The default of every setting."""
