"""Writers: what is quoted, what a model is shown, and what is made of its reply."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ModelError
from rag.questions import holds_expected, read_question
from rag.records import Evidence, Mode
from rag.tokens import count_messages
from rag.writing import (
    ANSWER_TOKENS,
    LLMWriter,
    quote,
    says_nothing,
)
from tests.answering_helpers import evidence_of
from tests.fakes import ScriptedLLM

EVIDENCE = evidence_of("会议部署了八项重点任务。", "The board set five tasks.")


def ask(llm: ScriptedLLM, question: str, evidence: list[Evidence], title: str = "") -> str:
    titles = {item.document_id: title for item in evidence}
    return "".join(LLMWriter(llm).write(read_question(question), evidence, titles))


def test_quoting_cites_every_sentence_by_itself() -> None:
    draft = quote(EVIDENCE)
    assert [(item.text, item.numbers) for item in draft.statements] == [
        ("会议部署了八项重点任务。", (1,)),
        ("The board set five tasks.", (2,)),
    ]
    assert quote([]).statements == ()


@pytest.mark.parametrize(
    ("question", "system", "asked", "cite"),
    [
        ("会议部署了几项任务？", "用中文", "问题：会议部署了几项任务？", "[1]"),
        ("會議部署了幾項任務？", "用中文", "问题：會議部署了幾項任務？", "[1]"),
        ("How many tasks were set?", "in English", "Question: How many tasks were set?", "[1]"),
    ],
)
def test_the_prompt_is_in_the_language_of_the_question(
    question: str, system: str, asked: str, cite: str
) -> None:
    llm = ScriptedLLM("x")
    ask(llm, question, EVIDENCE)
    (messages,) = llm.sent
    assert [message["role"] for message in messages] == ["system", "user", "assistant", "user"]
    assert system in messages[0]["content"]
    assert cite in messages[0]["content"]
    assert cite in messages[2]["content"]
    last = messages[-1]["content"]
    assert "\n[1] 会议部署了八项重点任务。\n[2] The board set five tasks.\n" in last
    assert last.endswith(asked)


@pytest.mark.parametrize(("mode", "asked"), [("openai", True), ("llama", False)])
@pytest.mark.parametrize("question", ["会议部署了几项任务？", "How many tasks were set?"])
def test_only_an_endpoint_is_asked_for_markers(mode: Mode, asked: bool, question: str) -> None:
    llm = ScriptedLLM("x", mode=mode)
    ask(llm, question, EVIDENCE)
    system, _, example, _ = llm.sent[0]
    assert ("方括号" in system["content"] or "square brackets" in system["content"]) is asked
    assert ("[1]" in example["content"]) is asked
    assert LLMWriter(llm).cites is asked


@pytest.mark.parametrize(
    ("title", "sentence", "line"),
    [
        ("2024年工作报告", "会议部署了八项任务。", "[1] （2024年工作报告）会议部署了八项任务。"),
        ("Harbour report 2022", "It met.", "[1] （Harbour report 2022）It met."),
        ("工作報告", "本工作报告共八项。", "[1] 本工作报告共八项。"),
        ("", "It met.", "[1] It met."),
        ("两\n行", "It\n  met.", "[1] （两 行）It met."),
        ("长" * 60, "It met.", f"[1] （{'长' * 40}）It met."),
    ],
)
def test_titles_are_labels_of_sentences(title: str, sentence: str, line: str) -> None:
    llm = ScriptedLLM("x")
    ask(llm, "会议部署了几项任务？", evidence_of(sentence), title)
    assert f"\n{line}\n" in llm.sent[0][-1]["content"]


@settings(max_examples=40, deadline=None)
@given(
    sentences=st.lists(
        st.builds(
            lambda unit, count: unit * count,
            st.sampled_from(["会议部署任务，", "𠮷野家😀", "the board met ", "2024 3.5% ", "１２"]),
            st.integers(1, 400),
        ),
        min_size=1,
        max_size=6,
    ),
    question=st.sampled_from(
        ["会议部署了几项任务？", "How many tasks were set? " * 40, "几" * 900]
    ),
    context=st.integers(1024, 2500),
    mode=st.sampled_from(["openai", "llama"]),
)
def test_prompt_and_answer_never_exceed_the_context(
    sentences: list[str], question: str, context: int, mode: Mode
) -> None:
    llm = ScriptedLLM("x", mode=mode, context_tokens=context)
    ask(llm, question, evidence_of(*sentences), "工作报告")
    assert llm.max_tokens == [ANSWER_TOKENS]
    assert count_messages(llm.sent[0]) + ANSWER_TOKENS <= context
    assert "\n[1] " in llm.sent[0][-1]["content"]


def test_the_best_evidence_is_kept_where_not_all_fits() -> None:
    llm = ScriptedLLM("x", context_tokens=1024)
    ask(llm, "会议部署了几项任务？", evidence_of("最好的一句。", "第二句。" * 60, "第三句。" * 200))
    shown = llm.sent[0][-1]["content"]
    assert "最好的一句。" in shown
    assert "第三句。" not in shown


def test_a_context_too_small_for_any_evidence_is_an_error_that_says_so() -> None:
    with pytest.raises(ModelError, match="No evidence fits a context of 500 tokens") as raised:
        ask(ScriptedLLM("x", context_tokens=500), "会议部署了几项任务？", EVIDENCE)
    assert "context_tokens" in raised.value.hint


@pytest.mark.parametrize(
    ("reply", "nothing"),
    [
        ("没有依据", True),
        ("資料裡沒有依據。", True),
        ("No evidence.", True),
        ("ＮＯ ＥＶＩＤＥＮＣＥ", True),
        ("", True),
        (" \n", True),
        ("。。。", True),
        ("会议部署了八项任务[1]。", False),
        ("Eight tasks [1].", False),
    ],
)
def test_a_reply_that_says_nothing_is_recognised(reply: str, nothing: bool) -> None:
    assert says_nothing(reply) is nothing


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("会议部署了几项任务？", "会议部署了八项任务。", True),
        ("会议部署了几项任务？", "会议部署了若干任务。", False),
        ("How many tasks were set?", "会议部署了8项任务。", True),
        ("How many tasks were set?", "Many tasks were set.", False),
        ("会议是哪天召开的？", "３月５日召开。", True),
        ("会议是哪天召开的？", "在北京召开。", False),
        ("增长百分之几？", "增长3%。", True),
        ("增长百分之几？", "增长很快。", False),
        ("罚款多少万元？", "罚款10万元。", True),
        ("罚款多少万元？", "罚款很重。", False),
        ("会议讲了什么？", "讲了读者。", True),
    ],
)
def test_a_reply_must_hold_the_kind_of_value_asked_for(
    question: str, text: str, holds: bool
) -> None:
    assert holds_expected(read_question(question), text) is holds
