"""A web page: what a reader sees, which parts are not its text, and what it says of itself."""

import re
from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from rag.errors import InputError
from rag.loaders.class_names import words
from rag.loaders.encoding import Decoded
from rag.loaders.extracted import Aside, Extracted
from rag.loaders.markup import Element, Page, local_name, render
from rag.loaders.page_encoding import decode_page
from rag.loaders.page_facts import page_facts
from rag.loaders.page_lines import PageLines
from rag.loaders.page_parts import set_apart
from rag.records import Mark

_HIDES_ITS_TEXT = 4
"""A page that hides so many times what it shows, or its prose, would be shown by its scripts."""
_LEAST_HIDDEN = 40
_LONGEST_LABEL = 120
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_FLAT_KEPT = frozenset({"script", "style", "title", "html", "head", "body", "meta", "template"})
_FLAT_INLINE = words("a abbr b big cite code em font i label mark q s small span strong u")
_TOO_DEEP = "ERR_RESOURCE_LIMIT"


def load(raw: bytes, name: str, encoding: str | None = None) -> Extracted:
    """Text of a saved page; `encoding` is a person's decision.

    Raises:
        InputError: it is empty, is not text, or shows none.
        EncodingError: the bytes are text in no encoding we know.
    """
    return load_decoded(decode_page(raw, name, encoding), name)


def load_decoded(
    decoded: Decoded, name: str, *, frames: Mapping[str, Element] | None = None
) -> Extracted:
    """As `load`, for the source of a page; `frames` are the pages inside it by their address.

    Raises:
        InputError: the page shows no text.
    """
    root, warnings = parse(decoded.text)
    if root is not None:
        _put_in(root, frames or {})
    page = render(root) if root is not None else Page("", [], 0)
    if root is not None and _hides_its_text(page):
        page = render(root, show_all=True)
        warnings = (*warnings, "The page hides its text until its scripts run; read as if shown.")
    if root is None or not page.text.strip():
        raise InputError(
            f"{name} shows no text.", "Save the page in a browser once it has loaded, or as MHTML."
        )
    lines = PageLines(page)
    found = page_facts(root, page, lines)
    asides = set_apart(page, lines, found)
    return replace(
        decoded.extracted(),
        text=page.text,
        asides=asides,
        marks=heading_marks(page, asides),
        found=found,
        warnings=(*decoded.extracted().warnings, *warnings),
    )


def _hides_its_text(page: Page) -> bool:
    shown = max(_LEAST_HIDDEN, min(len(page.text), PageLines(page).total))
    return page.concealed > _HIDES_ITS_TEXT * shown


def parse(source: str, *, is_xml: bool = False) -> tuple[Element | None, tuple[str, ...]]:
    """The elements of a page, whatever is wrong with it, and warnings; None where there are none.

    No address that the page names is ever opened. `is_xml` says that it is XHTML; it is read as
    HTML all the same where it is not well-formed.
    """
    is_xml = is_xml or source.lstrip().startswith("<?xml")
    if is_xml and (strict := _parse_strictly(source)) is not None:
        return strict, ()
    root, too_deep = _parse(source)
    if not too_deep:
        return root, ()
    root, _ = _parse(_TAG.sub(_flattened, source))
    return root, ("Its elements are nested too deeply; its text was read without its structure.",)


def _parse(source: str) -> tuple[Element | None, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None, False
    return root, any(error.type_name == _TOO_DEEP for error in parser.error_log)


def _parse_strictly(source: str) -> Element | None:
    """XHTML as XML, in which `<title/>` is complete; None where it is not well-formed."""
    if "<!ENTITY" in source:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=True,
    )  # fmt: skip
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    try:
        return etree.fromstring(_named_characters(source).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _named_characters(source: str) -> str:
    """`&nbsp;` and the like as characters: XML knows them by a file that is never fetched."""
    from html.entities import html5

    def character(match: re.Match[str]) -> str:
        return html5.get(match[1], match[0]) if match[1] not in _OF_XML else match[0]

    return re.sub(r"&(\w+;)", character, source)


_OF_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})


def _flattened(match: re.Match[str]) -> str:
    tag = match[2].lower()
    if tag in _FLAT_KEPT:
        return match[0]
    return "" if tag in _FLAT_INLINE else "<br>"


def _put_in(root: Element, frames: Mapping[str, Element]) -> None:
    """Each page of a frame in the place of the frame."""
    for frame in list(root.iter("{*}iframe", "{*}frame")) if frames else ():
        inner = frames.get((frame.get("src") or "").removeprefix("cid:"))
        if inner is not None and inner is not root:
            frame.tag = "div"
            frame.text = None
            frame[:] = [child for child in inner if local_name(child) != "head"]


def heading_marks(page: Page, asides: tuple[Aside, ...]) -> tuple[Mark, ...]:
    """The headings of the text, those of parts beside it left out."""
    marks = []
    parts = iter(asides)
    part = next(parts, None)
    for node in page.nodes:
        if not re.fullmatch("h[1-6]", node.tag) or not node.characters:
            continue
        label = " ".join(page.text[node.start : node.end].split())
        start = page.text.index(label[0], node.start)
        while part and part.end <= start:
            part = next(parts, None)
        if not (part and part.start <= start):
            marks.append(Mark(start=start, kind="heading", label=label[:_LONGEST_LABEL]))
    return tuple(marks)
