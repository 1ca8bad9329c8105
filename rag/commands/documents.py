"""Commands on documents: list them, show them, see what cleaning did to them."""

from pathlib import Path

import click

from rag.commands.options import opened, print_json, shared


@click.command()
@shared
def documents(library: Path | None, as_json: bool) -> None:
    """List the documents of the library."""
    from rag.presenting import document_json

    with opened(library=library) as engine:
        counts = engine.store.count_chunks()
        rows = [document_json(item, counts.get(item.id, 0)) for item in engine.documents()]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        facts = [row["date"] or "-", row["language"], row["encoding"], f"{row['chunks']} passages"]
        click.echo(f"{row['id']}  {row['title']}\n    {row['path']}  {'  '.join(facts)}")
        for warning in row["warnings"]:
            click.echo(f"    warning: {warning}")
    click.echo(f"{len(rows)} documents")


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
@shared
def inspect(document: str, library: Path | None, as_json: bool) -> None:
    """Show what cleaning removed from a document or repaired in it, and why."""
    from rag.presenting import show_json

    with opened(library=library) as engine:
        found = engine.document(document)
    if as_json:
        print_json(show_json(found)["removals"])
        return
    for removal in found.removals:
        before, after = " ".join(removal.text.split()), " ".join(removal.replacement.split())
        change = f"{before!r} → {after!r}" if removal.replacement else repr(before)
        click.echo(f"{removal.start:>7}-{removal.end:<7} {removal.reason:14} {change}")
    click.echo(f"{len(found.removals)} changes; encoding {found.encoding}")


COMMANDS = (documents, show, inspect)
