"""Which encoding bytes without a mark are in: the one whose text is most like language."""

import re
from typing import NamedTuple

from rag.errors import EncodingError
from rag.loaders.damage import DAMAGE, Read, marked, read_utf8, read_utf16
from rag.loaders.double_byte import BIG5, big5_codec, read_legacy
from rag.loaders.foreign import east_asian, has_words, is_seven_bit_mail, is_western
from rag.loaders.plausibility import informative, plausibility
from rag.text import HAN

HINT = "Save it as UTF-8, or name its encoding with --encoding."
SURE, _DOUBTED = 0.6, 0.3
"""A confidence below the first is warned of."""

_DOUBLE_BYTE = ("gb18030", "cp950", "big5hkscs")
_LARGE = 4_000_000
_PIECE = 262_144
"""Larger files are judged by pieces of so many bytes from all over them."""

_MENDED = 65_536
_PLAUSIBLE = 0.3
"""Least score of a legacy encoding. Running text in its own encoding scores above 0.6, in
another's below 0.2 (tests/test_encoding.py)."""
_LIKE_LANGUAGE = 0.5
_CERTAIN = 0.75
"""From here on no other language of east Asia is thought of."""
_SEVEN_BIT = {
    "hz": re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}"),
    "utf-7": re.compile(rb"\+[A-Za-z0-9+/]{5,}-?"),
}
_GLUED = re.compile(f"[a-z][{HAN}]|[0-9][{HAN}](?=[0-9])")
_NOT_PAIRS = re.compile(rb"(?<![\x80-\xff])(?:[\x80-\xff]{2})*[\x80-\xff](?![\x80-\xff])")
"""An odd number of bytes beyond ASCII, which single rare characters among English cannot be."""
_DENSEST_PAIRS = 8
_HIGH = bytes(range(128, 256))


class Choice(NamedTuple):
    """An encoding, what was read in it, and how sure it is."""

    encoding: str
    read: Read
    confidence: float


def choose(raw: bytes, name: str) -> Choice | None:
    """The encoding of text; None where nothing fits.

    Raises:
        EncodingError: it is text in another language of east Asia.
    """
    return _utf8(raw) or _legacy(raw, name)


def choose_wide(raw: bytes) -> Choice | None:
    """UTF-16 or UTF-32 without a mark, in a file with zero bytes."""
    for encoding in ("utf-32-le", "utf-32-be"):
        try:
            text = raw[: len(raw) // 4 * 4].decode(encoding)
        except UnicodeDecodeError:
            continue
        if plausibility(text, ascii_counts=True) >= _PLAUSIBLE:
            return Choice(encoding, Read(marked(raw, encoding)), 1.0)
    scores = _utf16_scores(raw)
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < _LIKE_LANGUAGE:
        return None
    return Choice(best, read_utf16(raw, best), _confidence(scores, best, len(raw) // 2))


def _utf8(raw: bytes) -> Choice | None:
    if not raw.isascii():
        text = raw.decode("utf-8", "replace")
        if text.count("\ufffd") > 2 * len(informative(text)) // 3 + 8:
            return None
        read = read_utf8(raw)
        damage = read.text.count(DAMAGE)
        # Well-formed sequences far outnumber the damage, as in other encodings they cannot.
        sequences = len(informative(read.text)) - damage - read.borrowed
        sure = sequences >= 4 * damage and sequences > read.borrowed
        return Choice("utf-8", read, 1.0) if sure else None
    for encoding, form in _SEVEN_BIT.items():
        text = marked(raw, encoding) if form.search(raw) else ""
        if text and DAMAGE not in text and plausibility(text) >= SURE:
            return Choice(encoding, Read(text), SURE)
    return None if is_seven_bit_mail(raw) else Choice("utf-8", Read(raw.decode("utf-8")), 1.0)


def _legacy(raw: bytes, name: str) -> Choice | None:
    if raw.isascii():
        return None
    sample = _sample(raw)
    scores = {name: _double_byte_score(sample, name) for name in _DOUBLE_BYTE}
    scores |= {"utf-8": plausibility(sample.decode("utf-8", "replace")), **_utf16_scores(raw)}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < _CERTAIN and has_words(sample):
        # A lost byte may have put half of the text out of step.
        for double in _DOUBLE_BYTE:
            mended = read_legacy(sample[:_MENDED], double).text.replace(DAMAGE, "\ufffd")
            scores[double] = max(scores[double], plausibility(mended))
        best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < _PLAUSIBLE and is_western(raw):
        return Choice("cp1252", Read(marked(raw, "cp1252").replace("ÿ", DAMAGE)), 0.8)
    if scores[best] < _CERTAIN and (language := east_asian(sample, scores[best])):
        raise EncodingError(f"{name} looks like {language}, not Chinese or English.", HINT)
    if scores[best] >= _PLAUSIBLE:
        telling = len(informative(marked(sample, best)))
        return Choice(*_read_as(raw, best), _confidence(scores, best, telling))
    high = len(raw) - len(raw.translate(None, _HIGH))
    pairs = high * _DENSEST_PAIRS <= len(raw) and not _NOT_PAIRS.search(raw)
    if pairs and DAMAGE not in marked(raw, "gb18030"):
        return Choice("gb18030", Read(marked(raw, "gb18030")), _DOUBTED)
    return Choice("utf-8", read_utf8(raw), SURE) if high <= max(2, len(raw) // 2000) else None


def _double_byte_score(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, "replace")
    # An accented letter and the letter after it, read as one character in the middle of a word.
    glued = len(_GLUED.findall(text))
    return plausibility(text) - 0.8 * (3 * glued >= len(informative(text)))


def _utf16_scores(raw: bytes) -> dict[str, float]:
    scores = {}
    for name in ("utf-16-le", "utf-16-be"):
        text = read_utf16(raw[:_PIECE], name).text
        # Out of step from the start, one byte order reads like the other.
        scores[name] = plausibility(text, ascii_counts=True) - 0.1 * (DAMAGE in text[:2])
    return scores


def _sample(raw: bytes) -> bytes:
    if len(raw) <= _LARGE:
        return raw
    step = len(raw) // (_LARGE // _PIECE)
    return b"\n".join(raw[at : at + _PIECE] for at in range(0, len(raw), step))


def _confidence(scores: dict[str, float], best: str, telling: int) -> float:
    family = BIG5 if best in BIG5 else (best,)
    others = [score for name, score in scores.items() if name not in family]
    distance = scores[best] - max(0.0, *others)
    return float(min(1.0, max(0.0, distance / 0.5)) * (1 - 0.5 ** (telling / 3)))


def _read_as(raw: bytes, encoding: str) -> tuple[str, Read]:
    if encoding.startswith("utf-16"):
        return encoding, read_utf16(raw, encoding)
    if encoding == "utf-8":
        return encoding, read_utf8(raw)
    if encoding in BIG5:
        encoding = big5_codec(raw)
    return encoding, read_legacy(raw, encoding)
