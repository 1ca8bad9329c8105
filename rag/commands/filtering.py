"""Options that narrow a question to some documents of the library."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rag.engine import Engine

Within = Callable[["Engine"], frozenset[str] | None]
"""Gives the ids of the documents that the options leave; None for all."""

_OPTIONS = (
    click.option(
        "--document", "documents", multiple=True, metavar="DOC", help="Only this document."
    ),
    click.option(
        "--year",
        "years",
        multiple=True,
        type=click.IntRange(1000, 2999),
        help="Only documents about this year.",
    ),
    click.option("--since", metavar="DATE", help="Only what happened, or came out, since then."),
    click.option("--until", metavar="DATE", help="Only up to then: 2026-01-15, 2026-01 or 2026."),
    click.option(
        "--publisher", "publishers", multiple=True, help="Only from publishers with this name."
    ),
    click.option("--language", type=click.Choice(["zh", "en"]), help="Only in this language."),
    click.option(
        "--kind",
        "kinds",
        multiple=True,
        help="Only meeting, speech, law, notice, plan, report, statistics, interview, news"
        " or article.",
    ),
)


def filtered(function: Callable[..., None]) -> Callable[..., None]:
    """Add the filters, handed over as `within`; all must hold, of one repeated any."""

    @wraps(function)
    def command(**arguments: Any) -> None:
        names = ("documents", "years", "since", "until", "publishers", "language", "kinds")
        values = {name: arguments.pop(name) for name in names}

        def within(engine: "Engine") -> frozenset[str] | None:
            from rag.filters import Filters

            return engine.select(Filters(**values))

        function(**arguments, within=within)

    wrapped: Callable[..., None] = command
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped
