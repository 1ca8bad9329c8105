"""A question being searched for: what is read for it in several sets of documents is read once."""

import re
from collections.abc import Collection, Sequence
from functools import cached_property

from rag.chunking import estimate_tokens
from rag.exact import Probe, unit
from rag.lexical_reading import Sought
from rag.questions import Question
from rag.records import Chunk
from rag.store import Store
from rag.text import HAN

SHORTEST_SENTENCE = 8
"""Tokens of a sentence that is compared: a label, a stray mark or a name in the question's script
is near every question in it. Without this, the best sentence alone found Chinese passages for
English questions at recall@1 .27, with it .74."""

_ENOUGH = re.compile(f"(?:[{HAN}][^{HAN}]*){{11}}|(?:[A-Za-z]\\S{{0,40}}\\s+){{7}}")
"""So many characters or words are estimated at `SHORTEST_SENTENCE` tokens at least."""


class Asked:
    """A question with its vector, and the passages read for it so far."""

    def __init__(self, store: Store, question: Question) -> None:
        self._store = store
        self.question = question
        self.vector = store.embed_question(question.text)
        self._chunks: dict[str, Chunk] = {}
        self._best: dict[str, float | None] = {}

    @cached_property
    def probe(self) -> Probe:
        """To compare the question with every vector."""
        return Probe(unit(self.vector))

    @cached_property
    def sought(self) -> list[Sought]:
        """Its terms as asked, in the words of other regions and in the other language."""
        question, lexical = self.question, self._store.lexical
        every = (question.terms, *question.regional, question.translated)
        return [lexical.seek(terms) for terms in every if terms]

    @cached_property
    def _years(self) -> re.Pattern[str]:
        """Finds any of the years asked for in digits of either width."""
        digits = {digit: f"[{digit}{chr(ord(digit) + 0xFEE0)}]" for digit in "0123456789"}
        years = map(str, self.question.years)
        return re.compile("|".join("".join(map(digits.__getitem__, year)) for year in years))

    def names_year(self, text: str) -> bool:
        """Whether a text names a year that the question names."""
        return bool(self.question.years and self._years.search(text))

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """Those of these passages that are there."""
        self._chunks |= self._store.chunks([key for key in ids if key not in self._chunks])
        return {key: self._chunks[key] for key in ids if key in self._chunks}

    def best_sentences(self, chunks: Collection[Chunk]) -> dict[str, float]:
        """The cosine of the best sentence that says something, by chunk id, if there is one."""
        unread = [chunk for chunk in chunks if chunk.id not in self._best]
        owned = [(chunk.id, text) for chunk in unread for text in sentence_texts(chunk)]
        owned = [(key, text) for key, text in owned if says_something(text)]
        self._best |= dict.fromkeys(chunk.id for chunk in unread)
        if owned:
            cosines = (self._store.embed([text for _, text in owned]) @ self.vector).tolist()
            for (key, _), cosine in zip(owned, cosines, strict=True):
                held = self._best[key]
                self._best[key] = cosine if held is None else max(held, cosine)
        found = {chunk.id: self._best[chunk.id] for chunk in chunks}
        return {key: cosine for key, cosine in found.items() if cosine is not None}


def sentence_texts(chunk: Chunk) -> list[str]:
    """The sentences of a chunk, as they stand."""
    offset = chunk.span.start
    return [chunk.text[span.start - offset : span.end - offset] for span in chunk.sentences]


def says_something(text: str) -> bool:
    """Whether a sentence is estimated at `SHORTEST_SENTENCE` tokens at least."""
    return bool(_ENOUGH.search(text)) or estimate_tokens(text) >= SHORTEST_SENTENCE
