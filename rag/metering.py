"""How far an ingest has come, in files, bytes and passages."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.loaders import Source, is_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far an ingest has come."""

    done: int
    """Files finished, of `total`."""
    total: int
    bytes_done: int
    """Of files as they lie on disk; pages count nothing. The file now worked on counts by the
    share of its passages that are embedded."""
    bytes_total: int
    chunks: int
    """Passages of the new and changed files so far."""
    path: str
    """Now worked on; empty at the end."""


Progress = Callable[[Step], None]


class Meter:
    """Counts what is done of some files and pages, and tells."""

    def __init__(self, sources: Sequence[Source], progress: Progress | None) -> None:
        self.sources = sources
        self._progress = progress
        self._sizes = [_size(source) if progress else 0 for source in sources]
        self._total = sum(self._sizes)
        self._before = self._done = 0

    def tell(self, done: int, chunks: int, share: float = 0.0) -> None:
        """`done` files are finished, and that share of the next."""
        if not self._progress:
            return
        ended = done == len(self.sources)
        if done > self._done:
            self._before += sum(self._sizes[self._done : done])
            self._done = done
        part = 0 if ended else round(share * self._sizes[done])
        self._progress(
            Step(
                done=done,
                total=len(self.sources),
                bytes_done=self._before + part,
                bytes_total=self._total,
                chunks=chunks,
                path="" if ended else str(self.sources[done]),
            )
        )


def _size(source: Source) -> int:
    try:
        return 0 if is_address(source) else os.stat(source).st_size  # noqa: PTH116, faster
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return 0
