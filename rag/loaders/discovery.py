"""Which files there are: folders searched through, addresses and odd things told apart."""

import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeGuard
from urllib.parse import unquote, urlsplit

from rag.errors import InputError
from rag.loaders.sniffing import HEAD_BYTES, is_document

Source = Path | str
"""A file, or an address as text."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_DISGUISES = frozenset({".doc", ".xls", ".ppt"})
"""Suffixes that web pages and today's Office files are often given by exports."""
_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}
_NONBLOCKING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_ADVICE = "Check the path and its permissions."


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """What to read, in order; iterate over it to get the files."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]
    """Files in a folder whose suffix no loader knows."""
    failed: tuple[tuple[Path, InputError], ...]
    """Paths that are missing, cannot be listed or are no files."""
    addresses: tuple[str, ...] = ()
    """As given, each once."""
    places: Mapping[Path, str] = field(default_factory=dict)
    """The location of each file, as `location_of` gives it."""

    def __iter__(self) -> Iterator[Path]:
        return iter(self.files)


def is_address(source: Source) -> TypeGuard[str]:
    """Whether it is the address of a page (https://…) rather than a path."""
    return isinstance(source, str) and bool(_ADDRESS.match(source))


def as_source(text: str) -> Source:
    """What a person means by it: an address or a path."""
    return text if is_address(text) else Path(text)


def location_of(source: Source) -> str:
    """What stands for a file or page in a library: its absolute path, or its address.

    Raises:
        InputError: an address that cannot be one.
    """
    if is_address(source):
        from rag.fetching import normalised

        return normalised(str(source))
    return os.path.realpath(source)


def suffix_of(name: str) -> str:
    """Of a path or an address: small, with the dot, or empty."""
    if is_address(name):
        name = urlsplit(name).path
    return Path(name).suffix.lower()


def stem_of(source: Source) -> str:
    """What its name says, on one line: the title of last resort."""
    path = unquote(urlsplit(source).path) if is_address(source) else source
    return " ".join(Path(path).stem.split()) or str(source)


def find(sources: Iterable[Source], suffixes: Collection[str]) -> Discovered:
    """As `rag.loaders.discover`, for files of these suffixes."""
    search = _Search(suffixes)
    addresses: dict[str, None] = {}
    for source in sources:
        if is_address(source):
            addresses[str(source)] = None
        else:
            search.visit(Path(source), named=True)
    return Discovered(
        files=tuple(search.places),
        places=search.places,
        skipped=tuple(search.skipped),
        failed=tuple(search.failed),
        addresses=tuple(addresses),
    )


def read_bytes(path: Path, most: int) -> bytes:
    """All of a regular file, which may have become something else since it was listed.

    Raises:
        InputError: it is missing, unreadable, no regular file, or holds more than `most` bytes.
    """
    shown = repr(str(path))
    try:
        # A pipe or a device would keep us waiting: it is opened without that and then refused.
        with os.fdopen(os.open(path, os.O_RDONLY | _NONBLOCKING), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise InputError(f"{shown} is {_kind(status)}, not a file.", "Name a file.")
            size = status.st_size
            raw = file.read(most + 1) if size <= most else b""
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"Cannot read {shown}: {reason}.", _ADVICE) from error
    if max(size, len(raw)) > most:
        raise InputError(
            f"{shown} has {size / 1e6:,.0f} MB; the limit is {most / 1e6:,.0f} MB.",
            "Split it, or raise the setting max_file_megabytes.",
        )
    return raw


def _kind(status: os.stat_result) -> str:
    return _KINDS.get(stat.S_IFMT(status.st_mode), "something special")


class _Search:
    def __init__(self, suffixes: Collection[str]) -> None:
        self._suffixes = suffixes
        self.places: dict[Path, str] = {}
        self.skipped: list[Path] = []
        self.failed: list[tuple[Path, InputError]] = []
        self._seen: set[str] = set()

    def visit(self, path: Path, *, named: bool, folder: str = "") -> None:
        """Take a file or go through a folder.

        Args:
            path: of either.
            named: by the user, not found in a folder.
            folder: the real path of the one it was found in.
        """
        try:
            status = path.stat()
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            self._fail(path, _missing(path, error))
            return
        if stat.S_ISDIR(status.st_mode):
            self._walk(path, _real(path, folder))
        elif not stat.S_ISREG(status.st_mode):
            self._fail(path, f"{str(path)!r} is {_kind(status)}, not a file.")
        elif self._is_new(real := _real(path, folder)):
            if named or path.suffix.lower() in self._suffixes or _is_disguised(path):
                self.places[path] = real
            else:
                self.skipped.append(path)

    def _walk(self, folder: Path, real: str) -> None:
        if not self._is_new(real):
            return
        try:
            entries = sorted(folder.iterdir())
        except OSError as error:
            self._fail(folder, f"Cannot list the folder {str(folder)!r}: {error.strerror}.")
            return
        for entry in entries:
            if not entry.name.startswith("."):
                self.visit(entry, named=False, folder=real)

    def _fail(self, path: Path, message: str) -> None:
        self.failed.append((path, InputError(message, _ADVICE)))

    def _is_new(self, real: str) -> bool:
        new = real not in self._seen
        self._seen.add(real)
        return new


def _real(path: Path, folder: str) -> str:
    """The real path of what was found in a folder whose real path is known, if it was.

    `os.path.realpath` asks the file system for every folder on the way each time.
    """
    if folder and not path.is_symlink():
        return os.path.join(folder, path.name)  # noqa: PTH118, a location is text
    return os.path.realpath(path)


def _missing(path: Path, error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            return f"The link {str(path)!r} points nowhere."
        return f"There is no file or folder {str(path)!r}."
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return f"Cannot open {str(path)!r}: {reason}."


def _is_disguised(path: Path) -> bool:
    """Whether a file that is called an old Office document is something we can read."""
    if path.suffix.lower() not in _DISGUISES:
        return False
    try:
        with path.open("rb") as file:
            return is_document(file.read(HEAD_BYTES))
    except OSError:
        return False
