"""PDF: what is on the page, in order, by paragraph and page; and what cannot be read."""

import io
import re
import threading
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from rag.answering import Answerer
from rag.cleaning import clean
from rag.errors import InputError
from rag.ingest import ingest
from rag.loaders import extract
from rag.loaders.extracted import Extracted
from rag.loaders.glyphs import symbol, unified
from rag.loaders.pdf import load
from rag.loaders.pdf_layout import page_text
from rag.loaders.pdf_order import Line
from rag.presenting import answer_json
from rag.store import Store
from tests.answering_helpers import WordEmbedder
from tests.printed_pages import canvas_of, damaged, pages_of, report, unmapped

NAME = "'a.pdf'"


def read(raw: bytes) -> Extracted:
    return load(raw, NAME)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def picture() -> ImageReader:
    image = Image.new("L", (400, 500), 255)
    ImageDraw.Draw(image).line((0, 0, 400, 500), fill=0)
    return ImageReader(image)


def marked_pages(found: Extracted) -> dict[str, str]:
    """Texts by page label."""
    marks = [mark for mark in found.marks if mark.kind == "page"]
    ends = [*(mark.start for mark in marks[1:]), len(found.text)]
    return {
        mark.label: found.text[mark.start : end].strip()
        for mark, end in zip(marks, ends, strict=True)
    }


@pytest.mark.parametrize("language", ["zh", "hant", "en"])
@pytest.mark.parametrize("seed", [101, 102, 103])
def test_every_character_and_paragraph_of_a_report(language: str, seed: int) -> None:
    printed = report(seed, language)
    found = read(printed.raw)
    asides = "".join(found.text[aside.start : aside.end] for aside in found.asides)
    assert set(asides) >= set(squeezed(printed.furniture[0]))
    body = found.text
    for aside in reversed(found.asides):
        body = body[: aside.start] + body[aside.end :]
    assert squeezed(body) == squeezed("".join(printed.paragraphs))
    cleaned = clean(found.text, asides=found.asides, marks=found.marks, wrapped=found.wrapped)
    lines = {squeezed(line) for line in cleaned.text.splitlines()}
    whole = sum(squeezed(paragraph) in lines for paragraph in printed.paragraphs)
    # A line that ends with a sentence at the very margin tells no paragraph from the next.
    assert whole >= 0.9 * len(printed.paragraphs)
    assert found.warnings == ()


def test_pages_are_marked_by_their_place_in_the_file() -> None:
    found = read(pages_of(["第一页的文字。"], [], ["Text of the third page."]))
    assert marked_pages(found) == {"1": "第一页的文字。", "3": "Text of the third page."}
    assert (found.encoding, found.wrapped) == ("pdf", True)


def test_lines_of_a_paragraph_stay_lines_and_paragraphs_are_parted() -> None:
    first = [
        "会议指出，要坚持稳中求进工作总基调，完整准确全面贯彻新发",
        "展理念，加快构建新发展格局。",
    ]
    second = ["會議要求，各部門要在二零二六年底前完成全部九項重點任務，", "並向社會公布結果。"]
    assert read(pages_of([*first, *second])).text == "\n\n".join(map("\n".join, (first, second)))
    english = ["The committee said that the final figures were revised after", "the second review."]
    assert read(pages_of(english)).text == "\n".join(english)


def test_words_divided_at_line_ends_keep_their_hyphen() -> None:
    raw = pages_of(["The extraordinary organi-", "sations of the region met."], font="Helvetica")
    assert read(raw).text == "The extraordinary organi-\nsations of the region met."


def test_two_columns_are_read_one_after_the_other_in_any_order_of_drawing() -> None:
    left = [f"左栏第{number}行的文字写到这里为止" for number in range(1, 13)]
    right = [f"Right column line {number} of the text" for number in range(1, 13)]
    drawn = [(72, 760 - 16 * at, text) for at, text in enumerate(left)]
    drawn += [(330, 760 - 16 * at, text) for at, text in enumerate(right)]
    for order in (
        drawn,
        drawn[::-1],
        drawn[1::3] + drawn[2::3] + drawn[::3],
    ):
        canvas, stream = canvas_of()
        canvas.setFont("STSong-Light", 11)
        for across, down, text in order:
            canvas.drawString(across, down, text)
        canvas.save()
        lines = [line for line in read(stream.getvalue()).text.splitlines() if line]
        assert lines == [*left, *right]


def test_upright_writing_is_read_by_column_from_the_right() -> None:
    canvas, stream = canvas_of()
    canvas.setFont("STSong-Light", 12)
    for column, text in enumerate(["豎排文字從右到左書寫", "第二列接著往下寫"]):
        for row, character in enumerate(text):
            canvas.drawString(300 - 20 * column, 700 - 13 * row, character)
    canvas.save()
    assert read(stream.getvalue()).text == "豎排文字從右到左書寫\n第二列接著往下寫"


def test_spaced_out_type_is_closed_up_and_cells_are_not() -> None:
    canvas, stream = canvas_of()
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(72, 700, "关于印发工作方案的通知", charSpace=6)
    canvas.drawString(72, 660, "年份")
    canvas.drawString(110, 660, "产量（万吨）")
    canvas.save()
    assert read(stream.getvalue()).text == "关于印发工作方案的通知\n\n年份 产量（万吨）"


def test_rotated_pages_read_like_others() -> None:
    canvas, stream = canvas_of(pagesize=(842, 595))
    canvas.setPageRotation(90)
    canvas.rotate(90)
    canvas.setFont("STSong-Light", 12)
    for number, line in enumerate(["横排表格的标题", "第二行文字在这里", "Third line"]):
        canvas.drawString(100, -200 - 18 * number, line)
    canvas.save()
    assert squeezed(read(stream.getvalue()).text) == "横排表格的标题第二行文字在这里Thirdline"


def test_scanned_pages_are_named_and_not_indexed() -> None:
    canvas, stream = canvas_of()
    for number in range(1, 10):
        if number in (3, 4, 5, 8):
            canvas.drawImage(picture(), 50, 50, 400, 500)
        elif number == 7:
            canvas.drawImage(picture(), 50, 50, 400, 500)
            canvas.drawString(72, 20, "7")
        elif number != 9:
            canvas.drawString(72, 700, f"Page {number} has a text that can be read by anyone.")
        canvas.showPage()
    canvas.save()
    found = read(stream.getvalue())
    assert found.warnings == (
        "Pages 3-5, 8 are pictures without text and were not read.",
        "Page 7 is a picture with hardly any text; only the text was read.",
    )
    assert set(marked_pages(found)) == {"1", "2", "6", "7"}


def test_a_file_of_scans_alone_is_refused() -> None:
    canvas, stream = canvas_of()
    for _ in range(2):
        canvas.drawImage(picture(), 50, 50, 400, 500)
        canvas.showPage()
    canvas.save()
    with pytest.raises(InputError, match=r"'a.pdf' is scanned: its 2 pages.*OCR"):
        read(stream.getvalue())
    with pytest.raises(InputError, match="holds no text"):
        read(pages_of([], []))


def test_passwords() -> None:
    def protected(user: str) -> bytes:
        canvas, stream = canvas_of(encrypt=StandardEncryption(user, "owner", canPrint=0))
        canvas.drawString(72, 700, "Only the owner may print this.")
        canvas.save()
        return stream.getvalue()

    with pytest.raises(InputError, match="password"):
        read(protected("secret"))
    assert read(protected("")).text == "Only the owner may print this."


def test_what_cannot_be_told_is_said_and_never_guessed() -> None:
    found = read(unmapped("A line of another font is read."))
    assert found.text == "\ufffd\ufffd\ufffd\ufffd\ufffd\n\nA line of another font is read."
    assert found.warnings == (
        "Page 1: the file does not say which characters some of its signs are; each is shown as �.",
    )
    with pytest.raises(InputError, match="which characters its signs are"):
        read(unmapped(""))


def test_fields_that_were_filled_in_are_read() -> None:
    canvas, stream = canvas_of()
    canvas.drawString(72, 700, "Name of the applicant:")
    canvas.acroForm.textfield(name="a", value="Ada Lovelace", x=72, y=600, width=200, height=30)
    canvas.save()
    assert "Ada Lovelace" in read(stream.getvalue()).text


@pytest.mark.parametrize(
    ("title", "author", "found"),
    [
        ("2024年工作报告", "王小明", {"title": "2024年工作报告", "author": "王小明"}),
        ("Annual report", "Administrator", {"title": "Annual report"}),
        ("Microsoft Word - 报告.doc", "Windows 用户", {}),
        ("报告 最终版.docx", "anonymous", {}),
        ("untitled", "  ", {}),
        ("", "user", {}),
    ],
)
def test_properties_that_a_person_wrote(title: str, author: str, found: dict[str, str]) -> None:
    canvas, stream = canvas_of()
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.drawString(72, 700, "Text")
    canvas.save()
    assert read(stream.getvalue()).found == found


def test_radicals_ligatures_and_symbols_are_ordinary_characters() -> None:
    given = "⼀⼆⺠⻓⻅⻩⻰ﬁﬄ豈"
    assert "".join(map(unified, given)) == "一二民长见黄龙fiffl豈"
    assert "".join(map(unified, "正文 一 ABC，。ⅣⅤ①")) == "正文 一 ABC，。ⅣⅤ①"
    assert symbol("\uf0b7") == "•"
    assert read(pages_of(["⼈⺠政府"])).text == "人民政府"


def test_a_cut_file_says_so_or_is_refused() -> None:
    raw = pages_of(*[[f"第{number}页的文字在这里。"] for number in range(1, 20)])
    with pytest.raises(InputError, match="not a readable PDF"):
        read(raw[:200])
    try:
        found = read(raw[: len(raw) * 3 // 4])
    except InputError:
        return
    assert "The end of the file is missing; pages may be lacking." in found.warnings


def test_damage_is_read_or_refused_in_one_line() -> None:
    raw = report(7, "zh", paragraphs=6).raw
    refused = []
    for broken in damaged(raw, seed=11, count=70):
        try:
            assert read(broken).text
        except InputError as error:
            refused.append(error)
    assert 0 < len(refused) < 70
    assert all(error.hint and "\n" not in str(error) for error in refused)


def test_threads_may_read_at_once() -> None:
    raws = [report(seed, "en", paragraphs=8).raw for seed in (1, 2, 3, 4)]
    expected = [read(raw) for raw in raws]
    results: list[list[Extracted]] = [[] for _ in raws]

    def work(at: int) -> None:
        for _ in range(5):
            results[at].append(read(raws[at]))

    threads = [threading.Thread(target=work, args=(at,)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [[one] * 5 for one in expected]


def line(text: str, left: float, bottom: float, *, em: float = 10) -> Line:
    return Line(text, left, left + em * len(text), bottom, bottom + em, em)


def test_indents_gaps_sizes_and_items_begin_paragraphs() -> None:
    lines = [
        line("标题", 100, 694, em=14),
        line("甲" * 18, 20, 680),
        line("乙" * 20, 0, 668),
        line("丙" * 20, 0, 656),
        line("丁" * 18, 20, 644),
        line("戊" * 20, 0, 632),
        line("1. " + "己" * 17, 0, 620),
        line("庚" * 20, 0, 590),
    ]
    text = page_text(lines, 800).text
    paragraphs = [part.replace("\n", "") for part in text.split("\n\n")]
    assert [part[0] for part in paragraphs] == ["标", "甲", "丁", "1", "庚"]


def test_an_exponent_stays_on_its_line() -> None:
    lines = [line("面积为100m", 0, 400), Line("2", 70, 74, 404, 411, 5), line("左右。", 75, 400)]
    assert page_text(lines, 800).text == "面积为100m2左右。"


def test_a_quote_from_a_pdf_names_its_page(tmp_path: Path) -> None:
    pages = [["2022年会议部署了五项重点任务。"], ["2023年会议部署了六项重点任务。"]]
    path = tmp_path / "会议.pdf"
    path.write_bytes(pages_of(*pages, ["2024年会议部署了九项重点任务。"]))
    assert extract(path.read_bytes(), str(path)).encoding == "pdf"
    store = Store(tmp_path / "library", WordEmbedder)
    assert not ingest(store, [path], chunk_tokens=60).failed
    answer = Answerer(store, None).answer("2024年会议部署了几项重点任务？", k=5)
    shown = answer_json(answer, {each.id: each for each in store.documents()})
    store.close()
    assert answer.answered
    assert shown["citations"][0]["quote"] == "2024年会议部署了九项重点任务。"
    assert shown["citations"][0]["place"] == {"page": "3"}


def test_bytes_that_are_no_pdf() -> None:
    for raw in (b"%PDF-1.7", b"", b"\x00" * 100, io.BytesIO(b"hello").getvalue()):
        with pytest.raises(InputError, match="not a readable PDF"):
            read(raw)


def test_lines_in_no_order_are_sorted_whatever_their_places() -> None:
    stairs = [line("甲乙丙丁", 3.0 * at, 9.0 * (at * 7919 % 1500), em=8) for at in range(1500)]
    same = [line("字", 0, 0, em=1) for _ in range(50)]
    for lines in (stairs, same, [*stairs[:900], *same]):
        found = page_text(lines, 800)
        written = "".join(each.text for each in [*found.leading, *found.trailing]) + found.text
        assert sorted(squeezed(written)) == sorted("".join(each.text for each in lines))
