"""Decide which encoding bytes are in, and decode them without losing a character silently."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rag.errors import EncodingError, InputError
from rag.loaders.extracted import Extracted
from rag.text import HAN, fold

REPLACEMENT = "\ufffd"

_COMMON_HAN = (
    "一七万三上下不与专世业东两严个中为主举义之乐九也书了予事二于五亚些亡交产京人亿今从他代令以们"
    "件价任份企众优会传估但位低住体作使例供依促保信修候值做停健儿元先克入全八公六兰共关其具养内再"
    "军农冠冲决况准减出分划列则创初利别到制前剧力办功加务动助势包化北区医十千升半华协单南占卡卫危"
    "即历原去县参及反发取受变口古只可台史号司各合同名后向告员周命和品响商善器噪四回因团园围固国土"
    "在地场均型城域基境增壤士声处备复外多大天太央失头奖奥女她好如妇始委子存季学安完官定实审客室害"
    "家容密对导将小少尔就尼局居届展属山岁岛川州工已巴币市布带常幅平年并广应府废度康建开弃式引张强"
    "当录形影律得德心必志态性总息情意成我或战所手打执批承技投护报担拉括持指按损据排接控推措提援支"
    "收改放政故效教数整文料斯新方施旅族无日时明易星是普更曾最月有服期木未本术机权村条来构林果染查"
    "标校样核根格案检森植模次欧款止正此步武死段每毒比民气水求江污没河油治法波注洋洲活流测济海消深"
    "清温港游湖湾湿源演火灾点然照片物特状率王环现球理生用由申电男画界略疾病登白百的监目直相省督知"
    "石研确示社禁福种科积称移程税究空突立站童符第等筑策算管米类系约级纪纳线组织经结给统续维网罗罚"
    "置美群老考者而职联育能自至致航船色节花英范草药获营著藏融行补表被装西要见规视解计认议记许设证"
    "评识该语说请调负财责货质费资赛起超足路身车转较输辖达过运近还这进违连送适选通造道部都配采里重"
    "野量金铁银销长门问间队防阿附际陆限院除险集需青非面音项预领题额风食馆首香马验高黄龄龙"
)
"""The 640 most frequent characters, in Simplified form, of encyclopaedia, news and legal text in
both scripts; they make about 86% of running text, and 3% of bytes read in a wrong encoding."""

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
_SAMPLE = 65_536
_PLAUSIBLE = 0.25
"""Least score of a legacy encoding. Text in its own encoding scores above 0.5, in another's below
0.1 (tests/test_encoding.py)."""

_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_NON_ASCII = re.compile(rb"[\x80-\xff]")
_INFORMATIVE = re.compile("[^\t\n\r\f\x20-\x7e]")
_COMMON = re.compile(f"[{_COMMON_HAN}]")
_KNOWN_MARK = re.compile(
    "[，。、；：？！（）《》「」『』【】·％０-９Ａ-Ｚａ-ｚ\u3000①-⑩Ⅰ-Ⅻ‐-―‘-”…‰′″℃°±×÷→≤≥αβγμ]"
)
_WRONG = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\ufffe\uffff\U000f0000-\U0010ffff]"
)
_DOUBTFUL = re.compile(f"[^{HAN}\\s\x21-\x7e\u2010-\u2312\u2460-\u24ff\u3001-\u303f\uff00-\uffef]")
_WESTERN = re.compile(
    rb"(?<![\x80-\xff])[\x80\x85\x91-\x99\xa0\xa3\xa7\xa9\xab\xae\xb0\xb1\xb5\xb7\xbb-\xbe\xbf-\xff]"
    rb"(?![\x80-\xff])"
)


class Decoded(NamedTuple):
    """Text and how it was got from its bytes."""

    text: str
    encoding: str
    """A codec name of Python's, such as `utf-8` or `gb18030`."""
    replaced: int
    """How many undecodable places became U+FFFD."""

    def extracted(self) -> Extracted:
        """As a loader's result, with a warning that says where the damage begins."""
        return Extracted(
            text=self.text,
            encoding=self.encoding,
            replaced=self.replaced,
            warnings=_warnings(self.text, self.replaced),
        )


def decode(raw: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text of a file's bytes.

    A byte order mark decides, then strict UTF-8; after that UTF-8 with damage, UTF-16 without a
    mark, GB18030, Big5 and Windows-1252 are tried and the one whose text is most like language
    wins. Damage is replaced by U+FFFD in place and counted; nothing is dropped. An `encoding` given
    by the user decides instead.

    Raises:
        InputError: the file is empty or is not text; `name` says which file.
        EncodingError: the bytes fit no encoding, or none gives plausible text.
    """
    if not raw.strip():
        raise InputError(f"{name} is empty.", "Give a file with text in it.")
    decoded = _decode_as(raw, encoding) if encoding else _marked(raw) or _recognised(raw, name)
    if not decoded.text.strip():
        raise InputError(f"{name} holds nothing but blanks.", "Give a file with text in it.")
    return decoded


def _marked(raw: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decode_as(raw, encoding)
    return None


def _recognised(raw: bytes, name: str) -> Decoded:
    for magic, kind in _MAGIC:
        if raw.startswith(magic):
            raise InputError(f"{name} is {kind}, not plain text.", "Save it as UTF-8 text first.")
    if b"\x00" not in raw:
        try:
            return Decoded(raw.decode("utf-8"), "utf-8", 0)
        except UnicodeDecodeError:
            damaged = _decode_as(raw, "utf-8")
            if _mostly_utf8(damaged):
                return damaged
    encoding = _best(raw)
    if encoding:
        return _decode_as(raw, encoding)
    if b"\x00" in raw:
        raise InputError(
            f"{name} holds binary data (zero bytes), not text.", "Save it as UTF-8 text first."
        )
    raise EncodingError(
        f"{name} is not readable as UTF-8, UTF-16, GB18030, Big5 or Windows-1252: no reading of "
        "its bytes looks like Chinese or English.",
        "Save it as UTF-8 and try again.",
    )


def _warnings(text: str, replaced: int) -> tuple[str, ...]:
    if not replaced:
        return ()
    line = len(_LINE_END.findall(text, 0, text.find(REPLACEMENT))) + 1
    places = "1 damaged place" if replaced == 1 else f"{replaced} damaged places"
    return (f"{places} in the file could not be decoded, the first on line {line}; shown as �.",)


def _decode_as(raw: bytes, encoding: str) -> Decoded:
    # Counted against what the bytes themselves encode: U+FFFD can be ordinary text of a file.
    text = raw.decode(encoding, "replace")
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        own = raw.count(REPLACEMENT.encode("utf-8")) if encoding.startswith("utf-8") else 0
        return Decoded(text, encoding, text.count(REPLACEMENT) - own)
    return Decoded(text, encoding, 0)


def _mostly_utf8(damaged: Decoded) -> bool:
    """Whether well-formed sequences far outnumber the damage, as in other encodings they cannot."""
    sequences = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", damaged.text))
    return sequences >= 4 * damaged.replaced


def _best(raw: bytes) -> str | None:
    scores = {encoding: score for encoding, score in _scores(raw) if score >= _PLAUSIBLE}
    if scores:
        # The first of equals: the codecs of Big5 differ in a few characters only.
        return max(scores, key=lambda encoding: scores[encoding])
    if b"\x00" in raw:
        return None
    if _is_western(raw):
        return "cp1252"
    stray = len(_NON_ASCII.findall(raw))
    return "utf-8" if stray <= max(2, len(raw) // 200) else None


def _scores(raw: bytes) -> Iterator[tuple[str, float]]:
    first = _NON_ASCII.search(raw)
    line = raw.rfind(b"\n", 0, first.start()) + 1 if first else 0
    sample = raw[line : line + _SAMPLE]
    if b"\x00" not in raw:
        for encoding in ("gb18030", "cp950", "big5hkscs", "utf-8"):
            yield encoding, plausibility(sample.decode(encoding, "replace"))
    for encoding in ("utf-16-le", "utf-16-be"):
        text = raw[:_SAMPLE].decode(encoding, "replace")
        yield encoding, plausibility(text, ascii_counts=True)


def plausibility(text: str, *, ascii_counts: bool = False) -> float:
    """How much decoded text is like Chinese or English, at most 1.

    Among the characters that are not printable ASCII: the share of common Han characters and
    marks, less twice that of impossible ones (controls, private use, U+FFFD), less half that of
    other scripts. ASCII tells nothing where every encoding reads it alike, but in UTF-16 it counts
    as common.
    """
    informative = len(_INFORMATIVE.findall(text))
    common = len(_COMMON.findall(fold(text))) + len(_KNOWN_MARK.findall(text))
    wrong = len(_WRONG.findall(text))
    doubtful = max(0, len(_DOUBTFUL.findall(text)) - wrong)
    if ascii_counts:
        common, informative = common + len(text) - informative, len(text)
    return (common - 2 * wrong - 0.5 * doubtful) / max(1, informative)


def _is_western(raw: bytes) -> bool:
    """English or another language of western Europe: lone accented letters and quotes in ASCII."""
    high = len(_NON_ASCII.findall(raw))
    return high == len(_WESTERN.findall(raw)) and high * 8 <= len(raw)
