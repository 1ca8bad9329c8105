"""Take page furniture out and repair damage, keeping a record of every character changed."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.cleaning.breaking import break_edits
from rag.cleaning.damage import assess, damage_edits
from rag.cleaning.edits import Edit, apply, raw_text, settled, to_clean, to_raw
from rag.cleaning.fields import Furniture, note_fields
from rag.cleaning.furniture import Line, find_furniture
from rag.cleaning.joining import HARD_WRAP, join_edits, unbroken, wrapped_lines
from rag.cleaning.reasons import REASONS
from rag.cleaning.repairs import (
    EMPTY_LINE,
    LINE_ENDS,
    WHITESPACE,
    blank_edits,
    line_end_edits,
    pinyin_edits,
    stripped,
)
from rag.cleaning.running import over_page_breaks
from rag.errors import InputError
from rag.loaders.extracted import Aside
from rag.records import Mark, Removal, Run, Span

__all__ = ["REASONS", "Cleaned", "clean", "raw_text", "to_clean", "to_raw"]

_LINE = re.compile(r"[^\n]+")
_MUCH = 0.5
MOST_LINES = 1_000_000
"""Each takes some 300 bytes while it is looked at."""
MOST_CHANGES = 500_000
"""Their records take about a kilobyte each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """Clean text and how it came from the raw text."""

    text: str
    removals: tuple[Removal, ...]
    """In raw order, none overlapping; applying them to the raw text gives `text`."""
    source_map: tuple[Run, ...]
    warnings: tuple[str, ...]
    found: Mapping[str, str]
    """What removed lines said: `title`, `date`, `source`, `author`, `publisher`, `site`, `url`."""
    damaged: tuple[Span, ...] = ()
    """Where the clean text has characters that were destroyed before it came to us."""


def clean(
    raw_text: str,
    *,
    disabled: Collection[str] = (),
    kept: Collection[str] = (),
    asides: Sequence[Aside] = (),
    marks: Sequence[Mark] = (),
    wrapped: bool = False,
) -> Cleaned:
    """Remove what is not the document's own text, and repair what can be repaired.

    Lines go by their form and place, never by a list of sites; on doubt a line stays. The script
    stays as it is. Every change is a `Removal` with its reason. Damage that cannot be repaired is
    counted in `warnings`.

    Args:
        raw_text: as a loader gave it, with any line ends.
        disabled: reasons whose changes are not made.
        kept: texts of lines that stay, whatever they look like.
        asides: parts that the page's own structure sets apart from its text.
        marks: where pages begin, for what is repeated on each.
        wrapped: whether lone line breaks are known to lie inside paragraphs, as in a PDF.

    Raises:
        InputError: it has more than `MOST_LINES` lines or takes more than `MOST_CHANGES` changes.
    """
    raw = _same_length(raw_text)
    _check_lines(raw)
    pinyin = _allowed(pinyin_edits(raw), disabled)
    inside = _inside_lines(raw, asides, disabled=disabled, kept=kept)
    lines = _lines(raw, sorted([*pinyin, *inside]))
    _set_apart(lines, asides, disabled=disabled, kept=kept)
    inner = [*pinyin, *inside, *_allowed([*damage_edits(raw), *blank_edits(raw)], disabled)]
    settled_inner = settled([*inner, *_allowed(break_edits(raw), disabled)])
    # Rows of a table are data, whatever they say.
    rows = {mark.start for mark in marks if mark.kind == "row"}
    content = [line for line in lines if not line.reason and line.start not in rows]
    paragraphs = wrapped_lines(raw, content, settled_inner, marks, known=wrapped)
    page = _take_out(lines, content, _page_starts(raw_text, marks))
    for index, line in enumerate(page.lines):
        in_sentence = not line.plainly and paragraphs.keeps(index, line.reason)
        if in_sentence or line.reason in disabled or line.text in kept:
            line.reason = ""
    joins: list[Edit] = []
    if HARD_WRAP not in disabled:
        stay = [line for line in lines if not line.reason]
        joins = join_edits(raw, stay, settled_inner, marks, known=wrapped, first=paragraphs)
    outer = [*_gap_edits(raw, lines), *line_end_edits(raw_text), *break_edits(unbroken(raw, joins))]
    edits = [*_line_edits(lines), *joins, *inner, *_allowed(outer, disabled)]
    _check_changes(edits)
    text, removals, source_map = apply(raw_text, settled(edits))
    damaged, damage = assess(text)
    return Cleaned(
        text=text,
        removals=removals,
        source_map=source_map,
        warnings=(*damage, *_size_warning(page.lines)),
        found=page.found,
        damaged=damaged,
    )


def _allowed(edits: Iterable[Edit], disabled: Collection[str]) -> list[Edit]:
    return [edit for edit in edits if edit.reason not in disabled]


def _take_out(lines: Sequence[Line], content: Sequence[Line], starts: Sequence[int]) -> Furniture:
    """Find the furniture among lines of content; what structure took out may still tell facts."""
    facts = [line for line in lines if line.reason == "metadata"]
    page = find_furniture(content, starts)
    for line in facts:
        note_fields(page, line)
    return page


def _check_changes(edits: Sequence[Edit]) -> None:
    if len(edits) > MOST_CHANGES:
        raise InputError(
            f"Cleaning it would take {len(edits):,} changes; the limit is {MOST_CHANGES:,}.",
            "It is not like a text: see it with an editor, or split it.",
        )


def _same_length(raw_text: str) -> str:
    r"""The text with \\n for every line or page break and not a character more or less."""
    return raw_text.replace("\r\n", " \n").translate(LINE_ENDS)


def _check_lines(raw: str) -> None:
    count = raw.count("\n") + 1
    if count > MOST_LINES + 1:
        raise InputError(
            f"It has {count:,} lines; the limit is {MOST_LINES:,}.", "Split it into smaller files."
        )


def _lines(raw: str, pinyin: Sequence[Edit]) -> list[Line]:
    """Lines that are not blank, read without their pinyin and the asides inside them."""
    lines = []
    glosses = iter(pinyin)
    gloss = next(glosses, None)
    for match in _LINE.finditer(raw):
        pieces, at = [], match.start()
        while gloss and gloss.start < match.end():
            pieces.append(raw[at : gloss.start])
            at = gloss.end
            gloss = next(glosses, None)
        text = stripped("".join([*pieces, raw[at : match.end()]]))
        if text:
            lines.append(Line(match.start(), match.end(), text))
    return lines


def _set_apart(
    lines: Sequence[Line],
    asides: Sequence[Aside],
    *,
    disabled: Collection[str],
    kept: Collection[str],
) -> None:
    """Give the lines that lie wholly inside an aside its reason; both are in order."""
    parts = iter(asides)
    part = next(parts, None)
    for line in lines:
        while part and part.end <= line.start:
            part = next(parts, None)
        inside = part and part.start <= line.start and line.end <= part.end
        if part and inside and part.reason not in disabled and line.text not in kept:
            line.reason = part.reason


def _inside_lines(
    raw: str, asides: Sequence[Aside], *, disabled: Collection[str], kept: Collection[str]
) -> list[Edit]:
    """Asides that are less than a line: a button in a heading, the number of a note."""
    edits = []
    for part in asides:
        text = raw[part.start : part.end]
        begins = part.start == 0 or raw[part.start - 1] == "\n"
        ends = part.end == len(raw) or raw[part.end] == "\n"
        wanted = part.reason not in disabled and text not in kept
        if wanted and "\n" not in text and not (begins and ends):
            edits.append(Edit(part.start, part.end, part.reason))
    return edits


def _line_edits(lines: Sequence[Line]) -> Iterator[Edit]:
    return (Edit(line.start, line.end, line.reason) for line in lines if line.reason)


def _page_starts(raw_text: str, marks: Sequence[Mark]) -> list[int]:
    """Where pages or slides begin: as the loader says, and after every form feed."""
    marked = {mark.start for mark in marks if mark.kind in ("page", "slide")}
    return sorted(marked | {match.end() for match in re.finditer("\f", raw_text)})


def _gap_edits(raw: str, lines: Sequence[Line]) -> Iterator[Edit]:
    """Line breaks that are left over: one empty line at most, none at the ends of the text."""
    kept = [line for line in lines if not line.reason]
    if not kept:
        return
    bounds = [(0, kept[0].start), (kept[-1].end, len(raw))]
    for low, high in bounds:
        yield from (Edit(at, at + 1, WHITESPACE) for at in _breaks(raw, low, high))
    over_page = set(map(id, over_page_breaks(lines)))
    for before, after in pairwise(kept):
        breaks = _breaks(raw, before.end, after.start)
        has_empty_line = EMPTY_LINE.search(raw, before.end, after.start)
        for at in breaks[2 if has_empty_line and id(after) not in over_page else 1 :]:
            yield Edit(at, at + 1, WHITESPACE)


def _breaks(raw: str, start: int, end: int) -> list[int]:
    return [at for at in range(start, end) if raw[at] == "\n"]


def _size_warning(lines: Sequence[Line]) -> tuple[str, ...]:
    total = sum(len(line.text) for line in lines)
    gone = sum(len(line.text) for line in lines if line.reason)
    if gone <= _MUCH * total:
        return ()
    return (f"{gone * 100 // total}% of the text was taken for page furniture; see its removals.",)
