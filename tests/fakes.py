"""A scripted LLM and a hash embedder, for unit tests of our own logic around a model."""

import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from rag.embedding import ChromaFunction, Vector
from rag.errors import YinjuError
from rag.llm import Message
from rag.records import Mode, Usage
from rag.text import search_terms
from rag.tokens import count_messages, count_tokens


class ScriptedLLM:
    """Says what was queued, in order; an error in the queue is raised in its place.

    `sent` holds the messages of every call. Asked more often than it has replies, it fails the
    test, since a forgotten reply means that the code asks more than the test thinks.
    """

    def __init__(
        self,
        *replies: str | YinjuError | Sequence[str | YinjuError],
        mode: Mode = "openai",
        context_tokens: int = 8192,
    ) -> None:
        """Take the replies: text, an error, or a sequence of pieces that may end in an error."""
        self.mode: Mode = mode
        self.name = "scripted"
        self.context_tokens = context_tokens
        self.usage = Usage()
        self.sent: list[list[Message]] = []
        self.max_tokens: list[int] = []
        self.stops: list[tuple[str, ...]] = []
        self._replies = list(replies)

    def enqueue(self, *replies: str | YinjuError | Sequence[str | YinjuError]) -> None:
        self._replies.extend(replies)

    @property
    def left(self) -> int:
        """Replies not asked for."""
        return len(self._replies)

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: Sequence[str] = (),
        grammar: str | None = None,
    ) -> Iterator[str]:
        self.sent.append(list(messages))
        self.max_tokens.append(max_tokens)
        self.stops.append(tuple(stop))
        if not self._replies:
            raise AssertionError(f"no reply left for {messages[-1]['content']!r}")
        reply = self._replies.pop(0)
        pieces = [reply] if isinstance(reply, str | YinjuError) else reply
        said = ""
        for part in pieces:
            if isinstance(part, YinjuError):
                raise part
            said += part
            yield part
        self.usage = Usage(prompt=count_messages(messages), completion=count_tokens(said))


class HashEmbedder(ChromaFunction):
    """Every search term hashed to a seeded place with a sign (Weinberger et al., 2009).

    Texts that share terms are near each other, so searches mean something; another seed is
    another model, whose vectors must not be mixed. `embedded` counts passages.
    """

    registered_name = "yinju-test-hash"

    def __init__(self, seed: int = 0, dimension: int = 256) -> None:
        self.seed = seed
        self.dimension = dimension
        self.spec = f"hash:{seed}"
        self.embedded = 0

    @property
    def fingerprint(self) -> str:
        return f"hash-{self.seed}-{self.dimension}"

    def get_config(self) -> dict[str, Any]:
        return {"seed": self.seed, "dimension": self.dimension}

    def __call__(self, input: list[str]) -> list[Vector]:  # noqa: A002, Chroma checks the name
        self.embedded += len(input)
        return [self._vector(text) for text in input]

    def embed_query(self, input: list[str]) -> list[Vector]:  # noqa: A002
        return [self._vector(text) for text in input]

    def _vector(self, text: str) -> Vector:
        vector = np.zeros(self.dimension, np.float32)
        for term in search_terms(text) or [""]:
            place = zlib.crc32(f"{self.seed}\0{term}".encode())
            vector[place % self.dimension] += 1.0 if place & 1 << 30 else -1.0
        if not vector.any():
            vector[0] = 1.0
        unit: Vector = vector / np.linalg.norm(vector)
        return unit
