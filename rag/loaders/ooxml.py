"""The container of docx, pptx and xlsx (ISO/IEC 29500): parts, relations, properties, XML.

Read from the XML itself, since text boxes, notes, numbering, tracked changes and merged headers
are not in the object models of the usual libraries, and since these fail on styles that do not
matter to the text.
"""

import io
import posixpath
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from rag.errors import InputError
from rag.loaders.properties import told
from rag.loaders.zipped import open_zip

Element = Any
"""An lxml element; lxml brings no types."""

MOST_XML = 80_000_000
"""Bytes of one part that is read whole; its tree takes about ten times as much memory."""

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SLIDE = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

# The strict variant of the standard names the same things otherwise.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", SHEET),
    (b"http://purl.oclc.org/ooxml/presentationml/main", SLIDE),
    (b"http://purl.oclc.org/ooxml/drawingml/main", DRAWING),
    (b"http://purl.oclc.org/ooxml/drawingml/chart", CHART),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", MATH),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", RELATION),
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Relation(NamedTuple):
    """A part that another one names."""

    kind: str
    """The last word of its type, such as `footnotes`."""
    target: str
    """The path of the part in the container; empty for what lies outside."""


class Package:
    """The parts of an office file; `name` stands for the file in messages."""

    def __init__(self, raw: bytes, name: str) -> None:
        """Open the container.

        Raises:
            InputError: it is no zip container, or one that is not to be trusted.
        """
        self.name = name
        self._zip = open_zip(raw, name)

    def __contains__(self, part: str) -> bool:
        return part in self._zip

    def main(self, folder: str, usual: str) -> str:
        """The path of the main part, such as `word/document.xml`.

        Raises:
            InputError: there is none in `folder`, so that the file is of another kind.
        """
        named = [each.target for each in self.relations("").values() if each.kind == _MAIN]
        for part in (*named, usual):
            if part.startswith(folder) and part in self._zip:
                return part
        raise InputError(
            f"{self.name} is damaged or of another kind: its part {usual!r} is missing.",
            "Save it again as docx, pptx or xlsx.",
        )

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part names, by id; the part `""` is the container."""
        folder, file = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        if path not in self._zip:
            return {}
        relations = {}
        for element in self.xml(path).iter(f"{_RELATIONS}Relationship"):
            target = element.get("Target", "")
            if element.get("TargetMode") == "External" or not target:
                place = ""
            elif target.startswith("/"):
                place = posixpath.normpath(target[1:])
            else:
                place = posixpath.normpath(posixpath.join(folder, target))
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            relations[element.get("Id", "")] = Relation(kind, place)
        return relations

    def related(self, part: str, kind: str) -> Iterator[Element]:
        """The roots of the parts of one kind that a part names and the container has."""
        for relation in self.relations(part).values():
            if relation.kind == kind and relation.target in self._zip:
                yield self.xml(relation.target)

    def xml(self, part: str) -> Element:
        """The root of one part.

        Raises:
            InputError: it is missing, too large, or is not XML as the standard has it.
        """
        raw = self.bytes(part)
        if len(raw) > MOST_XML:
            raise InputError(
                f"{self.name} is too large: its part {part!r} has {len(raw) / 1e6:,.0f} MB.",
                "Split it into smaller files.",
            )
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
            remove_pis=True, huge_tree=False,
        )  # fmt: skip
        try:
            root = etree.fromstring(raw, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.damaged(part) from error
        if root is None or root.getroottree().docinfo.doctype:
            raise self.damaged(part)
        return root

    def elements(
        self, part: str, tags: tuple[str, ...], *, without: re.Pattern[bytes] | None = None
    ) -> Iterator[Element]:
        """Elements of a part as they end, each to be cleared when done with; memory stays flat.

        What matches `without` is cut out before.

        Raises:
            InputError: as `xml` does, but for the size.
        """
        raw = self.bytes(part)
        if b"<!DOCTYPE" in raw[:_PROLOG]:
            raise self.damaged(part)
        raw = without.sub(b"", raw) if without else raw
        try:
            for _, element in etree.iterparse(
                io.BytesIO(raw), events=("end",), tag=tags, no_network=True, resolve_entities=False
            ):
                yield element
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.damaged(part) from error

    def bytes(self, part: str) -> bytes:
        raw = self._zip.read(part)
        if b"http://purl.oclc.org/ooxml/" in raw[:4096]:
            for strict, usual in _STRICT:
                raw = raw.replace(strict + b'"', usual[1:-1].encode() + b'"')
        return raw

    def damaged(self, part: str) -> InputError:
        """The error for a part that cannot be read."""
        return InputError(
            f"{self.name} is damaged: its part {part!r} cannot be read.",
            "Save it again from the program it was made with.",
        )

    def found(self) -> dict[str, str]:
        """The title and author that a person gave it."""
        properties = {}
        for root in self.related("", "core-properties"):
            for element in root:
                name = etree.QName(element).localname
                properties["author" if name == "creator" else name] = element.text or ""
        return told(properties)


_PROLOG = 4096
"""Bytes in which a document type would stand; the standard forbids one."""
_MAIN = "officeDocument"


def whole(text: str | None, default: int = 0) -> int:
    """An XML attribute that should be a whole number."""
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def unescaped(text: str) -> str:
    """Text with `_x000D_` and the like, which stand for characters XML cannot hold, as they are."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def is_on(element: Element | None, attribute: str) -> bool:
    """Whether a switch such as `<w:b/>` is there and on."""
    if element is None:
        return False
    return element.get(attribute, "true") not in ("0", "false", "off", "none")
