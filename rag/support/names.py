"""Names: which words are some, and which of a claim its evidence does not have. Pure."""

import re

from rag.support.renderings import missing_rendering
from rag.support.romanised import missing_person
from rag.support.word_alignment import Word
from rag.support.wording import bare
from rag.text import detect_language

_NAMED = re.compile(r"《([^》]{2,60})》|[“\"]([^”\"]{2,40})[”\"]")
_LONG = 3
"""A name so long may leave one character of the part that differs: 人大, 人民代表大会."""
_SENTENCE_START = re.compile(r"(?:^[\W\d_]*|[.!?:;“\"'(]\s*)$")


def missing_name(claim: str, evidence: str) -> str:
    """Why a name of the claim is not in the evidence; empty where all are.

    In one language titles and quoted names are compared, across two the names of both lists and
    people in pinyin.
    """
    if detect_language(claim) != detect_language(evidence):
        return missing_rendering(claim, evidence) or missing_person(claim, evidence)
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
    short, long = sorted((first, second), key=len)
    if short.isascii():
        capitals = "".join(re.findall(r"\b[A-Z]", long))
        letters = re.sub("[^A-Za-z]", "", short)
        return len(letters) > 1 and letters.isupper() and letters in capitals
    rest = iter(bare(long))
    enough = len(bare(short)) > 1 or len(bare(long)) > _LONG
    return enough and all(character in rest for character in bare(short))
