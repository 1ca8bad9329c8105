"""What a file is, by its bytes where they leave no doubt, else by its suffix."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from rag.errors import InputError
from rag.loaders.zipped import open_zip

HEAD_BYTES = 4096
"""So many bytes tell what a file is."""
PLAIN = "plain"

_UNPACK = "Unpack it and give the files in it."
_SAVE_AS = "Save it as docx, pptx, xlsx, pdf or text and give that."
_DOCUMENT = "Give a document with text in it."


class Kind(NamedTuple):
    """A sort of file."""

    loader: str
    """The module that reads it; empty where none does."""
    words: str
    hint: str = ""
    """What to do with one that is not read."""


_ZIP_START = b"PK\x03\x04"
_ZIP = Kind("", "a zip archive, which is not opened", _UNPACK)
_PDF = Kind("pdf", "a PDF")
_HTML = Kind("html", "an HTML page")
_MHTML = Kind("mhtml", "a saved web page (MHTML)")
_WORD = Kind("docx", "a Word document")
_SLIDES = Kind("pptx", "a PowerPoint presentation")
_SHEETS = Kind("xlsx", "an Excel workbook")
_EPUB = Kind("epub", "an EPUB book")
_TEXT = Kind(PLAIN, "plain text")
_OPEN_DOCUMENT = Kind("", "an OpenDocument file (odt, ods, odp)", _SAVE_AS)
_FOLDERS = (("word/", _WORD), ("ppt/", _SLIDES), ("xl/", _SHEETS))
_IN_ZIP = frozenset({kind.loader for kind in (_WORD, _SLIDES, _SHEETS, _EPUB)})
_ARCHIVE = {
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"PK\x05\x06": "an empty zip archive",
    b"MSCF": "a cabinet archive",
}
_OFFICE = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office document (doc, xls, ppt) or is protected "
    "by a password",
    b"{\\rtf": "a rich text (RTF) document",
    b"%!PS": "a PostScript file",
}
_OTHER = {
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF87a": "a GIF image",
    b"GIF89a": "a GIF image",
    b"II*\x00": "a TIFF image",
    b"MM\x00*": "a TIFF image",
    b"ID3": "an audio file",
    b"fLaC": "an audio file",
    b"OggS": "an audio or video file",
    b"\x1aE\xdf\xa3": "a video file",
    b"\x7fELF": "a program",
    b"MZ\x90\x00": "a program",
    b"\xcf\xfa\xed\xfe": "a program",
    b"\xca\xfe\xba\xbe": "a program",
    b"SQLite format 3\x00": "a database",
    b"ITSF": "a compiled help file (CHM)",
}
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    *(
        (magic, Kind("", f"{what}, which is not opened", _UNPACK))
        for magic, what in _ARCHIVE.items()
    ),
    *((magic, Kind("", what, _SAVE_AS)) for magic, what in _OFFICE.items()),
    *((magic, Kind("", what, _DOCUMENT)) for magic, what in _OTHER.items()),
)
_BOX = re.compile(rb".{4}ftyp", re.DOTALL)
_RIFF = re.compile(rb"RIFF.{4}(WEBP|WAVE|AVI )", re.DOTALL)
_TAR = re.compile(rb"[^\x00].{256}ustar", re.DOTALL)
_PDF_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*%PDF-\d")
_PDF_NEAR = 1024
"""Readers of PDF let so many bytes of anything stand before it."""
_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HTML_START = re.compile(
    r"\ufeff?\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_RELATED = re.compile(
    rb"^content-type:\s*multipart/related;(?:[^\n]|\n[ \t])*boundary=", re.IGNORECASE | re.MULTILINE
)


def is_document(head: bytes) -> bool:
    """Whether the first `HEAD_BYTES` are beyond doubt those of something that we can read."""
    kind = _by_content(head)
    return bool(kind and kind.loader) or head.startswith(_ZIP_START)


def is_plain(raw: bytes, suffix_loader: str | None) -> bool:
    """Whether a file can be nothing but plain text, or nothing that we can read."""
    return (
        suffix_loader in (None, PLAIN)
        and _by_content(raw[:HEAD_BYTES]) is None
        and not raw.startswith(_ZIP_START)
    )


def loader_for(
    raw: bytes, name: str, suffix: str, loaders: Mapping[str, str]
) -> tuple[str, tuple[str, ...]]:
    """The module that reads these bytes, and a warning where their suffix says another thing.

    Args:
        raw: the file.
        name: stands for the file in messages.
        suffix: its own, small, with the dot; may be empty.
        loaders: modules by suffix.

    Raises:
        InputError: it is something that no loader reads, such as a picture or an archive.
    """
    named = loaders.get(suffix)
    kind = _by_content(raw[:HEAD_BYTES])
    if kind is None and raw.startswith(_ZIP_START):
        kind = _in_zip(raw, name, named)
    if kind is None and named and not _may_be(named, raw):
        kind = _plain_after_all(raw, name, suffix)
    if kind is None:
        return named or PLAIN, ()
    if kind.loader not in loaders.values():
        raise InputError(f"{name} is {kind.words}.", kind.hint or _SAVE_AS)
    if kind.loader == named or not suffix:
        return kind.loader, ()
    return kind.loader, (f"It is named {suffix}, but it is {kind.words}; read as such.",)


def _by_content(head: bytes) -> Kind | None:
    """What the first bytes say, zip containers apart; None where they say nothing sure."""
    if _PDF_START.match(head):
        return _PDF
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if _BOX.match(head) or _RIFF.match(head):
        return Kind("", "an image, audio or video file", _DOCUMENT)
    if _TAR.match(head):
        return Kind("", "a tar archive, which is not opened", _UNPACK)
    if _is_html(head):
        return _HTML
    header = _MAIL_HEADER.match(head.replace(b"\r\n", b"\n"))
    return _MHTML if header and _RELATED.search(header.group()) else None


def _is_html(head: bytes) -> bool:
    encoding = next((codec for mark, codec in _MARKS if head.startswith(mark)), "latin-1")
    text = head.removeprefix(b"\xef\xbb\xbf").decode(encoding, "replace")
    return bool(_HTML_START.match(text))


def _in_zip(raw: bytes, name: str, named: str | None) -> Kind | None:
    """What a zip container holds; None where it is damaged and its suffix has a loader to say so.

    Raises:
        InputError: nobody can tell what the container holds.
    """
    try:
        container = open_zip(raw, name)
        parts = container.names()
        stated = container.read("mimetype") if "mimetype" in container else b""
    except InputError:
        if named in _IN_ZIP:
            return None
        raise
    if "[Content_Types].xml" in container:
        for folder, kind in _FOLDERS:
            if any(part.startswith(folder) for part in parts):
                return kind
    if stated.strip() == b"application/epub+zip" or "META-INF/container.xml" in container:
        return _EPUB
    return _OPEN_DOCUMENT if b"opendocument" in stated else _ZIP


def _may_be(loader: str, raw: bytes) -> bool:
    """Whether bytes that say nothing sure can be of a format that one can tell by them."""
    if loader == "pdf":
        return b"%PDF-" in raw[:_PDF_NEAR]
    return loader not in _IN_ZIP or raw.startswith(_ZIP_START)


def _plain_after_all(raw: bytes, name: str, suffix: str) -> Kind:
    """Plain text under the suffix of another format.

    Raises:
        InputError: it is no text either.
    """
    from rag.loaders.encoding import decode

    try:
        decode(raw, name)
    except InputError:
        raise InputError(
            f"{name} is named {suffix}, but it is neither that nor text.",
            "Get another copy of it.",
        ) from None
    return _TEXT
