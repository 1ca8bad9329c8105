"""Finding and reading files."""

import os
from pathlib import Path

import pytest

from rag.errors import EncodingError, InputError
from rag.loaders import discover, read


def write(path: Path, text: str = "会议指出，要落实任务。", encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def test_read_keeps_bytes_and_every_character(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "第一行。\r\n第二行。\rThird.\u2028四\f五\n", "gb18030")
    loaded = read(path)
    assert loaded.extracted.text == "第一行。\r\n第二行。\rThird.\u2028四\f五\n"
    assert loaded.raw == path.read_bytes()
    assert (loaded.extracted.encoding, loaded.extracted.replaced, loaded.extracted.warnings) == (
        "gb18030",
        0,
        (),
    )


def test_read_tells_where_damage_begins(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("第一行。\n第二行".encode() + b"\xff" + "。\nThird line.".encode())
    loaded = read(path)
    assert loaded.extracted.replaced == 1
    assert "line 2" in loaded.extracted.warnings[0]
    assert loaded.extracted.text == "第一行。\n第二行\ufffd。\nThird line."


@pytest.mark.parametrize("suffix", [".txt", ".TXT", ".md", ".markdown", ".text", ".log", ""])
def test_a_named_file_is_read_whatever_its_suffix(tmp_path: Path, suffix: str) -> None:
    assert read(write(tmp_path / f"文件{suffix}")).extracted.text == "会议指出，要落实任务。"


def test_read_fails_in_one_line(tmp_path: Path) -> None:
    for path, words in [
        (tmp_path / "缺失.txt", "No such file"),
        (tmp_path, "Is a directory"),
        (write(tmp_path / "empty.txt", ""), "empty"),
    ]:
        with pytest.raises(InputError, match=words) as failed:
            read(path)
        assert path.name in str(failed.value)
        assert "\n" not in str(failed.value)
        assert failed.value.hint
    with pytest.raises(EncodingError):
        read(write(tmp_path / "ru.txt", "Привет, мир. Это текст.", "cp1251"))


def test_discover_searches_folders_in_order(tmp_path: Path) -> None:
    files = [
        write(tmp_path / name)
        for name in ("a.txt", "b/甲.md", "b/乙.TXT", "README.md", ".hidden.txt", ".git/x.txt")
    ]
    picture = write(tmp_path / "b" / "c.png")
    found = discover([tmp_path])
    assert list(found) == sorted([files[0], files[1], files[2], files[3]])
    assert found.skipped == (picture,)
    assert found.failed == ()


def test_discover_takes_named_files_once_and_in_the_order_given(tmp_path: Path) -> None:
    odd, plain = write(tmp_path / "z.dat"), write(tmp_path / "a.txt")
    assert discover([odd, str(plain), tmp_path]).files == (odd, plain)


def test_discover_survives_loops_and_broken_links(tmp_path: Path) -> None:
    plain = write(tmp_path / "inner" / "a.txt")
    (tmp_path / "inner" / "loop").symlink_to(tmp_path)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "same.txt").symlink_to(plain)
    found = discover([tmp_path])
    assert found.files == (plain,)
    assert [path.name for path, _ in found.failed] == ["broken.txt"]


def test_discover_reports_what_is_missing_and_goes_on(tmp_path: Path) -> None:
    plain = write(tmp_path / "a.txt")
    found = discover([tmp_path / "没有", plain])
    assert found.files == (plain,)
    (path, error), *rest = found.failed
    assert not rest
    assert path.name == "没有"
    assert isinstance(error, InputError)
    assert "没有" in str(error)


def test_discover_reports_a_folder_it_cannot_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, plain = tmp_path / "locked", write(tmp_path / "open" / "a.txt")
    write(locked / "b.txt")
    locked.chmod(0)
    if os.access(locked, os.R_OK):  # The superuser reads everything: refuse in its place.
        listing = Path.iterdir

        def refuse(path: Path):  # type: ignore[no-untyped-def]
            if path == locked:
                raise PermissionError(13, "Permission denied")
            return listing(path)

        monkeypatch.setattr(Path, "iterdir", refuse)
    found = discover([tmp_path])
    locked.chmod(0o700)
    assert found.files == (plain,)
    assert [path for path, _ in found.failed] == [locked]
    assert "Permission denied" in str(found.failed[0][1])
