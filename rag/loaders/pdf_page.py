"""What pdfium knows of a page: its characters with their places, as lines."""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from rag.loaders.glyphs import unified
from rag.loaders.pdf_order import Line
from rag.text import HAN

_REPLACEMENT = "\ufffd"
_HYPHEN = 0x02
"""What pdfium gives for a hyphen at a line end; it leaves out the line break after it."""
_LEAST_CONTROL = 0x20
_BREAKS = (0x0A, 0x0D)
_BLANK = (0x09, 0x20, 0xA0, 0x3000)
_HAN = re.compile(f"[{HAN}]")
_SPREAD = 0.8
"""Ems between Han characters that are set apart for looks: less is no blank."""
_FARTHEST = 1e6
"""Points; places of damaged pages may be beyond, or no numbers at all."""
_LOOSE = 0.1
"""Ems between the other Han characters of a line from which its gaps are for looks."""
_SPACED_OUT = 0.6
"""Share of characters with a gap after them that makes a line set in spaced-out type."""


class Box(NamedTuple):
    """Where a character stands, in points, as the page is shown."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class _Character:
    index: int
    text: str
    gap: bool = False
    """Put in by pdfium for a distance; the file has no character here."""


class PageReader:
    """The lines of one page of text."""

    def __init__(
        self,
        textpage: pypdfium2.PdfTextPage,
        shown: tuple[float, float, float, float],
        rotation: int,
    ) -> None:
        """Take a text page, and what of it is shown at which angle.

        Args:
            textpage: of pdfium.
            shown: left, bottom, right and top of the part that is shown.
            rotation: in degrees clockwise.
        """
        self._page = textpage.raw
        self._shown = shown
        self._rotation = rotation
        self._count = textpage.count_chars()
        self.unreadable = 0
        """Characters whose font does not say what they mean; each is U+FFFD in the lines."""

    def lines(self) -> list[Line]:
        return [line for part in self._parts() if (line := self._line(part))]

    def _parts(self) -> Iterator[list[_Character]]:
        part: list[_Character] = []
        units: list[int] = []
        for index in range(self._count):
            code = pdfium.FPDFText_GetUnicode(self._page, index)
            if 0xD800 <= code < 0xDC00:
                units = [code]
                continue
            if units and 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((units.pop() - 0xD800) << 10) + code - 0xDC00
            if code in _BREAKS:
                yield part
                part = []
            else:
                part.append(self._character(index, code))
                if part[-1].text == "-" and code == _HYPHEN:
                    yield part
                    part = []
        yield part

    def _character(self, index: int, code: int) -> _Character:
        if code == _HYPHEN and pdfium.FPDFText_IsHyphen(self._page, index) == 1:
            return _Character(index, "-")
        if code in _BLANK:
            gap = code == 0x20 and pdfium.FPDFText_IsGenerated(self._page, index) == 1
            return _Character(index, chr(code), gap)
        lost = code < _LEAST_CONTROL or 0xD800 <= code < 0xE000 or 0xE000 <= code < 0xF900
        if lost or pdfium.FPDFText_HasUnicodeMapError(self._page, index) == 1:
            self.unreadable += 1
            return _Character(index, _REPLACEMENT)
        return _Character(index, unified(chr(code)))

    def _line(self, part: list[_Character]) -> Line | None:
        while part and not part[-1].text.strip():
            part.pop()
        start = next((at for at, each in enumerate(part) if each.text.strip()), len(part))
        part = part[start:]
        if not part:
            return None
        em = self._em(part)
        text = "".join(each.text for each in self._without_spread(part, em))
        first, last = self._box(part[0].index), self._box(part[-1].index)
        # Boxes are now of the font and now of the ink; what stands on the baseline does not vary.
        base = self._baseline(part[0].index)
        upright = first.bottom - last.bottom > 1.5 * em
        return Line(
            text=text,
            left=min(first.left, last.left),
            right=max(first.right, last.right),
            bottom=last.bottom if upright else base,
            top=first.top if upright else base + 0.8 * em,
            em=em,
        )

    def _em(self, part: list[_Character]) -> float:
        han = list(islice((each for each in part if _HAN.match(each.text)), 4))
        boxes = [self._box(each.index) for each in han or part[:4]]
        # Fonts for Latin stand about 1.15 ems high, those for Han vary: their width does not.
        # Some boxes are as small as the ink of 一 or a comma, so the largest tells.
        if han:
            return max(1.0, *(box.right - box.left for box in boxes))
        return max(1.0, *((box.top - box.bottom) / 1.15 for box in boxes))

    def _without_spread(self, part: list[_Character], em: float) -> list[_Character]:
        """Characters without the gaps of justified or spaced-out type."""
        gaps = [at for at, each in enumerate(part) if each.gap and 0 < at < len(part) - 1]
        if not gaps:
            return part
        widths = {at: self._distance(part[at - 1], part[at + 1]) / em for at in gaps}
        spaced_out = len(gaps) > 4 and len(gaps) > _SPACED_OUT * (len(part) - len(gaps) - 1)
        # A lone gap parts the cells of a table; justified type is loose all along the line.
        loose = spaced_out or (len(gaps) > 2 and self._looseness(part) > _LOOSE * em)
        usual = sorted(widths.values())[len(widths) // 2]
        dropped = {
            at
            for at, width in widths.items()
            if (spaced_out and width < 1.4 * usual)
            or (loose and width < _SPREAD and _is_between_han(part[at - 1].text, part[at + 1].text))
        }
        return [each for at, each in enumerate(part) if at not in dropped]

    def _looseness(self, part: list[_Character]) -> float:
        """The usual distance of Han characters that no gap was seen between; none: infinite."""
        pairs = islice(
            (
                pair
                for pair in pairwise(part)
                if _HAN.match(pair[0].text) and _HAN.match(pair[1].text)
            ),
            9,
        )
        distances = sorted(self._distance(before, after) for before, after in pairs)
        return distances[len(distances) // 2] if distances else math.inf

    def _distance(self, before: _Character, after: _Character) -> float:
        return self._box(after.index).left - self._box(before.index).right

    def _box(self, index: int) -> Box:
        box = pdfium.FS_RECTF()
        if not pdfium.FPDFText_GetLooseCharBox(self._page, index, ctypes.byref(box)):
            return Box(0.0, 0.0, 0.0, 0.0)
        return self._turned(box)

    def _baseline(self, index: int) -> float:
        across, up = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._page, index, ctypes.byref(across), ctypes.byref(up))
        point = Box(across.value, up.value, across.value, up.value)
        return self._turned(point).bottom

    def _turned(self, box: Box | pdfium.FS_RECTF) -> Box:
        """From the page as it lies in the file to the page as it is shown."""
        west, south, east, north = self._shown
        if not all(abs(edge) < _FARTHEST for edge in (box.left, box.right, box.bottom, box.top)):
            return Box(0.0, 0.0, 0.0, 0.0)
        left, right = box.left - west, box.right - west
        bottom, top = box.bottom - south, box.top - south
        wide, high = east - west, north - south
        if self._rotation == 90:
            return Box(bottom, wide - right, top, wide - left)
        if self._rotation == 180:
            return Box(wide - right, high - top, wide - left, high - bottom)
        if self._rotation == 270:
            return Box(high - top, left, high - bottom, right)
        return Box(left, bottom, right, top)


def _is_between_han(before: str, after: str) -> bool:
    wide = rf"[{HAN}\u3000-\u303f\uff01-\uff60“”‘’]"
    return bool(re.match(wide, before) and re.match(wide, after))


def has_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether a page shows a picture, or so many shapes that they may be letters."""
    shapes = 0
    for item in page.get_objects(max_depth=4):
        if item.type in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            return True
        shapes += item.type == pdfium.FPDF_PAGEOBJ_PATH
    return shapes >= _LETTERS


_LETTERS = 50
"""Shapes; a page with fewer is ruled or framed, not written in outlines."""
