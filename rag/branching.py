"""Evidence for a question with several sides: one search each, so that each gets its own."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from rag.answerability import answerability
from rag.calibration import ANSWER_THRESHOLD
from rag.choosing import Choice, choose
from rag.evidence import Scored
from rag.passages import LibraryPassages, Passages
from rag.periods import years_in
from rag.planning.branches import Branch
from rag.planning.naming import names_occasion
from rag.planning.parts import Part, split_parts
from rag.planning.plans import SearchPlan, in_both
from rag.questions import Question, asks, holds_answer, read_question
from rag.records import Hit
from rag.text import detect_language, search_terms

SIDE_SENTENCES = 2
"""Sentences quoted for a side, a list apart."""

LEAST_HITS = 4
"""Passages looked at for a side, however many sides there are."""

BESIDE_ANOTHER = 0.25
"""Least answerability of a side where another side is answered: reports of one series tell
the same things, so what one of them answers the others likely do too."""

MENTIONED = 0.7
"""Least share of what is to be mentioned, weighed by idf, that a sentence must hold."""

SPOKEN_OF = 0.2
"""Least share of a part's own words, weighed by idf, that its evidence must have."""

PAIR = 2
"""Characters of a Chinese search term."""

STEM = 5
"""Letters by which English words are compared where something is to be mentioned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSide:
    """A side of a question and the evidence for it."""

    branch: Branch
    question: Question
    passages: Passages
    choice: Choice
    """Without evidence where the side has none."""
    confidence: float
    """How likely the evidence answers."""


def find_sides(
    library: LibraryPassages,
    plan: SearchPlan,
    k: int,
    *,
    within: Collection[str] | None = None,
    candidates: Collection[str] = (),
) -> list[FoundSide]:
    """Search for every side of a plan; evidence is shared out evenly.

    Args:
        library: where to search.
        plan: with branches.
        k: passages a question of one side would get.
        within: ids of the only documents to search.
        candidates: ids of chunks to rank with what is found.
    """
    each = max(LEAST_HITS, 2 * k // len(plan.branches))
    years = {branch.year for branch in plan.branches if branch.year}
    found = []
    for branch in plan.branches:
        own = _allowed(branch, plan, within)
        question = read_question(branch.focus or branch.question)
        core = "" if branch.focus or not branch.own else branch.core
        passages = library.find(question, each, within=own, candidates=candidates, core=core)
        if branch.year and not branch.own and names_occasion(question.text, [branch.year]):
            passages = on_occasion(passages, [branch.year])
        others = years - {branch.year} if branch.kind == "year" else set()
        passages = replace(
            passages,
            scored=_about(branch, passages.scored, others),
            chosen_from=_about(branch, passages.chosen_from, others),
        )
        found.append(_side(library, plan, branch, question, passages))
    if any(side.confidence >= ANSWER_THRESHOLD for side in found):
        return found
    return [replace(side, choice=Choice(evidence=[])) for side in found]


def find_hits(
    library: LibraryPassages,
    plan: SearchPlan,
    k: int,
    within: Collection[str] | None = None,
) -> list[Hit]:
    """The best passages by a plan, those of its sides in turn; filters only put them first.

    Nothing tells here whether the passages answer, so that a filter could be lifted again.
    """
    if plan.branches:
        each = [
            library.hits(read_question(one.question), k, within=_allowed(one, plan, within))
            for one in plan.branches
        ]
        turns = [hit for turn in zip_longest(*each) for hit in turn if hit]
        return list({hit.chunk.id: hit for hit in turns}.values())[:k]
    favoured = plan.named | (plan.within or frozenset())
    return library.hits(read_question(plan.text), k, within=within, favoured=favoured)


def _allowed(
    branch: Branch, plan: SearchPlan, within: Collection[str] | None
) -> Collection[str] | None:
    """The documents of a side; where the library has none, those that may name its year."""
    own: Collection[str] | None = branch.within or (plan.series if branch.year else branch.within)
    return in_both(own, within)


def find_parts(
    library: LibraryPassages,
    plan: SearchPlan,
    k: int,
    within: Collection[str] | None = None,
    candidates: Collection[str] = (),
) -> list[FoundSide]:
    """Search for every part of a question that asks several things; empty where it asks one.

    Arguments are as for `find_sides`.
    """
    found = []
    holdings = library.holdings()
    for part in split_parts(plan.text):
        core = plan.core_for(part.question, holdings)
        question = read_question(part.question)
        passages = library.find(
            question,
            k,
            within=within,
            candidates=candidates,
            favoured=plan.favoured,
            core=core if core != part.question else "",
        )
        found.append(_part(library, plan, part, of_year(passages, plan.year, plan.own)))
    return found


def _part(library: LibraryPassages, plan: SearchPlan, part: Part, passages: Passages) -> FoundSide:
    question = read_question(part.question)
    confidence = answerability(question, passages.scored)
    choice = choose(question, passages)
    told = choice.listed or any(holds_answer(question, one.text) for one in choice.evidence)
    enough = confidence >= ANSWER_THRESHOLD and told and _speaks_of(library, part, choice)
    within = plan.within or frozenset()
    return FoundSide(
        branch=Branch(
            kind="part",
            value=part.question,
            label=part.own,
            question=part.question,
            core=part.question,
            within=within,
            own=within,
        ),
        question=question,
        passages=passages,
        choice=choice if enough else Choice(evidence=[]),
        confidence=confidence,
    )


def _speaks_of(library: LibraryPassages, part: Part, choice: Choice) -> bool:
    """Whether the evidence has a word of the part's own: what the whole question is about
    may be well known, and the part not.
    """
    own = read_question(part.own)
    text = "\n".join(one.text for one in choice.evidence)
    if detect_language(text) == own.language:
        return not own.terms or _said(library, own.terms, text) >= SPOKEN_OF
    if own.untranslated > 1 - MENTIONED:
        return True
    return _said(library, own.translated, text) > 0


def on_occasion(found: Passages, years: Collection[int]) -> Passages:
    """With the sentences alone that name a meeting or report of these years, or follow one."""
    texts = {(item.hit, item.position): item.evidence.text for item in found.scored}
    named = {place for place, text in texts.items() if names_occasion(text, years)}
    following = {(hit, position + 1) for hit, position in named}
    kept = tuple(
        item
        for item in found.scored
        if (place := (item.hit, item.position)) in named
        or (place in following and not years_in(item.evidence.text))
    )
    return replace(found, scored=kept, chosen_from=())


def of_year(found: Passages, year: int | None, own: Collection[str]) -> Passages:
    """With sentences to choose from that are of documents about a year alone, or name it."""
    if year is None:
        return found
    kept = tuple(
        item
        for item in found.ranked
        if item.evidence.document_id in own or year in years_in(item.evidence.text)
    )
    return replace(found, chosen_from=kept or found.chosen_from)


def _about(branch: Branch, scored: tuple[Scored, ...], others: set[int]) -> tuple[Scored, ...]:
    """Sentences of this side: of a report on its year, unless about another side's year."""
    if branch.year is None:
        return scored
    kept = []
    for item in scored:
        named = set(years_in(item.evidence.text))
        own = item.evidence.document_id in branch.own and not named & others
        if own or branch.year in named:
            kept.append(item)
    return tuple(kept)


def _side(
    library: LibraryPassages,
    plan: SearchPlan,
    branch: Branch,
    question: Question,
    passages: Passages,
) -> FoundSide:
    told = passages
    if branch.focus or (plan.every and not asks(branch.core)):
        said = _mentioning(library, question, passages.scored)
        told = replace(passages, scored=said, chosen_from=())
        confidence = float(bool(said))
    else:
        confidence = answerability(question, passages.scored)
    enough = bool(told.scored) and confidence >= _least(branch, told)
    choice = choose(question, told) if enough else Choice(evidence=[])
    if not choice.listed:
        most = 1 if plan.every else SIDE_SENTENCES
        holds = any(holds_answer(question, one.text) for one in choice.evidence)
        choice = Choice(evidence=choice.evidence[:most] if holds else [])
    return FoundSide(
        branch=branch,
        question=question,
        passages=passages,
        choice=choice,
        confidence=confidence,
    )


def _least(branch: Branch, passages: Passages) -> float:
    """How likely the evidence must answer: reports on the year itself are believed sooner."""
    best = passages.scored[0].evidence.document_id
    return BESIDE_ANOTHER if best in branch.own else ANSWER_THRESHOLD


def _mentioning(
    library: LibraryPassages, question: Question, scored: Sequence[Scored]
) -> tuple[Scored, ...]:
    """Sentences that say what is to be mentioned; in the other language by the glossary."""
    held = []
    for item in scored:
        said = _said(library, question.terms, item.evidence.text)
        if said < MENTIONED and question.untranslated <= 1 - MENTIONED:
            said = max(said, _said(library, question.translated, item.evidence.text))
        if said >= MENTIONED:
            held.append((said, item))
    return tuple(item for _, item in sorted(held, key=lambda pair: -pair[0]))


def _said(library: LibraryPassages, wanted: Mapping[str, float], text: str) -> float:
    """Share of terms that stand in a text, weighed by idf."""
    idf = library.frequencies(list(wanted))
    present = {_stem(term) for term in search_terms(text)}
    held = {term for term in wanted if _stem(term) in present}
    ends, starts = ({term[at] for term in held} for at in (-1, 0))
    # 民主 of 赵英民主持 straddles two words that may stand apart.
    held |= {term for term in wanted if len(term) == PAIR and term[0] in ends and term[1] in starts}
    total = sum(weight * idf[term] for term, weight in wanted.items())
    return sum(wanted[term] * idf[term] for term in held) / total if total else 0.0


def _stem(term: str) -> str:
    """Its first letters, so that chair and chaired, dredge and dredging meet."""
    return term[:STEM] if term.isascii() and term.isalpha() else term
