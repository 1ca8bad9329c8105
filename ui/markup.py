"""Pieces of HTML, everything from documents escaped. Pure, so that escaping can be tested."""

from collections.abc import Iterable
from html import escape

from rag import Row, Span
from ui.conversations import Source


def document_markup(text: str, span: Span | None) -> str:
    """The whole text, with the span marked; the mark's text is exactly the span's.

    Line breaks are written as entities: `st.html` tidies the white space of what it is given.
    """
    if span is None:
        return f'<div class="yj-document">{_exact(text)}</div>'
    before, quote, after = text[: span.start], span.slice(text), text[span.end :]
    return (
        f'<div class="yj-document">{_exact(before)}'
        f'<mark id="yj-quote">{_exact(quote)}</mark>{_exact(after)}</div>'
    )


def card_markup(
    number: str, source: Source | None, facts: list[str], quote: str, opened: bool
) -> str:
    """A quote with its number and where it stands."""
    title = source.title if source else ""
    named = [source.date, source.publisher] if source else []
    meta = " · ".join(escape(fact) for fact in (*named, *facts) if fact)
    badge = f'<span class="n">{escape(number)}</span>' if number else ""
    return (
        f'<article class="yj-card{" open" if opened else ""}"><header>{badge}'
        f'<div><span class="title">{escape(title)}</span><div class="meta">{meta}</div></div>'
        f"</header><blockquote>{_exact(quote)}</blockquote></article>"
    )


def badge_markup(verdict: str, label: str, reason: str) -> str:
    return (
        f'<span class="yj-badge {escape(verdict)}" title="{escape(reason)}">{escape(label)}</span>'
    )


def claim_markup(text: str, badge: str, reason: str) -> str:
    """One judged claim and why."""
    why = f'<div class="yj-meta">{escape(reason)}</div>' if reason else ""
    return f'<div class="yj-row">{badge} {escape(text)}{why}</div>'


def point_markup(zh: str, en: str, badge: str, quotes: list[str]) -> str:
    """One point of a summary in both languages, above the sentences that it rests on."""
    resting = "".join(f"<blockquote>{_exact(quote)}</blockquote>" for quote in quotes)
    return (
        f'<div class="yj-points"><p lang="zh">{escape(zh)}</p>'
        f'<p class="en" lang="en">{escape(en)}</p>{badge}{resting}</div>'
    )


def sides_markup(rows: Iterable[tuple[Row, str]]) -> str:
    """Raw and clean lines beside each other, each row with the words for what changed it."""
    lines = "".join(
        f"<tr{' class=changed' if row.changes else ''}><th>{row.number}</th>"
        f"<td>{_exact(row.raw)}</td><td>{_exact(row.clean)}</td><td>{escape(why)}</td></tr>"
        for row, why in rows
    )
    return f'<table class="yj-sides"><tbody>{lines}</tbody></table>'


def _exact(text: str) -> str:
    return escape(text).replace("\n", "&#10;")
