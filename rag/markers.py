"""Reading a writer's reply: sentences, and the evidence numbers their markers name. Pure."""

import re
from dataclasses import replace

from rag.records import Draft, Statement
from rag.text import fold, sentence_spans

_LABEL = r"(?:\^|来源|资料|证据|出处|引文|文献|句子?|sources?|refs?|evidence|citations?|ids?)"
_NUMBERS = r"[0-9]{1,3}(?:(?:[\s,、;，；\-–~至到&和]|and)+[0-9]{1,3})*"
_MARKER = re.compile(
    rf"[\[【〔［]+\s*(?:{_LABEL}|no\.?)?\s*[:：#]?\s*({_NUMBERS})\s*[\]】〕］]+"
    rf"|[(（]\s*{_LABEL}\s*[:：#]?\s*({_NUMBERS})\s*[)）]"
    r"|\bref\s?([0-9]{1,3})\b"
)
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

    Reads [1], 【1】, ［1］, [1,3], [1][2], [1-3], [^1], (来源1), [ID: 2], (source 2), ref2.
    """
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
    text = re.sub(r"([。！？.!?])\s*([。！？.!?])$", r"\1", text)
    return text, tuple(dict.fromkeys(numbers))


def _numbers(listed: str) -> list[int]:
    expanded = _RANGE.sub(
        lambda m: ",".join(str(n) for n in range(int(m[1]), min(int(m[2]), int(m[1]) + 20) + 1)),
        listed,
    )
    return [int(number) for number in re.findall(r"[0-9]+", expanded)]
