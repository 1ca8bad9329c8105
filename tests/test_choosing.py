"""Which sentences answer: the fewest, one item of a list, or the whole of it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from rag.choosing import MOST_SENTENCES, Choice, choose, distinct
from rag.evidence import Scored
from rag.passages import Passages
from rag.questions import read_question
from rag.records import Document, Evidence
from tests.answering_helpers import document_of, evidence_of, sentences_of


def found_in(document: Document, *scored: tuple[Evidence, float]) -> Passages:
    """A search that found these sentences of a document, with these probabilities."""
    return Passages(
        hits=(),
        documents={document.id: document},
        scored=tuple(ranked(*scored)),
        sentences_of=lambda _: sentences_of(document),
        similarity=lambda text, others: [0.0 for _ in others],
    )


def chosen_from(question: str, lines: Sequence[str], scores: dict[str, float]) -> Choice:
    """What is chosen from a document of these lines, where some sentences have a probability."""
    document = document_of("\n".join(lines))
    scored = [
        (item, score)
        for text, score in scores.items()
        for item in sentences_of(document)
        if item.text == text
    ]
    return choose(read_question(question), found_in(document, *scored))


def scored_at(item: Evidence, score: float) -> Evidence:
    return replace(item, score=score)


def ranked(*items: tuple[Evidence, float]) -> list[Scored]:
    return [
        Scored(
            evidence=scored_at(item, score),
            features={},
            hit=0,
            position=position,
        )
        for position, (item, score) in enumerate(items)
    ]


PLAIN_LINES = ["会议部署了八项任务。", "参加者三百人。", "地点北京。", "天气晴。"]
PLAIN_DOCUMENT = document_of("\n".join(PLAIN_LINES))
PLAIN = sentences_of(PLAIN_DOCUMENT)


@pytest.mark.parametrize(
    ("scores", "count"),
    [
        ((0.9, 0.05, 0.03, 0.02), 1),
        ((0.6, 0.3, 0.1, 0.0), 2),
        ((0.3, 0.3, 0.2, 0.2), 3),
        ((0.7, 0.08, 0.08, 0.08), 1),
    ],
)
def test_the_fewest_sentences_that_hold_the_answer(scores: tuple[float, ...], count: int) -> None:
    found = found_in(PLAIN_DOCUMENT, *zip(PLAIN, scores, strict=True))
    chosen = choose(read_question("开会部署了什么？"), found)
    assert [item.text for item in chosen.evidence] == PLAIN_LINES[:count]
    assert count <= MOST_SENTENCES


def test_nothing_found_gives_nothing_to_quote() -> None:
    found = found_in(PLAIN_DOCUMENT)
    assert choose(read_question("部署了几项任务？"), found) == Choice(evidence=[])


def test_repeats_are_left_out_whatever_their_script_and_width() -> None:
    repeats = evidence_of("会议部署8项。", "會議部署８項。", "会议 部署8项。", "会议部署9项。")
    assert distinct(repeats) == [repeats[0], repeats[3]]


CHINESE = ["会议部署了以下几个方面重点任务。"] + [
    f"{number}是做好第{number}类工作。" for number in "一二三四五六七八"
]
ENGLISH = ["The board set the following tasks:"] + [
    f"{word}, it will dredge." for word in ("First", "Second", "Third", "Fourth")
]


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("会议部署了哪些重点任务？", CHINESE),
        ("會議部署了哪八項重點任務？", CHINESE),
        ("Which tasks did the board set?", ENGLISH),
    ],
)
def test_a_list_question_gets_the_whole_list_and_no_more(question: str, lines: list[str]) -> None:
    text = ["开头一句。", *lines, "会议还听取了报告。", "一是另外一份清单。"]
    chosen = chosen_from(question, text, {lines[0]: 0.9})
    assert [item.text for item in chosen.evidence] == lines
    assert chosen.listed == len(lines) - 1


def test_details_between_items_do_not_end_the_list() -> None:
    lines = [CHINESE[0], CHINESE[1], "要加大投入。", CHINESE[2], "要补短板。", CHINESE[3]]
    chosen = chosen_from("会议部署了哪些重点任务？", lines, {CHINESE[0]: 0.9})
    assert [item.text for item in chosen.evidence] == [CHINESE[0], *CHINESE[1:4]]


def test_a_list_question_whose_best_sentence_opens_no_list_is_quoted_as_usual() -> None:
    chosen = chosen_from("会议部署了哪些任务？", PLAIN_LINES, {PLAIN_LINES[1]: 0.9})
    assert [item.text for item in chosen.evidence] == [PLAIN_LINES[1]]


def test_a_title_that_repeats_the_question_brings_the_sentence_after_it() -> None:
    lines = ["读者须知", "图书馆的开放时间", "每天上午九点到晚上八点。"]
    chosen = chosen_from("图书馆的开放时间？", lines, {lines[1]: 0.9})
    assert [item.text for item in chosen.evidence] == lines[1:]


@pytest.mark.parametrize(
    ("title", "line", "told"),
    [
        ("三年会议，一张表", "# 三年会议，一张表", "会议由郭主任主持。"),
        ("三年會議：一張表", "## 三年會議：一張表", "會議由郭主任主持。"),
        ("Three meetings, one table", "# Three meetings, one table", "Guo chaired 会议."),
        ("三年会议一张表", "三年会议一张表", "会议由郭主任主持。"),
    ],
)
def test_a_title_is_not_quoted_beside_what_answers(title: str, line: str, told: str) -> None:
    document = document_of(f"{line}\n{told}", title=title)
    heading, sentence = sentences_of(document)
    found = found_in(document, (heading, 0.6), (sentence, 0.4))
    assert choose(read_question("会议由谁主持？"), found).evidence == [scored_at(sentence, 0.4)]


STYLES = [
    ("有哪些措施？", "推出以下措施：", [f"（{n}）第{n}类服务加强。" for n in "一二三四"]),
    ("有哪些措施？", "推出以下措施：", [f"{n}、服务加强。" for n in "一二三"]),
    ("有哪些措施？", "推出以下措施：", [f"{n}. 服务加强到位。" for n in range(1, 12)]),
    ("有哪些措施？", "推出以下措施：", [f"{n}服务加强。" for n in "①②③④"]),
    ("有哪些措施？", "推出以下措施：", [f"- 第{n}类服务" for n in "甲乙丙"]),
    ("有哪些措施？", "有三方面措施。", [f"其{n}，服务加强。" for n in "一二三"]),
    ("有哪些措施？", "有三方面措施。", [f"第{n}项，服务加强。要有计划。" for n in "一二三"]),
    ("有哪些措施？", "有三方面措施。", [f"第{n}条是服务加强。" for n in "一二三"]),
    ("採取了哪些措施？", "採取以下措施：", [f"（{n}）第{n}類服務加強。" for n in "一二三四"]),
    ("What measures were taken?", "These measures:", [f"{n}. It dredged." for n in range(1, 6)]),
    ("What measures were taken?", "These measures:", [f"({n}) It dredged." for n in range(1, 6)]),
    (
        "What are the measures?",
        "Three measures were taken.",
        ["Firstly, dredging.", "Second, paint."],
    ),
    ("它有哪些 measures？", "Measures 如下：", ["1）dredging 航道。", "2）paint 起重机。"]),
]


@pytest.mark.parametrize(("question", "lead", "items"), STYLES)
def test_lists_are_found_however_they_are_numbered(
    question: str, lead: str, items: list[str]
) -> None:
    text = ["第一章 总则", lead, *items, "此后会议闭幕。"]
    chosen = chosen_from(question, text, {lead: 0.5})
    said = "".join(item.text for item in chosen.evidence)
    assert chosen.listed == len(items)
    assert lead in said
    assert all(item.split("。")[0] in said for item in items)
    assert "闭幕" not in said


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("第三项任务是什么？", "三是做好第三类工作。"),
        ("第３項任務是什麼？", "三是做好第三类工作。"),
        ("What is the third task?", "三是做好第三类工作。"),
        ("第八项任务是什么？", "八是做好第八类工作。"),
    ],
)
def test_one_item_of_a_list_is_quoted_alone(question: str, item: str) -> None:
    chosen = chosen_from(question, ["开头。", *CHINESE], {CHINESE[0]: 0.8})
    assert [one.text for one in chosen.evidence] == [item]


@pytest.mark.parametrize(
    ("question", "lead", "count", "quoted"),
    [
        ("部署了几项任务？", "会议部署了八项任务：", 8, 1),
        ("部署了幾項任務？", "会议部署了八项任务：", 8, 1),
        ("How many tasks are there?", "会议部署了８项任务：", 8, 1),
        ("部署了几项任务？", "会议部署了七项任务：", 8, 1),
        ("部署了几项任务？", "会议部署任务如下：", 8, 9),
    ],
)
def test_a_count_is_what_is_stated_beside_what_is_listed(
    question: str, lead: str, count: int, quoted: int
) -> None:
    chosen = chosen_from(question, ["开头。", lead, *CHINESE[1:]], {lead: 0.8})
    assert chosen.listed == count
    assert len(chosen.evidence) == quoted
    assert chosen.stated == {"八": 8, "８": 8, "七": 7}.get(lead[5])


def test_of_two_lists_the_one_with_as_many_items_as_asked_is_given() -> None:
    three = ["会议总结了成绩。", "一是修路。", "二是造桥。", "三是植树。"]
    two = ["会议部署了任务。", "一是读书。", "二是写字。"]
    scores = {three[0]: 0.3, two[0]: 0.3}
    chosen = chosen_from("会议讲的是哪三条？", [*three, "此外。", *two], scores)
    assert [one.text for one in chosen.evidence][-3:] == three[1:]


def test_items_in_one_sentence_are_one_quote() -> None:
    line = "完成了三项工作：一是修路，二是造桥，三是植树。"
    chosen = chosen_from("完成了哪些工作？", ["开头。", line], {line: 0.9})
    assert [one.text for one in chosen.evidence] == [line]
    assert (chosen.listed, chosen.stated) == (3, 3)
