"""A question asked anew about another year or another term. Pure."""

import re

from rag.followups.subjects import bare, quoted, subject
from rag.periods import years_in
from rag.records import Language
from rag.text import HAN, detect_language

WRITTEN_YEAR = re.compile(
    r"(?:民[国國]\s*)?[0-9０-９〇零一二三四五六七八九十百]{2,5}\s*年度?"
    r"|(?<![0-9.])(?:19|20)[0-9]{2}(?![0-9])"
)
_PREPOSITION = re.compile(
    r"\b(about|for|on|of|in|at) (?P<object>(?:(?!\b(?:about|for|on)\b).)+)$", re.I
)
_SEGMENT_END = re.compile(
    r"(?:有|是|由|在|要|将|分别|一共|的)*(?:哪|什么|谁|多少|几[个项家]|如何|怎么|怎样|为什么|指什么|意思)"
)
_SEGMENT_BREAK = re.compile(r"[，,、里中内年上]|的(?!确)|[对由在]")
_DEFINES = re.compile(
    r"什么意思|是什么|指什么|何谓|\b(?:mean|means|stand for|what (?:is|are))\b", re.IGNORECASE
)


def with_year(question: str, year: int) -> str:
    """The question asked about another year: in the place of its last one, or added to it."""
    found = [match for match in WRITTEN_YEAR.finditer(question) if years_in(match[0])]
    if not found:
        if detect_language(question) == "zh":
            return f"{year}年{question}"
        return f"{bare(question)} in {year}?"
    last = found[-1]
    written = f"{year}年" if "年" in last[0] else str(year)
    return question[: last.start()] + written + question[last.end() :]


def with_term(question: str, term: str, language: Language) -> str:
    """The question with this term in the place of what it was about."""
    text = bare(question)
    old = quoted(text)
    if old and (quoted(term) or _DEFINES.search(text)):
        return text.replace(old, quoted(term) or f"{old[0]}{term}{old[-1]}")
    if language == "en":
        return _with_english_term(text, term)
    start, end = _like_term(text, term) or _asked_segment(text)
    return text[:start] + term + text[end:] if end > start else f"{text}（{term}）"


def _with_english_term(text: str, term: str) -> str:
    acronyms = re.findall(r"\b[A-Z][A-Za-z0-9.]*[A-Z0-9]\b", text)
    if acronyms and re.fullmatch(r"[A-Z][A-Za-z0-9.]*[A-Z0-9s]", term):
        return text.replace(acronyms[-1], term)
    word, _, rest = term.partition(" ")
    if rest and word.lower() in ("about", "for", "on", "in", "at", "of"):
        same = re.search(rf"\b{word} .+$", text, re.IGNORECASE)
        return f"{text[: same.start()]}{term}" if same else f"{text} {term}"
    match = _PREPOSITION.search(text)
    if match and not years_in(match["object"]):
        return text[: match.start("object")] + term
    old = subject(text, "en")
    return text.replace(old, term) if old and old in text else f"{text} ({term})"


def _like_term(text: str, term: str) -> tuple[int, int] | None:
    """A stretch that ends as the term does: 书面交流 for 口头交流, 山东省 for 广东省."""
    for size in range(len(term) - 1, 0, -1):
        tail = term[-size:]
        at = text.find(tail)
        if at < 0 or not re.fullmatch(f"[{HAN}]+", tail):
            continue
        start = at + size - len(term)
        stretch = text[max(start, 0) : at]
        if start >= 0 and re.fullmatch(f"[{HAN}]+", stretch) and not _SEGMENT_BREAK.search(stretch):
            return start, at + size
    return None


def _asked_segment(text: str) -> tuple[int, int]:
    """The stretch right before the question word."""
    match = _SEGMENT_END.search(text)
    end = match.start() if match else len(text)
    breaks = [found.end() for found in _SEGMENT_BREAK.finditer(text[:end].rstrip("，,"))]
    return (breaks[-1] if breaks and breaks[-1] < end else 0), end
