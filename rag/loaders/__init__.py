"""Files to text: which files there are, and what is in them.

A format is a module here with `load(raw, name, encoding) -> Extracted`, named in `_LOADERS` by
suffix and imported when a file of that kind is read.
"""

import importlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from rag.errors import InputError
from rag.loaders.extracted import Extracted

_LOADERS: Mapping[str, str] = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "plain",
    ".markdown": "plain",
}
SUFFIXES = frozenset(_LOADERS)
"""Suffixes of the files that a folder is searched for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A file's bytes and what a loader took out of them."""

    raw: bytes
    extracted: Extracted


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """Files to read, in order; iterate over it to get them."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]
    """Files in a folder whose suffix no loader knows."""
    failed: tuple[tuple[Path, InputError], ...]
    """Paths that are missing or cannot be listed."""

    def __iter__(self) -> Iterator[Path]:
        return iter(self.files)


def read(path: Path | str, *, encoding: str | None = None) -> Loaded:
    """The text of one file; a file with an unknown suffix is read as plain text.

    Args:
        path: the file.
        encoding: a codec to read a text file in, instead of the one its bytes look like.

    Raises:
        InputError: it is missing, unreadable, a folder, empty, or not text.
        EncodingError: its bytes are text in no encoding we know.
    """
    path = Path(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"Cannot read {str(path)!r}: {error.strerror}.", "Check the path and its permissions."
        ) from error
    return Loaded(raw=raw, extracted=extract(raw, str(path), encoding=encoding))


def extract(raw: bytes, name: str, *, encoding: str | None = None) -> Extracted:
    """What the loader for `name`'s suffix takes out of these bytes; raises as `read` does."""
    loader = _LOADERS.get(Path(name).suffix.lower(), "plain")
    module = importlib.import_module(f"{__name__}.{loader}")
    return cast(Extracted, module.load(raw, repr(name), encoding))


def discover(paths: Iterable[Path | str]) -> Discovered:
    """The files that paths name: files as they are, folders searched through, in sorted order.

    In folders, hidden files and folders are passed over and unknown suffixes are listed as
    skipped; a file named directly is taken whatever its suffix. A file reached twice, also through
    a symbolic link, is listed once.
    """
    search = _Search()
    for path in map(Path, paths):
        if path.is_dir():
            search.walk(path)
        elif path.exists():
            search.take(path)
        else:
            search.fail(path, f"There is no file or folder {str(path)!r}.")
    return Discovered(
        files=tuple(search.files), skipped=tuple(search.skipped), failed=tuple(search.failed)
    )


class _Search:
    def __init__(self) -> None:
        self.files: list[Path] = []
        self.skipped: list[Path] = []
        self.failed: list[tuple[Path, InputError]] = []
        self._seen: set[str] = set()

    def take(self, path: Path) -> None:
        if self._is_new(path):
            self.files.append(path)

    def fail(self, path: Path, message: str) -> None:
        self.failed.append((path, InputError(message, "Check the path and its permissions.")))

    def walk(self, folder: Path) -> None:
        if not self._is_new(folder):
            return
        try:
            entries = sorted(folder.iterdir())
        except OSError as error:
            self.fail(folder, f"Cannot list the folder {str(folder)!r}: {error.strerror}.")
            return
        for entry in entries:
            if not entry.name.startswith("."):
                self._visit(entry)

    def _visit(self, entry: Path) -> None:
        if entry.is_dir():
            self.walk(entry)
        elif not entry.exists():
            self.fail(entry, f"The link {str(entry)!r} points nowhere.")
        elif entry.suffix.lower() in SUFFIXES:
            self.take(entry)
        elif self._is_new(entry):
            self.skipped.append(entry)

    def _is_new(self, path: Path) -> bool:
        real = os.path.realpath(path)
        new = real not in self._seen
        self._seen.add(real)
        return new
