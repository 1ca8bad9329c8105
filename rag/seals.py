"""Seals: what the files of an index were when they were last written, to notice any damage.

Chroma and tantivy keep no checksums that they look at: a damaged file ends the process, or gives
wrong neighbours. So sizes and CRC-32 are kept in SQLite and compared before a folder is opened.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from rag.disk import sync_path

OPEN = "open"
"""In place of a seal while an index is written: found later, its writer was interrupted."""

_PIECE = 1 << 20
_NOTES = "index_metadata.pickle"
_SCRATCH = "length.bin"


def seal(directory: Path, files: Iterable[Path]) -> str:
    """Write these files and all folders through to the disk, then describe the files."""
    directory.mkdir(parents=True, exist_ok=True)
    found = sorted(files)
    for path in found:
        sync_path(path)
    for folder in [directory, *(path for path in directory.rglob("*") if path.is_dir())]:
        sync_path(folder)
    return _described(directory, found)


def is_whole(directory: Path, files: Iterable[Path], expected: str) -> bool:
    """Whether these files are those that were sealed, and as they were."""
    try:
        return _described(directory, sorted(files)) == expected
    except OSError:
        return False


def vector_files(chroma: Path) -> Iterator[Path]:
    """What Chroma keeps vectors in, besides its own database, which changes at every opening.

    A folder without notes was never written to, and lengths are scratch space: both hold whatever
    was in memory.
    """
    for notes in chroma.glob(f"*/{_NOTES}"):
        yield from (path for path in notes.parent.iterdir() if path.name != _SCRATCH)


def term_files(lexical: Path) -> Iterator[Path]:
    """What tantivy keeps terms in, besides its lock files, which readers touch."""
    if lexical.is_dir():
        yield from (path for path in lexical.iterdir() if path.suffix != ".lock")


def _described(directory: Path, files: Iterable[Path]) -> str:
    return json.dumps({path.relative_to(directory).as_posix(): _sum(path) for path in files})


def _sum(path: Path) -> list[int]:
    size = total = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            total = zlib.crc32(piece, total)
    return [size, total]
