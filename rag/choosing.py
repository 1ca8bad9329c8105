"""Which sentences answer: the fewest that do, or the whole of a list. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.listings import Listing, find_listing
from rag.passages import Passages
from rag.periods import without_years, years_in
from rag.planning.holdings import bare
from rag.questions import Question, holds_answer
from rag.records import Evidence
from rag.text import content_terms

MOST_SENTENCES = 3
"""Sentences an extractive answer quotes, a list apart."""

ENOUGH = 0.85
"""Sentences are quoted, best first, until their probabilities add up to this."""

CUT = 0.15
"""A sentence less likely than the best by more than this is not quoted beside it."""

_STOPS = re.compile(r"[。！？!?,，；;]|[.]$")

_ASKS = re.compile(r"[？?][”’」』》）)\]\"'*]*$")

SentencesOf = Callable[[str], Sequence[Evidence]]
"""Every sentence of a document in order, by its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The sentences to answer with."""

    evidence: list[Evidence]
    listed: int = 0
    """Items of the list that they are, or announce; 0 where there is none."""
    stated: int | None = None
    """How many items the sentence before the list says there are."""


def choose(question: Question, found: Passages) -> Choice:
    """The fewest sentences that hold the answer; a list question gets the whole list.

    Args:
        question: as read.
        found: with sentences scored, best first.
    """
    if not found.ranked:
        return Choice(evidence=[])
    if question.expected == "list" or question.item or question.counts:
        best = [item.evidence for item in found.ranked]
        listing = find_listing(question, best, found.sentences_of)
        choice = _of_list(question, listing) if listing else None
        if choice:
            return choice
    return Choice(evidence=_fewest(question, found))


def _of_list(question: Question, listing: Listing) -> Choice | None:
    """One item of a list, what announces how many there are, or the whole of it."""
    count = len(listing.items)
    if question.item:
        if question.item > count:
            return None
        return Choice(evidence=[listing.items[question.item - 1]])
    stated = listing.stated
    if question.counts and stated is not None and listing.lead:
        return Choice(evidence=[listing.lead], listed=count, stated=stated)
    whole = distinct([*([listing.lead] if listing.lead else []), *listing.items])
    return Choice(evidence=whole, listed=count, stated=stated)


def _fewest(question: Question, found: Passages) -> list[Evidence]:
    quoted: list[Evidence] = []
    ranked = distinct([item.evidence for item in found.ranked])
    told = [one for one in ranked if not (_is_title(one, found) or _ASKS.search(one.text))]
    told = told or ranked
    for item in _answering_first(question, told):
        enough = sum(other.score for other in quoted) >= ENOUGH
        if quoted and (enough or item.score < CUT * quoted[0].score):
            break
        if len(quoted) >= MOST_SENTENCES:
            break
        quoted.append(item)
        if _adds_nothing(question, item.text):
            quoted += _next(item, found.sentences_of)
    return distinct(quoted)


def _answering_first(question: Question, ranked: list[Evidence]) -> list[Evidence]:
    """Sentences with the kind of value that is asked for, where good ones have it, then others."""
    worth = [one for one in ranked if one.score >= CUT * ranked[0].score]
    first = [one for one in worth if holds_answer(question, one.text)]
    return [*first, *(one for one in ranked if one not in first)]


def _is_title(item: Evidence, found: Passages) -> bool:
    """Whether a sentence is but the title of its document: marked as a heading, or stopless."""
    title = bare(found.documents[item.document_id].title)
    text = item.text.lstrip("# ")
    marked = item.text.startswith("#")
    is_heading = marked or not _STOPS.search(text)
    return item.span.start == 0 and bare(text) == title and is_heading


def _adds_nothing(question: Question, text: str) -> bool:
    """Whether a sentence only repeats the question, as the title of a section does."""
    said = set(content_terms(without_years(text)))
    return said <= question.terms.keys() and set(years_in(text)) <= set(question.years)


def _next(item: Evidence, sentences_of: SentencesOf) -> list[Evidence]:
    following = sentences_of(item.document_id)
    return [other for other in following if other.span.start >= item.span.end][:1]


def distinct(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Without sentences that repeat an earlier one."""
    first: dict[str, Evidence] = {}
    for item in evidence:
        first.setdefault(bare(item.text), item)
    return list(first.values())
