"""Commands on the documents of a library: list them, correct what is known of them."""

from pathlib import Path
from typing import Any

import click

from rag.commands.options import one_line, opened, print_json, shared


@click.group(invoke_without_command=True)
@shared
@click.pass_context
def documents(context: click.Context, library: Path | None, as_json: bool) -> None:
    """List the documents of the library."""
    if context.invoked_subcommand:
        return
    from rag.presenting import document_json

    with opened(library=library) as engine:
        counts = engine.store.count_chunks()
        rows = [
            document_json(item, counts.get(item.id, 0), engine.copies(item))
            for item in engine.documents()
        ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        _print_row(row)
    click.echo(f"{len(rows)} documents")


def _print_row(row: dict[str, Any]) -> None:
    event = f"event {row['event_date']}" if row["event_date"] else ""
    facts = [row["date"] or "-", event, row["publisher"] or "", row["kind"] or ""]
    encoding = f"{row['encoding']} ({row['encoding_confidence']:.0%} sure)"
    replaced = f"undecodable places: {row['replaced']}" if row["replaced"] else ""
    facts += [row["language"], encoding, replaced, f"{row['chunks']} passages"]
    click.echo(f"{row['id']}  {row['title']}")
    click.echo(f"    {one_line(row['path'])}  {'  '.join(fact for fact in facts if fact)}")
    for copy in row["near_duplicates"]:
        click.echo(f"    {copy['resemblance']:.0%} the same as {one_line(copy['path'])}")
    for warning in row["warnings"]:
        click.echo(f"    warning: {warning}")


@documents.command("set")
@click.argument("document")
@click.argument("fields", nargs=-1, required=True, metavar="FIELD=VALUE...")
@shared
@click.pass_context
def set_(
    context: click.Context,
    document: str,
    fields: tuple[str, ...],
    library: Path | None,
    as_json: bool,
) -> None:
    """Correct what is known of a document: `date=2026-01-15`; `author=` says it is unknown.

    Fields are title, publisher, author, date, event_date, years, kind and language.
    """
    from rag.presenting import document_json

    above = context.parent.params if context.parent else {}
    changes = dict(map(_change, fields))
    with opened(library=library or above.get("library")) as engine:
        edited = engine.set_fields(document, changes)
        chunks = engine.store.count_chunks().get(edited.id, 0)
    row = document_json(edited, chunks)
    if as_json or above.get("as_json"):
        print_json(row)
        return
    _print_row(row)
    for name in changes:
        click.echo(f"    {name}: {_written(row[name])}")


def _change(written: str) -> tuple[str, str]:
    name, equals, value = written.partition("=")
    if not equals:
        raise click.UsageError(f"{written!r} is no FIELD=VALUE, such as date=2026-01-15.")
    return name.strip(), value


def _written(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "unknown")


COMMANDS = (documents,)
