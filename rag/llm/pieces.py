"""Filters over a stream of text pieces, for what endpoints leave to their clients."""

from collections.abc import Iterable, Iterator, Sequence

_THINK = "<think>"
_THOUGHT = "</think>"


def without_thinking(pieces: Iterable[str]) -> Iterator[str]:
    """Drop a leading `<think>…</think>`, which some servers leave in the text.

    A block that never closes is dropped whole: all of it is thinking.
    """
    held = ""
    pieces = iter(pieces)
    for piece in pieces:
        held += piece
        start = held.lstrip()
        if start.startswith(_THINK):
            _, closed, rest = start.partition(_THOUGHT)
            if not closed:
                continue
            yield from _lstripped(rest, pieces)
            return
        if not _THINK.startswith(start):
            yield held
            yield from pieces
            return
    if held and not held.lstrip().startswith(_THINK):
        yield held


def _lstripped(first: str, pieces: Iterator[str]) -> Iterator[str]:
    """The text without the blank lines it begins with."""
    while not first.lstrip():
        following = next(pieces, None)
        if following is None:
            return
        first = following
    yield first.lstrip()
    yield from pieces


def until(pieces: Iterable[str], stops: Sequence[str]) -> Iterator[str]:
    """The text before the first of `stops`, wherever the pieces are cut.

    Done here and not by the endpoint, since several models refuse the `stop` parameter.
    """
    stops = [stop for stop in stops if stop]
    keep = max((len(stop) for stop in stops), default=1) - 1
    held = ""
    for piece in pieces:
        held += piece
        found = [at for at in (held.find(stop) for stop in stops) if at >= 0]
        if found:
            if min(found):
                yield held[: min(found)]
            return
        ready = len(held) - keep
        if ready > 0:
            yield held[:ready]
            held = held[ready:]
    if held:
        yield held
