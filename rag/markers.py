"""Reading a writer's reply: sentences, and the evidence numbers their markers name. Pure."""

import re
from dataclasses import replace

from rag.records import Draft, Statement
from rag.text import HAN, fold, sentence_spans

_LABEL = (
    r"(?:\^|来源|资料|证据|出处|引文|引用|文献|文档|段落|句子?|sources?|refs?|references?|evidence"
    r"|citations?|cite|docs?|documents?|passages?|ids?)"
)
_AND = r"(?:[\s,、;，；\-–~至到&和与及]|and)+"
_NUMBERS = rf"[0-9]{{1,3}}(?:{_AND}[0-9]{{1,3}})*"
_LABELLED = rf"{_LABEL}\s*[:：#]?\s*[0-9]{{1,3}}"
_LINK = r"(?:\((?:https?:|#|/)[^()\s]*\))?"
_SEE = r"(?:参?见|详见|see|cf\.?)?"
_MARKER = re.compile(
    # [1], 【1】, [1,3], [ID: 2], [1†source], [1](#note)
    rf"[\[【〔［]+\s*(?:{_LABEL}|no\.?)?\s*[:：#]?\s*({_NUMBERS})\.?\s*(?:†[^\]】]{{0,24}})?[\]】〕］]+{_LINK}"
    # (来源1), (Source 2), (见来源1和来源2)
    rf"|[(（]\s*{_SEE}\s*({_LABELLED}(?:{_AND}(?:{_LABELLED}|[0-9]{{1,3}}))*)\s*[)）]"
    # ^1 and ^1^, but not the power of a number or a letter
    rf"|(?:(?<=[\s,.;:!?。，、；：！？”’」』）)])|(?<=[{HAN}]))\^\s?([0-9]{{1,2}})\^?(?!\w|\.[0-9])"
    rf"|<sup>\s*\[?({_NUMBERS})\]?\s*</sup>"
    # 来源：1 and Source: 1, at the end
    rf"|[,;，；]?\s*(?:(?:资料)?来源|出处|\bsources?|\brefs?)\s*[:：]\s*({_NUMBERS})(?=\s*[。.]?\s*$)"
    r"|\bref\s?([0-9]{1,3})\b"
)
_LEFT_OVER = re.compile(
    rf"\s*[(（]\s*{_SEE}\s*[,、和与及&]*\s*[)）]"
    r"|[,;，；]?\s*(?:(?:资料)?来源|出处|\bsources?)\s*[:：]\s*(?=[。.]?$)",
    re.IGNORECASE,
)
"""What introduced a marker that was taken out: (see), 来源："""
_DIGITS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
_SUPERSCRIPT = re.compile(rf"(?<=[{HAN}。，、；！？”」])(?<![米里尺])([¹²³⁴⁵⁶⁷⁸⁹])(?![⁰¹²³⁴⁵⁶⁷⁸⁹])")
_JOINS = re.compile(r"\s*(?:[,、，;；&和与及]|and)?\s*")
"""What stands between two markers of one place, as in `[1] and [2]`."""
_AFTER_STOP = re.compile(
    rf"(?<!^[0-9])([。！？.!?])[^\S\n]*((?:(?:{_MARKER.pattern})[^\S\n]*)+)", re.MULTILINE
)
"""Markers after a full stop; that of `1. [2] …` numbers a list."""
_RANGE = re.compile(r"([0-9]{1,3})\s*[-–~至到]\s*([0-9]{1,3})")


def read_draft(text: str) -> Draft:
    """A reply cut into statements; markers after a full stop go with the sentence before them."""
    text = _markers_before_stops(text)
    parsed = [parse_markers(span.slice(text)) for span in sentence_spans(text)]
    return Draft(
        statements=tuple(
            Statement(text=sentence, numbers=numbers)
            for sentence, numbers in parsed
            if re.search(r"\w", sentence)
        )
    )


def _markers_before_stops(text: str) -> str:
    kept: list[str] = []
    end = 0
    for match in _AFTER_STOP.finditer(fold(text)):
        stop = text[match.start() : match.start() + 1]
        blank = " " if stop.isascii() else ""
        kept += [text[end : match.start()], text[slice(*match.span(2))].rstrip(), stop, blank]
        end = match.end()
    return "".join([*kept, text[end:]])


def without_numbers(draft: Draft) -> Draft:
    """The draft of a writer that was not asked to cite; `verify` looks for its evidence."""
    return Draft(statements=tuple(replace(item, numbers=()) for item in draft.statements))


def parse_markers(sentence: str) -> tuple[str, tuple[int, ...]]:
    """The sentence without its markers, and the numbers they name, in order.

    Reads [1], 【1】, ［1］, 〔1〕, [1,3], [1][2], [1-3], [^1], ^1, <sup>1</sup>, (来源1), 来源：1,
    [ID: 2], (source 2), [1†source], [1](#note), ref2, and ² after Chinese.
    """
    sentence = _SUPERSCRIPT.sub(lambda m: f"[{m[1].translate(_DIGITS)}]", sentence)
    folded = fold(sentence)
    numbers: list[int] = []
    kept: list[str] = []
    end = 0
    for match in _MARKER.finditer(folded):
        numbers += _numbers(next(group for group in match.groups() if group))
        between = sentence[end : match.start()]
        if not (end and _JOINS.fullmatch(between)):
            kept.append(between.rstrip())
        end = match.end()
    kept.append(sentence[end:])
    text = "".join(kept).strip()
    if numbers:
        text = _LEFT_OVER.sub("", text)
    text = re.sub(r"([。！？.!?])\s*([。！？.!?])$", r"\1", text)
    return text, tuple(dict.fromkeys(numbers))


def _numbers(listed: str) -> list[int]:
    expanded = _RANGE.sub(
        lambda m: ",".join(str(n) for n in range(int(m[1]), min(int(m[2]), int(m[1]) + 20) + 1)),
        listed,
    )
    return [int(number) for number in re.findall(r"[0-9]+", expanded)]
