"""The stream as a reader wants it: clean text while it is written, the checked answer at the end.

A model writes markers as it pleases ([1], 【2】, [ID: 3]); which hold is known only after checking.
Until then they are left out, so that no number appears that later changes or vanishes.
"""

import re
from collections.abc import Iterator

from rag import Answer

_NUMBER = "[0-9０-９]{1,3}"
_MARKER = re.compile(
    rf"\s*[\[【［〔][\s^]*[^\W\d]{{0,8}}[\s:：#]*{_NUMBER}(?:[\s,，、;；–~-]+{_NUMBER})*\s*[\]】］〕]"
)
"""Numbers of up to three digits: 〔2024〕 is part of a document's name."""
_OPEN = re.compile(r"\s*(?:[\[【［〔][^\]】］〕\n]{0,24})?$")
"""What may become a marker, with the blanks before it; a longer bracket is text."""


class CleanStream:
    """Iterates over pieces of text without markers; `answer` is set once it is exhausted."""

    def __init__(self, stream: Iterator[str | Answer]) -> None:
        self._stream = stream
        self.answer: Answer | None = None

    def __iter__(self) -> Iterator[str]:
        held = ""
        for piece in self._stream:
            if isinstance(piece, Answer):
                self.answer = piece
                continue
            held = _MARKER.sub("", held + piece)
            unfinished = _OPEN.search(held)
            ready = held[: unfinished.start() if unfinished else None]
            held = held[len(ready) :]
            if ready:
                yield ready
        if held:
            yield held
