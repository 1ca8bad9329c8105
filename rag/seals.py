"""Seals: what the files of an index were when they were last written, to notice any damage.

Chroma and tantivy keep no checksums that they look at: a damaged file ends the process, or gives
wrong neighbours. So sizes and CRC-32 are kept in SQLite and compared before a folder is opened.
"""

import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

OPEN = "open"
"""In place of a seal while an index is written: found later, its writer was interrupted."""

_PIECE = 1 << 20


def seal(directory: Path, *, depth: int) -> str:
    """Write through to the disk, then describe every file `depth` folders down."""
    directory.mkdir(parents=True, exist_ok=True)
    for path in _files(directory, depth):
        _sync(path)
    for folder in [directory, *sorted(path for path in directory.rglob("*") if path.is_dir())]:
        _sync(folder)
    return _described(directory, depth)


def is_whole(directory: Path, expected: str, *, depth: int) -> bool:
    """Whether every file is as it was sealed."""
    try:
        return _described(directory, depth) == expected
    except OSError:
        return False


def _described(directory: Path, depth: int) -> str:
    return json.dumps(
        {path.relative_to(directory).as_posix(): _sum(path) for path in _files(directory, depth)}
    )


def _files(directory: Path, depth: int) -> Iterator[Path]:
    """Leaving out lock files, which readers touch."""
    for path in sorted(directory.glob("*/" * depth + "*")):
        if path.is_file() and path.suffix != ".lock":
            yield path


def _sum(path: Path) -> list[int]:
    size = total = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            total = zlib.crc32(piece, total)
    return [size, total]


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folder, and writes its entries through by itself
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
