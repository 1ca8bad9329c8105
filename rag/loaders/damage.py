"""Read damaged bytes: every place that cannot be read is marked, and the rest stays right.

A byte lost in GB18030, Big5 or UTF-16 pairs all the bytes after it wrongly, and most wrong pairs
are characters too. So lines that read unlike language are read again, with bytes passed over where
that makes language of the rest.
"""

import codecs
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rag.loaders.plausibility import (
    informative,
    plausibility,
    unit_weights,
)

if TYPE_CHECKING:
    import numpy as np

DAMAGE = "\udfff"
"""Stands for one undecodable place while text is put together; no decoder gives it."""

_LIKE_LANGUAGE = 0.5
_FEWEST = 4
"""So many characters must read as language before a line is believed to be another encoding's."""
_OTHER_PIECE = 8
"""UTF-16 units looked at together for a byte that was lost before them."""


class Read(NamedTuple):
    """Decoded text with `DAMAGE` at each undecodable place."""

    text: str
    elsewise: tuple[tuple[int, str], ...] = ()
    """Lines, from 1, that are in another encoding than the file, and in which."""
    borrowed: int = 0
    """Characters beyond ASCII on those lines."""


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return DAMAGE, error.end


def _mark_big5(error: UnicodeError) -> tuple[str, int]:
    """Big5 differs by maker: what one codec does not have, the Hong Kong one may."""
    if isinstance(error, UnicodeDecodeError):
        pair = error.object[error.start : error.start + 2]
        try:
            return pair.decode("big5hkscs"), error.start + 2
        except UnicodeDecodeError:
            return DAMAGE, error.end
    raise error


codecs.register_error("yinju-mark", _mark)
codecs.register_error("yinju-mark-big5", _mark_big5)


def marked(raw: bytes, encoding: str) -> str:
    """The text of bytes, `DAMAGE` where they cannot be decoded."""
    return raw.decode(encoding, "yinju-mark-big5" if encoding == "cp950" else "yinju-mark")


def read_utf8(raw: bytes) -> Read:
    """UTF-8 with damaged bytes, or with lines of a legacy encoding put between."""
    text = marked(raw, "utf-8-sig")
    if DAMAGE not in text:
        return Read(text)
    lines, elsewise, borrowed = text.split("\n"), [], 0
    for index, (line, part) in enumerate(zip(lines, raw.split(b"\n"), strict=True)):
        if DAMAGE in line and (found := _legacy_line(part, line)):
            lines[index], encoding = found
            elsewise.append((index + 1, encoding))
            borrowed += len(informative(lines[index]))
    return Read("\n".join(lines), tuple(elsewise), borrowed)


def _legacy_line(part: bytes, as_utf8: str) -> tuple[str, str] | None:
    damage = as_utf8.count(DAMAGE)
    sequences = len(informative(as_utf8)) - damage
    if sequences > damage:
        return None
    for encoding in ("gb18030", "cp950"):
        text = marked(part, encoding)
        telling = len(informative(text))
        if DAMAGE not in text and telling >= _FEWEST and plausibility(text) >= _LIKE_LANGUAGE:
            return text, encoding
    return None


def read_utf16(raw: bytes, encoding: str) -> Read:
    """UTF-16 without mark (`utf-16-le`, `utf-16-be`), brought back into step after a lost byte."""
    return Read(DAMAGE.join(marked(raw[a:b], encoding) for a, b in _in_step_utf16(raw, encoding)))


def _in_step_utf16(raw: bytes, encoding: str) -> list[tuple[int, int]]:
    """Byte ranges to decode on their own; the single bytes between them belong to no character."""
    import numpy as np

    order = "<u2" if encoding == "utf-16-le" else ">u2"
    count = (len(raw) - 1) // 2
    if count < 2 * _OTHER_PIECE:
        return [(0, len(raw))]
    units = np.frombuffer(raw, order, count)
    even = unit_weights(units).astype(np.int64)
    odd = unit_weights(np.frombuffer(raw, order, count, offset=1)).astype(np.int64)
    better = odd - even
    better[1:][units[1:] == units[:-1]] = 0  # A drawn line says the same again and again.
    gain = np.concatenate(([0], np.cumsum(better)))
    ranges, start, parity = [], 0, 0
    for switch, to_odd in _switches(gain, count):
        end = 2 * switch + parity
        ranges.append((start, end))
        start, parity = end + 1, int(to_odd)
    return [*ranges, (start, len(raw))]


def _switches(gain: "np.ndarray", count: int) -> list[tuple[int, bool]]:
    """Units before which the bytes change step: where `gain` of odd over even turns for good."""
    import numpy as np

    edges = [*range(0, count, _OTHER_PIECE), count]
    found: list[tuple[int, bool]] = []
    odd, since = False, 0
    for low, high in pairwise(edges):
        change = int(gain[high] - gain[low])
        turned = -change if odd else change
        if turned > 70 * (high - low) and turned > 250:
            window = gain[since : high + 1]
            place = since + int(np.argmax(window) if odd else np.argmin(window))
            found.append((place, not odd))
            odd = not odd
            since = place
        elif turned < 0:
            since = low
    return found
