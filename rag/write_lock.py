"""One writer at a time in a library; the second waits, then is told who writes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from rag.errors import LibraryError, LibraryLocked

LOCK_WAIT = 10.0
"""Seconds a second writer waits before it is told who writes."""


@contextmanager
def write_lock(directory: Path, wait: float = LOCK_WAIT) -> Iterator[None]:
    """Hold a library's write lock.

    Raises:
        LibraryLocked: another process held it all the while.
        LibraryError: the directory cannot be written.
    """
    path = directory / "write.lock"
    lock = filelock.FileLock(path, timeout=wait)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise LibraryLocked(
            f"Process {_writer(path)} is writing to the library at {str(directory)!r}.",
            "Try again when it has finished.",
        ) from None
    except OSError as error:
        raise LibraryError(
            f"The library at {str(directory)!r} cannot be written: {error}.",
            "Check its permissions, or name another with --library.",
        ) from None
    try:
        path.with_suffix(".pid").write_text(str(os.getpid()), "utf-8")
        yield
    finally:
        lock.release()


def _writer(lock: Path) -> str:
    try:
        return lock.with_suffix(".pid").read_text("utf-8")
    except OSError:
        return "unknown"
