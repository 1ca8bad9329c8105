"""The LLM judge: one question a claim, strict verdicts, and the checker's word on values."""

import pytest

from eval.faithfulness import score_item
from eval.inputs import Item
from eval.judging import NO_VERDICT, TOO_LONG, LLMJudge, read_verdict
from rag.errors import EndpointBusy
from tests.eval_helpers import check
from tests.fakes import ScriptedLLM

ZH = "会议部署了七项任务，由副部长主持。代表们参观了展览。天气晴朗。门票免费。"
EN = "The meeting set seven tasks. A vice minister chaired it."


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("supported\nThe source says it.", (True, "The source says it.")),
        ("**Unsupported**\n\nAnother number.\nMore.", (False, "Another number.")),
        ("支持\n资料写明。", (True, "资料写明。")),
        ("不支持。", (False, "")),
        ("Supported.", (True, "")),
        ("ＳＵＰＰＯＲＴＥＤ", (True, "")),
        ("", None),
        ("supported or unsupported", None),
        ("I think it is supported", None),
        ("部分支持", None),
        ("not supported", None),
    ],
)
def test_only_a_bare_verdict_counts(reply: str, verdict: tuple[bool, str] | None) -> None:
    assert read_verdict(reply) == verdict


def scored(llm: ScriptedLLM, answer: str, context: str) -> dict[str, object]:
    item = Item(id="x", answer=answer, contexts=(context,))
    return score_item(item, LLMJudge(llm, check))


def test_each_claim_is_asked_in_its_language_with_numbered_evidence() -> None:
    llm = ScriptedLLM("支持\n写明了。", "unsupported\nNobody says so.")
    row = scored(llm, "会议由副部长主持。[1] Coffee was served to the guests.", ZH)
    assert row["score"] == 0.5
    assert row["judge"] == "llm:scripted"
    zh, en = llm.sent
    assert "支持" in zh[0]["content"]
    assert "[1] 会议部署了七项任务，由副部长主持。\n[2] " in zh[1]["content"]
    assert "这句话：会议由副部长主持。" in zh[1]["content"]
    assert "supported or unsupported" in en[0]["content"]
    claims = row["claims"]
    assert isinstance(claims, list)
    assert [claim["reason"] for claim in claims] == ["写明了。", "Nobody says so."]
    assert [claim["support"] for claim in claims] == [1.0, 0.0]


def test_a_missing_value_is_not_put_to_the_llm() -> None:
    llm = ScriptedLLM()
    row = scored(llm, "The meeting set nine tasks.", EN)
    assert row["score"] == 0.0
    assert llm.sent == []
    claims = row["claims"]
    assert isinstance(claims, list)
    assert "nine" in claims[0]["reason"]


def test_a_claim_without_verdict_is_left_out_and_counted() -> None:
    row = scored(
        ScriptedLLM("maybe", "supported"), "The meeting set tasks. A vice minister chaired.", EN
    )
    assert row["score"] == 1.0
    assert row["left_out"] == [{"text": "The meeting set tasks.", "reason": NO_VERDICT}]


def test_without_any_verdict_there_is_no_score() -> None:
    row = scored(ScriptedLLM("maybe"), "The meeting set tasks.", EN)
    assert row["score"] is None
    assert row["unscored"] == "no_verdict"


def test_evidence_is_cut_to_the_context_of_the_judge() -> None:
    long = " ".join(f"The meeting heard speaker {word}." for word in ("Ann " * 60, "Bo", "Cy"))
    llm = ScriptedLLM("supported", context_tokens=250)
    assert scored(llm, "The meeting heard speaker Bo.", long)["score"] == 1.0
    assert "Ann" not in llm.sent[0][1]["content"]
    row = scored(ScriptedLLM(context_tokens=100), "The meeting heard speaker Bo.", long)
    assert row["left_out"] == [{"text": "The meeting heard speaker Bo.", "reason": TOO_LONG}]


def test_a_failing_endpoint_stops_the_run() -> None:
    with pytest.raises(EndpointBusy):
        scored(ScriptedLLM(EndpointBusy("busy")), "The meeting set tasks.", EN)
