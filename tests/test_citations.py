"""Markers to exact quotes, and every claim checked against what it cites."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.citations import verify
from rag.markers import parse_markers, read_draft, without_numbers
from rag.records import Draft, Span, Statement
from rag.support.judging import judge
from tests.answering_helpers import document_of, evidence_of, sentences_of, similarity

MARKERS = [
    ("会议部署八项任务[1]。", "会议部署八项任务。", (1,)),
    ("会议部署八项任务[12]。", "会议部署八项任务。", (12,)),
    ("会议部署八项任务【1】。", "会议部署八项任务。", (1,)),
    ("会议部署八项任务［1］。", "会议部署八项任务。", (1,)),
    ("会议部署八项任务［１］。", "会议部署八项任务。", (1,)),
    ("會議部署八項任務〔1〕。", "會議部署八項任務。", (1,)),
    ("会议部署八项任务[[1]]。", "会议部署八项任务。", (1,)),
    ("会议部署八项任务[1,3]。", "会议部署八项任务。", (1, 3)),
    ("会议部署八项任务[1，3]。", "会议部署八项任务。", (1, 3)),
    ("会议部署八项任务[1、3]。", "会议部署八项任务。", (1, 3)),
    ("会议部署八项任务[3][1]。", "会议部署八项任务。", (3, 1)),
    ("会议部署八项任务[1][1]。", "会议部署八项任务。", (1,)),
    ("会议部署八项任务[1-3]。", "会议部署八项任务。", (1, 2, 3)),
    ("会议部署八项任务[1–3]。", "会议部署八项任务。", (1, 2, 3)),
    ("会议部署八项任务[1至3]。", "会议部署八项任务。", (1, 2, 3)),
    ("会议部署八项任务[^1]。", "会议部署八项任务。", (1,)),
    ("会议部署八项任务(来源1)。", "会议部署八项任务。", (1,)),
    ("会议部署八项任务（资料 2）。", "会议部署八项任务。", (2,)),
    ("会议部署八项任务（資料２）。", "会议部署八项任务。", (2,)),
    ("会议部署八项任务（来源1和2）。", "会议部署八项任务。", (1, 2)),
    ("会议部署八项任务【来源：1】。", "会议部署八项任务。", (1,)),
    ("The meeting set eight tasks [1].", "The meeting set eight tasks.", (1,)),
    ("The meeting set eight tasks[1, 3].", "The meeting set eight tasks.", (1, 3)),
    ("The meeting set eight tasks [1, 2, and 3].", "The meeting set eight tasks.", (1, 2, 3)),
    ("The meeting set eight tasks [1] and [2].", "The meeting set eight tasks.", (1, 2)),
    ("The meeting set eight tasks [ID: 2].", "The meeting set eight tasks.", (2,)),
    ("The meeting set eight tasks (source 2).", "The meeting set eight tasks.", (2,)),
    ("The meeting set eight tasks (Sources 1 and 2).", "The meeting set eight tasks.", (1, 2)),
    ("The meeting set eight tasks ref2.", "The meeting set eight tasks.", (2,)),
    ("会议 (meeting) 部署 8 项任务 [Source 1]。", "会议 (meeting) 部署 8 项任务。", (1,)),
    ("[1] 会议部署八项任务。", "会议部署八项任务。", (1,)),
    ("会议部署八项[1]、重点九项[2]任务。", "会议部署八项、重点九项任务。", (1, 2)),
    ("会议部署八项任务，来源：1", "会议部署八项任务", (1,)),
    ("會議部署八項任務（來源：1、2）。", "會議部署八項任務。", (1, 2)),
    ("会议部署八项任务，来源：[1]。", "会议部署八项任务。", (1,)),
    ("会议部署八项任务（见来源1和来源2）。", "会议部署八项任务。", (1, 2)),
    ("会议部署八项任务^2", "会议部署八项任务", (2,)),
    ("会议部署八项任务。²", "会议部署八项任务。", (2,)),
    ("会议部署八项任务[文档3]。", "会议部署八项任务。", (3,)),
    ("会议部署八项任务【1†source】。", "会议部署八项任务。", (1,)),
    ("The board met ^1.", "The board met.", (1,)),
    ("The board met <sup>1,2</sup>.", "The board met.", (1, 2)),
    ("The board met [1](#note-1).", "The board met.", (1,)),
    ("The board met (see [1]).", "The board met.", (1,)),
    ("The board met. Source: 1", "The board met.", (1,)),
    ("The board met [doc 2] [passage 3].", "The board met.", (2, 3)),
    ("The 委员会 met（来源 1, source 2）。", "The 委员会 met。", (1, 2)),
]

NOT_MARKERS = [
    "会议于去年(2024)召开。",
    "见国发〔2023〕15号文件。",
    "見府發〔2023〕15號函。",
    "他说“部暑[sic]工作”。",
    "编号 1] 的文件。",
    "An array[10000] of numbers.",
    "Regulation (No. 5) applies.",
    "The law (1998) applies.",
    "（一）稳定增长。",
    "They refer to 3 tasks (8 in all).",
    "一万 m^2 的面积，10^3 吨。",
    "面积八平方米²。",
    "增长很快（来源：统计局）。",
    "来源：新华社",
    "资料2说明了这一点。",
    "Five came (2 absent).",
]


@pytest.mark.parametrize(("sentence", "text", "numbers"), MARKERS)
def test_markers_are_read_and_leave_the_text(
    sentence: str, text: str, numbers: tuple[int, ...]
) -> None:
    assert parse_markers(sentence) == (text, numbers)


@pytest.mark.parametrize("sentence", NOT_MARKERS)
def test_other_brackets_stay(sentence: str) -> None:
    assert parse_markers(sentence) == (sentence, ())


@pytest.mark.parametrize(
    ("reply", "statements"),
    [
        ("任务八项。[1]重点九项。[2]", [("任务八项。", (1,)), ("重点九项。", (2,))]),
        ("任务八项。【1】\n重点九项。【2】", [("任务八项。", (1,)), ("重点九项。", (2,))]),
        ("任務八項！［1］重點九項？［2］", [("任務八項！", (1,)), ("重點九項？", (2,))]),
        ("任务八项。[1][3] 重点九项[2]。", [("任务八项。", (1, 3)), ("重点九项。", (2,))]),
        ("It rose. [1] It fell. [2]", [("It rose.", (1,)), ("It fell.", (2,))]),
        ("It rose.[1] It fell.[2]", [("It rose.", (1,)), ("It fell.", (2,))]),
        ("It rose [1]. It fell [2].", [("It rose.", (1,)), ("It fell.", (2,))]),
        ("GDP rose 5%. (source 1) 增长5%。（来源2）", [("GDP rose 5%.", (1,)), ("增长5%。", (2,))]),
        ("- 稳增长[1]\n- 防风险[2]", [("- 稳增长", (1,)), ("- 防风险", (2,))]),
        ("- It rose. [1]\n- It fell. [2]", [("- It rose.", (1,)), ("- It fell.", (2,))]),
        ("1. 稳增长[1]\n2. 防风险 [2][3]", [("1. 稳增长", (1,)), ("2. 防风险", (2, 3))]),
        ("共两项。（一）稳增长。", [("共两项。", ()), ("（一）稳增长。", ())]),
        ("It is so. (2024) It fell.", [("It is so.", ()), ("(2024) It fell.", ())]),
        ("[1]\n[2]", []),
        ("", []),
    ],
)
def test_a_reply_is_cut_into_statements_with_their_markers(
    reply: str, statements: list[tuple[str, tuple[int, ...]]]
) -> None:
    draft = read_draft(reply)
    assert [(item.text, item.numbers) for item in draft.statements] == statements
    assert all(item.numbers == () for item in without_numbers(draft).statements)


def cited(text: str, *numbers: int) -> Statement:
    return Statement(text=text, numbers=numbers)


TASKS = evidence_of(
    "会议部署了八项重点任务。",
    "The budget rose 3% in 2023.",
    "全年新增就业1200万人。",
    "The council met in Geneva.",
)


def test_invented_markers_are_dropped_counted_and_never_shown() -> None:
    draft = read_draft("会议部署了八项重点任务[1][9]。The budget rose 3% in 2023 [0] [2] [77].")
    checked = verify(draft, TASKS, similarity)
    assert checked.dropped_markers == 3
    assert checked.text == "会议部署了八项重点任务。[1]\nThe budget rose 3% in 2023. [2]"
    assert [claim.verdict for claim in checked.claims] == ["supported", "supported"]


def test_citations_are_numbered_in_order_of_first_use() -> None:
    draft = Draft(
        statements=(
            cited("全年新增就业1200万人。", 3),
            cited("The budget rose 3% in 2023.", 2, 3),
            cited("会议部署了八项重点任务。", 1, 2),
        )
    )
    checked = verify(draft, TASKS, similarity)
    assert [claim.citations for claim in checked.claims] == [(1,), (2, 1), (3, 2)]
    assert [item.number for item in checked.citations] == [1, 2, 3]
    assert [item.quote for item in checked.citations] == [TASKS[n].text for n in (2, 1, 0)]


def test_an_uncited_claim_gets_the_evidence_that_supports_it_and_says_so() -> None:
    checked = verify(read_draft("The budget rose 3% in 2023."), TASKS, similarity)
    claim = checked.claims[0]
    assert (claim.verdict, claim.citations) == ("supported", (1,))
    assert claim.reason.startswith("Cited by Yinju, not by the writer")
    assert checked.citations[0].quote == TASKS[1].text


@pytest.mark.parametrize(
    "claim", ["The budget rose 4% in 2023.", "今天天气很好。", "Penguins live on ice."]
)
def test_an_uncited_claim_that_nothing_supports_stays_uncited(claim: str) -> None:
    checked = verify(read_draft(claim), TASKS, similarity)
    assert (checked.claims[0].verdict, checked.claims[0].citations) == ("uncited", ())
    assert checked.claims[0].support == 0.0
    assert checked.citations == ()


def test_a_wrong_citation_is_labelled_and_never_replaced() -> None:
    checked = verify(read_draft("会议部署了八项重点任务[3]。"), TASKS, similarity)
    assert checked.claims[0].verdict == "unsupported"
    assert [item.quote for item in checked.citations] == [TASKS[2].text]


DIFFERENT = [
    pytest.param("增长3%。", "全年增长4%。", "3%", id="percent-zh"),
    pytest.param("成長３％。", "全年成長４％。", "３％", id="percent-full-width"),
    pytest.param("It grew 3%.", "It grew 4% that year.", "3%", id="percent-en"),
    pytest.param("会议部署八项任务。", "会议部署七项任务。", "八", id="count-zh"),
    pytest.param("The meeting set eight tasks.", "会议部署九项任务。", "eight", id="count-cross"),
    pytest.param("会议部署八项任务。", "The meeting set nine tasks.", "八", id="count-cross-zh"),
    pytest.param("会议于2023年召开。", "会议于2024年召开。", "2023", id="year-zh"),
    pytest.param("It met in 2023.", "It met in 2024.", "2023", id="year-en"),
    pytest.param("The fine is $100,000.", "罚款十二万美元。", "100,000", id="money-cross"),
    pytest.param("会议通过《森林法》。", "会议通过《草原法》。", "森林法", id="title-zh"),
    pytest.param("他强调“稳中求进”。", "他强调“先立后破”。", "稳中求进", id="quoted-zh"),
    pytest.param('It urged "green growth".', 'It urged "blue growth".', "green growth", id="name"),
    pytest.param("会议没有部署任务。", "会议部署任务。", "denies", id="negation-zh"),
    pytest.param("會議並未部署任務。", "會議部署任務。", "denies", id="negation-traditional"),
    pytest.param("The tax was not cut.", "The tax was cut.", "denies", id="negation-en"),
    pytest.param("The tax wasn't cut.", "The tax was cut.", "denies", id="negation-short"),
    pytest.param("会议部署任务。", "会议没有部署任务。", "denies it", id="affirmed-zh"),
    pytest.param("會議部署任務。", "会议并未部署任务。", "denies it", id="affirmed-traditional"),
    pytest.param("The tax was cut.", "The tax was not cut.", "denies it", id="affirmed-en"),
    pytest.param("The tax was cut.", "The tax wasn't cut.", "denies it", id="affirmed-short"),
]


@pytest.mark.parametrize(("claim", "evidence", "named"), DIFFERENT)
def test_what_differs_is_not_supported_and_the_reason_names_it(
    claim: str, evidence: str, named: str
) -> None:
    judged = judge(claim, [evidence], lambda _, others: [1.0] * len(others))
    assert judged.verdict == "unsupported"
    assert named in judged.reason
    assert judged.support < 0.5


SAME = [
    pytest.param("增长3%", "全年增长百分之三。", id="percent-words"),
    pytest.param("成長３％。", "全年增长3%。", id="percent-width-and-script"),
    pytest.param("会议部署8项任务。", "会议部署八项任务。", id="count-zh"),
    pytest.param("The meeting set eight tasks.", "会议部署八项任务。", id="count-cross"),
    pytest.param("会议部署八项任务。", "The meeting set 8 tasks.", id="count-cross-zh"),
    pytest.param("會議於2024年召開。", "会议于民國113年召开。", id="year-roc"),
    pytest.param("It has 100,000 seats.", "它有十万个座位。", id="large-cross"),
    pytest.param("会议通过《森林法》。", "会议当天通过了《森林法》。", id="title-zh"),
    pytest.param("The tax was not cut.", "The tax was never cut.", id="negation-kept"),
    pytest.param("会议部署8项任务。", "会议要求不得浪费，部署八项任务。", id="other-denial-zh"),
    pytest.param("It set 8 tasks.", "It did not vote but set eight tasks.", id="other-denial-en"),
]


@pytest.mark.parametrize(("claim", "evidence"), SAME)
def test_the_same_values_in_other_words_are_supported(claim: str, evidence: str) -> None:
    judged = judge(claim, [evidence], lambda _, others: [0.99] * len(others))
    assert judged.verdict == "supported", judged.reason
    assert 0.5 <= judged.support <= 1.0


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("会议部署八项任务", "昨天，会议部署 八项任务。"),
        ("會議部署八項任務。", "会议部署八项任务。"),
        ("It rose ３％.", "it rose 3%"),
    ],
)
def test_verbatim_text_is_supported_without_asking_for_its_meaning(
    claim: str, evidence: str
) -> None:
    def never(_: str, others: object) -> list[float]:
        raise AssertionError("the embedder was asked")

    judged = judge(claim, [evidence], never)
    assert (judged.verdict, judged.support) == ("supported", 1.0)


def test_a_claim_may_name_the_year_its_document_is_about() -> None:
    item = evidence_of("会议部署了八项重点任务。", document_id="report")
    draft = read_draft("2024年会议部署了八项重点任务[1]。")
    assert verify(draft, item, similarity).claims[0].verdict == "unsupported"
    years = {"report": (2024,)}
    assert verify(draft, item, similarity, years=years).claims[0].verdict == "supported"
    assert verify(draft, item, similarity, years={"other": (2024,)}).claims[0].verdict != (
        "supported"
    )


SENTENCES = st.lists(
    st.sampled_from(
        [
            "会议部署了八项重点任务。",
            "全年增长３％，新增就业1200万人！",
            "The council met in Geneva.",
            "𠮷野家在2023年開幕。",
            "It cost $5 million.",
            "“稳中求进”是总基调；",
        ]
    ),
    min_size=1,
    max_size=6,
)
MARKS = st.sampled_from(["", "[1]", "【2】", "[3][9]", "(来源1)", "[1-3]", "[99]", " [2] and [4]"])


@given(
    sentences=SENTENCES,
    gap=st.sampled_from(["\n", "\n\n", " \n　"]),
    said=st.lists(st.tuples(st.text(max_size=20), MARKS), max_size=5),
)
def test_quotes_are_the_documents_own_text(
    sentences: list[str], gap: str, said: list[tuple[str, str]]
) -> None:
    document = document_of(gap.join(sentences))
    evidence = sentences_of(document)
    draft = read_draft("\n".join(f"{text}{mark}" for text, mark in said))
    checked = verify(draft, evidence, similarity)
    for citation in checked.citations:
        assert citation.quote == document.text[citation.span.start : citation.span.end]
    numbers = [item.number for item in checked.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {n for claim in checked.claims for n in claim.citations} == set(numbers)
    named = [n for statement in draft.statements for n in statement.numbers]
    assert checked.dropped_markers == sum(not 1 <= n <= len(evidence) for n in named)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        pytest.param("污染率为45%", "监测显示，污染率为4.5%。", id="zh-decimal-point"),
        pytest.param("5个省作了发言", "15个省作了发言。", id="zh-digit-before"),
        pytest.param("八个省作了发言", "十八个省作了发言。", id="zh-numeral-before"),
        pytest.param("完成年度目标任务", "没有完成年度目标任务。", id="zh-denied"),
        pytest.param("會議完成了八項任務", "會議完成了十八項任務。", id="zh-Hant-numeral"),
        pytest.param(
            "45 percent of sites met the standard",
            "4.5 percent of sites met the standard.",
            id="en",
        ),
        pytest.param("met the standard", "The site never met the standard.", id="en-denied"),
        pytest.param("达到４５％", "达到4.5%。", id="full-width"),
    ],
)
def test_part_of_a_number_or_of_a_denial_is_not_word_for_word(claim: str, passage: str) -> None:
    judged = judge(claim, [passage], similarity)
    assert "word for word" not in judged.reason


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        pytest.param("污染率为4.5%", "监测显示，污染率为４.５％。", id="zh"),
        pytest.param("八個省作了發言", "会上，八个省作了发言。", id="zh-Hant"),
        pytest.param(
            "4.5 percent of sites met it", "In 2024, 4.5 percent of sites met it.", id="en"
        ),
    ],
)
def test_the_same_words_stand_word_for_word(claim: str, passage: str) -> None:
    assert "word for word" in judge(claim, [passage], similarity).reason


@pytest.mark.parametrize(
    ("text", "claim", "hole", "supported"),
    [
        ("去年全市共关停四十座老旧锅?zhá)，空气转好。", "空气转好。", "?zhá)", True),
        ("去年全市共關停四十座老舊鍋\ufffd\ufffd，空氣轉好。", "空氣轉好。", "\ufffd\ufffd", True),
        (
            "Forty old boil\ufffd\ufffd were shut; the air is better.",
            "the air is better",
            "\ufffd",
            True,
        ),
    ],
)
def test_a_damaged_quote_is_trusted_less(text: str, claim: str, hole: str, supported: bool) -> None:
    document = document_of(text)
    at = text.index(hole)
    damaged = {document.id: (Span(start=at, end=at + len(hole)),)}
    draft = Draft(statements=(Statement(text=claim, numbers=(1,)),))
    sound = verify(draft, evidence_of(text), similarity).claims[0]
    doubted = verify(draft, evidence_of(text), similarity, damaged=damaged).claims[0]
    assert doubted.support < sound.support
    assert "damaged at" in doubted.reason
    assert hole in doubted.reason
    assert (doubted.verdict == "supported") is supported
    elsewhere = {document.id: (Span(start=len(text) + 5, end=len(text) + 6),)}
    assert verify(draft, evidence_of(text), similarity, damaged=elsewhere).claims[0] == sound
