"""Files into the library: discover, load, clean, chunk, store; a bad file stops nothing."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag.errors import InputError
from rag.loaders import discover, read
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
    paths: Sequence[Path],
    *,
    chunk_tokens: int,
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
    files = found.files
    with store.writing():
        known = store.known()
        for done, path in enumerate(files):
            if progress:
                progress(done, len(files), str(path))
            _ingest_one(store, path, known.get(str(path.resolve())), report, chunk_tokens)
        if mirror:
            _forget_missing(store, paths, files, report)
        if progress and files:
            progress(len(files), len(files), "")
    return report


def _ingest_one(
    store: Store, path: Path, known: Known | None, report: IngestReport, chunk_tokens: int
) -> None:
    try:
        if known and known.sha256 == hashlib.sha256(path.read_bytes()).hexdigest():
            report.unchanged.append(str(path))
            return
        if not _is_text(str(path.resolve())):
            raise InputError("Its name is not valid UTF-8.", "Rename it or its folder.")
        overrides = store.overrides().get(str(path.resolve()), AS_READ)
        loaded = read(path, encoding=overrides.encoding)
        entry = prepare(path, loaded, overrides, chunk_tokens=chunk_tokens)
    except (InputError, OSError) as error:
        report.failed.append((str(path), _reason(error)))
        return
    store.add(entry)
    (report.changed if known else report.added).append(str(path))
    report.warnings += [(str(path), warning) for warning in entry.document.warnings]
    report.chunks += len(entry.chunks)


def _forget_missing(
    store: Store, roots: Sequence[Path], files: Sequence[Path], report: IngestReport
) -> None:
    present = {str(path.resolve()) for path in files}
    inside = tuple(str(root.resolve()) for root in roots if root.is_dir())
    for location, known in store.known().items():
        in_root = any(Path(location).is_relative_to(root) for root in inside)
        if in_root and location not in present and not Path(location).exists():
            report.removed.append(location)
            store.remove(known.document_id)


def _is_text(name: str) -> bool:
    """Whether a name can be stored; bytes that are not UTF-8 come as half surrogate pairs."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _reason(error: InputError | OSError) -> str:
    if isinstance(error, OSError):
        return f"Cannot read it: {error.strerror or error}."
    return str(error)
