"""The command that writes bilingual summaries in batch."""

from dataclasses import asdict
from pathlib import Path

import click

from rag.commands.options import opened, print_json, progress_bar, shared, writer


@click.command()
@click.argument("documents", nargs=-1)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("summaries"),
    show_default=True,
    help="Directory for <name>.json and <name>.md of each document.",
)
@click.option("--points", type=click.IntRange(1, 30), default=6, show_default=True)
@click.option(
    "--jobs", type=click.IntRange(1, 16), default=2, show_default=True, help="Documents at once."
)
@writer
@shared
def summarize(
    documents: tuple[str, ...],
    out: Path,
    points: int,
    jobs: int,
    mode: str | None,
    library: Path | None,
    as_json: bool,
) -> None:
    """Summarise DOCUMENTS (ids, paths or names; all where none is named) in zh and en."""
    from rag.errors import InputError

    with opened(library=library, mode=mode) as engine, progress_bar("Summarising") as bar:
        chosen = [engine.document(name) for name in documents] or engine.documents()
        if not chosen:
            raise InputError("The library is empty.", "Add files with `yinju ingest` first.")
        done: dict[str, tuple[int, int]] = {}

        def progress(path: str, written: int, total: int) -> None:
            done[path] = (written, total)
            bar(sum(n for n, _ in done.values()), points * len(chosen), path)

        report = engine.summarize_all(chosen, out, points=points, jobs=jobs, progress=progress)
    if as_json:
        result = asdict(report)
        result["failed"] = [{"path": path, "error": why} for path, why in result["failed"]]
        print_json(result)
    else:
        for path in report.written:
            click.echo(f"written   {path}")
        for path in report.unchanged:
            click.echo(f"unchanged {path}")
    for path, why in report.failed:
        click.echo(f"failed: {path}: {why}", err=True)
    if report.failed:
        raise click.exceptions.Exit(1)


COMMANDS = (summarize,)
