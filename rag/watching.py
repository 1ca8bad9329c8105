"""Folders watched for changes, a round at a time; a round waits until files are whole."""

import os
import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from threading import Event

SETTLE = 1.0
"""Seconds for which changed files must keep their size and time before they are read."""
LONGEST = 60.0
"""Seconds after which one that never rests is read all the same; the next change mends it."""
_GLANCE = 500
"""Milliseconds between looks at whether to stop and whether the folders are still there."""

_Identity = tuple[int, int] | None


def rounds(folders: Sequence[Path], *, ignored: Path, stop: Event) -> Iterator[None]:
    """Yields when the folders should be read: at once, and after changes in them have settled.

    A folder that vanishes or comes back is a change too. Watching begins before the first round,
    so nothing falls between the two; what changes while a round is worked on makes the next.

    Args:
        folders: watched with all that is in them, whether they are there or not.
        ignored: a folder whose changes mean nothing: the library itself.
        stop: ends it.
    """
    while not stop.is_set():
        identities = [_identity(folder) for folder in folders]
        there = [folder for folder, known in zip(folders, identities, strict=True) if known]
        due = True
        for changed in _changes(there, f"{os.path.realpath(ignored)}{os.sep}", stop):
            if due or changed:
                _settle(changed, stop)
                if stop.is_set():
                    return
                yield
                due = False
            if [_identity(folder) for folder in folders] != identities:
                break


def _identity(folder: Path) -> _Identity:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _changes(folders: Sequence[Path], ignored: str, stop: Event) -> Iterator[Collection[str]]:
    """Paths that changed, or none where nothing did for a while."""
    if not folders:
        yield ()
        while not stop.wait(_GLANCE / 1000):
            yield ()
        return
    from watchfiles import watch

    found = watch(
        *folders,
        watch_filter=lambda change, path: (
            not (path.startswith(ignored) or Path(path).name.startswith("."))
        ),
        stop_event=stop,
        rust_timeout=_GLANCE,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    for changes in found:
        yield {path for _, path in changes}


def _settle(changed: Collection[str], stop: Event) -> None:
    """Wait while these files still grow or change."""
    deadline = time.monotonic() + LONGEST
    before = None
    now = [_state(path) for path in changed]
    while now and now != before and time.monotonic() < deadline and not stop.wait(SETTLE):
        before, now = now, [_state(path) for path in changed]


def _state(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116, it comes as text
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
