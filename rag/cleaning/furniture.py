"""Which lines of a page are furniture, and what some of them tell about the document."""

import re
from collections.abc import Sequence

from rag.cleaning import patterns
from rag.cleaning.contents import section_stubs
from rag.cleaning.fields import (
    BARE_DATE,
    Furniture,
    is_metadata,
    metadata_block,
    note_fields,
)
from rag.cleaning.lines import Line
from rag.cleaning.running import running_lines
from rag.cleaning.scoring import FORM, STRONG, Judgement, is_bar, is_dateline, surely
from rag.cleaning.segments import furniture_lines
from rag.cleaning.titles import find_title, repeated_title
from rag.cleaning.weighing import weigh
from rag.cleaning.zones import Zones, find_zones

__all__ = ["Furniture", "Line", "find_furniture"]

_NUMBER = re.compile(r"\d{1,7}|\d{1,2}:\d\d")
_CLOCK = re.compile(r"\d{1,2}:\d\d")
_LONG_PROSE = 200
"""A paragraph of so many characters never goes for its place alone."""
_FRAME = "-—–=*·~ "
_YEAR = re.compile(r"(?:19|20)\d\d")
_MEMO = re.compile(r"(?:to|cc|attn|收件人|受文者|发件人)\s*:")
_INHERITED = frozenset({"related", "comments", "form", "tags", "licence", "links"})


def find_furniture(lines: Sequence[Line], page_starts: Sequence[int] = ()) -> Furniture:
    """Set `reason` on the lines that are not the document's own text.

    What is furniture by its form alone goes wherever it stands; other kinds count only above the
    first or below the last prose, with the lines around them; on doubt a line stays.

    Args:
        lines: all that are not blank, in order.
        page_starts: where the pages of a paged document begin, in order.
    """
    page = Furniture(lines)
    metadata_block(page)
    running_lines(lines, page_starts)
    _placeholder_numbers(lines)
    rest = [line for line in lines if not line.reason]
    for line in rest:
        line.reason = surely(line)
        line.plainly = bool(line.reason)
        if line.reason == "credit":
            note_fields(page, line)
    # Bars of buttons also tell that a head or a foot is near.
    _at_the_edges(page, [line for line in rest if not line.reason or _is_bar(line)])
    repeated_title(page)
    return page


def _is_bar(line: Line) -> bool:
    return line.reason in ("navigation", "page_tools") and is_bar(line)


def _at_the_edges(page: Furniture, lines: Sequence[Line]) -> None:
    judgements: dict[int, Judgement] = {}
    zones = find_zones(lines, judgements)
    titles = _titles(lines, judgements, zones)
    weights = weigh(lines, judgements, zones, titles)
    _signatures(lines, weights, judgements, zones)
    _memos(lines, weights, zones)
    _forms(lines, weights, judgements, zones)
    _counters(lines, weights, judgements, zones)
    for index in section_stubs(lines, zones):
        weights[index], judgements[index] = FORM, Judgement("navigation", FORM)
    inside = furniture_lines(weights)
    reason = ""
    for index, (line, goes) in enumerate(zip(lines, inside, strict=True)):
        long_prose = weights[index] <= 0 and len(line.text) >= _LONG_PROSE and line.is_body
        if not goes or long_prose:
            reason = ""
            continue
        own = judgements[index].reason if weights[index] > 0 else ""
        own = "links" if own == "navigation" and not zones.strict_head(index) else own
        reason = own or (reason if reason in _INHERITED else _by_place(zones, index))
        line.reason, line.plainly = reason, weights[index] >= 1
        if reason == "metadata" or is_metadata(line):
            note_fields(page, line)


def _by_place(zones: Zones, index: int) -> str:
    return "navigation" if zones.strict_head(index) else "footer"


def _titles(
    lines: Sequence[Line], judgements: dict[int, Judgement], zones: Zones
) -> tuple[int, ...]:
    if not zones.first:
        return ()
    head = lines[: zones.first]
    prose = [line for line in lines[zones.first :] if line.is_body][:60]
    title = find_title(head, [judgements[index] for index in range(len(head))], prose)
    return () if title is None else (title,)


def _signatures(
    lines: Sequence[Line],
    weights: list[float],
    judgements: dict[int, Judgement],
    zones: Zones,
) -> None:
    """A notice is signed with its date, alone or below a name, before anything else follows."""
    start = 0 if zones.last is None else zones.last + 1
    for index in range(start, len(lines)):
        if BARE_DATE.fullmatch(lines[index].folded) or is_dateline(lines[index]):
            weights[index] = -2.0
        elif judgements[index].weight >= STRONG:
            return


def _memos(lines: Sequence[Line], weights: list[float], zones: Zones) -> None:
    """What a memo says at its top (To, From, Date) is its own text."""
    head = range(zones.first or 0)
    if any(_MEMO.match(lines[index].folded) for index in head):
        for index in head:
            if re.match(r"[^:]{1,8}\s*:", lines[index].folded):
                weights[index] = -2.0


def _forms(
    lines: Sequence[Line],
    weights: list[float],
    judgements: dict[int, Judgement],
    zones: Zones,
) -> None:
    """From a line that asks for the reader's name or wishes down to its button."""
    start = 0 if zones.last is None else zones.last + 1
    folded = [line.folded for line in lines[start:]]
    begins = next((i for i, each in enumerate(folded) if patterns.FORM_START.fullmatch(each)), None)
    ends = next((i for i, each in enumerate(folded) if patterns.FORM_END.fullmatch(each)), -1)
    if begins is None:
        return
    for index in range(start + begins, start + ends + 1):
        weights[index], judgements[index] = FORM, Judgement("form", FORM)


def _counters(
    lines: Sequence[Line],
    weights: list[float],
    judgements: dict[int, Judgement],
    zones: Zones,
) -> None:
    """A lone number among the lines that tell source and date."""
    head = range(zones.first or 0)
    if any(judgements[index].reason == "metadata" for index in head):
        for index in head:
            text = lines[index].text
            beside = any(weights[near] >= STRONG for near in (index - 1, index + 1) if near in head)
            if beside and _NUMBER.fullmatch(text) and not _YEAR.fullmatch(text):
                weights[index], judgements[index] = FORM, Judgement("view_counter", FORM)


def _placeholder_numbers(lines: Sequence[Line]) -> None:
    """A line of bare digits between two paragraphs, left of a picture or a page break; an END."""
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        between = before.is_body and after.is_body
        between = between or (
            bool(_CLOCK.fullmatch(line.text)) and (before.is_body or after.is_body)
        )
        if before.is_body and after.is_body and line.text.strip(_FRAME) == "END":
            line.reason = line.reason or "ending"
        if between and _NUMBER.fullmatch(line.text) and not _YEAR.fullmatch(line.text):
            line.reason = line.reason or "placeholder_number"
