"""Spreadsheets and tables in text: a row is one line that says all by itself, and is cited."""

import datetime
import io
import random
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from rag.answering import Answerer
from rag.chunking import chunk
from rag.cleaning import clean
from rag.errors import EncodingError, InputError
from rag.ingest import ingest
from rag.loaders import table, xlsx
from rag.loaders.cell_formats import shown
from rag.loaders.extracted import Extracted
from rag.loaders.manuscript import Manuscript
from rag.loaders.rows import Row, joined, write_rows
from rag.presenting import answer_json, places
from rag.records import Span
from rag.store import Store
from tests.answering_helpers import WordEmbedder
from tests.printed_pages import damaged, sentence
from tests.test_office import with_part

NAME = "'a.xlsx'"


def book(*rows: list[Any], title: str = "表1") -> Workbook:
    made = Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    return made


def saved(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def sheets(workbook: Workbook) -> Extracted:
    return xlsx.load(saved(workbook), NAME)


def csv(text: str, encoding: str = "utf-8") -> Extracted:
    return table.load(text.encode(encoding), "'a.csv'")


def place(found: Extracted, words: str) -> dict[str, str]:
    at = found.text.index(words)
    return places(found.marks, Span(start=at, end=at + len(words)))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("年份,产量\n2022,100\n2023,110", ["| 年份 | 产量 |", "| 年份：2022 | 产量：100 |"]),
        ("Name\tCity\nAnn\tParis\n", ["| Name | City |", "| Name: Ann | City: Paris |"]),
        ("a;b;c\n1;\"x;y\nz\";3\n", ["| a | b | c |", "| a: 1 | b: x;y z | c: 3 |"]),
        ("年份，产量\n2022，100\n", ["| 年份 | 产量 |", "| 年份：2022 | 产量：100 |"]),
        ("序號|名稱\n1|甲,乙\n2|丙,丁\n", ["| 序號 | 名稱 |", "| 序號：1 | 名稱：甲,乙 |"]),
        ("1,2,3\n4,5,6\n", ["| 1 | 2 | 3 |", "| 4 | 5 | 6 |"]),
        ("类,2022,2023年\n米,1,2", ["| 类 | 2022 | 2023年 |", "| 类：米 | 2022：1 | 2023年：2 |"]),
        ("sep=;\nNom;Prix\nA,B;1,5\n", ["| Nom | Prix |", "| Nom: A,B | Prix: 1,5 |"]),
        ("name,,age\nAnn,x,3\n", ["| name |  | age |", "| name: Ann | x | age: 3 |"]),
        ("﻿姓名,备注\r\n王芳,\r\n", ["| 姓名 | 备注 |", "| 姓名：王芳 |"]),
    ],
)  # fmt: skip
def test_delimiters_headers_and_cells(text: str, lines: list[str]) -> None:
    assert csv(text).text.split("\n")[:2] == lines


def test_rows_have_their_number_among_the_records() -> None:
    found = csv('城市,说明\n北京,"第一行\n第二行"\n\n上海,直辖市\n')
    assert place(found, "| 城市：上海") == {"row": "4"}
    assert found.encoding == "utf-8"
    assert csv("城市,说明\n上海,直辖市\n", "gb18030").encoding == "gb18030"


def test_trouble_in_tables_is_said() -> None:
    assert csv("a,b\n1,2\n3,4,5\n").warnings == (
        "1 row has more cells than the others, the first is row 3.",
    )
    unclosed = csv('名称,数量\n"甲,1\n乙,2\n丙,3\n')
    assert unclosed.text.split("\n")[2] == "| 名称：乙 | 数量：2 |"
    assert "quotation mark" in unclosed.warnings[0]
    with pytest.raises(InputError, match="no cells"):
        csv(",,,\n,,\n")
    with pytest.raises(InputError, match="empty"):
        csv("")
    with pytest.raises((InputError, EncodingError)):
        table.load(bytes(range(256)) * 9, "'a.csv'")


def test_one_column_keeps_its_lines_apart() -> None:
    lines = [
        "会议指出，要坚持稳中求进工作总基调，完整准确贯彻",
        "各地区各部门要切实把思想和行动统一起来，抓好落实",
    ]
    found = csv("\n".join(lines))
    assert found.text == "\n\n".join(lines)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        ("45296", "yyyy-mm-dd", "2024-01-05"),
        ("45296", 'yyyy"年"m"月"d"日"', "2024-01-05"),
        ("45296", 'yyyy"年"m"月"', "2024-01"),
        ("45296", "[$-804]yyyy/m/d;@", "2024-01-05"),
        ("45296.385416667", "yyyy/mm/dd hh:mm", "2024-01-05 09:15"),
        ("0.75", "h:mm:ss", "18:00:00"),
        ("1.5", "[h]:mm", "36:00:00"),
        ("0.982", "0.0%", "98.2%"),
        ("0.982", "0%", "98%"),
        ("5.0", "General", "5"),
        ("0.30000000000000004", "General", "0.3"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("-1234.5", "#,##0.00_);[Red](#,##0.00)", "(1,234.50)"),
        ("-1234", "_ * #,##0_ ;_ * -#,##0_ ", "-1,234"),
        ("-0.052", "0.0%", "-5.2%"),
        ("1234.5", '"¥"#,##0.00', "¥1,234.50"),
        ("69541.2", '0.0"万吨"', "69541.2万吨"),
        ("123", "00000", "00123"),
        ("1234567", '0.00,,"百万"', "1234567"),
        ("0.5", "# ?/?", "0.5"),
        ("1E+20", "General", "100000000000000000000"),
        ("1.5E-7", "General", "0.00000015"),
        ("9e99", "yyyy", "9E+99"),
        ("-3", "yyyy-mm-dd", "-3"),
        ("n/a", "0.00", "n/a"),
    ],
)
def test_numbers_as_they_are_shown(value: str, form: str, text: str) -> None:
    assert shown(value, 164, {164: form}, since_1904=False) == text


def test_days_are_counted_from_the_file_s_first() -> None:
    days = {"59": "1900-02-28", "61": "1900-03-01", "45296": "2024-01-05"}
    assert {day: shown(day, 14, {}, since_1904=False) for day in days} == days
    assert shown("0", 14, {}, since_1904=True) == "1904-01-01"


def test_sheets_rows_and_values() -> None:
    made = book(["日期", "地区", "占比", "达标", "数量"])
    made.active.append([datetime.date(2024, 1, 5), "北京", 0.982, True, 3.0])
    made.active.append([datetime.datetime(2024, 1, 6, 9, 30), "上海", 0.5, False, 2.5])
    made.active["C2"].number_format = "0.0%"
    second = made.create_sheet("Sheet 2")
    for row in (["Name", "Note"], ["Ann", "a|b\nc"]):
        second.append(row)
    found = sheets(made)
    assert found.text.split("\n") == [
        "| 日期 | 地区 | 占比 | 达标 | 数量 |",
        "| 日期：2024-01-05 | 地区：北京 | 占比：98.2% | 达标：TRUE | 数量：3 |",
        "| 日期：2024-01-06 09:30:00 | 地区：上海 | 占比：0.5 | 达标：FALSE | 数量：2.5 |",
        "",
        "| Name | Note |",
        "| Name: Ann | Note: a|b c |",
    ]
    assert place(found, "| 日期：2024-01-06") == {"sheet": "表1", "row": "3"}
    assert place(found, "| Name: Ann") == {"sheet": "Sheet 2", "row": "2"}


def test_captions_headers_over_two_rows_and_merged_cells() -> None:
    made = book(
        ["2023年粮食产量"], ["单位：万吨"],
        ["地区", "类别", "产量", None, "占比"], [None, None, 2022, 2023, None],
        ["华北", "小麦", 100, 110.5, "98%"], [None, "玉米", 200, 210, "97%"],
        ["合计", None, 300, 320.5, None], ["注：数据来源于统计局。"],
    )  # fmt: skip
    for cells in ("A1:E1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "A5:A6", "A7:B7"):
        made.active.merge_cells(cells)
    found = sheets(made)
    assert found.text.split("\n\n") == [
        "2023年粮食产量",
        "单位：万吨",
        "| 地区 | 类别 | 产量 | 产量 | 占比 |\n"
        "| 地区 | 类别 | 2022 | 2023 | 占比 |\n"
        "| 地区：华北 | 类别：小麦 | 产量 2022：100 | 产量 2023：110.5 | 占比：98% |\n"
        "| 地区：华北 | 类别：玉米 | 产量 2022：200 | 产量 2023：210 | 占比：97% |\n"
        "| 地区：合计 | 产量 2022：300 | 产量 2023：320.5 |",
        "注：数据来源于统计局。",
    ]
    assert place(found, "| 地区：华北 | 类别：玉米") == {"sheet": "表1", "row": "6"}


def test_two_tables_on_a_sheet() -> None:
    made = book(["年份", "值"], [2022, 1], [], [2023, 2], [], ["Name", "City"], ["Ann", "Rome"])
    assert sheets(made).text.split("\n\n")[1:] == [
        "| 年份：2023 | 值：2 |",
        "| Name | City |\n| Name: Ann | City: Rome |",
    ]


def test_what_a_workbook_hides_or_lacks_is_said() -> None:
    made = book(["a", "b"], ["x", 1])
    made.active["C9"] = "=SUM(B1:B2)"
    made.active["A2"].comment = Comment("remark", "me")
    hidden = made.create_sheet("隐藏")
    hidden.sheet_state = "hidden"
    hidden.append(["c", "d"])
    assert sheets(made).warnings == (
        "Hidden, but read: sheet '隐藏'.",
        "Comments were left out in sheet '表1'.",
        "Not read for want of a stored result: 1 formula, the first in 表1!C9; open the file in "
        "Excel and save it.",
    )
    empty = Workbook()
    with pytest.raises(InputError, match="no cells with values"):
        sheets(empty)


def test_blank_formatted_rows_cost_nothing() -> None:
    raw = saved(book(["a", "b"], ["x", 1]))
    blank = b"".join(
        b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/></row>' % (at, at)
        for at in range(5, 200_000)
    )
    part = "xl/worksheets/sheet1.xml"
    grown = with_part(raw, part, lambda xml: xml.replace(b"</sheetData>", blank + b"</sheetData>"))
    assert xlsx.load(grown, NAME).text == "| a | b |\n| a: x | b: 1 |"
    everything = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><pageMargins'
    merged = with_part(raw, part, lambda xml: xml.replace(b"<pageMargins", everything, 1))
    assert "| a: x | b: 1 |" in xlsx.load(merged, NAME).text


@pytest.mark.parametrize("seed", range(4))
def test_every_cell_of_a_workbook_in_order(seed: int) -> None:
    chance = random.Random(700 + seed)
    header = ["序号", "Region", "說明", "金额（万元）"]
    rows = [
        [
            at,
            chance.choice(["北京", "Paris"]),
            sentence(chance, chance.choice(["zh", "hant", "en"])),
            chance.randint(1, 10**6) / 100,
        ]
        for at in range(1, 60)
    ]
    found = sheets(book(header, *rows))
    lines = found.text.split("\n")
    assert lines[0] == joined(header)
    for line, row in zip(lines[1:], rows, strict=True):
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        values = [re.split("：|: ", cell, maxsplit=1)[1] for cell in cells]
        assert values == [str(row[0]), row[1], row[2], f"{row[3]:g}" if row[3] < 1e4 else values[3]]
        assert float(values[3]) == row[3]


def test_a_row_stays_one_sentence_through_cleaning_and_chunking() -> None:
    chance = random.Random(3)
    header = ["日期", "来源", "作者", "备注", "链接"]
    remarks = [
        "点击查看更多",
        "分享到：微信",
        "已完成。下一步继续；请关注",
        "责任编辑：张三",
        "版权所有",
    ]
    rows = [
        [f"2024-01-{day:02}", "本站原创", "李四", chance.choice(remarks), "http://a.example/x"]
        for day in range(1, 29)
    ]
    found = csv("\n".join(",".join(row) for row in [header, *rows]))
    cleaned = clean(found.text, asides=found.asides, marks=found.marks)
    assert cleaned.text == found.text
    sentences = [
        span.slice(cleaned.text)
        for piece in chunk("d", cleaned.text, max_tokens=100)
        for span in piece.sentences
    ]
    assert sentences == found.text.split("\n")
    assert all(not piece.heading for piece in chunk("d", cleaned.text, max_tokens=100))


def test_rows_without_names_keep_their_columns() -> None:
    manuscript = Manuscript("x")
    write_rows([Row(1, {0: "1", 2: "3"}), Row(2, {1: "2"}), Row(3, {0: "4", 1: "5"})], manuscript)
    text = manuscript.extracted("x", found={}, warnings=()).text
    assert text == "| 1 |  | 3 |\n\n2\n\n| 4 | 5 |"


def test_damage_is_read_or_refused_in_one_line() -> None:
    raw = saved(book(["年份", "值"], [2022, 1.5], [datetime.date(2024, 1, 1), "x"]))
    with zipfile.ZipFile(io.BytesIO(raw)) as container:
        parts = container.namelist()
    broken = damaged(raw, seed=6, count=70)
    broken += [with_part(raw, part, lambda _: b"") for part in parts]
    broken += [with_part(raw, part, lambda content: content[: len(content) // 2]) for part in parts]
    odd = [b'="-1"', b'="99999999999999999999"', b'="1E400"', b'="x"', b'=""']
    for seed in range(80):
        chance = random.Random(seed)
        part = chance.choice(parts)
        broken.append(
            with_part(
                raw,
                part,
                lambda content, chance=chance: re.sub(  # type: ignore[misc]
                    rb'="[^"]*"',
                    lambda old: chance.choice(odd) if chance.random() < 0.1 else old.group(),
                    content,
                ),
            )
        )
    refused = []
    for each in broken:
        try:
            assert xlsx.load(each, NAME).text
        except InputError as error:
            refused.append(error)
    assert len(refused) > 50
    assert all(error.hint and "\n" not in str(error) for error in refused)


def test_damaged_text_tables() -> None:
    raw = '年份,地区,"备注"\n2020,北京,"多行\n文字"\n2021,"上海",x\n'.encode() * 20
    for each in damaged(raw, seed=8, count=140):
        try:
            assert table.load(each, "'a.csv'").text
        except InputError as error:
            message = str(error)
        else:
            message = ""
        assert "\n" not in message


def test_a_quote_from_a_table_names_its_sheet_and_row(tmp_path: Path) -> None:
    rows = [[2021, "三项", "甲市"], [2022, "五项", "乙市"], [2024, "九项", "丙市"]]
    (tmp_path / "任务.xlsx").write_bytes(saved(book(["年份", "会议部署的重点任务", "地点"], *rows)))
    (tmp_path / "port.csv").write_text("Year,Ships that called at the port\n2019,58\n2020,61\n")
    store = Store(tmp_path / "library", WordEmbedder)
    report = ingest(store, [tmp_path / "任务.xlsx", tmp_path / "port.csv"], chunk_tokens=60)
    assert not report.failed
    documents = {each.id: each for each in store.documents()}
    shown_places = {}
    for question in (
        "2024年会议部署的重点任务有几项？",
        "How many ships called at the port in 2020?",
    ):
        answer = Answerer(store, None).answer(question, k=5)
        citation = answer_json(answer, documents)["citations"][0]
        shown_places[citation["quote"]] = citation["place"]
    store.close()
    assert shown_places == {
        "| 年份：2024 | 会议部署的重点任务：九项 | 地点：丙市 |": {"sheet": "表1", "row": "4"},
        "| Year: 2020 | Ships that called at the port: 61 |": {"row": "3"},
    }
