"""Merged cells of a sheet: their text for every row that they stand beside."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rag.loaders.rows import Row, blocks

_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^>]*\bref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"'
)
_HIGHEST_HEADER = 4
"""Rows."""


def column_of(letters: str) -> int:
    """The number of a column from 0: A, B, … Z, AA …."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class _Range(NamedTuple):
    top: int
    left: int
    bottom: int
    right: int


class Merges:
    """Ranges of merged cells, of which only the upper left has a text in the file."""

    def __init__(self, sheet: bytes) -> None:
        """Take the XML of a sheet; read by pattern, for the ranges stand after all rows."""
        self._by_top: dict[int, list[_Range]] = {}
        for left, top, right, bottom in _MERGE.findall(sheet):
            merged = _Range(
                int(top), column_of(left.decode()), int(bottom), column_of(right.decode())
            )
            self._by_top.setdefault(merged.top, []).append(merged)
        self.heights = {
            top: max(2, *(each.bottom - top + 1 for each in merged))
            for top, merged in self._by_top.items()
            if all(each.bottom - top < _HIGHEST_HEADER for each in merged)
        }
        """Rows that a header takes which begins in this row."""

    def filled(self, rows: Sequence[Row]) -> list[Row]:
        """Rows with the texts of cells that reach down to them.

        What reaches over several columns is repeated in these only in a header.
        """
        if not self._by_top:
            return list(rows)
        return self._across(self._down(rows))

    def _down(self, rows: Sequence[Row]) -> list[Row]:
        filled = []
        reaching: list[tuple[_Range, str]] = []
        for row in rows:
            reaching = [each for each in reaching if each[0].bottom >= row.number]
            cells = {merged.left: text for merged, text in reaching} | dict(row.cells)
            for merged in self._by_top.get(row.number, ()):
                text = row.cells.get(merged.left)
                if text and merged.bottom > merged.top:
                    reaching.append((merged, text))
            filled.append(Row(row.number, cells))
        return filled

    def _across(self, rows: Sequence[Row]) -> list[Row]:
        wide: dict[int, dict[int, str]] = {}
        for block in blocks(rows):
            first = next((row.number for row in block if len(row.cells) > 1), 0)
            last = max(max(row.cells) for row in block)
            for row in block:
                if first <= row.number < first + self.heights.get(first, 0):
                    wide[row.number] = {
                        column: row.cells[merged.left]
                        for merged in self._by_top.get(row.number, ())
                        if merged.left in row.cells
                        for column in range(merged.left, min(merged.right, last) + 1)
                    }
        return [Row(row.number, {**wide.get(row.number, {}), **row.cells}) for row in rows]
