"""About two hundred files that no loader may choke on, and good ones between them, from a seed.

Each bad file is `refused` (one line says why), `odd` (it goes in with a warning) or `either`
(damage that a tolerant parser may mend or refuse, but must survive).
"""

import io
import os
import random
import socket
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ZH = "会议指出，2024年要推进污染防治，全国碳市场扩大到钢铁、水泥和铝冶炼行业。"
HANT = "會議討論了碳排放權交易市場，並要求各部門擴大行業範圍，加強監管。"
EN = "The harbour report says that fifty-eight ships called in 2023 and three cranes were built."
Fate = Literal["refused", "odd", "either"]


@dataclass(frozen=True, slots=True)
class Case:
    """One bad file: its name, what is in it, and what must become of it."""

    name: str
    content: bytes
    fate: Fate


def good_files() -> dict[str, bytes]:
    """Names that sort before, between and after the bad ones."""
    return {
        "000 好的.txt": f"第一次会议\n\n{ZH}\n".encode(),
        "m 中间.md": f"# 施政報告\n\n{HANT}\n".encode("gb18030"),
        "m 表 table.csv": f"年份,说明\n2023,{ZH}\n2024,{EN}\n".encode(),
        "n page.html": page(f"<p>{EN} {EN}</p><p>{HANT}</p>"),
        "o 文.docx": docx(f"{ZH}{HANT}"),
        "zzz last.txt": f"Harbour\n\n{EN}\n".encode(),
    }


def cases(seed: int = 20_260_115) -> list[Case]:
    """All bad files that are plain bytes; `place_special` makes those that are not."""
    made = [
        *_blank(),
        *_wrong_suffixes(),
        *_truncated(),
        *_bombs(),
        *_binary(random.Random(seed)),
        *_long(),
        *_damaged_markup(),
        *mutated(random.Random(seed + 1)),
    ]
    return [
        Case(f"{number:03} {case.name}", case.content, case.fate)
        for number, case in enumerate(made, start=100)
    ]


# Sound files to damage


def page(body: str) -> bytes:
    head = "<!DOCTYPE html><html lang='zh'><head><meta charset='utf-8'><title>港口 Harbour</title>"
    return f"{head}</head><body><article>{body}</article></body></html>".encode()


def packed(parts: dict[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def docx(text: str, *, before: str = "") -> bytes:
    import docx as library

    document = library.Document()
    document.add_heading("标题 Title", 1)
    document.add_paragraph(text)
    made = io.BytesIO()
    document.save(made)
    if not before:
        return made.getvalue()
    parts = _parts(made.getvalue())
    xml = parts["word/document.xml"].decode()
    start = xml.index("<w:document")
    parts["word/document.xml"] = (before + xml[start:]).encode()
    return packed(dict(parts))


def _parts(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pptx() -> bytes:
    import pptx as library

    deck = library.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "标题 Title"
    slide.placeholders[1].text = f"{ZH}\n{EN}"
    made = io.BytesIO()
    deck.save(made)
    return made.getvalue()


def xlsx() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in [("年份", "说明"), (2023, ZH), (2024, EN)]:
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def epub(chapter: str = "") -> bytes:
    body = chapter or f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{ZH}</p></body></html>"
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": "<container><rootfiles><rootfile full-path='a.opf' "
            "media-type='application/oebps-package+xml'/></rootfiles></container>",
            "a.opf": "<package xmlns='http://www.idpf.org/2007/opf'><metadata/><manifest><item "
            "id='c' href='c.xhtml' media-type='application/xhtml+xml'/></manifest><spine>"
            "<itemref idref='c'/></spine></package>",
            "c.xhtml": body,
        }
    )


def pdf(text: str = EN, *, stream: bytes = b"", kids: str = "[3 0 R]") -> bytes:
    """One page; `stream` is its packed content in place of the text."""
    content = stream or zlib.compress(f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET".encode())
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids{kids}/Count 1>>".encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    made += b"xref\n0 6\n0000000000 65535 f \n" + table
    made += b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(made)


def mhtml() -> bytes:
    return (
        'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n'
        "\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
        f"\r\n<html><body><p>{ZH}</p></body></html>\r\n--b--\r\n"
    ).encode()


SOUND = {
    ".pdf": pdf,
    ".docx": lambda: docx(ZH),
    ".pptx": pptx,
    ".xlsx": xlsx,
    ".epub": epub,
    ".html": lambda: page(f"<p>{ZH}</p>"),
    ".mhtml": mhtml,
    ".csv": lambda: f"年份,说明\n2024,{ZH}\n".encode(),
    ".txt": lambda: f"标题\n\n{ZH}\n{EN}\n".encode(),
}

# Bad ones


def _blank() -> Iterator[Case]:
    for suffix in [*SOUND, ".md", ".htm", ".tsv"]:
        yield Case(f"empty{suffix}", b"", "refused")
    for suffix, content in [
        (".txt", b"\n" * 1_000_000),
        (".md", " \t　\r\n".encode() * 5000),
        (".html", b"<html><body></body></html>"),
        (".html", b"<!doctype html><title>x</title>"),
        (".csv", b",,,\n,,,\n"),
        (".txt", b"\xef\xbb\xbf"),
        (".txt", b"\xff\xfe"),
        (".pdf", pdf("")),
    ]:
        yield Case(f"blank{suffix}", content, "refused")


def _wrong_suffixes() -> Iterator[Case]:
    for true, make in SOUND.items():
        for false in SOUND:
            text = {".txt", ".csv", ".html", ".mhtml"}
            if true != false and not (true in {".txt", ".csv"} and false in text):
                yield Case(f"{true[1:]} named{false}", make(), "odd")
    yield Case("html named.doc", page(f"<p>{ZH}</p>"), "odd")


def _truncated() -> Iterator[Case]:
    for suffix in (".docx", ".pptx", ".xlsx", ".epub"):
        raw = SOUND[suffix]()
        for share in (0.02, 0.3, 0.6, 0.95):
            yield Case(f"cut{suffix}", raw[: int(len(raw) * share)], "refused")
        yield Case(f"headless{suffix}", raw[40:], "either")
    for share in (0.02, 0.3, 0.6, 0.95):
        yield Case("cut.pdf", pdf()[: int(len(pdf()) * share)], "either")


def _bombs() -> Iterator[Case]:
    laughs = "<!DOCTYPE x [<!ENTITY a0 'ha ha ha ha ha ha ha ha'>" + "".join(
        f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9)
    )
    yield Case("laughs.docx", docx("&a9;", before=laughs + "]>"), "either")
    yield Case("laughs.epub", epub(f"{laughs}]><html><body><p>&a9;</p></body></html>"), "either")
    yield Case("laughs.html", f"{laughs}]><html><body><p>&a9;</p></body></html>".encode(), "either")
    entity = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    yield Case("outside.docx", docx("&f;", before=entity), "either")
    blanks = zlib.compressobj(9, zlib.DEFLATED, -15)
    # After a full flush the next block stands by itself, so that one serves for all.
    block = blanks.compress(b" " * 10_000_000) + blanks.flush(zlib.Z_FULL_FLUSH)
    bomb = block * 100 + blanks.flush()
    parts = _parts(docx(ZH))
    for name, suffix in (("word/document.xml", ".docx"), ("word/styles.xml", ".docx")):
        yield Case(f"bomb{suffix}", _stored(parts, name, bomb, 1_000_000_000), "refused")
        yield Case(f"liar{suffix}", _stored(parts, name, bomb, 1000), "refused")
    yield Case("many.docx", packed({f"word/{n}.xml": "" for n in range(12_000)}), "refused")
    yield Case("climber.docx", packed({**parts, "../../../word/x.xml": "x"}), "either")
    for levels in (50, 100_000):
        yield Case("deep.html", page("<div>" * levels + ZH), "either")
    deep = f"<w:document xmlns:w='x'><w:body>{'<w:p>' * 20_000}"
    yield Case("deep.docx", packed({**parts, "word/document.xml": deep}), "refused")
    flood = zlib.compress(b"BT (a) Tj ET " * 5_000_000, 9)
    yield Case("flood.pdf", pdf(stream=flood), "either")
    yield Case("loop.pdf", pdf(kids="[2 0 R]"), "either")
    yield Case("self.pdf", pdf(kids="[3 0 R 3 0 R 2 0 R]"), "either")


def _stored(parts: dict[str, bytes], bombed: str, deflated: bytes, stated: int) -> bytes:
    """A container one of whose parts is `deflated`, and says that it unpacks to `stated`."""
    made, directory = bytearray(), bytearray()
    for name, part in parts.items():
        data, size = (deflated, stated) if name == bombed else (_deflate(part), len(part))
        entry = struct.pack(
            "<HHHHHIIIHH", 20, 0, 8, 0, 33, zlib.crc32(part), len(data), size, len(name), 0
        )
        directory += b"PK\x01\x02\x14\x00" + entry + struct.pack("<HHHII", 0, 0, 0, 0, len(made))
        directory += name.encode()
        made += b"PK\x03\x04" + entry + name.encode() + data
    end = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), len(made), 0)
    return bytes(made + directory + b"PK\x05\x06" + end)


def _deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _binary(dice: random.Random) -> Iterator[Case]:
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    kinds = {
        "zip": packed({"a.txt": ZH}),
        "7z": b"7z\xbc\xaf\x27\x1c" + dice.randbytes(300),
        "rar": b"Rar!\x1a\x07\x01\x00" + dice.randbytes(300),
        "gz": b"\x1f\x8b\x08\x00" + dice.randbytes(300),
        "tar": tar.getvalue(),
        "png": b"\x89PNG\r\n\x1a\n" + dice.randbytes(300),
        "jpg": b"\xff\xd8\xff\xe0" + dice.randbytes(300),
        "mp4": b"\x00\x00\x00\x18ftypmp42" + dice.randbytes(300),
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + dice.randbytes(600),
        "elf": b"\x7fELF\x02\x01\x01" + dice.randbytes(300),
        "sqlite": b"SQLite format 3\x00" + dice.randbytes(300),
        "rtf": b"{\\rtf1\\ansi " + EN.encode() + b"}",
        "random": dice.randbytes(5000),
        "nuls": b"\0" * 1_000_000,
    }
    for kind, content in kinds.items():
        for suffix in dice.sample(sorted(SOUND), 3):
            yield Case(f"{kind} named{suffix}", content, "refused")
    yield Case("text and nuls.txt", ZH.encode() + b"\0" * 50_000, "either")
    yield Case("half.txt", ZH.encode()[:50] + dice.randbytes(4000), "refused")


def _long() -> Iterator[Case]:
    """Over the limit of characters that the test sets."""
    for name, piece in [
        ("line", ZH),
        ("a", "a"),
        ("han", "国"),
        ("lines", "a\n"),
        ("brackets", "(（"),
        ("digits", "1"),
        ("items", "一是"),
        ("cr", "a\r"),
        ("emoji", "😀"),
        ("english", EN),
        ("words", "ha "),
    ]:
        yield Case(f"long {name}.txt", (piece * (200_000 // len(piece))).encode(), "refused")
    yield Case("long.html", page("<p>" + ZH * 10_000), "refused")
    yield Case("long cell.csv", f"a,b\n1,{ZH * 10_000}\n".encode(), "refused")


def _damaged_markup() -> Iterator[Case]:
    raw = mhtml()
    yield Case("no boundary.mhtml", raw.replace(b"--b", b"--c"), "either")
    yield Case("no end.mhtml", raw.replace(b"--b--", b""), "either")
    base64 = raw.replace(b"8bit", b"base64")
    yield Case("no base64.mhtml", base64, "either")
    yield Case("quotes.csv", f'a,b\n"{ZH}\n1,2\n'.encode(), "either")
    yield Case("nul.csv", f"a,b\n1,\0{ZH}\n".encode(), "either")
    yield Case("ragged.csv", ("a\n" + "," * 5000 + ZH + "\n").encode(), "either")
    yield Case("no spine.epub", packed({"mimetype": "application/epub+zip"}), "refused")
    parts = _parts(xlsx())
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    far = sheet.replace('r="A1"', 'r="XFD1048576"', 1)
    yield Case("far cell.xlsx", packed({**parts, "xl/worksheets/sheet1.xml": far}), "either")
    wide = sheet.replace("A1:B3", "A1:XFD1048576")
    yield Case("wide.xlsx", packed({**parts, "xl/worksheets/sheet1.xml": wide}), "either")
    yield Case("attributes.html", page(f"<p {'a=1 ' * 100_000}>{ZH}</p>"), "either")
    yield Case("unclosed.html", b"<!doctype html><html><!-- " + ZH.encode(), "either")


def mutated(dice: random.Random) -> Iterator[Case]:
    """Sound files with bytes changed, cut out or doubled, headers and insides alike."""
    for suffix in (".pdf", ".docx", ".pptx", ".xlsx", ".epub", ".html", ".mhtml"):
        raw = SOUND[suffix]()
        for _ in range(4):
            damaged = bytearray(raw)
            for _ in range(dice.choice([1, 5, 40])):
                damaged[dice.randrange(8, len(damaged))] = dice.randrange(256)
            if dice.random() < 0.5:
                start = dice.randrange(8, len(damaged))
                del damaged[start : start + dice.randrange(1, 200)]
            yield Case(f"mutated{suffix}", bytes(damaged), "either")


def place_special(folder: Path) -> Iterator[tuple[Path, Fate]]:
    """What is not a matter of bytes: names, links, pipes, sparse files, folders."""
    for name in (
        "换行\nnewline.txt",
        "emoji 😀📄.txt",
        "引号\"'.txt",
        "文" * 83 + ".txt",
        "tab\t.txt",
    ):
        (folder / f"5 {name}"[:85]).with_suffix(".txt").write_bytes(b"")
        yield (folder / f"5 {name}"[:85]).with_suffix(".txt"), "refused"
    raw_name = os.fsencode(folder) + b"/6 " + "报告.txt".encode("gbk")
    with open(raw_name, "wb") as file:  # noqa: PTH123, a name that is no text
        file.write(ZH.encode())
    yield Path(os.fsdecode(raw_name)), "refused"
    (folder / "6 loop.txt").symlink_to("6 loop.txt")
    yield folder / "6 loop.txt", "refused"
    (folder / "6 nowhere.md").symlink_to("not there")
    yield folder / "6 nowhere.md", "refused"
    os.mkfifo(folder / "6 pipe.txt")
    yield folder / "6 pipe.txt", "refused"
    with suppress(OSError), socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(folder / "6 socket.txt"))
        yield folder / "6 socket.txt", "refused"
    with (folder / "6 sparse.txt").open("wb") as file:
        file.truncate(3_000_000_000)
    yield folder / "6 sparse.txt", "refused"
    with (folder / "6 sparse.pdf").open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(3_000_000_000)
    yield folder / "6 sparse.pdf", "refused"
    (folder / "6 picture.png").write_bytes(b"\x89PNG")
    yield folder / "6 picture.png", "refused"
    # Quiet ones: a folder with a file's name, a circle of folders.
    (folder / "6 folder.txt").mkdir()
    (folder / "6 circle").symlink_to(folder, target_is_directory=True)
