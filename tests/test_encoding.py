"""Encodings are recognised, damage is counted, nothing is dropped."""

import difflib
import random
import re

import pytest

from rag.errors import EncodingError, InputError
from rag.loaders.codec_names import text_codec
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


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "会议由叶堃、李喆主持，讨论綦江与趵突泉的用水，另有𠮷野先生列席。"),
        ("gb18030", HANT),
        ("gb18030", EN + HANS),
        ("gbk", "The report of the year was read by 喆 at noon, and the rest was left for later."),
        ("cp950", "碁恒粧裏嫺，這些字在別的碼裡沒有；會議仍然照常舉行。"),
        ("big5hkscs", "啲嘢喺邊度㗎，佢哋唔知；會議仍然照常舉行，結果下週公布。"),
        ("big5", "• 第一項是主管\n• 第二項是支管／路面，會議指出應當先做。"),
        ("utf-8", "私用\ue123，表情🎉，扩展𠀀，原有\ufffd，零\0字节，换页\f，都在。"),
        ("utf-16-le", "私用字、表情🎉、扩展𠀀，换页\f，都在这一行里面，一个也没有少。"),
        ("hz", "ASCII first. 己所不欲，勿施于人。 And more."),
        ("utf-7", "环境保护，人人有责。"),
        ("cp1252", "“It’s done,” said Geneviève in the café of the museum – and that was that…"),
        ("latin-1", "The cost of the façade was £50, and the naïve mayor of Zürich paid it."),
    ],
)
def test_rare_characters_and_mixtures(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding), "file")
    assert decoded.text == text
    assert decoded.replaced == 0


@pytest.mark.parametrize("encoding", ["gb18030", "cp950", "utf-8", "utf-16-le"])
def test_chinese_may_begin_late(encoding: str) -> None:
    text = EN.replace("’", "'").replace("“", '"').replace("”", '"').replace("–", "-") * 400 + HANT
    assert len(text) > 70_000
    assert decode(text.encode(encoding), "file").text == text


@pytest.mark.parametrize(("text", "encoding"), [(HANS, "gb18030"), (HANT, "cp950")])
def test_a_lost_byte_costs_its_line_no_more_than_itself(text: str, encoding: str) -> None:
    whole = text.replace("\n", "") * 3
    raw = whole.encode(encoding)
    for seed in range(40):
        at = random.Random(seed).randrange(len(raw))
        decoded = decode(raw[:at] + raw[at + 1 :], "file")
        kept = len(raw[:at].decode(encoding, "ignore"))
        assert decoded.text[: kept - 2] == whole[: kept - 2]
        assert decoded.text[kept + 6 - len(whole) :] == whole[kept + 6 :]


def shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


@pytest.mark.parametrize("encoding", ["gb18030", "cp950"])
def test_a_long_line_out_of_step_from_early_on_is_brought_back(encoding: str) -> None:
    clause = "市政府上周開會，討論怎樣把老城區的雨水和污水分開。" * 20
    raw = clause.encode(encoding)
    for at in (21, 101, 301, len(raw) // 2 + 1):
        decoded = decode(raw[:at] + raw[at + 1 :], "file")
        # Some lost bytes leave two other characters behind, which nothing tells from text.
        before = shared(clause, decoded.text)
        after = shared(clause[::-1], decoded.text[::-1])
        assert len(decoded.text) - before - after <= 2
        assert len(clause) - before - after <= 2


@pytest.mark.parametrize("mark", [b"", b"\xff\xfe"])
@pytest.mark.parametrize("text", [HANS * 3, HANT * 3, EN * 3])
def test_a_lost_byte_in_utf16(text: str, mark: bytes) -> None:
    raw = text.encode("utf-16-le")
    at = len(raw) // 2 + 1
    decoded = decode(mark + raw[:at] + raw[at + 1 :], "file")
    assert decoded.replaced >= 1
    assert decoded.text[: at // 2 - 2] == text[: at // 2 - 2]
    assert decoded.text[-at // 2 + 6 :] == text[-at // 2 + 6 :]


@pytest.mark.parametrize(
    ("outer", "inner", "encoding"),
    [
        ("utf-8", "gb18030", "utf-8"),
        ("utf-8", "cp950", "utf-8"),
        ("gb18030", "utf-8", "gb18030"),
    ],
)
def test_a_paragraph_in_another_encoding_is_read_and_told(
    outer: str, inner: str, encoding: str
) -> None:
    text, other = (HANT, HANT.split("\n")[0]) if inner == "cp950" else (HANS, HANS.split("\n")[0])
    raw = (text * 2).encode(outer) + other.encode(inner) + b"\n" + text.encode(outer)
    decoded = decode(raw, "file")
    assert decoded.text == text * 2 + other + "\n" + text
    assert decoded.encoding == encoding
    assert any(f"in {inner}" in note and "line 7" in note for note in decoded.notes)


def test_zero_bytes_are_told() -> None:
    raw = HANS.encode()
    decoded = decode(raw[:90] + bytes(30) + raw[120:], "file")
    assert decoded.text.count("\0") == 30
    assert any("30 zero bytes" in note and "line 1" in note for note in decoded.notes)


JAPANESE = "これは試験の文です。環境の政策は昨日、会議で説明されました。\n" * 3
KOREAN = "이것은 시험 문장입니다. 환경 정책은 어제 회의에서 설명되었습니다.\n" * 3
RUSSIAN = "Это обычный русский текст о политике охраны природы в городе.\n" * 3


@pytest.mark.parametrize(
    ("text", "encoding", "words"),
    [
        (JAPANESE, "shift_jis", "Japanese"),
        (JAPANESE, "euc_jp", "Japanese"),
        (JAPANESE, "iso2022_jp", "ISO-2022"),
        (KOREAN, "euc_kr", "Korean"),
        (KOREAN, "iso2022_kr", "ISO-2022"),
        (RUSSIAN, "cp1251", "alphabet"),
        (RUSSIAN, "koi8_r", "alphabet"),
        ("Αυτό είναι ένα απλό κείμενο για το περιβάλλον.\n" * 3, "cp1253", "looks like"),
        ("To jest zwykły tekst, który mówi o środowisku i o mieście.\n" * 3, "cp1250", "Chinese"),
        ("“It’s done,” he said in the café, and that was that.\n" * 3, "mac_roman", "Chinese"),
    ],
)
def test_other_languages_are_refused_and_named(text: str, encoding: str, words: str) -> None:
    with pytest.raises(EncodingError, match=words):
        decode(text.encode(encoding), "file")


@pytest.mark.parametrize("text", [HANS, HANT, EN, EN + HANS])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_sure_texts_are_said_to_be_sure(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), "file")
    # Three quotation marks are all that tells GB18030 from others in English.
    assert decoded.confidence >= (0.6 if text == EN else 0.9)
    assert decoded.notes == ()


def test_doubt_is_told() -> None:
    decoded = decode("你好".encode("gbk"), "file")
    assert 0 < decoded.confidence < 0.6
    warnings = decoded.extracted().warnings
    assert any("--encoding" in warning for warning in warnings)


def test_a_named_encoding_decides() -> None:
    assert decode(HANS.encode("gbk"), "file", "gbk").encoding == "gbk"
    assert decode(HANT.encode("cp950"), "file", "Big5-HKSCS").text == HANT
    assert decode(RUSSIAN.encode("koi8_r"), "file", "koi8_r").text == RUSSIAN
    wrong = decode(HANS.encode("gbk"), "file", "koi8-r")
    assert wrong.confidence < 0.6
    damaged = decode(HANS.encode() + b"\xff", "file", "utf-8")
    assert (damaged.replaced, damaged.text) == (1, HANS + "\ufffd")


@pytest.mark.parametrize(
    "name",
    ["rot13", "hex", "base64", "idna", "punycode", "unicode_escape", "nope", "", "a\0b", "中"],
)
def test_what_is_no_text_encoding_is_refused(name: str) -> None:
    with pytest.raises(EncodingError, match="gb18030, big5") as refused:
        text_codec(name)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "cp950", "utf-16-le", "utf-16"])
@pytest.mark.parametrize("seed", range(12))
def test_no_damage_goes_unsaid(encoding: str, seed: int) -> None:
    """Flipped and lost bytes: the file is told to be damaged or is no more than a letter off."""
    source = random.Random(seed)
    clauses = re.split("(?<=[，；。\n])", HANT)
    text = "".join(f"{number}、{source.choice(clauses)}" for number in range(60))
    raw = bytearray(text.encode(encoding))
    for _ in range(3):
        at = source.randrange(4, len(raw))
        if source.random() < 0.5:
            raw[at] ^= 1 << source.randrange(8)
        else:
            del raw[at]
    try:
        decoded = decode(bytes(raw), "file")
    except InputError:
        return
    same = difflib.SequenceMatcher(None, text, decoded.text, autojunk=False)
    changed = [block for block in same.get_opcodes() if block[0] != "equal"]
    unsaid = sum(
        last - first - decoded.text[first:last].count("\ufffd") for *_, first, last in changed
    )
    assert unsaid <= 12
