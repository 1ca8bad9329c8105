"""Commands on the documents of a library."""

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


COMMANDS = (documents,)
