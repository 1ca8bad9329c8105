"""What stands on a slide: shapes with their places, and the text in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.loaders.numbering import numeral
from rag.loaders.ooxml import CHOICE, DRAWING, MATH, SLIDE, Element, is_on, whole
from rag.loaders.rows import joined

_SHAPES = (f"{SLIDE}sp", f"{SLIDE}graphicFrame", f"{SLIDE}pic")
_BAND = 300_000
"""English Metric Units, a third of an inch: shapes that begin nearer begin at one height."""
_FORMS = (
    ("arabic", "decimal"),
    ("alphaLc", "lowerLetter"),
    ("alphaUc", "upperLetter"),
    ("romanLc", "lowerRoman"),
    ("romanUc", "upperRoman"),
    ("ea1", "chineseCountingThousand"),
    ("circleNum", "decimalEnclosedCircle"),
)
_AROUND = (("ParenBoth", "({})"), ("ParenR", "{})"), ("Period", "{}."), ("Minus", "-{} -"))


@dataclass(frozen=True, slots=True)
class Place:
    """Upper left corner, in English Metric Units of the slide."""

    left: float = 0.0
    top: float = 0.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape that may hold text."""

    element: Element
    role: str
    """Of a placeholder, such as `title` or `ftr`; `pic` for a picture, else empty."""
    place: Place


class Layout:
    """Where placeholders stand that do not say it themselves: as in the layout or the master."""

    def __init__(self, roots: Iterable[Element]) -> None:
        """Take the roots of the layout and of its master."""
        self._by_index: dict[str, Place] = {}
        self._by_role: dict[str, Place] = {}
        for root in roots:
            for element in root.iter(f"{SLIDE}sp"):
                placeholder, place = _placeholder(element), _own_place(element)
                if placeholder is not None and place is not None:
                    if "idx" in placeholder.attrib:
                        self._by_index.setdefault(placeholder.get("idx"), place)
                    self._by_role.setdefault(placeholder.get("type", "body"), place)

    def place(self, placeholder: Element) -> Place | None:
        found = self._by_index.get(placeholder.get("idx", ""))
        return found or self._by_role.get(placeholder.get("type", "body"))


def shapes_of(root: Element, layout: Layout) -> list[Shape]:
    """All shapes of a slide that are shown, those in groups too, in the order of the file."""
    tree = root.find(f"{SLIDE}cSld/{SLIDE}spTree")
    return list(_shapes(tree, layout, _Frame())) if tree is not None else []


@dataclass(frozen=True, slots=True)
class _Frame:
    """How a group places what is in it: slide = scale * own + shift."""

    across: float = 1.0
    down: float = 1.0
    shift_left: float = 0.0
    shift_top: float = 0.0

    def place(self, own: Place) -> Place:
        return Place(self.across * own.left + self.shift_left, self.down * own.top + self.shift_top)


def _shapes(parent: Element, layout: Layout, frame: _Frame) -> Iterator[Shape]:
    for child in parent:
        if child.tag == f"{SLIDE}grpSp":
            yield from _shapes(child, layout, _inside(child, frame))
        elif child.tag == f"{CHOICE}AlternateContent":
            chosen = child.find(f"{CHOICE}Choice")
            if chosen is not None:
                yield from _shapes(chosen, layout, frame)
        elif child.tag in _SHAPES and not _is_hidden(child):
            yield _shape(child, layout, frame)


def _shape(element: Element, layout: Layout, frame: _Frame) -> Shape:
    placeholder, own = _placeholder(element), _own_place(element)
    role = placeholder.get("type", "body") if placeholder is not None else ""
    if element.tag == f"{SLIDE}pic":
        role = "pic"
    if own is not None:
        place = frame.place(own)
    else:
        place = (layout.place(placeholder) if placeholder is not None else None) or Place()
    return Shape(element, role, place)


def _placeholder(element: Element) -> Element | None:
    return next(element.iterfind(f"*/{SLIDE}nvPr/{SLIDE}ph"), None)


def _is_hidden(element: Element) -> bool:
    properties = next(element.iterfind(f"*/{SLIDE}cNvPr"), None)
    return properties is not None and properties.get("hidden", "0") in ("1", "true")


def _own_place(element: Element) -> Place | None:
    transform = element.find(f"{SLIDE}spPr/{DRAWING}xfrm")
    if transform is None:
        transform = element.find(f"{SLIDE}xfrm")
    offset = transform.find(f"{DRAWING}off") if transform is not None else None
    return Place(*_pair(offset, "x", "y")) if offset is not None else None


def _inside(group: Element, frame: _Frame) -> _Frame:
    transform = group.find(f"{SLIDE}grpSpPr/{DRAWING}xfrm")
    if transform is None:
        return frame
    left, top = _pair(transform.find(f"{DRAWING}off"), "x", "y")
    wide, high = _pair(transform.find(f"{DRAWING}ext"), "cx", "cy")
    inner_left, inner_top = _pair(transform.find(f"{DRAWING}chOff"), "x", "y")
    inner_wide, inner_high = _pair(transform.find(f"{DRAWING}chExt"), "cx", "cy")
    across = wide / inner_wide if inner_wide and wide else 1.0
    down = high / inner_high if inner_high and high else 1.0
    return _Frame(
        frame.across * across,
        frame.down * down,
        frame.across * (left - across * inner_left) + frame.shift_left,
        frame.down * (top - down * inner_top) + frame.shift_top,
    )


def _pair(element: Element | None, first: str, second: str) -> tuple[float, float]:
    if element is None:
        return 0.0, 0.0
    return float(whole(element.get(first))), float(whole(element.get(second)))


def ordered(shapes: Iterable[Shape]) -> list[Shape]:
    """Shapes from top to bottom; those that begin at one height from left to right."""
    bands: list[list[Shape]] = []
    for shape in sorted(shapes, key=lambda shape: shape.place.top):
        if bands and shape.place.top - bands[-1][0].place.top < _BAND:
            bands[-1].append(shape)
        else:
            bands.append([shape])
    return [shape for band in bands for shape in sorted(band, key=lambda each: each.place.left)]


def shape_lines(element: Element) -> list[str]:
    """The paragraphs of a shape, or the rows of a table."""
    table = next(element.iter(f"{DRAWING}tbl"), None)
    if table is not None:
        rows = list(_rows(table))
        return ["\n".join(rows)] if rows else []
    body = element.find(f"{SLIDE}txBody")
    return list(_paragraphs(body)) if body is not None else []


def _rows(table: Element) -> Iterator[str]:
    above: list[str] = []
    for row in table.iter(f"{DRAWING}tr"):
        texts = []
        for column, cell in enumerate(row.iter(f"{DRAWING}tc")):
            text = " ".join(_paragraphs(cell.find(f"{DRAWING}txBody")))
            if cell.get("vMerge") in ("1", "true") and column < len(above):
                text = above[column]
            texts.append(text)
        above = texts
        hidden = [cell.get("hMerge") in ("1", "true") for cell in row.iter(f"{DRAWING}tc")]
        line = joined(text for text, covered in zip(texts, hidden, strict=True) if not covered)
        if line:
            yield line


def _paragraphs(body: Element | None) -> Iterator[str]:
    if body is None:
        return
    counts: dict[int, tuple[str, int]] = {}
    for paragraph in body.iter(f"{DRAWING}p"):
        text = "".join(_pieces(paragraph)).strip()
        if text:
            yield _number(body, paragraph, counts) + text


def _pieces(paragraph: Element) -> Iterator[str]:
    for element in paragraph.iter(f"{DRAWING}t", f"{DRAWING}br", f"{MATH}t"):
        yield "\n" if element.tag == f"{DRAWING}br" else element.text or ""


def _number(body: Element, paragraph: Element, counts: dict[int, tuple[str, int]]) -> str:
    """The number before a list item; `counts` holds form and number by level."""
    properties = paragraph.find(f"{DRAWING}pPr")
    level = whole(properties.get("lvl")) if properties is not None else 0
    automatic = _automatic(body, properties, level)
    for deeper in [at for at in counts if at > level or (at == level and automatic is None)]:
        del counts[deeper]
    if automatic is None:
        return ""
    form = automatic.get("type", "arabicPeriod")
    last_form, last = counts.get(level, ("", 0))
    number = last + 1 if last_form == form else whole(automatic.get("startAt"), 1)
    counts[level] = (form, number)
    written = numeral(number, next((to for name, to in _FORMS if form.startswith(name)), "decimal"))
    return (
        next((around for name, around in _AROUND if form.endswith(name)), "{}").format(written)
        + " "
    )


def _automatic(body: Element, properties: Element | None, level: int) -> Element | None:
    """How the items of a list are numbered; None where they are not."""
    if properties is not None:
        if properties.find(f"{DRAWING}buNone") is not None:
            return None
        own = properties.find(f"{DRAWING}buAutoNum")
        if own is not None or properties.find(f"{DRAWING}buChar") is not None:
            return own
    return body.find(f"{DRAWING}lstStyle/{DRAWING}lvl{level + 1}pPr/{DRAWING}buAutoNum")


def is_shown(slide: Element) -> bool:
    """Whether a slide is part of the show."""
    return is_on(slide, "show")
