"""Sentences that may answer a question, scored before anything is written."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

from rag.calibration import ANSWERABLE, SENTENCE, linear, logistic
from rag.periods import years_in
from rag.questions import VALUE_KINDS, Question, item_of
from rag.records import Document, Evidence, Hit, Language
from rag.retrieval import sentence_texts
from rag.text import HAN, detect_language, fold, search_terms
from rag.values import find_values

_HAS_HAN = re.compile(f"[{HAN}]")

SHORT_SENTENCE = 12
"""Characters below which a sentence is a label rather than a statement."""

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A sentence of a hit with what was measured of it."""

    evidence: Evidence
    features: Features
    hit: int
    """Index of the hit it stands in."""
    position: int
    """Index of the sentence in its chunk."""


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
    }


def _sentence_features(
    question: Question, document: Document, text: str, idf: Mapping[str, float]
) -> dict[str, float]:
    """What a sentence says by itself, matched in its own language: documents may hold both."""
    own = detect_language(text) == question.language
    terms = question.terms if own else question.translated
    return {
        "coverage": _coverage(terms, idf, set(search_terms(text))),
        "expected": _holds_expected(question, text),
        "year": _in_year(question, document, text),
        "item": _is_item(question, text),
        "short": float(len(text) < SHORT_SENTENCE),
    }


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


def answerability(question: Question, scored: Sequence[Scored]) -> float:
    """How likely the best sentences answer the question, between 0 and 1."""
    return logistic(answer_features(question, scored), ANSWERABLE) if scored else 0.0


def answer_features(question: Question, scored: Sequence[Scored]) -> Features:
    """What the decision to answer rests on: the best sentence, and the best few together."""
    best = scored[0].features
    top = scored[:3]
    holds_value = any(item.features["expected"] > 0 for item in top)
    wants_value = question.expected in VALUE_KINDS
    return {
        **best,
        "best_similarity": max(item.features["sentence_similarity"] for item in scored),
        "phrases_sentence": _phrases_in(question, scored[0].evidence.text),
        "wants_value": float(wants_value),
        "missing_value": float(wants_value and not holds_value),
    }


def _phrases_in(question: Question, text: str) -> float:
    """Share of the question's glossary phrases that stand in the text, in either language."""
    folded = fold(text)
    terms = set(search_terms(text))
    found = sum(
        any(
            form in folded if _HAS_HAN.search(form) else set(search_terms(form)) <= terms
            for form in forms
        )
        for forms in question.phrases
    )
    return found / len(question.phrases) if question.phrases else 1.0


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
    """1 where the sentence or its document is about a year asked for, -1 where about another."""
    if not question.years:
        return 0.0
    if set(question.years) & {*document.years[:1], *years_in(text)}:
        return 1.0
    return -1.0 if document.years else 0.0
