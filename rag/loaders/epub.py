"""EPUB books (versions 2 and 3): the chapters in reading order."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from rag.errors import InputError
from rag.loaders.extracted import Aside, Extracted
from rag.loaders.html import heading_marks, parse
from rag.loaders.markup import Element, Page, local_name, render
from rag.loaders.page_encoding import decode_page
from rag.loaders.zipped import SafeZip, open_zip
from rag.records import Mark

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_OF_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Fonts are disguised in free books too; all other encryption locks the book."""
_TYPE = "{http://www.idpf.org/2007/ops}type"
_HINT = "Get another copy of the book."
_FACTS = {
    "title": "title",
    "creator": "author",
    "publisher": "publisher",
    "date": "date",
    "language": "language",
}
_LONGEST_LABEL = 120


class _Item(NamedTuple):
    """A file of the book."""

    path: str
    properties: str


@dataclass(slots=True)
class _Book:
    """The chapters read so far, one text."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    replaced: int = 0


def load(raw: bytes, name: str, encoding: str | None = None) -> Extracted:
    """Text of a book, a `chapter` mark for each file of its reading order.

    Raises:
        InputError: it is no readable book, is locked, or holds no text.
        EncodingError: a chapter is text in no encoding we know.
    """
    archive = open_zip(raw, name)
    _check_unlocked(archive, name)
    package_path = _package_path(archive, name)
    package = _xml(archive, package_path, name)
    items = _items(package, posixpath.dirname(package_path))
    book = _Book()
    labels = _labels(book, archive, package, items)
    for idref in [each.get("idref") for each in _all(package, "itemref")]:
        item = items.get(idref or "")
        if item is None or item.path not in archive:
            book.warnings.append(f"The chapter {(item.path if item else idref)!r} is missing.")
        else:
            _add(book, archive, item, labels.get(item.path, ""), name, encoding)
    if not book.text.strip():
        raise InputError(f"{name} holds no text, pictures at most.", "Give a book with text in it.")
    return Extracted(
        text=book.text,
        encoding="epub",
        replaced=book.replaced,
        marks=tuple(sorted(book.marks, key=lambda mark: mark.start)),
        asides=tuple(book.asides),
        found=_found(package),
        warnings=tuple(book.warnings),
    )


def _add(
    book: _Book, archive: SafeZip, item: _Item, label: str, name: str, encoding: str | None
) -> None:
    raw = archive.read(item.path)
    if not raw.strip():
        return
    decoded = decode_page(raw, f"{item.path!r} in {name}", encoding)
    root, warnings = parse(decoded.text, is_xml=True)
    book.replaced += decoded.replaced
    book.warnings += [f"{item.path}: {each}" for each in (*decoded.extracted().warnings, *warnings)]
    page = render(root) if root is not None else Page("", [], 0)
    if not page.text.strip():
        return
    book.text += "\n\n" if book.text else ""
    at = len(book.text)
    book.text += page.text
    headings = heading_marks(page, ())
    label = label or (headings[0].label if headings else "") or _own_title(root)
    if "nav" in item.properties.split():
        book.asides.append(Aside(start=at, end=len(book.text), reason="navigation"))
        return
    book.marks.append(Mark(start=at, kind="chapter", label=label[:_LONGEST_LABEL]))
    book.marks += [replace(mark, start=mark.start + at) for mark in (*headings, *_page_marks(page))]


def _page_marks(page: Page) -> Iterator[Mark]:
    """Where pages of the printed book begin."""
    for node in page.nodes:
        kind = node.get(_TYPE) or node.get("epub:type") or node.get("role")
        label = node.get("title") or node.get("aria-label")
        if kind in {"pagebreak", "doc-pagebreak"} and label:
            yield Mark(start=node.start, kind="page", label=label.strip(" ."))


def _own_title(root: Element) -> str:
    titles = (" ".join((each.text or "").split()) for each in _all(root, "title"))
    return next(titles, "")


def _check_unlocked(archive: SafeZip, name: str) -> None:
    if _ENCRYPTION not in archive:
        return
    methods = _all(_xml(archive, _ENCRYPTION, name), "EncryptionMethod")
    if any((method.get("Algorithm") or "") not in _OF_FONTS for method in methods):
        raise InputError(f"{name} is locked (DRM).", "Give a copy that may be read freely.")


def _package_path(archive: SafeZip, name: str) -> str:
    for each in _all(_xml(archive, _CONTAINER, name), "rootfile"):
        if path := each.get("full-path"):
            return str(path)
    raise InputError(f"{name} is damaged: it names no package.", _HINT)


def _items(package: Element, folder: str) -> Mapping[str, _Item]:
    return {
        each.get("id") or "": _Item(
            _path(folder, each.get("href") or ""), each.get("properties") or ""
        )
        for each in _all(package, "item")
    }


def _path(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.split("#", 1)[0])))


def _labels(
    book: _Book, archive: SafeZip, package: Element, items: Mapping[str, _Item]
) -> Mapping[str, str]:
    """What the table of contents calls each file; where it names places in one, the first."""
    toc = next((each.get("toc") or "" for each in _all(package, "spine")), "")
    tables = [item.path for item in items.values() if "nav" in item.properties.split()]
    tables += [items[toc].path] if toc in items else []
    labels: dict[str, str] = {}
    for path in (path for path in tables if path in archive):
        try:
            table = _xml(archive, path, "The book")
        except InputError:
            book.warnings.append(f"The table of contents {path!r} is damaged and was passed over.")
            continue
        for href, label in _entries(table):
            if href and label:
                labels.setdefault(_path(posixpath.dirname(path), href), label)
    return labels


def _entries(table: Element) -> Iterator[tuple[str, str]]:
    for point in _all(table, "navPoint"):
        source = next((each.get("src") for each in _all(point, "content")), None)
        text = next((each.text for each in _all(point, "text")), None)
        yield source or "", " ".join((text or "").split())
    for link in _all(table, "a"):
        yield link.get("href") or "", " ".join("".join(link.itertext()).split())


def _found(package: Element) -> Mapping[str, str]:
    values: dict[str, list[str]] = {}
    for each in package.iter(etree.Element):
        key = _FACTS.get(local_name(each))
        is_dublin_core = "purl.org/dc" in str(each.tag)
        text = " ".join((each.text or "").split())
        changed = any("modification" in value for value in each.values())
        if key and is_dublin_core and text and not changed:
            values.setdefault(key, []).append(text)
    found = {key: texts[0] for key, texts in values.items()}
    if authors := values.get("author"):
        found["author"] = ", ".join(dict.fromkeys(authors))
    return found


def _xml(archive: SafeZip, path: str, name: str) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(archive.read(path), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise InputError(f"{name} is damaged: its part {path!r} cannot be read.", _HINT)
    return root


def _all(root: Element, tag: str) -> Iterator[Element]:
    return (each for each in root.iter(etree.Element) if local_name(each) == tag.lower())
