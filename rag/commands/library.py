"""Commands that write the library: ingest, sync, rebuild."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from rag.commands.options import opened, print_json, shared
from rag.commands.stopping import INTERRUPTED, stopping
from rag.errors import LibraryLocked

if TYPE_CHECKING:
    from rag.ingest import IngestReport
    from rag.loaders import Source


def _source(text: str) -> "Source":
    """An address or a path."""
    from rag.loaders import as_source

    return as_source(text)


PATHS = click.argument("paths", nargs=-1, required=True, type=_source)


def _codec(context: click.Context, option: click.Parameter, name: str | None) -> str | None:
    if name is None or name == "auto":
        return name
    try:
        b"a".decode(name)
    except LookupError:
        raise click.BadParameter(f"{name!r} is no encoding; gb18030, big5 and utf-8 are.") from None
    except UnicodeDecodeError:
        """One letter may be half a character of it."""
    return name


VERBOSE = click.option("-v", "--verbose", is_flag=True, help="List unchanged files too.")


@click.command()
@PATHS
@click.option(
    "--encoding",
    metavar="CODEC",
    callback=_codec,
    help="Read these files in it, now and later; `auto` looks at their bytes again.",
)
@VERBOSE
@shared
def ingest(
    paths: tuple["Source", ...],
    encoding: str | None,
    verbose: bool,
    library: Path | None,
    as_json: bool,
) -> None:
    """Add new and changed files of PATHS (files, folders or https:// addresses) to the library.

    Ctrl-C stops after the current document and keeps what was finished; pressed again, at once.
    """
    from rag.commands.reporting import exit_code

    with opened(library=library) as engine, stopping("after this document") as asked:
        run = partial(engine.ingest, paths, encoding=encoding, stop=asked.is_set)
        report = _report(run, as_json=as_json, verbose=verbose)
    raise click.exceptions.Exit(exit_code(report))


@click.command()
@click.argument(
    "directories", nargs=-1, required=True, metavar="DIR...", type=click.Path(path_type=Path)
)
@click.option("--dry-run", is_flag=True, help="Say what would be done and do nothing.")
@click.option("--watch", is_flag=True, help="Go on and mirror every change, until Ctrl-C.")
@VERBOSE
@shared
def sync(
    directories: tuple[Path, ...],
    dry_run: bool,
    watch: bool,
    verbose: bool,
    library: Path | None,
    as_json: bool,
) -> None:
    """Mirror folders: add new and changed files, follow renamed ones, forget those that are gone.

    What lies elsewhere is left alone; so is what a folder holds that cannot be read. Ctrl-C stops
    after the current document; with --watch it ends with 0 where no document was left.
    """
    from rag.commands.reporting import exit_code

    if watch and dry_run:
        raise click.UsageError("--watch and --dry-run exclude each other.")
    with opened(library=library) as engine, stopping("after this document") as asked:
        run = partial(engine.ingest, directories, mirror=True, dry_run=dry_run, stop=asked.is_set)
        shown = partial(_report, as_json=as_json, verbose=verbose, dry_run=dry_run)
        if watch:
            code = _watch(directories, engine.settings.library, partial(shown, run), asked)
        else:
            code = exit_code(shown(run))
    raise click.exceptions.Exit(code)


def _report(
    run: Callable[..., "IngestReport"], *, as_json: bool, verbose: bool, dry_run: bool = False
) -> "IngestReport":
    from rag.commands.reporting import ingest_bar, print_report

    started = time.perf_counter()
    with ingest_bar() as progress:
        report = run(progress=progress)
    seconds = time.perf_counter() - started
    print_report(report, seconds, as_json=as_json, verbose=verbose, dry_run=dry_run)
    return report


def _watch(
    folders: Sequence[Path], library: Path, run: Callable[[], "IngestReport"], asked: Event
) -> int:
    """Rounds until asked to stop; a round waits while another process writes."""
    from rag.watching import rounds

    for _ in rounds(folders, ignored=library, stop=asked):
        report, told = None, False
        while report is None and not asked.is_set():
            try:
                report = run()
            except LibraryLocked as error:
                if not told:
                    click.echo(f"Waiting: {error.message}", err=True)
                told = True
        if report and report.interrupted:
            return INTERRUPTED
    return 0


@click.command()
@shared
def rebuild(library: Path | None, as_json: bool) -> None:
    """Make vectors and the lexical index anew from library.db."""
    with opened(library=library) as engine:
        count = engine.rebuild()
    print_json({"chunks": count}) if as_json else click.echo(f"{count} passages indexed anew")


COMMANDS = (ingest, sync, rebuild)
