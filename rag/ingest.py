"""Files into the library: discover, load, clean, chunk, store; a bad file stops nothing."""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag.errors import InputError
from rag.loaders import LIMITS, Limits, Source, discover, fetch, load, location_of
from rag.preparing import AS_READ, prepare
from rag.store import Known, Store

Progress = Callable[[int, int, str], None]
"""Files done, files in all, and the path now worked on."""


@dataclass(slots=True, kw_only=True)
class IngestReport:
    """What happened to every file."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    """Path and the one line that says why."""
    warnings: list[tuple[str, str]] = field(default_factory=list)
    chunks: int = 0


def ingest(
    store: Store,
    paths: Sequence[Source],
    *,
    chunk_tokens: int,
    limits: Limits = LIMITS,
    mirror: bool = False,
    progress: Progress | None = None,
) -> IngestReport:
    """Add new and changed files; with `mirror`, also forget documents gone from these folders.

    Raises:
        LibraryLocked: another process is writing.
    """
    report = IngestReport()
    found = discover(paths)
    report.failed += [(str(path), str(error)) for path, error in found.failed]
    report.warnings += [
        (str(path), "Skipped: no loader for this kind of file.") for path in found.skipped
    ]
    files: tuple[Source, ...] = (*found.files, *found.addresses)
    with store.writing():
        known = store.known()
        for done, path in enumerate(files):
            if progress:
                progress(done, len(files), str(path))
            _ingest_one(store, path, known, report, chunk_tokens, limits)
        if mirror:
            _forget_missing(store, paths, files, report)
        if progress and files:
            progress(len(files), len(files), "")
    return report


def _ingest_one(
    store: Store,
    path: Source,
    stored: Mapping[str, Known],
    report: IngestReport,
    chunk_tokens: int,
    limits: Limits,
) -> None:
    try:
        location = location_of(path)
        known = stored.get(location)
        fetched = fetch(path, limits=limits)
        if known and known.sha256 == hashlib.sha256(fetched.raw).hexdigest():
            report.unchanged.append(str(path))
            return
        if not _is_text(location):
            raise InputError("Its name is not valid UTF-8.", "Rename it or its folder.")
        overrides = store.overrides().get(location, AS_READ)
        loaded = load(fetched, encoding=overrides.encoding, limits=limits)
        entry = prepare(path, loaded, overrides, chunk_tokens=chunk_tokens, location=location)
    except (InputError, OSError) as error:
        report.failed.append((str(path), _reason(error)))
        return
    store.add(entry)
    (report.changed if known else report.added).append(str(path))
    report.warnings += [(str(path), warning) for warning in entry.document.warnings]
    report.chunks += len(entry.chunks)


def _forget_missing(
    store: Store, roots: Sequence[Source], files: Sequence[Source], report: IngestReport
) -> None:
    present = {location_of(path) for path in files}
    inside = tuple(os.path.realpath(root) for root in roots if os.path.isdir(root))  # noqa: PTH112, it never raises
    for location, known in store.known().items():
        in_root = any(Path(location).is_relative_to(root) for root in inside)
        if in_root and location not in present and _is_gone(location):
            report.removed.append(location)
            store.remove(known.document_id)


def _is_gone(location: str) -> bool:
    """Whether a file is no more; one that we may not look for is not."""
    try:
        Path(location).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _is_text(name: str) -> bool:
    """Whether a name can be stored; bytes that are not UTF-8 come as half surrogate pairs."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _reason(error: InputError | OSError) -> str:
    if isinstance(error, OSError):
        return f"Cannot read it: {error.strerror or error}."
    return str(error)
