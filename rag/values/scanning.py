"""Small tools that the finders of values share."""

import re
from collections.abc import Iterator


def words(text: str) -> list[str]:
    """The words of a table written as one text."""
    return text.split()


def find_all(
    pattern: re.Pattern[str], first: re.Pattern[str], text: str
) -> Iterator[re.Match[str]]:
    """Like `pattern.finditer(text)`, trying only where `first` matches.

    A pattern of many alternatives is slow to fail at every character; a set of the characters
    that can begin it is fast, and most characters are not in it.
    """
    position = 0
    while candidate := first.search(text, position):
        start = candidate.start()
        match = pattern.match(text, start)
        if match and match.end() > start:
            yield match
            position = match.end()
        else:
            position = start + 1


def lower_case(text: str) -> str:
    """Lower case, one character for one."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def blank_out(text: str, spans: list[tuple[int, int]]) -> str:
    """Put a character that no pattern knows in place of the spans, keeping all offsets."""
    pieces, done = [], 0
    for start, end in sorted(spans):
        if end > done:
            start = max(start, done)
            pieces += [text[done:start], "\0" * (end - start)]
            done = end
    return "".join([*pieces, text[done:]])
