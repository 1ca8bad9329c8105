"""Documents side by side: what they share, what changed, what stands in one alone."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.comparing import ALONE, Comparison, compare, named_documents, sides_named
from rag.errors import InputError
from rag.planning.holdings import Holdings
from rag.records import Document, Evidence
from tests.answering_helpers import document_of, sentences_of
from tests.cli_helpers import here
from tests.reports import REPORTS
from tests.test_plans import HOLDINGS


def first(sentences: Sequence[Evidence], count: int) -> Sequence[Evidence]:
    return sentences[:count]


def compared(*texts: str, titles: Sequence[str] = ()) -> Comparison:
    documents = [
        document_of(text, key=f"d{number}", title=titles[number] if titles else "")
        for number, text in enumerate(texts)
    ]
    held = {document.id: sentences_of(document) for document in documents}
    return compare(documents, held.__getitem__, first)


def said(places: Sequence[Evidence]) -> list[str]:
    return [one.text for one in places]


SHARED = [
    ("工作中坚持以读者为中心。", "工作中坚持以读者为中心。"),
    ("工作中坚持以读者为中心。", "工作中堅持以讀者為中心。"),
    ("全年借书12.5万册次，读者增加。", "全年借书１２.５万册次，读者增加。"),
    ("The board met in Oslo on 3 May.", "The board met in Oslo on 3 May."),
    ("The 委员会 met and 通过了预算报告。", "The 委员会 met and 通過了預算報告。"),
]


@pytest.mark.parametrize(("one", "other"), SHARED)
def test_sentences_in_both_whatever_their_script_and_width(one: str, other: str) -> None:
    found = compared(f"开头的话就是这样。\n{one}", f"{other}\n结尾的话不是那样。")
    (shared,) = found.shared
    assert said(shared.places) == [one, other]
    assert found.changed == ()


CHANGED = [
    ("全年借书12.5万册次，读者增加。", "全年借书14.8万册次，读者增加。", ("12.5万",), ("14.8万",)),
    ("會議部署了七項重點任務。", "会议部署了八项重点任务。", ("七",), ("八",)),
    (
        "The harbour handled 4.1 million tonnes of cargo.",
        "The harbour handled 4.4 million tonnes of cargo.",
        ("4.1 million tonnes",),
        ("4.4 million tonnes",),
    ),
    ("馆长陈立群在年度总结会上作报告。", "馆长周敏在年度总结会上作报告。", (), ()),
    ("会议于3月1日在北京召开。", "会议于3月5日在北京召开。", ("3月1日",), ("3月5日",)),
]


@pytest.mark.parametrize(("before", "after", "gone", "come"), CHANGED)
def test_changed_sentences_with_the_values_that_differ(
    before: str, after: str, gone: tuple[str, ...], come: tuple[str, ...]
) -> None:
    found = compared(f"无关的一句开头。\n{before}", f"{after}\n另外一句结尾话。")
    (changed,) = found.changed
    assert (changed.before.text, changed.after.text) == (before, after)
    assert (changed.values_before, changed.values_after) == (gone, come)
    assert found.shared == ()
    assert [said(one.points) for one in found.alone] == [["无关的一句开头。"], ["另外一句结尾话。"]]


def test_a_title_and_crumbs_are_no_points() -> None:
    texts = [
        "2023年工作报告\n短。\n坚持以读者为中心不动摇。",
        "2024年工作报告\n短。\n加强基层队伍的建设。",
    ]
    found = compared(*texts, titles=["2023年工作报告", "2024年工作报告"])
    assert (found.shared, found.changed) == ((), ())
    assert [one.total for one in found.alone] == [1, 1]


def test_of_three_documents_each_place_is_named_and_later_ones_are_compared_too() -> None:
    formula = "工作中坚持以读者为中心。"
    found = compared(
        f"{formula}\n借书12万册次就是这样。",
        f"{formula}\n此外没有什么可说。",
        f"{formula}\n借书15万册次就是这样。",
    )
    (shared,) = found.shared
    assert [one.document_id for one in shared.places] == ["d0", "d1", "d2"]
    (changed,) = found.changed
    assert (changed.before.document_id, changed.after.document_id) == ("d0", "d2")


def test_what_stands_alone_is_counted_whole_and_shown_in_part() -> None:
    many = "\n".join(
        f"第{number}个不同的话题是园艺工作{number * 7919}。" for number in "一二三四五六七八九"
    )
    found = compared(many.replace("园艺", "水利"), "完全不相干的另一篇文章内容。")
    assert found.alone[0].total >= len(found.alone[0].points)
    assert len(found.alone[0].points) <= ALONE


def test_languages_of_the_documents_are_told() -> None:
    found = compared("会议部署了八项重点任务。", "The meeting set eight key tasks.")
    assert found.languages == ("en", "zh")
    assert (found.shared, found.changed) == ((), ())


@given(st.lists(st.sampled_from("甲乙丙丁戊己庚辛"), min_size=1, max_size=8, unique=True))
def test_a_document_shares_all_with_itself(letters: list[str]) -> None:
    text = "\n".join(f"{letter}方面的工作{letter * 6}都完成了。" for letter in letters)
    found = compared(text, text)
    assert len(found.shared) == len(letters)
    assert (found.changed, [one.total for one in found.alone]) == ((), [0, 0])


def test_one_document_is_nothing_to_compare() -> None:
    document = document_of("只有一份。")
    with pytest.raises(InputError, match="nothing to compare"):
        compare([document], lambda _: sentences_of(document), first)
    with pytest.raises(InputError, match="nothing to compare"):
        sides_named({"2022": ["a"]}, "谁？", HOLDINGS)


def test_a_year_names_the_documents_about_it_alone() -> None:
    def no_document(name: str) -> Document:
        return replace(document_of("x"), id=name)

    assert set(named_documents("2022", HOLDINGS, no_document)) == {
        "library-2022.txt",
        "centre-2022.txt",
        "harbour-2022.txt",
    }
    assert named_documents("a.txt", HOLDINGS, no_document) == ["a.txt"]
    with pytest.raises(InputError, match="No document is about 2018 alone") as raised:
        named_documents("2018", HOLDINGS, no_document)
    assert "2019, 2021" in raised.value.hint
    with pytest.raises(InputError, match="no year"):
        named_documents("2018", Holdings([]), no_document)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, "utf-8")
    ingested = here("ingest", folder, "--library", folder / "held")
    assert ingested.code == 0, ingested.err
    return folder / "held"


def test_the_command_puts_documents_side_by_side(reports: Path) -> None:
    names = ("library-2021.txt", "library-2022.txt")
    found = here("compare", *names, "--library", reports, "--json")
    assert found.code == 0, found.err
    assert [Path(one["path"]).name for one in found.json["documents"]] == list(names)
    quotes = [one["quote"] for places in found.json["shared"] for one in places]
    assert quotes.count("工作中坚持以读者为中心，不断提高服务水平。") == 2
    budget = next(one for one in found.json["changed"] if "经费总额" in one["before"]["quote"])
    assert budget["before"]["values"] == ["860万元", "210万元"]
    assert budget["after"]["values"] == ["840万元", "195万元"]
    shown = here("compare", *names, "--library", reports)
    assert "工作中坚持以读者为中心" in shown.out
    assert "[860万元, 210万元]" in shown.out
    assert "改动的句子" in shown.out


def test_the_command_compares_years_on_a_question(reports: Path) -> None:
    question = ("--question", "接待读者多少人次？", "--mode", "extractive")
    found = here(
        "compare", "library-2021.txt", "library-2023.txt", *question, "--library", reports, "--json"
    )
    assert found.code == 0, found.err
    assert [side["answered"] for side in found.json["sides"]] == [True, True]
    said = " ".join(claim["text"] for claim in found.json["claims"])
    assert "31万人次" in said
    assert "45万人次" in said
    years = here("compare", "2019", "2022", "--question", "Who chaired the board?", "--mode",
                 "extractive", "--library", reports)  # fmt: skip
    assert all(words in years.out for words in ("2019:", "Ingrid Dahl", "Tomas Berg"))


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["library-2021.txt"], "nothing to compare"),
        (["2018", "2022"], "No document is about 2018"),
        (["none.txt", "2022"], "is not in the library"),
    ],
)
def test_names_that_fit_nothing_are_one_clear_line(
    reports: Path, names: list[str], message: str
) -> None:
    found = here("compare", *names, "--library", reports)
    assert found.code == 1
    assert message in found.only_line()


def test_what_was_understood_is_shown_and_can_be_left_out(reports: Path) -> None:
    asked = (
        "ask",
        "东岭市图书馆2022年的经费总额是多少？",
        "--library",
        reports,
        "--mode",
        "extractive",
    )
    found = here(*asked, "--json").json
    assert [(one["key"], one["role"], one["documents"]) for one in found["understood"]] == [
        ("publisher:东岭市图书馆", "filter", 3),
        ("year:2022", "filter", 1),
    ]
    assert (found["missing"], found["sides"]) == ({}, [])
    fewer = here(*asked, "--without", "year:2022", "--json").json
    assert [one["key"] for one in fewer["understood"]] == ["publisher:东岭市图书馆"]
    assert here(*asked, "--plain", "--json").json["understood"] == []
    assert "only 2022年 (1)" in here(*asked).err
    missing = here("ask", "东岭市图书馆2020年借书多少册次？", "--library", reports, "--mode",
                   "extractive", "--json").json  # fmt: skip
    assert missing["missing"] == {"years": [2020], "nearest_years": [2021]}
    hits = here(
        "search", "东岭市图书馆2022年的经费", "-k", "2", "--library", reports, "--json"
    ).json
    assert hits["understood"][0]["label"] == "东岭市图书馆"
    assert Path(hits["hits"][0]["document"]).name == "library-2022.txt"
