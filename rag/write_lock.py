"""One writer at a time in a library; the second waits, then is told who writes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from rag.errors import LibraryError, LibraryLocked

LOCK_WAIT = 10.0
"""Seconds a second writer waits before it is told who writes."""


class WriteLock:
    """A library's write lock; whoever holds it may take it again."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._path = directory / "write.lock"
        self._lock = filelock.FileLock(self._path)

    @contextmanager
    def held(self, wait: float = LOCK_WAIT) -> Iterator[None]:
        """Hold the lock.

        Raises:
            LibraryLocked: another process held it all the while.
            LibraryError: the directory cannot be written.
        """
        try:
            self._lock.acquire(timeout=wait)
        except filelock.Timeout:
            raise LibraryLocked(
                f"Process {self.writer()} is writing to the library at {str(self._directory)!r}.",
                "Try again when it has finished.",
            ) from None
        except OSError as error:
            raise LibraryError(
                f"The library at {str(self._directory)!r} cannot be written: {error}.",
                "Check its permissions, or name another with --library.",
            ) from None
        try:
            self._sign()
            yield
        finally:
            self._lock.release()

    def writer(self) -> str:
        """The process that took the lock last."""
        try:
            return self._path.with_suffix(".pid").read_text("utf-8")
        except OSError:
            return "unknown"

    def _sign(self) -> None:
        try:
            self._path.with_suffix(".pid").write_text(str(os.getpid()), "utf-8")
        except OSError:
            # A full disk: the lock holds nevertheless, and only its message is the poorer.
            self._path.with_suffix(".pid").unlink(missing_ok=True)
