"""Questions about whole documents are told from others, and answered from every passage."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.points import select
from rag.records import Answer, Evidence
from rag.store import Store
from rag.whole.answers import SHOWN_ENTRIES, SHOWN_SENTENCES, WholeReader
from rag.whole.gathering import entries, occurrences
from rag.whole.questions import WholeQuestion, read_whole
from tests.answering_helpers import WordEmbedder, evidence_of, library

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.mark.parametrize(
    ("question", "kind", "term", "of"),
    [
        ("总结这份文件", "summary", "", None),
        ("請總結一下2024年的會議", "summary", "", None),
        ("《港口年报》主要讲了什么？", "summary", "", None),
        ("Summarise the 2024 meeting.", "summary", "", None),
        ("What is this report about?", "summary", "", None),
        ("全文提到多少次碳市场？", "count", "碳市场", None),
        ("“碳市场”在全文中出现了几次？", "count", "碳市场", None),
        ("How many times is the carbon market mentioned?", "count", "carbon market", None),
        ('How often does the word "plot" occur in this document?', "count", "plot", None),
        ("全文有没有提到ＰＭ２.５？", "mention", "ＰＭ２.５", None),
        ("资料库里提到过COP15吗？", "mention", "COP15", None),
        ("Does the report mention noise?", "mention", "noise", None),
        ("Is dioxin mentioned anywhere?", "mention", "dioxin", None),
        ("哪些文件提到了碳市场？", "mention", "碳市场", None),
        ("資料庫裡有哪幾份報告提到過“新三樣”？", "mention", "新三樣", None),
        ("ＰＭ２.５在哪些文件里出现过？", "mention", "ＰＭ２.５", None),
        ("Which documents mention the carbon market?", "mention", "carbon market", None),
        ("In which reports is COP15 mentioned?", "mention", "COP15", None),
        ("列出全文所有的日期", "list", "", "date"),
        ("把全文所有百分比列出来", "list", "", "percent"),
        ("整份报告提到了哪些会议？", "list", "", "meeting"),
        ("what are all the deadlines in this report", "list", "", "deadline"),
        ("List all the organisations named in the 2021 report", "list", "", "body"),
        ("列出全文所有提到“碳市场”的句子", "list", "碳市场", None),
        ("Find all sentences that mention carbon", "list", "carbon", None),
    ],
)
def test_whole_document_questions(question: str, kind: str, term: str, of: str | None) -> None:
    whole = read_whole(question)
    assert whole
    assert (whole.kind, whole.term, whole.of) == (kind, term, of)


@pytest.mark.parametrize(
    "question",
    [
        "总结2023年的成绩",
        "总结污染防治攻坚战的部署",
        "Summarise the measures against noise",
        "What is dredging about?",
        "列出2026年的重点任务",
        "2026年的所有任务是什么",
        "哪些年提到了碳市场？",
        "Which years mention the carbon market?",
        "哪份文件提到了谁主持开幕会？",
        "哪些文件提到了污染防治资金的来源？",
        "Which report mentions who chaired the opening?",
        "Which documents mention that the fine for late reports was raised?",
        "孙某有没有提到碳市场？",
        "Did the minister mention the carbon market?",
        "What are the tasks for 2026?",
        "2024年开了几次会？",
        "How many plots does the garden have?",
        "",
    ],
)
def test_other_questions_are_not_for_whole_documents(question: str) -> None:
    assert read_whole(question) is None


def test_no_sample_question_is_taken_for_one() -> None:
    rows = [
        json.loads(line) for line in (SEEDS / "questions.jsonl").read_text("utf-8").splitlines()
    ]
    assert not [row["question"] for row in rows if read_whole(row["question"])]


@pytest.mark.parametrize(
    ("term", "text", "count"),
    [
        ("碳市场", "碳市場和碳市场。", 2),
        ("PM2.5", "ＰＭ２.５与pm2.5，不是PM2.55。", 2),
        ("plot", "A plot, two plots, the plotting of a Plot.", 3),
        ("fine particles", "Fine\nparticles and fine  particles.", 2),
        ("新三样", "“新三样”退役。", 1),
        ("cat", "concatenate", 0),
    ],
)
def test_occurrences_are_counted_in_any_script_and_width(term: str, text: str, count: int) -> None:
    assert sum(n for _, n in occurrences([term], evidence_of(text))) == count


@pytest.mark.parametrize(
    ("of", "text", "labels"),
    [
        ("date", "1月14日至15日开会，2026年1月14日再议。", ["1月14日至15日", "2026年1月14日"]),
        ("percent", "消除98.2%，占百分之九十。", ["98.2%", "百分之九十"]),
        ("money", "投资3亿元 and NT$200,000.", ["3亿元", "NT$200,000"]),
        ("deadline", "2030年前达峰。2021年很热。", ["2030年"]),
        ("year", "2024年和民國113年。", ["2024"]),
        ("meeting", "学习二十届三中全会和COP15。", ["二十届三中全会", "COP15"]),
        ("body", "由生態環境部召集，老干部也到了。", ["生態環境部"]),
        (
            "law",
            "《核安全公约》与海洋环境保护法，the Clean Air Act.",
            ["《核安全公约》", "海洋环境保护法", "Clean Air Act"],
        ),
    ],
)
def test_lists_hold_everything_of_a_kind(of: str, text: str, labels: list[str]) -> None:
    found = [entry.label for entry in entries(of, evidence_of(text))]  # type: ignore[arg-type]
    assert found == labels


PAGES = "".join(
    f"第{n}段说了{n}%的港口情况，还有别的话要写在这里凑成一句。\n\n" for n in range(1, 41)
)
FILES = (
    (
        "2023.txt",
        "2023年读者大会纪要\n\n3月5日，市图书馆召开2023年读者大会，馆长主持。借书增长8%。",
    ),
    (
        "2024.txt",
        "2024年讀者大會紀要\n\n3月9日，市圖書館召開2024年讀者大會，館長主持。借書增長９％。",
    ),
    (
        "garden.md",
        "# Community garden\n\nThe garden has 40 plots. A plot costs 15 yuan a month.",
    ),
    ("港口.txt", f"港口年报\n\n{PAGES}"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = library(tmp_path, FILES, WordEmbedder())
    yield made
    made.close()


def ask(store: Store, question: str, **options: object) -> Answer:
    def pick(sentences: list[Evidence], count: int) -> list[Evidence]:
        return select(sentences, store.embed, count)

    whole = read_whole(question)
    assert whole
    *_, answer = WholeReader(store, pick).stream(question, whole, **options)  # type: ignore[arg-type]
    assert isinstance(answer, Answer)
    for citation in answer.citations:
        text = store.document(citation.document_id).text
        assert citation.quote == citation.span.slice(text)
    cited = {number for claim in answer.claims for number in claim.citations}
    assert cited == {citation.number for citation in answer.citations}
    return answer


def titled(store: Store, title: str) -> str:
    return next(one.id for one in store.documents() if title in one.title)


def test_a_count_is_exact_and_says_where(store: Store) -> None:
    answer = ask(store, "“读者大会”一共提到几次？")
    assert answer.answered
    assert answer.coverage
    assert answer.coverage.passages_read == sum(store.count_chunks().values())
    assert answer.coverage.documents == 4
    assert answer.coverage.found == answer.coverage.shown == 4
    assert "4次" in answer.claims[0].text
    assert "2023年读者大会纪要" in answer.claims[0].text


def test_what_is_nowhere_is_said_to_be_nowhere(store: Store) -> None:
    answer = ask(store, "Is dioxin mentioned anywhere?")
    assert answer.answered
    assert not answer.claims
    assert "not mentioned" in answer.text
    assert answer.coverage
    assert answer.coverage.found == 0
    assert str(answer.coverage.passages_total) in answer.text


def test_a_mention_in_the_other_language_is_found_by_the_glossary(store: Store) -> None:
    answer = ask(store, "Is the library mentioned anywhere?")
    assert answer.coverage
    assert answer.coverage.found


def test_a_long_list_is_cut_and_says_so(store: Store) -> None:
    answer = ask(store, "列出《港口年报》里所有的百分比")
    assert answer.coverage
    assert (answer.coverage.found, answer.coverage.shown) == (40, SHOWN_ENTRIES)
    assert "40个" in answer.claims[0].text
    assert str(SHOWN_ENTRIES) in answer.claims[0].text
    assert {one.document_id for one in answer.citations} == {titled(store, "港口")}
    sentences = ask(store, "列出所有提到“港口”的句子")
    assert len(sentences.citations) == SHOWN_SENTENCES


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("总结2024年的会议", "2024"),
        ("總結2023年的會議紀要", "2023"),
        ("Summarise “Community garden”", "garden"),
    ],
)
def test_a_summary_reads_the_document_that_is_named(
    store: Store, question: str, title: str
) -> None:
    answer = ask(store, question)
    assert answer.answered
    assert {one.document_id for one in answer.citations} == {titled(store, title)}
    assert answer.coverage
    assert answer.coverage.documents == 1


def test_this_document_is_the_one_at_hand_or_chosen(store: Store) -> None:
    garden = titled(store, "garden")
    answer = ask(store, "How many times does this report mention plots?", at_hand=[garden])
    assert answer.coverage
    assert answer.coverage.documents == 1
    chosen = ask(store, "全文有没有提到图书馆？", within=[garden])
    assert chosen.coverage
    assert (chosen.coverage.documents, chosen.coverage.found) == (1, 0)


def test_too_many_documents_are_not_summed_up(tmp_path: Path) -> None:
    files = [(f"{n}.txt", f"第{n}份记录\n\n这里记下第{n}天的天气和收成。") for n in range(8)]
    many = library(tmp_path, files, WordEmbedder())
    answer = ask(many, "总结全部文件")
    many.close()
    assert not answer.answered
    assert "8份" in answer.text


def test_too_many_passages_are_not_listed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.whole.answers.MOST_LISTED", 3)
    answer = ask(store, "List all the dates")
    assert not answer.answered
    assert "at most 3" in answer.text
    assert ask(store, "列出《Community garden》里所有的金额").answered
    assert ask(store, "How many times are plots mentioned?").answered


def test_what_is_looked_for_names_no_document(store: Store) -> None:
    answer = ask(store, "全文有没有提到2024年？")
    assert answer.coverage
    assert answer.coverage.documents == 4


def test_a_year_left_out_widens_the_reading(store: Store) -> None:
    question = "2024年的会议提到多少次图书馆？"
    narrow = ask(store, question)
    assert narrow.coverage
    assert narrow.coverage.documents == 1
    (year,) = [one.key for one in narrow.understood if one.kind == "year"]
    wide = ask(store, question, without=[year])
    assert wide.coverage
    assert wide.coverage.documents == 4


def test_a_question_of_every_kind_says_its_kind() -> None:
    assert read_whole("全文提到几次船？") == WholeQuestion(kind="count", term="船", this=True)
