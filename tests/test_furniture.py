"""Page furniture goes, whatever page it comes from, and nothing of the text goes with it."""

import random
import re
from types import ModuleType

import pytest

from rag.cleaning import REASONS, Cleaned, clean
from rag.records import Mark
from tests import furniture_development, furniture_fresh, furniture_heldout
from tests.furnished_pages import REPAIRS, Page, Text, by_script, furnish, measure, wrap
from tests.plain_texts import PLAIN_TEXTS

TEXTS = tuple(
    Text(script, title, "\n".join(PLAIN_TEXTS[name] for name in names).split("\n"))
    for script, title, names in (
        ("hans", "临湖市第一季度水质与湿地保护报告", ("news", "report", "law")),
        ("hans", "网站管理与植树活动通知汇编", ("about websites", "notice")),
        ("hans", "老城墙修复完成后的湖边生活", ("captions", "fiction", "news")),
        ("hant", "污水廠擴建與淨灘活動公告", ("Traditional news", "Traditional notice")),
        ("en", "Consent notices, recipes and a harbour", ("privacy article", "recipe", "obituary")),
        (
            "en",
            "The lake and the board in their long year",
            ("contents", "letter", "privacy article"),
        ),
    )
)


def taken(cleaned: Cleaned) -> list[tuple[str, str]]:
    return [(each.reason, each.text) for each in cleaned.removals if each.reason not in REPAIRS]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("name", PLAIN_TEXTS)
def test_a_text_without_a_page_around_it_loses_nothing(name: str, gap: str) -> None:
    assert taken(clean(PLAIN_TEXTS[name].replace("\n", gap))) == []


@pytest.mark.parametrize("blocks", [furniture_development, furniture_heldout])
def test_furniture_goes_and_content_stays(blocks: ModuleType) -> None:
    for script, score in by_script(TEXTS * 5, blocks, seed=1).items():
        assert score.left_share <= 0.02, (script, score.left_lines.most_common(5))
        assert score.lost_share <= 0.002, (script, score.lost_lines.most_common(5))


@pytest.mark.parametrize(("script", "left"), [("hans", 0.02), ("hant", 0.02), ("en", 0.1)])
def test_furniture_of_other_kinds_of_sites_takes_no_content(script: str, left: float) -> None:
    """Twelve kinds of sites; English ones leave contacts and appeals that read as the text's."""
    rng = random.Random(5)
    texts = [text for text in TEXTS if text.script == script]
    names = sorted(furniture_fresh.HEADS[script])
    pages = [wrap(text, furniture_fresh, name, name, rng) for text in texts for name in names]
    score = measure(pages)
    assert score.left_share <= left, score.left_lines.most_common(5)
    assert score.lost_share <= 0.002, score.lost_lines.most_common(5)


LISTS = [
    ("本周食堂菜单", ["红烧茄子", "清炒时蔬", "西红柿炒蛋", "冬瓜排骨汤", "米饭"]),
    ("今日菜單", ["紅燒茄子", "清炒高麗菜", "番茄炒蛋", "冬瓜湯", "白飯"]),
    ("Soup of the day", ["Lentil soup", "Fish pie", "Apple crumble", "Green salad", "Bread"]),
]


@pytest.mark.parametrize(("title", "items"), LISTS)
@pytest.mark.parametrize(
    ("head", "tail"),
    [
        (
            "首页 > 通知\n{}\n2024-03-05 10:00 来源：后勤处\n【打印】 【关闭】",
            "上一篇：停水\n关于我们 | 联系我们",
        ),
        (
            "登入 | 註冊\n{}\n發布日期：113-03-05\n列印 分享",
            "延伸閱讀\n連假旅遊人潮湧現\n瀏覽人次：1,234",
        ),
        (
            "Home > News\n{}\nPosted on: January 8, 2021\nPrint this page",
            "Related links\nAbout us\n© 2021 X",
        ),
    ],
)
def test_a_list_without_sentences_stays(title: str, items: list[str], head: str, tail: str) -> None:
    body = "\n".join(items)
    assert clean(f"{head.format(title)}\n{body}\n{tail}").text == f"{title}\n{body}"


def test_a_measure_that_counts_what_is_left_and_lost() -> None:
    page = Page()
    page.add("tail: x", "Some words that nothing marks")
    page.add("", "广告")
    score = measure([page])
    assert (score.furniture, score.left) == (25, 25)
    assert (score.content, score.lost) == (2, 2)


@pytest.mark.parametrize("blocks", [furniture_development, furniture_heldout])
def test_every_reason_is_explained_and_can_be_switched_off(blocks: ModuleType) -> None:
    rng = random.Random(2)
    for text in TEXTS:
        raw = furnish(text, blocks, rng).raw
        reasons = {each.reason for each in clean(raw).removals}
        assert reasons <= set(REASONS)
        for reason in reasons:
            assert reason not in {each.reason for each in clean(raw, disabled={reason}).removals}


def test_reasons_are_said_in_both_languages() -> None:
    for meaning in REASONS.values():
        assert re.search("[\u4e00-\u9fff]", meaning.zh)
        assert re.fullmatch("[ -~]+", meaning.en)


def test_a_line_put_back_stays() -> None:
    raw = wrap(TEXTS[0], furniture_heldout, "city portal", "wechat", random.Random(3)).raw
    for reason, line in taken(clean(raw)):
        if reason != "repeated_title":
            assert line in clean(raw, kept=[line]).text


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("首页 > 要闻\n湖上修桥完工_某某新闻网\n湖上修桥完工\n2024-03-05 10:00", "湖上修桥完工"),
        ("登入 | 註冊\n湖上修橋完工 | 某某報\n湖上修橋完工\n2024-03-05 10:00", "湖上修橋完工"),
        ("Home > News\nBridge is done | The Post\nBridge is done\n5 March 2024", "Bridge is done"),
    ],
)
def test_a_title_with_the_name_of_the_site_is_the_title_said_twice(head: str, title: str) -> None:
    body = "湖上的桥昨日修好，市民可以步行过湖。The bridge over the lake was opened yesterday."
    assert clean(f"{head}\n\n{body}").text == f"{title}\n\n{body}"


SENTENCES = [
    "市政府昨日召开会议，部署明年的污水治理工作，要求各区按月报",
    "告进展，并公布结果。第二部分讨论了经费与人员的安排，并决定",
    "由水务局负责落实。",
    "一、总体要求",
    "坚持问题导向，分类施策，统筹推进，做到责任到人、措施到位。",
    "二、附则",
    "本办法自发布之日起施行，由水务局负责解释，原办法同时废止。",
]


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("临湖市水务局年度报告", "第 {n} 页 共 4 页"),
        ("臨湖市水務局 {n}", ""),
        ("", "- {n} -"),
        ("Annual report 2024", "Page {n} of 4"),
        ("2024年度报告", "{n}"),
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_headers_and_footers_of_pages_go(head: str, foot: str, marked: bool) -> None:
    pages = [
        "\n".join(filter(None, [head.format(n=n), *SENTENCES[at : at + 2], foot.format(n=n)]))
        for n, at in enumerate(range(0, len(SENTENCES), 2), 1)
    ]
    raw = ("\n\n" if marked else "\n\f").join(pages)
    starts = [sum(len(page) + 2 for page in pages[:n]) for n in range(len(pages))]
    marks = [Mark(start=at, kind="page", label=str(n)) for n, at in enumerate(starts, 1)]
    cleaned = clean(raw, marks=marks if marked else ())
    kept = "".join(cleaned.text.split())
    assert kept == "".join("".join(SENTENCES).split())
    assert {reason for reason, _ in taken(cleaned)} <= {
        "page_header",
        "page_footer",
        "page_number",
    }
    assert "并决定\n\n由水务局" not in cleaned.text


def test_headings_at_the_top_of_pages_are_no_headers() -> None:
    pages = [f"Article {n}\nThe owner of lake {n} shall keep its shore clean." for n in range(1, 7)]
    raw = "\n\f".join(pages)
    assert taken(clean(raw)) == []


@pytest.mark.parametrize(
    "line", ["[" * 320, "> " * 150, "a | " * 75, "回复 " * 100, "1 " * 150, "（" * 300, "/ " * 150]
)
def test_strange_lines_are_judged(line: str) -> None:
    assert clean(f"{line}\n某地昨日召开会议，部署工作。\n{line}").text
