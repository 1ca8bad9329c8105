"""What a question names that a library knows its documents by. Pure.

A name filters only where the question is sure to mean the document: a year said of a meeting or
report that is held, a body whose reports are held as a series, a title, a language of documents.
Any other name puts documents first and leaves none out.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rag.periods import YearPlace, year_end, year_places
from rag.planning.holdings import SHORTEST_TITLE, Body, Holdings, bare
from rag.records import Language, Span, Understood, UnderstoodKind
from rag.text import detect_language, fold
from rag.values import find_values

_OCCASION = re.compile(
    r"\s?年?度?[^,。?!;]{0,14}?(?:会议|大会|报告|年会|峰会|论坛|白皮书|公报|纪要)"
    r"|\s(?:\w+[ -]){0,5}?(?:meeting|conference|report|summit|session|minutes|bulletin)s?\b"
)
_OCCASION_OF = re.compile(
    r"(?:meeting|conference|report|summit|session|minutes|bulletin)s? (?:\w+ ){0,3}?(?:of|in|for) $"
)
_DURING = re.compile(r"\s?年?度?(?:在|期间|以来|之后)")
_LATEST = re.compile(
    r"最近(?:的)?一(?:次|届)|最新(?:的)?(?:一(?:次|届))?(?=\w{0,8}(?:会议|报告))"
    r"|\b(?:latest|most recent|newest)\b(?= (?:\w+ ){0,3}?(?:meeting|conference|report|summit))"
)
_LANGUAGES: tuple[tuple[Language, re.Pattern[str]], ...] = (
    (
        "zh",
        re.compile(
            r"(?:中|汉)(?:文|语)的?(?:文件|资料|材料|文档|报告)"
            r"|\bchinese(?:-language)? (?:documents?|files?|sources?|texts?)\b"
        ),
    ),
    (
        "en",
        re.compile(
            r"英(?:文|语)的?(?:文件|资料|材料|文档|报告)"
            r"|\benglish(?:-language)? (?:documents?|files?|sources?|texts?)\b"
        ),
    ),
)
_QUOTED = re.compile(r"《([^》]{2,200})》|[“\"「]([^”\"」]{6,200})[”\"」]")
_FILE = re.compile(r"[\w.-]+\.(?:txt|md|html?|pdf|docx?|pptx?|xlsx?|csv|epub|mhtml)\b")
_SOURCE = re.compile(r"(?:根据|按照|依据)\s*$|\b(?:according to|published by|issued by)(?: the)? $")
_PUBLISHED = re.compile(r"\s*(?:发布|公布|印发|发表|刊登|出版)的|['’]s (?:\w+ )?(?:report|notice)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something a question names, with the documents that fit it."""

    understood: Understood
    documents: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBody:
    """An organisation where the question names it."""

    body: Body
    span: Span
    sure: bool
    """Its reports are held as a series, or the question says that it published."""


def latest_in(text: str, holdings: Holdings, among: frozenset[str]) -> Named | None:
    """The year that `the latest meeting` means, of these documents; None where none is meant."""
    match = _LATEST.search(fold(text))
    if not match or year_places(text):
        return None
    years = holdings.years(among)
    if not years:
        return None
    written = year_label(years[-1], detect_language(text))
    ids = holdings.by_year[years[-1]] & among
    return _named(("year", str(years[-1]), written), match.span(), "boost", ids)


def bodies_in(text: str, holdings: Holdings) -> list[NamedBody]:
    """Organisations named, in order; of two that overlap the longer."""
    folded = fold(text)
    found: list[NamedBody] = []
    for body in holdings.bodies_starting(folded):
        for start, end in _places(folded, body.forms):
            if any(start < one.span.end and one.span.start < end for one in found):
                continue
            said = _SOURCE.search(folded, 0, start) or _PUBLISHED.match(folded, end)
            sure = body.in_titles or bool(said)
            found.append(NamedBody(body=body, span=Span(start=start, end=end), sure=sure))
            break
    return sorted(found, key=lambda one: one.span)


def body_names(found: list[NamedBody]) -> Iterator[Named]:
    """The one body named as a filter where that is sure, else bodies as boosts."""
    sure = [one for one in found if one.sure]
    for one in found:
        role = "filter" if sure == [one] else "boost"
        documents = one.body.documents
        label = one.body.label
        yield _named(("publisher", label, label), (one.span.start, one.span.end), role, documents)


def titles_in(text: str, holdings: Holdings) -> Iterator[Named]:
    """Documents named by their whole title or file name."""
    folded = fold(text)
    for match in _FILE.finditer(folded):
        yield from _documents(match.span(), holdings.files.get(bare(match[0])), holdings)
    quoted = [match.span(1 if match[1] else 2) for match in _QUOTED.finditer(folded)]
    for start, end in quoted:
        yield from _documents((start, end), holdings.titles.get(bare(folded[start:end])), holdings)
    if quoted:
        return
    for title, at in _titles_at(folded, holdings).items():
        yield from _documents((at, at + len(title)), holdings.titles[title], holdings)


def _titles_at(folded: str, holdings: Holdings) -> dict[str, int]:
    """Where titles first stand in a text, in the order of the documents.

    As long as the text takes, however many titles there are.
    """
    found: dict[str, int] = {}
    for start in range(len(folded) - SHORTEST_TITLE + 1):
        for title in holdings.titles_by_start.get(folded[start : start + SHORTEST_TITLE], ()):
            if len(title) < len(folded) and folded.startswith(title, start):
                found.setdefault(title, start)
    return {title: found[title] for title in holdings.titles if title in found} if found else {}


def languages_in(text: str, holdings: Holdings) -> Iterator[Named]:
    """The language of documents that the question asks to look in."""
    folded = fold(text)
    for language, pattern in _LANGUAGES:
        match = pattern.search(folded)
        if not match:
            continue
        ids = frozenset(one.id for one in holdings.facts if one.language == language)
        if ids:
            yield _named(("language", language, match[0]), match.span(), "filter", ids)


def without_titles(text: str, titles: Iterable[Named]) -> str:
    """A question with blanks for the titles it names: their years and days are theirs alone."""
    for one in titles:
        span = one.understood.span
        text = f"{text[: span.start]}{' ' * (span.end - span.start)}{text[span.end :]}"
    return text


def years_named(text: str, holdings: Holdings, among: frozenset[str]) -> Iterator[Named]:
    """Each year: a filter where it is said of a meeting or report that is held, else a boost."""
    folded = fold(text)
    language = detect_language(text)
    places = {place.year: place for place in reversed(year_places(text))}
    series = among is not holdings.ids
    for year, place in sorted(places.items(), key=lambda item: item[1].start):
        ids = holdings.covering_year.get(year, frozenset()) & among
        sure = len(places) == 1 and bool(ids) and (series or _of_occasion(folded, place))
        yield _named(
            ("year", str(year), year_label(year, language)),
            (place.start, year_end(text, place)),
            "filter" if sure else "boost",
            ids,
        )


def unheld_occasions(text: str, holdings: Holdings, among: frozenset[str]) -> tuple[int, ...]:
    """The years of meetings or reports that a question names and the library does not hold.

    Of what is no occasion a report of another year may well tell, as one of 2024 does of 2023.
    """
    years = tuple(dict.fromkeys(place.year for place in year_places(text)))
    if not holdings.years(among) or not names_occasion(text, years):
        return ()
    held = holdings.covering_year
    return tuple(year for year in years if not held.get(year, frozenset()) & among)


def names_occasion(text: str, years: Collection[int]) -> bool:
    """Whether a text names a meeting or a report of one of these years."""
    folded = fold(text)
    places = [place for place in year_places(text) if place.year in years]
    return any(_of_occasion(folded, one) and not _DURING.match(folded, one.end) for one in places)


def days_in(text: str, holdings: Holdings) -> Iterator[Named]:
    """Days on which a document's event took place."""
    for value in find_values(text):
        if value.kind != "date" or not isinstance(value.value, tuple):
            continue
        year, month, day = value.value
        if month is None or (year is None and day is None):
            continue
        rest = f"{month:02}" if day is None else f"{month:02}-{day:02}"
        written = f"{year}-{rest}" if year else f"--{rest}"
        ids = holdings.on(written)
        if ids:
            yield _named(
                ("date", written, value.text), (value.span.start, value.span.end), "boost", ids
            )


def year_label(year: int, language: Language) -> str:
    """A year as a person would say it: 2024年, 2024."""
    return f"{year}年" if language == "zh" else str(year)


def _named(
    what: tuple[UnderstoodKind, str, str],
    place: tuple[int, int],
    role: str,
    documents: frozenset[str],
) -> Named:
    kind, value, label = what
    understood = Understood(
        kind=kind,
        value=value,
        label=label,
        span=Span(start=place[0], end=place[1]),
        role="filter" if role == "filter" else "boost",
        documents=len(documents),
    )
    return Named(understood=understood, documents=documents)


def _documents(
    place: tuple[int, int], ids: frozenset[str] | None, holdings: Holdings
) -> Iterator[Named]:
    for document_id in sorted(ids or ()):
        label = holdings.label(document_id)
        yield _named(("document", document_id, label), place, "filter", frozenset({document_id}))


def _places(folded: str, forms: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for form in forms:
        if form not in folded:  # of thousands of names next to none is there
            continue
        pattern = rf"\b{re.escape(form)}\b" if form.isascii() else re.escape(form)
        match = re.search(pattern, folded)
        if match:
            yield match.span()


def _of_occasion(folded: str, place: YearPlace) -> bool:
    before, after = folded[: place.start], folded[place.end :]
    return bool(_OCCASION.match(after) or _OCCASION_OF.search(before))
