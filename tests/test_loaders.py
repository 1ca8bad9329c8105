"""Finding and reading files."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

import rag.loaders
from rag.errors import EncodingError, InputError
from rag.loaders import Limits, as_source, discover, extract, is_address, read
from rag.loaders.extracted import Extracted
from rag.loaders.sandbox import Sandbox
from tests.malformed import EN, HANT, SOUND, ZH, docx, packed, page, pdf


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


def test_discover_takes_only_regular_files(tmp_path: Path) -> None:
    plain = write(tmp_path / "a.txt")
    write(tmp_path / "folder.txt" / "b.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "self.md").symlink_to("self.md")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    found = discover([tmp_path, tmp_path / "pipe.txt"])
    assert found.files == (plain, tmp_path / "folder.txt" / "b.txt")
    words = {path.name: str(error) for path, error in found.failed}
    assert "a named pipe" in words["pipe.txt"]
    assert "a device" in words["device.txt"]
    assert "symbolic links" in words["self.md"]


@pytest.mark.parametrize("name", ["a\0b.txt", "a" * 300 + ".txt", "a.txt/b.txt"])
def test_discover_reports_names_that_cannot_be(tmp_path: Path, name: str) -> None:
    plain = write(tmp_path / "a.txt")
    found = discover([tmp_path / name, plain])
    assert found.files == (plain,)
    assert len(found.failed) == 1


def test_discover_takes_documents_that_are_called_old_office_files(tmp_path: Path) -> None:
    names = {"a.doc": page(EN), "b.xls": docx(ZH), "c.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}
    for name, content in names.items():
        (tmp_path / name).write_bytes(content)
    found = discover([tmp_path])
    assert [path.name for path in found.files] == ["a.doc", "b.xls"]
    assert [path.name for path in found.skipped] == ["c.doc"]


def test_addresses_are_told_from_paths(tmp_path: Path) -> None:
    plain = write(tmp_path / "a.txt")
    sources = [as_source(text) for text in ("https://a.example/x", str(plain), "http:/odd", "C:/x")]
    assert [is_address(source) for source in sources] == [True, False, False, False]
    found = discover([*sources, "https://a.example/x"])
    assert (found.addresses, found.files) == (("https://a.example/x",), (plain,))


def test_a_pipe_put_in_place_of_a_file_does_not_hold_us_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(InputError, match="named pipe"):
        read(tmp_path / "a.txt")


def test_files_over_the_limit_are_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "sparse.txt").open("wb") as file:
        file.truncate(3_000_000_000)
    with pytest.raises(InputError, match=r"3,000 MB; the limit is 200 MB.*max_file_megabytes"):
        read(tmp_path / "sparse.txt")
    write(tmp_path / "b.txt", "国" * 1200)
    with pytest.raises(InputError, match=r"limit is 1,000\. .*max_characters"):
        read(tmp_path / "b.txt", limits=Limits(max_characters=1000))
    (tmp_path / "b.html").write_bytes(page(f"<p>{'国' * 1200}</p>"))
    with pytest.raises(InputError, match=r"limit is 1,000\. .*max_characters"):
        read(tmp_path / "b.html", limits=Limits(max_characters=1000))
    assert read(tmp_path / "b.txt", limits=Limits(max_characters=1200)).extracted.warnings == ()


def test_a_file_that_grows_while_it_is_read_is_held_to_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.txt", "国" * 2000)
    monkeypatch.setattr(os, "fstat", lambda _: SimpleNamespace(st_mode=0o100644, st_size=10))
    with pytest.raises(InputError, match="max_file_megabytes"):
        read(path, limits=Limits(max_file_megabytes=0.001))


# What a file is


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", pdf(), "named .txt, but it is a PDF"),
        ("a.pdf", docx(f"{ZH}{HANT}"), "named .pdf, but it is a Word document"),
        ("a.zip", docx(f"{ZH}{HANT}"), "named .zip, but it is a Word document"),
        ("a.doc", page(EN), "named .doc, but it is an HTML page"),
        ("a.txt", b"\xef\xbb\xbf\n <!-- x -->\n" + page(EN), "it is an HTML page"),
        ("a.TXT", page(EN).decode().encode("utf-16"), "it is an HTML page"),
        ("a.doc", SOUND[".mhtml"](), "it is a saved web page"),
        ("a.docx", f"{ZH}\n{EN}".encode(), "named .docx, but it is plain text"),
        ("a.pdf", f"{ZH}\n{HANT}".encode("gb18030"), "named .pdf, but it is plain text"),
        ("a.docx", SOUND[".epub"](), "it is an EPUB book"),
        ("a.xls", SOUND[".xlsx"](), "it is an Excel workbook"),
    ],
)
def test_content_decides_over_the_suffix(name: str, content: bytes, words: str) -> None:
    found = extract(content, name)
    assert words in " ".join(found.warnings)
    assert "read as such" in " ".join(found.warnings)
    assert any(part[:12] in found.text for part in (ZH, HANT, EN))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "PDF files begin with %PDF-1.7, pages with <html>.\n"),
        ("a.txt", "The tag <!doctype html> stands first. 标签写在最前。\n"),
        ("a.txt", "<p>一段</p> is how a paragraph is written.\n"),
        ("a.log", "Content-Type: multipart/related\n这是一行日志。\n"),
        ("a", "PK is the mark of zip files. 压缩文件以此开头。\n"),
    ],
)
def test_text_about_formats_is_text(name: str, content: str) -> None:
    found = extract(content.encode(), name)
    assert (found.text, found.warnings) == (content, ())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (packed({"a.txt": ZH}), "a zip archive, which is not opened. Unpack it"),
        (packed({"b.docx": docx(ZH)}), "a zip archive"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "an OpenDocument file"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "a 7z archive, which is not opened"),
        (b"\x1f\x8b\x08" + bytes(50), "a gzip archive"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a PNG image"),
        (b"\x00\x00\x00\x20ftypisom" + bytes(50), "an image, audio or video file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "an old Office document"),
        (b"{\\rtf1 a}", "a rich text"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "报告.bin", "a.docx", "a.html"])
def test_what_we_cannot_read_is_called_by_its_name(name: str, content: bytes, words: str) -> None:
    with pytest.raises(InputError) as refused:
        extract(content, name)
    assert words in str(refused.value)
    assert name in str(refused.value)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx", ".epub"])
def test_neither_what_its_suffix_says_nor_text(suffix: str) -> None:
    with pytest.raises(InputError, match=f"named {suffix}, but it is neither that nor text"):
        extract(bytes(range(256)) * 20, f"a{suffix}")


# The process that parses


@pytest.fixture
def box() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


def ask(box: Sandbox, content: bytes, suffix: str = ".txt", **limits: float) -> Extracted:
    return box.parse(content, "'x'", suffix, None, Limits(**limits))  # type: ignore[arg-type]


def test_the_sandbox_answers_as_this_process_would(box: Sandbox) -> None:
    for suffix, make in SOUND.items():
        here = rag.loaders.parse(make(), "'x'", suffix, None, Limits())
        assert ask(box, make(), suffix) == here
    with pytest.raises(EncodingError) as refused:
        ask(box, "Привет, мир. Это текст.".encode("cp1251"))
    assert refused.value.hint


CRASHES = {
    "import os; os.kill(os.getpid(), 11)": "crashed (signal 11)",
    "raise KeyError('rId7')": "failed (KeyError: 'rId7')",
    "import os; os._exit(3)": "failed",
    "print('noise'); import os; os.write(1, b'noise'); raise RecursionError('deep')": "deep",
    "bytearray(3_000_000_000)": "more than 1 GB of memory",
    "import time; time.sleep(60)": "took more than 0.5 seconds",
}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="signals of Unix")
@pytest.mark.parametrize("code", CRASHES)
def test_a_parser_that_dies_hard_takes_nothing_with_it(
    box: Sandbox, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "bytearray" in code and sys.platform == "darwin":
        pytest.skip("macOS does not limit address space")
    plain = f"{ZH}\n".encode()
    broken = f"import rag.loaders.plain as p\ndef load(*_):\n    {code}\np.load = load"
    start = rag.loaders.sandbox._COMMAND.replace("serve()", f"exec({broken!r}); serve()")
    with monkeypatch.context() as patched:
        patched.setattr("rag.loaders.sandbox._COMMAND", start)
        with pytest.raises(InputError) as refused:
            ask(box, plain, parse_seconds=0.5 if "sleep" in code else 30)
    assert CRASHES[code] in str(refused.value)
    assert "\n" not in str(refused.value)
    assert ask(box, plain).text == plain.decode(), "the next one is read as ever"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="signals of Unix")
def test_an_interrupt_is_for_us_and_not_for_the_parser(box: Sandbox) -> None:
    ask(box, ZH.encode())
    assert box._process
    box._process.send_signal(signal.SIGINT)
    assert ask(box, EN.encode()).text == EN
    box._process.kill()
    box._process.wait()
    assert ask(box, EN.encode()).text == EN, "started again"


def test_threads_share_the_sandbox(box: Sandbox) -> None:
    texts = [f"{ZH} {number}" for number in range(12)]
    read_back: dict[str, str] = {}

    def work(text: str) -> None:
        read_back[text] = ask(box, text.encode()).text

    threads = [threading.Thread(target=work, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read_back == {text: text for text in texts}
