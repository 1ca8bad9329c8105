"""Cases turned into the features that the logistic models of `rag.calibration` weigh."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from eval.datasets import ClaimCase, ContextCase
from eval.questionset import GoldQuestion, read_questions
from rag import (
    ContextPassages,
    Engine,
    LibraryPassages,
    Passages,
    Question,
    Scored,
    answer_features,
    detect_language,
    missing_values,
    parse_markers,
    read_question,
    sentence_spans,
    support_features,
)

HITS = 8
NEAREST = 3
"""Evidence sentences a claim is judged against, as when answers are checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One labelled example."""

    source: str
    group: str
    label: float
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with every candidate sentence, and which of them hold the answer."""

    source: str
    group: str
    question: Question
    answerable: bool
    scored: tuple[Scored, ...]
    gold: tuple[bool, ...] | None
    """By sentence; None where the set does not say."""

    def sentence_rows(self) -> list[Row]:
        """A row for every sentence; none where no sentence is known to be right."""
        if not self.gold or not any(self.gold):
            return []
        return [
            Row(source=self.source, group=self.group, label=float(right), features=item.features)
            for item, right in zip(self.scored, self.gold, strict=True)
        ]

    def answer_row(self) -> Row | None:
        """The features of the decision to answer; they follow from the SENTENCE now in use."""
        if not self.scored:
            return None
        return Row(
            source=self.source,
            group=self.group,
            label=float(self.answerable),
            features=answer_features(self.question, self.scored),
        )


class CachedEmbedder:
    """An engine's embedder behind its library's cache of vectors, so that a second run is fast."""

    def __init__(self, engine: Engine) -> None:
        self._store = engine.store
        self.centred_token_vectors = getattr(engine.store.embedder, "centred_token_vectors", None)
        """Not cached: the vectors of all pieces would fill the disk."""

    def __call__(self, texts: Sequence[str]) -> list[np.ndarray]:
        return list(self._store.embed(list(texts)))

    def embed_query(self, texts: Sequence[str]) -> Any:
        return self._store.embedder.embed_query(list(texts))


def ask_contexts(cases: Iterable[ContextCase], engine: Engine) -> Iterable[Asked]:
    """Questions over their own passages."""
    embedder = CachedEmbedder(engine)
    for case in cases:
        question = read_question(case.question)
        found = ContextPassages(embedder, case.contexts).find(question, HITS)
        yield Asked(
            source=case.source,
            group=case.group,
            question=question,
            answerable=case.answerable,
            scored=found.scored,
            gold=tuple(_holds(case, item) for item in found.scored) if case.gold else None,
        )


def _holds(case: ContextCase, item: Scored) -> bool:
    assert case.gold is not None
    context, start = case.gold
    span = item.evidence.span
    return item.evidence.document_id == f"context-{context + 1}" and span.start <= start < span.end


def ask_library(path: Path, engine: Engine) -> Iterable[Asked]:
    """A question set over a library; a question is its own group."""
    names = frozenset(Path(document.path).name for document in engine.documents())
    passages = LibraryPassages(engine.store, engine.retriever)
    for gold in read_questions(path, names):
        question = read_question(gold.question)
        found = passages.find(question, HITS)
        yield Asked(
            source=path.stem,
            group=gold.id,
            question=question,
            answerable=gold.answerable,
            scored=found.scored,
            gold=_gold_sentences(gold, found) if gold.answerable else None,
        )


def _gold_sentences(gold: GoldQuestion, found: Passages) -> tuple[bool, ...]:
    paths = {key: document.path for key, document in found.documents.items()}
    return tuple(
        gold.has_evidence(paths[item.evidence.document_id], item.evidence.text)
        for item in found.scored
    )


def claim_rows(cases: Iterable[ClaimCase], engine: Engine) -> Iterable[tuple[bool, Row]]:
    """Whether claim and evidence share a language, and the row.

    A claim with a value that its evidence lacks is left out: that decides it, not these features.
    """
    embed = engine.store.embed

    def similarity(text: str, others: Sequence[str]) -> list[float]:
        vectors = embed([text, *others])
        return [float(value) for value in vectors[1:] @ vectors[0]]

    for case in cases:
        claim, _ = parse_markers(case.claim)
        nearest = _nearest(claim, case.evidence, similarity)
        if not nearest or missing_values(claim, "\n".join(nearest)):
            continue
        same = detect_language(claim) == detect_language("\n".join(nearest))
        features = support_features(claim, nearest, similarity)
        label = float(case.supported)
        yield (
            same,
            Row(source=case.source, group=case.group, label=label, features=features),
        )


def _nearest(
    claim: str,
    evidence: Sequence[str],
    similarity: Callable[[str, Sequence[str]], Sequence[float]],
) -> list[str]:
    sentences = [span.slice(text) for text in evidence for span in sentence_spans(text)]
    if not sentences or not claim:
        return []
    cosines = similarity(claim, sentences)
    order = sorted(range(len(sentences)), key=lambda index: -cosines[index])[:NEAREST]
    return list(dict.fromkeys(sentences[index] for index in order))
