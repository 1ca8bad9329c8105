"""Files into the library: discover, load, clean, chunk, store; a bad file stops nothing."""

import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path

from rag.errors import InputError
from rag.loaders import (
    LIMITS,
    Discovered,
    Limits,
    Source,
    discover,
    fetch,
    is_address,
    load,
    location_of,
)
from rag.metering import Meter, Progress
from rag.preparing import AS_READ, identify, prepare, version
from rag.records import Overrides
from rag.repeats import copies_of
from rag.store import Entry, Known, Store
from rag.syncing import absent, devices_of, explained, only_folders, pair_moves, shown

AUTO = "auto"
"""For an encoding: forget what a person decided, and look at the bytes again."""
UNKNOWN_KIND = "Skipped: no loader for this kind of file."


@dataclass(slots=True, kw_only=True)
class IngestReport:
    """What happened to every file."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    """Other content, other decisions about the file, or a version of the program that makes
    something else of it."""
    renamed: list[tuple[str, str]] = field(default_factory=list)
    """From and to: the same content, its old place gone."""
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    """Path and the one line that says why. What the library held of it is kept."""
    warnings: list[tuple[str, str]] = field(default_factory=list)
    copies: list[tuple[str, str, float]] = field(default_factory=list)
    """Path of a document stored now, of the one most like it, and their resemblance."""
    not_reached: list[str] = field(default_factory=list)
    """Left when it was interrupted."""
    interrupted: bool = False
    chunks: int = 0
    """Passages of the files added, changed and renamed."""
    embedded: int = 0
    """Those of them whose text was not known to the embedding cache."""


def ingest(
    store: Store,
    paths: Sequence[Source],
    *,
    chunk_tokens: int,
    limits: Limits = LIMITS,
    mirror: bool = False,
    encoding: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> IngestReport:
    """Add new and changed files; with `mirror`, also forget documents gone from these folders.

    Args:
        store: the library.
        paths: files, folders and addresses; folders only with `mirror`.
        chunk_tokens: most tokens in a passage.
        limits: what a file or page may cost.
        mirror: make the library hold what these folders hold. A file that is new while another
            with the same content is gone counts as renamed and takes the decisions about it along.
        encoding: decide that these files are read in it from now on; `AUTO` forgets that.
        dry_run: report what would be done; write nothing and embed nothing.
        progress: called before each file, while a long one is embedded, and at the end.
        stop: asked before each file whether to leave it and the rest.

    Raises:
        LibraryLocked: another process is writing.
    """
    report = IngestReport()
    found = discover(paths)
    if mirror:
        found = only_folders(found, paths)
    report.failed += [(str(path), str(error)) for path, error in found.failed]
    report.warnings += [(str(path), UNKNOWN_KIND) for path in found.skipped]
    with nullcontext() if dry_run else store.writing():
        run = _Run(
            store=store,
            report=report,
            meter=Meter((*found.files, *found.addresses), progress),
            places=found.places,
            known=store.known(),
            overrides=store.overrides(),
            chunk_tokens=chunk_tokens,
            limits=limits,
            encoding=encoding,
            dry_run=dry_run,
        )
        roots = [Path(path) for path in paths if not is_address(path) and os.path.isdir(path)]  # noqa: PTH112, it never raises
        gone = run.find_gone(found, roots) if mirror else {}
        if not dry_run:
            run.note_devices()
        run.files(stop)
        if not report.interrupted:
            run.forget(gone)
    report.removed = [shown(location, roots) for location in report.removed]
    report.renamed = [(shown(old, roots), new) for old, new in report.renamed]
    return report


@dataclass(slots=True, kw_only=True)
class _Run:
    """One ingest: what it was asked, what the library knew, and the report."""

    store: Store
    report: IngestReport
    meter: Meter
    known: Mapping[str, Known]
    overrides: Mapping[str, Overrides]
    chunk_tokens: int
    limits: Limits
    encoding: str | None
    dry_run: bool
    places: Mapping[Path, str]
    """The location of each file."""
    moves: Mapping[str, str] = field(default_factory=dict)
    """Where files that are new stood before."""
    _moved: set[str] = field(default_factory=set)

    def find_gone(self, found: Discovered, roots: Sequence[Path]) -> Mapping[str, Known]:
        """Documents whose files are gone, having noted which of them were moved."""
        places = {location: path for path, location in found.places.items()}
        missing = absent(
            self.known,
            roots,
            present=places,
            unread=[path for path, _ in found.failed],
            devices=self._devices(),
        )
        self.report.failed += explained(missing.away, roots)
        gone = {location: self.known[location] for location in missing.gone}
        if gone:
            digests = {location: known.sha256 for location, known in gone.items()}
            fresh = {at: path for at, path in places.items() if at not in self.known}
            self.moves = pair_moves(digests, dict(self._digests(fresh)))
        return gone

    def _digests(self, files: Mapping[str, Path]) -> Iterator[tuple[str, str]]:
        for location, path in files.items():
            try:
                yield location, _digest(fetch(path, limits=self.limits).raw)
            except InputError:
                """It is reported when its turn comes."""

    def _devices(self) -> dict[str, int]:
        found: dict[str, int] = json.loads(self.store.database.meta("devices") or "{}")
        return found

    def note_devices(self) -> None:
        """Keep which file systems the files lie on, to tell later that one is missing."""
        before = self._devices()
        now = before | devices_of(self.places.values())
        if before != now:
            self.store.database.set_meta("devices", json.dumps(now))

    def files(self, stop: Callable[[], bool]) -> None:
        """Every file, in turn."""
        sources = self.meter.sources
        for done, source in enumerate(sources):
            if stop():
                self.report.interrupted = True
                self.report.not_reached += map(str, sources[done:])
                return
            self.meter.tell(done, self.report.chunks)
            self._file(source, done)
        if sources:
            self.meter.tell(len(sources), self.report.chunks)

    def _file(self, source: Source, done: int) -> None:
        try:
            location = location_of(source) if is_address(source) else self.places[Path(source)]
            entry = self._entry(source, location)
        except (InputError, OSError) as error:
            self.report.failed.append((str(source), _reason(error)))
            return
        if entry is None:
            self.report.unchanged.append(str(source))
            return
        if not self.dry_run:
            self._store(entry, done)
        self._record(source, location)
        self.report.warnings += [(str(source), warning) for warning in entry.document.warnings]
        self.report.chunks += len(entry.chunks)

    def _entry(self, source: Source, location: str) -> Entry | None:
        """What to store of a file; None where the library holds just that."""
        if not _is_text(location):
            raise InputError("Its name is not valid UTF-8.", "Rename it or its folder.")
        decided = self._decided(location)
        fetched = fetch(source, limits=self.limits)
        if self._is_current(location, _digest(fetched.raw), decided):
            return None
        loaded = load(fetched, encoding=decided.encoding, limits=self.limits)
        entry = prepare(source, loaded, decided, chunk_tokens=self.chunk_tokens, location=location)
        if decided != self.overrides.get(location, AS_READ):
            entry = replace(entry, overrides=decided)
        return entry

    def _store(self, entry: Entry, done: int) -> None:
        fresh = 0

        def told(count: int) -> None:
            nonlocal fresh
            fresh += count
            self.meter.tell(done, self.report.chunks + fresh, fresh / len(entry.chunks))

        if not self.report.chunks:
            # The store needs it at the end; it takes half a second, in which the model loads.
            threading.Thread(target=import_module, args=("chromadb",), daemon=True).start()
        self.store.add(entry, report=told)
        self.report.embedded += fresh
        self.report.copies += [
            (entry.document.path, copy.document.path, copy.resemblance)
            for copy in copies_of(self.store, entry.document)[:1]
        ]

    def _record(self, source: Source, location: str) -> None:
        old = self.moves.get(location)
        if old is not None:
            self.report.renamed.append((old, str(source)))
            self._moved.add(old)
            if not self.dry_run:
                self.store.remove(self.known[old].document_id)
                if location not in self.overrides:
                    self.store.database.move_overrides(old, location)
        elif location in self.known:
            self.report.changed.append(str(source))
        else:
            self.report.added.append(str(source))

    def _decided(self, location: str) -> Overrides:
        """A person's decisions about a file, those of this call included."""
        stored = self.overrides.get(self.moves.get(location, location), AS_READ)
        stored = self.overrides.get(location, stored)
        if self.encoding is None:
            return stored
        return replace(stored, encoding=None if self.encoding == AUTO else self.encoding)

    def _is_current(self, location: str, digest: str, decided: Overrides) -> bool:
        return self.known.get(location) == Known(
            document_id=identify(location, digest, decided),
            sha256=digest,
            prepared_with=version(self.chunk_tokens),
        )

    def forget(self, gone: Mapping[str, Known]) -> None:
        for location, known in gone.items():
            # One whose new place could not be read keeps its last good text.
            if location not in self._moved and location not in self.moves.values():
                self.report.removed.append(location)
                if not self.dry_run:
                    self.store.remove(known.document_id)


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _is_text(name: str) -> bool:
    """Whether a name can be stored; bytes that are not UTF-8 come as half surrogate pairs."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _reason(error: InputError | OSError) -> str:
    if isinstance(error, OSError):
        return f"Cannot read it: {error.strerror or error}."
    return str(error)
