"""Bilingual summaries: points that are the document's own, and renderings that are checked."""

import random
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.embedding import E5Embedder
from rag.errors import EndpointError, EndpointUnreachable
from rag.llm.opening import open_llm
from rag.points import LONGEST, clauses, select
from rag.records import Document, Evidence, Point, Span, Summary
from rag.summaries import TRANSLATION_TOKENS, Summarizer, lost_values
from rag.tokens import count_messages
from tests.answering_helpers import (
    WordEmbedder,
    document_of,
    models_directory,
    sentences_of,
    similarity,
)
from tests.fakes import ScriptedLLM

CHINESE = document_of("会议于3月5日部署了八项重点任务，要求年底前完成。", title="图书馆工作报告")
ENGLISH = document_of(
    "The harbour board met on 3 May and adopted five tasks for the port.", title="Harbour report"
)
GOOD = "On 5 March the meeting set eight key tasks, to be done by the end of the year."


def embed(texts: Sequence[str]) -> np.ndarray:
    return np.stack(WordEmbedder()(list(texts)))


def same_meaning(text: str, others: Sequence[str]) -> list[float]:
    """All texts mean the same, so that only their values and languages tell them apart."""
    return [0.97] * len(others)


def summarize(document: Document, llm: ScriptedLLM | None, points: int = 6) -> Summary:
    summarizer = Summarizer(embed=embed, similarity=same_meaning, llm=llm)
    return summarizer.summarize(document, sentences_of(document), points=points)


def only(summary: Summary) -> Point:
    (point,) = summary.points
    return point


# Choosing points


WORDS = (
    *(
        "读者",
        "服务",
        "古籍",
        "保护",
        "分馆",
        "建设",
        "数字",
        "资源",
        "志愿",
        "活动",
        "安全",
        "管理",
    ),
    *(
        "少儿",
        "阅读",
        "目录",
        "检索",
        "开放",
        "时间",
        "借阅",
        "设备",
        "更新",
        "培训",
        "馆员",
        "展览",
    ),
    *(
        "讲座",
        "社区",
        "合作",
        "经费",
        "预算",
        "采购",
        "盲文",
        "期刊",
        "修复",
        "档案",
        "无线",
        "网络",
    ),
)
OPENINGS = ("会议要求改进", "有关部门今后要推动", "馆长介绍了", "代表们提出加强", "下一步重点是")


def report(count: int) -> Document:
    """An opening, then sentences about five things, drawn with a fixed seed."""
    draw = random.Random(7)
    lines = ["2024年3月5日，市图书馆召开年度会议，部署读者服务、古籍保护、分馆建设、安全管理。"]
    lines += [
        f"{draw.choice(OPENINGS)}{'、'.join(draw.sample(WORDS, 5))}。" for _ in range(count - 1)
    ]
    return document_of("\n".join(lines))


@pytest.mark.parametrize("count", [1, 3, 6, 10])
def test_points_are_spans_of_the_document_in_order_without_repeats(count: int) -> None:
    document = report(40)
    chosen = select(sentences_of(document), embed, count)
    assert len(chosen) == count
    assert [item.span.slice(document.text) for item in chosen] == [item.text for item in chosen]
    starts = [item.span.start for item in chosen]
    assert starts == sorted(set(starts))


def test_the_opening_is_kept_and_points_spread_over_the_text() -> None:
    document = report(40)
    chosen = select(sentences_of(document), embed, 6)
    assert chosen[0].span.start == 0
    quarters = [item.span.start * 4 // len(document.text) for item in chosen]
    assert max(quarters.count(quarter) for quarter in range(4)) <= 3
    assert len(set(quarters)) >= 2


@pytest.mark.parametrize("other", ["", "The board asked each office to report on time to it."])
def test_a_sentence_said_twice_is_one_point(other: str) -> None:
    text = report(20).text
    chosen = select(sentences_of(document_of(f"{text}\n{other}\n{text}")), embed, 8)
    assert len({item.text for item in chosen}) == len(chosen) == 8


def test_a_short_document_is_taken_whole_and_an_empty_one_has_no_points() -> None:
    sentences = sentences_of(report(4))
    assert select(sentences, embed, 6) == sentences
    assert select([], embed, 6) == []
    fragments = sentences_of(document_of("短句。\n也短。"))
    assert select(fragments, embed, 6) == fragments


def test_choosing_is_the_same_every_time() -> None:
    sentences = sentences_of(report(30))
    assert select(sentences, embed, 6) == select(sentences, embed, 6)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("会议召开，部署任务。", ["会议召开，部署任务。"]),
        (
            f"{'甲' * 80}，{'乙' * 80}；{'丙' * 20}。",
            ["甲" * 80, f"{'乙' * 80}；{'丙' * 20}。"],
        ),
        (f"{'甲' * 100}1,000{'乙' * 100}。", [f"{'甲' * 100}1,000{'乙' * 100}。"]),
        (
            f"{'word ' * 50}end, {'next ' * 40}end.",
            [f"{'word ' * 50}end", f"{'next ' * 40}end."],
        ),
    ],
)
def test_long_sentences_are_cut_at_clauses(text: str, pieces: list[str]) -> None:
    assert [piece.text for piece in clauses(whole(text))] == pieces


def whole(text: str) -> Evidence:
    """All of a text as one sentence that starts at 7."""
    return Evidence(document_id="d", span=Span(start=7, end=7 + len(text)), text=text, score=0.0)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["会议部署任务", "２０２４年增长3.5%", "the board met", "𠮷野家"]),
            st.integers(1, 30),
            st.sampled_from(["，", "；", ", ", "：", "、", " "]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_clauses_have_exact_spans_in_order(parts: list[tuple[str, int, str]]) -> None:
    text = "".join(unit * count + mark for unit, count, mark in parts).strip() + "。"
    item = whole(text)
    pieces = clauses(item)
    source = "." * 7 + text
    assert [piece.span.slice(source) for piece in pieces] == [piece.text for piece in pieces]
    for before, after in pairwise(pieces):
        assert before.span.end <= after.span.start
    letters = "".join(character for character in text if character.isalnum())
    assert "".join(c for piece in pieces for c in piece.text if c.isalnum()) == letters
    if len(text) <= LONGEST:
        assert pieces == [item]


# Rendering them


def test_a_point_is_the_sentence_and_its_rendering_on_one_citation() -> None:
    llm = ScriptedLLM(GOOD, "Library work report")
    summary = summarize(CHINESE, llm)
    point = only(summary)
    assert (point.zh, point.en) == (CHINESE.text, GOOD)
    assert (point.verdict, point.reason) == ("supported", "")
    (citation,) = point.citations
    assert citation.quote == citation.span.slice(CHINESE.text)
    assert (summary.title_zh, summary.title_en) == ("图书馆工作报告", "Library work report")
    assert (summary.sentences_read, summary.sentences_total) == (1, 1)
    assert (summary.mode, summary.model, summary.notes) == ("openai", "scripted", ())
    assert llm.left == 0


def test_an_english_document_is_rendered_in_chinese() -> None:
    llm = ScriptedLLM("港口委员会5月3日开会，通过了五项港口任务。", "港口报告")
    summary = summarize(ENGLISH, llm)
    point = only(summary)
    assert (point.en, point.zh) == (ENGLISH.text, "港口委员会5月3日开会，通过了五项港口任务。")
    assert (point.verdict, point.reason) == ("supported", "")
    assert (summary.title_en, summary.title_zh) == ("Harbour report", "港口报告")
    assert "中文" in llm.sent[0][0]["content"]
    assert llm.sent[0][-1]["content"] == ENGLISH.text


def test_a_traditional_document_is_a_chinese_one() -> None:
    document = document_of("會議於3月5日部署了八項重點任務，要求年底前完成。", title="工作報告")
    point = only(summarize(document, ScriptedLLM(GOOD, "Work report")))
    assert (point.zh, point.en, point.verdict) == (document.text, GOOD, "supported")


@pytest.mark.parametrize(
    ("document", "wrong", "right", "named"),
    [
        (CHINESE, GOOD.replace("eight", "nine"), GOOD, "nine"),
        (CHINESE, GOOD.replace("5 March", "6 March"), GOOD, "6 March"),
        (CHINESE, GOOD.replace("On 5 March the", "The"), GOOD, "March 5"),
        (ENGLISH, "委员会5月3日开会，通过六项任务。", "委员会5月3日开会，通过五项任务。", "六"),
        (ENGLISH, "委员会开会，通过五项任务。", "委员会5月3日开会，通过五项任务。", "3 May"),
    ],
)
def test_wrong_values_are_tried_once_more_then_labelled(
    document: Document, wrong: str, right: str, named: str
) -> None:
    llm = ScriptedLLM(wrong, right, "Title 标题")
    point = only(summarize(document, llm))
    assert right in (point.zh, point.en)
    assert (point.verdict, point.reason) == ("supported", "")
    assert len(llm.sent[1][0]["content"]) > len(llm.sent[0][0]["content"])

    llm = ScriptedLLM(wrong, wrong, "Title 标题")
    point = only(summarize(document, llm))
    assert wrong in (point.zh, point.en)
    assert point.verdict == "unsupported"
    assert named in point.reason
    assert len(llm.sent) == 3


@pytest.mark.parametrize(
    ("document", "reply", "reason"),
    [
        (CHINESE, GOOD.replace("key tasks", "重点 tasks"), "leaves Chinese words"),
        (CHINESE, CHINESE.text, "did not write in the language"),
        (ENGLISH, ENGLISH.text, "did not write in the language"),
        (CHINESE, "", "wrote nothing"),
        (ENGLISH, " \n", "wrote nothing"),
    ],
)
def test_a_rendering_in_the_wrong_language_is_labelled(
    document: Document, reply: str, reason: str
) -> None:
    point = only(summarize(document, ScriptedLLM(reply, "Work report 报告")))
    assert point.verdict == "unsupported"
    assert reason in point.reason
    if not reply.strip():
        assert None in (point.zh, point.en)


def test_a_rendering_that_means_something_else_is_labelled() -> None:
    summarizer = Summarizer(
        embed=embed, similarity=similarity, llm=ScriptedLLM("Penguins swim.", "x")
    )
    point = only(summarizer.summarize(CHINESE, sentences_of(CHINESE)))
    assert point.verdict == "unsupported"
    assert "closely enough" in point.reason


@pytest.mark.parametrize("document", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_without_a_model_the_other_language_is_none_and_a_note_says_so(document: Document) -> None:
    summary = summarize(document, None)
    point = only(summary)
    both = {"zh": (point.zh, summary.title_zh), "en": (point.en, summary.title_en)}
    assert both[document.language] == (document.text, document.title)
    assert both["en" if document.language == "zh" else "zh"] == (None, None)
    assert point.verdict == "supported"
    assert (summary.mode, summary.model) == ("extractive", "")
    assert any("No LLM is in use" in note and "留空" in note for note in summary.notes)


@pytest.mark.parametrize(
    "reply", [f'"{GOOD}"', f"“{GOOD}”", f"Translation: {GOOD}", f"译文：{GOOD}", f"{GOOD}\n"]
)
def test_wrappings_of_a_rendering_are_taken_off(reply: str) -> None:
    assert only(summarize(CHINESE, ScriptedLLM(reply, "Report"))).en == GOOD


def test_the_title_is_not_a_point_and_the_place_in_a_list_is_not_translated() -> None:
    document = document_of(
        "图书馆工作报告\n三是在各分馆增加少儿读物并定期检查书架。", title="图书馆工作报告"
    )
    llm = ScriptedLLM("Add books for children in every branch and check shelves.", "Report")
    point = only(summarize(document, llm))
    assert point.zh == "三是在各分馆增加少儿读物并定期检查书架。"
    assert llm.sent[0][-1]["content"].startswith("在各分馆")


def test_a_failing_endpoint_keeps_nothing_of_the_document() -> None:
    llm = ScriptedLLM(GOOD, ["Lib", EndpointUnreachable("It is down.", "Start it.")])
    with pytest.raises(EndpointError, match="down"):
        summarize(CHINESE, llm)


def test_progress_counts_the_points() -> None:
    seen: list[tuple[int, int]] = []
    document = report(30)
    Summarizer(embed=embed, similarity=similarity, llm=None).summarize(
        document,
        sentences_of(document),
        points=4,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(0, 4), (1, 4), (2, 4), (3, 4)]


@pytest.mark.parametrize(
    ("sentence", "rendering", "lost"),
    [
        ("增长3%，投入5亿元。", "It grew 3% with 500 million yuan.", ""),
        ("增长3%，投入5亿元。", "It grew with 500 million yuan.", "3%"),
        ("2024年3月5日召开。", "It met on 5 March 2024.", ""),
        ("It met in 2024.", "会议于2024年召开。", ""),
        ("It met in 2024.", "会议召开。", "2024"),
        ("一是加强监管。", "Strengthen supervision.", ""),
    ],
)
def test_lost_values_are_named(sentence: str, rendering: str, lost: str) -> None:
    assert lost_values(sentence, rendering) == lost


@pytest.mark.parametrize("context", [1100, 2048, 8192])
@pytest.mark.parametrize("unit", ["会议部署任务", "the board met "])
def test_a_rendering_never_exceeds_the_context(unit: str, context: int) -> None:
    document = document_of(unit * 300, title="报告")
    llm = ScriptedLLM(*["x"] * 20, context_tokens=context)
    summarize(document, llm, points=1)
    for messages, most in zip(llm.sent, llm.max_tokens, strict=True):
        assert most <= TRANSLATION_TOKENS
        assert count_messages(messages) + most <= context


@pytest.mark.models
def test_the_embedded_models_write_both_languages() -> None:
    embedder = E5Embedder(models_directory())

    def cosines(text: str, others: Sequence[str]) -> list[float]:
        vectors = embedder([text, *others])
        return [float(vector @ vectors[0]) for vector in vectors[1:]]

    llm = open_llm(
        "llama",
        base_url=None,
        api_key=None,
        model=None,
        timeout=60.0,
        retries=0,
        context_tokens=8192,
        models_directory=models_directory(),
    )
    summarizer = Summarizer(
        embed=lambda texts: np.stack(embedder(list(texts))), similarity=cosines, llm=llm
    )
    point = only(summarizer.summarize(CHINESE, sentences_of(CHINESE)))
    assert point.zh == CHINESE.text
    assert point.en
    assert (point.verdict == "supported") is (point.reason == "")
    if point.verdict == "supported":
        assert "eight" in point.en.lower() or "8" in point.en
