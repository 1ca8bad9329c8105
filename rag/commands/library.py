"""Commands that write the library: ingest, sync, rebuild."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.commands.options import one_line, opened, print_json, progress_bar, shared

if TYPE_CHECKING:
    from rag.loaders import Source


def _source(text: str) -> "Source":
    """An address or a path."""
    from rag.loaders import as_source

    return as_source(text)


PATHS = click.argument("paths", nargs=-1, required=True, type=_source)


@click.command()
@PATHS
@shared
def ingest(paths: tuple["Source", ...], library: Path | None, as_json: bool) -> None:
    """Add new and changed files of PATHS (files, folders or https:// addresses) to the library."""
    _ingest(paths, library, as_json, mirror=False)


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@shared
def sync(directory: Path, library: Path | None, as_json: bool) -> None:
    """Mirror DIRECTORY: add new and changed files, forget those that are gone."""
    _ingest((directory,), library, as_json, mirror=True)


def _ingest(
    paths: tuple["Source", ...], library: Path | None, as_json: bool, *, mirror: bool
) -> None:
    import time

    started = time.perf_counter()
    with opened(library=library) as engine, progress_bar("Ingesting") as progress:
        report = engine.ingest(paths, mirror=mirror, progress=progress)
    if as_json:
        result = asdict(report)
        for key, name in (("failed", "error"), ("warnings", "warning")):
            result[key] = [{"path": path, name: why} for path, why in result[key]]
        print_json({**result, "seconds": round(time.perf_counter() - started, 3)})
    else:
        for kind in ("added", "changed", "removed"):
            for path in getattr(report, kind):
                click.echo(f"{kind:9} {one_line(path)}")
        click.echo(
            f"{len(report.added)} added, {len(report.changed)} changed, "
            f"{len(report.unchanged)} unchanged, {len(report.removed)} removed, "
            f"{len(report.failed)} failed; {report.chunks} new passages"
        )
        for path, why in report.warnings:
            click.echo(f"warning: {one_line(path)}: {one_line(why)}", err=True)
    for path, why in report.failed:
        click.echo(f"failed: {one_line(path)}: {one_line(why)}", err=True)
    if report.failed:
        raise click.exceptions.Exit(1)


@click.command()
@shared
def rebuild(library: Path | None, as_json: bool) -> None:
    """Make vectors and the lexical index anew from library.db."""
    with opened(library=library) as engine:
        count = engine.rebuild()
    print_json({"chunks": count}) if as_json else click.echo(f"{count} passages indexed anew")


COMMANDS = (ingest, sync, rebuild)
