"""GB18030 and Big5: which Big5 a file is in, and damaged bytes brought back into step.

A lost byte pairs all the bytes after it wrongly, and most wrong pairs are characters too. So places
that read unlike language are read again, with bytes passed over where that makes language of the
rest.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from rag.loaders.damage import DAMAGE, Read, marked
from rag.loaders.plausibility import COMMON, DOUBTFUL, informative, plausibility, weights
from rag.text import HAN

if TYPE_CHECKING:
    import numpy as np

BIG5 = ("cp950", "big5hkscs", "big5")
_BULLET = re.compile(r"^[ \t\u3000]*•|•[ \t]", re.MULTILINE)
_BROKEN_WORD = re.compile(
    "[ぁ-ん](?=[ァ-ヺ\u0410-\u044f])|[ァ-ヺ](?=[ぁ-ん\u0410-\u044f])|[①-⒇ⅰ-ⅹ]{2}"
)
"""What one codec's kana are in another: letters of two scripts, and numbers, side by side."""
_WINDOW = 8
_SUSPECT = 30
"""Mean hundredths of `_WINDOW` characters in a row below which they are read again."""
_LONE_ASCII = re.compile(f"([{HAN}]{{3}})[@-~](?=[{HAN}])")
_SWALLOWED = 100
_LIKE_LANGUAGE, _ALL_COMMON = 0.5, 0.8
_CLEARLY = 12.0
_USUAL_ASCII = " \t\r\f.,:;()-/%\"'"
_USUAL_MARKS = "，。、；：？！（）《》“”‘’「」\u3000·—…"
_OTHER_LETTER = re.compile("[\u00c0-\u024f\u0391-\u03c9\u0410-\u044f\u3041-\u30fe]")
"""Letters that stand in rows of their own in double-byte encodings, as quoted names and words."""
_AROUND = 24
"""Characters before and after a suspect place that are read again with it."""
_BLOCK = 4096
"""Most bytes that are read again at once."""
_FEWEST = 4
"""So many characters must read as language before a line is believed to be another encoding's."""


def big5_codec(raw: bytes) -> str:
    """The codec of Big5 that bytes are in; they differ in some signs and rare characters."""
    return min(BIG5, key=lambda name: _strangeness(marked(raw, name)))


def _strangeness(text: str) -> tuple[int, int]:
    """Smaller for text read in the codec that it was written in."""
    usual = int(weights(text).sum(dtype="int64")) + 200 * len(_BULLET.findall(text))
    usual -= 300 * len(_BROKEN_WORD.findall(text))
    return text.count(DAMAGE), -usual


def read_legacy(raw: bytes, encoding: str) -> Read:
    """GB18030 or Big5, where places that read unlike language are brought back into step."""
    text = marked(raw, encoding)
    lines, parts, elsewise = text.split("\n"), raw.split(b"\n"), []
    for index, places in _suspects(text):
        if _is_utf8_line(parts[index], lines[index]):
            lines[index] = parts[index].decode("utf-8")
            elsewise.append((index + 1, "utf-8"))
        else:
            lines[index] = _mended(parts[index], lines[index], places, encoding)
    return Read("\n".join(lines), tuple(elsewise))


def _suspects(text: str) -> Iterator[tuple[int, list[int]]]:
    """Lines by index with the places in them that are damaged or read unlike language."""
    import numpy as np

    places = informative(text)
    values = weights(text)[places].astype(np.int64)
    found = [_places_of(text, DAMAGE), np.array(_swallowed(text), dtype=np.intp)]
    # Two odd characters together tell something only where bytes are known to be damaged.
    widths = (
        ((_WINDOW, _SUSPECT * _WINDOW), (2, 1))
        if len(found[0])
        else ((_WINDOW, _SUSPECT * _WINDOW),)
    )
    for width, least in widths:
        if width <= len(values):
            sums = np.convolve(values, np.ones(width, dtype=np.int64), "valid")
            low = np.flatnonzero(sums < least)
            # A window may reach over a line end: both its ends are looked at.
            found += [places[low], places[low + width - 1]]
    suspects = np.unique(np.concatenate(found))
    ends = _places_of(text, "\n")
    starts = np.concatenate(([0], ends + 1))
    numbers = np.searchsorted(ends, suspects)
    for index, group in groupby(
        zip(numbers.tolist(), suspects.tolist(), strict=True), itemgetter(0)
    ):
        yield index, [place - int(starts[index]) for _, place in group]


def _mended(part: bytes, line: str, places: list[int], encoding: str) -> str:
    """A line with what is around the suspect places brought into step."""
    pieces, at, at_byte = [], 0, 0
    for first, last in _regions(places, len(line)):
        start = at_byte + _bytes_of(line[at:first], encoding)
        end = len(part) if last == len(line) else start + _bytes_of(line[first:last], encoding)
        pieces += [line[at:first], _in_step(part[start:end], line[first:last], encoding)]
        at, at_byte = last, end
    return "".join([*pieces, line[at:]])


def _regions(places: list[int], length: int) -> list[tuple[int, int]]:
    regions: list[tuple[int, int]] = []
    for place in places:
        first, last = max(0, place - _AROUND), min(length, place + _AROUND)
        if regions and first <= regions[-1][1]:
            first = regions.pop()[0]
        regions.append((first, last))
    return regions


def _bytes_of(text: str, encoding: str) -> int:
    """How many bytes were read as this text."""
    damage = text.count(DAMAGE)
    plain = text.replace(DAMAGE, "")
    try:
        return len(plain.encode(encoding)) + damage
    except UnicodeEncodeError:  # Characters from the Hong Kong codec, two bytes each.
        return sum(1 if character.isascii() else 2 for character in plain) + damage


def _swallowed(text: str) -> list[int]:
    """Places of lone ASCII characters after odd ones: the end of a run that is out of step."""
    return [
        match.start()
        for match in _LONE_ASCII.finditer(text)
        if int(weights(match[1]).sum(dtype="int64")) < _SWALLOWED
    ]


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
