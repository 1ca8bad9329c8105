"""What comes of a question: hits, evidence, claims, answers, summaries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rag.records.documents import Chunk, Language, Span

Mode = Literal["openai", "llama", "extractive"]
"""Who wrote an answer: an OpenAI-compatible endpoint, the embedded LLM, or quotes alone."""

Verdict = Literal["supported", "unsupported", "uncited"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A chunk that retrieval returned, best first."""

    chunk: Chunk
    score: float
    """Fused score; comparable within one search only."""
    ranks: Mapping[str, int] = field(default_factory=dict)
    """Its place (from 1) in each leg that returned it: `dense`, `lexical`, `rerank`."""
    similarity: float | None = None
    """Cosine of question and chunk where the dense leg saw it."""
    repeats: tuple[Chunk, ...] = ()
    """Passages found as well that say the same; ranked once, as this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One sentence that may answer the question, scored against it."""

    document_id: str
    span: Span
    text: str
    """Invariant: text == document.text[span]."""
    score: float
    """Between 0 and 1; how likely the sentence answers the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence of a draft and the evidence numbers, from 1, that it names."""

    text: str
    """Without markers."""
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a writer wrote: the one thing that may come from a model."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A place in a document. Invariant: quote == document.text[span]."""

    number: int
    document_id: str
    span: Span
    quote: str
    also_in: tuple["Citation", ...] = ()
    """The same sentence standing in other documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One checked statement of an answer."""

    text: str
    """Without markers."""
    citations: tuple[int, ...]
    """Numbers of the answer's citations."""
    verdict: Verdict
    support: float
    """Between 0 and 1."""
    reason: str
    """Why, in words a person can check against the quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens an LLM took in and gave out; zero where none was used."""

    prompt: int = 0
    completion: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """An earlier question of a conversation and what came of it."""

    question: str
    """Stand-alone, where it was made so."""
    answer: str = ""
    cited: tuple[tuple[str, Span], ...] = ()
    """Document id and place of each citation of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much a whole-document question read, and how much of what it found is shown."""

    documents: int
    passages_read: int
    passages_total: int
    found: int
    """Places that fit the question, in all."""
    shown: int


UnderstoodKind = Literal["year", "date", "publisher", "language", "document", "kind"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """One thing that a question names and the library knows documents by."""

    kind: UnderstoodKind
    value: str
    """As in `Filters`: `2024`, `2024-01`, a publisher's name, `zh`, a document's id, `meeting`."""
    label: str
    """As a person would say it; the title of a document."""
    span: Span
    """In the question: the words that it was read from."""
    role: Literal["filter", "boost", "side"]
    """`filter`: only such documents are searched; `boost`: they go first; `side`: one search each,
    as for two years that are compared."""
    documents: int
    """How many documents of the library fit it."""
    lifted: bool = False
    """Nothing was found within the filter, so the whole library was searched instead."""

    @property
    def key(self) -> str:
        """What it is named by to leave it out, such as `year:2024`."""
        return f"{self.kind}:{self.value}"


SideKind = Literal["year", "publisher", "document", "part"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one side of a comparison, or one part of a question, came to."""

    kind: SideKind
    value: str
    """As in `Understood`; for a part its question."""
    label: str
    """As a person would say it: `2024年`, a publisher, a title, the part of the question."""
    claims: tuple[int, ...]
    """Indexes, from 0, into the claims of the answer; empty where there is no evidence."""
    text: str
    """What is said of it, with the markers of its citations; or that there is no evidence."""

    @property
    def answered(self) -> bool:
        return bool(self.claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What a question asks for and the library does not hold; falsy where nothing is missing."""

    years: tuple[int, ...] = ()
    """Asked for; the library has no report about them, or none that says it."""
    nearest_years: tuple[int, ...] = ()
    """Held ones next to those without any report, in order."""
    publishers: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    """Titles: of documents that do not say it, or that the library does not have."""
    parts: tuple[str, ...] = ()
    """Parts of the question that found no evidence."""

    def __bool__(self) -> bool:
        return self != Missing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A checked answer, or a refusal (`answered` false) with the nearest passages."""

    question: str
    language: Language
    answered: bool
    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    mode: Mode
    model: str
    tokens: Usage
    seconds: Mapping[str, float]
    """By stage: `retrieve`, `write`, `total`."""
    nearest: tuple[Evidence, ...] = ()
    """For a refusal: the sentences that came closest."""
    notes: tuple[str, ...] = ()
    """What the reader should know: dropped markers, a fallback to quoting."""
    understood: tuple[Understood, ...] = ()
    """What the question names of the library, and what was made of it."""
    sides: tuple[Side, ...] = ()
    """For a comparison, a question for years, or one of several parts: what each came to."""
    missing: Missing = Missing()
    """What is not held; an answer with something missing is a partial one."""
    standalone: str = ""
    """The question as it was understood, where the conversation before it was needed for that."""
    coverage: Coverage | None = None
    """Where the question was about whole documents: all of their passages were read."""
    confidence: float | None = None
    """How likely the evidence answers the question, between 0 and 1; None without evidence."""
    reason: str = ""
    """For a refusal: what the nearest passages lack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a summary, in both languages, resting on the same citations."""

    zh: str | None
    en: str | None
    """None where the language could not be written; `Summary.notes` says why."""
    verdict: Verdict
    citations: tuple[Citation, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A bilingual summary of one document."""

    document_id: str
    title_zh: str | None
    title_en: str | None
    points: tuple[Point, ...]
    sentences_read: int
    sentences_total: int
    mode: Mode
    model: str
    notes: tuple[str, ...] = ()
