"""Commands on one document: its clean text, and what cleaning did to it, which can be undone."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.commands.options import opened, print_json, shared

if TYPE_CHECKING:
    from rag.records import Document, Overrides


@click.command()
@click.argument("document")
@shared
def show(document: str, library: Path | None, as_json: bool) -> None:
    """Print a document's clean text, to which all offsets refer."""
    from rag.presenting import show_json

    with opened(library=library) as engine:
        found = engine.document(document)
    if as_json:
        print_json(show_json(found))
    else:
        click.echo(found.text)


@click.command()
@click.argument("document")
@click.option("--diff", "as_diff", is_flag=True, help="Show a unified diff of raw and clean text.")
@click.option("--changes", is_flag=True, help="List every change with its number and place.")
@click.option("--whole", is_flag=True, help="Show lines that did not change as well.")
@click.option("--off", multiple=True, metavar="RULE", help="Switch a rule off for this document.")
@click.option("--on", multiple=True, metavar="RULE", help="Switch a rule on again.")
@click.option(
    "--keep", multiple=True, type=int, metavar="N", help="Put the removed line number N back."
)
@click.option("--reset", is_flag=True, help="Forget which rules are off and which lines are kept.")
@shared
def inspect(
    document: str,
    as_diff: bool,
    changes: bool,
    whole: bool,
    off: tuple[str, ...],
    on: tuple[str, ...],
    keep: tuple[int, ...],
    reset: bool,
    library: Path | None,
    as_json: bool,
) -> None:
    """Show what cleaning removed from DOCUMENT or repaired in it, and why; undo it.

    Raw and clean text stand side by side. The file is never changed.
    """
    from rag.presenting import show_json

    with opened(library=library) as engine:
        found = engine.document(document)
        if off or on or keep or reset:
            found = engine.decide(found, off=off, on=on, keep=keep, reset=reset)
        decided = engine.overrides(found)
    if as_json:
        print_json(show_json(found)["removals"])
        return
    if as_diff or changes:
        for line in _diff(found) if as_diff else _changes(found):
            click.echo(line)
    else:
        _print_sides(found, whole)
    if not as_diff:
        click.echo(_summary(found, decided))


def _summary(document: "Document", decided: "Overrides") -> str:
    facts = [
        f"{len(document.removals)} changes",
        f"encoding {document.encoding} ({document.encoding_confidence:.0%} sure)",
    ]
    if document.replaced:
        facts.append(f"undecodable places: {document.replaced}")
    if document.damaged:
        facts.append(f"damaged places: {len(document.damaged)}")
    if decided.rules_off:
        facts.append(f"rules off: {', '.join(decided.rules_off)}")
    if decided.kept:
        facts.append(f"lines put back: {len(decided.kept)}")
    return "; ".join(facts)


def _changes(document: "Document") -> list[str]:
    """Every change: its number, raw place, reason, and what became of what."""
    lines = []
    for number, removal in enumerate(document.removals, start=1):
        before, after = " ".join(removal.text.split()), " ".join(removal.replacement.split())
        change = f"{before!r} → {after!r}" if removal.replacement else repr(before)
        place = f"{removal.start}-{removal.end}"
        lines.append(f"{number:>5}  {place:>15}  {removal.reason:14} {change}")
    return lines


def _diff(document: "Document") -> list[str]:
    import difflib

    from rag.cleaning import raw_text

    raw = raw_text(document.text, document.removals, document.source_map)
    lines = difflib.unified_diff(
        raw.splitlines(), document.text.splitlines(), "raw", "clean", lineterm=""
    )
    return list(lines)


def _print_sides(document: "Document", whole: bool) -> None:
    """A table of raw and clean lines; without `whole`, of those that changed."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from rag.sides import side_by_side

    table = Table(box=SIMPLE_HEAD, show_lines=False, pad_edge=False)
    table.add_column("line", justify="right", style="dim")
    table.add_column("raw", ratio=1, overflow="fold")
    table.add_column("clean", ratio=1, overflow="fold")
    table.add_column("changes", overflow="fold", max_width=24)
    for row in side_by_side(document):
        if whole or row.changes:
            changes = Text(_named(row.changes))
            table.add_row(str(row.number), Text(row.raw), Text(row.clean), changes)
    console = Console()
    Console(width=max(console.width, 60) if console.is_terminal else 120).print(table)


def _named(changes: Sequence[tuple[int, str]]) -> str:
    """Numbers and reasons; a reason that fills a line is counted: `pinyin ×585 (3-587)`."""
    numbers: dict[str, list[int]] = {}
    for number, reason in changes:
        numbers.setdefault(reason, []).append(number)
    return ", ".join(
        f"{found[0]} {reason}"
        if len(found) == 1
        else f"{reason} ×{len(found)} ({found[0]}-{found[-1]})"
        for reason, found in numbers.items()
    )


COMMANDS = (show, inspect)
