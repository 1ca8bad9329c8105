"""Which sentences of an answer claim something, in both languages."""

import pytest

from eval.statements import is_refusal, no_claim
from rag.prompts import NO_EVIDENCE, empty_library, no_evidence_for, refusal
from rag.records import Missing

REFUSALS = [
    "资料中没有提到这一点。",
    "資料中沒有提到該資訊。",
    "抱歉，根据提供的资料无法回答这个问题。",
    "无法回答。",
    "我不知道。",
    "没有找到相关依据。",
    "上下文未包含与预算相关的信息。",
    "文件没有说明具体日期。",
    "No passage answers this question.",
    "I cannot answer this question.",
    "I can’t answer that based on the given sources.",
    "Sorry, I could not find it in the documents.",
    "The provided context does not mention the budget.",
    "The documents do not contain information about 2019.",
    "There is not enough information to answer.",
    "The answer is not given in the passages.",
    "N/A",
    "你好！资料中没有提到 GDP 的数据。",
    "Hello! The sources do not say. 还有什么可以帮您？",
]
ANSWERS = [
    "会议没有部署新的任务。",
    "部长表示无法回答记者提出的这个问题。",
    "该市未能完成年度目标。",
    "规划文件不涉及军队。",
    "会议于2024年1月23日召开。资料中没有提到地点。",
    "The ministry does not answer to the council.",
    "The committee could not answer the question in 2019.",
    "No city met the target.",
    "The plan provides no subsidies for coal.",
    "It was held on 23 January. The passages do not mention the place.",
]


@pytest.mark.parametrize("answer", REFUSALS)
def test_refusals_are_recognised(answer: str) -> None:
    assert is_refusal(answer)


@pytest.mark.parametrize("answer", ANSWERS)
def test_answers_are_not_taken_for_refusals(answer: str) -> None:
    assert not is_refusal(answer)


@pytest.mark.parametrize(
    "answer",
    [
        refusal("zh"),
        refusal("en"),
        refusal("zh", Missing(years=(2019,), nearest_years=(2024, 2025))),
        refusal("en", Missing(years=(2019,), nearest_years=(2024,))),
        refusal("zh", Missing(years=(2019, 2020))),
        no_evidence_for("zh", "2022年"),
        no_evidence_for("en", "2022"),
        empty_library("zh"),
        empty_library("en"),
        *NO_EVIDENCE,
    ],
)
def test_our_own_refusals_are_recognised(answer: str) -> None:
    assert is_refusal(answer)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("你好！", "pleasantry"),
        ("希望以上回答对您有帮助。", "pleasantry"),
        ("答案：", "pleasantry"),
        ("Hello there!", "pleasantry"),
        ("I hope this helps.", "pleasantry"),
        ("**Answer:**", "pleasantry"),
        ("还有别的问题吗？", "question"),
        ("Which year do you mean?", "question"),
        ("２０２４年部署了八项任务。", None),
        ("In 2024, 8 tasks were set.", None),
        (
            "感谢信已于5月寄出，共计三百封，涉及全国二十个省份的志愿者和社区工作人员代表以及他们的家属。",
            None,
        ),
    ],
)
def test_sentences_that_claim_nothing(sentence: str, reason: str | None) -> None:
    assert no_claim(sentence) == reason
