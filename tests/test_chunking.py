"""Packing sentences into passages."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.chunking import MOST_TOKENS, chunk, estimate_tokens
from rag.records import Chunk
from rag.text import sentence_spans

LINES = st.lists(
    st.sampled_from(
        [
            "# 标题 Title",
            "一、统筹推进工作",
            "（一）总体要求",
            "第一章 总则",
            "會議指出，要落實任務。要持續推進！",
            "The meeting was held on Jan. 5. It set seven tasks for the year ahead.",
            "短行",
            "",
            "- 要点一",
            "| a | b |",
            "无标点的长文字" * 80,
            "word " * 300,
            "x" * 3000,
        ]
    ),
    max_size=14,
)


def check_partition(text: str, chunks: tuple[Chunk, ...]) -> None:
    at = 0
    for index, passage in enumerate(chunks):
        assert passage.index == index
        assert passage.id == f"d:{index}"
        assert passage.text == passage.span.slice(text)
        assert passage.span.start == passage.sentences[0].start
        assert passage.span.end == passage.sentences[-1].end
        for sentence in passage.sentences:
            assert not text[at : sentence.start].strip()
            assert sentence.slice(text) == sentence.slice(text).strip() != ""
            at = sentence.end
    assert not text[at:].strip()


@given(LINES, st.integers(20, 300))
def test_every_sentence_is_in_exactly_one_chunk(lines: list[str], budget: int) -> None:
    text = "\n".join(lines)
    chunks = chunk("d", text, max_tokens=budget)
    check_partition(text, chunks)
    for passage in chunks:
        alone = len(passage.sentences) == 1
        whole = sum(estimate_tokens(span.slice(text)) for span in passage.sentences)
        assert whole <= (min(2 * budget, MOST_TOKENS) if alone else budget)


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        pytest.param(
            "一、统筹推进\n\n要统筹推进各项工作。\n\n二、持续攻坚\n\n要持续攻坚克难。",
            ["一、统筹推进", "二、持续攻坚"],
            id="zh-numbered",
        ),
        pytest.param(
            "第一章 總則\n（一）總體要求\n要落實各項總體要求。\n（二）目標\n要落實各項目標任務。",
            ["第一章 總則 / （一）總體要求", "第一章 總則 / （二）目標"],
            id="hant-nested",
        ),
        pytest.param(
            "# Report\n\n## Tasks\n\nSeven tasks were set.\n\n## People\n\nTwo people spoke.",
            ["Report / Tasks", "Report / People"],
            id="markdown",
        ),
        pytest.param(
            "Background\n\nThe market opened in 2021 and grew.\n\n结论 Conclusion\n\n"
            "It works well, 市场运行平稳有序。",
            ["Background", "结论 Conclusion"],
            id="plain-mixed",
        ),
        pytest.param("甲\n乙\n丙\n丁", [""], id="list-is-no-heading"),
        pytest.param("会议强调：\n要落实各项任务部署。", [""], id="lead-in-is-no-heading"),
    ],
)
def test_headings_open_sections(text: str, headings: list[str]) -> None:
    assert [passage.heading for passage in chunk("d", text)] == headings


def test_chunks_of_a_section_are_balanced() -> None:
    sentence = "会议要求全面落实各项重点任务并且持续改善环境质量。"
    text = sentence * 23
    sizes = [estimate_tokens(passage.text) for passage in chunk("d", text, max_tokens=100)]
    assert max(sizes) <= 100
    assert min(sizes) > max(sizes) / 2


def test_long_sentence_stands_alone_and_a_very_long_one_is_cut() -> None:
    long = "持续改善，" * 60 + "。"
    text = f"第一句话。{long}最后一句。"
    chunks = chunk("d", text, max_tokens=200)
    assert [passage.text for passage in chunks][1] == long
    wild = "，".join(["无休止的文字"] * 60)
    count = len  # a tokenizer that makes a token of every character
    assert all(
        len(passage.text) <= 200 for passage in chunk("d", wild, max_tokens=100, count_tokens=count)
    )


def test_budget_uses_the_counter_given() -> None:
    text = "一二三四五。" * 10
    assert len(chunk("d", text, max_tokens=60, count_tokens=len)) == 1
    assert len(chunk("d", text, max_tokens=30, count_tokens=len)) == 2


def test_real_documents_keep_every_sentence(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        chunks = chunk("d", text)
        check_partition(text, chunks)
        assert [span for passage in chunks for span in passage.sentences] == list(
            sentence_spans(text)
        )


def test_no_text_no_chunks() -> None:
    assert chunk("d", " \n") == ()
