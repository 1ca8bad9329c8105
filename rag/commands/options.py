"""What every command shares: its options, how it opens the engine, how it prints."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from rag.engine import Engine

Function = TypeVar("Function", bound=Callable[..., Any])

MODES = ("auto", "openai", "llama", "extractive")

_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
"""Escaped in JSON: some readers of JSON lines take them for the end of a line."""


def shared(function: Function) -> Function:
    """Add `--library` and `--json`."""
    function = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")(
        function
    )
    return click.option(
        "--library",
        type=click.Path(path_type=Path, file_okay=False),
        help="Library directory; else YINJU_LIBRARY, else your data directory.",
    )(function)


def writer(function: Function) -> Function:
    """Add `--mode`."""
    return click.option(
        "--mode",
        type=click.Choice(MODES),
        help="Who writes: an endpoint, the embedded LLM, quotes alone, or the first there is.",
    )(function)


@contextmanager
def opened(**overrides: Any) -> "Iterator[Engine]":
    """The engine for these options, closed afterwards."""
    from rag.engine import open_engine
    from rag.settings import load_settings

    with open_engine(load_settings(**overrides)) as engine:
        yield engine


def print_json(value: Any) -> None:
    """One JSON value on one line, as UTF-8."""
    click.echo(json.dumps(value, ensure_ascii=False).translate(_LINE_ENDS))


def one_line(text: str) -> str:
    """Text with its line ends and control characters escaped, as names of files may hold them."""
    return _UNPRINTED.sub(lambda match: ascii(match.group())[1:-1], text)


def terminal() -> bool:
    """Whether progress and colour are of use: both streams are a terminal."""
    return sys.stdout.isatty() and sys.stderr.isatty()


@contextmanager
def progress_bar(label: str) -> "Iterator[Callable[[int, int, str], None]]":
    """A bar on a terminal, nothing elsewhere; called with done, total and what is worked on."""
    if not sys.stderr.isatty():
        yield lambda done, total, text: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)

        def update(done: int, total: int, text: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{label} {text[-48:]}")

        yield update
