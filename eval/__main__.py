"""The `python -m eval` command, which `yinju eval` runs too."""

import datetime
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from eval.public_sets import AS_JSON, refusal, retrieval, support
from rag import InputError, YinjuError

LIBRARY = click.option(
    "--library", type=click.Path(path_type=Path), help="Library directory; YINJU_LIBRARY if unset."
)
FILE = click.argument("source", type=click.Path(path_type=Path))


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Measure faithfulness, question sets and speed, and fit the weights."""


@main.command()
@FILE
@click.option("--out", type=click.Path(path_type=Path), help="Results, a JSON line an answer.")
@click.option(
    "--judge",
    "kind",
    type=click.Choice(["checker", "llm"]),
    default="checker",
    show_default=True,
    help="Yinju's own checker, or the LLM of the settings.",
)
@click.option("--resume", is_flag=True, help="Keep the results that --out holds and go on.")
@AS_JSON
def faithfulness(source: Path, out: Path | None, kind: str, resume: bool, as_json: bool) -> None:
    """Score the answers of SOURCE: how much of each do its contexts support.

    SOURCE is a JSON Lines file of {"id", "answer", "contexts"}, the output of `yinju ask --json`,
    or a summary or folder of summaries that `yinju summarize` wrote.
    """
    from eval.inputs import read_items
    from eval.report import caption, summarise, table
    from eval.running import opened, show

    if resume and out is None:
        raise click.UsageError("--resume needs --out.")
    if out is not None and out.resolve() == source.resolve():
        raise InputError("--out is the file to score.", "Give another --out.")
    items = list(read_items(source))
    with opened() as engine:
        rows = _score(items, _judge(kind, engine), out, resume=resume, echo=not as_json)
    summary = summarise(rows)
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False))
    show(table(summary))
    click.echo(caption(summary), err=True)


def _score(items: list[Any], judge: Any, out: Path | None, *, resume: bool, echo: bool) -> Any:
    from eval.faithfulness import Earlier, read_earlier, score_all, write_results
    from eval.running import appending, progress

    earlier = read_earlier(out, judge) if out and resume else Earlier(rows=(), size=0)
    missing = score_all(items, judge, earlier.rows)
    with progress("Scoring", max(0, len(items) - len(earlier.rows))) as done:
        if out is None:
            fresh = write_results(missing, _print if echo else lambda line: None, done)
        else:
            with appending(out, earlier.size) as file:
                fresh = write_results(missing, file.write, done)
    return [*earlier.rows, *fresh]


def _print(line: str) -> None:
    click.echo(line, nl=False)


def _judge(kind: str, engine: Any) -> Any:
    from eval.judging import CheckerJudge, LLMJudge

    if kind == "checker":
        return CheckerJudge(engine.check, engine.settings.judge)
    if engine.llm is None:
        raise InputError(
            "There is no LLM to judge with.",
            "Set YINJU_BASE_URL and YINJU_MODEL, or run `yinju models pull llm`.",
        )
    return LLMJudge(engine.llm, engine.check)


@main.command()
@FILE
@LIBRARY
@click.option("--mode", type=click.Choice(["auto", "openai", "llama", "extractive"]))
@click.option("--failures", is_flag=True, help="List every question that failed, and why.")
@AS_JSON
def questions(
    source: Path, library: Path | None, mode: str | None, failures: bool, as_json: bool
) -> None:
    """Ask the gold questions of SOURCE and measure evidence, answers, refusals and quotes."""
    from eval.asking import ask_all, outcome, table
    from eval.questionset import read_questions
    from eval.running import opened, progress, show

    with opened(library, mode) as engine:
        names = frozenset(Path(document.path).name for document in engine.documents())
        if not names:
            raise InputError("The library is empty.", "Add files with `yinju ingest` first.")
        gold = read_questions(source, names)
        with progress("Asking", len(gold)) as done:
            results = ask_all(gold, engine, done)
        found = outcome(results, source.name, engine.mode)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    elif failures:
        for failed in found["failures"]:
            click.echo(f"{failed['id']}  {failed['question']}\n    {'; '.join(failed['reasons'])}")
    show(table(found))


@main.command()
@FILE
@LIBRARY
@click.option(
    "--alone",
    type=click.Path(path_type=Path),
    help="Gold questions that stand alone, each asked after others: how many are changed.",
)
@AS_JSON
def followups(source: Path, library: Path | None, alone: Path | None, as_json: bool) -> None:
    """Ask the follow-ups of SOURCE: evidence found as asked, as understood, as it should be."""
    from eval.followups import read_follow_ups, run, table
    from eval.running import opened, progress, show

    with (
        opened(library, "extractive") as engine,
        progress("Asking", len(read_follow_ups(source))) as done,
    ):
        found = run(source, engine, alone, done)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    show(table(found))


@main.command()
@click.option("--data", type=click.Path(path_type=Path), help="Folder of public test sets.")
@click.option(
    "--set",
    "sets",
    type=(click.Path(path_type=Path), click.Path(path_type=Path)),
    multiple=True,
    metavar="QUESTIONS LIBRARY",
    help="A question set and the library it is asked of; may be repeated.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    required=True,
    help="Library directory that keeps the vectors, so that a second run is fast.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=300,
    show_default=True,
    help="Questions or claims read of each public set.",
)
def calibrate(
    data: Path | None, sets: tuple[tuple[Path, Path], ...], cache: Path, limit: int
) -> None:
    """Fit the weights of rag/calibration/ and print them."""
    from eval.calibrate import collect, fit_answers, fit_support
    from eval.running import opened, progress

    if not data and not sets:
        raise click.UsageError("Give --data or --set.")
    if data and not data.is_dir():
        raise InputError(f"There is no folder {str(data)!r}.", "Check --data.")
    with progress("Reading cases", 0) as done:
        asked, claims = collect(data, sets, cache, limit, done)
    today = datetime.datetime.now(datetime.UTC).date()
    tables = [*fit_answers(asked), *fit_support(claims)]
    if data:
        from eval.support_fit import fit_pieces, support_rows

        with opened(cache, "extractive") as engine, progress("Reading claims", 0) as done:
            tables += fit_pieces(support_rows(data, engine, limit, done))
    for table in tables:
        click.echo(table.python(today) + "\n")


@main.command()
@click.option("--runs", type=click.IntRange(1), default=5, show_default=True)
@click.option(
    "--documents",
    type=click.IntRange(1),
    default=2000,
    show_default=True,
    help="Documents of 2,000 characters to fill a library with; 200 for a run of two minutes.",
)
@click.option(
    "--chunks",
    type=click.IntRange(10),
    help="Time searching alone, in a library of that many made passages, such as 100000.",
)
@click.option(
    "--library",
    type=click.Path(path_type=Path),
    help="With --chunks: directory that keeps the library, so that a second run is fast.",
)
@AS_JSON
def bench(
    runs: int, documents: int, chunks: int | None, library: Path | None, as_json: bool
) -> None:
    """Time what users wait for, and what keeping a library costs; medians and ratios.

    Takes about ten minutes on two cores, most of them to embed the documents once. With --chunks
    a library is made without embedding, and searched with and without filters, beside bare Chroma.
    """
    from eval import bench as everything
    from eval import bench_search

    if library and not chunks:
        raise click.UsageError("--library needs --chunks.")
    if chunks:
        found = bench_search.measure(chunks, 20 * runs, library)
        told = bench_search.lines(found)
    else:
        found = everything.measure(runs, documents)
        told = everything.lines(found)
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(told))


for command in (retrieval, refusal, support):
    main.add_command(command)


def run() -> None:
    """Run the command line. Exit 0 done, 1 failed with one line, 2 misuse, 130 interrupted."""
    name = sys.argv[0] if sys.argv[0].startswith("yinju") else "python -m eval"
    try:
        main.main(prog_name=name, standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as misuse:
        misuse.show()
        sys.exit(misuse.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted; what was finished is kept.", err=True)
        sys.exit(130)
    except YinjuError as error:
        click.echo(f"{name}: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone; say nothing more, not even at shutdown.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    run()
