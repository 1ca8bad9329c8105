"""An answer that somebody wrote, checked claim by claim against texts."""

import pytest

from rag.embedding import E5Embedder
from rag.support.checking import BY_TERMS, NEAREST, CheckedAnswer, check_answer, measure_answer
from rag.text import sentence_spans
from tests.answering_helpers import WordEmbedder, models_directory

CONTEXTS = [
    "会议部署了2023年的八项重点任务。会议强调稳中求进。",
    "The council met in Geneva on 3 May 2023. It set nine tasks.\nThe budget rose 3%.",
    "會議於臺北舉行，一百二十人出席。",
]


def check(answer: str, contexts: list[str] = CONTEXTS) -> CheckedAnswer:
    return check_answer(answer, contexts, WordEmbedder())


@pytest.mark.parametrize(
    "answer",
    [
        "会议部署了2023年的八项重点任务。",
        "会议部署了2023年的八项重点任务[1]。",
        "會議部署了2023年的八項重點任務。",
        "It set nine tasks.",
        "The budget rose ３%.",
        "会议于台北举行，一百二十人出席。",
    ],
)
def test_what_stands_there_is_supported(answer: str) -> None:
    (claim,) = check(answer).claims
    assert (claim.verdict, claim.support) == ("supported", 1.0)
    assert any(claim.evidence[0] in text for text in CONTEXTS)


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        ("会议部署了2024年的八项重点任务。", "2024"),
        ("会议部署了2023年的七项重点任务。", "七"),
        ("It set eleven tasks.", "eleven"),
        ("The budget rose 4%.", "4%"),
        ("The council did not meet in Geneva.", "denies"),
    ],
)
def test_what_differs_is_not(answer: str, named: str) -> None:
    (claim,) = check(answer).claims
    assert claim.verdict == "unsupported"
    assert named in claim.reason


@pytest.mark.parametrize(
    ("fragment", "context"),
    [
        ("car", "They levied a carbon tax."),
        ("the ocean", "They bathe oceanographers."),
        ("AI", "他们讨论了 AIDS 的防治。"),
        ("port", "报告（report）已经发布。"),
    ],
)
def test_a_part_of_a_latin_word_does_not_stand_there(fragment: str, context: str) -> None:
    (claim,) = check(fragment, [context]).claims
    assert "word for word" not in claim.reason


def test_claims_come_one_a_sentence_in_order_without_markers_or_bare_marks() -> None:
    checked = check("会议强调稳中求进[1]。\n——\nIt set nine tasks [2]. The budget fell 9%.\n[3]")
    assert [claim.text for claim in checked.claims] == [
        "会议强调稳中求进。",
        "It set nine tasks.",
        "The budget fell 9%.",
    ]
    assert [claim.verdict for claim in checked.claims] == ["supported", "supported", "unsupported"]


@pytest.mark.parametrize("mark", ["1.", "(2)", "b)", "iv.", "三、", "③", "１．"])
def test_the_mark_of_a_list_is_no_claim_unless_it_is_all_there_is(mark: str) -> None:
    listed = check(f"{mark}\nIt set nine tasks.\n{mark}\n会议强调稳中求进。")
    assert [claim.text for claim in listed.claims] == ["It set nine tasks.", "会议强调稳中求进。"]
    assert len(check(mark).claims) == 1
    assert len(check(f"会议做了两件事：\n\n{mark}").claims) == 1
    assert len(check(f"It did two things:\n{mark}").claims) == 1
    assert [claim.text for claim in check("It set nine tasks.\n9").claims][-1] == "9"


def test_evidence_is_verbatim_and_nearest_first() -> None:
    sentences = {span.slice(text) for text in CONTEXTS for span in sentence_spans(text)}
    for claim in check("It set nine tasks. 会议强调稳中求进。 Penguins swim.").claims:
        assert set(claim.evidence) <= set(claim.nearest) <= sentences
        assert 1 <= len(claim.nearest) <= NEAREST + BY_TERMS
        assert claim.evidence[0] == claim.nearest[0]


@pytest.mark.parametrize(
    ("answer", "contexts"),
    [("", CONTEXTS), ("……", CONTEXTS), ("[1]", CONTEXTS), ("八项。", []), ("八项。", ["", " \n"])],
)
def test_nothing_to_check_gives_no_claims(answer: str, contexts: list[str]) -> None:
    assert check(answer, contexts).claims == ()


@pytest.mark.models
@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("本次会议一共安排了八项重点任务。", "supported"),
        ("The budget increased by 3%.", "supported"),
        ("The budget increased by 4%.", "unsupported"),
        ("The council held its meeting in Geneva on 3 May 2023.", "supported"),
        ("The orchestra played a symphony by Mahler.", "unsupported"),
        ("他们晚饭吃了红烧鱼和米饭。", "unsupported"),
    ],
)
def test_meaning_decides_where_values_agree(answer: str, verdict: str) -> None:
    (claim,) = check_answer(answer, CONTEXTS, E5Embedder(models_directory())).claims
    assert claim.verdict == verdict, claim


@pytest.mark.models
@pytest.mark.parametrize(
    ("language", "claims"),
    [
        ("zh", ("市政府去年关停了三家排污的造纸企业。", "乐团明年将在歌剧院演出三部交响曲。")),
        (
            "en",
            ("Three polluting mills were closed last year.", "The orchestra plays three works."),
        ),
    ],
)
def test_a_claim_by_a_long_text_is_judged_by_what_all_of_it_is_about(
    language: str, claims: tuple[str, str]
) -> None:
    texts = {
        "zh": "河水多年来又黑又臭。市政府去年关闭了三家造纸厂。工人得到了补偿。鱼又回到河里。",
        "en": "For years the river stank. Last year the city shut three paper mills. "
        "Workers were paid off. Fish are back in the river.",
    }
    embedder = E5Embedder(models_directory())
    measured = [measure_answer(claim, [texts[language]], embedder)[0] for claim in claims]
    assert {one.kind for one in measured} == {"long_evidence"}
    right, wrong = (one.features["subject"] for one in measured)
    assert right > wrong + 0.1
    about, other = (check_answer(claim, [texts[language]], embedder).claims[0] for claim in claims)
    assert about.support > other.support + 0.15
