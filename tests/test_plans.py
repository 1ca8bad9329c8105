"""What a question names of a library: filters where that is sure, boosts, sides."""

import pytest

from rag.filters import Facts
from rag.periods import years_about
from rag.planning.holdings import Holdings, body_in, main_year
from rag.planning.plans import SearchPlan, read_plan
from rag.text import detect_language
from tests.reports import REPORTS


def facts_of(name: str, text: str, **known: object) -> Facts:
    title = text.split("\n")[0]
    values: dict[str, object] = {
        "id": name,
        "date": None,
        "event_date": None,
        "publisher": None,
        "language": detect_language(text),
        "kind": "report",
        "years": years_about(title, text),
        "title": title,
        "path": f"reports/{name}",
    }
    return Facts(**{**values, **known})  # type: ignore[arg-type]


EXTRA = [
    facts_of(
        "meeting-2024.txt",
        "2024年全国水务工作会议",
        event_date="2024-01-23",
        publisher="国家水务局",
        kind="meeting",
    ),
    facts_of("meeting-2025.txt", "2025年全国水务工作会议", event_date="2025-01-14", kind="meeting"),
    facts_of("brief.md", "Three winters: the 2024, 2025 and 2026 meetings side by side"),
]
HOLDINGS = Holdings([*(facts_of(name, text) for name, text in REPORTS.items()), *EXTRA])


def plan(question: str, **options: object) -> SearchPlan:
    return read_plan(question, HOLDINGS, **options)  # type: ignore[arg-type]


def roles(found: SearchPlan) -> dict[str, str]:
    return {one.key: one.role for one in found.understood}


UNDERSTOOD = [
    (
        "东岭市图书馆2022年的馆长是谁？",
        {"publisher:东岭市图书馆": "filter", "year:2022": "filter"},
        {"library-2022.txt"},
    ),
    (
        "東嶺市圖書館二〇二二年度的館長是誰？",
        {"publisher:东岭市图书馆": "filter", "year:2022": "filter"},
        {"library-2022.txt"},
    ),
    (
        "In the 2022 annual report of the Northport Harbour Board, how many ships called?",
        {"year:2022": "filter", "publisher:Northport Harbour Board": "filter"},
        {"harbour-2022.txt"},
    ),
    (
        "民國113年南港鎮新增多少自行車道？",
        {"year:2024": "filter", "publisher:南港鎮公所": "filter"},
        {"town-113.txt"},
    ),
    ("2025年水务会议部署了什么？", {"year:2025": "filter"}, {"meeting-2025.txt", "brief.md"}),
    ("２０２５年水務會議部署了什麼？", {"year:2025": "filter"}, {"meeting-2025.txt", "brief.md"}),
    ("2022年的经费是多少？", {"year:2022": "boost"}, None),
    ("2019年会议部署了什么？", {"year:2019": "filter"}, {"harbour-2019.txt"}),
    ("1999年会议部署了什么？", {"year:1999": "boost"}, None),
    (
        "《2024年全国水务工作会议》讲了什么？",
        {"document:meeting-2024.txt": "filter"},
        {"meeting-2024.txt"},
    ),
    (
        "《2025年全国水务工作会议》里2024年的供水是多少？",
        {"document:meeting-2025.txt": "filter", "year:2024": "boost"},
        {"meeting-2025.txt"},
    ),
    ("What does brief.md say of tasks?", {"document:brief.md": "filter"}, {"brief.md"}),
    (
        "英文资料里谁主持？",
        {"language:en": "filter"},
        {"harbour-2019.txt", "harbour-2022.txt", "brief.md"},
    ),
    ("国家水务局部署了什么？", {"publisher:国家水务局": "boost"}, None),
    (
        "根据国家水务局的文件，部署了什么？",
        {"publisher:国家水务局": "filter"},
        {"meeting-2024.txt"},
    ),
    ("1月23日的会议讲了什么？", {"date:--01-23": "boost"}, None),
    ("最近一次会议由谁主持？", {"year:2025": "boost"}, None),
    ("Who chaired the latest meeting?", {"year:2025": "boost"}, None),
    ("去年的会议讲了什么？", {}, None),
    ("What changed last year?", {}, None),
    ("开放时间？", {}, None),
]


@pytest.mark.parametrize(("question", "understood", "within"), UNDERSTOOD)
def test_what_a_question_names(
    question: str, understood: dict[str, str], within: set[str] | None
) -> None:
    found = plan(question)
    assert roles(found) == understood
    assert (set(found.within) if found.within else None) == within
    for one in found.understood:
        assert one.span.slice(question)
        assert one.documents or one.value == "1999"


@pytest.mark.parametrize(
    ("question", "searched", "core"),
    [
        ("最近一次会议由谁主持？", "2025年会议由谁主持？", ""),
        ("Who chaired the latest meeting?", "Who chaired the 2025 meeting?", ""),
        ("In the English documents, who chaired it?", "who chaired it?", "who chaired it?"),
        (
            "西河区文化馆2022年的经费总额是多少？",
            "西河区文化馆2022年的经费总额是多少？",
            "经费总额是多少？",
        ),
    ],
)
def test_what_is_searched_for(question: str, searched: str, core: str) -> None:
    found = plan(question)
    assert (found.text, found.core) == (searched, core)


def test_each_thing_can_be_left_out_or_all() -> None:
    question = "东岭市图书馆2022年的馆长是谁？"
    assert roles(plan(question, without=["year:2022"])) == {"publisher:东岭市图书馆": "filter"}
    without = plan(question, without=["publisher:东岭市图书馆", "year:2022"])
    assert (without.understood, without.within) == ((), None)
    assert plan(question, plain=True) == SearchPlan(text=question)
    compared = "2021年和2022年的经费有何不同？"
    assert not plan(compared, without=["year:2021"]).branches
    assert not plan(compared, plain=True).branches


SIDES = [
    ("东岭市图书馆2021年和2023年的经费有何不同？", "year", ["2021", "2023"], False),
    ("2021年到2023年东岭市图书馆的馆长是谁？", "year", ["2021", "2022", "2023"], False),
    ("東嶺市圖書館哪些年提到古籍？", "year", ["2021", "2022", "2023"], True),
    ("How did cargo at Northport change between 2019 and 2022?", "year",
     ["2019", "2020", "2021", "2022"], False),
    ("2022年东岭市图书馆和西河区文化馆的经费各是多少？", "publisher",
     ["东岭市图书馆", "西河区文化馆"], False),
    ("《2024年全国水务工作会议》与《2025年全国水务工作会议》有何不同？", "document",
     ["meeting-2024.txt", "meeting-2025.txt"], False),
    ("历次会议的任务有几项？", "year", ["2019", "2021", "2022", "2023", "2024", "2025"], True),
]  # fmt: skip


@pytest.mark.parametrize(("question", "kind", "values", "every"), SIDES)
def test_sides(question: str, kind: str, values: list[str], every: bool) -> None:
    found = plan(question)
    assert [branch.value for branch in found.branches] == values
    assert {branch.kind for branch in found.branches} == {kind}
    assert found.every is every
    for branch in found.branches:
        assert branch.own <= branch.within
        assert set(roles(found).values()) <= {"side", "filter"}


def test_the_sides_of_a_body_are_its_own_reports() -> None:
    branches = plan("东岭市图书馆2022年和2024年的经费各多少？").branches
    assert [set(branch.within) for branch in branches] == [{"library-2022.txt"}, set()]
    (library, centre) = plan("2022年东岭市图书馆和西河区文化馆的经费各是多少？").branches
    assert (set(library.within), set(centre.within)) == ({"library-2022.txt"}, {"centre-2022.txt"})
    assert (library.core, centre.core) == ("经费是多少？", "经费是多少？")


@pytest.mark.parametrize(
    "question", ["2030年前和2060年前的目标有何不同？", "2031年和2032年相比如何？"]
)
def test_years_far_from_any_report_make_no_sides(question: str) -> None:
    assert plan(question).branches == ()


def test_lifting_the_filters_keeps_what_was_understood() -> None:
    found = plan("东岭市图书馆2022年的馆长是谁？").lifted()
    assert found.within is None
    assert all(one.lifted for one in found.understood)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("东岭市图书馆2021年度工作报告", "东岭市图书馆"),
        ("南港鎮公所民國112年施政報告", "南港鎮公所"),
        ("生态环境部部署七项任务", "生态环境部"),
        ("Northport Harbour Board: annual report 2019", "Northport Harbour Board"),
        ("2024年全国水务工作会议", ""),
        ("Reading notes", ""),
    ],
)
def test_the_body_that_a_title_begins_with(title: str, body: str) -> None:
    assert body_in(title) == body


@pytest.mark.parametrize(
    ("title", "known", "year"),
    [
        ("2024年会议", {"years": (2024, 2023)}, 2024),
        ("The 2024 and 2025 meetings", {"years": (2025, 2024)}, None),
        ("会议召开", {"event_date": "2024-01", "years": (2024, 2023)}, 2024),
        ("会议召开", {"years": (2024,)}, 2024),
        ("会议召开", {"years": (2024, 2023)}, None),
        ("会议召开", {"years": (), "date": "2023-05-01"}, 2023),
        ("会议召开", {"years": ()}, None),
    ],
)
def test_the_year_a_document_is_sure_to_be_about(
    title: str, known: dict[str, object], year: int | None
) -> None:
    assert main_year(facts_of("a.txt", title, **known)) == year


def test_an_empty_library_understands_nothing() -> None:
    assert read_plan("2024年会议？", Holdings([])) == SearchPlan(text="2024年会议？")
