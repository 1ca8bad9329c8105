"""Bytes that are neither Chinese nor Unicode: western text, or what to call the rest."""

import re

_HIGH = re.compile(rb"[\x80-\xff]+")
_WESTERN_RUN = re.compile(
    rb"[\x80-\xff]|[\xc0-\xff]{2}|[\x80-\xff]?[\x80-\x9f\xa0\xab\xb0\xb7\xbb]{1,2}[\x80-\xff]?"
)
"""Windows-1252 as it stands in text: a lone letter or mark, two letters (créée), marks together."""
_UNLIKELY = re.compile(
    rb"[a-z][\x80-\x84\x86-\x89\x8b\x8d\x8f-\x91\x93-\x95\x98\x99\x9b\x9d\xa1-\xa9\xab\xac\xae-\xb6"
    rb"\xb8\xb9\xbb-\xdf\xf7](?=[a-z])"
)
"""Signs and capitals inside a word: what other 8-bit encodings look like when read so."""
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_WORD = re.compile(rb"[A-Za-z]+")
_STOP_WORDS = frozenset(
    b"the of and in is for that with was as on are by it at from this be an or which "
    b"der die und das ist nicht mit den von ein le la les des et est une dans que pour el los las "
    b"del por con una het een van voor och att det som til ikke e o os em il che per di".split()
)
_FEW_WORDS = 25
_STOP_WORD_SHARE = 0.08
_LONE_SHARE = 0.97
_DENSEST = 6
"""Western text has at most one byte beyond ASCII in so many."""

_SCRIPTS = (
    ("Japanese (Shift_JIS)", "shift_jis", "\u3041-\u30ff", 0.3),
    ("Japanese (EUC-JP)", "euc_jp", "\u3041-\u30ff", 0.3),
    ("Korean (EUC-KR)", "cp949", "\uac00-\ud7a3", 0.7),
    ("Thai (TIS-620)", "cp874", "\u0e01-\u0e5b", 0.9),
    ("Cyrillic (Windows-1251)", "cp1251", "\u0430-\u044f", 0.7),
    ("Cyrillic (KOI8-R)", "koi8_r", "\u0430-\u044f", 0.7),
    ("Greek (Windows-1253)", "cp1253", "\u03ac-\u03ce", 0.7),
    ("Arabic (Windows-1256)", "cp1256", "\u0621-\u064a", 0.7),
    ("Hebrew (Windows-1255)", "cp1255", "\u05d0-\u05ea", 0.7),
)
_SAMPLE = 100_000


def is_western(raw: bytes) -> bool:
    """English or another language of western Europe in Windows-1252 (Latin-1 is part of it)."""
    runs = _HIGH.findall(raw)
    high = sum(map(len, runs))
    if not runs or high * _DENSEST > len(raw):
        return False
    lone = sum(bool(_WESTERN_RUN.fullmatch(run)) for run in runs)
    if lone < _LONE_SHARE * len(runs):
        return False
    if (len(_UNLIKELY.findall(raw)) + len(_UNDEFINED.findall(raw))) * 20 > high:
        return False
    words = [word.lower() for word in _WORD.findall(raw[: 4 * _SAMPLE])]
    known = sum(word in _STOP_WORDS for word in words)
    return known >= _STOP_WORD_SHARE * len(words) if len(words) > _FEW_WORDS else bool(words)


def foreign_language(raw: bytes) -> str:
    """What the bytes look like instead, such as `Japanese (Shift_JIS)`; empty where unknown."""
    sample = raw[:_SAMPLE]
    if re.search(rb"\x1b\$[@BAC)]|\x1b\([BJI]", sample):
        return "ISO-2022 (7-bit Japanese, Korean or Chinese mail)"
    for language, encoding, letters, least in _SCRIPTS:
        text = sample.decode(encoding, "replace")
        beyond = sum(1 for character in text if character > "\x7f")
        own = len(re.findall(f"[{letters}]", text))
        if beyond and own >= least * beyond and text.count("\ufffd") * 50 <= beyond:
            return language
    return ""
