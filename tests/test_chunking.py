"""Packing sentences into passages."""

import random
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import given, settings
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


def test_a_repeated_sentence_is_shared_evenly() -> None:
    sentence = "会议要求全面落实各项重点任务并且持续改善环境质量。"
    text = sentence * 23
    sizes = [estimate_tokens(passage.text) for passage in chunk("d", text, max_tokens=100)]
    assert max(sizes) <= 100
    assert min(sizes) > max(sizes) / 2


WORDS = {
    "zh": ("会议强调", "生態環境", "碳市场", "督察整改", "2024年", "水质", "百分之九十", "并且"),
    "en": ("meeting ", "carbon market ", "rivers ", "in 2024 ", "inspection ", "the plan "),
}
WORDS["mixed"] = (*WORDS["zh"], *WORDS["en"])


def sentence(language: str, chance: random.Random) -> str:
    words = "".join(chance.choices(WORDS[language], k=chance.randint(4, 22)))
    return f"{words.strip().capitalize()}. " if language == "en" else f"{words.strip()}。"


def paragraphs(language: str, chance: random.Random, *, broken: bool) -> list[str]:
    """Long text as paragraphs of one to five sentences, or as one whose parts are sentences."""
    most = 5 if broken else 1
    return [
        "".join(sentence(language, chance) for _ in range(chance.randint(1, most)))
        for _ in range(60 if broken else 120)
    ]


def edited(parts: list[str], language: str, chance: random.Random) -> list[str]:
    """One part changed, put in or taken out."""
    at, kind = chance.randrange(len(parts)), chance.choice(("change", "insert", "delete"))
    fresh = [] if kind == "delete" else [sentence(language, chance)]
    return [*parts[:at], *fresh, *parts[at + (kind != "insert") :]]


def new_chunks(language: str, chance: random.Random, *, broken: bool) -> int:
    """Chunk texts that one edit makes and that were not there before."""
    parts = paragraphs(language, chance, broken=broken)
    joint = "\n\n" if broken else ""
    before = {passage.text for passage in chunk("d", joint.join(parts))}
    text = joint.join(edited(parts, language, chance))
    after = chunk("d", text)
    check_partition(text, after)
    return len({passage.text for passage in after} - before)


FORMS = [(language, broken) for language in WORDS for broken in (True, False)]
MOST_NEW = 6
"""New chunks that an edit of a paragraph may cost; the worst of 15,000 made edits cost 5."""


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(FORMS), st.integers(0, 2**32))
def test_an_edit_changes_only_chunks_near_it(form: tuple[str, bool], seed: int) -> None:
    language, broken = form
    assert new_chunks(language, random.Random(seed), broken=broken) <= MOST_NEW


@pytest.mark.parametrize(("language", "broken"), FORMS)
def test_an_edit_usually_changes_one_chunk_or_two(language: str, broken: bool) -> None:
    chance = random.Random(11)
    counts = [new_chunks(language, chance, broken=broken) for _ in range(60)]
    assert mean(counts) < 1.8
    assert sum(count > 3 for count in counts) <= 2


@pytest.mark.parametrize("language", WORDS)
def test_an_edit_elsewhere_leaves_what_is_embedded(language: str) -> None:
    """The heading above and the sentences of a chunk are all that go with it."""
    chance = random.Random(3)
    sections = [f"# 标题 Title {n}\n\n" + sentence(language, chance) * 3 for n in range(5)]
    before = [(p.heading, p.text) for p in chunk("d", "\n\n".join(sections))]
    sections[2] += sentence(language, chance)
    after = [(p.heading, p.text) for p in chunk("d", "\n\n".join(sections))]
    assert [at for at in range(5) if before[at] != after[at]] == [2]


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
