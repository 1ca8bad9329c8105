"""The command that puts documents side by side."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rag.commands.asking import by_id, print_answer
from rag.commands.options import one_line, opened, print_json, shared, writer

if TYPE_CHECKING:
    from rag.comparing import Comparison
    from rag.records import Document, Evidence

SHOWN = 20
"""Sentences of a kind that the terminal shows; JSON has them all."""

_HEADINGS = {
    "shared": ("相同的句子", "Said in both or more"),
    "changed": ("改动的句子", "Said differently"),
    "alone": ("仅见于", "Only in"),
    "apart": (
        "文件语言不同，未逐句比对；请用 --question 提问比较。",
        "Sentences across languages are not compared; ask with --question.",
    ),
    "more": ("另有{count}句", "{count} more"),
}


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="DOC DOC...")
@click.option("--question", help="What to compare them on; else all they say is compared.")
@writer
@shared
def compare(
    names: tuple[str, ...],
    question: str | None,
    mode: str | None,
    library: Path | None,
    as_json: bool,
) -> None:
    """Put documents side by side: ids, paths, file names, or years such as 2024."""
    from rag.presenting import answer_json, shown

    with opened(library=library, mode=mode) as engine:
        if question is None:
            found = engine.compare(names)
            if as_json:
                print_json(comparison_json(found))
            else:
                _print(found)
            return
        answer = engine.compare_on(names, question)
        documents = by_id(engine, shown(answer))
    if as_json:
        print_json(answer_json(answer, documents))
    else:
        print_answer(answer, documents)


def comparison_json(found: "Comparison") -> dict[str, Any]:
    """All that was found; start and end are offsets in the clean text."""
    documents = {document.id: document for document in found.documents}

    def place(one: "Evidence") -> dict[str, Any]:
        return {
            "document": documents[one.document_id].path,
            "document_id": one.document_id,
            "start": one.span.start,
            "end": one.span.end,
            "quote": one.text,
        }

    return {
        "documents": [_document(document) for document in found.documents],
        "languages": list(found.languages),
        "shared": [[place(one) for one in each.places] for each in found.shared],
        "changed": [
            {
                "before": {**place(each.before), "values": list(each.values_before)},
                "after": {**place(each.after), "values": list(each.values_after)},
            }
            for each in found.changed
        ],
        "alone": [
            {
                "document_id": each.document_id,
                "sentences": each.total,
                "points": [place(one) for one in each.points],
            }
            for each in found.alone
        ],
    }


def _document(document: "Document") -> dict[str, Any]:
    return {
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "date": document.date,
        "event_date": document.event_date,
        "years": list(document.years),
    }


def _print(found: "Comparison") -> None:
    from rag.presenting import headline

    chinese = "zh" in found.languages
    paths = {document.id: one_line(document.path) for document in found.documents}
    for number, document in enumerate(found.documents, start=1):
        click.echo(f"({number}) {headline(document)}  {paths[document.id]}")
    _heading("shared", chinese, len(found.shared))
    for each in found.shared[:SHOWN]:
        _quote("=", each.places[0].text)
        for one in each.places:
            click.echo(f"    {_where(one, paths)}")
    _more(len(found.shared), chinese)
    _heading("changed", chinese, len(found.changed))
    for pair in found.changed[:SHOWN]:
        _quote("-", pair.before.text, pair.values_before)
        click.echo(f"    {_where(pair.before, paths)}")
        _quote("+", pair.after.text, pair.values_after)
        click.echo(f"    {_where(pair.after, paths)}")
    _more(len(found.changed), chinese)
    for alone in found.alone:
        click.echo(f"\n{_HEADINGS['alone'][not chinese]} {paths[alone.document_id]}: {alone.total}")
        for one in alone.points:
            _quote("*", one.text)
            click.echo(f"    {_where(one, paths)}")
    if len(found.languages) > 1:
        click.echo(f"note: {_HEADINGS['apart'][not chinese]}")


def _heading(kind: str, chinese: bool, count: int) -> None:
    click.echo(f"\n{_HEADINGS[kind][not chinese]}: {count}")


def _more(count: int, chinese: bool) -> None:
    if count > SHOWN:
        click.echo(f"  {_HEADINGS['more'][not chinese].format(count=count - SHOWN)} (--json)")


def _quote(sign: str, text: str, values: tuple[str, ...] = ()) -> None:
    apart = f"  [{', '.join(values)}]" if values else ""
    click.echo(f"  {sign} {' '.join(text.split())}{apart}")


def _where(one: "Evidence", paths: dict[str, str]) -> str:
    return f"{paths[one.document_id]}:{one.span.start}-{one.span.end}"


COMMANDS = (compare,)
