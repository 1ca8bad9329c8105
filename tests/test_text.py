"""Folding, language, sentences and search terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text import (
    content_terms,
    detect_language,
    fold,
    is_traditional,
    search_terms,
    sentence_spans,
)

MIXED = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "生态环境部國會。！？；，、：“”（）「」 \n\t\u3000\u00a0|-#.!?;,:()\"'0123AbcİßŁ…—"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=300,
)


def sentences(text: str) -> list[str]:
    return [span.slice(text) for span in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("國會環境", "国会环境"),
        ("国会环境", "国会环境"),
        ("ＰＭ２．５，（Ｏ３）", "pm2.5,(o3)"),
        ("PM2.5", "pm2.5"),
        ("「兩個確立」『美麗』", '"两个确立""美丽"'),
        ("“two”‘one’", "\"two\"'one'"),
        ("第一条\u3000为了\u00a0x", "第一条 为了 x"),
        ("ÉCOLE Straße", "école straße"),
        ("PLAIN ascii", "plain ascii"),
        ("\uf900", "岂"),
        ("陝西、陜西、陕西", "陕西、陕西、陕西"),
        ("隨著、著作", "随著、著作"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(MIXED)
def test_fold_keeps_every_offset_and_is_stable(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("会议确定了哪些任务？", "zh"),
        ("會議確定了哪些任務？", "zh"),
        ("OpenAI 的 GPT-4 价格是多少？", "zh"),
        ("Azure OpenAI Service 价格", "zh"),
        ("“What is to be done” 是什么意思", "zh"),
        ("The Economist 对中国的看法是什么", "zh"),
        ("What is 新质生产力?", "en"),
        ("Who proposed 人与自然和谐共生的现代化?", "en"),
        ('What does "绿水青山就是金山银山" mean?', "en"),
        ("Explain 新质生产力", "en"),
        ("How many tasks are there?", "en"),
        ("2026", "en"),
        ("会议强调，2024年是新中国成立75周年。" * 30 + "The PM2.5 figure is " * 10, "zh"),
        ("The meeting was held in Beijing by the ministry (生态环境部). " * 30, "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "traditional"),
    [("國家環境會議", True), ("国家环境会议", False), ("plain English", False), ("中文", False)],
)
def test_script(text: str, traditional: bool) -> None:
    assert is_traditional(text) is traditional


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "会议指出。要落实！好吗？好", ["会议指出。", "要落实！", "好吗？", "好"], id="zh"
        ),
        pytest.param(
            "會議說：“要落實。”他說。", ["會議說：“要落實。”", "他說。"], id="closing-quote"
        ),
        pytest.param(
            "（详见附件。）下一句。", ["（详见附件。）", "下一句。"], id="closing-bracket"
        ),
        pytest.param("真的吗?真的!好", ["真的吗?", "真的!", "好"], id="half-width-marks"),
        pytest.param("一是督察。二是执法。", ["一是督察。", "二是执法。"], id="items"),
        pytest.param("敢當?shù)隊伍。", ["敢當?shù)隊伍。"], id="damage-is-no-question"),
        pytest.param("见 https://x.cn/a?b=1 页。", ["见 https://x.cn/a?b=1 页。"], id="address"),
        pytest.param(
            "The U.S. Government met Dr. Smith on Jan. 5. It agreed on No. 5 and 3.5 percent.",
            [
                "The U.S. Government met Dr. Smith on Jan. 5.",
                "It agreed on No. 5 and 3.5 percent.",
            ],
            id="abbreviations",
        ),
        pytest.param(
            "It is in the U.S. The rest follows.",
            ["It is in the U.S.", "The rest follows."],
            id="abbreviation-may-end",
        ),
        pytest.param("“We will,” he said. “Now.” Then", ["“We will,” he said.", "“Now.”", "Then"]),
        pytest.param("He used e.g. Fig. 3 here.", ["He used e.g. Fig. 3 here."], id="eg"),
        pytest.param("1. Introduction to it\n2. Method", ["1. Introduction to it", "2. Method"]),
        pytest.param("COP15 结束. 下一步 work.", ["COP15 结束.", "下一步 work."], id="mixed"),
        pytest.param("| a | b. C |\n|---|---|", ["| a | b. C |", "|---|---|"], id="table"),
        pytest.param("- one. Two\n- three", ["- one.", "Two", "- three"], id="bullets"),
        pytest.param("标题\n正文第一句。", ["标题", "正文第一句。"], id="heading"),
        pytest.param(" \n\u3000\n", [], id="blank"),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_lines_wrapped_at_a_margin_are_one_sentence() -> None:
    english = (
        "The authority may hand allowances out at no charge, usually according to a\n"
        "benchmark for each unit of product, or it may sell them, usually by an\n"
        "auction. A system that does both is called mixed.\n\nHEADING\nNew text."
    )
    assert [len(part.split("\n")) for part in sentences(english)] == [3, 1, 1, 1]
    chinese = (
        "一行一行排印的文字往往在页边断开而句子并没有完\n"
        "结所以读的时候要把它们重新接起来才能看出一句话\n到哪里为止。"
    )
    assert sentences(chinese) == [chinese]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("The chair of the meeting in that year was Vice Minister Guo\nFang, who was there.", True),
        ("Of these regions seven speak aloud, and in three programmes\nthree provinces stand as "
         "well, which is more than in any other of the years before.", True),
        ("- In the third column write the page of the document on which\n  you found it.", True),
        ("The harbour opens after a long winter, says the authority\nFishing boats left at dawn\n"
         "Ferries wait for the ice", False),
        ("Short line\nthat goes on.", False),
        ("The harbour opens after a long winter, says the authority\n\nwithout a licence.", False),
        ("The first of the items is longer than the line it stands on\n- second item.", False),
        ("该市公布了年度港口疏浚计划的全部内容\n昨日开工。", False),
    ],
)  # fmt: skip
def test_english_lines_of_any_length_go_on_in_prose(text: str, joined: bool) -> None:
    assert any("\n" in part for part in sentences(text)) == joined


def test_long_chinese_sentence_is_cut_at_semicolons() -> None:
    clause = "要以改善环境质量为核心协同推进各项工作并且确保任务落到实处见到成效"
    text = "；".join([clause] * 5) + "。"
    parts = sentences(text)
    assert all(len(part) <= 120 for part in parts)
    assert "".join(parts) == text
    short = "一要学习；二要落实。"
    assert sentences(short) == [short]


def test_flattened_lines_are_cut_at_their_gaps() -> None:
    text = (
        "把握新阶段—— 当前工作仍处于压力叠加的关键时期 长期矛盾和短期问题相互交织需要持续用力 "
        "防治攻坚还存在认识不够深水平不够高成效不够稳等问题 要对标对表 目标基本实现并取得新的进步 "
        "二氧化碳排放达峰之前要打好基础 在新的阶段要有新的举措"
    )
    parts = sentences(text)
    assert "把握新阶段—— 当前工作仍处于压力叠加的关键时期" in parts
    assert "长期矛盾和短期问题相互交织需要持续用力" in parts
    assert sentences("短句 中间有空格。") == ["短句 中间有空格。"]


def test_nothing_passes_the_cap() -> None:
    assert max(map(len, sentences("无标点" * 1000))) <= 400
    assert max(map(len, sentences("word " * 1000))) <= 1200


@given(MIXED, st.integers(0, 20), st.integers(0, 300))
def test_sentences_hold_all_text_in_order(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    spans = sentence_spans(text, start, end)
    at = start
    for span in spans:
        assert at <= span.start < span.end <= end
        assert not text[at : span.start].strip()
        part = span.slice(text)
        assert part == part.strip()
        at = span.end
    assert not text[at:end].strip()


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("生态环境", ["生态", "态环", "环境"]),
        ("生態環境", ["生态", "态环", "环境"]),
        ("PM2.5浓度", ["pm2.5", "浓度"]),
        ("ＣＯＰ１５大会", ["cop15", "大会"]),
        ("58.74万家", ["58.74", "万家"]),
        ("1,000家", ["1000", "家"]),
        ("The policies, measures and processes", ["the", "policy", "measure", "and", "process"]),
        ("China's analysis of gas basis", ["china", "analysis", "of", "gas", "basis"]),
        ("U.S. policy on e5-small", ["us", "policy", "on", "e5", "small"]),
        ("", []),
    ],
)
def test_search_terms(text: str, terms: list[str]) -> None:
    assert search_terms(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("会议有哪些任务？", ["会议", "任务"]),
        ("會議有哪些任務？", ["会议", "任务"]),
        ("请问什么是新质生产力", ["新质", "质生", "生产", "产力"]),
        ("目的是了解申请", ["目的", "了解", "解申", "申请"]),
        ("How many tasks does the meeting list?", ["task", "meeting"]),
        ("What is PM2.5 的浓度?", ["pm2.5", "浓度"]),
    ],
)
def test_content_terms(text: str, terms: list[str]) -> None:
    assert content_terms(text) == terms


@given(MIXED)
def test_terms_are_folded_and_not_blank(text: str) -> None:
    for term in search_terms(text):
        assert term
        assert fold(term) == term
    assert search_terms(text) == search_terms(fold(text))
