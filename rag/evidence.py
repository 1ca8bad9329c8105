"""Sentences that may answer a question, scored before anything is written."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp
from typing import Protocol

from rag.answer_types import answer_type, holds
from rag.calibration import SENTENCE, linear
from rag.e5.engine import TokenVectors
from rag.embedding import Role
from rag.late_interaction import Match, match_sentences
from rag.periods import years_in
from rag.questions import VALUE_KINDS, Question, item_of
from rag.records import Chunk, Document, Evidence, Hit, Language
from rag.retrieval import sentence_texts
from rag.support.correspondence import reading
from rag.text import detect_language, search_terms
from rag.values import find_values

SHORT_SENTENCE = 12
"""Characters below which a sentence is a label rather than a statement."""

MOST_MATCHED = 80
"""Sentences of given passages that are read piece by piece: some 5 ms each."""

Features = Mapping[str, float]


class TokenReader(Protocol):
    """What reads texts piece by piece, as `E5Embedder.centred_token_vectors` does."""

    def __call__(self, texts: Sequence[str], *, role: Role) -> Sequence[TokenVectors]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A sentence of a hit with what was measured of it."""

    evidence: Evidence
    features: Features
    hit: int
    """Index of the hit it stands in."""
    position: int
    """Index of the sentence in its chunk."""
    match: Match | None = None
    """How it meets the words of the question; None where that was not looked at."""
    holds: bool = False
    """Whether it holds the kind of thing asked for, where it was looked at."""


def sentences_in(chunks: Iterable[Chunk]) -> list[Evidence]:
    """Every sentence of these passages in order, not scored."""
    return [
        Evidence(document_id=piece.document_id, span=span, text=text, score=0.0)
        for piece in chunks
        for span, text in zip(piece.sentences, sentence_texts(piece), strict=True)
    ]


def score_sentences(
    question: Question,
    hits: Sequence[Hit],
    similarities: Mapping[str, Sequence[float]],
    documents: Mapping[str, Document],
    frequencies: Callable[[Sequence[str]], Mapping[str, float]],
    shifts: Mapping[Language, float],
    held: Collection[int] = (),
) -> list[Scored]:
    """Every sentence of every hit, most likely to answer first.

    Args:
        question: as read by `read_question`.
        hits: retrieved passages.
        similarities: cosine of question and sentence, by chunk id.
        documents: by id; title and years give a sentence its context.
        frequencies: idf of each term.
        shifts: what makes cosines comparable, by language of the passage.
        held: years that some document of the library is mainly about.
    """
    idf = frequencies([*question.terms, *question.translated])
    everywhere = set().union(*(search_terms(hit.chunk.text) for hit in hits))
    scored = []
    for index, hit in enumerate(hits):
        document = documents[hit.chunk.document_id]
        of_passage = {
            **_passage_features(question, hit, document, idf, everywhere),
            "shift": shifts.get(document.language, 0.0),
            "other_report": _other_report(question, document, hit.chunk.text, held),
            "first": float(index == 0),
        }
        for position, text in enumerate(sentence_texts(hit.chunk)):
            features = {
                **of_passage,
                **_sentence_features(question, document, text, idf),
                "sentence_similarity": similarities[hit.chunk.id][position],
            }
            evidence = Evidence(
                document_id=document.id,
                span=hit.chunk.sentences[position],
                text=text,
                score=linear(features, SENTENCE),
            )
            scored.append(
                Scored(evidence=evidence, features=features, hit=index, position=position)
            )
    scored.sort(key=lambda item: (-item.evidence.score, item.hit, item.position))
    return _softmax(scored)


def _passage_features(
    question: Question,
    hit: Hit,
    document: Document,
    idf: Mapping[str, float],
    everywhere: set[str],
) -> dict[str, float]:
    """What all sentences of a passage share; `everywhere` holds the terms of all passages."""
    same_language = question.language == document.language
    terms = question.terms if same_language else question.translated
    context = f"{hit.chunk.text}\n{hit.chunk.heading}\n{document.title}"
    return {
        "chunk_similarity": hit.similarity or 0.0,
        "chunk_coverage": _coverage(terms, idf, set(search_terms(context))),
        "hits_coverage": _coverage(terms, idf, everywhere),
        "untranslated": 0.0 if same_language else question.untranslated,
        "same_language": float(same_language),
        "strange": float(everywhere.isdisjoint({*question.terms, *question.translated})),
    }


def _sentence_features(
    question: Question, document: Document, text: str, idf: Mapping[str, float]
) -> dict[str, float]:
    """What a sentence says by itself, matched in its own language: documents may hold both."""
    own = detect_language(text) == question.language
    terms = question.terms if own else question.translated
    year = _in_year(question, document, text)
    return {
        "coverage": _coverage(terms, idf, set(search_terms(text))),
        "expected": _holds_expected(question, text),
        "year": year,
        "other_year": float(year < 0 and bool(years_in(text))),
        "item": _is_item(question, text),
        "short": float(len(text) < SHORT_SENTENCE),
    }


def with_matches(
    question: Question,
    scored: Sequence[Scored],
    read: TokenReader,
    *,
    most: int = MOST_MATCHED,
) -> list[Scored]:
    """The same sentences with how each meets the words of the question, and what it holds.

    Args:
        question: as read by `read_question`.
        scored: best first; those after `most` go unread and get no match.
        read: texts to the centred vectors of their pieces.
        most: sentences to read.
    """
    kind = answer_type(question)
    near = scored[:most]
    asked = reading(read([question.text], role="query")[0])
    texts = read([item.evidence.text for item in near], role="passage")
    sentences = [reading(text) for text in texts]
    matches = match_sentences(asked, sentences, [item.hit for item in near])
    return [
        replace(item, match=match, holds=holds(kind, item.evidence.text, question))
        for item, match in zip(near, matches, strict=True)
    ] + list(scored[most:])


def _softmax(scored: list[Scored]) -> list[Scored]:
    """Linear scores to probabilities that this is the sentence, if one of them is.

    The conditional logit model (McFadden, 1974), which is how the weights are fitted.
    """
    best = scored[0].evidence.score if scored else 0.0
    odds = [exp(item.evidence.score - best) for item in scored]
    total = sum(odds)
    return [
        replace(
            item,
            evidence=replace(item.evidence, score=value / total),
            features={**item.features, "strength": item.evidence.score},
        )
        for item, value in zip(scored, odds, strict=True)
    ]


def _coverage(terms: Mapping[str, float], idf: Mapping[str, float], present: set[str]) -> float:
    """Share of the question's terms that stand in `present`, weighted by idf."""
    total = sum(weight * idf[term] for term, weight in terms.items())
    found = sum(weight * idf[term] for term, weight in terms.items() if term in present)
    return found / total if total else 0.0


def _holds_expected(question: Question, text: str) -> float:
    """1 where the sentence holds the kind of value asked for, else 0."""
    if question.expected not in VALUE_KINDS:
        return 0.0
    asked = {(value.kind, value.value) for value in find_values(question.text)}
    kinds = {value.kind for value in find_values(text) if (value.kind, value.value) not in asked}
    return float(bool(kinds & VALUE_KINDS[question.expected]))


def _is_item(question: Question, text: str) -> float:
    """1 where the sentence is the enumerated item asked about, -1 where it is another."""
    item = item_of(text) if question.item else 0
    if not item:
        return 0.0
    return 1.0 if item == question.item else -1.0


def _other_report(
    question: Question, document: Document, passage: str, held: Collection[int]
) -> float:
    """1 where the library has a report of the year asked for and this is a passage of another.

    A passage that names the year itself, as a look back does, is not counted.
    """
    asked = set(question.years)
    named = asked & {*document.years[:1], *years_in(passage)}
    return float(bool(asked & set(held)) and not named)


def _in_year(question: Question, document: Document, text: str) -> float:
    """1 where the sentence or its document is about a year asked for, -1 where about another.

    A document whose title names several years is about each where its sentences say so.
    """
    if not question.years:
        return 0.0
    asked, named = set(question.years), set(years_in(text))
    if asked & named:
        return 1.0
    several = set(years_in(document.title))
    if len(several) > 1 and named & several:
        return -1.0
    if asked & set(document.years[:1]):
        return 1.0
    return -1.0 if document.years else 0.0
