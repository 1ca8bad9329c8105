"""What a question asks for and the library does not hold."""

from bisect import bisect
from collections.abc import Collection, Sequence

from rag.passages import LibraryPassages
from rag.planning.holdings import Holdings
from rag.planning.plans import SearchPlan, in_both
from rag.records import Missing


def absent_years(
    years: Sequence[int],
    plan: SearchPlan,
    library: LibraryPassages,
    within: Collection[str] | None = None,
) -> Missing:
    """The years of a question where the library knows none of them; falsy where it knows one.

    Of a body that is named only its own reports count; `within` limits them further.
    """
    holdings = library.holdings()
    among = in_both(plan.series, within)
    for year in years:
        held = holdings.naming_year.get(year, frozenset())
        if (held if among is None else held & among) or library.names_year(year, among):
            return Missing()
    return missing_years(years, holdings, plan.series) if years else Missing()


def missing_years(
    years: Sequence[int], holdings: Holdings, series: frozenset[str] | None
) -> Missing:
    """These years, and the held ones next to them on either side."""
    held = holdings.years(series)
    nearest: set[int] = set()
    for year in years:
        at = bisect(held, year)
        nearest |= {*held[max(at - 1, 0) : at], *held[at : at + 1]}
    return Missing(years=tuple(years), nearest_years=tuple(sorted(nearest - {*years})))
