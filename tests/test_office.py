"""Word and PowerPoint files: every character in order, with printed numbers, notes and places."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from rag.answering import Answerer
from rag.cleaning import clean
from rag.errors import InputError
from rag.ingest import ingest
from rag.loaders import docx, pptx
from rag.loaders.extracted import Extracted
from rag.loaders.numbering import numeral
from rag.presenting import answer_json, places
from rag.records import Span
from rag.store import Store
from tests.answering_helpers import WordEmbedder
from tests.printed_pages import damaged, sentence

NAME = "'a.docx'"


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word(document: Any) -> Extracted:
    return docx.load(saved(document), NAME)


def slides(presentation: Any) -> Extracted:
    return pptx.load(saved(presentation), "'a.pptx'")


def place(found: Extracted, words: str) -> dict[str, str]:
    at = found.text.index(words)
    return places(found.marks, Span(start=at, end=at + len(words)))


def with_part(raw: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The container with one part changed; an empty part is left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = change(old.read(name)) if name == part else old.read(name)
            if content:
                new.writestr(name, content)
    return stream.getvalue()


def numbered(document: Any, levels: Sequence[tuple[str, str]], *, start: int = 1) -> int:
    """A new list with levels of (form, text); its id."""
    numbering = document.part.numbering_part.element
    number = len(numbering.findall(qn("w:abstractNum"))) + 100
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{inner}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        )
    )
    return number


def item(document: Any, text: str, list_id: int, level: int = 0) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/>'
            f'<w:numId w:val="{list_id}"/></w:numPr>'
        )
    )


def append(document: Any, inner: str) -> None:
    """A paragraph of raw WordprocessingML at the end of the body."""
    paragraph = parse_xml(f"<w:p {nsdecls('w', 'r')}>{inner}</w:p>")
    document.element.body.insert(len(document.element.body) - 1, paragraph)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize("seed", range(6))
def test_every_character_of_a_document_in_order(seed: int) -> None:
    chance = random.Random(900 + seed)
    document, expected = Word(), []
    for number in range(30):
        kind = chance.choice(["heading", "text", "text", "bold", "table"])
        text = sentence(chance, chance.choice(["zh", "hant", "en"]))
        if kind == "table":
            table = document.add_table(2, 3)
            for cell in table._cells:
                cell.text = sentence(chance, "zh") if chance.random() < 0.7 else ""
            expected += [cell.text for cell in table._cells]
            continue
        expected.append(text)
        if kind == "heading":
            document.add_heading(text, 1 + number % 3)
        elif kind == "bold":
            paragraph = document.add_paragraph(text[:5])
            paragraph.add_run(text[5:9]).bold = True
            paragraph.add_run(text[9:])
        else:
            document.add_paragraph(text)
    squeezed = re.sub(r"[\s|]", "", word(document).text)
    assert squeezed == re.sub(r"\s", "", "".join(expected))


def test_paragraphs_headings_and_rows_have_places() -> None:
    document = Word()
    document.add_heading("2024年工作总结", 0)
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("全年完成九项任务。")
    document.add_paragraph("")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["年份", "产量", "2024", "69541万吨"], strict=True):
        cell.text = text
    document.add_heading("Outlook", 2)
    document.add_paragraph("More to come.\nA second line.")
    found = word(document)
    assert found.text.split("\n\n") == [
        "2024年工作总结",
        "一、总体情况",
        "全年完成九项任务。",
        "| 年份 | 产量 |\n| 2024 | 69541万吨 |",
        "Outlook",
        "More to come.\nA second line.",
    ]
    assert place(found, "全年") == {"heading": "一、总体情况", "paragraph": "3"}
    assert place(found, "| 2024 |") == {"heading": "一、总体情况", "paragraph": "5"}
    assert place(found, "A second") == {"heading": "Outlook", "paragraph": "7"}
    assert found.found == {"title": "2024年工作总结"}


@pytest.mark.parametrize(
    ("form", "numbers", "written"),
    [
        ("decimal", (1, 12), "1 12"),
        ("decimalZero", (1, 12), "01 12"),
        ("lowerLetter", (1, 26, 27, 781), "a z aa 781"),
        ("upperRoman", (4, 1994, 4000), "IV MCMXCIV 4000"),
        ("chineseCounting", (1, 10, 11, 20, 99, 101), "一 十 十一 二十 九十九 一〇一"),
        (
            "chineseCountingThousand",
            (10, 19, 105, 110, 2024),
            "十 十九 一百零五 一百一十 二千零二十四",
        ),
        ("japaneseCounting", (7, 10, 32), "七 十 三十二"),
        ("ideographDigital", (1, 10, 24), "一 一〇 二四"),
        ("chineseLegalSimplified", (3, 11), "叁 壹拾壹"),
        ("ideographTraditional", (1, 10, 11), "甲 癸 甲"),
        ("decimalEnclosedCircle", (1, 20, 21, 51), "① ⑳ ㉑ 51"),
        ("decimalFullWidth", (12,), "１２"),
        ("ordinal", (1, 2, 3, 11, 22), "1st 2nd 3rd 11th 22nd"),
        ("somethingNew", (5, 0, -1), "5 0 -1"),
    ],
)
def test_numbers_as_word_prints_them(form: str, numbers: Sequence[int], written: str) -> None:
    assert " ".join(numeral(number, form) for number in numbers) == written


def test_numbers_of_lists_are_not_lost() -> None:
    document = Word()
    law = numbered(document, [("chineseCountingThousand", "第%1条"), ("decimal", "%2.")])
    outline = numbered(document, [("japaneseCounting", "%1、"), ("decimal", "（%2）")])
    legal = numbered(document, [("upperRoman", "%1."), ("decimal", "%1.%2")], start=4)
    bullets = numbered(document, [("bullet", "\uf0b7")])
    for text, list_id, level in [
        ("为了规范管理", law, 0), ("本办法适用于", law, 0), ("国家机关", law, 1), ("企业", law, 1),
        ("施行日期", law, 0), ("总体要求", outline, 0), ("指导思想", outline, 1),
        ("Scope", legal, 0), ("Terms", legal, 1), ("点", bullets, 0), ("附则", law, 0),
    ]:  # fmt: skip
        item(document, text, list_id, level)
    assert word(document).text.split("\n\n") == [
        "第一条 为了规范管理",
        "第二条 本办法适用于",
        "1. 国家机关",
        "2. 企业",
        "第三条 施行日期",
        "一、总体要求",
        "（1）指导思想",
        "IV. Scope",
        "IV.4 Terms",
        "• 点",
        "第四条 附则",
    ]


def test_numbers_that_styles_give_and_lists_that_begin_anew() -> None:
    document = Word()
    list_id = numbered(document, [("chineseCounting", "第%1章")])
    style = document.styles.add_style("章", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Heading 1"]
    properties = style.element.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{list_id}"/></w:numPr>'))
    document.add_paragraph("总则", style="章")
    document.add_paragraph("附则", style="章")
    again = parse_xml(
        f'<w:num {nsdecls("w")} w:numId="999"><w:abstractNumId w:val="{list_id}"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    document.part.numbering_part.element.append(again)
    item(document, "新的开始", 999)
    found = word(document)
    assert found.text == "第一章 总则\n\n第二章 附则\n\n第一章 新的开始"
    assert place(found, "附则")["heading"] == "第二章 附则"


def test_what_floats_or_hangs_is_read_and_what_was_struck_out_is_not() -> None:
    document = Word()
    append(
        document,
        run("保留的文字")
        + '<w:del w:id="1"><w:r><w:delText>删去</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{run("，新增的文字。")}</w:ins>',
    )
    append(document, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>" + run("看得见。"))
    box = f"<w:txbxContent><w:p>{run('文本框里的字')}</w:p></w:txbxContent>"
    append(
        document,
        run("Beside a box")
        + '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-'
        f'compatibility/2006"><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    )
    append(
        document,
        f'<w:hyperlink r:id="x">{run("link text")}</w:hyperlink>'
        '<w:r><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FC"/><w:tab/></w:r>'
        "<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("end"),
    )
    append(
        document,
        "<w:r><w:ruby><w:rt>"
        + run("guó")
        + "</w:rt><w:rubyBase>"
        + run("國")
        + "</w:rubyBase></w:ruby></w:r>",
    )
    append(document, f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件里的字')}</w:sdtContent></w:sdt>")
    paragraph = document.add_paragraph("Commented")
    document.add_comment(paragraph.runs, text="secret remark", author="A")
    found = word(document)
    assert found.text.split("\n\n") == [
        "保留的文字，新增的文字。",
        "看得见。",
        "Beside a box",
        "文本框里的字",
        "link text-✓\tend",
        "國(guó)",
        "控件里的字",
        "Commented",
    ]
    assert found.warnings == (
        "It has tracked changes: what was put in is read, what was struck out is not.",
        "1 comment was left out.",
        "Hidden text was left out.",
    )


def test_notes_headers_and_contents() -> None:
    document = Word()
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("第一章\t1", style="toc 1")
    append(document, run("正文") + '<w:r><w:footnoteReference w:id="5"/></w:r>' + run("继续。"))
    section = document.sections[0]
    section.header.paragraphs[0].text = "内部资料"
    section.footer.paragraphs[0].text = "Page footer"
    raw = saved(document)
    notes = (
        f"<w:footnotes {nsdecls('w')}>"
        f'<w:footnote w:type="separator" w:id="0"><w:p>{run("----")}</w:p></w:footnote>'
        '<w:footnote w:id="5"><w:p><w:r><w:footnoteRef/></w:r>'
        f"{run(' 见年报。')}</w:p></w:footnote>"
        "</w:footnotes>"
    )
    relation = (
        '<Relationship Id="rIdN" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    raw = with_part(
        raw,
        "word/_rels/document.xml.rels",
        lambda part: part.replace(b"</Relationships>", relation.encode()),
    )
    stream = io.BytesIO(raw)
    with zipfile.ZipFile(stream, "a") as container:
        container.writestr("word/footnotes.xml", notes)
    found = docx.load(stream.getvalue(), NAME)
    assert found.text.split("\n\n") == [
        "第一章\t1", "正文〔1〕继续。", "〔1〕见年报。", "内部资料", "Page footer",
    ]  # fmt: skip
    asides = [(found.text[each.start : each.end], each.reason) for each in found.asides]
    assert asides == [
        ("第一章\t1", "contents"), ("内部资料", "page_header"), ("Page footer", "page_footer"),
    ]  # fmt: skip
    cleaned = clean(found.text, asides=found.asides, marks=found.marks)
    assert cleaned.text == "正文〔1〕继续。\n\n〔1〕见年报。"


def test_merged_cells_and_tables_that_are_frames() -> None:
    document = Word()
    table = document.add_table(3, 3)
    for number, cell in enumerate(table._cells):
        cell.text = "甲乙丙丁戊己庚辛壬"[number]
    merged = table.cell(0, 0).merge(table.cell(2, 0))
    merged.text = "华北"
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "框内第一段。"
    frame.cell(0, 0).add_paragraph("框内第二段。")
    assert word(document).text.split("\n\n") == [
        "| 华北 | 乙 | 丙 |\n| 华北 | 戊 | 己 |\n| 华北 | 辛 | 壬 |",
        "框内第一段。",
        "框内第二段。",
    ]


def test_properties_without_defaults() -> None:
    document = Word()
    document.add_paragraph("Text")
    assert word(document).found == {}
    document.core_properties.title = "年度报告"
    document.core_properties.author = "王小明"
    assert word(document).found == {"title": "年度报告", "author": "王小明"}


def test_a_document_of_pictures_or_of_nothing_is_refused(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (20, 20)).save(tmp_path / "a.png")
    document = Word()
    with pytest.raises(InputError, match="holds no text"):
        word(document)
    document.add_picture(str(tmp_path / "a.png"))
    with pytest.raises(InputError, match="pictures without text"):
        word(document)


def test_slides_in_reading_order_with_notes() -> None:
    presentation = Presentation()
    layouts = presentation.slide_layouts
    first = presentation.slides.add_slide(layouts[1])
    first.placeholders[1].text = "第一点\n第二点"
    first.shapes.title.text = "年度总结"
    first.notes_slide.notes_text_frame.text = "讲话提示：注意时间。"
    second = presentation.slides.add_slide(layouts[6])
    for left, top, text in [(1, 5, "下"), (5, 1.1, "右上"), (1, 1, "左上"), (1, 3, "中")]:
        box = second.shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(0.5))
        box.text_frame.text = text
    cells = second.shapes.add_table(2, 2, Inches(1), Inches(4), Inches(4), Inches(1)).table
    for number, cell in enumerate(cells.iter_cells()):
        cell.text = ["Year", "Output", "2024", "69541"][number]
    group = second.shapes.add_group_shape()
    box = group.shapes.add_textbox(Inches(1), Inches(2), Inches(2), Inches(0.5))
    box.text_frame.text = "In a group"
    found = slides(presentation)
    assert found.text.split("\n\n") == [
        "年度总结", "第一点", "第二点", "讲话提示：注意时间。",
        "左上", "右上", "In a group", "中", "| Year | Output |\n| 2024 | 69541 |", "下",
    ]  # fmt: skip
    assert place(found, "第二点") == {"slide": "1", "heading": "年度总结"}
    assert place(found, "讲话提示") == {"slide": "1", "heading": "备注"}
    assert place(found, "In a group") == {"slide": "2"}
    assert found.found == {"title": "年度总结"}


def test_slides_number_lists_and_show_charts() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "Plan"
    frame = slide.placeholders[1].text_frame
    frame.text = "一\n二\n三"
    for paragraph in frame.paragraphs[1:]:
        number = OxmlElement("a:buAutoNum")
        number.set("type", "ea1ChsPeriod")
        paragraph._p.get_or_add_pPr().append(number)
    data = CategoryChartData()
    data.categories = ["甲", "乙"]
    data.add_series("产量", (1, 2.5))
    place_of = (Inches(1), Inches(5), Inches(3), Inches(2))
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place_of, data)
    assert slides(presentation).text.split("\n\n")[1:] == [
        "一", "一. 二", "二. 三", "|  | 产量 |\n| 甲 | 1 |\n| 乙 | 2.5 |",
    ]  # fmt: skip


def test_slides_of_pictures_are_named(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (20, 20)).save(tmp_path / "a.png")
    presentation = Presentation()
    blank = presentation.slide_layouts[6]
    presentation.slides.add_slide(blank).shapes.add_picture(str(tmp_path / "a.png"), 0, 0)
    with pytest.raises(InputError, match=r"pictures.*OCR"):
        slides(presentation)
    hidden = presentation.slides.add_slide(presentation.slide_layouts[5])
    hidden.shapes.title.text = "Hidden"
    hidden._element.set("show", "0")
    found = slides(presentation)
    assert found.text == "Hidden"
    assert found.warnings == (
        "Slide 1 is a picture without text and was not read.",
        "Slide 2 is hidden in the show; it was read.",
    )


def small_files() -> dict[str, bytes]:
    document = Word()
    document.add_heading("第一章", 1)
    document.add_paragraph("正文。", style="List Number")
    document.add_table(2, 2).cell(0, 0).text = "甲"
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "题目"
    slide.notes_slide.notes_text_frame.text = "备注"
    return {"docx": saved(document), "pptx": saved(presentation)}


def swapped_values(raw: bytes, seed: int) -> bytes:
    """One part with some of its attributes set to what they should not be."""
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(raw)) as container:
        part = chance.choice([name for name in container.namelist() if name.endswith("ml")])

    def change(content: bytes) -> bytes:
        odd = [b"", b"-1", b"99999999999999999999", b"x", b"1E400", b"../../x", b"&lt;"]
        return re.sub(
            rb'="[^"]*"',
            lambda old: b'="%s"' % chance.choice(odd) if chance.random() < 0.05 else old.group(),
            content,
        )

    return with_part(raw, part, change)


@pytest.mark.parametrize("form", ["docx", "pptx"])
def test_damage_is_read_or_refused_in_one_line(form: str) -> None:
    load = {"docx": docx.load, "pptx": pptx.load}[form]
    raw = small_files()[form]
    with zipfile.ZipFile(io.BytesIO(raw)) as container:
        parts = container.namelist()
    broken = damaged(raw, seed=5, count=70)
    broken += [swapped_values(raw, seed) for seed in range(80)]
    broken += [with_part(raw, part, lambda _: b"") for part in parts]
    broken += [with_part(raw, part, lambda content: content[: len(content) // 2]) for part in parts]
    refused = []
    for each in broken:
        try:
            assert load(each, NAME).text
        except InputError as error:
            refused.append(error)
    assert len(refused) > 50
    assert all(error.hint and "\n" not in str(error) for error in refused)


def test_entities_that_grow_are_refused() -> None:
    entities = "".join(
        f'<!ENTITY e{at} "{f"&e{at - 1};" * 10 if at else "ha" * 10}">' for at in range(10)
    )

    def change(content: bytes) -> bytes:
        body = content[content.index(b"?>") + 2 :].replace("正文。".encode(), b"&e9;")
        return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>'.encode() + body

    with pytest.raises(InputError, match="damaged"):
        docx.load(with_part(small_files()["docx"], "word/document.xml", change), NAME)


def test_one_format_under_the_name_of_another() -> None:
    files = small_files()
    with pytest.raises(InputError, match="of another kind"):
        docx.load(files["pptx"], NAME)
    with pytest.raises(InputError, match="of another kind"):
        pptx.load(files["docx"], NAME)


def test_a_quote_names_its_paragraph_and_its_slide(tmp_path: Path) -> None:
    document = Word()
    document.add_heading("重点任务", 1)
    document.add_paragraph("2023年会议部署了六项重点任务。")
    document.add_paragraph("2024年会议部署了九项重点任务。")
    presentation = Presentation()
    for year, tasks in [("2021", "三"), ("2022", "五")]:
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = f"{year}年"
        slide.placeholders[1].text = f"{year}年会议部署了{tasks}项重点任务。"
    (tmp_path / "会议.docx").write_bytes(saved(document))
    (tmp_path / "会议.pptx").write_bytes(saved(presentation))
    store = Store(tmp_path / "library", WordEmbedder)
    assert not ingest(
        store, [tmp_path / "会议.docx", tmp_path / "会议.pptx"], chunk_tokens=60
    ).failed
    documents = {each.id: each for each in store.documents()}
    shown = []
    for year in ("2024", "2022"):
        answer = Answerer(store, None).answer(f"{year}年会议部署了几项重点任务？", k=5)
        shown.append(answer_json(answer, documents)["citations"][0])
    store.close()
    assert [(each["quote"], each["place"]) for each in shown] == [
        ("2024年会议部署了九项重点任务。", {"heading": "重点任务", "paragraph": "3"}),
        ("2022年会议部署了五项重点任务。", {"slide": "2", "heading": "2022年"}),
    ]
