"""A large library to time searching with: made passages, vectors mixed from those of real text.

What is searched is of the size and shape of a real one (bilingual, words as frequent as Zipf's law
has it, vectors with the directions that e5 gives to text), while making it costs minutes instead
of the hour that embedding takes.
"""

import random
import zlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from rag import KINDS, Chunk, Document, E5Embedder, Engine, Entry, Language, Span, Store

CHUNKS_OF_DOCUMENT = 10
SENTENCES_OF_CHUNK = 5
CHINESE_SHARE = 0.6
YEARS = range(2010, 2027)
PUBLISHERS = tuple(f"第{number}号机构 Agency {number}" for number in range(40))
SEEDS = Path(__file__).parents[1] / "seeds"
_TEXTS = (
    "2021-meeting.txt",
    "2026-meeting.txt",
    "en-ngo-brief.md",
    "en-glossary-carbon-market.txt",
)
_LINKS: dict[Language, tuple[str, ...]] = {
    "zh": ("的", "和", "在", "对", "，", "了", "与", "是"),
    "en": (" the ", " of ", " and ", " in ", " for ", ", ", " to ", " by "),
}
_NOISE = 0.03
"""Standard deviation in each direction: a passage is no exact mixture of a few others."""


class MixingEmbedder(E5Embedder):
    """Questions by the real model; passages as mixtures of a few real ones, by their own text."""

    registered_name = "yinju-bench-mixtures"
    spec = "bench"
    fingerprint = "bench-mixtures-1"

    def __call__(self, input: list[str]) -> list[Any]:  # noqa: A002, Chroma checks the name
        return [self._mixture(text) for text in input]

    def _mixture(self, text: str) -> Any:
        import numpy as np

        chance = np.random.default_rng(zlib.crc32(text.encode()))
        real = self._real["zh" if "。" in text else "en"]
        shares = chance.dirichlet((0.5,) * 4)
        mixed = shares @ real[chance.integers(len(real), size=4)]
        mixed = mixed + chance.normal(0, _NOISE, len(mixed))
        return (mixed / np.linalg.norm(mixed)).astype(np.float32)

    @cached_property
    def _real(self) -> dict[str, Any]:
        import numpy as np

        found: dict[str, list[Any]] = {"zh": [], "en": []}
        for name in _TEXTS:
            text = (SEEDS / name).read_text("utf-8").replace("\n", "")
            pieces = [text[start : start + 60] for start in range(0, len(text), 60)]
            found["en" if name.startswith("en-") else "zh"] += super().__call__(pieces)
        return {language: np.stack(vectors) for language, vectors in found.items()}


class LargeLibrary(Engine):
    """An engine whose library is made by `fill` with a `MixingEmbedder`."""

    @cached_property
    def store(self) -> Store:
        return Store(self.settings.library, lambda: MixingEmbedder(self.settings.models))


def fill(store: Store, chunks: int) -> None:
    """Put documents until there are that many chunks; what is there already stays."""
    with store.writing():
        for number in range(store.count_documents(), chunks // CHUNKS_OF_DOCUMENT):
            store.add(made_entry(number))


def made_entry(number: int) -> Entry:
    """The document of that number, always the same."""
    chance = random.Random(number)
    language: Language = "zh" if chance.random() < CHINESE_SHARE else "en"
    year = chance.choice(YEARS)
    parts = [_passage(chance, language) for _ in range(CHUNKS_OF_DOCUMENT)]
    document = Document(
        id=f"{zlib.crc32(str(number).encode()):08x}{number:08x}",
        path=f"made/{number:06}.txt",
        title=_sentence(chance, language)[:30],
        date=f"{year}-05-17",
        publisher=chance.choice(PUBLISHERS),
        language=language,
        text="\n".join("".join(sentences) for sentences in parts),
        sha256=f"{number:064x}",
        encoding="utf-8",
        kind=chance.choice(list(KINDS)),
        years=(year,),
    )
    return Entry(
        document=document,
        location=f"/{document.path}",
        raw=document.text.encode(),
        chunks=tuple(_chunks(document, parts)),
    )


def made_questions(count: int) -> Iterator[tuple[Language, str]]:
    """As many in each language, of words that the glossary renders in the other."""
    for number in range(count):
        chance = random.Random(f"question {number}")
        words: Any = _Words.of("en" if number % 2 else "zh")
        asked = [words.one(chance) for _ in range(chance.randint(3, 6))]
        if number % 2:
            yield "en", f"What does the report of {chance.choice(YEARS)} say on {', '.join(asked)}?"
        else:
            yield "zh", f"{chance.choice(YEARS)}年关于{'、'.join(asked)}有哪些要求？"


class _Words:
    """The words of the glossary in one language, as frequent as Zipf's law has it."""

    _made: dict[Language, "_Words"] = {}  # noqa: RUF012, one of each for all

    def __init__(self, words: Sequence[str]) -> None:
        self._words = list(words)
        random.Random(1).shuffle(self._words)
        self._sums = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))

    @classmethod
    def of(cls, language: Language) -> "_Words":
        if language not in cls._made:
            lines = files("rag").joinpath("glossary.tsv").read_text("utf-8").splitlines()
            column = 1 if language == "zh" else 0
            cls._made[language] = cls([line.split("\t")[column].split("|")[0] for line in lines])
        return cls._made[language]

    def one(self, chance: random.Random) -> str:
        return chance.choices(self._words, cum_weights=self._sums)[0]


def _sentence(chance: random.Random, language: Language) -> str:
    """Six to twelve words."""
    words = _Words.of(language)
    text = words.one(chance)
    for _ in range(chance.randint(5, 11)):
        text += chance.choice(_LINKS[language]) + words.one(chance)
    return f"{text}。" if language == "zh" else f"{text}. "


def _passage(chance: random.Random, language: Language) -> list[str]:
    return [_sentence(chance, language) for _ in range(SENTENCES_OF_CHUNK)]


def _chunks(document: Document, parts: Sequence[Sequence[str]]) -> Iterator[Chunk]:
    start = 0
    for index, sentences in enumerate(parts):
        ends = list(accumulate(map(len, sentences), initial=start))
        spans = [Span(start=one, end=other) for one, other in pairwise(ends)]
        yield Chunk(
            id=f"{document.id}:{index}",
            document_id=document.id,
            index=index,
            span=Span(start=start, end=ends[-1]),
            text=document.text[start : ends[-1]],
            sentences=tuple(spans),
        )
        start = ends[-1] + 1
