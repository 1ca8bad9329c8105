"""Summaries of many documents: several at once, resumable, one JSON and one Markdown file each."""

import json
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rag.errors import InputError, YinjuError
from rag.presenting import summary_json
from rag.records import Document, Summary

VERSION = 1
"""Raised when prompts or the choice of points change, so that old files are written anew."""

LONGEST_NAME = 70
"""Characters; three bytes each, with an id and endings, stay below the 255 that systems allow."""

Summarize = Callable[[Document, Callable[[int, int], None]], Summary]
Progress = Callable[[str, int, int], None]
"""Takes a document's path, its points written and its points in all."""


@dataclass(slots=True, kw_only=True)
class BatchReport:
    """What happened to every document."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    """Already there from the same text, mode, model and version."""
    failed: list[tuple[str, str]] = field(default_factory=list)


def summarize_all(
    documents: Sequence[Document],
    out: Path,
    summarize: Summarize,
    *,
    mode: str,
    model: str,
    jobs: int,
    points: int,
    progress: Progress | None = None,
) -> BatchReport:
    """Write `<name>.json` and `<name>.md` for each document into `out`.

    Raises:
        InputError: `out` cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"Cannot write to {str(out)!r}: {error.strerror}.", "Name another with --out."
        ) from None
    report = BatchReport()
    names = _names(documents)
    waiting = []
    for document in documents:
        path = out / f"{names[document.id]}.json"
        if _is_current(path, document, mode, model, points):
            report.unchanged.append(str(path))
        else:
            waiting.append((document, path))
    pool = ThreadPoolExecutor(max_workers=max(jobs, 1))
    running = {
        pool.submit(_write_one, document, path, summarize, points, progress): document
        for document, path in waiting
    }
    try:
        for done in as_completed(running):
            try:
                report.written.append(done.result())
            except (YinjuError, OSError) as error:
                report.failed.append((running[done].path, str(error)))
    finally:
        # Interrupted, it does not wait for what an endpoint may still send.
        pool.shutdown(wait=False, cancel_futures=True)
    return report


def _write_one(
    document: Document,
    path: Path,
    summarize: Summarize,
    points: int,
    progress: Progress | None,
) -> str:
    def tell(done: int, total: int) -> None:
        if progress:
            progress(document.path, done, total)

    summary = summarize(document, tell)
    record = {"version": VERSION, "points_wanted": points, **summary_json(summary, document)}
    # Markdown first: the JSON file is what says that a summary is complete.
    _replace(path.with_suffix(".md"), markdown(record))
    _replace(path, json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    return str(path)


def _replace(path: Path, text: str) -> None:
    """Write all of it or nothing."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, "utf-8")
    part.replace(path)


def _is_current(path: Path, document: Document, mode: str, model: str, points: int) -> bool:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, json.JSONDecodeError, UnicodeDecodeError):
        return False
    wanted = {
        "version": VERSION,
        "document": document.path,
        "sha256": document.sha256,
        "mode": mode,
        "model": model,
        "points_wanted": points,
    }
    return isinstance(found, dict) and wanted.items() <= found.items()


def _names(documents: Sequence[Document]) -> dict[str, str]:
    """A file name for each document; those that share a stem get their id added.

    Capitals do not count, as some file systems hold `Report` and `report` to be one name.
    """
    stems = {
        document.id: re.sub(r"[^\w.-]+", "_", Path(document.path).stem)[:LONGEST_NAME]
        or document.id
        for document in documents
    }
    counts = [stem.casefold() for stem in stems.values()]
    return {
        key: stem if counts.count(stem.casefold()) == 1 else f"{stem}-{key[:8]}"
        for key, stem in stems.items()
    }


def markdown(record: dict[str, Any]) -> str:
    """The summary for a reader: paired points, each with its quote and offsets."""
    title = record["title"]
    lines = [
        f"# {title['zh'] or title['en']}",
        "",
        *([f"**{title['en']}**", ""] if title["zh"] and title["en"] else []),
        f"- 文件 Document: `{record['document']}` (sha256 `{record['sha256'][:16]}…`)",
        f"- 方式 Mode: {record['mode']} {record['model']}".rstrip(),
        "- 已读句数 Sentences read: "
        f"{record['coverage']['sentences_read']}/{record['coverage']['sentences_total']}",
        *[f"- 说明 Note: {note}" for note in record["notes"]],
        "",
    ]
    for number, point in enumerate(record["points"], start=1):
        mark = "" if point["verdict"] == "supported" else f" ⚠ {point['verdict']}"
        lines += [f"## {number}{mark}", ""]
        lines += [point["zh"], ""] if point["zh"] else []
        lines += [point["en"], ""] if point["en"] else []
        lines += [f"⚠ {point['reason']}", ""] if point["reason"] else []
        for citation in point["citations"]:
            quote = " ".join(citation["quote"].split())
            lines += [f"> {quote} ({citation['start']}–{citation['end']})", ""]
    return "\n".join(lines)
