"""How a question is to be searched: filters, boosts, and one search for each side. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from rag.periods import year_end, year_places
from rag.planning.branches import Branch, read_branches, sides_of
from rag.planning.comparisons import core_of
from rag.planning.holdings import Holdings
from rag.planning.naming import (
    Named,
    bodies_in,
    body_names,
    days_in,
    languages_in,
    latest_in,
    titles_in,
    unheld_occasions,
    without_titles,
    years_named,
)
from rag.records import Span, Understood


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
    unheld: tuple[int, ...] = ()
    """Years of meetings or reports asked about, where no document is about any of them: only
    sentences that name such a meeting can answer."""
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
    rest = without_titles(text, documents)
    branches = read_branches(text, (bodies, documents), holdings, series, without)
    latest = None if branches else latest_in(rest, holdings, among)
    if branches:
        found = sides_of(text, branches, bodies, documents)
    else:
        found = [*documents, *body_names(bodies), *days_in(rest, holdings)]
        found += [latest] if latest else years_named(rest, holdings, among)
    found += languages_in(rest, holdings)
    kept = [one for one in found if one.understood.key not in without]
    plan = _plan(text, kept, series, branches, holdings)
    unheld = unheld_occasions(rest, holdings, among)
    if branches or any(
        one.kind == "year" and int(one.value) not in unheld for one in plan.understood
    ):
        return plan
    return replace(plan, unheld=tuple(one for one in unheld if f"year:{one}" not in without))


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


def in_both(first: Collection[str] | None, second: Collection[str] | None) -> frozenset[str] | None:
    """Ids in both; None stands for all."""
    if first is None or second is None:
        only = second if first is None else first
        return None if only is None else frozenset(only)
    return frozenset(first) & frozenset(second)


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
