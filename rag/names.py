"""Names: which words are some, and which of a claim its evidence does not have. Pure."""

import re

from rag.alignment import Word
from rag.text import detect_language
from rag.wording import bare

_NAMED = re.compile(r"《([^》]{2,60})》|[“\"]([^”\"]{2,40})[”\"]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;“\"'(]\s*)$")


def missing_name(claim: str, evidence: str) -> str:
    """Why a title or quoted name of the claim is not in the evidence; empty where all are."""
    if detect_language(claim) != detect_language(evidence):
        return ""
    within = bare(evidence)
    for match in _NAMED.finditer(claim):
        name = match[1] or match[2]
        if bare(name) not in within:
            return f"{name!r} is not in the cited passage."
    return ""


def is_name(word: Word, text: str) -> bool:
    """Whether a word in Latin letters has a capital that the place in the sentence does not ask.

    Chinese has no such sign: every Chinese word may be a name.
    """
    if word.kind != "latin" or not text[word.start].isupper():
        return False
    written = text[word.start : word.end]
    return not written[1:].islower() or not _SENTENCE_START.search(text[: word.start])


def abbreviates(first: str, second: str) -> bool:
    """Whether one is short for the other: 人大 for 人民代表大会, UN for United Nations."""
    short, long = sorted((bare(first), bare(second)), key=len)
    if short.isascii():
        initials = "".join(
            word[0] for word in re.findall(r"[A-Za-z]+", max(first, second, key=len))
        )
        return len(short) > 1 and short.replace("-", "") == initials.lower()
    rest = iter(long)
    return len(short) > 1 and all(character in rest for character in short)
