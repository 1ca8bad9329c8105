"""The disk: whether it has room, since libraries say variously that it has none; clearing."""

import errno
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
