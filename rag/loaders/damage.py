"""Read damaged bytes: every place that cannot be read is marked, and the rest stays right.

A byte lost in GB18030, Big5 or UTF-16 pairs all the bytes after it wrongly, and most wrong pairs
are characters too. So lines that read unlike language are read again, with bytes passed over where
that makes language of the rest.
"""

import codecs
import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rag.loaders.plausibility import (
    COMMON,
    DOUBTFUL,
    informative,
    plausibility,
    unit_weights,
    weights,
)

if TYPE_CHECKING:
    import numpy as np

DAMAGE = "\udfff"
"""Stands for one undecodable place while text is put together; no decoder gives it."""

_WINDOW = 8
_SUSPECT = 30
"""Mean hundredths of `_WINDOW` characters in a row below which their line is read again."""
_LIKE_LANGUAGE, _ALL_COMMON = 0.5, 0.8
_CLEARLY = 12.0
_USUAL_ASCII = " \t\r\f.,:;()-/%\"'"
_USUAL_MARKS = "，。、；：？！（）《》“”‘’「」\u3000·—…"
_OTHER_LETTER = re.compile("[\u00c0-\u024f\u0391-\u03c9\u0410-\u044f\u3041-\u30fe]")
"""Letters that stand in rows of their own in double-byte encodings, as quoted names and words."""
_FEWEST = 4
"""So many characters must read as language before a line is believed to be another encoding's."""
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
    low = [places[:0]]
    for width, least in ((_WINDOW, _SUSPECT * _WINDOW), (2, 1)):
        sums = np.convolve(values, np.ones(width, dtype=np.int64), "valid")
        found = np.flatnonzero(sums < least) if width <= len(values) else places[:0]
        # A window may reach over a line end: both its ends are looked at.
        low += [places[found], places[found + width - 1]]
    suspects = np.concatenate((*low, _places_of(text, DAMAGE)))
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
    found, simple = [], []
    at = 0
    while at < len(part):
        last = len(part) - at <= _BLOCK
        steps, used = _likeliest(part[at : at + _BLOCK], encoding, last=last)
        found += [(at + place, text) for place, text in steps]
        at += used
    at = 0
    while at < len(part):
        to, text = _one_step(part, at, encoding)
        simple.append((at, text))
        at = to
    text, changed = _merged(simple, found)
    return text if changed else naive


_Steps = list[tuple[int, str]]
"""Characters of a line, and the byte each begins at."""


def _merged(simple: _Steps, found: _Steps) -> tuple[str, bool]:
    """The simple reading, and the found one instead wherever that makes language of it."""
    pieces: list[str] = []
    changed = False
    here = there = 0
    while here < len(simple) or there < len(found):
        if simple[here : here + 1] == found[there : there + 1]:
            pieces.append(simple[here][1])
            here, there = here + 1, there + 1
            continue
        after, beyond = _meet(simple, found, here, there)
        was = "".join(text for _, text in simple[here:after])
        becomes = "".join(text for _, text in found[there:beyond])
        gains = _gains(was, becomes)
        pieces.append(becomes if gains else was)
        changed = changed or gains
        here, there = after, beyond
    return "".join(pieces), changed


def _meet(simple: _Steps, found: _Steps, here: int, there: int) -> tuple[int, int]:
    """Where two readings that differ are at one and the same byte and character again."""
    while here < len(simple) and there < len(found):
        if simple[here][0] < found[there][0]:
            here += 1
        elif simple[here][0] > found[there][0]:
            there += 1
        elif simple[here] == found[there]:
            return here, there
        else:
            here, there = here + 1, there + 1
    return len(simple), len(found)


def _gains(was: str, becomes: str) -> bool:
    """Whether what reads otherwise has become language.

    Where nothing but the oddness of what was read speaks of damage, only where it is all common
    now: rare characters stand in undamaged text too.
    """
    value, length = _sum(becomes), len(informative(becomes)) - becomes.count(DAMAGE)
    if DAMAGE in was:
        return value > _sum(was) and value >= _LIKE_LANGUAGE * 100 * length
    saved = sum(_cost(each) for each in was) - sum(_cost(each) for each in becomes)
    return saved > _CLEARLY and value >= _ALL_COMMON * 100 * length


def _sum(text: str) -> int:
    """Damage counts for nothing here: what it makes of the rest decides."""
    return int(weights(text.replace(DAMAGE, "")).sum(dtype="int64"))


def _likeliest(part: bytes, encoding: str, *, last: bool) -> tuple[_Steps, int]:
    """The likeliest reading of some bytes (Viterbi over byte positions), and how many it took."""
    size = len(part)
    cost = [0.0] + [float("inf")] * size
    step: list[tuple[int, str]] = [(0, "")] * (size + 1)
    for at in range(size):
        to, text = _one_step(part, at, encoding)
        options = [(to, text)] if to == at + 1 else [(to, text), (at + 1, DAMAGE)]
        for to, text in options:
            total = cost[at] + _cost(text, step[at][1] == DAMAGE)
            if total < cost[to]:
                cost[to], step[to] = total, (at, text)
    end = size if last else min(range(size - 8, size + 1), key=lambda place: cost[place])
    found, at = [], end
    while at:
        at, text = step[at]
        found.append((at, text))
    return found[::-1], end


def _one_step(part: bytes, at: int, encoding: str) -> tuple[int, str]:
    """The character that begins at a byte and the byte after it; `DAMAGE` where none does."""
    if part[at] < 0x80:
        return at + 1, chr(part[at])
    if pair := _pairs(encoding).get(part[at : at + 2]):
        return at + 2, pair
    four = part[at : at + 4] if encoding == "gb18030" else b""
    if len(four) == 4 and len(text := marked(four, encoding)) == 1 and text != DAMAGE:
        return at + 4, text
    return at + 1, DAMAGE


@lru_cache(maxsize=3)
def _pairs(encoding: str) -> dict[bytes, str]:
    """What every two bytes are that are one character."""
    found = {}
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            text = marked(bytes((lead, trail)), encoding)
            if DAMAGE not in text and not text.isascii():
                found[bytes((lead, trail))] = text
    return found


@lru_cache(maxsize=65536)
def _cost(text: str, after_damage: bool = False) -> float:
    """How unlikely a character is: about -log of its share of running text."""
    if text == DAMAGE:
        return 4.0 if after_damage else 12.0
    if text < "\x7f":
        return 0.5 if text.isalnum() or text in _USUAL_ASCII else 5.0
    weight = int(weights(text)[0])
    if weight == COMMON:
        return 0.0 if text in _USUAL_MARKS or text.isalpha() else 5.0
    if _OTHER_LETTER.match(text):
        return 4.0
    return 3.5 if weight > 0 else 8.0 if weight > DOUBTFUL else 11.0


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
        if turned > 50 * (high - low) and turned > 250:
            window = gain[since : high + 1]
            place = since + int(np.argmax(window) if odd else np.argmin(window))
            found.append((place, not odd))
            odd = not odd
            since = place
        elif turned < 0:
            since = low
    return found
