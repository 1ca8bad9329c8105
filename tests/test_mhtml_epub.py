"""Pages saved as one file, and books."""
# ruff: noqa: E501

import base64
import io
import quopri
import zipfile
from collections.abc import Mapping

import pytest

from rag.cleaning import clean
from rag.errors import InputError, YinjuError
from rag.loaders import extract
from rag.loaders.epub import load as load_book
from rag.loaders.mhtml import load as load_saved
from rag.loaders.zipped import MOST_ENTRIES, open_zip

TEXT = "会议讨论了碳排放权交易市场，并要求在年底前扩大行业范围，各地要落实责任。"
PAGE = f"<html><head><meta charset=gb2312><title>碳市场</title></head><body><nav><a href=/>首页</a> <a href=/n>新闻</a></nav><h1>碳市场</h1><p>{TEXT}</p><iframe src='cid:frame-1@mhtml.blink'></iframe><p>完。</p></body></html>"
FRAME = "<html><body><p>框内的一段文字，说明了行业名单。</p></body></html>"


def saved(
    page: str = PAGE, codec: str = "gb18030", transfer: str = "quoted-printable", head: str = ""
) -> bytes:
    raw = page.encode(codec)
    body = quopri.encodestring(raw) if transfer == "quoted-printable" else base64.encodebytes(raw)
    charset = "" if codec == "gb18030" else f"; charset={codec}"
    return b"".join([
        b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.cn/2026/a.html\r\n",
        b"Subject: =?utf-8?Q?=E7=A2=B3=E5=B8=82=E5=9C=BA?=\r\nDate: Tue, 3 Mar 2026 10:00:00 -0000\r\n",
        f'MIME-Version: 1.0\r\nContent-Type: multipart/related; {head}type="text/html"; boundary="----B"\r\n\r\n'.encode(),
        f"------B\r\nContent-Type: text/html{charset}\r\nContent-ID: <main@mhtml.blink>\r\nContent-Transfer-Encoding: {transfer}\r\nContent-Location: https://example.cn/2026/a.html\r\n\r\n".encode(),
        body,
        b"\r\n------B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://example.cn/i.png\r\n\r\niVBORw0KGgo=\r\n",
        b"------B\r\nContent-Type: text/html; charset=utf-8\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        base64.encodebytes(FRAME.encode()),
        b"------B--\r\n",
    ])  # fmt: skip


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
def test_a_saved_page_is_read_with_its_frames(transfer: str, codec: str) -> None:
    extracted = load_saved(saved(codec=codec, transfer=transfer), "'a.mhtml'")
    lines = [line for line in extracted.text.split("\n") if line]
    assert lines == ["首页 新闻", "碳市场", TEXT, "框内的一段文字，说明了行业名单。", "完。"]
    assert extracted.encoding == codec
    assert extracted.found["url"] == "https://example.cn/2026/a.html"
    assert extracted.found["title"] == "碳市场"
    assert "date" not in extracted.found
    assert extracted.warnings == ()
    assert clean(extracted.text, asides=extracted.asides).text.startswith("碳市场")


def test_the_root_part_may_be_named_and_not_the_first() -> None:
    raw = saved(head='start="<frame-1@mhtml.blink>"; ')
    assert load_saved(raw, "'a'").text.startswith("框内的一段文字")


def test_a_saved_page_that_breaks_off_says_so() -> None:
    whole = saved(PAGE.replace("<p>完。</p>", f"<p>{TEXT}</p>" * 20))
    extracted = load_saved(whole[: len(whole) // 2], "'a'")
    assert TEXT in extracted.text
    assert "breaks off" in extracted.warnings[0]


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"\n\n", b"MIME-Version: 1.0\n\nhello", b"\x00" * 50, b"Content-Type: multipart/related\n\nx"),
        saved("<html></html>").replace(base64.encodebytes(FRAME.encode()), b"!!!"),
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(2000)),
        b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n%%%",
        b"Content-Type: text/html; charset=\xff\xfe\nSubject: =?utf-8?B?!!?=\n\n<p></p>",
    ],
)  # fmt: skip
def test_a_broken_saved_page_gives_one_line(raw: bytes) -> None:
    with pytest.raises(InputError) as error:
        load_saved(raw, "'坏.mhtml'")
    assert "坏.mhtml" in str(error.value)
    assert "\n" not in str(error.value)


CONTAINER = '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
PACKAGE = """<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"><dc:title>河流之书</dc:title><dc:creator>林 Yue</dc:creator><dc:creator>N. Reed</dc:creator><dc:publisher>江城出版社</dc:publisher><dc:date opf:event="modification">2026-02-02</dc:date><dc:date>2021-05-01</dc:date><dc:language>zh</dc:language></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/><item id="c1" href="text/ch%201.xhtml" media-type="application/xhtml+xml"/><item id="c2" href="text/two.xhtml" media-type="application/xhtml+xml"/><item id="c3" href="text/gone.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="nav"/><itemref idref="c2"/><itemref idref="c1"/><itemref idref="c3"/></spine></package>"""
NAV = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body><nav epub:type="toc"><ol><li><a href="text/two.xhtml#s">源头</a></li><li><a href="text/ch%201.xhtml">The sea</a></li></ol></nav></body></html>'
ONE = f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><h1>海</h1><p>{TEXT}&nbsp;&mdash;</p><script src="x.js"/><p>English at the end.</p></body></html>'
TWO = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>二</title></head><body><p>河从山里来。</p><span epub:type="pagebreak" title="12"/><p>流到平原。<ruby>國<rt>guó</rt></ruby></p></body></html>'


def book(changes: Mapping[str, str | bytes | None] | None = None) -> bytes:
    files: dict[str, str | bytes | None] = {
        "mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/content.opf": PACKAGE,
        "OEBPS/nav.xhtml": NAV, "OEBPS/text/ch 1.xhtml": ONE, "OEBPS/text/two.xhtml": TWO,
        **(changes or {}),
    }  # fmt: skip
    return zipped({name: data for name, data in files.items() if data is not None})


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def test_a_book_is_read_in_its_reading_order() -> None:
    extracted = load_book(book(), "'b.epub'")
    lines = [line for line in extracted.text.split("\n") if line]
    assert lines == [
        *("源头", "The sea", "河从山里来。", "流到平原。國(guó)", "海"),
        *(f"{TEXT}\xa0—", "English at the end."),
    ]
    assert extracted.encoding == "epub"
    assert [(mark.kind, mark.label) for mark in extracted.marks] == [
        *(("chapter", "源头"), ("page", "12"), ("chapter", "The sea"), ("heading", "海")),
    ]
    starts = [extracted.text[mark.start :].lstrip()[:2] for mark in extracted.marks]
    assert starts == ["河从", "流到", "海\n", "海\n"]
    assert "gone.xhtml" in extracted.warnings[0]
    assert extracted.found == {
        "title": "河流之书", "author": "林 Yue, N. Reed", "publisher": "江城出版社",
        "date": "2021-05-01", "language": "zh",
    }  # fmt: skip
    text = clean(extracted.text, asides=extracted.asides, marks=extracted.marks).text
    assert not text.startswith("源头")
    assert TEXT in text


def test_an_older_book_has_its_chapters_from_its_ncx() -> None:
    package = (
        PACKAGE.replace(
            'properties="nav" media-type="application/xhtml+xml"',
            'media-type="application/x-dtbncx+xml"',
        )
        .replace("nav.xhtml", "toc.ncx")
        .replace("<spine>", '<spine toc="nav">')
        .replace('<itemref idref="nav"/>', "")
    )
    ncx = '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>第一章</text></navLabel><content src="text/two.xhtml"/></navPoint></navMap></ncx>'
    raw = book({"OEBPS/content.opf": package, "OEBPS/nav.xhtml": None, "OEBPS/toc.ncx": ncx})
    chapters = [mark.label for mark in load_book(raw, "'b'").marks if mark.kind == "chapter"]
    assert chapters == ["第一章", "海"]


def test_a_chapter_that_is_not_well_formed_keeps_its_text() -> None:
    raw = book(
        {
            "OEBPS/text/two.xhtml": TWO.replace("</p>", "").replace(
                "<head><title>二</title></head>", ""
            )
        }
    )
    assert "流到平原。" in load_book(raw, "'b'").text


FONTS = '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="{}"/><enc:CipherData><enc:CipherReference URI="OEBPS/x"/></enc:CipherData></enc:EncryptedData></encryption>'


def test_disguised_fonts_do_not_lock_a_book() -> None:
    raw = book({"META-INF/encryption.xml": FONTS.format("http://www.idpf.org/2008/embedding")})
    assert TEXT in load_book(raw, "'b'").text


LOCKED = FONTS.format("http://www.w3.org/2001/04/xmlenc#aes256-cbc")
LOLS = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "zip"),
        (b"PK\x03\x04 broken", "zip"),
        (book()[:300], "zip"),
        (book({"META-INF/container.xml": None}), "container.xml"),
        (book({"META-INF/container.xml": "<container/>"}), "package"),
        (book({"META-INF/container.xml": "not xml"}), "container.xml"),
        (book({"META-INF/encryption.xml": LOCKED}), "locked"),
        (book({"OEBPS/content.opf": None}), "content.opf"),
        (book({"OEBPS/content.opf": b"\x00\x01"}), "content.opf"),
        (book({"OEBPS/text/two.xhtml": "<p/>", "OEBPS/text/ch 1.xhtml": "", "OEBPS/nav.xhtml": " "}), "no text"),
        (book({"OEBPS/pad": b"\0" * 60_000_000}), "unpack"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_broken_book_gives_one_line(raw: bytes, said: str) -> None:
    with pytest.raises(InputError) as error:
        load_book(raw, "'坏.epub'")
    assert said in str(error.value)
    assert "坏.epub" in str(error.value)
    assert "\n" not in str(error.value)
    assert error.value.hint


def test_entities_are_not_multiplied() -> None:
    for path in ("META-INF/container.xml", "OEBPS/text/two.xhtml"):
        whole = {"META-INF/container.xml": CONTAINER, "OEBPS/text/two.xhtml": TWO}[path]
        raw = book(
            {path: LOLS + whole.replace('<?xml version="1.0"?>', "").replace("<p>", "<p>&c;")}
        )
        assert load_book(raw, "'b'").text.count("lol") == 0


def test_a_damaged_part_gives_one_line() -> None:
    raw = book()
    at = raw.index(b"OEBPS/text/two.xhtml") + 30
    broken = raw[:at] + b"\xff" * 40 + raw[at + 40 :]
    with pytest.raises(YinjuError) as error:
        load_book(broken, "'b'")
    assert "two.xhtml" in str(error.value)


def test_zip_limits() -> None:
    archive = open_zip(book(), "'b'")
    assert "mimetype" in archive
    assert archive.names()[0] == "mimetype"
    assert archive.read("mimetype") == b"application/epub+zip"
    many = zipped({str(i): b"" for i in range(MOST_ENTRIES + 1)})
    with pytest.raises(InputError, match="parts"):
        open_zip(many, "'m'")
    locked = bytearray(zipped({"a": "b"}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match="password"):
        open_zip(bytes(locked), "'p'")
    with pytest.raises(InputError, match="old Office"):
        open_zip(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "'o'")


def test_suffixes_lead_here() -> None:
    assert TEXT in extract(saved(), "a.mht").text
    assert TEXT in extract(book(), "b.epub").text
