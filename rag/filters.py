"""Which documents a question is asked of, by what is known of them."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from rag.errors import NothingFits
from rag.metadata.fields import check_kind, check_partial
from rag.records import Language
from rag.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a document, without its text."""

    id: str
    date: str | None
    event_date: str | None
    publisher: str | None
    language: Language
    kind: str | None
    years: tuple[int, ...]
    title: str = ""
    path: str = ""

    @property
    def when(self) -> str | None:
        """When what it reports took place; else when it was published; ISO, perhaps partial."""
        return self.event_date or self.date

    @property
    def all_years(self) -> frozenset[int]:
        """The years it is about, its event's among them; where none, that of its publication."""
        own = {*self.years, *([int(self.event_date[:4])] if self.event_date else [])}
        return frozenset(own or ([int(self.date[:4])] if self.date else []))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All of these must hold; of several values for one, any. What is unknown fits no filter."""

    documents: tuple[str, ...] = ()
    """Ids."""
    years: tuple[int, ...] = ()
    """Years that a document is about."""
    since: str | None = None
    """ISO, perhaps partial: no earlier than its first day."""
    until: str | None = None
    """ISO, perhaps partial: no later than its last day."""
    publishers: tuple[str, ...] = ()
    """Parts of names, in any script, width or case."""
    language: Language | None = None
    kinds: tuple[str, ...] = ()
    """Names of `KINDS`, or their labels in either language."""

    def __bool__(self) -> bool:
        return self != Filters()


Test = Callable[[Facts], bool]


def select(facts: Sequence[Facts], filters: Filters) -> frozenset[str]:
    """The ids of the documents that all filters let through.

    Raises:
        NothingFits: there are documents, but none passes; says which filter left nothing.
        InputError: a date or kind is none.
    """
    left = list(facts)
    passed: list[str] = []
    for name, test in _tests(filters):
        kept = [one for one in left if test(one)]
        if left and not kept:
            among = f"the {len(left)} documents"
            among += f" that fit {' and '.join(passed)}" if passed else ""
            raise NothingFits(
                f"Of {among}, none fits {name}.", "See `yinju documents` for what is known of each."
            )
        left = kept
        passed.append(name)
    return frozenset(one.id for one in left)


def _tests(filters: Filters) -> Iterator[tuple[str, Test]]:
    """Each filter that is set, as a person would name it."""
    if filters.documents:
        yield f"document {_listed(filters.documents)}", lambda one: one.id in filters.documents
    if filters.years:
        years = frozenset(filters.years)
        yield f"year {_listed(filters.years)}", partial(_is_about, years=years)
    if filters.since:
        first = _first_day(check_partial("since", filters.since))
        late = _once(lambda when: _last_day(when) >= first)
        yield f"since {filters.since}", lambda one: late(one.when)
    if filters.until:
        last = _last_day(check_partial("until", filters.until))
        early = _once(lambda when: _first_day(when) <= last)
        yield f"until {filters.until}", lambda one: early(one.when)
    if filters.publishers:
        fits = _publisher_test(filters.publishers)
        yield (
            f"publisher {_listed(filters.publishers)}",
            lambda one: fits(one.publisher or ""),
        )
    if filters.language:
        yield f"language {filters.language}", lambda one: one.language == filters.language
    if filters.kinds:
        kinds = frozenset(map(check_kind, filters.kinds))
        yield f"kind {_listed(filters.kinds)}", lambda one: one.kind in kinds


def _once(test: Callable[[str], bool]) -> Callable[[str | None], bool]:
    """Tests each date once, however many documents have it; nothing is no date."""
    return lru_cache(maxsize=None)(lambda when: bool(when) and test(when))


def _publisher_test(publishers: Collection[str]) -> Callable[[str], bool]:
    """Says once for each publisher, who may have thousands of documents, whether it is meant."""
    named = frozenset(filter(None, map(_bare, publishers)))
    return lru_cache(maxsize=None)(lambda name: any(one in _bare(name) for one in named))


def _is_about(one: Facts, years: frozenset[int]) -> bool:
    # The first test says no for most documents, without making a set for each.
    return not years.isdisjoint(one.years) or (
        bool(one.event_date or not one.years) and bool(years & one.all_years)
    )


def _first_day(date: str) -> str:
    return date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date


def _last_day(date: str) -> str:
    """As text: no month has a 32nd day, so what follows sorts after all of its days."""
    return date + "-12-31"[len(date) - 4 :] if len(date) < 10 else date


@lru_cache(maxsize=65_536)
def _bare(name: str) -> str:
    return re.sub(r"\s+", "", fold(name))


def _listed(values: Sequence[object]) -> str:
    return " or ".join(map(str, values))
