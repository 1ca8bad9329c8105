"""Near-duplicates: texts that say the same, whatever their script, width, blanks and marks.

A text is the set of its 5-character shingles (Broder, 1997: resemblance is the Jaccard index of
those sets). Sets alike enough share one of a few bands of minimum hashes (one permutation hashing:
Li, Owen and Zhang, 2012; empty bins filled by rotation: Shrivastava and Li, 2014), so that looking
a text up costs the same however many texts there are.

Reports of one series repeat their sentences with other figures. Texts whose numbers or negations
differ are therefore no repeats of each other, however alike they are.
"""

import hashlib
import re
from functools import cached_property

import numpy as np

from rag.text import fold

SHINGLE = 5
BANDS, ROWS = 12, 5
"""Sets with resemblance .8 share a band with probability .99, .7 with .89, .3 with .03."""

REPEATED = 0.7
"""Least resemblance of a passage or document that repeats another: about one character in thirty
may differ, each spoiling five shingles."""

_NOT_WORD = re.compile(r"[\W_]+")
_VALUE = re.compile(
    r"\d+(?:[.,]\d+)*|[〇零一二三四五六七八九十百千万亿两]+|[不未没无非勿否]|\b(?:no|not|never|nor)\b|n't"
)
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_BINS = 64
_BIN_BITS = np.uint64(58)
"""The highest six bits of a hash are its bin."""
_EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)


class Fingerprint:
    """What is compared of a text, made when it is first asked for: numbers mostly tell enough."""

    def __init__(self, text: str) -> None:
        self._folded = fold(text)

    @cached_property
    def values(self) -> tuple[str, ...]:
        """Its numbers and negations in order."""
        return tuple(match.group() for match in _VALUE.finditer(self._folded))

    @cached_property
    def shingles(self) -> np.ndarray:
        """Hashes of its distinct shingles in order, uint64; empty for a text without words.

        Linear in the length of the text.
        """
        words = _NOT_WORD.sub("", self._folded)
        points = np.frombuffer(words.encode("utf-32-le"), np.uint32).astype(np.uint64)
        width = min(SHINGLE, len(points))
        hashes = np.zeros(len(points) - width + 1 if width else 0, np.uint64)
        for offset in range(width):
            hashes = hashes * _BASE + points[offset : offset + len(hashes)]
        hashes = (hashes ^ (hashes >> np.uint64(31))) * _MIX
        return _distinct(hashes ^ (hashes >> np.uint64(29)))


def _distinct(hashes: np.ndarray) -> np.ndarray:
    """As `np.unique`, which spends ten times as long on a passage."""
    ordered = np.sort(hashes)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def resemblance(one: Fingerprint, other: Fingerprint) -> float:
    """The Jaccard index of two shingle sets, between 0 and 1; 0 where one is empty."""
    if not len(one.shingles) or not len(other.shingles):
        return 0.0
    together = np.sort(np.concatenate((one.shingles, other.shingles)))
    common = int(np.count_nonzero(together[1:] == together[:-1]))
    return common / (len(one.shingles) + len(other.shingles) - common)


def is_repeat(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two passages say the same: alike, with the same numbers and negations in order."""
    return one.values == other.values and resemblance(one, other) >= REPEATED


def bands(found: Fingerprint) -> tuple[int, ...]:
    """Keys of which texts that are alike share at least one; signed 64-bit, at most `BANDS`."""
    if not len(found.shingles):
        return ()
    lowest = np.full(_BINS, _EMPTY, np.uint64)
    np.minimum.at(lowest, (found.shingles >> _BIN_BITS).astype(np.intp), found.shingles)
    filled = np.flatnonzero(lowest != _EMPTY)
    # An empty bin takes the next one that is not, as texts that are alike leave the same ones.
    lowest = lowest[filled[np.searchsorted(filled, np.arange(len(lowest))) % len(filled)]]
    return tuple(
        int.from_bytes(
            hashlib.blake2b(bytes([number]) + rows.tobytes(), digest_size=8).digest(),
            "little",
            signed=True,
        )
        for number, rows in enumerate(lowest[: BANDS * ROWS].reshape(BANDS, ROWS))
    )
