"""How a question is to be searched: filters, boosts, and one search for each side. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise

from rag.comparisons import (
    Years,
    compares,
    connected,
    core_of,
    focus_of,
    question_for,
    read_years,
    strip_frame,
)
from rag.holdings import Holdings
from rag.naming import (
    Named,
    NamedBody,
    bodies_in,
    body_names,
    days_in,
    languages_in,
    latest_in,
    titles_in,
    year_end,
    year_label,
    years_named,
)
from rag.periods import year_places
from rag.records import SideKind, Span, Understood
from rag.text import detect_language

MOST_SIDES = 12
"""Sides a question is put for; of more years the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One side of a comparison, to be searched by itself."""

    kind: SideKind
    value: str
    label: str
    """Both as in `Side`."""
    question: str
    """About this side alone."""
    core: str
    """The same without the words that say which side: what its documents are searched with, as
    all of them are of that side."""
    within: frozenset[str]
    """Documents of this side; empty where the library has none."""
    own: frozenset[str]
    """Those that are about nothing but this side."""
    year: int | None = None
    focus: str = ""
    """What is to be mentioned; empty where something else is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPlan:
    """How a question is to be searched."""

    text: str
    """The question as searched: `the latest meeting` has become that of a year."""
    core: str = ""
    """The same without the words of filters, which all that is searched then fits; empty where
    there are none."""
    understood: tuple[Understood, ...] = ()
    within: frozenset[str] | None = None
    """Documents that the filters leave; all where None."""
    series: frozenset[str] | None = None
    """Documents of the bodies named for sure, among which years are missing or not."""
    favoured: frozenset[str] = frozenset()
    """Documents that go first."""
    named: frozenset[str] = frozenset()
    """Those of them that are named by more than a year, by which passages are scored anyway."""
    year: int | None = None
    """The year that filters, if one does."""
    own: frozenset[str] = frozenset()
    """Documents about that year alone; of others only sentences that name it are meant."""
    branches: tuple[Branch, ...] = ()
    every: bool = False
    """It asks for whichever years there are, so one without evidence is not missing."""

    def core_for(self, part: str, holdings: Holdings) -> str:
        """What is asked by a part of the question of the documents that its filters leave."""
        if not self.core:
            return part
        names = [one for one in self.understood if one.role == "filter"]
        years = {one.value for one in names if one.kind == "year"}
        spans = [
            Span(start=one.start, end=year_end(part, one))
            for one in year_places(part)
            if str(one.year) in years
        ]
        spans += [
            one.span
            for one in bodies_in(part, holdings)
            if any(one.body.label == name.value for name in names)
        ]
        return core_of(part, spans)

    def lifted(self) -> "SearchPlan":
        """The plan without its filters, where nothing was found within them."""
        understood = tuple(
            replace(one, lifted=True) if one.role == "filter" else one for one in self.understood
        )
        return replace(self, understood=understood, within=None, core="", year=None)


def read_plan(
    text: str, holdings: Holdings, *, without: Collection[str] = (), plain: bool = False
) -> SearchPlan:
    """What a question names of the library.

    Args:
        text: the question.
        holdings: what the library has.
        without: keys of `Understood` to leave out, such as `year:2024`.
        plain: take nothing out of the question at all.
    """
    if plain or not holdings.facts:
        return SearchPlan(text=text)
    bodies = [
        one for one in bodies_in(text, holdings) if f"publisher:{one.body.label}" not in without
    ]
    series = _union(one.body.documents for one in bodies if one.sure) or None
    among = series or holdings.ids
    documents = [one for one in titles_in(text, holdings) if one.understood.key not in without]
    branches = (
        _document_branches(text, documents)
        or _body_branches(text, bodies, holdings)
        or _year_branches(text, holdings, series, without)
    )
    latest = None if branches else latest_in(text, holdings, among)
    if branches:
        found = _sides(text, branches, bodies, documents)
    else:
        found = [*documents, *body_names(bodies), *days_in(text, holdings)]
        found += [latest] if latest else years_named(text, holdings, among)
    found += languages_in(text, holdings)
    kept = [one for one in found if one.understood.key not in without]
    return _plan(text, kept, series, branches, holdings)


def _plan(
    asked: str,
    named: list[Named],
    series: frozenset[str] | None,
    branches: tuple[Branch, ...],
    holdings: Holdings,
) -> SearchPlan:
    filters = [one for one in named if one.understood.role == "filter"]
    by_document = [one for one in filters if one.understood.kind == "document"]
    others = [one.documents for one in filters if one.understood.kind != "document"]
    if by_document:
        others.append(_union(one.documents for one in by_document))
    within = reduce(frozenset.intersection, others) if others else holdings.ids
    years = [int(one.understood.value) for one in filters if one.understood.kind == "year"]
    roles = {one.understood.role for one in named}
    boosts = [one for one in named if one.understood.role == "boost"]
    return SearchPlan(
        text=_searched(asked, named),
        core=_filtered_core(asked, filters, holdings) if within else "",
        understood=tuple(
            sorted((one.understood for one in named), key=lambda one: (one.span, one.key))
        ),
        within=within if filters and within else None,
        series=series,
        favoured=_union(one.documents for one in boosts),
        named=_union(one.documents for one in boosts if one.understood.kind != "year"),
        year=years[0] if years else None,
        own=holdings.by_year.get(years[0], frozenset()) if years else frozenset(),
        branches=branches,
        every=bool(branches) and "side" not in roles,
    )


def _searched(asked: str, named: Sequence[Named]) -> str:
    """The question with what `the latest` means, and without the language of documents."""
    text = asked
    for one in sorted(named, key=lambda one: one.understood.span, reverse=True):
        span = one.understood.span
        if one.understood.kind == "language":
            text = core_of(text, [span])
        elif one.understood.kind == "year" and not year_places(span.slice(asked)):
            text = f"{text[: span.start]}{one.understood.label}{text[span.end :]}"
    return text


def _filtered_core(asked: str, filters: Sequence[Named], holdings: Holdings) -> str:
    """The question without what filters; of a year only where no document is about others too."""
    cut = [
        one.understood.span
        for one in filters
        if one.understood.kind != "year"
        or one.documents <= holdings.by_year.get(int(one.understood.value), frozenset())
    ]
    return core_of(asked, cut) if cut else ""


def _year_branches(
    asked: str, holdings: Holdings, series: frozenset[str] | None, without: Collection[str]
) -> tuple[Branch, ...]:
    years = read_years(asked)
    if not years:
        return ()
    among = series or holdings.ids
    held = holdings.years(among)
    wanted = years.asked or held[-MOST_SIDES:]
    wanted = tuple(year for year in wanted if f"year:{year}" not in without)
    if (years.asked and len(wanted) < 2) or not _plausible(wanted, held):
        return ()
    language = detect_language(asked)
    return tuple(
        Branch(
            kind="year",
            value=str(year),
            label=year_label(year, language),
            question=question_for(asked, years, year),
            core=_core(question_for(asked, years, None), holdings),
            within=holdings.naming_year.get(year, frozenset()) & among,
            own=holdings.by_year.get(year, frozenset()) & among,
            year=year,
            focus=_focus(asked, years, series, holdings),
        )
        for year in wanted[-MOST_SIDES:]
    )


def _focus(asked: str, years: Years, series: frozenset[str] | None, holdings: Holdings) -> str:
    """What is to be mentioned, without the body whose reports are searched anyway."""
    if not years.mention:
        return ""
    focus = focus_of(asked, years)
    return _core(focus, holdings).strip(" 的?？") if series else focus.strip(" 的?？")


def _plausible(wanted: Collection[int], held: Collection[int]) -> bool:
    """Years of reports, not of targets far ahead: one is held and none is long after the last."""
    return bool(set(wanted) & set(held)) and max(wanted) <= max(held) + 1


def _body_branches(asked: str, bodies: list[NamedBody], holdings: Holdings) -> tuple[Branch, ...]:
    """Two bodies side by side: A局与B局, the Board and the Council."""
    if len(bodies) < 2 or not _side_by_side(asked, [one.span for one in bodies]):
        return ()
    year = next(iter(dict.fromkeys(place.year for place in year_places(asked))), None)
    first, last = bodies[0].span, bodies[-1].span
    branches = []
    for one in bodies[:MOST_SIDES]:
        own = one.body.documents
        if year is not None:
            own &= holdings.naming_year.get(year, frozenset())
        question = strip_frame(f"{asked[: first.start]}{one.body.label}{asked[last.end :]}")
        branches.append(
            Branch(
                kind="publisher",
                value=one.body.label,
                label=one.body.label,
                question=question,
                core=_core(_undated(question), holdings),
                within=own,
                own=own,
                year=year,
            )
        )
    return tuple(branches)


def _document_branches(asked: str, documents: list[Named]) -> tuple[Branch, ...]:
    """Two documents side by side, named by their titles."""
    spans = sorted({one.understood.span for one in documents})
    if len(spans) < 2 or not _side_by_side(asked, spans):
        return ()
    rest = f"{asked[: spans[0].start]}{asked[spans[-1].end :]}"
    question = strip_frame(rest).strip('《》“”"「」的 和与')
    return tuple(
        Branch(
            kind="document",
            value=one.understood.value,
            label=one.understood.label,
            question=question,
            core=question,
            within=one.documents,
            own=one.documents,
        )
        for one in documents[:MOST_SIDES]
    )


def _side_by_side(asked: str, spans: list[Span]) -> bool:
    gaps = [asked[a.end : b.start].strip('》《”“"」「 ') for a, b in pairwise(spans)]
    return all(map(connected, gaps)) or compares(asked)


def _sides(
    asked: str, branches: tuple[Branch, ...], bodies: list[NamedBody], documents: list[Named]
) -> list[Named]:
    """What the sides were read from; a body that all years share is a filter."""
    if branches[0].kind == "document":
        return [_as_side(one) for one in documents]
    names = list(body_names(bodies))
    if branches[0].kind == "publisher":
        return [_as_side(one) for one in names]
    found = [one for one in names if one.understood.role == "filter"]
    written: dict[int, Span] = {}
    for place in year_places(asked):
        end = year_end(asked, place)
        written.setdefault(place.year, Span(start=place.start, end=end))
    for branch in branches if written else ():
        understood = Understood(
            kind="year",
            value=branch.value,
            label=branch.label,
            span=written.get(branch.year or 0) or _between(written),
            role="side",
            documents=len(branch.within),
        )
        found.append(Named(understood=understood, documents=branch.within))
    return found


def _core(question: str, holdings: Holdings) -> str:
    """A question without the bodies it names."""
    return core_of(question, [one.span for one in bodies_in(question, holdings)])


def _undated(question: str) -> str:
    places = year_places(question)
    return core_of(question, [Span(start=one.start, end=year_end(question, one)) for one in places])


def _between(written: dict[int, Span]) -> Span:
    """The words of a range, for the years in it that are not written."""
    spans = sorted(written.values())
    return Span(start=spans[0].start, end=spans[-1].end)


def _as_side(named: Named) -> Named:
    return replace(named, understood=replace(named.understood, role="side"))


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
