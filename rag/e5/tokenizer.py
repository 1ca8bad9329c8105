"""XLM-RoBERTa's SentencePiece unigram tokenizer over a plain dict.

The `tokenizers` library gives the same ids and is ten times as fast per text, but needs 0.7 to
1.3 s of CPU to load this 250,002-piece vocabulary, most of what a cold question may take. This
one loads in 0.2 s and needs 1 ms for a passage whose embedding takes 20 ms or more.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from rag.e5.weights import Floats, Vocabulary

_SPACE_MARK = "▁"
_SPACES = re.compile(" {2,}")
_UNKNOWN_PENALTY = 10.0
_CACHED_WORDS = 8192


class Tokenizer:
    """Text to piece ids, without the start and end marks.

    Special pieces such as `<s>` are never read out of a text: a document that spells one means
    the characters.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._folding: dict[int, str] = {0: "", **vocabulary.folding}
        self._scores = vocabulary.scores
        self._unknown = vocabulary.unknown
        self._unknown_score = min(vocabulary.scores) - _UNKNOWN_PENALTY
        self._longest = max(map(len, vocabulary.pieces))
        self._pieces = vocabulary.pieces
        self._ids = {piece: number for number, piece in enumerate(vocabulary.pieces)}
        for special in ("<s>", "<pad>", "</s>", "<unk>", "<mask>"):
            self._ids.pop(special, None)
        self._cut_cached = lru_cache(_CACHED_WORDS)(self._cut)

    def ids(self, text: str) -> list[int]:
        """Piece ids in order."""
        # The map is per character; composing stands for its rules on sequences (e + ́ → é).
        folded = unicodedata.normalize("NFC", text.translate(self._folding))
        words = _SPACES.sub(" ", folded).split(" ")
        if len(words) > 1 and not words[0]:
            del words[0]
        return [number for word in words for number in self._cut_cached(word)]

    def pieces(self, ids: Sequence[int]) -> tuple[str, ...]:
        """What ids stand for; `▁` marks where a word begins."""
        return tuple(self._pieces[number] for number in ids)

    def surprisals(self, ids: Sequence[int]) -> Floats:
        """-log of the probability of each piece in the model's unigram language model."""
        return np.array([-self._scores[number] for number in ids], np.float32)

    def _cut(self, word: str) -> tuple[int, ...]:
        """The most probable pieces of a word, by Viterbi; runs of unknown characters are one."""
        text = _SPACE_MARK + word
        length = len(text)
        best = [0.0] + [float("-inf")] * length
        origin = [0] * (length + 1)
        ids, scores = self._ids, self._scores
        for start in range(length):
            base = best[start]
            if base + self._unknown_score > best[start + 1]:
                best[start + 1], origin[start + 1] = base + self._unknown_score, start
            for end in range(start + 1, min(length, start + self._longest) + 1):
                number = ids.get(text[start:end])
                if number is not None and base + scores[number] > best[end]:
                    best[end], origin[end] = base + scores[number], start
        return tuple(self._walk_back(text, origin))

    def _walk_back(self, text: str, origin: list[int]) -> list[int]:
        found: list[int] = []
        end = len(text)
        while end:
            number = self._ids.get(text[origin[end] : end], self._unknown)
            if number != self._unknown or found[-1:] != [self._unknown]:
                found.append(number)
            end = origin[end]
        return found[::-1]
