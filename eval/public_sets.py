"""Commands that measure on a folder of public test sets; one that is not there is skipped."""

import json
from pathlib import Path
from typing import Any

import click

DATA = click.option(
    "--data",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder of public test sets; one that is not there is skipped.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")


@click.command()
@DATA
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    help="Keeps the libraries, so that a second run is fast; a temporary folder if unset.",
)
@click.option("--limit", type=click.IntRange(1), help="Questions asked of each set; all if unset.")
@AS_JSON
def retrieval(data: Path, cache: Path | None, limit: int | None, as_json: bool) -> None:
    """Search real libraries of the public sets, in and across languages.

    A first run ingests some 5,000 passages, which takes minutes.
    """
    from eval.retrieval import run as measured
    from eval.retrieval import table
    from eval.running import show

    found = measured(data, cache, limit)
    _tell(found, data, as_json=as_json)
    show(table(found))


@click.command()
@DATA
@click.option(
    "--more",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Questions of each set whose own passage is taken away, beside NoMIRACL.",
)
@click.option("--titles", is_flag=True, help="Put passages under the titles of their articles.")
@AS_JSON
def refusal(data: Path, more: int, titles: bool, as_json: bool) -> None:
    """Ask questions over given passages, half of them without an answer."""
    from eval.refusal import run as measured
    from eval.refusal import table
    from eval.running import show

    found = measured(data, more, titles=titles)
    _tell(found, data, as_json=as_json)
    show(table(found))


@click.command()
@DATA
@click.option("--set", "names", multiple=True, help="Part of the name of a set; may be repeated.")
@click.option("--limit", type=click.IntRange(1), help="Answers of each set; all if unset.")
@AS_JSON
def support(data: Path, names: tuple[str, ...], limit: int | None, as_json: bool) -> None:
    """Hold the support of claims against the labels that people gave.

    All of the sets take half an hour; 100 answers of each, two minutes.
    """
    from eval.altered_scores import tables
    from eval.running import progress, show
    from eval.support import run as measured
    from eval.support import table

    found = measured(data, names, limit, progress)
    _tell(found, data, as_json=as_json)
    for one in [*([table(found)] if found["sets"] else []), *tables(found)]:
        show(one)


def _tell(found: Any, data: Path, *, as_json: bool) -> None:
    for name in found["missing"]:
        click.echo(f"There is no set {name} in {data}; skipped.", err=True)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
