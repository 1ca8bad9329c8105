"""What a document says about itself: read off its page and text, and never made up.

Each field comes with where it was taken from, in the words of `ORIGINS`; a field that nothing
tells is None.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rag.metadata.credits import (
    Credit,
    author_of,
    dateline_date,
    publisher_of,
    signature_date,
)
from rag.metadata.dates import date_in_address, is_bare_date, parse_date
from rag.metadata.events import event_of, is_meeting_date, promulgation
from rag.metadata.kinds import kind_of
from rag.metadata.page import Page, telling
from rag.metadata.titles import title_of
from rag.metadata.vocabulary import KINDS, ORIGINS
from rag.periods import years_about

__all__ = ["KINDS", "ORIGINS", "Description", "describe", "parse_date", "telling"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a document says about itself."""

    title: str
    date: str | None = None
    """ISO, always a whole day."""
    publisher: str | None = None
    author: str | None = None
    event_date: str | None = None
    """ISO, or as much of it as is known."""
    kind: str | None = None
    """One of `KINDS`."""
    years: tuple[int, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where each field that is known was taken from; words of `ORIGINS`."""


def describe(
    text: str,
    noted: Mapping[str, str],
    *,
    stem: str,
    carried: Mapping[str, str] | None = None,
    removed: Sequence[str] = (),
) -> Description:
    """What a document says about itself.

    Args:
        text: the clean text.
        noted: what cleaning read off the lines it removed (`Cleaned.found`).
        stem: the file's name, the title of last resort.
        carried: what the file says of itself outside its text (`Extracted.found`).
        removed: the lines that cleaning removed and that may tell metadata (`telling`).
    """
    page = Page(text=text, noted=noted, carried=carried or {}, removed=removed)
    title = title_of(page, stem)
    kind = kind_of(page, title.text, is_sentence=title.origin == "first sentence")
    kind_name = kind.name if kind else None
    published = next(_dates(page, kind_name), None)
    publisher = publisher_of(page, title.site)
    author = author_of(page, kind_name)
    event = event_of(page, kind_name, title.text, published.value if published else None)
    stated = years_about(title.text, "\n".join(page.lines))
    origins = {
        "title": title.origin,
        "date": published and published.origin,
        "publisher": publisher and publisher.origin,
        "author": author and author.origin,
        "event_date": event and event.origin,
        "kind": kind and kind.origin,
        "years": "text" if stated else event and event.origin,
        "language": "text",
    }
    return Description(
        title=title.text,
        date=published.value if published else None,
        publisher=publisher.value if publisher else None,
        author=author.value if author else None,
        event_date=event.iso if event else None,
        kind=kind_name,
        years=_years(stated, event.iso if event else None),
        origins={name: origin for name, origin in origins.items() if origin},
    )


def _years(stated: tuple[int, ...], event_date: str | None) -> tuple[int, ...]:
    """The years that the opening names, the main one first, and that of the event."""
    own = (int(event_date[:4]),) if event_date else ()
    return tuple(dict.fromkeys((*stated, *own)))


def _dates(page: Page, kind: str | None) -> Iterator[Credit]:
    """When it was published, the most reliable first."""
    keys = ["published", "updated"] if is_meeting_date(page) else ["published", "date", "updated"]
    stated = [Credit(value, "date line") for value in page.labelled(*keys)]
    if kind == "law" and (iso := promulgation(page)):
        stated.append(Credit(iso, "promulgation"))
    elif kind != "speech":
        stated += [Credit(line, "date line") for line in page.under_title if is_bare_date(line)]
    for value, origin in stated:
        if iso := parse_date(value):
            yield Credit(iso, origin)
    yield from _other_dates(page, kind)


def _other_dates(page: Page, kind: str | None) -> Iterator[Credit]:
    noted = "" if kind == "speech" or is_meeting_date(page) else page.noted.get("date", "")
    found = (
        (parse_date(noted) if noted not in page.tail else None, "date line"),
        (parse_date(page.carried.get("date", "")), "page metadata"),
        (signature_date(page), "signature"),
        (dateline_date(page), "dateline"),
        *(
            (date_in_address(source.get(key, "")), "address")
            for key in ("url", "source")
            for source in (page.noted, page.carried)
        ),
    )
    yield from (Credit(iso, origin) for iso, origin in found if iso)
