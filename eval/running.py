"""Engine, progress and output files of the evaluation commands."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from rag import Engine, InputError, Settings, load_settings, open_engine


@contextmanager
def opened(library: Path | None = None, mode: str | None = None) -> Iterator[Engine]:
    """The engine of a library, closed at the end.

    Raises:
        SettingsError: the settings are wrong.
    """
    with open_engine(settings(library, mode)) as engine:
        yield engine


def settings(library: Path | None, mode: str | None) -> Settings:
    return load_settings(library=library, mode=mode)


@contextmanager
def progress(title: str, total: int) -> Iterator[Any]:
    """A function that counts one on; a bar on a terminal, nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda: bar.advance(task)


@contextmanager
def appending(path: Path, size: int) -> Iterator[IO[str]]:
    """A file open for writing after its first `size` bytes; every line is flushed.

    Raises:
        InputError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", newline="\n", buffering=1) as file:
            file.truncate(size)
            yield file
    except OSError as error:
        raise InputError(
            f"Cannot write {str(path)!r}: {error.strerror}.", "Give another --out."
        ) from None


def show(table: Any) -> None:
    """Print a rich table on standard error."""
    from rich.console import Console

    Console(stderr=True).print(table)
