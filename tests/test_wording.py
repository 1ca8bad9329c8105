"""A claim laid beside the sentence that it nearly repeats."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.support.contradictions import Repeated, compare_wording, find_problem
from rag.support.names import abbreviates, is_name
from rag.support.opposites import ends_of, opposed
from rag.support.word_alignment import align, words_of
from rag.support.wording import stands_in
from rag.text import fold, sentence_spans

REPORT = [
    "2024年，华北地区粮食产量增长4.5%，达到3.2亿吨。",
    "李志明市长在大会上表示，上海应当继续支持中小企业发展。",
    "《水法》自1月14日起施行，华东各省没有提出反对意见。",
    "全省共有八个城市完成了目标，罚款上限为二十万元。",
    "The council in Geneva approved 12 of the 15 proposals before the May deadline.",
    "Maria Keller, the mayor of Lyon, said exports to Japan rose by 7.5 million tons in 2019.",
    "The tribunal did not accept the appeal of Northern Rail, which may file again within 30 days.",
]


def compared(claim: str) -> Repeated | None:
    return compare_wording(claim, REPORT)


ALTERED = [
    pytest.param("2024年，华北地区粮食产量增长45%，达到3.2亿吨。", "4.5%", id="tenfold-zh"),
    pytest.param("2024年，华北地区粮食产量增长4.5%，达到3.2万吨。", "3.2亿吨", id="scale-zh"),
    pytest.param("2023年，华北地区粮食产量增长4.5%，达到3.2亿吨。", "2024", id="year-zh"),
    pytest.param("２０２４年，华北地区粮食产量增长５.４％，达到3.2亿吨。", "4.5%", id="full-width"),
    pytest.param("2024年，华东地区粮食产量增长4.5%，达到3.2亿吨。", "华北", id="place-here-too"),
    pytest.param("2024年，華中地區糧食產量增長4.5%，達到3.2億噸。", "华北", id="place-traditional"),
    pytest.param("2024年，华北地区粮食产量下降4.5%，达到3.2亿吨。", "增长", id="opposite-zh"),
    pytest.param("王建国市长在大会上表示，上海应当继续支持中小企业发展。", "李志明", id="person"),
    pytest.param("李志明市长在大会上表示，上海不得继续支持中小企业发展。", "应当", id="modal"),
    pytest.param("李志明市长在大会上表示，上海应当继续反对中小企业发展。", "支持", id="verb"),
    pytest.param("《草原法》自1月14日起施行，华东各省没有提出反对意见。", "水法", id="title"),
    pytest.param("《水法》自1月15日起施行，华东各省没有提出反对意见。", "1月14日", id="day-zh"),
    pytest.param("《水法》自1月14日起施行，华东各省提出反对意见。", "没有", id="denial-dropped"),
    pytest.param("全省共有七个城市完成了目标，罚款上限为二十万元。", "八", id="count-zh"),
    pytest.param("全省共有八个城市没有完成目标，罚款上限为二十万元。", "没有", id="denial-put-in"),
    pytest.param("全省共有八个城市完成了目标，罚款上限为十二万元。", "二十万", id="money-zh"),
    pytest.param("全省共有八个城市完成了目标，罚款下限为二十万元。", "上限", id="limit"),
    pytest.param("The council in Geneva approved 15 of the 15 proposals.", "12", id="from-beside"),
    pytest.param("The council in Vienna approved 12 of the 15 proposals.", "Geneva", id="place-en"),
    pytest.param(
        "The council in Geneva rejected 12 of the 15 proposals.", "approved", id="verb-en"
    ),
    pytest.param(
        "The council in Geneva approved 12 of the 15 proposals after the May deadline.",
        "before",
        id="order",
    ),
    pytest.param(
        "Maria Keller, the mayor of Lyon, said exports to Japan rose by 7.5 billion tons in 2019.",
        "7.5 million",
        id="scale-en",
    ),
    pytest.param(
        "Anna Brandt, the mayor of Lyon, said exports to Japan rose by 7.5 million tons in 2019.",
        "Maria Keller",
        id="person-en",
    ),
    pytest.param(
        "Maria Keller, the mayor of Lyon, said exports to Japan fell by 7.5 million tons in 2019.",
        "rose",
        id="direction-en",
    ),
    pytest.param("The tribunal accepted the appeal of Northern Rail.", "did not", id="affirmed-en"),
    pytest.param(
        "The tribunal did not accept the appeal of Northern Rail, which must file again within "
        "30 days.",
        "may",
        id="modal-en",
    ),
    pytest.param(
        "The tribunal did not accept the appeal of Northern Rail, which may file again within "
        "30 weeks.",
        "30 days",
        id="unit-en",
    ),
]


@pytest.mark.parametrize(("claim", "stated"), ALTERED)
def test_one_thing_changed_is_noticed_and_what_stands_there_is_named(
    claim: str, stated: str
) -> None:
    found = compared(claim)
    assert found is not None
    assert found.problems
    assert stated in " ".join(problem.reason for problem in found.problems)
    assert set(found.sentences) <= set(REPORT)


HARMLESS = [
    pytest.param("2024年华北地区粮食产量增长了百分之四点五，达到3.2亿吨。", id="written-out"),
    pytest.param("2024年，華北地區糧食產量增長4.5%，達到3.2億噸。", id="traditional"),
    pytest.param("２０２４年，华北地区粮食产量增长４.５％，达到3.2亿吨。", id="full-width"),
    pytest.param("2024年，华北地区粮食产量提高4.5%，达到3.2亿吨。", id="synonym-zh"),
    pytest.param("全省八个城市完成了目标，罚款上限为20万元。", id="digits"),
    pytest.param("全省共有8个城市完成目标；李志明市长表示，上海应当支持企业发展。", id="joined"),
    pytest.param("The council in Geneva approved twelve of the 15 proposals.", id="words-en"),
    pytest.param("The council in Geneva accepted 12 of the 15 proposals.", id="synonym-en"),
    pytest.param("Maria Keller said exports to Japan rose 7,500,000 tons in 2019.", id="skipped"),
    pytest.param("The tribunal didn't accept the appeal of Northern Rail.", id="contracted"),
]  # fmt: skip


@pytest.mark.parametrize("claim", HARMLESS)
def test_what_says_the_same_is_copied(claim: str) -> None:
    found = compared(claim)
    assert found is not None
    assert found.copied, found.findings


OWN_WORDS = [
    "据报道，当地农民今年收成不错，比往年好得多。",
    "Last year foreign sales grew, according to a politician from eastern France.",
    "他说，政府不会放弃小公司。",
    "会议。",
]


@pytest.mark.parametrize("claim", OWN_WORDS)
def test_a_claim_in_its_own_words_is_left_to_its_meaning(claim: str) -> None:
    assert compared(claim) is None


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The firm plans to move to Leeds.", "The firm does not only plan to move to Leeds."),
        ("上海应当继续支持企业", "大会要求不得浪费，上海应当继续支持企业发展。"),
        ("It set eight tasks for May.", "It did not vote but set eight tasks for May."),
        ("The UN sent 40 men to the border.", "The United Nations sent 40 men to the border."),
        ("全国人大通过了关于环境保护的决定", "全国人民代表大会通过了关于环境保护的决定。"),
    ],
)  # fmt: skip
def test_a_denial_of_something_else_or_a_short_name_is_no_problem(
    claim: str, evidence: str
) -> None:
    found = compare_wording(claim, [evidence])
    assert found is None or not found.problems


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        (
            "The union has Northern Ireland, Scotland, Wales, and England.",
            "Off the coast, the union has England, Scotland, Wales, and Northern Ireland.",
        ),
        (
            "The union has Wales, ＦＲＡＮＣＥ, Spain and England.",
            "The union has England, France, Spain and Wales.",
        ),
        ("One unique gain of the plan is a loan.", "The unique gain of the plan is a loan."),
    ],
)
def test_another_order_of_a_list_and_an_article_are_copies(claim: str, evidence: str) -> None:
    found = compare_wording(claim, [evidence])
    assert found is not None
    assert found.copied, found.findings


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        (
            "Spain beat Greece in the final, and Italy beat France.",
            "Spain beat France in the final, and Italy beat Greece.",
        ),
        (
            "Wales, England and Spain won 3, 4 and 5 cups, respectively.",
            "England, Wales and Spain won 3, 4 and 5 cups, respectively.",
        ),
        ("It has 5, 4 and 3 towers in the park.", "It has 3, 4 and 5 towers in the park."),
        (
            "北京、上海、广东分别增长3%、4%、5%，好于预期。",
            "上海、北京、广东分别增长3%、4%、5%，好于预期。",
        ),
        ("One study of the plan is out.", "Many study of the plan is out."),
        ("Visual attention is needed for learning.", "Visual attention seems needed for learning."),
        ("该药治疗大多数轻症病人的咳嗽。", "该药可能治疗大多数轻症病人的咳嗽。"),
        ("該藥治療大多數輕症病人的咳嗽。", "该药可能治疗大多数轻症病人的咳嗽。"),
    ],
)  # fmt: skip
def test_other_pairs_another_turn_and_a_doubt_left_out_are_no_copies(
    claim: str, evidence: str
) -> None:
    found = compare_wording(claim, [evidence])
    assert found is None or not found.copied


TITLED = "Title: Raindrops Keep Falling on My Head\nText: First sung by B.J. Thomas in 1969."


def test_the_name_of_a_field_is_not_what_the_claim_says_otherwise() -> None:
    said = compare_wording("B.J. Thomas sang 'Raindrops Keep Falling on My Head.'", [TITLED])
    assert said is not None
    assert not said.problems
    wrong = compare_wording("Bob Smith sang 'Raindrops Keep Falling on My Head.'", [TITLED])
    assert wrong is not None
    assert [problem.kind for problem in wrong.problems] == ["name"]


def test_names_of_the_evidence_among_other_words_are_another_wording() -> None:
    evidence = (
        "The last time the Miami Dolphins hoisted up the Lombardi Trophy was in 1973 when they "
        "defeated the Minnesota Vikings 24-7 in Super Bowl VIII."
    )
    claim = "Their most recent Super Bowl win was in 1973 when they defeated the Minnesota Vikings."
    found = compare_wording(claim, [evidence])
    assert found is None or not found.problems
    unknown = compare_wording(claim.replace("Super Bowl", "Rose Bowl"), [evidence])
    assert unknown is None or unknown.problems


@pytest.mark.parametrize(
    ("claim", "evidence", "differs"),
    [
        ("It not only helps, it heals.", "It helps and heals.", False),
        ("It doesn't just hurt the victim.", "It hurts the victim and others.", False),
        ("They asked whether or not he came.", "They asked if he came.", False),
        ("Form and sense are not apart, but linked.", "Form and sense are linked.", False),
        ("It is not required to fast.", "No fasting is required.", False),
        ("The firm could not pay.", "The firm was unable to pay.", False),
        ("The firm did not pay.", "The firm paid in full.", True),
        ("没有人反对这个方案。", "大家都支持这个方案。", True),
        ("沒有人反對這個方案。", "大家都支持这个方案。", True),
        ("没有人反对这个方案。", "这个方案无人反对。", False),
    ],
)
def test_a_denial_in_other_words_or_of_nothing_differs_in_nothing(
    claim: str, evidence: str, differs: bool
) -> None:
    assert bool(find_problem(claim, [evidence])) == differs


def test_another_sentence_that_says_so_supports_the_claim() -> None:
    rows = ["2022年出口增长5%，进口下降2%。", "2023年出口增长6%，进口下降3%。"]
    swapped = compare_wording("2022年出口增长6%，进口下降2%。", rows)
    assert swapped is not None
    assert [problem.kind for problem in swapped.problems] == ["value"]
    again = compare_wording("2023年的出口增长6%，进口下降3%。", rows)
    assert again is not None
    assert again.copied
    assert again.sentences == (rows[1],)


def test_the_year_of_a_document_may_be_put_in() -> None:
    claim, evidence = "2024年会议部署了八项重点任务。", ["会议部署了八项重点任务。"]
    lent = compare_wording(claim, evidence, context_years=[2024])
    assert lent is not None
    assert lent.copied
    assert find_problem(claim, evidence)
    assert not find_problem(claim, evidence, context_years=[2024])


@pytest.mark.parametrize(
    ("claim", "text", "stands"),
    [
        ("1999年的飓风造成破坏", "村庄被淹没。1999年的飓风造成破坏。", True),
        ("会议部署任务", "会议没有部署任务。", False),
        ("增长5%", "增长15%", False),
        ("rose 4%", "It rose 4%.", True),
    ],
)
def test_word_for_word(claim: str, text: str, stands: bool) -> None:
    assert stands_in(claim, text) is stands


@pytest.mark.parametrize(
    ("first", "second", "opposite"),
    [
        ("上升", "下降", True), ("上升", "增长", False), ("必须", "可以", True),
        ("increased", "decreases", True), ("rose", "increased", False), ("before", "after", True),
        ("table", "chair", False), ("larger", "smaller", True), ("approved", "rejects", True),
    ],
)  # fmt: skip
def test_the_ends_of_scales(first: str, second: str, opposite: bool) -> None:
    assert opposed(ends_of(first), ends_of(second)) is opposite
    assert opposed(ends_of(second), ends_of(first)) is opposite


@pytest.mark.parametrize(
    ("short", "long", "is_short"),
    [
        ("UN", "United Nations", True), ("CDC", "Centers for Disease Control", True),
        ("人大", "人民代表大会", True), ("北京", "南京", False), ("EU", "United Nations", False),
    ],
)  # fmt: skip
def test_abbreviations(short: str, long: str, is_short: bool) -> None:
    assert abbreviates(short, long) is is_short
    assert abbreviates(long, short) is is_short


def test_a_capital_at_the_start_of_a_sentence_is_no_name() -> None:
    text = "Exports rose. Imports to Japan fell."
    names = [text[word.start : word.end] for word in words_of(text) if is_name(word, text)]
    assert names == ["Japan"]


TEXTS = st.sampled_from([*REPORT, "没有", "20%", " not ", "二十万", "，", "x", "It's"])
MIXED = st.lists(TEXTS, max_size=4).map("".join) | st.text(max_size=40)


@given(MIXED)
def test_words_are_in_order_apart_and_inside_the_text(text: str) -> None:
    words = words_of(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(one.end <= other.start for one, other in pairwise(words))


@given(MIXED, MIXED)
def test_an_alignment_accounts_for_every_word_of_both(claim: str, sentence: str) -> None:
    aligned = align(claim, sentence)
    assert -1e-9 <= aligned.rest <= 1 - aligned.coverage + 1e-9 <= 1 + 1e-6
    claimed = sum(len(one.claimed) for one in aligned.differences)
    stated = sum(len(one.stated) for one in aligned.differences)
    assert len(aligned.words) - claimed == len(aligned.others) - stated


@given(MIXED)
def test_a_text_never_contradicts_itself(text: str) -> None:
    sentences = [span.slice(text) for span in sentence_spans(text)]
    for sentence in sentences:
        found = compare_wording(sentence, [text])
        assert found is None or not found.problems
        again = compare_wording(fold(sentence), [text])
        assert again is None or not [one for one in again.problems if one.kind != "value"]
