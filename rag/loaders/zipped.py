"""Read zip containers (epub, docx, pptx, xlsx) without trusting what they say of themselves."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from rag.errors import InputError

MOST_ENTRIES = 10_000
MOST_BYTES = 200_000_000
"""Of all entries together, unpacked."""
_MOST_RATIO = 200
"""Unpacked to packed bytes; the XML of long tables packs at most about a hundredfold."""
_RATIO_FROM = 20_000_000
"""Below so many bytes a high ratio does no harm."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Office files and epubs have no other, and only these two unpack piece by piece."""
_ENCRYPTED = 0x1
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
"""All that `zipfile` raises on damaged bytes."""


class SafeZip:
    """A container whose entries, unpacked, fit in memory; made by `open_zip`."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._entries: Mapping[str, zipfile.ZipInfo] = {
            entry.filename: entry for entry in archive.infolist() if not entry.is_dir()
        }

    def __contains__(self, entry: str) -> bool:
        return entry in self._entries

    def names(self) -> tuple[str, ...]:
        """Of the files in it, in the order of its directory."""
        return tuple(self._entries)

    def read(self, entry: str) -> bytes:
        """The bytes of one file in it.

        Raises:
            InputError: there is none of this name, or its bytes are damaged.
        """
        if entry not in self._entries:
            raise InputError(
                f"{self._name} is not complete: it has no part {entry!r}.", "Save it again."
            )
        try:
            with self._archive.open(self._entries[entry]) as part:
                # Asked for so many bytes, it unpacks no more; asked for all, it does.
                return part.read(max(1, self._entries[entry].file_size))
        except _BROKEN as error:
            raise InputError(
                f"{self._name} is damaged: its part {entry!r} cannot be unpacked.",
                "Save it again or get another copy.",
            ) from error


def open_zip(raw: bytes, name: str) -> SafeZip:
    """The zip container in `raw`; `name` stands for the file in messages.

    Raises:
        InputError: it is no zip file, is damaged, is protected by a password, or would unpack to
            more than `MOST_BYTES` or `MOST_ENTRIES`.
    """
    if raw.startswith(_OLD_OFFICE):
        raise InputError(
            f"{name} is an old Office document or is protected by a password.",
            "Save it without a password in today's format.",
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except _BROKEN as error:
        raise InputError(
            f"{name} is damaged: its zip container cannot be opened.",
            "Save it again or get another copy.",
        ) from error
    _check(archive.infolist(), len(raw), name)
    return SafeZip(archive, name)


def _check(entries: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    if len(entries) > MOST_ENTRIES:
        raise InputError(
            f"{name} holds {len(entries):,} parts; at most {MOST_ENTRIES:,} are read.",
            "Split it into smaller files.",
        )
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise InputError(f"{name} is protected by a password.", "Save it without one.")
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise InputError(
            f"{name} is packed in a way that documents of its kind are not.", "Save it again."
        )
    # `zipfile` unpacks no more of an entry than the size stated here.
    size = sum(entry.file_size for entry in entries)
    if size > MOST_BYTES or (size > _RATIO_FROM and size > _MOST_RATIO * packed):
        raise InputError(
            f"{name} would unpack to {size / 1e6:,.0f} MB, which no document of its size holds.",
            f"At most {MOST_BYTES / 1e6:,.0f} MB are read; check where the file comes from.",
        )
