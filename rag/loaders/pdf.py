"""PDF: the text layer, page by page. Scanned pages are named, not read."""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from rag.errors import InputError
from rag.loaders.extracted import Extracted
from rag.loaders.manuscript import Manuscript
from rag.loaders.pdf_layout import PageText, page_text, runs_over
from rag.loaders.pdf_page import PageReader, has_picture
from rag.loaders.pdf_running import running
from rag.loaders.properties import told

MOST_PAGES = 5_000
_LEAST_TEXT = 25
"""Characters; a picture with fewer is a scan with a stamp or a page number on it."""
_UNREADABLE = 0.02
"""Share of a page's characters from which it is named in a warning."""
_MOST_UNREADABLE = 0.9
_SHOWN = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
_END = b"%%EOF"
_LOCK = threading.Lock()
"""pdfium may be in use by one thread at a time in the whole process."""


@dataclass(slots=True)
class _Troubles:
    """Numbers of pages, from 1."""

    scanned: list[int] = field(default_factory=list)
    nearly_scanned: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    unreadable: int = 0
    """Characters in the whole file."""

    def warnings(self) -> Iterator[str]:
        yield from _about(self.scanned, "a picture without text and was not read")
        yield from _about(
            self.nearly_scanned, "a picture with hardly any text; only the text was read"
        )
        yield from _about(self.broken, "damaged and could not be read")
        if self.garbled:
            yield (
                f"{_named(self.garbled)}: the file does not say which characters some of its "
                "signs are; each is shown as �."
            )


def load(raw: bytes, name: str, encoding: str | None = None) -> Extracted:
    """Text of a PDF's pages, with a mark of kind `page` at each.

    The label is the page's place in the file from 1, not what is printed on it. A line break is
    one on the page, an empty line parts paragraphs. `encoding` does not matter to a PDF.

    Raises:
        InputError: it is no PDF, is damaged or protected, is too long, or is scanned throughout.
    """
    with _LOCK, _opened(raw, name) as document:
        pages = len(document)
        if pages > MOST_PAGES:
            raise InputError(
                f"{name} has {pages:,} pages; at most {MOST_PAGES:,} are read.", "Split it."
            )
        troubles = _Troubles()
        read = [_page(document, number, troubles) for number in range(1, pages + 1)]
        found = told({key: _property(document, key.title()) for key in ("title", "author")})
    manuscript = Manuscript(name)
    _write(read, manuscript)
    _check(manuscript, troubles, pages, name)
    warnings = [*troubles.warnings(), *_cut_short(raw)]
    return manuscript.extracted("pdf", found=found, warnings=warnings, wrapped=True)


@contextmanager
def _opened(raw: bytes, name: str) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise InputError(
                f"{name} is protected by a password.", "Save a copy without one."
            ) from error
        raise InputError(
            f"{name} is not a readable PDF: it is damaged or cut short.", "Get another copy."
        ) from error
    try:
        yield document
    finally:
        document.close()


def _write(pages: Sequence[PageText], manuscript: Manuscript) -> None:
    """Write all pages; a paragraph that runs over two is parted by no empty line."""
    reasons = running(pages)
    joined = [_joined(before, after, reasons) for before, after in pairwise(pages)]
    for number, page in enumerate(pages, 1):
        above = "\n" if number > 1 and joined[number - 2] else "\n\n"
        below = "\n" if number < len(pages) and joined[number - 1] else "\n\n"
        pieces = [(line.text, reasons.get(id(line)), above) for line in page.leading]
        pieces += [(page.text, None, above)] if page.text else []
        pieces += [(line.text, reasons.get(id(line)), below) for line in page.trailing]
        for at, (text, reason, separator) in enumerate(pieces):
            manuscript.separate(separator)
            if at == 0:
                manuscript.mark("page", str(number))
            if reason:
                manuscript.aside(text, reason, separator="")
            else:
                manuscript.write(text)


def _joined(before: PageText, after: PageText, reasons: Mapping[int, str]) -> bool:
    """Whether a paragraph runs over both pages with nothing but furniture between."""
    between = (*before.trailing, *after.leading)
    return all(id(line) in reasons for line in between) and runs_over(before, after)


def _page(document: pypdfium2.PdfDocument, number: int, troubles: _Troubles) -> PageText:
    try:
        page = document.get_page(number - 1)
    except pypdfium2.PdfiumError:
        troubles.broken.append(number)
        return PageText()
    try:
        if _has_written_annotations(page):
            # Flattening puts them into the page, which then has to be loaded anew.
            pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
            page.close()
            page = document.get_page(number - 1)
        return _read(page, number, troubles)
    except pypdfium2.PdfiumError:
        troubles.broken.append(number)
        return PageText()
    finally:
        page.close()


def _read(page: pypdfium2.PdfPage, number: int, troubles: _Troubles) -> PageText:
    textpage = page.get_textpage()
    try:
        reader = PageReader(textpage, page.get_cropbox(), page.get_rotation())
        lines = reader.lines()
    finally:
        textpage.close()
    text = page_text(lines, page.get_height())
    characters = sum(len(line.text) for line in lines)
    if characters < _LEAST_TEXT and has_picture(page):
        (troubles.nearly_scanned if characters else troubles.scanned).append(number)
    troubles.unreadable += reader.unreadable
    if reader.unreadable > _UNREADABLE * characters:
        troubles.garbled.append(number)
    return text


def _has_written_annotations(page: pypdfium2.PdfPage) -> bool:
    """Whether a form field, a text box or a stamp lies on the page."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if annotation:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)
            if kind in _SHOWN:
                return True
    return False


def _property(document: pypdfium2.PdfDocument, key: str) -> str:
    try:
        return str(document.get_metadata_value(key)).replace("\x00", "")
    except UnicodeDecodeError:
        return ""


def _check(manuscript: Manuscript, troubles: _Troubles, pages: int, name: str) -> None:
    if manuscript.length and troubles.unreadable < _MOST_UNREADABLE * manuscript.length:
        return
    if troubles.unreadable:
        raise InputError(
            f"{name} cannot be read: it does not say which characters its signs are.",
            "Print it to a new PDF, or run OCR on it.",
        )
    if troubles.scanned:
        raise InputError(
            f"{name} is scanned: its {pages} pages are pictures without text."
            if pages > 1
            else f"{name} is scanned: its page is a picture without text.",
            "Run OCR on it first, for example with ocrmypdf.",
        )
    raise InputError(f"{name} holds no text.", "See it with a PDF reader.")


def _cut_short(raw: bytes) -> Iterator[str]:
    if _END not in raw[-2048:]:
        yield "The end of the file is missing; pages may be lacking."


def _about(pages: Sequence[int], what: str) -> Iterator[str]:
    """Such as `Page 3 is a picture.` or `Pages 3-7, 9 are pictures.`; nothing for no pages."""
    if len(pages) == 1:
        yield f"{_named(pages)} is {what}."
    elif pages:
        plural = re.sub(r"^a picture\b", "pictures", what).replace(" was ", " were ")
        yield f"{_named(pages)} are {plural}."


def _named(pages: Sequence[int]) -> str:
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    names = [str(low) if low == high else f"{low}-{high}" for low, high in ranges]
    return f"Page{'s' if len(pages) > 1 else ''} {', '.join(names)}"
