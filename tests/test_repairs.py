"""Repairs: wrapped lines joined, lost breaks put back, damage mended or marked, all on record."""

import random
import re
import textwrap

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rag.cleaning import REASONS, clean, raw_text, to_clean, to_raw
from rag.records import Mark, Span
from tests.test_cleaning import check_record

HANS = (
    "市政府上周开会，讨论怎样把老城区的雨水和污水分开。会上有人提出，先修主管，再接支管，"
    "两年之内做完；也有人认为这样太慢，居民等不起。最后决定分三段施工，每段不超过八个月，"
    "施工期间保留一条车道，公交车照常通行。",
    "负责设计的工程师说，困难不在地下，而在地上：沿街的铺面很多，白天不能封路，夜里又不能"
    "太吵。他们打算用预制的管段，运来就装，装好就盖，尽量少占路面，也少惊动两旁的住户和商家。",
    "这项工程的钱一半来自市里，一半来自省里的补助，今年先拨四千万元。审计部门会按季度检查，"
    "结果在网上公布；如果超支，要先说明原因，再由市长办公会决定是否追加，不得自行挪用。",
)
HANT = (
    "市政府上週開會，討論怎樣把老城區的雨水和污水分開。會上有人提出，先修主管，再接支管，"
    "兩年之內做完；也有人認為這樣太慢，居民等不起。最後決定分三段施工，每段不超過八個月，"
    "施工期間保留一條車道，公車照常通行。",
    "負責設計的工程師說，困難不在地下，而在地上：沿街的鋪面很多，白天不能封路，夜裡又不能"
    "太吵。他們打算用預製的管段，運來就裝，裝好就蓋，盡量少占路面，也少驚動兩旁的住戶和商家。",
)
EN = (
    "The city council met last week to decide how to part the rain water of the old town from its "
    "sewage. Some wanted to build the main first and the branches later, all within two years; "
    "others thought that too slow, since people had waited long enough. In the end it was agreed "
    "to work in three stages, none longer than eight months, with one lane kept open for buses.",
    "The engineers say that the trouble is not below the ground but above it: there are many shops "
    "along the street, the road cannot be closed by day, and at night it must be quiet. They mean "
    "to use ready-made pieces of pipe that are laid as soon as they come and covered at once.",
    "Half of the money comes from the city and half from the province; forty million are to be "
    "spent this year. The auditors will look at the books every quarter and publish what they "
    "find.",
)
NO_START = "，。；：、！？”）》"


def wrapped_zh(paragraph: str, width: int, first: str = "") -> str:
    """Broken at a width in characters, no line beginning with a closing mark."""
    lines, line = [], first
    for character in paragraph:
        if len(line) >= width and character in NO_START:
            lines.append(line[:-1])
            line = line[-1]
        elif len(line) >= width:
            lines.append(line)
            line = ""
        line += character
    return "\n".join([*lines, line])


@pytest.mark.parametrize("width", [20, 27, 38, 55, 80])
@pytest.mark.parametrize(
    "paragraphs", [HANS, HANT, HANS + EN[:0] + HANT], ids=["zh", "Hant", "both"]
)
@pytest.mark.parametrize("style", ["blank", "indent"])
def test_wrapped_chinese_is_joined(paragraphs: tuple[str, ...], width: int, style: str) -> None:
    first = "　　" if style == "indent" else ""
    between = "\n" if style == "indent" else "\n\n"
    raw = between.join(wrapped_zh(paragraph, width, first) for paragraph in paragraphs)
    cleaned = clean(raw)
    assert cleaned.text == between.join(paragraphs)
    check_record(raw, cleaned)
    assert clean(cleaned.text).text == cleaned.text
    assert clean(raw, disabled=["hard_wrap"]).text.count("\n") == raw.count("\n")


@pytest.mark.parametrize("width", [40, 56, 72, 85, 100])
@pytest.mark.parametrize("indent", ["", "    "])
def test_wrapped_english_is_joined(width: int, indent: str) -> None:
    between = "\n" if indent else "\n\n"
    raw = between.join(
        textwrap.fill(one, width, initial_indent=indent, break_on_hyphens=False) for one in EN
    )
    cleaned = clean(raw)
    assert [line.strip() for line in cleaned.text.split(between)] == list(EN)
    check_record(raw, cleaned)
    assert clean(cleaned.text).text == cleaned.text


def test_wrapped_mixed_text_keeps_words_and_numbers_whole() -> None:
    paragraph = (
        "这份报告用 Python 写成，读取 2024 年的监测数据，按 PM2.5 和 O3 两项分别统计，再画成图；"
        "代码放在 GitHub 上，任何人都可以下载，也可以改。数据每月更新一次，迟到的部分会补上，"
        "补上之后旧的图也会重画，所以引用时请写明日期。报告的英文版叫 Air over the city，内容相同。"
    )
    lines, line = [], ""
    for token in re.findall(r"[A-Za-z0-9.]+|.", paragraph):
        if len(line) + len(token) > 30:
            lines.append(line.strip())
            line = ""
        line += token
    cleaned = clean("\n".join([*lines, line.strip()]))
    assert cleaned.text == paragraph


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("environ-\nment", "environment"),
        ("well-\nknown", "well-known"),
        ("co\u00ad\noperate", "cooperate"),
    ],
)
def test_hyphens_at_line_ends(cut: str, whole: str) -> None:
    head, tail = cut.split("\n")
    raw = (
        "The council met last week to see what may be done about the\n"
        "noise, the dust and the smell that come from the old works,\n"
        f"and it was said by all that there is a plan for the {head}\n"
        f"{tail} that must be paid for by the city and by the province\n"
        "together. It is a well-known thing that this takes a year."
    )
    assert f"for the {whole} that" in clean(raw).text


REPAIRS = frozenset(
    {
        *("pinyin", "whitespace", "invisible", "line_end", "missing_break", "flattened"),
        *("hard_wrap", "mojibake", "radical", "control"),
    }
)

POEM = "山路弯弯入白云，小桥流水有人家。\n少年不识春来早，老树先开第一花。\n" * 2
HANT_POEM = "山路彎彎入白雲\n小橋流水有人家\n少年不識春來早\n老樹先開第一花"
VERSE = (
    "i walked along the river in the evening\nand nobody was there to tell me why\n"
    "the boats had all gone out into the harbour\nand left the empty water to the sky"
)
CAPITAL_VERSE = (
    "The road goes up behind the quiet village,\nThe bridge is old, the water under clear;\n"
    "A child runs home before the rain is falling,\nAnd no one knows the hour of the year."
)
STAYS = {
    "poem": POEM.strip(),
    "hant poem": HANT_POEM,
    "verse": VERSE,
    "capital verse": CAPITAL_VERSE,
    "names": "\n".join(f"{name}市生态环境局" for name in "东南西北中前后左右上"),
    "slogans": "坚持先规划后建设的原则不变\n坚持先地下后地上的次序不变\n"
    "坚持先民生后形象的方向不变\n坚持先试点后推开的做法不变",
    "address": "Office of the Water Board\n12 Long Bridge Street\nOld Town 100035\nThe North",
    "zh address": "北方省老城区长桥街十二号\n水务局办公楼三层三零一室\n邮政编码一零零零三五",
    "list": "- 第一件事是把图纸画好送审\n- 第二件事是把钱备好公示\n- 第三件事是把人找齐培训",
    "numbers": "1. draw the plans and have them read by all\n"
    "2. find the money and say where it is from\n3. find the people and teach them what to do",
    "table": "| 年份 | 长度 | 花费 |\n|---|---|---|\n| 2023 | 12.4 | 300 |\n| 2024 | 11.9 | 280 |",
    "columns": "河名\t长度\t水质\n东河\t12.4\t良好\n西河\t11.9\t一般\n南河\t10.5\t良好",
    "code": "def f(x):\n    return g(x, 1)\n\ndef g(x, y):\n    return [x + y for x in range(y)]",
    "fence": "```\n" + "\n".join(["echo one two three four five six seven eight"] * 5) + "\n```",
    "log": "\n".join(
        f"2025-01-0{day} 08:00:00 INFO the pump was started by hand" for day in range(1, 9)
    ),
    "law": "第一条　为了保护河流，制定本办法。\n第二条　河长每月巡查一次。\n"
    "第三条　发现排污的，应当在二十四小时内报告。\n第四条　本办法自公布之日起施行。",
    "articles": "Article 1 This rule protects the rivers.\n"
    "Article 2 The warden walks them every month.\n"
    "Article 3 Whoever sees waste let in shall say so within a day.",
    "dialogue": "“今天还修吗？”\n“修，晚上修。”\n“那我早点回家。”\n“路上小心，别走近道。”",
}


@pytest.mark.parametrize("name", STAYS)
def test_lines_that_belong_apart_stay(name: str) -> None:
    text = STAYS[name]
    for raw in (text, f"{HANS[0]}\n\n{text}\n\n{HANS[1]}", f"{EN[0]}\n\n{text}\n\n{EN[1]}"):
        assert text in clean(raw, disabled=REASONS.keys() - REPAIRS).text


@pytest.mark.parametrize("paragraphs", [HANS, HANT, EN])
def test_a_paragraph_to_a_line_stays(paragraphs: tuple[str, ...]) -> None:
    lines = [
        part for one in paragraphs for part in re.split(r"(?<=[。；])|(?<=[.;]) ", one) if part
    ]
    assert clean("\n".join(paragraphs)).text == "\n".join(paragraphs)
    assert clean("\n".join(lines)).text == "\n".join(lines)


def test_a_new_part_of_the_source_begins_a_line() -> None:
    raw = wrapped_zh(HANS[0], 24)
    lines = raw.split("\n")
    at = len("\n".join(lines[:2])) + 1
    cleaned = clean(raw, marks=[Mark(start=at, kind="heading", label=lines[2])])
    assert cleaned.text.split("\n")[1].startswith(lines[2])


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("五是督察。六是防范，强化处置七是科技。", "五是督察。六是防范，强化处置\n七是科技。"),
        (
            "（一）修主管；（二）接支管并验收（三）盖路面。",
            "（一）修主管；（二）接支管并验收\n（三）盖路面。",
        ),
        (
            "1.修好主管道的全线 2.接通各户的支管3.恢复路面",
            "1.修好主管道的全线 2.接通各户的支管\n3.恢复路面",
        ),
        (
            "①修好主管道的全线路段②接通各户的支管路③恢复",
            "①修好主管道的全线路段\n②接通各户的支管路\n③恢复",
        ),
        (
            "第一，修好主管。第二，接通支管并且验收第三，盖好。",
            "第一，修好主管。第二，接通支管并且验收\n第三，盖好。",
        ),
        ("首先，修好主管，做到不漏其次，接通支管。", "首先，修好主管，做到不漏\n其次，接通支管。"),
        (
            "First, lay the main pipeSecond, lay the branches.",
            "First, lay the main pipe\nSecond, lay the branches.",
        ),
        (
            "依照本条第（一）项、第（二）项的规定办理。",
            "依照本条第（一）项、第（二）项的规定办理。",
        ),
        ("长度为1.5公里，宽2.5米。", "长度为1.5公里，宽2.5米。"),
        ("他第一，我第二，没有第三。", "他第一，我第二，没有第三。"),
        (
            "At First, he said nothing; the Second, more.",
            "At First, he said nothing; the Second, more.",
        ),
    ],
)
def test_lost_breaks(raw: str, text: str) -> None:
    cleaned = clean(raw)
    assert cleaned.text == text
    check_record(raw, cleaned)
    assert clean(text).text == text


FLAT = [
    "老城区雨水和污水分开工程进展情况一览表",
    "主管道已经完成全长的三分之二并且通过验收",
    "支管道已经接到东街和南街的全部住户家中",
    "路面恢复工作从下个月开始分段进行直到年底",
    "市民可以在网上查到每一段的开工和完工日期",
    "如有意见请在工作时间到街道办事处当面提出",
    "工程结束以后会公布全部费用的明细和来源",
]


def test_text_run_together_is_broken_up_again() -> None:
    raw = " ".join(FLAT)
    cleaned = clean(raw)
    assert cleaned.text == "\n".join(FLAT)
    assert {removal.reason for removal in cleaned.removals} == {"flattened"}
    check_record(raw, cleaned)
    bullets = "●".join(["工程概况说明", *FLAT])
    assert clean(bullets).text == "\n●".join(["工程概况说明", *FLAT])


@pytest.mark.parametrize(
    "raw",
    [
        "出席会议的有 " + " ".join(["张某某", "李某", "王某某", "赵某", "钱某某", "孙某"] * 5),
        HANS[0] + HANS[1].replace("，", "， "),
        "采用 PM2.5 和 O3 两项指标，用 Python 和 R 分析 2024 年的数据。" * 4,
    ],
)
def test_blanks_that_part_other_things_stay(raw: str) -> None:
    assert "\n" not in clean(raw).text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("國家(guó jiā)", "國家"),
        ("国家（guójiā）", "国家"),
        ("國(ㄍㄨㄛˊ)家（ㄐㄧㄚ）", "國家"),
        ("妈妈( mā ma )", "妈妈"),
        ("世界卫生组织（WHO）", "世界卫生组织（WHO）"),
        ("碳达峰（peak carbon）", "碳达峰（peak carbon）"),
        ("北京(Beijing)", "北京(Beijing)"),
        ("圣保罗(São Paulo)", "圣保罗(São Paulo)"),
        ("天真(naïve)的人", "天真(naïve)的人"),
        ("设备(a)和设备(b)", "设备(a)和设备(b)"),
    ],
)
def test_readings_go_and_glosses_stay(raw: str, text: str) -> None:
    assert clean(raw).text == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("污水处理，“很好”。", "cp1252"),
        ("污水處理廠，今年完工。", "cp1252"),
        ("污水处理，的确是", "gb18030"),
    ],
)
def test_certain_mojibake_is_read_again(text: str, codec: str) -> None:
    garbled = "".join(
        bytes((byte,)).decode("cp1252") if byte not in b"\x81\x8d\x8f\x90\x9d" else chr(byte)
        for byte in text.encode()
    )
    if codec == "gb18030":
        garbled = text.encode().decode("gb18030", "ignore")
        text = garbled.encode("gb18030").decode()
    cleaned = clean(f"前文如此。\n{garbled}\n后文如此。")
    assert cleaned.text == f"前文如此。\n{text}\n后文如此。"
    assert {removal.reason for removal in cleaned.removals} == {"mojibake"}


@pytest.mark.parametrize(
    "text", ["café, naïve, Zürich – “no”", "Ångström; Øresund; São Paulo", "5 µm ± 2 °C"]
)
def test_accents_are_no_mojibake(text: str) -> None:
    assert clean(f"{EN[0]}\n\n{text}").text.endswith(text)


def test_radicals_become_characters() -> None:
    assert clean("⼀、⽣态⻓江與⾞站，豈有此理").text == "一、生态长江與車站，豈有此理"


@pytest.mark.parametrize(
    ("raw", "lost"),
    [
        ("敢擔當?shù)隊伍", "?shù)"),
        ("這是\ufffd\ufffd一段", "\ufffd\ufffd"),
        ("这是\ue123\ue124一段", "\ue123\ue124"),
        ("前面锟斤拷锟斤拷后面", "锟斤拷锟斤拷"),
        ("前面烫烫烫烫后面", "烫烫烫烫"),
        ("公元□□年修建", "□□"),
        ("The word is \ufffd here", "\ufffd"),
        ("前面\0\0\0后面", "\ufffd"),
    ],
)
def test_damage_is_marked_and_stays(raw: str, lost: str) -> None:
    cleaned = clean(raw)
    assert [span.slice(cleaned.text) for span in cleaned.damaged] == [lost]
    assert len(cleaned.warnings) == 1
    assert "line 1" in cleaned.warnings[0]


@pytest.mark.parametrize(
    "text", ["真的吗??我不信。", "你说什么？！他问。", "□ 是 □ 否", "How??? Why?", "Ü, ß, é"]
)
def test_no_damage_is_made_up(text: str) -> None:
    assert clean(text).damaged == ()


LINES = st.one_of(
    st.sampled_from([*HANS, *HANT, *EN, *FLAT, *VERSE.split("\n"), *POEM.split("\n")]),
    st.sampled_from(
        [
            "一是甲。二是乙三是丙。",
            "（一）甲；（二）乙丙丁戊（三）己",
            "国(guó)会(huì)开(kāi)会",
            "⼀、⽣态",
            "æ±¡æŸ“ï¼Œ",
            "　　缩进　文字  两格 ",
            "a\0\0b\x07",
            "\ufffd\u200b\ufeff",
            "",
        ]
    ),
    st.text(max_size=20),
)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Lines of all sorts, wrapped or not, with every kind of line end."""
    width = draw(st.integers(20, 80))
    pieces = []
    for line in draw(st.lists(LINES, max_size=8)):
        wrap = draw(st.booleans())
        pieces.append(textwrap.fill(line, width) if line.isascii() and wrap else line)
        if wrap and not line.isascii():
            pieces[-1] = wrapped_zh(line, width)
    ends = draw(st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028", "\f"]))
    return ends.join(pieces).replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@given(pages())
@settings(max_examples=200, deadline=None)
def test_raw_and_clean_lead_to_each_other(raw: str) -> None:
    cleaned = clean(raw)
    check_record(raw, cleaned)
    runs = cleaned.source_map
    assert raw_text(cleaned.text, cleaned.removals, runs) == raw
    copied = {run.clean + step: run.raw + step for run in runs for step in range(run.length)}
    for at, origin in copied.items():
        assert to_raw(Span(start=at, end=at + 1), runs) == Span(start=origin, end=origin + 1)
        assert to_clean(Span(start=origin, end=origin + 1), runs) == Span(start=at, end=at + 1)
    for removal in cleaned.removals:
        if removal.replacement and removal.text:
            found = to_clean(Span(start=removal.start, end=removal.end), runs)
            assert found is not None
            assert removal.replacement in found.slice(cleaned.text)
            back = to_raw(found, runs)
            assert back is not None
            assert back.start <= removal.start <= removal.end <= back.end


@given(pages(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_any_quote_leads_to_raw_text_that_holds_it(raw: str, source: random.Random) -> None:
    cleaned = clean(raw)
    runs = cleaned.source_map
    if not cleaned.text:
        return
    start = source.randrange(len(cleaned.text))
    end = source.randrange(start, len(cleaned.text)) + 1
    span = to_raw(Span(start=start, end=end), runs)
    if span is None:
        return
    kept = [run for run in runs if run.clean < end and run.clean + run.length > start]
    for run in kept:
        first, last = max(start, run.clean), min(end, run.clean + run.length)
        if first < last:
            assert span.start <= run.raw + first - run.clean
            assert run.raw + last - run.clean <= span.end
    back = to_clean(span, runs)
    assert back is not None
    # What a repair put in where nothing was may stand at either end.
    copied = [at for run in kept for at in range(run.clean, run.clean + run.length)]
    assert all(back.start <= at < back.end for at in copied if start <= at < end)


@given(pages())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_cleaning_clean_text_repairs_nothing(raw: str) -> None:
    """Of texts without page breaks, which keep lines apart and are gone from clean text."""
    assume("\f" not in raw)
    first = clean(raw)
    second = clean(first.text)
    reasons = {removal.reason for removal in (*first.removals, *second.removals)}
    if reasons <= REPAIRS:
        assert second.text == first.text


@given(pages())
@settings(max_examples=100, deadline=None)
def test_repairs_take_nothing_that_can_be_read(raw: str) -> None:
    cleaned = clean(raw)
    for removal in cleaned.removals:
        assert removal.reason in REASONS
        if removal.reason in {"hard_wrap", "flattened", "missing_break", "whitespace", "line_end"}:
            seen = [character for character in removal.text if character.isprintable()]
            assert "".join(seen).strip() in {"", "-", "&nbsp;", "&ensp;", "&emsp;"}


@given(pages())
@settings(max_examples=50, deadline=None)
def test_every_repair_can_be_switched_off(raw: str) -> None:
    assert clean(raw, disabled=REASONS).text == raw
