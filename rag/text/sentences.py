"""Where the sentences of Chinese and English text are."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from rag.records import Span
from rag.text.folding import HAN

_CJK = HAN + "\u3001-\u30ff\uff00-\uffef“”‘’—…·"
_CLOSING = "”’」』》〉）】〗］｝〕\\])\"'"
_OPENING = "“‘「『《〈（【〖［｛〔\\[(\"'"

_STOP = re.compile(rf"(?:[。！？!?.｡]+[{_CLOSING}]*)+")
_AFTER_PERIOD = re.compile(rf"\s+[{_OPENING}]*[A-ZÀ-Þ0-9{HAN}]|[{_OPENING}]*[{HAN}]|\s*$")
_ABBREVIATION = re.compile(
    r"(?:(?:[A-Za-z]\.)*[A-Za-z]|Dr|Mr|Mrs|Ms|Prof|St|Jr|Sr|Gen|Gov|Sen|Rep|Col|Capt|Lt|Hon|Rev"
    r"|vs|etc|cf|al|approx|est|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|Fig|Figs|Eq|Sec|Ch|Vol|Nos?|Art|Arts|Para|pp?|ed|eds|Ph\.D|i\.e|e\.g)"
)
_NUMBER_FOLLOWS = re.compile(
    r"(?:Nos?|Figs?|Eq|Sec|Ch|Vol|Arts?|Para|pp?|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov"
    r"|Dec)"
)
_MAY_END = re.compile(r"(?:etc|al|Inc|Ltd|Co|Corp|Jr|Sr|(?:[A-Za-z]\.)+[A-Za-z]|Ph\.D)")
_NEW_SUBJECT = re.compile(
    r"\s+[“\"]?(?:The|This|That|These|Those|It|Its|In|On|At|He|She|They|We|You|I|A|An|But|And|As"
    r"|For|However|If|When|While|There)\b"
)
_ITEM_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})*|[A-Za-z]|[ivxIVX]{1,5}")

_BLOCK_START = re.compile(
    r"\s*(?:[-*+•·▪●○■□◆◇►–—>|#]|[0-9]{1,3}[.)、．]|[（(]|[一二三四五六七八九十百]{1,4}[、是]"
    r"|第[一二三四五六七八九十百0-9]{1,4}[章节節条條编編款])"
)
_TABLE_ROW = re.compile(r"\s*\|")
_LINE_END = re.compile(rf"[。！？!?.:：;；|｡][{_CLOSING}]*\s*$")
_LINE = re.compile(r"[^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")

_SEMICOLON = re.compile(rf"；[{_CLOSING}]*|;(?=\s*[{_CJK}])")
_GAP = re.compile(
    rf"(?<=[{_CJK},;:0-9A-Za-z)%])[ \t\u00a0\u3000](?=[{_CJK}0-9A-Z])|[ \t\u00a0\u3000]{{2,}}"
)
_CLAUSE = re.compile(rf"[，,、：:；;—]+[{_CLOSING}]*(?![0-9])|\s+")

_SEMICOLON_LIMIT = 120
_GAP_LIMIT = 100
_CHINESE_CAP = 400
_LATIN_CAP = 1200
_FRAGMENT = 10
"""A piece between two gaps shorter than this is a label and stays with what follows."""


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The sentences of `text[start:end]`, in offsets of `text`.

    Ordered and disjoint; none is blank or has blanks at its ends; together they hold every
    non-blank character. A sentence ends at 。！？ with the closing marks after it, at an English
    full stop, and at the end of a paragraph, list item or table row; a line break inside wrapped
    text does not end one. A Chinese sentence over 120 characters is cut at ；, one over 100 that
    was flattened from separate lines at the gaps, and nothing passes 400 Chinese characters or
    1,200 of other scripts.
    """
    stop = len(text) if end is None else min(end, len(text))
    return tuple(
        Span(start=low, end=high)
        for first, last in _paragraphs(text, start, stop)
        for piece in _sentences(text, first, last)
        for low, high in _trimmed(text, _shortened(text, *piece))
    )


def _paragraphs(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Lines, with the lines of a hard-wrapped paragraph joined."""
    lines = [match.span() for match in _LINE.finditer(text, start, stop)]
    if not lines:
        return
    first = 0
    closed = _closed(text, lines)
    for index in range(1, len(lines)):
        if not _wrapped(text, lines, index, closed[index]):
            yield lines[first][0], lines[index - 1][1]
            first = index
    yield lines[first][0], lines[-1][1]


def _closed(text: str, lines: list[tuple[int, int]]) -> list[bool]:
    """Of each line, whether the block of lines it is in ends with a stop, as prose does."""
    closed = [bool(_LINE_END.search(text, start, end)) for start, end in lines]
    for index in range(len(lines) - 1, 0, -1):
        if _same_block(text, lines, index):
            closed[index - 1] = closed[index]
    return closed


def _same_block(text: str, lines: list[tuple[int, int]], index: int) -> bool:
    """Whether neither a blank line nor the start of a list item parts a line from the next."""
    (_, end), (next_start, next_end) = lines[index - 1], lines[index]
    return text.count("\n", end, next_start) <= 1 and not _BLOCK_START.match(
        text, next_start, next_end
    )


def _wrapped(text: str, lines: list[tuple[int, int]], index: int, closed: bool) -> bool:
    """Whether line `index`, of a block that is closed or not, carries on the line before it.

    Only where that ends without a stop. Then English goes on with a small letter, or on a line of
    a closed block that is no longer; anything on a line as long as a neighbour, as lines broken at
    a margin are.
    """
    (start, end), (next_start, next_end) = lines[index - 1], lines[index]
    length, next_length = end - start, next_end - next_start
    if length < 20 or length > 200 or not _same_block(text, lines, index):
        return False
    if _LINE_END.search(text, start, end):
        return False
    following = text[next_start:next_end].lstrip()
    latin = text[start:end].rstrip()[-1:].isascii() and following.isascii()
    margin, least = (15, 45) if latin else (2, 20)
    if length >= least and latin and following[:1].islower():
        return True
    if length < least or next_length > length + margin:
        return False
    before = lines[index - 2][1] - lines[index - 2][0] if index > 1 else 0
    alike = abs(length - next_length) <= margin or abs(length - before) <= margin
    return alike or (latin and closed)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """One paragraph cut at its full stops."""
    if _TABLE_ROW.match(text, start, end):
        yield start, end
        return
    first = start
    for match in _STOP.finditer(text, start, end):
        if match.end() < end and _ends_sentence(text, first, match, end):
            yield first, match.end()
            first = match.end()
    if first < end:
        yield first, end


def _ends_sentence(text: str, first: int, match: re.Match[str], end: int) -> bool:
    marks = match.group()
    if any(mark in marks for mark in "。！？｡"):
        return True
    following = text[match.end()]
    if "!" in marks or "?" in marks:
        # 當?shù) and ?page=2 are damage and addresses, not questions.
        return not (following.isascii() and (following.isalnum() or following in "=&/_-"))
    return _full_stop(text, first, match, end)


def _full_stop(text: str, first: int, match: re.Match[str], end: int) -> bool:
    after = _AFTER_PERIOD.match(text, match.end(), end)
    if not after:
        return False
    before = text[max(first, match.start() - 24) : match.start()].split()
    word = before[-1].lstrip(_OPENING) if before else ""
    at_start = len(before) == 1 and match.start() - first < 24
    if at_start and _ITEM_NUMBER.fullmatch(word):
        return False
    if not _ABBREVIATION.fullmatch(word) or len(match.group()) > 1:
        return True
    if after.group()[-1:].isdigit():
        return not _NUMBER_FOLLOWS.fullmatch(word)
    return bool(_MAY_END.fullmatch(word) and _NEW_SUBJECT.match(text, match.end(), end))


def _shortened(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, in pieces where it is too long to be one."""
    if end - start <= _GAP_LIMIT or text[start:end].isascii():
        yield from _capped(text, start, end, _LATIN_CAP)
        return
    cap = _CHINESE_CAP if len(re.findall(f"[{HAN}]", text[start:end])) * 4 > end - start else 1200
    for low, high in _at_semicolons(text, start, end):
        for first, last in _at_gaps(text, low, high):
            yield from _capped(text, first, last, cap)


def _at_semicolons(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start <= _SEMICOLON_LIMIT:
        yield start, end
        return
    cuts = [match.end() for match in _SEMICOLON.finditer(text, start, end)]
    yield from _packed([start, *cuts, end], _SEMICOLON_LIMIT)


def _at_gaps(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start <= _GAP_LIMIT:
        yield start, end
        return
    first = start
    for match in _GAP.finditer(text, start, end):
        if match.start() - first >= _FRAGMENT and text[match.start() - 1] not in "—：:":
            yield first, match.start()
            first = match.end()
    yield first, end


def _capped(text: str, start: int, end: int, cap: int) -> Iterator[tuple[int, int]]:
    if end - start <= cap:
        yield start, end
        return
    cuts = [match.end() for match in _CLAUSE.finditer(text, start, end)]
    for low, high in _packed([start, *cuts, end], cap):
        yield from ((at, min(at + cap, high)) for at in range(low, high, cap))


def _packed(cuts: Iterable[int], limit: int) -> Iterator[tuple[int, int]]:
    """Pieces between cuts, joined while they stay within `limit` characters."""
    first = last = -1
    for low, high in pairwise(cuts):
        if first < 0:
            first, last = low, high
        elif high - first <= limit:
            last = high
        else:
            yield first, last
            first, last = low, high
    if last > first:
        yield first, last


def _trimmed(text: str, pieces: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in pieces:
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield start, end
