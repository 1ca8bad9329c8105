"""Which lines of a page are furniture, and what some of them tell about the document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.cleaning import patterns
from rag.text import fold, sentence_spans

_HEAD_LINES = 12
"""Only so many lines above the body are looked at, should nothing look like a body."""
_TAIL_LINES = 20
_NUMBER = re.compile(r"\d{1,7}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STOP_AT_END = re.compile(r"[.!?;:][\"')\]]*$")
_LONGEST_TITLE = 120
_FIELD_VALUE = 60
"""A value longer than this is a sentence, and its line is no metadata."""


@dataclass(slots=True)
class Line:
    """A line that is not blank, `raw[start:end]`."""

    start: int
    end: int
    text: str
    """Without pinyin and outer blanks."""
    folded: str = field(init=False)
    reason: str = ""
    """Why it goes; empty while it stays."""

    def __post_init__(self) -> None:
        self.folded = fold(self.text)

    @property
    def is_body(self) -> bool:
        """Whether it reads as prose: it has a 。, is long, or is fairly long and ends in a stop."""
        length = len(self.text)
        return (
            length >= 60
            or (length >= 10 and "。" in self.text)
            or (length >= 40 and bool(_STOP_AT_END.search(self.folded)))
        )


@dataclass(slots=True)
class Furniture:
    """Lines with their reasons set, and what the lines that go say of the document."""

    lines: Sequence[Line]
    found: dict[str, str] = field(default_factory=dict)

    def note(self, key: str, value: str) -> None:
        value = value.strip(" \t|,;[]【】()")
        if value and value.lower() not in {"none", "null", "n/a", "-"}:
            self.found.setdefault(key, value)


def find_furniture(lines: Sequence[Line]) -> Furniture:
    """Set `reason` on the lines that are not the document's own text.

    Most kinds count only above the first or below the last line of prose; on doubt a line stays.
    """
    page = Furniture(lines)
    _metadata_block(page)
    for line in lines:
        line.reason = line.reason or _anywhere(line)
    kinds = [_kind(line) for line in lines]
    prose = [i for i, line in enumerate(lines) if line.is_body and not (line.reason or kinds[i])]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    for index, line in enumerate(lines):
        in_head = index < min(first, _HEAD_LINES)
        in_tail = index > max(last, len(lines) - _TAIL_LINES)
        if line.reason or not (in_head or in_tail):
            continue
        line.reason = _at_the_edge(kinds[index], in_head, in_tail)
        if line.reason == "metadata":
            _note_fields(page, line)
            if in_tail and not in_head and patterns.BARE_DATE.fullmatch(line.folded):
                line.reason = ""  # A notice is signed with its date.
    _view_counters(lines[: min(first, _HEAD_LINES)])
    _placeholder_numbers(lines)
    _blocks_below(lines, last)
    _repeated_title(page)
    return page


def _anywhere(line: Line) -> str:
    matches = (name for name, form in patterns.ANYWHERE.items() if form.fullmatch(line.folded))
    return next(matches, "credit" if patterns.CREDIT.fullmatch(line.folded) else "")


def _kind(line: Line) -> str:
    """What the line would be at the head or the tail of a page."""
    if len(line.text) > 240:
        return ""
    for forms in (patterns.HEAD, patterns.TAIL):
        for name, form in forms.items():
            if form.fullmatch(line.folded):
                return name
    return "metadata" if _is_metadata(line) else ""


def _at_the_edge(kind: str, in_head: bool, in_tail: bool) -> str:
    if kind == "metadata" or kind == "page_tools":
        return kind
    if in_head and kind in patterns.HEAD:
        return kind
    return kind if in_tail and (kind in patterns.TAIL or kind == "navigation") else ""


def _is_metadata(line: Line) -> bool:
    """A line that is nothing but `key: value` fields, a date, or a byline."""
    if patterns.BARE_DATE.fullmatch(line.folded) or patterns.BYLINE.fullmatch(line.folded):
        return True
    fields = _fields(line)
    if not fields or fields[0][2] > 0:
        return False
    for key, value, _ in fields:
        limit = 400 if "://" in value else _FIELD_VALUE
        if len(value) > limit or "。" in value:
            return False
        if key == "date" and value and not patterns.DATE_IN_LINE.search(fold(value)):
            return False
    return True


def _fields(line: Line) -> list[tuple[str, str, int]]:
    """(key, value, offset) of each field on the line."""
    matches = list(patterns.FIELD.finditer(line.folded))
    ends = [*[match.start() for match in matches[1:]], len(line.text)][: len(matches)]
    return [
        (match.lastgroup or "", line.text[match.end() : end].strip(), match.start())
        for match, end in zip(matches, ends, strict=True)
    ]


def _note_fields(page: Furniture, line: Line) -> None:
    if patterns.BARE_DATE.fullmatch(line.folded):
        page.note("date", line.text)
    elif patterns.BYLINE.fullmatch(line.folded):
        page.note("author", line.text[3:])
    for key, value, _ in _fields(line):
        page.note(key, value)


def _metadata_block(page: Furniture) -> None:
    """`Title: … / Date: …` lines at the very top, or the same between two `---`."""
    lines = page.lines
    fenced = len(lines) > 2 and lines[0].text == "---"
    end = index = 1 if fenced else 0
    keys = 0
    while index < len(lines) and (match := patterns.BLOCK_FIELD.match(lines[index].folded)):
        keys += 1
        page_key = {"published": "date", "site": "site", "description": "tags"}.get(
            match[1], match[1]
        )
        value = lines[index].text[match.end() :]
        end = index = index + 1
        # A title broken over two lines goes on with its site: `- Site name`.
        while index < len(lines) and re.match(r"[-|–—] ?[^。]{1,30}$", lines[index].folded):
            page.note("site", lines[index].text[1:])
            end = index = index + 1
        page.note(page_key, value)
    closed = fenced and end < len(lines) and lines[end].text == "---"
    if keys < 2 and not closed:
        page.found.clear()
        return
    for line in lines[: end + closed]:
        line.reason = "metadata"


def _view_counters(head: Sequence[Line]) -> None:
    """A lone number among the lines that tell source and date."""
    if any(line.reason == "metadata" for line in head):
        for line in head:
            if _NUMBER.fullmatch(line.text) and not _YEAR.fullmatch(line.text):
                line.reason = line.reason or "view_counter"


def _placeholder_numbers(lines: Sequence[Line]) -> None:
    """A line of bare digits between two paragraphs: what is left of a picture or a page break."""
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        between = before.is_body and after.is_body
        if between and _NUMBER.fullmatch(line.text) and not _YEAR.fullmatch(line.text):
            line.reason = line.reason or "placeholder_number"


def _blocks_below(lines: Sequence[Line], last: int) -> None:
    """Lists of related titles, contact forms and footers after the last prose."""
    tail = lines[last + 1 :]
    related = form = False
    for line in tail:
        form = form or bool(patterns.FORM_START.fullmatch(line.folded) and _has_form_end(tail))
        if form or (related and not line.reason and len(line.text) <= 60):
            line.reason = "form" if form else "related"
        related = related or line.reason == "related"
        form = form and not patterns.FORM_END.fullmatch(line.folded)
    if any(line.reason == "licence" for line in tail):
        for line in tail:
            if patterns.CONTACT.fullmatch(line.folded):
                line.reason = line.reason or "licence"


def _has_form_end(tail: Sequence[Line]) -> bool:
    return any(patterns.FORM_END.fullmatch(line.folded) for line in tail)


def _repeated_title(page: Furniture) -> None:
    """A title line that the text under it begins with again."""
    kept = [line for line in page.lines if not line.reason][:2]
    if len(kept) < 2:
        return
    title = kept[0].text.lstrip("# ").rstrip("。.")
    rest = kept[1].text.lstrip("# ")
    if not 6 <= len(title) <= _LONGEST_TITLE or not rest.startswith(title):
        return
    # "Rembrandt" over "Rembrandt was born …" is a heading, not a repeated sentence.
    if sentence_spans(rest)[0].slice(rest).rstrip("。.！？!?") == title.rstrip("！？!?"):
        kept[0].reason = "repeated_title"
        page.note("title", title)
