"""Which enumeration a question asks for, if any, among the best evidence. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.enumerations import Enumeration, announced, enumerations, introduces
from rag.questions import Question
from rag.records import Evidence
from rag.values import find_values

SEEN = 6
"""The best sentences, in whose documents a list is looked for."""

INTRODUCED = 0.15
"""Least probability of what introduces a list that is asked for."""

ITEMS_SEEN = 2
"""So many of the best sentences being items of one list say that it is the answer."""

AS_ASKED = 2.0
"""How much more likely a list is with as many items as the question says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An enumeration as evidence."""

    lead: Evidence | None
    """The sentence that introduces it."""
    items: tuple[Evidence, ...]
    """The sentence in which each item begins; several may begin in one."""
    stated: int | None
    """How many items the lead says there are; None where it does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A list with how likely the sentences about it answer."""

    found: Enumeration
    sentences: Sequence[Evidence]
    leads: Sequence[int]
    introduced: float
    """Probability of the sentences that introduce it."""
    inside: float
    """Probability of the sentences its items begin in."""
    items_seen: int
    """How many of the best sentences begin an item."""
    as_asked: bool
    """It has, or is said to have, as many items as the question names."""

    @property
    def weight(self) -> float:
        return (self.introduced + self.inside) * (AS_ASKED if self.as_asked else 1.0)

    @property
    def asked_for(self) -> bool:
        known = self.introduced >= INTRODUCED or self.items_seen >= ITEMS_SEEN
        return known or (self.as_asked and self.weight >= 2 * INTRODUCED)


def find_listing(
    question: Question,
    best: Sequence[Evidence],
    sentences_of: Callable[[str], Sequence[Evidence]],
) -> Listing | None:
    """The list that a question asks for.

    Args:
        question: as read.
        best: scored sentences, best first.
        sentences_of: every sentence of a document in order, by its id.
    """
    scores = {(one.document_id, one.span.start): one.score for one in best}
    top = {(one.document_id, one.span.start) for one in best[:SEEN]}
    asked = _asked_count(question)
    candidates = [
        _candidate(found, sentences, scores, top, asked)
        for document_id in dict.fromkeys(one.document_id for one in best[:SEEN])
        for sentences in [sentences_of(document_id)]
        for found in enumerations(sentences)
    ]
    fit = [one for one in candidates if one.asked_for and len(one.found) >= question.item]
    chosen = max(fit, key=lambda one: (one.weight, -one.found.items[0]), default=None)
    return _listing(chosen) if chosen else None


def _asked_count(question: Question) -> set[int]:
    """Numbers a question names that a list may have as many items as."""
    numbers = [value.value for value in find_values(question.text) if value.kind == "number"]
    return {int(number) for number in numbers if isinstance(number, Decimal) and number < 100}


def _candidate(
    found: Enumeration,
    sentences: Sequence[Evidence],
    scores: Mapping[tuple[str, int], float],
    top: set[tuple[str, int]],
    asked: set[int],
) -> _Candidate:
    leads = _leads(found, sentences)
    keys = [(one.document_id, one.span.start) for one in sentences]
    items = set(found.items) - set(leads)
    counts = {len(found), *(announced(sentences[at].text, len(found)) for at in leads)}
    return _Candidate(
        found=found,
        sentences=sentences,
        leads=leads,
        introduced=sum(scores.get(keys[at], 0.0) for at in leads),
        inside=sum(scores.get(keys[at], 0.0) for at in items),
        items_seen=sum(keys[at] in top for at in items),
        as_asked=bool(asked & counts),
    )


def _leads(found: Enumeration, sentences: Sequence[Evidence]) -> list[int]:
    """Sentences that lead over to a list: the nearest, and others that say how many follow."""
    count = len(found)
    return [
        at
        for place, at in enumerate(found.lead)
        if place == 0 or announced(sentences[at].text, count) == count
    ]


def _listing(one: _Candidate) -> Listing:
    count = len(one.found)
    telling = [at for at in one.leads if announced(one.sentences[at].text, count) == count]
    lead = next(iter(telling or one.leads), None)
    text = one.sentences[lead].text if lead is not None else ""
    leads_over = bool(telling) or introduces(text) or one.introduced >= INTRODUCED
    items = tuple(one.sentences[at] for at in one.found.items)
    return Listing(
        lead=one.sentences[lead] if lead is not None and leads_over else None,
        items=items,
        stated=announced(text, count) if leads_over else None,
    )
