"""Whether a claim stands in a text word for word. Pure."""

import re

from rag.text import fold

_DENIED_BEFORE = re.compile(
    r"(?:没有|(?<![淹埋沉出隐吞湮覆])没|未|并不|不再|不|(?<![除是莫])非|无|not|never|nolonger)$"
)
_PUNCTUATION = re.compile(r"[\s。!！?？，;；:：、\"']+|(?<![0-9])[.,]|[.,](?![0-9])")
_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9])(?:[.,]?\s+|\s*[;；，、:：]\s*)(?=[0-9])")
_LATIN_WORD = re.compile(r"[a-z]+")
_ONE_NUMBER = re.compile(r"[0-9.,%]{2}|[〇零一二三四五六七八九十百千万亿]{2}")


def stands_in(claim: str, text: str) -> bool:
    """Whether a claim stands there word for word, not as part of a number, a word or a denial."""
    needle, within = bare(claim), bare(text)
    at = within.find(needle) if needle and _whole_words(claim, text) else -1
    while at >= 0:
        before, after = within[:at], within[at + len(needle) :]
        cut = _joined(before[-1:], needle[0]) or _joined(needle[-1], after[:1])
        if not cut and not _DENIED_BEFORE.search(before):
            return True
        at = within.find(needle, at + 1)
    return False


def _whole_words(claim: str, text: str) -> bool:
    """Whether the Latin words at both ends of a claim are words of the text: car is no carbon."""
    own = _LATIN_WORD.findall(fold(claim))
    return {*own[:1], *own[-1:]} <= set(_LATIN_WORD.findall(fold(text)))


def _joined(left: str, right: str) -> bool:
    """Whether two characters that meet are of one number: 4|5, 十|八, 4|.5, 0.|5, 4|%."""
    return bool(left and right and _ONE_NUMBER.fullmatch(left + right))


def bare(text: str) -> str:
    """Text without blanks and punctuation; numbers stay whole, and apart from one another."""
    return _PUNCTUATION.sub("", _BETWEEN_NUMBERS.sub("|", fold(text)))
