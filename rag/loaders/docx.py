"""Word documents: paragraphs with their printed numbers, tables, notes, text boxes."""

from collections.abc import Callable, Iterator

from rag.errors import InputError
from rag.loaders.docx_styles import Numbering, Styles
from rag.loaders.docx_text import Found, Inline, Notes, chosen_of
from rag.loaders.drawings import graphic_lines
from rag.loaders.extracted import Extracted
from rag.loaders.manuscript import Manuscript
from rag.loaders.ooxml import CHOICE, WORD, Element, Package
from rag.loaders.rows import joined

_CONTAINERS = frozenset(
    WORD + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)
_WARNINGS = {
    "change": "It has tracked changes: what was put in is read, what was struck out is not.",
    "comment": "{count} comments were left out.",
    "hidden": "Hidden text was left out.",
    "embedded": "{count} embedded objects were not read.",
}
_ONE = {
    "comment": "1 comment was left out.",
    "embedded": "1 embedded object was not read.",
}


def load(raw: bytes, name: str, encoding: str | None = None) -> Extracted:
    """Text of a docx: paragraphs parted by empty lines, rows of tables as `| cell | cell |`.

    A mark of kind `paragraph` stands at each paragraph and row, counted from 1, and one of kind
    `heading` at each heading. Notes follow at the end, then page headers and footers as asides. A
    cell merged downwards is repeated in each row. `encoding` does not matter to a docx.

    Raises:
        InputError: it is no docx, is damaged or protected, or has no text.
    """
    package = Package(raw, name)
    part = package.main("word/", "word/document.xml")
    reader = _Reader(package, part, Manuscript(name))
    body = package.xml(part).find(f"{WORD}body")
    if body is None:
        raise package.damaged(part)
    reader.blocks(body)
    reader.notes("footnotes", f"{WORD}footnote", reader.found.footnotes)
    reader.notes("endnotes", f"{WORD}endnote", reader.found.endnotes)
    if not reader.manuscript.length:
        raise _without_text(name, reader.found)
    reader.furniture("header", "page_header")
    reader.furniture("footer", "page_footer")
    found = {**package.found(), **({"title": reader.title} if reader.title else {})}
    return reader.manuscript.extracted("docx", found=found, warnings=_warnings(reader.found))


class _Reader:
    def __init__(self, package: Package, part: str, manuscript: Manuscript) -> None:
        self.package = package
        self.manuscript = manuscript
        self.found = Found()
        self.title = ""
        self._part = part
        self._relations = package.relations(part)
        self._styles = Styles(next(package.related(part, "styles"), None))
        self._numbering = Numbering(next(package.related(part, "numbering"), None))
        self._paragraphs = 0
        self._handlers: dict[str, Callable[[Element], None]] = {
            f"{WORD}p": self._paragraph,
            f"{WORD}tbl": self._table,
            f"{WORD}altChunk": lambda _: self.found.counts.update(["embedded"]),
        }

    def blocks(self, parent: Element) -> None:
        """Write the paragraphs and tables in an element."""
        for child in _children(parent):
            self._handlers[child.tag](child)

    def _paragraph(self, paragraph: Element) -> None:
        inline = Inline(self.found)
        text = inline.read(paragraph)
        if text:
            self._write(paragraph, self._number(paragraph) + text)
        for line in self._graphics(inline):
            self._line(line)
        for box in inline.boxes:
            self.blocks(box)

    def _write(self, paragraph: Element, text: str) -> None:
        if self._styles.is_contents(paragraph):
            self.manuscript.aside(text, "contents")
            return
        self.manuscript.separate("\n\n")
        if self._styles.is_heading(paragraph):
            self.manuscript.mark("heading", text)
        if not self.title and self._styles.is_title(paragraph):
            self.title = " ".join(text.split())
        self._line(text, separator="")

    def _line(self, text: str, *, separator: str = "\n\n") -> None:
        self._paragraphs += 1
        self.manuscript.separate(separator)
        self.manuscript.mark("paragraph", str(self._paragraphs))
        self.manuscript.write(text)

    def _number(self, paragraph: Element) -> str:
        return self._numbering.label(*self._styles.numbering(paragraph))

    def _graphics(self, inline: Inline) -> Iterator[str]:
        for relation_id in inline.graphics:
            relation = self._relations.get(relation_id)
            if relation and relation.target in self.package:
                yield from graphic_lines(self.package.xml(relation.target))

    def _table(self, table: Element) -> None:
        rows = [row for row in table.iter(f"{WORD}tr") if _owner(row) is table]
        rows = [row for row in rows if row.find(f"{WORD}trPr/{WORD}del") is None]
        if all(len(_cells(row)) < 2 for row in rows):
            # A frame around text, not a table.
            for row in rows:
                for cell in _cells(row):
                    self.blocks(cell)
            return
        above: dict[int, str] = {}
        separator = "\n\n"
        for row in rows:
            line = joined(self._row(row, above))
            if line:
                self._line(line, separator=separator)
                separator = "\n"

    def _row(self, row: Element, above: dict[int, str]) -> list[str]:
        """Texts of a row's cells; `above` holds, by column, the texts that may be merged down."""
        texts = []
        column = 0
        for cell in _cells(row):
            merge = cell.find(f"{WORD}tcPr/{WORD}vMerge")
            goes_on = merge is not None and merge.get(f"{WORD}val", "continue") == "continue"
            text = above.get(column, "") if goes_on else self._cell(cell)
            above[column] = text
            texts.append(text)
            column += _span(cell)
        return texts

    def _cell(self, cell: Element) -> str:
        """A cell on one line; what is in a table inside it too."""
        texts = []
        for paragraph in cell.iter(f"{WORD}p"):
            if next(paragraph.iterancestors(f"{CHOICE}Fallback"), None) is not None:
                continue
            inline = Inline(self.found)
            if text := inline.read(paragraph):
                texts.append(self._number(paragraph) + text)
            texts.extend(self._graphics(inline))
        return " ".join(" ".join(texts).split())

    def notes(self, kind: str, tag: str, notes: Notes) -> None:
        """Write foot- or endnotes in the order of their numbers."""
        for root in self.package.related(self._part, kind):
            written = {}
            for note in root.iter(tag):
                if note.get(f"{WORD}type", "normal") == "normal":
                    written[note.get(f"{WORD}id", "")] = self._cell(note)
            for note_id in (
                *notes.numbers,
                *(each for each in written if each not in notes.numbers),
            ):
                if text := written.get(note_id):
                    self._line(f"{notes.mark(note_id)}{text}")

    def furniture(self, kind: str, reason: str) -> None:
        """Write what stands on every page, once."""
        written = set()
        for root in self.package.related(self._part, kind):
            text = self._cell(root)
            if text and text not in written:
                written.add(text)
                self.manuscript.aside(text, reason)


def _children(parent: Element) -> Iterator[Element]:
    """Paragraphs, tables and embedded parts of a body or cell, whatever they are wrapped in."""
    for child in parent:
        if child.tag in (f"{WORD}p", f"{WORD}tbl", f"{WORD}altChunk"):
            yield child
        elif child.tag in _CONTAINERS:
            yield from _children(child)
        elif child.tag == f"{CHOICE}AlternateContent":
            chosen = chosen_of(child)
            if chosen is not None:
                yield from _children(chosen)


def _owner(element: Element) -> Element | None:
    """The table that a row is in."""
    return next(element.iterancestors(f"{WORD}tbl"), None)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row.iter(f"{WORD}tc") if next(cell.iterancestors(f"{WORD}tr")) is row]


def _span(cell: Element) -> int:
    span = cell.find(f"{WORD}tcPr/{WORD}gridSpan")
    value = span.get(f"{WORD}val", "1") if span is not None else "1"
    return int(value) if value.isdecimal() and len(value) < 4 else 1


def _without_text(name: str, found: Found) -> InputError:
    if found.counts["picture"]:
        return InputError(
            f"{name} holds pictures without text.", "Run OCR on them, or give the text itself."
        )
    return InputError(f"{name} holds no text.", "See it with a word processor.")


def _warnings(found: Found) -> Iterator[str]:
    for kind, words in _WARNINGS.items():
        count = found.counts[kind]
        if count:
            yield _ONE[kind] if count == 1 and kind in _ONE else words.format(count=count)
