"""Read damaged bytes: every place that cannot be read is marked, and the rest stays right.

A byte lost in GB18030, Big5 or UTF-16 pairs all the bytes after it wrongly, and most wrong pairs
are characters too. So lines that read unlike language are read again, with bytes passed over where
that makes language of the rest.
"""

import codecs
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rag.loaders.plausibility import informative, plausibility, unit_weights, weights

if TYPE_CHECKING:
    import numpy as np

DAMAGE = "\udfff"
"""Stands for one undecodable place while text is put together; no decoder gives it."""

_WINDOW = 8
_SUSPECT = 30
"""Mean hundredths of `_WINDOW` characters in a row below which their line is read again."""
_LIKE_LANGUAGE = 0.5
_FEWEST = 4
"""So many characters must read as language before a line is believed to be another encoding's."""
_SKIP = 12.0
_BLOCK = 4096
"""Most bytes that are read again at once."""
_OTHER_PIECE = 64
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


def read_legacy(raw: bytes, encoding: str) -> Read:
    """GB18030 or Big5, where lines that read unlike language are brought back into step."""
    text = marked(raw, encoding)
    lines, parts, elsewise = text.split("\n"), raw.split(b"\n"), []
    for index in _suspect_lines(text):
        if _is_utf8_line(parts[index], lines[index]):
            lines[index] = parts[index].decode("utf-8")
            elsewise.append((index + 1, "utf-8"))
        else:
            lines[index] = _in_step(parts[index], lines[index], encoding)
    return Read("\n".join(lines), tuple(elsewise))


def _suspect_lines(text: str) -> list[int]:
    """Indexes of the lines with damage, or with a run of characters unlike language."""
    import numpy as np

    places = informative(text)
    values = weights(text)[places].astype(np.int64)
    width = min(_WINDOW, len(values))
    if not width:
        return []
    sums = np.convolve(values, np.ones(width, dtype=np.int64), "valid")
    low = np.flatnonzero(sums < _SUSPECT * width)
    # A window may reach over a line end: both its ends are looked at.
    suspects = np.concatenate((places[low], places[low + width - 1], _places_of(text, DAMAGE)))
    return [int(line) for line in np.unique(np.searchsorted(_places_of(text, "\n"), suspects))]


def _places_of(text: str, character: str) -> "np.ndarray":
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.flatnonzero(codes == ord(character))


def _is_utf8_line(part: bytes, as_legacy: str) -> bool:
    try:
        text = part.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(informative(text)) >= _FEWEST and plausibility(text) > max(
        _LIKE_LANGUAGE, plausibility(as_legacy) + 0.2
    )


def _in_step(part: bytes, naive: str, encoding: str) -> str:
    """A line read so that most of it is language; `naive` where nothing is gained by that."""
    pieces, at = [], 0
    while at < len(part):
        end = min(len(part), at + _BLOCK)
        piece, used = _best_reading(part[at:end], encoding, last=end == len(part))
        pieces.append(piece)
        at += used
    text = "".join(pieces)
    if text.count(DAMAGE) > 3 * (naive.count(DAMAGE) + 1) + len(text) // 50:
        return naive
    return text if _gains(naive, text) else naive


def _gains(naive: str, text: str) -> bool:
    """Whether the part that reads otherwise has become language."""
    start = next((i for i, (a, b) in enumerate(zip(naive, text, strict=False)) if a != b), None)
    if start is None:
        return False
    end = 0
    while end < min(len(naive), len(text)) - start and naive[-1 - end] == text[-1 - end]:
        end += 1
    before, after = naive[start : len(naive) - end], text[start : len(text) - end]
    was, becomes = _sum(before), _sum(after)
    length = max(1, len(informative(after.replace(DAMAGE, ""))))
    return becomes > was and becomes >= _LIKE_LANGUAGE * 100 * length


def _sum(text: str) -> int:
    return int(weights(text.replace(DAMAGE, "")).sum(dtype="int64")) - 100 * text.count(DAMAGE)


def _best_reading(part: bytes, encoding: str, *, last: bool) -> tuple[str, int]:
    """The likeliest text of some bytes (Viterbi over byte positions), and how many it took."""
    pairs = _pairs(encoding)
    size = len(part)
    cost = [0.0] + [float("inf")] * size
    step: list[tuple[int, str]] = [(0, "")] * (size + 1)
    for at in range(size):
        here, byte = cost[at], part[at]
        options = [(at + 1, _SKIP, DAMAGE)]
        if byte < 0x80:
            options = [(at + 1, 0.0 if byte >= 0x20 or byte in b"\t\r\f" else 6.0, chr(byte))]
        elif pair := pairs.get(part[at : at + 2]):
            options.append((at + 2, *pair))
        elif four := _four_bytes(part[at : at + 4], encoding):
            options.append((at + 4, 6.0, four))
        for to, more, character in options:
            if here + more < cost[to]:
                cost[to], step[to] = here + more, (at, character)
    end = size if last else min(range(size - 8, size + 1), key=lambda place: cost[place])
    found, at = [], end
    while at:
        at, character = step[at]
        found.append(character)
    return "".join(reversed(found)), end


@lru_cache(maxsize=2)
def _pairs(encoding: str) -> dict[bytes, tuple[float, str]]:
    """What two bytes are, and how unlikely that is (about -log of its share of running text)."""
    found = {}
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            pair = bytes((lead, trail))
            text = marked(pair, encoding)
            if DAMAGE not in text and len(text) <= 2 and not text.isascii():
                weight = int(weights(text)[0])
                found[pair] = (_cost(weight), text)
    return found


def _cost(weight: int) -> float:
    if weight == 100:
        return 0.0
    return 3.5 if weight > 0 else 8.0 if weight > -50 else 11.0


def _four_bytes(part: bytes, encoding: str) -> str:
    if encoding != "gb18030" or len(part) < 4:
        return ""
    text = marked(part, encoding)
    return text if len(text) == 1 and text != DAMAGE else ""


def read_utf16(raw: bytes, encoding: str) -> Read:
    """UTF-16 without mark (`utf-16-le`, `utf-16-be`), brought back into step after a lost byte."""
    return Read(DAMAGE.join(marked(raw[a:b], encoding) for a, b in _in_step_utf16(raw, encoding)))


def _in_step_utf16(raw: bytes, encoding: str) -> list[tuple[int, int]]:
    """Byte ranges to decode on their own; the single bytes between them belong to no character."""
    import numpy as np

    order = "<u2" if encoding == "utf-16-le" else ">u2"
    count = (len(raw) - 1) // 2
    if count < 2 * _OTHER_PIECE // 8:
        return [(0, len(raw))]
    even = unit_weights(np.frombuffer(raw, order, count)).astype(np.int64)
    odd = unit_weights(np.frombuffer(raw, order, count, offset=1)).astype(np.int64)
    gain = np.concatenate(([0], np.cumsum(odd - even)))
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
        if turned > 50 * (high - low) and turned > 400:
            window = gain[since : high + 1]
            place = since + int(np.argmax(window) if odd else np.argmin(window))
            found.append((place, not odd))
            odd = not odd
            since = place
        elif turned < 0:
            since = low
    return found
