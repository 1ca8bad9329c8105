"""Encodings are recognised, damage is counted, nothing is dropped."""

import random

import pytest

from rag.errors import EncodingError, InputError
from rag.loaders.encoding import decode, plausibility

HANS = (
    "污水处理厂的排放标准今年修订，地方政府负责监督，企业每季度报告一次监测结果。\n"
    "“先立后破”是这次改革的原则；专家认为，成本会由用户和财政分担（比例另行确定）。\n"
    "记者在现场看到，工人们正在安装新的设备，预计2027年完成，投资约58.74亿元。\n"
)
HANT = (
    "污水處理廠的排放標準今年修訂，地方政府負責監督，企業每季度報告一次監測結果。\n"
    "「先立後破」是這次改革的原則；專家認為，成本會由用戶和財政分擔（比例另行確定）。\n"
    "記者在現場看到，工人們正在安裝新的設備，預計2027年完成，投資約58.74億元。\n"
)
EN = (
    "The plant’s discharge standard was revised this year; local government supervises it.\n"
    "“Build before you break” is the rule – costs are shared, and reports come each quarter.\n"
    "Workers were installing new equipment when we came, to be finished in 2027.\n"
)
TEXTS = {"hans": HANS, "hant": HANT, "en": EN, "mixed": EN + HANS, "mixed-hant": HANT + EN}
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "gb18030",
    "gbk",
    "cp950",
    "big5hkscs",
    "cp1252",
)


def piece(text: str, length: int) -> str:
    start = random.Random(length).randrange(len(text))
    return (text * (length // len(text) + 2))[start : start + length].strip()


def fits(text: str, encoding: str) -> bool:
    """Big5 has no Simplified characters, Windows-1252 no Chinese ones."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize("length", [40, 100, 1_000, 10_000, 100_000])
@pytest.mark.parametrize(
    ("name", "encoding"),
    [(name, encoding) for name in TEXTS for encoding in ENCODINGS if fits(TEXTS[name], encoding)],
)
def test_every_encoding_and_length(name: str, encoding: str, length: int) -> None:
    text = piece(TEXTS[name], length)
    decoded = decode(text.encode(encoding), "file")
    assert decoded.text == text
    assert decoded.replaced == 0


def test_rare_characters_survive_in_gbk() -> None:
    text = HANS + "朱镕基、李喆、叶堃、㎡、①"
    assert decode(text.encode("gbk"), "file").text == text


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "cp950"])
@pytest.mark.parametrize("text", ["價格", "你好", "今天天氣很好", "會議指出"])
def test_a_few_characters_are_enough(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "file").text == text


@pytest.mark.parametrize("text", [HANS, HANT, EN, EN + HANT])
def test_one_stray_byte_costs_one_place(text: str) -> None:
    raw = text.encode("utf-8")
    for at in (0, 30, len(raw) // 6 * 3):
        while raw[at] & 0xC0 == 0x80:
            at += 1
        decoded = decode(raw[:at] + b"\xff" + raw[at:], "file")
        assert (decoded.encoding, decoded.replaced) == ("utf-8", 1)
        assert decoded.text.replace("\ufffd", "") == text


@pytest.mark.parametrize(
    ("text", "encoding"), [(HANS, "utf-8"), (HANS, "gb18030"), (HANT, "cp950"), (HANT, "utf-16-le")]
)
def test_a_truncated_last_character_is_counted(text: str, encoding: str) -> None:
    whole = text.rstrip("\n")[:-1] + "完"
    decoded = decode(whole.encode(encoding)[:-1], "file")
    assert decoded.replaced == 1
    assert decoded.text == whole[:-1] + "\ufffd"


def test_damage_in_gb18030_is_local() -> None:
    raw = HANS.encode("gb18030")
    at = raw.index("，".encode("gb18030"))
    decoded = decode(raw[:at] + b"\xff" + raw[at:], "file")
    assert decoded.encoding == "gb18030"
    assert decoded.replaced == 1
    assert decoded.text.replace("\ufffd", "") == HANS


def test_a_replacement_character_of_the_file_itself_is_not_damage() -> None:
    assert decode("损坏的�字符".encode(), "file").replaced == 0
    assert decode("损坏的�字符，后面还有正文。".encode() + b"\xff", "file").replaced == 1


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf \n", "blanks"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office"),
        (b"\x00\x01\x02abc\x00", "binary"),
    ],
)
def test_what_is_not_text_is_named(raw: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        decode(raw, "file")


@pytest.mark.parametrize(
    "raw",
    [
        random.Random(3).randbytes(400).replace(b"\0", b"\1"),
        "Привет, мир. Это обычный русский текст.".encode("cp1251"),
        "これはテストです。よろしくお願いします。".encode("shift_jis"),
    ],
)
def test_what_fits_nothing_is_refused_with_a_hint(raw: bytes) -> None:
    with pytest.raises(EncodingError, match="UTF-8") as refused:
        decode(raw, "file")
    assert refused.value.hint


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (HANS, "gb18030", ("cp950", "utf-16-le", "latin-1")),
        (HANT, "cp950", ("gb18030", "utf-16-le", "latin-1")),
        (HANT, "utf-16-le", ("utf-16-be", "gb18030", "cp950")),
    ],
)
def test_plausibility_parts_right_from_wrong(text: str, right: str, wrong: tuple[str, ...]) -> None:
    raw = text.encode(right)
    assert plausibility(raw.decode(right)) > 0.5
    for encoding in wrong:
        assert plausibility(raw.decode(encoding, "replace")) < 0.1
