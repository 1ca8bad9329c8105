"""Ctrl-C and a request to terminate: first stop at the next good place, then at once."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
INTERRUPTED = 130


@contextmanager
def stopping(when: str) -> Iterator[Event]:
    """An event that the first Ctrl-C or SIGTERM sets; the second ends the process.

    Args:
        when: told to the person who pressed it, such as `after this document`.
    """
    asked = Event()

    def handle(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            # Safe at any moment: whatever is half done is finished when next opened.
            os._exit(INTERRUPTED)
        asked.set()
        # Written past the streams, which this may have interrupted in the middle of a write.
        os.write(2, f"\nStopping {when}; press Ctrl-C again to stop at once.\n".encode())

    before = {each: signal.signal(each, handle) for each in _SIGNALS}
    try:
        yield asked
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
