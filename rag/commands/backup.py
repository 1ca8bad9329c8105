"""Commands that carry a library away and back: backup, restore."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from rag.commands.options import opened, print_json, progress_bar, shared

FORCE = click.option("--force", is_flag=True, help="Replace what is there.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@FORCE
@shared
def backup(file: Path, force: bool, library: Path | None, as_json: bool) -> None:
    """Copy the library into FILE, checked, while it is in use."""
    with opened(library=library) as engine, progress_bar("Backing up") as bar:
        size = engine.back_up(file, overwrite=force, progress=partial(_tell, bar))
    if as_json:
        print_json({"file": str(file), "bytes": size})
    else:
        click.echo(f"{file}: {size / 1e6:.1f} MB, checked")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@FORCE
@shared
def restore(file: Path, force: bool, library: Path | None, as_json: bool) -> None:
    """Put the backup FILE in the place of the library; nothing is embedded again."""
    with opened(library=library) as engine, progress_bar("Restoring") as bar:
        documents, chunks = engine.restore(file, overwrite=force, progress=partial(_tell, bar))
        place = str(engine.settings.library)
    if as_json:
        print_json({"library": place, "documents": documents, "chunks": chunks})
    else:
        click.echo(f"{place}: {documents} documents, {chunks} passages")


def _tell(bar: Callable[[int, int, str], None], done: int, total: int) -> None:
    bar(done, total, "")


COMMANDS = (backup, restore)
"""The commands of `yinju`, by theme; each is thin over `Engine`."""
