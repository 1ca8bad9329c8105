"""Commands that ask: search and ask, one question or a file of them."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rag.commands.filtering import Within, filtered
from rag.commands.history import exchanges
from rag.commands.options import one_line, opened, print_json, shared, terminal, writer
from rag.commands.understanding import Inference, inferring, print_understood

if TYPE_CHECKING:
    from rag.engine import Engine
    from rag.records import Answer, Document

FROM = click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="A JSONL file of {id, question, contexts?, history?}; prints one JSON line a question.",
)


@click.command()
@click.argument("question", required=False)
@FROM
@click.option("-k", type=click.IntRange(1, 100), help="Passages to return.")
@filtered
@inferring
@shared
def search(
    question: str | None,
    source: Path | None,
    k: int | None,
    within: Within,
    inference: Inference,
    library: Path | None,
    as_json: bool,
) -> None:
    """Find the passages nearest to QUESTION."""
    _one_of(question, source)
    with opened(library=library) as engine:
        if source:
            chosen = within(engine)
            _batch(source, lambda row: _search_json(engine, row["question"], k, chosen, inference))
            return
        assert question is not None
        result = _search_json(engine, question, k, within(engine), inference)
    if as_json:
        print_json(result)
        return
    print_understood(result["understood"])
    for number, hit in enumerate(result["hits"], start=1):
        place = f"{one_line(hit['document'])}:{hit['start']}-{hit['end']}"
        click.echo(f"{number}. {place}  {hit['score']:.3f}")
        click.echo(f"   {' '.join(hit['text'].split())[:200]}")


def _search_json(
    engine: "Engine",
    question: str,
    k: int | None,
    within: frozenset[str] | None,
    inference: Inference,
) -> dict[str, Any]:
    from rag.errors import InputError
    from rag.presenting import found, hits_json, understood_json

    if not question.strip():
        raise InputError("The question is empty.", "Write what you want to know.")
    started = time.perf_counter()
    hits = engine.search(question, k=k, within=within, **inference)
    understood = engine.understand(question, **inference).understood
    return {
        "question": question,
        "understood": understood_json(understood),
        "hits": hits_json(hits, by_id(engine, found(hits))),
        "seconds": round(time.perf_counter() - started, 4),
    }


@click.command()
@click.argument("question", required=False)
@FROM
@filtered
@inferring
@writer
@shared
def ask(
    question: str | None,
    source: Path | None,
    mode: str | None,
    within: Within,
    inference: Inference,
    library: Path | None,
    as_json: bool,
) -> None:
    """Answer QUESTION from the library, with citations that are checked."""
    from rag.presenting import answer_json, shown

    _one_of(question, source)
    with opened(library=library, mode=mode) as engine:
        chosen = within(engine)
        if source:
            _batch(source, lambda row: _ask_json(engine, row, chosen, inference))
            return
        assert question is not None
        live = terminal() and not as_json
        answer = _streamed(engine, question, chosen, inference, live=live)
        documents = by_id(engine, shown(answer))
    if as_json:
        print_json(answer_json(answer, documents))
    else:
        print_answer(answer, documents)


def _ask_json(
    engine: "Engine", row: dict[str, Any], within: frozenset[str] | None, inference: Inference
) -> dict[str, Any]:
    from rag.presenting import answer_json, shown

    history = exchanges(engine, row.get("history"))
    answer = engine.ask(
        row["question"],
        within=within,
        contexts=row.get("contexts"),
        history=history,
        **inference,
    )
    return answer_json(answer, by_id(engine, shown(answer)))


def _streamed(
    engine: "Engine",
    question: str,
    within: frozenset[str] | None,
    inference: Inference,
    *,
    live: bool,
) -> "Answer":
    """Show the writer's text as it comes; what is then printed is the checked answer."""
    from rag.records import Answer

    if not live:
        return engine.ask(question, within=within, **inference)
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    said = ""
    with Live(console=Console(), transient=True, refresh_per_second=8) as view:
        for piece in engine.stream(question, within=within, **inference):
            if isinstance(piece, Answer):
                return piece
            said += piece
            view.update(Text(said))
    raise AssertionError("the stream ended without an answer")


def print_answer(answer: "Answer", documents: "dict[str, Document]") -> None:
    """An answer for the terminal, with its citations and what became of each claim."""
    from rag.presenting import headline, understood_json

    click.echo("\n".join(filter(None, (answer.text, answer.reason))))
    for claim in answer.claims:
        if claim.verdict != "supported":
            click.echo(f"  ⚠ {claim.verdict}: {claim.text[:60]} - {claim.reason}")
    if answer.citations:
        click.echo()
    for citation in answer.citations:
        document = documents[citation.document_id]
        place = f"{one_line(document.path)}:{citation.span.start}-{citation.span.end}"
        click.echo(f"[{citation.number}] {headline(document)}  {place}")
        click.echo(f"    “{' '.join(citation.quote.split())}”")
        for other in citation.also_in:
            path = one_line(documents[other.document_id].path)
            click.echo(f"    also in {path}:{other.span.start}-{other.span.end}")
    for evidence in answer.nearest:
        path = one_line(documents[evidence.document_id].path)
        click.echo(f"  - {path}:{evidence.span.start}-{evidence.span.end}  {evidence.text[:120]}")
    for note in answer.notes:
        click.echo(f"note: {note}")
    if answer.coverage:
        read = answer.coverage
        total = f"{read.passages_read} of {read.passages_total} passages"
        click.echo(f"read {total} in {read.documents} document(s)", err=True)
    if answer.standalone:
        click.echo(f"understood as: {answer.standalone}", err=True)
    print_understood(understood_json(answer.understood))
    model = f" ({answer.model})" if answer.model else ""
    click.echo(f"mode: {answer.mode}{model}, {answer.seconds['total']:.1f} s", err=True)


def by_id(engine: "Engine", ids: set[str]) -> "dict[str, Document]":
    """Not of the whole library, whose texts would all be read for it."""
    return {document.id: document for document in engine.store.documents_by_id(sorted(ids))}


def _one_of(question: str | None, source: Path | None) -> None:
    if (question is None) == (source is None):
        raise click.UsageError("Give a question, or --from FILE.jsonl, and not both.")
    if question is not None:
        _check_text(question)


def _batch(source: Path, answer: Any) -> None:
    """One JSON line a question; a bad line gets an `error` and the rest goes on."""
    from rag.errors import YinjuError

    failed = total = 0
    for number, row in _rows(source):
        total += 1
        try:
            result = answer(_checked(row))
        except YinjuError as error:
            failed += 1
            result = {"error": str(error)}
        key = row.get("id", number) if isinstance(row, dict) else number
        print_json({"id": key, **result})
    if failed:
        click.echo(f"yinju: {failed} of {total} questions failed; see their error.", err=True)
        raise click.exceptions.Exit(1)


def _rows(source: Path) -> Iterator[tuple[int, Any]]:
    from rag.errors import InputError

    try:
        # Only a newline ends a line: JSON strings may hold U+2028, where `splitlines` would cut.
        lines = source.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"Cannot read {str(source)!r}: {error}.", "It must be a UTF-8 file of JSON lines."
        ) from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                yield number, f"Line {number} is not JSON: {error.msg}."


def _checked(row: Any) -> dict[str, Any]:
    from rag.errors import InputError

    if isinstance(row, str):
        raise InputError(row, "Correct the line.")
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise InputError("The line has no text `question`.", "Write {id, question} on each line.")
    contexts = row.get("contexts")
    if contexts is not None and not (
        isinstance(contexts, list) and all(isinstance(text, str) for text in contexts)
    ):
        raise InputError("`contexts` must be a list of texts.", "Correct the line.")
    for text in (row["question"], *(contexts or ())):
        _check_text(text)
    return row


def _check_text(text: str) -> None:
    from rag.errors import InputError

    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError(
            "The text holds half of a surrogate pair, which is no character.", "Give it as UTF-8."
        ) from None


COMMANDS = (search, ask)
