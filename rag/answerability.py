"""Whether what was found answers the question. Pure.

Passages found in a library and passages given with a question are judged by tables of their own.
A search ranks from all that is held: how near its best comes, what share of the terms it reaches
and whether a year is of another report tell whether there is an answer. Given passages are few,
were chosen by whoever asks and are mostly about the very subject: what tells is whether one of
their sentences meets every word of the question and holds the kind of thing asked for. The best
sentences of both are read piece by piece; a third table is for embedders that cannot.
"""

import re
from collections.abc import Sequence
from math import log

from rag.answer_types import answer_type
from rag.calibration import (
    ANSWERABLE,
    GIVEN_ANSWERABLE,
    UNREAD_ANSWERABLE,
    Weights,
    logistic,
)
from rag.evidence import Features, Scored
from rag.late_interaction import Match
from rag.questions import VALUE_KINDS, Question
from rag.text import HAN, fold, search_terms

FEW = 3
"""Passages below which the best has little to stand out from."""

KNOWN = 0.5
"""A question less untranslated than this can be looked for in the other language by its words."""

UNHELD = 0.15
"""What a match loses in a sentence that does not hold the kind of thing asked for."""

_HAS_HAN = re.compile(f"[{HAN}]")
_NUMBER = re.compile(r"[0-9]+")
_SUPERLATIVE = re.compile(r"最|第一|首|\b(?:most|first|last|best|\w{2,}est)\b")
_PRESENT = re.compile(r"现任|目前|现在|如今|\bcurrent|\bnow\b|\bhow old is\b")


def answerability(question: Question, scored: Sequence[Scored], *, given: bool = False) -> float:
    """How likely the best sentences answer the question, between 0 and 1.

    `given` tells that the passages came with the question, instead of being found in a library.
    """
    if not scored or (not given and _strange(question, scored[0].features)):
        return 0.0
    table: Weights = GIVEN_ANSWERABLE if given else ANSWERABLE
    if not matched(scored):
        table = UNREAD_ANSWERABLE
    return logistic(answer_features(question, scored), table)


def _strange(question: Question, best: Features) -> bool:
    """Whether no word of the question stands in anything found, in either language.

    Across languages that tells nothing of words that the glossary does not have.
    """
    known = best["same_language"] > 0 or question.untranslated < KNOWN
    return bool(question.terms) and best["strange"] > 0 and known


def matched(scored: Sequence[Scored]) -> list[tuple[Scored, Match]]:
    """The sentences that were read piece by piece."""
    return [(item, item.match) for item in scored if item.match]


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
        **(_given_features(question, scored) if matched(scored) else {}),
    }


def _given_features(question: Question, scored: Sequence[Scored]) -> Features:
    """What passages given with a question are judged by.

    Keys:
        passage, second_passage: the two largest cosines of passages.
        few: there are too few passages for the others to tell how the best stands out.
        least_held: the best match of the worst met piece, less `UNHELD` in sentences that do not
            hold the kind of thing asked for.
        second_match: the best match in another passage than the best one's.
        missing_number: a number of the question is in none of the best three passages.
        superlative, present: the question asks for the first or most, or for what is so now,
            which sentences about the subject seldom settle.
        chinese_least, english_terms: passages say a Chinese question's words as they are, and an
            English one's in others, so words weigh more in one; and the longer an English question
            is, the likelier one of its words is met by none.
        foreign, foreign_least: no passage is in the question's language, where every cosine is
            lower and few words are met outright.
    """
    pairs = matched(scored)
    kind = answer_type(question)
    by_match = sorted(pairs, key=lambda pair: -_together(pair[1]))
    of_passage = {item.hit: item.features["chunk_similarity"] for item in reversed(scored)}
    cosines = sorted(of_passage.values(), reverse=True)
    least = max(match.least - _unheld(item) for item, match in pairs)
    chinese = float(question.language == "zh")
    foreign = 1.0 - max(item.features["same_language"] for item in scored)
    return {
        "passage": cosines[0],
        "second_passage": cosines[min(1, len(cosines) - 1)],
        "few": float(len(cosines) < FEW),
        "least_held": least,
        "second_match": _second(by_match),
        "missing_number": _missing_number(question, scored, [one.hit for one, _ in by_match[:3]]),
        "superlative": float(bool(_SUPERLATIVE.search(fold(question.text)))),
        "present": float(bool(_PRESENT.search(fold(question.text)))),
        "asks_value": float(kind in VALUE_KINDS),
        "asks_date": float(kind == "date"),
        "asks_list": float(kind == "list"),
        "chinese": chinese,
        "chinese_least": chinese * least,
        "foreign": foreign,
        "foreign_least": foreign * least,
        "english_terms": (1.0 - chinese) * log(max(len(question.terms), 1)),
    }


def _together(match: Match) -> float:
    return match.least + match.mean


def _unheld(item: Scored) -> float:
    return 0.0 if item.holds else UNHELD


def _second(by_match: Sequence[tuple[Scored, Match]]) -> float:
    """The best match outside the best one's passage; a bad one where there is none."""
    first, match = by_match[0]
    others = (_together(other) for item, other in by_match if item.hit != first.hit)
    return next(others, _together(match) - 0.5)


def _missing_number(question: Question, scored: Sequence[Scored], hits: Sequence[int]) -> float:
    """1 where none of these passages has every number that the question names."""
    asked = set(_NUMBER.findall(fold(question.text)))
    said: dict[int, str] = dict.fromkeys(hits, "")
    for item in scored:
        if item.hit in said:
            said[item.hit] += item.evidence.text
    return float(not any(all(number in text for number in asked) for text in said.values()))


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
