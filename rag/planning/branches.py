"""The sides of a comparison read from a question: years, bodies, documents. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise

from rag.periods import year_end, year_places
from rag.planning.comparisons import (
    Years,
    compares,
    connected,
    core_of,
    focus_of,
    question_for,
    read_years,
    strip_frame,
)
from rag.planning.holdings import Holdings
from rag.planning.naming import Named, NamedBody, bodies_in, body_names, without_titles, year_label
from rag.records import SideKind, Span, Understood
from rag.text import detect_language

MOST_SIDES = 20
"""Sides a question is put for; where more years are held, they are no series of reports."""


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


def read_branches(
    asked: str,
    named: tuple[list[NamedBody], list[Named]],
    holdings: Holdings,
    series: frozenset[str] | None,
    without: Collection[str],
) -> tuple[Branch, ...]:
    """The sides that a question compares; none where it compares nothing.

    Args:
        asked: the question.
        named: the bodies and the documents it names.
        holdings: what the library has.
        series: documents of the bodies that are sure to be meant.
        without: keys of `Understood` to leave out.
    """
    bodies, documents = named
    found = _document_branches(asked, documents) or _body_branches(asked, bodies, holdings)
    if found or not read_years(without_titles(asked, documents)):
        return found
    return _year_branches(asked, holdings, series, without)


def _year_branches(
    asked: str, holdings: Holdings, series: frozenset[str] | None, without: Collection[str]
) -> tuple[Branch, ...]:
    years = read_years(asked)
    if not years:
        return ()
    among = series or holdings.ids
    held = holdings.years(among)
    wanted = years.asked or (held if len(held) <= MOST_SIDES else ())
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


def sides_of(
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
