"""Folders that are needed in passing only."""

import shutil
import tempfile
from pathlib import Path

from rag.errors import IndexDamaged


class Scratch:
    """Makes temporary folders and deletes them together."""

    def __init__(self) -> None:
        self._folders: list[tempfile.TemporaryDirectory[str]] = []

    def folder(self) -> Path:
        """A new one."""
        self._folders.append(tempfile.TemporaryDirectory(prefix="yinju-"))
        return Path(self._folders[-1].name)

    def copy_of(self, folder: Path) -> Path:
        """A copy of an index's folder, which may be written.

        Raises:
            IndexDamaged: the folder cannot be read.
        """
        copy = self.folder() / folder.name
        try:
            shutil.copytree(folder, copy)
        except (OSError, shutil.Error) as error:
            raise IndexDamaged(f"The folder {str(folder)!r} cannot be read: {error}.") from None
        return copy

    def clear(self) -> None:
        """Delete all of them."""
        for folder in self._folders:
            folder.cleanup()
        self._folders.clear()
