"""Options for what is taken out of a question, and how the terminal shows it."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypedDict

import click


class Inference(TypedDict):
    """What `Engine.search` and `Engine.ask` are told of it."""

    plain: bool
    without: tuple[str, ...]


_ROLES = {"filter": "only", "boost": "first", "side": "side"}


def inferring(function: Callable[..., None]) -> Callable[..., None]:
    """Add `--plain` and `--without`, handed over as `inference`."""

    @click.option(
        "--plain", is_flag=True, help="Take no years, names or sides out of the question."
    )
    @click.option(
        "--without",
        multiple=True,
        metavar="KEY",
        help="Leave one of them out: year:2024, or another key that was shown.",
    )
    @wraps(function)
    def command(plain: bool, without: tuple[str, ...], **arguments: Any) -> None:
        function(**arguments, inference=Inference(plain=plain, without=without))

    return command


def print_understood(understood: Sequence[dict[str, Any]]) -> None:
    """One line on stderr: what is searched only or first, with the keys that leave it out."""
    if not understood:
        return
    shown = [
        f"{_ROLES[one['role']]} {one['label']} ({one['documents']})"
        + (" - lifted" if one["lifted"] else "")
        for one in understood
    ]
    keys = " ".join(f"--without {one['key']!r}" for one in understood if " " not in one["key"])
    click.echo(f"understood: {'; '.join(shown)}  [{keys or '--plain'}]", err=True)
