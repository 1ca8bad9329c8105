"""Tables in text: csv and tsv, whatever parts their cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from rag.errors import InputError
from rag.loaders.encoding import decode
from rag.loaders.extracted import Extracted
from rag.loaders.manuscript import Manuscript
from rag.loaders.rows import Row, write_rows

_DELIMITERS = (",", "\t", ";", "|", "，")
_HINT = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
"""A first line by which Excel is told the delimiter."""
_SAMPLE_CHARACTERS = 100_000
_SAMPLE_ROWS = 100
_EVEN_PROSE = 0.9
_LONGEST_PROSE = 30
_LONGEST_CELL = 100_000
"""Characters; a longer one comes of a quotation mark that is never closed."""
_MOST_CELL_LINES = 200

csv.field_size_limit(1 << 30)  # its own limit would refuse a cell that holds a chapter


def load(raw: bytes, name: str, encoding: str | None = None) -> Extracted:
    """Rows of a csv or tsv as lines, as `rag.loaders.rows.write_rows` has them.

    The delimiter is the one of comma, tab, semicolon, bar and full-width comma that gives the most
    even rows. A row's number is its place among the records of the file, from 1: a record whose
    quoted cell goes over several lines counts once.

    Raises:
        InputError: the file is empty, is not text or holds no cells.
        EncodingError: the bytes are text in no encoding we know.
    """
    decoded = decode(raw, name, encoding).extracted()
    text = decoded.text.removeprefix("\ufeff")
    hint = _HINT.match(text)
    text = text[hint.end() :] if hint else text
    delimiter = hint[1] if hint else _delimiter(text)
    quoted = _is_quoted_well(text, delimiter)
    rows = [
        Row(number, cells)
        for number, record in enumerate(_records(text, delimiter, quoted=quoted), 1)
        if (cells := {at: cell.strip() for at, cell in enumerate(record) if cell.strip()})
    ]
    if not rows:
        raise InputError(f"{name} holds no cells with anything in them.", "See it with an editor.")
    manuscript = Manuscript(name)
    write_rows(rows, manuscript)
    warnings = [*decoded.warnings, *_warnings(rows, quoted=quoted)]
    written = manuscript.extracted(decoded.encoding, found={}, warnings=warnings)
    return replace(written, confidence=decoded.confidence, replaced=decoded.replaced)


def _records(text: str, delimiter: str, *, quoted: bool) -> Iterator[list[str]]:
    if quoted:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    else:
        yield from csv.reader(text.splitlines(), delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _is_quoted_well(text: str, delimiter: str) -> bool:
    """Whether every quotation mark that opens a cell is closed near by."""
    last = ""
    try:
        for record in _records(text, delimiter, quoted=True):
            for cell in record:
                if len(cell) > _LONGEST_CELL or cell.count("\n") > _MOST_CELL_LINES:
                    return False
                last = cell
    except csv.Error:
        return False
    # The reader takes the end of the file for the missing mark.
    return "\n" not in last.rstrip() or text.rstrip().endswith('"')


def _delimiter(text: str) -> str:
    sample = text[:_SAMPLE_CHARACTERS]
    if len(text) > len(sample):
        sample = sample[: sample.rfind("\n") + 1] or sample
    scores = {each: _evenness(sample, each) for each in _DELIMITERS}
    # The first of equals, in the order above.
    return max(_DELIMITERS, key=lambda each: scores[each])


def _evenness(sample: str, delimiter: str) -> float:
    """Share of rows with the usual number of cells, more for more cells; 0 where rows have one."""
    try:
        records = [record for record in _records(sample, delimiter, quoted=True) if any(record)]
    except csv.Error:
        return 0.0
    records = records[:_SAMPLE_ROWS]
    if not records:
        return 0.0
    width, count = Counter(map(len, records)).most_common(1)[0]
    even = count / len(records)
    if delimiter == "，":
        # Also a comma of prose, whose lines have now one and now three.
        longest = max(len(cell) for record in records for cell in record)
        even *= even > _EVEN_PROSE and longest < _LONGEST_PROSE
    return even * (2 - 1 / width) if width > 1 else 0.0


def _warnings(rows: list[Row], *, quoted: bool) -> Iterator[str]:
    if not quoted:
        yield "A quotation mark in it is never closed; each line was read as a row."
    width = Counter(max(row.cells) + 1 for row in rows).most_common(1)[0][0]
    longer = [row.number for row in rows if max(row.cells) >= width > 1]
    if longer:
        rows_have = "1 row has" if len(longer) == 1 else f"{len(longer)} rows have"
        yield f"{rows_have} more cells than the others, the first is row {longer[0]}."
