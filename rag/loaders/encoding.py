"""Decide which encoding bytes are in, and decode them without losing a character silently."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rag.errors import EncodingError, InputError
from rag.loaders.choosing import HINT, SURE, Choice, choose, choose_wide
from rag.loaders.codec_names import text_codec
from rag.loaders.damage import DAMAGE, Read, marked, read_utf8, read_utf16
from rag.loaders.extracted import Extracted
from rag.loaders.foreign import described
from rag.loaders.plausibility import informative, plausibility

__all__ = ["Decoded", "decode", "plausibility", "text_codec"]

REPLACEMENT = "\ufffd"

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive (docx, xlsx, epub and zip files begin so)"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (doc, xls, ppt)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a rich text (RTF) document"),
)
_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = bytes([*range(1, 9), *range(14, 27), *range(28, 32)])


class Decoded(NamedTuple):
    """Text and how it was got from its bytes."""

    text: str
    encoding: str
    """A codec name of Python's, such as `utf-8` or `gb18030`."""
    replaced: int
    """How many undecodable places became U+FFFD."""
    confidence: float = 1.0
    """Between 0 and 1, how sure the encoding is: 1 for a byte order mark, valid UTF-8, or an
    encoding that a person named; else how far the text's plausibility is above that of the next
    best reading, less for text of a few characters; all less the share of damage."""
    notes: tuple[str, ...] = ()
    """What else a person should know: lines in another encoding, zero bytes."""

    def extracted(self) -> Extracted:
        """As a loader's result, with a warning that says where the damage begins."""
        return Extracted(
            text=self.text,
            encoding=self.encoding,
            confidence=self.confidence,
            replaced=self.replaced,
            warnings=(*_warnings(self), *self.notes),
        )


def decode(raw: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text of a file's bytes.

    A byte order mark decides, then strict UTF-8; after that UTF-8 with damage, UTF-16 without a
    mark, GB18030, Big5 and Windows-1252 are tried and the one whose text is most like language
    wins. Damage is replaced by U+FFFD in place and counted; nothing is dropped. An `encoding` given
    by the user decides instead.

    Raises:
        InputError: the file is empty or is not text; `name` says which file.
        EncodingError: the bytes fit no encoding, or none gives plausible text; or `encoding` names
            no text encoding.
    """
    if not raw.strip():
        raise InputError(f"{name} is empty.", "Give a file with text in it.")
    choice = _as_told(raw, encoding) if encoding else _marked(raw, name) or _recognised(raw, name)
    decoded = _finished(choice)
    if not decoded.text.strip("\0 \t\r\n\f\v\u3000"):
        raise InputError(f"{name} holds nothing but blanks.", "Give a file with text in it.")
    return decoded


def _as_told(raw: bytes, encoding: str) -> Choice:
    """In the encoding that a person named, exactly."""
    codec = text_codec(encoding)
    text = marked(raw, codec)
    telling = len(informative(text))
    doubtful = telling > 20 and plausibility(text) < 0
    return Choice(codec, Read(text), 0.3 if doubtful else 1.0)


def _marked(raw: bytes, name: str) -> Choice | None:
    for mark, encoding in _MARKS:
        if not raw.startswith(mark):
            continue
        if encoding == "utf-8-sig":
            return Choice(encoding, read_utf8(raw), 1.0)
        if encoding == "utf-16":
            order = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
            return Choice(encoding, read_utf16(raw[2:], order), 1.0)
        text = marked(raw, encoding)
        if DAMAGE in text[:-1]:
            raise EncodingError(f"{name} is damaged UTF-32.", "Save it as UTF-8 again.")
        return Choice(encoding, Read(text), 1.0)
    return None


def _recognised(raw: bytes, name: str) -> Choice:
    for magic, kind in _MAGIC:
        if raw.startswith(magic):
            raise InputError(f"{name} is {kind}, not plain text.", "Save it as UTF-8 text first.")
    choice = choose_wide(raw) if b"\x00" in raw else None
    if not choice and _is_binary(raw):
        raise InputError(
            f"{name} holds binary data (zero bytes or control characters), not text.",
            "Save it as UTF-8 text first.",
        )
    choice = choice or choose(raw, name)
    if choice:
        return choice
    raise EncodingError(
        f"{name} is not readable as UTF-8, UTF-16, GB18030, Big5 or Windows-1252: "
        f"{described(raw)}.",
        HINT,
    )


def _is_binary(raw: bytes) -> bool:
    """Whether control characters or zero bytes are too many for a text with some damage."""
    zeros = raw.count(0)
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    return zeros * 2 > len(raw) or (zeros > 0 and controls * 20 > len(raw))


def _finished(choice: Choice) -> Decoded:
    text = choice.read.text
    replaced = text.count(DAMAGE)
    confidence = choice.confidence * (1 - min(0.9, 5 * replaced / max(1, len(text))))
    decoded = Decoded(
        text.replace(DAMAGE, REPLACEMENT), choice.encoding, replaced, round(confidence, 3)
    )
    return decoded._replace(notes=tuple(_notes(decoded, choice.read)))


def _notes(decoded: Decoded, read: Read) -> Iterator[str]:
    if decoded.confidence < SURE:
        yield (
            f"Its encoding was taken to be {decoded.encoding} with a confidence of only "
            f"{decoded.confidence:.2f}: check the text, and name its encoding with --encoding "
            "if it is wrong."
        )
    if read.elsewise:
        line, encoding = read.elsewise[0]
        lines = "1 line is" if len(read.elsewise) == 1 else f"{len(read.elsewise)} lines are"
        yield f"{lines} in {encoding}, not in {decoded.encoding}, the first line {line}; read so."
    zeros = decoded.text.count("\0")
    if zeros:
        count = "1 zero byte stands" if zeros == 1 else f"{zeros} zero bytes stand"
        yield f"{count} in the text, the first on line {_line(decoded.text, chr(0))}."


def _warnings(decoded: Decoded) -> tuple[str, ...]:
    count = decoded.replaced
    if not count:
        return ()
    places = "1 damaged place" if count == 1 else f"{count} damaged places"
    line = _line(decoded.text, REPLACEMENT)
    return (f"{places} in the file could not be decoded, the first on line {line}; shown as �.",)


def _line(text: str, character: str) -> int:
    return len(_LINE_END.findall(text, 0, text.find(character))) + 1
