"""What a question asks for, in either language, any script or width."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.questions import Expected, item_number, read_question
from rag.records import Language


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2024年的会议是什么时候召开的？", "date"),
        ("會議在哪一天舉行？", "date"),
        ("In 哪一年 did it open?", "date"),
        ("When was the meeting held?", "date"),
        ("ＷＨＥＮ was it held?", "date"),
        ("What year did COP15 take place?", "date"),
        ("达标率是多少？", "percent"),
        ("優良天數的百分比", "percent"),
        ("PM2.5占比多少", "percent"),
        ("What percentage of waste is recycled?", "percent"),
        ("What share of power comes from coal?", "percent"),
        ("投资了多少亿元？", "money"),
        ("預算是多少？", "money"),
        ("How much did the 项目 cost?", "money"),
        ("What was the budget in 2023?", "money"),
        ("谁主持了会议？", "person"),
        ("誰主持了會議？", "person"),
        ("Who chaired the 会议?", "person"),
        ("部署了哪些重点任务？", "list"),
        ("２０２４年部署了哪七項任務？", "list"),
        ("What are the seven tasks?", "list"),
        ("Which cities took part?", "list"),
        ("有多少个城市参加？", "number"),
        ("會議有幾項任務？", "number"),
        ("How many 任务 were set?", "number"),
        ("How large is the park?", "number"),
        ("为什么要保护环境？", "text"),
        ("What is 碳排放权交易？", "text"),
        ("Why does it matter?", "text"),
    ],
)
def test_expected(question: str, expected: Expected) -> None:
    assert read_question(question).expected == expected


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("第三项任务是什么？", 3),
        ("第三項任務是什麼？", 3),
        ("第２项是什么", 2),
        ("第3方面的内容", 3),
        ("第十二条规定了什么？", 12),
        ("第二十一项", 21),
        ("排在第二的是什么？", 2),
        ("What is the third task?", 3),
        ("The TENTH priority of 会议?", 10),
        ("請說明 the first key measure", 1),
        ("会议第一次召开", 0),
        ("In the first year, what changed?", 0),
        ("What are the tasks?", 0),
    ],
)
def test_item(question: str, item: int) -> None:
    assert read_question(question).item == item


@pytest.mark.parametrize(
    ("written", "number"),
    [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("三十四", 34), ("7", 7), ("third", 3)],
)
def test_item_number(written: str, number: int) -> None:
    assert item_number(written) == number


@given(st.integers(1, 99))
def test_every_han_number_up_to_99_is_read(number: int) -> None:
    digits = " 一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    assert item_number(f"{head}{digits[ones].strip()}") == number


@pytest.mark.parametrize(
    ("question", "language", "years"),
    [
        ("2024年会议部署了什么？", "zh", (2024,)),
        ("２０２３年與民國113年的會議", "zh", (2023, 2024)),
        ("二〇二四年的重点", "zh", (2024,)),
        ("What did the 2024 meeting decide?", "en", (2024,)),
        ("How many 任务 were set in ２０２４?", "en", (2024,)),
        ("什么是 carbon market？", "zh", ()),
        ("What does “生态文明” mean?", "en", ()),
    ],
)
def test_language_and_years(question: str, language: Language, years: tuple[int, ...]) -> None:
    read = read_question(question)
    assert (read.language, read.years) == (language, years)
    assert not {str(year) for year in years} & read.terms.keys()


@pytest.mark.parametrize(
    ("question", "rendering"),
    [
        ("会议的任务", "meeting"),
        ("會議的任務", "task"),
        ("the meeting's tasks", "会议"),
        ("the ＭＥＥＴＩＮＧ", "会议"),
    ],
)
def test_terms_in_the_other_language(question: str, rendering: str) -> None:
    read = read_question(question)
    assert rendering in read.translated
    assert any(rendering in others for _, *others in read.phrases)


def test_scripts_and_widths_ask_the_same() -> None:
    simplified = read_question("第3项任务的投资是多少亿元？")
    other = read_question("第３項任務的投資是多少億元？")
    assert other.terms == simplified.terms
    assert other.translated == simplified.translated
    assert (other.expected, other.item) == (simplified.expected, simplified.item) == ("money", 3)


@pytest.mark.parametrize("question", ["", "？", "  ", "！！", "的", "the"])
def test_nothing_asked_is_read_too(question: str) -> None:
    read = read_question(question)
    assert (read.expected, read.item, read.years, read.untranslated) == ("text", 0, (), 0.0)


@example("²")
@example("面积5²")
@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    read = read_question(text)
    assert 0 <= read.untranslated <= 1
    assert read.item >= 0
    assert all(weight > 0 for weight in (*read.terms.values(), *read.translated.values()))


@pytest.mark.parametrize(
    ("dated", "undated"),
    [
        ("2026年会议由谁主持？", "会议由谁主持？"),
        ("２０２６年度會議由誰主持？", "會議由誰主持？"),
        ("民國113年重點任務有哪些？", "重點任務有哪些？"),
        ("二〇二四年 carbon market 任务", "carbon market 任务"),
        ("Which tasks were set in 2026?", "Which tasks were set in?"),
    ],
)
def test_a_year_makes_no_term_with_what_follows(dated: str, undated: str) -> None:
    assert read_question(dated).terms == read_question(undated).terms
