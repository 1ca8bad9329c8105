"""The text inside a paragraph of a Word document, as a reader sees it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rag.loaders.glyphs import symbol
from rag.loaders.numbering import numeral
from rag.loaders.ooxml import CHOICE, MATH, RELATION, WORD, Element, is_on

_VALUE = f"{WORD}val"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_SKIPPED = frozenset(
    WORD + name
    for name in (
        *("rPr", "pPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText", "softHyphen"),
        *("footnoteRef", "endnoteRef", "annotationRef", "fldData", "rubyPr", "proofErr"),
    )
)
_PRIVATE_SYMBOLS = 0xF000


@dataclass(slots=True)
class Notes:
    """Foot- or endnotes in the order in which the text names them."""

    form: str
    numbers: dict[str, int] = field(default_factory=dict)
    """By id in the file, from 1."""

    def mark(self, note_id: str) -> str:
        """How a note is named in the text: 〔1〕, since [1] is how answers name their sources."""
        number = self.numbers.setdefault(note_id, len(self.numbers) + 1)
        return f"〔{numeral(number, self.form)}〕"


@dataclass(slots=True)
class Found:
    """What was met on the way through a document."""

    footnotes: Notes = field(default_factory=lambda: Notes("decimal"))
    endnotes: Notes = field(default_factory=lambda: Notes("lowerRoman"))
    counts: Counter[str] = field(default_factory=Counter)
    """Of `change`, `comment`, `hidden`, `embedded` and `picture`."""


class Inline:
    """Reads one paragraph; what floats beside it is gathered to be read after it."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._pieces: list[str] = []
        self.boxes: list[Element] = []
        """Contents of text boxes."""
        self.graphics: list[str] = []
        """Relation ids of charts and diagrams."""
        self._handlers: Mapping[str, Callable[[Element], None]] = {
            f"{WORD}t": self._text,
            f"{MATH}t": self._text,
            f"{WORD}r": self._run,
            f"{WORD}tab": lambda _: self._pieces.append("\t"),
            f"{WORD}ptab": lambda _: self._pieces.append("\t"),
            f"{WORD}br": lambda _: self._pieces.append("\n"),
            f"{WORD}cr": lambda _: self._pieces.append("\n"),
            f"{WORD}noBreakHyphen": lambda _: self._pieces.append("-"),
            f"{WORD}sym": self._symbol,
            f"{WORD}ruby": self._ruby,
            f"{WORD}del": self._struck,
            f"{WORD}moveFrom": self._struck,
            f"{WORD}ins": self._put_in,
            f"{WORD}moveTo": self._put_in,
            f"{WORD}footnoteReference": lambda each: self._note(found.footnotes, each),
            f"{WORD}endnoteReference": lambda each: self._note(found.endnotes, each),
            f"{WORD}commentReference": lambda _: found.counts.update(["comment"]),
            f"{WORD}txbxContent": self.boxes.append,
            f"{WORD}object": self._embedded,
            "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic": self._picture,
            "{urn:schemas-microsoft-com:vml}imagedata": self._picture,
            f"{CHOICE}AlternateContent": self._alternative,
            f"{MATH}f": self._fraction,
            f"{MATH}sup": lambda each: self._script("^", each),
            f"{MATH}sub": lambda each: self._script("_", each),
            _DIAGRAM: lambda each: self.graphics.append(each.get(f"{RELATION}dm", "")),
            _CHART: lambda each: self.graphics.append(each.get(f"{RELATION}id", "")),
        }

    def read(self, paragraph: Element) -> str:
        self._walk(paragraph)
        return "".join(self._pieces).strip()

    def _walk(self, element: Element) -> None:
        for child in element:
            handler = self._handlers.get(child.tag)
            if handler:
                handler(child)
            elif child.tag not in _SKIPPED:
                self._walk(child)

    def _text(self, element: Element) -> None:
        self._pieces.append(element.text or "")

    def _run(self, element: Element) -> None:
        if is_on(element.find(f"{WORD}rPr/{WORD}vanish"), _VALUE):
            if "".join(element.itertext(f"{WORD}t")).strip():
                self._found.counts["hidden"] += 1
            return
        self._walk(element)

    def _symbol(self, element: Element) -> None:
        try:
            code = int(element.get(f"{WORD}char", ""), 16)
            # Word adds F000 to the codes of symbol fonts, but not always.
            code += _PRIVATE_SYMBOLS if code < 0x100 else 0
            self._pieces.append(symbol(chr(code)))
        except (ValueError, OverflowError):
            self._pieces.append("\ufffd")

    def _ruby(self, element: Element) -> None:
        base, reading = element.find(f"{WORD}rubyBase"), element.find(f"{WORD}rt")
        if base is not None:
            self._walk(base)
        if reading is not None:
            self._pieces.append("(")
            self._walk(reading)
            self._pieces.append(")")

    def _struck(self, _: Element) -> None:
        self._found.counts["change"] += 1

    def _put_in(self, element: Element) -> None:
        self._found.counts["change"] += 1
        self._walk(element)

    def _note(self, notes: Notes, element: Element) -> None:
        self._pieces.append(notes.mark(element.get(f"{WORD}id", "")))

    def _embedded(self, element: Element) -> None:
        self._found.counts["embedded"] += 1
        self._walk(element)

    def _picture(self, _: Element) -> None:
        self._found.counts["picture"] += 1

    def _alternative(self, element: Element) -> None:
        chosen = chosen_of(element)
        if chosen is not None:
            self._walk(chosen)

    def _fraction(self, element: Element) -> None:
        for name, mark in (("num", "/"), ("den", "")):
            part = element.find(f"{MATH}{name}")
            if part is not None:
                self._walk(part)
            self._pieces.append(mark)

    def _script(self, mark: str, element: Element) -> None:
        self._pieces.append(mark)
        self._walk(element)


def chosen_of(alternatives: Element) -> Element | None:
    """The one of the alternatives that today's programs show."""
    choice = alternatives.find(f"{CHOICE}Choice")
    return choice if choice is not None else alternatives.find(f"{CHOICE}Fallback")
