"""PowerPoint presentations: slide by slide, title first, then from top to bottom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rag.errors import InputError
from rag.loaders.drawings import graphic_lines
from rag.loaders.extracted import Extracted
from rag.loaders.manuscript import Manuscript
from rag.loaders.ooxml import CHART, RELATION, SLIDE, Package, Relation
from rag.loaders.slide_shapes import Layout, Shape, is_shown, ordered, shape_lines, shapes_of
from rag.text import detect_language

_NOTES = {"zh": "备注", "en": "Notes"}
_TITLES = ("title", "ctrTitle")
_FURNITURE = {
    "ftr": "page_footer",
    "hdr": "page_header",
    "dt": "page_footer",
    "sldNum": "page_number",
}
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_MOST_SLIDES = 5_000


@dataclass(slots=True)
class _Slide:
    """What a slide says; lists of paragraphs."""

    title: str
    body: list[str]
    notes: list[str]
    furniture: list[tuple[str, str]]
    """Text and reason."""


@dataclass(slots=True)
class _Troubles:
    """Numbers of slides, from 1."""

    pictures: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    commented: list[int] = field(default_factory=list)

    def warnings(self) -> Iterator[str]:
        for slides, one, many in (
            (self.pictures, "is a picture without text and was not read", _PICTURES),
            (self.hidden, "is hidden in the show; it was read", _HIDDEN),
            (self.missing, "is missing in the file", "are missing in the file"),
            (self.commented, "has comments, which were left out", _COMMENTED),
        ):
            if slides:
                numbers = ", ".join(map(str, slides))
                yield f"Slide {numbers} {one}." if len(slides) == 1 else f"Slides {numbers} {many}."


_PICTURES = "are pictures without text and were not read"
_HIDDEN = "are hidden in the show; they were read"
_COMMENTED = "have comments, which were left out"


def load(raw: bytes, name: str, encoding: str | None = None) -> Extracted:
    """Text of a pptx, with marks of kind `slide`, labelled from 1, and `heading` for titles.

    What stands on a slide is read from top to bottom, and from left to right where it begins at
    one height; speaker notes follow under the heading 备注 or Notes. A slide without a title has
    an empty heading. Rows of tables are lines `| cell | cell |`. `encoding` does not matter.

    Raises:
        InputError: it is no pptx, is damaged or protected, or has no text.
    """
    package = Package(raw, name)
    manuscript, troubles = Manuscript(name), _Troubles()
    title = ""
    for number, part in enumerate(_parts(package), 1):
        if part not in package:
            troubles.missing.append(number)
            continue
        slide = _read(package, part, number, troubles)
        title = title or (slide.title if number == 1 else "")
        _write(slide, number, manuscript)
    if not manuscript.length:
        raise _without_text(name, troubles)
    found = {**package.found(), **({"title": " ".join(title.split())} if title else {})}
    return manuscript.extracted("pptx", found=found, warnings=troubles.warnings())


def _parts(package: Package) -> list[str]:
    """Paths of the slides in their order; empty for one that is nowhere."""
    part = package.main("ppt/", "ppt/presentation.xml")
    relations = package.relations(part)
    ids = [each.get(f"{RELATION}id", "") for each in package.xml(part).iter(f"{SLIDE}sldId")]
    if len(ids) > _MOST_SLIDES:
        raise InputError(
            f"{package.name} has {len(ids):,} slides; at most {_MOST_SLIDES:,} are read.",
            "Split it.",
        )
    return [relations[each].target if each in relations else "" for each in ids]


def _read(package: Package, part: str, number: int, troubles: _Troubles) -> _Slide:
    root = package.xml(part)
    relations = package.relations(part)
    shapes = shapes_of(root, _layout(package, part))
    titles = [shape for shape in shapes if shape.role in _TITLES]
    others = [shape for shape in shapes if shape.role not in (*_TITLES, *_FURNITURE)]
    slide = _Slide(
        title="\n".join(line for shape in titles for line in shape_lines(shape.element)),
        body=[line for shape in ordered(others) for line in _lines(package, relations, shape)],
        notes=_notes(package, part),
        furniture=[
            (line, _FURNITURE[shape.role])
            for shape in shapes
            if shape.role in _FURNITURE
            for line in shape_lines(shape.element)
        ],
    )
    if not is_shown(root):
        troubles.hidden.append(number)
    if any(relation.kind == "comments" for relation in relations.values()):
        troubles.commented.append(number)
    if not slide.title and not slide.body and any(shape.role == "pic" for shape in shapes):
        troubles.pictures.append(number)
    return slide


def _layout(package: Package, part: str) -> Layout:
    roots = []
    for kind in ("slideLayout", "slideMaster"):
        relations = package.relations(part).values()
        part = next((each.target for each in relations if each.kind == kind), "")
        if part not in package:
            break
        roots.append(package.xml(part))
    return Layout(roots)


def _lines(package: Package, relations: Mapping[str, Relation], shape: Shape) -> Iterator[str]:
    yield from shape_lines(shape.element)
    graphics = [each.get(f"{RELATION}id", "") for each in shape.element.iter(f"{CHART}chart")]
    graphics += [each.get(f"{RELATION}dm", "") for each in shape.element.iter(_DIAGRAM)]
    for relation_id in graphics:
        relation = relations.get(relation_id)
        if relation and relation.target in package:
            yield from graphic_lines(package.xml(relation.target))


def _notes(package: Package, part: str) -> list[str]:
    return [
        line
        for root in package.related(part, "notesSlide")
        for shape in shapes_of(root, Layout(()))
        if shape.role == "body"
        for line in shape_lines(shape.element)
    ]


def _write(slide: _Slide, number: int, manuscript: Manuscript) -> None:
    body = [*([slide.title] if slide.title else []), *slide.body]
    if not body and not slide.notes:
        return
    manuscript.separate("\n\n")
    manuscript.mark("slide", str(number))
    manuscript.mark("heading", slide.title)
    manuscript.write("\n\n".join(body))
    if slide.notes:
        manuscript.separate("\n\n" if body else "")
        manuscript.mark("heading", _NOTES[detect_language("".join(slide.notes))])
        manuscript.write("\n\n".join(slide.notes))
    for text, reason in slide.furniture:
        manuscript.aside(text, reason)


def _without_text(name: str, troubles: _Troubles) -> InputError:
    if troubles.pictures:
        return InputError(
            f"{name} holds slides that are pictures, and no text.",
            "Run OCR on them, or give the text itself.",
        )
    return InputError(f"{name} holds no text.", "See it with PowerPoint or Impress.")
