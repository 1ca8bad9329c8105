"""Excel workbooks: sheet by sheet, each row a line that can be quoted alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rag.errors import InputError
from rag.loaders.cell_formats import shown
from rag.loaders.drawings import graphic_lines, paragraphs
from rag.loaders.extracted import Extracted
from rag.loaders.manuscript import Manuscript
from rag.loaders.ooxml import RELATION, SHEET, Element, Package, unescaped, whole
from rag.loaders.rows import Row, write_rows
from rag.loaders.sheet_merges import Merges, column_of

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BLANK = re.compile(
    rb'<row r="\d+"[^<>]*(?:/>|>(?:<c r="[A-Z]+\d+"(?: s="\d+")?(?:/>|></c>))*</row>)'
    rb'|<c r="[A-Z]+\d+"(?: s="\d+")?(?:/>|></c>)'
)
"""Rows and cells that are formatted but hold nothing; a sheet may have a million."""
_COMMENTS = ("comments", "threadedComment")
_MOST_COLUMNS = 16_384


@dataclass(slots=True)
class _Book:
    """What all sheets share."""

    strings: list[str]
    format_ids: list[int]
    """Number formats of the cell styles."""
    formats: dict[int, str]
    since_1904: bool


@dataclass(slots=True)
class _Troubles:
    hidden: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    commented: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    """Places of formulas whose result the file does not have."""
    hidden_rows: bool = False

    def warnings(self) -> Iterator[str]:
        for sheets, words in (
            (self.hidden, "Hidden, but read: sheet {}."),
            (self.missing, "Missing in the file: sheet {}."),
            (self.commented, "Comments were left out in sheet {}."),
        ):
            if sheets:
                yield words.format(", ".join(map(repr, sheets)))
        if self.hidden_rows:
            yield "Hidden rows were read too."
        if self.formulas:
            count = len(self.formulas)
            cells = "1 formula" if count == 1 else f"{count} formulas"
            yield (
                f"Not read for want of a stored result: {cells}, the first in "
                f"{self.formulas[0]}; open the file in Excel and save it."
            )


def load(raw: bytes, name: str, encoding: str | None = None) -> Extracted:
    """Sheets of an xlsx as lines, as `rag.loaders.rows.write_rows` has them.

    A mark of kind `sheet` stands at each sheet, one of kind `row`, with the number that Excel
    shows, at each row. Values are written as they are shown, but dates as ISO. A cell merged over
    several rows is repeated in each, one over several columns only among the names of columns.
    `encoding` does not matter to an xlsx.

    Raises:
        InputError: it is no xlsx, is damaged or protected, or has no cells with values.
    """
    package = Package(raw, name)
    part = package.main("xl/", "xl/workbook.xml")
    root = package.xml(part)
    book = _book(package, part, root)
    manuscript, troubles = Manuscript(name), _Troubles()
    relations = package.relations(part)
    for sheet in root.iter(f"{SHEET}sheet"):
        relation = relations.get(sheet.get(f"{RELATION}id", ""))
        title = sheet.get("name", "")
        if relation is None or relation.target not in package:
            troubles.missing.append(title)
            continue
        if sheet.get("state", "visible") != "visible":
            troubles.hidden.append(title)
        _sheet(package, relation.target, title, book, manuscript, troubles)
    if not manuscript.length:
        raise InputError(
            f"{name} holds no cells with values.",
            next(troubles.warnings(), "See it with a spreadsheet program."),
        )
    return manuscript.extracted("xlsx", found=package.found(), warnings=troubles.warnings())


def _book(package: Package, part: str, root: Element) -> _Book:
    properties = root.find(f"{SHEET}workbookPr")
    styles = next(package.related(part, "styles"), None)
    format_ids: list[int] = []
    formats: dict[int, str] = {}
    if styles is not None:
        for style in styles.iterfind(f"{SHEET}cellXfs/{SHEET}xf"):
            format_ids.append(whole(style.get("numFmtId")))
        for form in styles.iterfind(f"{SHEET}numFmts/{SHEET}numFmt"):
            formats[whole(form.get("numFmtId"))] = form.get("formatCode", "")
    return _Book(
        strings=list(_strings(package, part)),
        format_ids=format_ids,
        formats=formats,
        since_1904=properties is not None and properties.get("date1904") in ("1", "true"),
    )


def _strings(package: Package, part: str) -> Iterator[str]:
    for relation in package.relations(part).values():
        if relation.kind == "sharedStrings" and relation.target in package:
            for item in package.elements(relation.target, (f"{SHEET}si",)):
                yield _rich_text(item)
                _forget(item)


def _rich_text(item: Element) -> str:
    """All runs of a text, without the readings that Japanese files give of its characters."""
    texts = []
    for text in item.iter(f"{SHEET}t"):
        if text.getparent().tag != f"{SHEET}rPh":
            texts.append(text.text or "")
    return unescaped("".join(texts))


def _forget(element: Element) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _sheet(
    package: Package,
    part: str,
    title: str,
    book: _Book,
    manuscript: Manuscript,
    troubles: _Troubles,
) -> None:
    merges = Merges(package.bytes(part))
    rows = merges.filled(list(_rows(package, part, title, book, troubles)))
    drawn = list(_drawn(package, part))
    if not rows and not drawn:
        return
    manuscript.separate("\n\n")
    manuscript.mark("sheet", title)
    if rows:
        write_rows(rows, manuscript, header_heights=merges.heights)
    for text in drawn:
        manuscript.separate("\n\n")
        manuscript.mark("row", "")
        manuscript.write(text)
    if any(relation.kind in _COMMENTS for relation in package.relations(part).values()):
        troubles.commented.append(title)


def _rows(
    package: Package, part: str, title: str, book: _Book, troubles: _Troubles
) -> Iterator[Row]:
    last = 0
    for element in package.elements(part, (f"{SHEET}row",), without=_BLANK):
        number = max(last + 1, whole(element.get("r"), last + 1))
        last = number
        cells: dict[int, str] = {}
        column = -1
        for cell in element.iterfind(f"{SHEET}c"):
            told = _column(cell.get("r", ""))
            column = told if told >= 0 else column + 1
            text = _text(cell, book)
            if text is None:
                troubles.formulas.append(f"{title}!{cell.get('r', '')}")
            elif text.strip() and column < _MOST_COLUMNS:
                cells[column] = text.strip()
        if cells and element.get("hidden") in ("1", "true"):
            troubles.hidden_rows = True
        _forget(element)
        if cells:
            yield Row(number, cells)


def _column(reference: str) -> int:
    """From 0; -1 where the reference is missing or wrong."""
    match = _REFERENCE.fullmatch(reference)
    return column_of(match[1]) if match else -1


def _text(cell: Element, book: _Book) -> str | None:
    """What a cell shows; None for a formula whose result is not in the file."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _rich_text(cell)
    stored = cell.find(f"{SHEET}v")
    value = (stored.text or "") if stored is not None else ""
    if not value:
        missing = cell.find(f"{SHEET}f") is not None and (stored is None or kind != "str")
        return None if missing else ""
    if kind == "s":
        at = whole(value, -1)
        return book.strings[at] if 0 <= at < len(book.strings) else "\ufffd"
    if kind == "b":
        return "TRUE" if value.strip() == "1" else "FALSE"
    if kind == "d":
        return value.removesuffix("T00:00:00").replace("T", " ")
    if kind != "n":
        return unescaped(value)
    style = whole(cell.get("s"))
    format_id = book.format_ids[style] if 0 <= style < len(book.format_ids) else 0
    return shown(value, format_id, book.formats, since_1904=book.since_1904)


def _drawn(package: Package, part: str) -> Iterator[str]:
    """Text boxes and charts that lie over the cells."""
    for relation in package.relations(part).values():
        if relation.kind == "drawing" and relation.target in package:
            yield from paragraphs(package.xml(relation.target))
            for chart in package.related(relation.target, "chart"):
                yield from graphic_lines(chart)
