"""Commands around the library: models, doctor, chat, eval."""

import os
import runpy
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rag.commands.options import MODES, opened, print_json, progress_bar, shared

if TYPE_CHECKING:
    from rag.engine import Engine


@click.group()
def models() -> None:
    """List and pull the embedded models."""


@models.command("list")
@shared
def models_list(library: Path | None, as_json: bool) -> None:
    """Show each model's size, licence, hash and whether it is here."""
    from rag.models import MODELS, is_pulled

    with opened(library=library) as engine:
        directory = engine.settings.models
    rows = [
        {
            "name": model.name,
            "title": model.title,
            "purpose": model.purpose,
            "licence": model.licence,
            "bytes": model.size,
            "sha256": model.sha256,
            "pulled": is_pulled(model.name, directory),
            "path": str(directory / model.file),
        }
        for model in MODELS.values()
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        state = "pulled" if row["pulled"] else "not pulled"
        size = f"{int(str(row['bytes'])) / 1e6:.0f} MB"
        click.echo(f"{row['name']:4} {row['title']}: {row['purpose']}")
        click.echo(f"     {size}, {row['licence']}, sha256 {str(row['sha256'])[:16]}…, {state}")


@models.command("pull")
@click.argument("names", nargs=-1)
@shared
def models_pull(names: tuple[str, ...], library: Path | None, as_json: bool) -> None:
    """Fetch and verify NAMES (all where none is named); what is there is left alone."""
    from rag.models import MODELS

    reports = []
    with opened(library=library) as engine:
        for name in names or tuple(MODELS):
            with progress_bar(f"Pulling {name}") as bar:
                report = engine.pull(name, partial(_tell, bar))
            reports.append(report)
            if not as_json:
                state = "already here" if report.already_there else f"from {report.source}"
                click.echo(f"{name}: {report.bytes / 1e6:.0f} MB, {state}, {report.seconds:.1f} s")
        if "e5" in (names or MODELS):
            _build_embedder(engine, quiet=as_json)
    if as_json:
        print_json(
            [
                {"name": item.name, "path": str(item.path), "already_there": item.already_there}
                for item in reports
            ]
        )


def _tell(bar: Callable[[int, int, str], None], done: int, total: int) -> None:
    bar(done, total, "")


def _build_embedder(engine: "Engine", *, quiet: bool) -> None:
    """Make the ONNX form of e5 now, so that the first ingest need not."""
    from rag.embedding import E5Embedder

    E5Embedder(engine.settings.models).preload()
    if not quiet:
        click.echo("e5: ready as ONNX int8")


@click.command()
@shared
def doctor(library: Path | None, as_json: bool) -> None:
    """Check settings, models and the whole library; name every host that would be contacted."""
    with opened(library=library) as engine:
        facts = _diagnose(engine)
    if as_json:
        print_json(facts)
    else:
        for key, value in facts.items():
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            click.echo(f"{key:14} {shown if shown not in ('', None) else 'none'}")
    if facts["problems"]:
        raise click.exceptions.Exit(1)


def _diagnose(engine: "Engine") -> dict[str, Any]:
    from rag.health import check_file

    damages = check_file(engine.settings.library)
    facts: dict[str, Any] = {"library": str(engine.settings.library)}
    facts["integrity"] = damages[0] if damages else "ok"
    if damages:
        return {**facts, "problems": damages}
    return {**facts, **_examined(engine)}


def _examined(engine: "Engine") -> dict[str, Any]:
    """What a library whose file is whole holds, and what it would be used with."""
    from rag.health import examine
    from rag.models import MODELS, is_pulled

    settings = engine.settings
    health = examine(engine.store)
    pulled = [name for name in MODELS if is_pulled(name, settings.models)]
    problems = list(health.problems)
    remembered = engine.store.database.meta("embedder_spec")
    embedder = settings.embedder or remembered or "e5"
    if remembered and embedder != remembered:
        problems.append(f"the library was made with {remembered}; run `yinju rebuild`")
    if embedder == "e5" and "e5" not in pulled:
        problems.append("the embedder e5 is not pulled; run `yinju models pull e5`")
    return {
        "documents": health.documents,
        "passages": health.passages,
        "vectors": health.vectors,
        "terms": health.terms,
        "cached": health.cached,
        "megabytes": round(health.bytes / 1e6, 1),
        "free_megabytes": health.free // 1_000_000,
        "writer": health.writer,
        "embedder": embedder,
        "mode": engine.mode,
        "model": engine.llm.name if engine.llm else "",
        "models": pulled,
        "hosts": _hosts(engine, embedder),
        "problems": problems,
    }


def _hosts(engine: "Engine", embedder: str) -> list[str]:
    """Every host that asking or ingesting would contact; empty when all is on this machine."""
    from urllib.parse import urlparse

    settings = engine.settings
    urls = [settings.chroma_url]
    if engine.mode == "openai":
        urls.append(settings.base_url or "https://api.openai.com")
    if embedder.startswith("openai:"):
        urls.append(settings.embedding_base_url or settings.base_url or "https://api.openai.com")
    # Without a user name and password that the address may hold.
    return sorted({urlparse(url).netloc.rpartition("@")[2] for url in urls if url})


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--no-browser", is_flag=True, help="Do not open a browser window.")
@click.option("--mode", type=click.Choice(MODES), help="Who writes.")
@click.option("--library", type=click.Path(path_type=Path, file_okay=False), help="Library.")
def chat(port: int, no_browser: bool, mode: str | None, library: Path | None) -> None:
    """Open the chat in a browser; it listens on this machine only."""
    with opened(library=library, mode=mode) as engine:
        environment = {
            **os.environ,
            "YINJU_LIBRARY": str(engine.settings.library.absolute()),
            "YINJU_MODE": engine.settings.mode,
        }
    command = [sys.executable, "-m", "ui", "--port", str(port)]
    if no_browser:
        command.append("--no-browser")
    raise click.exceptions.Exit(subprocess.run(command, env=environment, check=False).returncode)


@click.command(
    "eval",
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def evaluate(arguments: tuple[str, ...]) -> None:
    """Measure: faithfulness of answers, question sets (the same as `python -m eval`)."""
    # Evaluation uses the product and is never imported by it; this runs it as its own program.
    sys.argv = ["yinju eval", *arguments]
    runpy.run_module("eval", run_name="__main__", alter_sys=False)


COMMANDS = (models, doctor, chat, evaluate)
