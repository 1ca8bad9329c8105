"""What an ingest or a sync is doing, and what it came to, on a terminal and as JSON."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from rag.commands.options import one_line, print_json
from rag.commands.stopping import INTERRUPTED

if TYPE_CHECKING:
    from rag.ingest import IngestReport
    from rag.metering import Progress, Step


def report_json(report: "IngestReport", seconds: float) -> dict[str, Any]:
    """The report as the contract has it."""
    return {
        **{kind: getattr(report, kind) for kind in ("added", "changed", "unchanged", "removed")},
        "renamed": [{"from": old, "to": new} for old, new in report.renamed],
        "failed": [{"path": path, "error": why} for path, why in report.failed],
        "warnings": [{"path": path, "warning": why} for path, why in report.warnings],
        "near_duplicates": [
            {"path": path, "of": of, "resemblance": round(resemblance, 3)}
            for path, of, resemblance in report.copies
        ],
        "interrupted": report.interrupted,
        "not_reached": report.not_reached,
        "chunks": report.chunks,
        "embedded": report.embedded,
        "seconds": round(seconds, 3),
    }


def print_report(
    report: "IngestReport", seconds: float, *, as_json: bool, verbose: bool, dry_run: bool = False
) -> None:
    """A line for every file, what is wrong on stderr; one line of JSON where that is asked for."""
    if as_json:
        print_json(report_json(report, seconds))
    else:
        for line in _lines(report, verbose):
            click.echo(line)
        click.echo(("dry run, nothing written: " if dry_run else "") + _summary(report))
        for path, why in report.warnings:
            click.echo(f"warning: {one_line(path)}: {one_line(why)}", err=True)
    for path, why in report.failed:
        click.echo(f"failed: {one_line(path)}: {one_line(why)}", err=True)
    if report.interrupted:
        click.echo(
            f"Interrupted; {len(report.not_reached)} files not reached; what was finished is kept.",
            err=True,
        )


def _lines(report: "IngestReport", verbose: bool) -> Iterator[str]:
    for kind in ("added", "changed", "removed", *(("unchanged",) if verbose else ())):
        for path in getattr(report, kind):
            yield f"{kind:9} {one_line(path)}"
    for old, new in report.renamed:
        yield f"renamed   {one_line(old)} → {one_line(new)}"
    for path, of, resemblance in report.copies:
        yield f"copy      {one_line(path)} is {resemblance:.0%} the same as {one_line(of)}"
    if verbose:
        for path in report.not_reached:
            yield f"left      {one_line(path)}"


def _summary(report: "IngestReport") -> str:
    kinds = ("added", "changed", "renamed", "unchanged", "removed", "failed")
    counts = ", ".join(f"{len(getattr(report, kind))} {kind}" for kind in kinds)
    return f"{counts}; {report.chunks} passages, {report.embedded} of them embedded"


def exit_code(report: "IngestReport") -> int:
    """0 where every file was taken care of, 1 where one failed, 130 where some were left."""
    if report.interrupted:
        return INTERRUPTED
    return 1 if report.failed else 0


@contextmanager
def ingest_bar() -> "Iterator[Progress | None]":
    """Files, bytes, passages and the time left by bytes, on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Ingesting {task.fields[counts]}"),
        BarColumn(bar_width=None),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, counts="")

        def update(step: "Step") -> None:
            # Pages have no size until they are fetched: then files are the measure.
            by_bytes = step.bytes_total > 0
            bar.update(
                task,
                completed=step.bytes_done if by_bytes else step.done,
                total=step.bytes_total if by_bytes else step.total,
                counts=counts_of(step),
            )

        yield update


def counts_of(step: "Step") -> str:
    """As in `file 12/2000 · 3.1/40.0 MB · 812 passages`."""
    number = min(step.done + 1, step.total)
    megabytes = f"{step.bytes_done / 1e6:.1f}/{step.bytes_total / 1e6:.1f} MB"
    return f"file {number}/{step.total} · {megabytes} · {step.chunks} passages"
