"""The disk: whether it has room, since libraries say variously that it has none; clearing."""

import errno
import os
import shutil
import tempfile
from pathlib import Path

ROOM = 8_000_000
"""Bytes; with less than this, an index that cannot be written has no room."""

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def has_room(directory: Path) -> bool:
    """Whether the disk takes another file of `ROOM` bytes; quotas and limits are seen too."""
    try:
        if shutil.disk_usage(directory).free < ROOM:
            return False
        with tempfile.TemporaryFile(dir=directory) as file:
            file.truncate(ROOM)  # takes no space, yet fails beyond a limit on the size of files
            file.write(bytes(65536))
    except OSError as error:
        return error.errno not in _NO_ROOM
    return True


def clear_folder(directory: Path) -> None:
    """Delete a folder, or what stands in its place."""
    if directory.is_dir() and not directory.is_symlink():
        shutil.rmtree(directory)
    else:
        directory.unlink(missing_ok=True)


def sync_path(path: Path) -> None:
    """Have a file, or the names in a folder, written through to the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folder, and writes its entries through by itself
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
