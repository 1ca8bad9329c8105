"""Bytes that are neither Chinese nor Unicode: western text, or what to call the rest."""

import re

from rag.loaders.plausibility import plausibility

_HIGH = re.compile(rb"[\x80-\xff]+")
_WESTERN_RUN = re.compile(
    rb"[\x80-\xff]|[\xc0-\xff]{2}"
    rb"|[\x80\xa3\xb0\xb7\xc0-\xff]?[\x85\x91-\x97\xa0\xab\xb0\xb7\xbb]+[\x80\xa1\xa3\xbf-\xff]?"
)
"""Windows-1252 as it stands in text: a lone letter or mark, two letters (créée), marks together."""
_UNLIKELY = re.compile(
    rb"[a-z][\x80-\x84\x86-\x89\x8b\x8d\x8f-\x91\x93-\x95\x98\x99\x9b\x9d\xa1-\xa9\xab\xac\xae-\xb6"
    rb"\xb8\xb9\xbb-\xde\xf7](?=[a-z])"
)
"""Signs and capitals inside a word: what other 8-bit encodings look like when read so."""
_DAMAGE = re.compile(rb"[\x81\x8d\x8f\x90\x9d\xfe\xff]")
"""Bytes without a character, and letters so seldom that damage is likelier."""
_HIGH_BUT_DAMAGE = re.compile(rb"[\x80\x82-\x8c\x8e\x91-\x9c\x9e-\xfd]")
_WORD = re.compile(rb"[A-Za-z]+")
_STOP_WORDS = frozenset(
    b"the of and in is for that with was as on are by it at from this be an or which "
    b"der die und das ist nicht mit den von ein le la les des et est une dans que pour el los las "
    b"del por con una het een van voor och att det som til ikke".split()
)
_STOP_WORD_SHARE = 0.08
_LONE_SHARE = 0.97
_DENSEST = 4
"""Western text has at most one byte beyond ASCII in so many."""

_ESCAPES = re.compile(rb"\x1b\$[@BAC)]|\x1b\([BJI]")
"""How ISO-2022, the 7-bit encodings of mail, changes its character set."""
_SCRIPTS = (
    ("Japanese (Shift_JIS)", "shift_jis", re.compile("[\u3041-\u30ff]")),
    ("Japanese (EUC-JP)", "euc_jp", re.compile("[\u3041-\u30ff]")),
    ("Korean (EUC-KR)", "cp949", re.compile("[\uac00-\ud7a3]")),
)
_COMMON = "的"
_CLEARLY = 0.15
_WORD_BYTES = 3
"""Words of these languages have more bytes than that on average, lone signs in English fewer."""
_FEWEST_BYTES = 16
_SAMPLE = 100_000


def is_western(raw: bytes) -> bool:
    """English or another language of western Europe in Windows-1252 (Latin-1 is part of it)."""
    runs = _HIGH.findall(raw)
    high = sum(map(len, runs))
    if not _HIGH_BUT_DAMAGE.search(raw) or high * _DENSEST > len(raw):
        return False
    lone = sum(bool(_WESTERN_RUN.fullmatch(run)) for run in runs)
    if lone < _LONE_SHARE * len(runs):
        return False
    if len(_UNLIKELY.findall(raw)) * 20 > high or len(_DAMAGE.findall(raw)) > 2 + high // 50:
        return False
    words = [word.lower() for word in _WORD.findall(raw[: 4 * _SAMPLE])]
    known = sum(word in _STOP_WORDS for word in words)
    return known >= max(1, _STOP_WORD_SHARE * len(words))


def is_seven_bit_mail(raw: bytes) -> bool:
    """Whether the bytes are in an ISO-2022 encoding, which is ASCII to look at."""
    return bool(_ESCAPES.search(raw))


def has_words(sample: bytes) -> bool:
    """Whether bytes beyond ASCII stand together as in double-byte words, not singly."""
    runs = _HIGH.findall(sample)
    return sum(map(len, runs)) >= max(_FEWEST_BYTES, _WORD_BYTES * len(runs))


def east_asian(raw: bytes, chinese: float) -> str:
    """The other language of east Asia that the bytes are in, such as `Korean (EUC-KR)`; or empty.

    Its letters count as common characters, and it must read clearly better than the best Chinese
    reading, whose plausibility is `chinese`.
    """
    sample = raw[:_SAMPLE]
    if not has_words(sample):
        return ""
    for language, encoding, letters in _SCRIPTS:
        text = sample.decode(encoding, "replace")
        if plausibility(letters.sub(_COMMON, text)) > max(chinese, 0.0) + _CLEARLY:
            return language
    return ""


def described(raw: bytes) -> str:
    """Why bytes that fit nothing do not, as far as they show it."""
    if is_seven_bit_mail(raw):
        return "it looks like ISO-2022 (7-bit mail in Japanese or Korean)"
    runs = _HIGH.findall(raw[:_SAMPLE])
    if runs and _WORD.search(raw) is None and sum(map(len, runs)) > 2 * len(runs):
        return "it looks like an alphabet such as Cyrillic, Greek, Thai or Arabic"
    return "no reading looks like Chinese or English"
