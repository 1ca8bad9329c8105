"""What a library holds, looked up by what questions name: years, bodies, titles, days. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePath
from typing import TypeVar

from rag.filters import Facts
from rag.periods import year_places, years_in
from rag.text import HAN, fold

_Key = TypeVar("_Key", str, int)

SERIES = 2
"""Documents whose titles begin with the same body make it a series of reports."""

SHORTEST_TITLE = 6
"""Characters of a title that a question may name without quotation marks."""

_HAN_BODY = re.compile(
    f"[{HAN}]{{2,14}}?(?:委员会|委(?!员)|局(?!面)|部(?![署门分])|馆|院(?!士)|公司|大学|办公室|厅|公所|协会"
    r"|中心|银行|政府|集团|学校|基金会|街道|联合会|事务所|研究所)"
)
_LATIN_BODY = re.compile(
    r"(?:(?:[A-Z][\w’'-]*|of|for|and|the|&)\s+){1,6}?(?:Board|Council|Ministry|Agency|Committee"
    r"|Company|Corporation|University|Library|Department|Office|Bureau|Authority|Association"
    r"|Institute|Commission|Bank|Court|Group|Museum|Hospital|School|Trust|Society|Union)\b"
)
_PLACE = re.compile(f"[{HAN}]{{2,4}}?[省市区县镇乡州]")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An organisation that documents come from or report on."""

    label: str
    """As a document writes it."""
    forms: tuple[str, ...]
    """Folded names it goes by: whole, and by its place where no other body has that."""
    documents: frozenset[str]
    in_titles: bool
    """Titles begin with it; else it is a publisher, which a question may name as its subject."""


class Holdings:
    """The documents of a library by what is known of them; looked up once for many questions."""

    def __init__(self, facts: Sequence[Facts]) -> None:
        self.facts = tuple(facts)
        self.ids = frozenset(one.id for one in facts)

    @cached_property
    def by_year(self) -> Mapping[int, frozenset[str]]:
        """Documents by the year they are mainly about."""
        return _grouped((main_year(one), one.id) for one in self.facts)

    @cached_property
    def covering_year(self) -> Mapping[int, frozenset[str]]:
        """Documents about a year alone, and those whose titles name it among others."""
        titled = [(year, one.id) for one in self.facts for year in _years_of_title(one.title)]
        return _grouped([*((main_year(one), one.id) for one in self.facts), *titled])

    @cached_property
    def naming_year(self) -> Mapping[int, frozenset[str]]:
        """Documents by every year they are about."""
        return _grouped((year, one.id) for one in self.facts for year in one.all_years)

    def years(self, within: Iterable[str] | None = None) -> tuple[int, ...]:
        """Years that some of these documents are mainly about, in order."""
        if within is None or within is self.ids:
            return tuple(sorted(self.by_year))
        chosen = frozenset(within)
        return tuple(sorted(year for year, ids in self.by_year.items() if ids & chosen))

    @cached_property
    def titles(self) -> Mapping[str, frozenset[str]]:
        """Documents by folded title, blanks taken out."""
        return _grouped((bare(one.title), one.id) for one in self.facts if one.title)

    @cached_property
    def titles_by_start(self) -> Mapping[str, Sequence[str]]:
        """Titles of some length by their first characters."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for title in self.titles:
            if len(title) >= SHORTEST_TITLE:
                found[title[:SHORTEST_TITLE]].append(title)
        return found

    @cached_property
    def files(self) -> Mapping[str, frozenset[str]]:
        """Documents by folded file name; names without an ending are left out."""
        names = ((PurePath(one.path).name, one.id) for one in self.facts)
        return _grouped((bare(name), key) for name, key in names if "." in name)

    def label(self, document_id: str) -> str:
        """The title of a document, else its file's name."""
        one = self._by_id[document_id]
        return one.title or PurePath(one.path).name

    @cached_property
    def _by_id(self) -> Mapping[str, Facts]:
        return {one.id: one for one in self.facts}

    def on(self, day: str, *, among: Iterable[str] | None = None) -> frozenset[str]:
        """Documents whose event took place then: `2024-01-23`, `2024-01`, or `--01-23`."""
        chosen = self.ids if among is None else frozenset(among)
        if day.startswith("--"):
            fits = (one for one in self.facts if (one.event_date or "").endswith(day[1:]))
        else:
            fits = (one for one in self.facts if (one.event_date or "").startswith(day))
        return frozenset(one.id for one in fits) & chosen

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """Organisations that titles begin with or that published, the longest name first."""
        titled: defaultdict[str, set[str]] = defaultdict(set)
        published: defaultdict[str, set[str]] = defaultdict(set)
        for one in self.facts:
            if name := body_in(one.title):
                titled[name].add(one.id)
            if one.publisher:
                published[one.publisher].add(one.id)
        return _bodies(titled, published)

    def bodies_starting(self, folded: str) -> list[Body]:
        """Bodies of whose names the first characters stand in a folded text, longest first."""
        starts = {folded[at : at + 2] for at in range(len(folded) - 1)}
        places = sorted({place for start in starts for place in self._by_start.get(start, ())})
        return [self.bodies[place] for place in places]

    @cached_property
    def _by_start(self) -> Mapping[str, Sequence[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, body in enumerate(self.bodies):
            for form in body.forms:
                found[form[:2]].append(place)
        return found


def _bodies(titled: Mapping[str, set[str]], published: Mapping[str, set[str]]) -> tuple[Body, ...]:
    """Names written alike in another script or width are one body."""
    labels: dict[str, str] = {}
    documents: defaultdict[str, set[str]] = defaultdict(set)
    series: defaultdict[str, set[str]] = defaultdict(set)
    for held, into in ((titled, series), (published, documents)):
        for name, ids in held.items():
            key = bare(name)
            if len(key) > 2:
                labels.setdefault(key, name)
                into[key] |= ids
    aliases = _aliases(labels)
    return tuple(
        Body(
            label=labels[key],
            forms=(" ".join(fold(labels[key]).split()), *aliases.get(key, ())),
            documents=frozenset(series[key] | documents[key]),
            in_titles=len(series[key]) >= SERIES,
        )
        for key in sorted(labels, key=lambda key: (-len(key), key))
    )


@lru_cache(maxsize=65_536)
def _years_of_title(title: str) -> tuple[int, ...]:
    return years_in(title)


def main_year(one: Facts) -> int | None:
    """The one year a document is sure to be about; None where it is about several or none.

    That of its title, of its event, or the only one its opening names; of publication where
    it names none at all.
    """
    titled = set(_years_of_title(one.title))
    if titled:
        return titled.pop() if len(titled) == 1 else None
    if one.event_date:
        return int(one.event_date[:4])
    if one.years:
        return one.years[0] if len(one.years) == 1 else None
    return int(one.date[:4]) if one.date else None


def body_in(title: str) -> str:
    """The organisation that a title begins with, else an empty string."""
    places = year_places(title)
    lead = title[: places[0].start] if places and places[0].start else title
    han = _HAN_BODY.match(fold(lead))
    if han:
        return lead[: han.end()]
    latin = _LATIN_BODY.match(lead)
    return latin[0].strip() if latin else ""


def bare(text: str) -> str:
    """Folded, without blanks: what names are compared by."""
    return _BLANKS.sub("", fold(text))


def _aliases(labels: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """By name: the place it begins with, or its first Latin word, where no other shares it."""
    short: defaultdict[str, list[str]] = defaultdict(list)
    for key, label in labels.items():
        place = _PLACE.match(key)
        word = label.split()[0] if label[:1].isupper() and " " in label else ""
        form = place[0] if place else fold(word) if len(word) > 4 else ""
        if form and form != key:
            short[form].append(key)
    return {keys[0]: (form,) for form, keys in short.items() if len(keys) == 1}


def _grouped(pairs: Iterable[tuple[_Key | None, str]]) -> dict[_Key, frozenset[str]]:
    found: defaultdict[_Key, set[str]] = defaultdict(set)
    for key, document_id in pairs:
        if key is not None:
            found[key].add(document_id)
    return {key: frozenset(ids) for key, ids in found.items()}
