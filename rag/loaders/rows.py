"""Rows of tables as lines of text that can be quoted alone."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rag.loaders.manuscript import Manuscript
from rag.text import HAN

_HAN = re.compile(f"[{HAN}]")
_VALUE = re.compile(
    r"[-+(（]?\s*[¥￥$€£]?\s*[-+]?[0-9０-９][0-9０-９,，. :/年月日-]*(?:[eE][+-]?[0-9]+)?"
    r"\s*[%％‰)）]?|[-—–/.…]+|TRUE|FALSE|#[A-Z/0!?]+"
)
"""A number, date or percent, or what stands for a missing one."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\s*(?:年度?|[EAFeaf])?")
_REMARK = re.compile(
    r"(?i)(?:注|备注|說明|说明|资料来源|資料來源|数据来源|來源|来源|note|source)s?\s*[:：]"
)
_SENTENCE_END = re.compile(r"[。！？!?]")
_LONGEST_NAME = 40
_SECTION = 20
"""Characters; a lone cell that is longer is a remark and belongs to no column."""
_SAMPLE = 40
"""Rows that tell what is in the columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number from 1 and its cells by column from 0; blank cells are not in it."""

    number: int
    cells: Mapping[int, str]


@dataclass(slots=True)
class Header:
    """Names of columns, and how many rows they take."""

    names: dict[int, str] = field(default_factory=dict)
    height: int = 0


def joined(cells: Iterable[str]) -> str:
    """`| 2023 | 69541 |`; nothing where all cells are blank.

    The mark at its start keeps a row one sentence, whatever stops are in it, and one line.
    """
    texts = [" ".join(cell.split()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return f"| {' | '.join(texts)} |" if texts else ""


def write_rows(
    rows: Sequence[Row], manuscript: Manuscript, *, header_heights: Mapping[int, int] | None = None
) -> None:
    """Write rows as lines, each with a mark of kind `row`.

    Where the columns have names, each cell is written with its own, so that a row says all by
    itself: `| 年份：2023 | 产量：69541 |`. The names are a row where they stand. Blank rows part
    the tables of a sheet; one without names takes those of the table above if it has no other
    columns. A cell alone in its row, such as a caption, is a paragraph.

    Args:
        rows: in order, none without cells.
        manuscript: to write to; what is in it already is parted from the rows by the caller.
        header_heights: rows that a header takes, by the number of its first row, where merged
            cells tell.
    """
    header = Header()
    for block in blocks(rows):
        own = _header(block, header_heights or {})
        inherits = not own.height and _covers(header, block)
        header = Header(header.names) if inherits else own
        _write_block(block, header, manuscript, rows[0])


def blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows in runs without a blank row between them."""
    block = list(rows[:1])
    for above, row in pairwise(rows):
        if row.number > above.number + 1:
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _covers(header: Header, block: Sequence[Row]) -> bool:
    wide = [row for row in block if len(row.cells) > 1]
    return bool(wide) and all(set(row.cells) <= set(header.names) for row in wide[:_SAMPLE])


def _write_block(
    block: Sequence[Row], header: Header, manuscript: Manuscript, opening: Row
) -> None:
    names = {} if header.height else header.names
    left, close = header.height, False
    for row in block:
        in_header = left > 0 and len(row.cells) > 1
        text = next(iter(row.cells.values()))
        lone = len(row.cells) == 1 and (not names or _is_remark(text))
        line = " ".join(text.split()) if lone else _line(row, names)
        if row is not opening:
            manuscript.separate("\n" if close and not lone else "\n\n")
        manuscript.mark("row", str(row.number))
        manuscript.write(line)
        close = not lone
        if in_header or 0 < left < header.height:
            left -= 1
            names = header.names if not left else {}


def _is_remark(text: str) -> bool:
    return len(text) > _SECTION or bool(_REMARK.match(text))


def _line(row: Row, names: Mapping[int, str]) -> str:
    if not names:
        return joined(row.cells.get(column, "") for column in range(max(row.cells) + 1))
    colon = "：" if any(map(_HAN.search, names.values())) else ": "
    return joined(
        f"{names[column].rstrip(':： ')}{colon}{text}" if names.get(column) else text
        for column, text in sorted(row.cells.items())
    )


def _header(block: Sequence[Row], heights: Mapping[int, int]) -> Header:
    """The names that the first row with several cells gives, if it does."""
    first = next((at for at, row in enumerate(block) if len(row.cells) > 1), None)
    if first is None:
        return Header()
    height = max(1, heights.get(block[first].number, 1))
    body = [
        row
        for row in block[first + height :]
        if len(row.cells) > 1 or not _is_remark(next(iter(row.cells.values())))
    ][:_SAMPLE]
    if not body or not _names_columns(block[first], body):
        return Header()
    names: dict[int, str] = {}
    for row in block[first : first + height]:
        for column, text in row.cells.items():
            above, text = names.get(column, ""), " ".join(text.split())
            names[column] = above if text == above else f"{above} {text}".strip()
    return Header(names, height)


def _names_columns(row: Row, body: Sequence[Row]) -> bool:
    texts = [" ".join(text.split()) for text in row.cells.values()]
    if len(set(texts)) < len(texts) and not _is_merged(texts):
        return False
    if any(len(text) > _LONGEST_NAME or _SENTENCE_END.search(text) for text in texts):
        return False
    columns = {column for each in body for column in each.cells}
    if len(columns & set(row.cells)) < 0.6 * len(columns):
        return False
    values = [column for column, text in row.cells.items() if _VALUE.fullmatch(text.strip())]
    if values:
        # Years name columns where a label stands first or the corner is blank.
        years = all(_YEAR.fullmatch(row.cells[column].strip()) for column in values)
        return years and min(columns) not in values
    return not any(
        row.cells.get(column) == text for each in body for column, text in each.cells.items()
    )


def _is_merged(texts: Sequence[str]) -> bool:
    """Whether names that repeat stand side by side, as a name over several columns is given."""
    runs = 1 + sum(before != after for before, after in pairwise(texts))
    return runs == len(set(texts))
