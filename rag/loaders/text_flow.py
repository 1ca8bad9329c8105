"""Words to lines, as a browser sets them: blanks run together, blocks and cells apart."""

import re

_BLANKS = re.compile("[ \t\n\r\f]+")
_EDGE_BLANK = " \t\n\r\f"
_WIDE = (
    "\u2e80-\u303f\u3041-\u30ff\u3105-\u312f\u31a0-\u9fff\uf900-\ufaff\uff01-\uff60"
    "\U00020000-\U0003ffff“”‘’…—"
)
_WRAPPED = re.compile(rf"(?<=[^\s]{{11}}[{_WIDE}])[ \t]*(?:\r\n?|\n)\s*(?=[{_WIDE}])")
"""A line end inside wide characters, which is no blank; short lines are lines of their own.
CSS Text Module Level 3, 4.1.2 'Segment Break Transformation Rules'."""

_NONE, _SPACE, _LINE, _EMPTY_LINE = range(4)
_BETWEEN = ("", " ", "\n", "\n\n")


class TextFlow:
    """Text written piece by piece; what lies between two pieces is decided at the second."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._gap = _NONE
        self._cells: int | None = None
        """Cell borders since the last text of a row; None outside rows."""
        self.length = 0
        """Of the text so far, gaps to come not counted."""

    def text(self) -> str:
        return "".join(self._pieces)

    def write(self, text: str, *, keep_blanks: bool) -> int:
        """Add running text; returns how many of its characters are not blank."""
        if not text:
            return 0
        if keep_blanks:
            body = text.replace("\r\n", "\n").replace("\r", "\n")
            if not body.strip():
                self._want(_LINE if "\n" in body else _SPACE)
                return 0
            self._flush()
            self._add(body)
            return len(body)
        body = text.strip(_EDGE_BLANK)
        if not body:
            self._want(_SPACE)
            return 0
        if text[0] in _EDGE_BLANK:
            self._want(_SPACE)
        self._flush()
        if "\n" in body or "\r" in body:
            body = _WRAPPED.sub("", body)
        body = _BLANKS.sub(" ", body)
        self._add(body)
        if text[-1] in _EDGE_BLANK:
            self._want(_SPACE)
        return len(body) - body.count(" ")

    def block_break(self, *, spaced: bool, in_row: bool) -> None:
        """Begin or end a block; inside a row of a table it is only set apart by a blank."""
        self._want(_SPACE if in_row else _EMPTY_LINE if spaced else _LINE)

    def line_break(self, in_row: bool) -> None:
        """A `br`: the second of two makes an empty line."""
        if in_row:
            self._want(_SPACE)
        else:
            self._gap = _EMPTY_LINE if self._gap >= _LINE else _LINE

    def blank(self) -> None:
        """Set the next text apart from the last."""
        self._want(_SPACE)

    def start_row(self) -> None:
        self._want(_LINE)
        self._cells = -1

    def cell(self) -> None:
        """Begin a cell of a row."""
        if self._cells is not None:
            self._cells += 1

    def end_row(self) -> None:
        self._cells = None

    def _want(self, gap: int) -> None:
        self._gap = max(self._gap, gap)

    def _flush(self) -> None:
        """Write the gap before the next text, or the borders of the cells before it."""
        if self._cells is not None and self._cells > 0:
            begins = self._gap >= _LINE or not self.length
            self._add(_BETWEEN[self._gap] if begins and self.length else "" if begins else " ")
            self._add("| " * self._cells)
        elif self.length:
            self._add(_BETWEEN[self._gap])
        self._gap = _NONE
        if self._cells is not None:
            self._cells = 0

    def _add(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self.length += len(text)
