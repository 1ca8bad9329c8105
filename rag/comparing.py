"""Documents side by side: sentences they share, sentences that changed, and what is in one alone.

Nothing is written by a model: every point is a place in a document. Sentences are compared by
their shingles (see `rag.duplicates`), so documents in two languages share none; a question
compares those too, with one search each.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.duplicates import Fingerprint, is_repeat, resemblance
from rag.errors import InputError
from rag.planning.branches import Branch
from rag.planning.holdings import Holdings, bare
from rag.planning.naming import year_label
from rag.records import Document, Evidence
from rag.text import cut_out, detect_language, search_terms
from rag.values import find_values, missing_values

SHORTEST = 8
"""Characters of a sentence that can be a point."""

ALIKE = 0.6
"""Least share of terms, values apart, of a sentence that was changed into another (the Dice
coefficient: in a short one, shingles change with every word)."""

ALONE = 5
"""Points shown of what stands in one document alone."""

Pick = Callable[[Sequence[Evidence], int], Sequence[Evidence]]
"""The most telling of some sentences, so many of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A sentence that stands in several of the documents."""

    places: tuple[Evidence, ...]
    """One in each, in the order of the documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A sentence of one document that another has with other words or values."""

    before: Evidence
    after: Evidence
    values_before: tuple[str, ...]
    """Numbers, dates and the like, as written, that the other does not have."""
    values_after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """What stands in one document only."""

    document_id: str
    points: tuple[Evidence, ...]
    """The most telling ones, in their order."""
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two or more documents, in the order given."""

    documents: tuple[Document, ...]
    shared: tuple[Shared, ...]
    changed: tuple[Changed, ...]
    alone: tuple[Alone, ...]
    languages: tuple[str, ...]
    """Of the documents; where they are several, sentences across them were not compared."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence and what it is compared by."""

    evidence: Evidence
    whole: Fingerprint
    frame: Fingerprint
    """Of its words without values."""
    terms: frozenset[str]
    """Of the same."""


def compare(
    documents: Sequence[Document],
    sentences_of: Callable[[str], Sequence[Evidence]],
    pick: Pick,
) -> Comparison:
    """What documents have in common and what not.

    Args:
        documents: two or more, earlier ones first.
        sentences_of: every sentence of a document in order, by its id.
        pick: for what stands in one document alone.

    Raises:
        InputError: fewer than two documents.
    """
    if len(documents) < 2:
        raise InputError("There is nothing to compare.", "Name two documents or years at least.")
    held = [_sentences(document, sentences_of(document.id)) for document in documents]
    shared = list(_shared(held))
    common = {_key(place) for one in shared for place in one.places}
    left = [[one for one in own if _key(one.evidence) not in common] for own in held]
    changed = list(_all_changed(left))
    told = {_key(place) for one in changed for place in (one.before, one.after)}
    alone = [
        _alone(document, [one.evidence for one in own if _key(one.evidence) not in told], pick)
        for document, own in zip(documents, left, strict=True)
    ]
    return Comparison(
        documents=tuple(documents),
        shared=tuple(shared),
        changed=tuple(changed),
        alone=tuple(alone),
        languages=tuple(sorted({document.language for document in documents})),
    )


def named_documents(
    name: str, holdings: Holdings, document: Callable[[str], Document]
) -> list[str]:
    """The ids of documents that a year or a document's name stands for.

    Raises:
        InputError: none is about that year, or there is no such document.
    """
    if not is_year(name):
        return [document(name).id]
    ids = holdings.by_year.get(int(name))
    if not ids:
        held = ", ".join(map(str, holdings.years()))
        raise InputError(
            f"No document is about {name} alone.", f"There are documents about {held or 'no year'}."
        )
    return [one.id for one in holdings.facts if one.id in ids]


def sides_named(
    names: Mapping[str, Sequence[str]], question: str, holdings: Holdings
) -> tuple[Branch, ...]:
    """A side for each name and its documents, all asked the same.

    Raises:
        InputError: fewer than two names.
    """
    if len(names) < 2:
        raise InputError("There is nothing to compare.", "Name two documents or years at least.")
    language = detect_language(question)
    sides = []
    for name, ids in names.items():
        year = int(name) if is_year(name) else None
        label = year_label(year, language) if year else holdings.label(ids[0])
        sides.append(
            Branch(
                kind="year" if year else "document",
                value=name if year else ids[0],
                label=label,
                question=question,
                core=question,
                within=frozenset(ids),
                own=frozenset(ids),
                year=year,
            )
        )
    return tuple(sides)


def is_year(name: str) -> bool:
    """Whether a name of documents is a year."""
    return name.isdecimal() and len(name) == 4


def _sentences(document: Document, sentences: Sequence[Evidence]) -> list[_Sentence]:
    """Those that say something, each once; a title is no point."""
    title = bare(document.title)
    found: dict[str, _Sentence] = {}
    for one in sentences:
        words = bare(one.text)
        if len(words) >= SHORTEST and words not in {title, *found}:
            frame = _frame(one.text)
            terms = frozenset(search_terms(frame))
            found[words] = _Sentence(one, Fingerprint(one.text), Fingerprint(frame), terms)
    return list(found.values())


def _frame(text: str) -> str:
    """The words of a sentence without its values."""
    return cut_out(text, [value.span for value in find_values(text)])


def _shared(held: Sequence[Sequence[_Sentence]]) -> Iterator[Shared]:
    """Sentences that repeat one of an earlier document, with all their places."""
    taken: set[tuple[str, int]] = set()
    for place, own in enumerate(held):
        lookups = [_Lookup(other, lambda one: one.whole) for other in held[place + 1 :]]
        for one in own:
            if _key(one.evidence) in taken:
                continue
            repeats = [
                match.evidence
                for lookup in lookups
                for match in lookup.near(one)[:1]
                if is_repeat(one.whole, match.whole)
            ]
            if repeats:
                taken |= {_key(evidence) for evidence in repeats}
                yield Shared(places=(one.evidence, *repeats))


def _all_changed(left: Sequence[Sequence[_Sentence]]) -> Iterator[Changed]:
    """Changes from each document to the next, then to later ones; each sentence in one pair."""
    told: set[tuple[str, int]] = set()
    for distance in range(1, len(left)):
        for before, after in zip(left, left[distance:], strict=False):
            own, other = (
                [one for one in side if _key(one.evidence) not in told] for side in (before, after)
            )
            for change in _changed(own, other):
                told |= {_key(change.before), _key(change.after)}
                yield change


def _changed(before: Sequence[_Sentence], after: Sequence[_Sentence]) -> Iterator[Changed]:
    """Pairs that are each other's likeliest, and not the same."""
    forward, back = (_Lookup(own, lambda one: one.frame) for own in (after, before))
    for one in before:
        nearest = forward.near(one)[:1]
        if not nearest or back.near(nearest[0])[:1] != [one]:
            continue
        other = nearest[0]
        if _dice(one.terms, other.terms) >= ALIKE:
            yield Changed(
                before=one.evidence,
                after=other.evidence,
                values_before=_values_apart(one.evidence.text, other.evidence.text),
                values_after=_values_apart(other.evidence.text, one.evidence.text),
            )


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)


def _values_apart(text: str, other: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.text for value in missing_values(text, other)))


class _Lookup:
    """Sentences by their shingles: the nearest of many without comparing them all."""

    def __init__(
        self, sentences: Sequence[_Sentence], view: Callable[[_Sentence], Fingerprint]
    ) -> None:
        self._sentences = sentences
        self._view = view
        self._by_shingle: defaultdict[int, list[int]] = defaultdict(list)
        for index, one in enumerate(sentences):
            for shingle in view(one).shingles.tolist():
                self._by_shingle[shingle].append(index)

    def near(self, one: _Sentence) -> list[_Sentence]:
        """Sentences that share a shingle, most alike first; of equals the earliest."""
        own = self._view(one)
        counts = Counter(
            index
            for shingle in own.shingles.tolist()
            for index in self._by_shingle.get(shingle, ())
        )
        best = sorted(counts, key=lambda index: (-counts[index], index))[:8]
        alike = {index: resemblance(own, self._view(self._sentences[index])) for index in best}
        return [self._sentences[at] for at in sorted(best, key=lambda at: (-alike[at], at))]


def _alone(document: Document, sentences: Sequence[Evidence], pick: Pick) -> Alone:
    points = pick(sentences, ALONE) if sentences else ()
    return Alone(
        document_id=document.id,
        points=tuple(sorted(points, key=lambda one: one.span)),
        total=len(sentences),
    )


def _key(one: Evidence) -> tuple[str, int]:
    return one.document_id, one.span.start
