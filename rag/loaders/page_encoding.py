"""Which encoding a page is in: what it says of itself is heard, and checked against its bytes."""

import codecs
import re

from rag.errors import EncodingError
from rag.loaders.encoding import Decoded, decode, text_codec
from rag.loaders.plausibility import plausibility

_HEAD_BYTES = 4096
"""Browsers look for a declaration in the first 1,024; old pages have it below their scripts."""
_DECLARED = re.compile(
    rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml\b[^>]*?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}
"""Pages name the smaller set and use the larger one (WHATWG Encoding Standard, 4.2)."""
_CHINESE = frozenset({"gb18030", "cp950", "big5hkscs", "hz"})
_WESTERN = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252", "utf-8"})
"""Declared by tools that know nothing of the text."""
_PLAUSIBLE = 0.25


def decode_page(
    raw: bytes, name: str, encoding: str | None = None, *, charset: str | None = None
) -> Decoded:
    """The source of a page.

    A byte order mark decides, then strict UTF-8, then what the page declares where its bytes are
    plausible text so; otherwise, and where `encoding` is given, as `decode` does.

    Args:
        raw: the bytes.
        name: what stands for the file in messages.
        encoding: a person's decision.
        charset: what whoever sent the page says; weighs more than the page's own word.

    Raises:
        InputError: it is empty or no text.
        EncodingError: its bytes are text in no encoding we know.
    """
    if encoding or raw.startswith(_MARKS) or not raw.strip() or _is_utf8(raw):
        return decode(raw, name, encoding)
    declared = [codec for codec in (_codec(charset), _codec(declaration(raw))) if codec]
    for codec in declared:
        if codec in _CHINESE and (decoded := _strictly(raw, codec)):
            return decoded
    other = next((codec for codec in declared if codec not in _CHINESE | _WESTERN), None)
    decoded = _strictly(raw, other) if other else None
    try:
        recognised = decode(raw, name)
    except EncodingError:
        if decoded:
            return decoded
        raise
    return decoded if decoded and recognised.encoding not in _CHINESE else recognised


def declaration(raw: bytes) -> str | None:
    """The encoding that a page names in its head."""
    match = _DECLARED.search(raw, 0, _HEAD_BYTES)
    return (match[1] or match[2]).decode("ascii") if match else None


def _codec(charset: str | None) -> str | None:
    if not charset:
        return None
    try:
        codec = text_codec(charset)
    except EncodingError:
        return None
    # A page whose declaration can be read byte by byte is not in UTF-16.
    return None if codec.startswith(("utf-16", "utf-32")) else _WIDER.get(codec, codec)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strictly(raw: bytes, codec: str) -> Decoded | None:
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return None
    if codec in _CHINESE and plausibility(text) < _PLAUSIBLE:
        return None
    return Decoded(text, codec, 0)
