"""PDFs laid out by reportlab, with the paragraphs that are in them; and damage to any file."""

import io
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from rag.loaders.numbering import numeral

_SUBJECTS = ["会议", "委员会", "办公室", "各地区", "有关部门", "主管部门", "工作组", "省政府"]
_VERBS = ["强调", "指出", "要求", "部署", "推进", "落实", "完善", "加强"]
_OBJECTS = [
    *("重点任务", "生态保护", "粮食安全", "数字经济", "民生保障"),
    *("科技创新", "风险防控", "市场监管", "对外开放", "乡村振兴"),
]
_TRADITIONAL = str.maketrans(
    "会议员办区关门组强调报统务资产数经济创风险场乡兴对开护态发点实监",
    "會議員辦區關門組強調報統務資產數經濟創風險場鄉興對開護態發點實監",
)
_WORDS = re.findall(
    r"\w+",
    "the committee said that growth in public investment rose sharply while local offices reported"
    " efficient results across several regions despite difficult conditions and higher costs than"
    " expected for new programmes under review",
)
FONTS = {"zh": "STSong-Light", "hant": "MSung-Light", "en": "Times-Roman"}


@dataclass(slots=True)
class Printed:
    """A PDF and what was written into it."""

    raw: bytes
    paragraphs: list[str]
    furniture: list[str] = field(default_factory=list)


@cache
def register_fonts() -> None:
    for name in ("STSong-Light", "MSung-Light"):
        pdfmetrics.registerFont(UnicodeCIDFont(name))


def canvas_of(**options: Any) -> tuple[Canvas, io.BytesIO]:
    """A canvas whose `save` fills the stream."""
    register_fonts()
    stream = io.BytesIO()
    return Canvas(stream, **options), stream


def pages_of(*pages: Sequence[str], font: str = "STSong-Light", leading: float = 16) -> bytes:
    """Lines as given, one under the other."""
    canvas, stream = canvas_of()
    for lines in pages:
        canvas.setFont(font, 11)
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - leading * number, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def unmapped(readable: str) -> bytes:
    """A page with five signs of which no font tells the meaning, over a line in Helvetica."""
    content = (
        b"BT /F2 12 Tf 72 700 Td <00240025002600270028> Tj ET "
        b"BT /F1 12 Tf 72 600 Td (" + readable.encode("ascii") + b") Tj ET"
    )
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<<"
        b"/F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>/F2 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R/DW 1000>>",
        b"<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0"
        b"/Ascent 800/Descent -200/CapHeight 700/StemV 80>>",
    ]
    raw, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    raw_end = (size, table, size, len(raw))
    return raw + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d>>\n"
        b"startxref\n%d\n%%%%EOF" % raw_end
    )


def sentence(chance: random.Random, language: str) -> str:
    """Nonsense with the length, marks and numbers of a report's sentence."""
    if language == "en":
        words = " ".join(chance.choice(_WORDS) for _ in range(chance.randint(8, 25)))
        return words.capitalize() + chance.choice([" in 2023.", " by 4.5%.", ".", "."])
    clauses = []
    for _ in range(chance.randint(1, 4)):
        clause = f"{chance.choice(['到', '截至', '在'])}{chance.randint(2001, 2030)}年"
        clause += chance.choice(_VERBS) + chance.choice(_OBJECTS)
        if chance.random() < 0.4:
            clause += f"增长{chance.randint(1, 99)}.{chance.randint(0, 9)}%"
        clauses.append(clause)
    text = f"{chance.choice(_SUBJECTS)}{chance.choice(_VERBS)}，{'，'.join(clauses)}。"
    return text.translate(_TRADITIONAL) if language == "hant" else text


def report(seed: int, language: str, *, paragraphs: int = 24) -> Printed:
    """A report over several pages, with a header and page numbers, in a layout by the seed."""
    register_fonts()
    chance = random.Random(seed)
    size = chance.choice([9, 10.5, 12, 14])
    indent = chance.choice([0, 2 * size])
    style = ParagraphStyle(
        "body",
        fontName=FONTS[language],
        fontSize=size,
        leading=size * chance.choice([1.3, 1.5, 1.8]),
        firstLineIndent=indent,
        spaceAfter=chance.choice([0, 6]) if indent else chance.choice([6, 10]),
        wordWrap=None if language == "en" else "CJK",
        alignment=chance.choice([0, 4]),
    )
    heading = ParagraphStyle("heading", parent=style, fontSize=size * 1.4, leading=size * 2)
    heading.firstLineIndent, heading.spaceAfter = 0, 8
    blank = " " if language == "en" else ""
    texts, flow = [], []
    for number in range(paragraphs):
        if number % 8 == 0:
            texts.append(_heading(number // 8, language))
            flow.append(Paragraph(texts[-1], heading))
        sentences = [sentence(chance, language) for _ in range(chance.randint(1, 6))]
        texts.append(blank.join(sentences))
        flow.append(Paragraph(texts[-1], style))
    header = {"zh": "某某工作报告（2024年）", "hant": "某某工作報告", "en": "Annual report"}[
        language
    ]

    def decorate(canvas: Canvas, document: Any) -> None:
        canvas.setFont(FONTS[language], 9)
        canvas.drawString(72, 810, header)
        canvas.drawCentredString(300, 30, f"- {document.page} -")

    frames = [Frame(72, 60, 450, 730)]
    if chance.random() < 0.3:
        frames = [Frame(60, 60, 230, 730), Frame(305, 60, 230, 730)]
    stream = io.BytesIO()
    template = PageTemplate(frames=frames, onPage=decorate)
    BaseDocTemplate(stream, pageTemplates=[template]).build(flow)
    return Printed(stream.getvalue(), texts, [header])


def _heading(number: int, language: str) -> str:
    if language == "en":
        return f"Part {number + 1} General"
    name = "总体情况" if language == "zh" else "總體情況"
    return f"第{numeral(number + 1, 'japaneseCounting')}部分 {name}"


def damaged(raw: bytes, seed: int, count: int) -> list[bytes]:
    """The bytes cut short, flipped, blanked, doubled, with holes, and noise in their place."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        at = chance.randrange(len(raw))
        end = min(len(raw), at + chance.randint(1, 2000))
        noise = chance.randbytes(chance.randint(1, 500))
        flipped = bytearray(raw)
        for _ in range(chance.randint(1, 40)):
            flipped[chance.randrange(len(raw))] = chance.randrange(256)
        made.append(
            (
                raw[:at],
                bytes(flipped),
                raw[:at] + raw[end:],
                raw[:at] + noise + raw[at:],
                raw[:at] + bytes(end - at) + raw[end:],
                raw[:end] + raw[at:],
                noise,
            )[number % 7]
        )
    return made
