"""Web pages: the text a reader sees, the parts set apart, and what the page says of itself."""
# ruff: noqa: E501

from collections.abc import Sequence
from types import ModuleType

import pytest

from rag.cleaning import REASONS, clean, raw_text
from rag.errors import EncodingError, InputError, YinjuError
from rag.loaders import extract
from rag.loaders.extracted import Aside, Extracted
from rag.loaders.html import load
from tests import web_pages, web_pages_held_out, web_pages_held_out_2, web_pages_held_out_3
from tests.web_articles import ARTICLES, LIST_ONLY, MEETING, NEWS, Article

PROSE = "<p>会议指出，去年全市新建改造供水管网一百八十六公里，城市内涝积水点减少了四十二处，群众用水更有保障。</p>"


def read(source: str) -> Extracted:
    return load(source.encode(), "'page.html'")


def lines(source: str) -> list[str]:
    return [line for line in read(source).text.split("\n") if line.strip()]


def cleaned(extracted: Extracted) -> str:
    return clean(extracted.text, asides=extracted.asides, marks=extracted.marks).text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>中<b>国</b>人<i>民</i></p>", ["中国人民"]),
        ("<p>one <b>two</b><i>three</i>\n four</p>", ["one twothree four"]),
        ("<p>第一行<br>第二行<br/><br>第三行", ["第一行", "第二行", "第三行"]),
        ("<h1>題目</h1><ul><li>甲<li>乙</ul><dl><dt>丙<dd>丁</dl>", ["題目", "甲", "乙", "丙", "丁"]),
        ("<p>a&nbsp;&lt;b&gt; &amp; &#x4e2d;&#22269; &copy; &hellip;", ["a\xa0<b> & 中国 © …"]),
        ("<p>x<script>1</script><style>p{}</style><template>t</template>y", ["xy"]),
        ("<p>看得见</p><p hidden>甲</p><p style='display: none'>乙</p>", ["看得见"]),
        ("<p>看得见</p><i aria-hidden=true>★</i><dialog>丙</dialog>", ["看得见"]),
        ("<p>a</p><div aria-hidden=true>" + "菜单 " * 200 + "</div>", ["a", ("菜单 " * 200).strip()]),
        ("<p>看得见</p><div aria-hidden=true style='display:none'>" + "菜" * 150 + "</div>", ["看得见"]),
        ("<p>seen<span class='sr-only'>read aloud</span></p>", ["seen"]),
        ("<p hidden=until-found>折叠</p><details><summary>更多</summary>细节</details>", ["折叠", "更多", "细节"]),
        ("<ruby>國<rp>(</rp><rt>guó</rt><rp>)</rp>家<rt>jiā</rt></ruby>", ["國(guó)家(jiā)"]),
        ("<pre>a\n  b\r\n c</pre>", ["a", "  b", " c"]),
        ("<x-story>甲</x-story><x-story>乙</x-story>", ["甲", "乙"]),
        ("<svg><title>t</title><text>图例</text></svg><math><mi>x</mi></math>", ["图例x"]),
        ("plain words, no markup", ["plain words, no markup"]),
        ("<p>会议总结了去年工作，研究部署了今年的重点\n   任务，并提出要求。</p>", ["会议总结了去年工作，研究部署了今年的重点任务，并提出要求。"]),
        ("<p>来源：新华网\n作者：张三</p>", ["来源：新华网 作者：张三"]),
        ("<p>English words\nwrapped <a href='#n'>here</a>.</p>", ["English words wrapped here."]),
        ("<frameset><noframes>x</noframes></frameset><p>y</p>", ["y"]),
        ("<p>a<!-- b --><?php c ?>d</p><![CDATA[e]]>", ["ad"]),
    ],
)  # fmt: skip
def test_a_reader_sees(source: str, expected: list[str]) -> None:
    assert lines(source) == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("<tr><th>区</th><th>年</th></tr><tr><td>甲</td><td>2024</td></tr>", ["区 | 年", "甲 | 2024"]),
        ("<tr><td><p>甲</p></td><td>1<br>2</td></tr><tr><td>乙</td><td>3</td></tr>", ["甲 | 1 2", "乙 | 3"]),
        ("<tr><th></th><th>2023</th></tr><tr><td>甲</td><td></td></tr>", ["| 2023", "甲"]),
        ("<tr><td>导航</td><td><p>正文一</p><p>正文二</p></td></tr>", ["导航", "正文一", "正文二"]),
        ("<tr><td>left</td><td><table><tr><td>in</td></tr></table></td></tr>", ["left", "in"]),
        ("<tr><td>a</td></tr><tr><td>b</td></tr>", ["a", "b"]),
    ],
)  # fmt: skip
def test_tables_of_data_keep_their_rows(table: str, expected: list[str]) -> None:
    assert lines(f"<table>{table}</table>") == expected


def test_a_reading_in_a_ruby_is_repaired_like_pinyin() -> None:
    source = "<p><ruby>國<rt>guó</rt></ruby><ruby>家<rt>jiā</rt></ruby>公園</p>" + PROSE
    assert "國家公園" in cleaned(read(source))


def test_a_page_that_hides_its_own_text_until_its_scripts_run_is_read() -> None:
    assert (
        "供水管网"
        in read(f"<div id=js_content style='visibility:hidden'>{PROSE}</div><p>阅读 12</p>").text
    )
    extracted = read(f"<div style='display:none'>{PROSE * 4}</div><p>Loading</p>")
    assert "供水管网" in extracted.text
    assert "scripts" in extracted.warnings[0]


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        *(("gb18030", "gb2312"), ("gb18030", "utf-8"), ("gb18030", "iso-8859-1")),
        *(("utf-8", "gb2312"), ("utf-16", "utf-16"), ("utf-8-sig", "big5")),
    ],
)
def test_the_bytes_have_the_last_word_on_the_encoding(codec: str, declared: str) -> None:
    source = (
        f"<html><head><meta charset={declared}></head><body>{PROSE}<p>朱镕基、㎡①</p></body></html>"
    )
    extracted = load(source.encode(codec), "'x'")
    assert "朱镕基、㎡①" in extracted.text
    assert (extracted.encoding, extracted.replaced) == (codec, 0)


def test_big5_shift_jis_and_a_named_encoding() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset={}"><p>{}</p>'
    text = "會議討論了碳排放權交易市場，並要求擴大行業範圍。"
    assert text in load(page.format("big5", text).encode("cp950"), "'x'").text
    japanese = "日本語のテキストです。"
    assert japanese in load(page.format("shift_jis", japanese).encode("shift_jis"), "'x'").text
    cyrillic = "<p>Отчёт о работе</p>".encode("cp1251")
    assert load(cyrillic, "'x'", "cp1251").text == "Отчёт о работе"
    with pytest.raises(EncodingError):
        load(b"<p>x</p>", "'x'", "no-such-codec")


@pytest.mark.parametrize(
    "source",
    [
        *(b"", b"  \n", b"<!-- -->", b"<html><head><title>t</title></head></html>"),
        *(b"<div id=root></div><noscript>Turn on JavaScript</noscript>", b"<img src=a.png>"),
    ],
)
def test_a_page_without_text_is_refused_in_one_line(source: bytes) -> None:
    with pytest.raises(InputError) as error:
        load(source, "'页面.html'")
    assert "页面.html" in str(error.value)
    assert "\n" not in str(error.value)
    assert error.value.hint


@pytest.mark.parametrize(
    "source",
    [
        *(b"<p" * 5000, b"<" * 3000, b"&" * 3000, b"<p a=" + b"'" * 999, b"<table>" * 999 + b"x"),
        *(b"\x00<p>\x01\x02", b"<p>\xff\xfe\x81", b"<!DOCTYPE html SYSTEM 'file:///etc/passwd'><p>x"),
        *(b"<?xml version='1.0'?><html><p>x</html>", b"<script>" * 99, b"<title>" + b"x" * 999),
        b"<!DOCTYPE x [<!ENTITY a '&b;&b;&b;'><!ENTITY b 'lol'>]><html><p>&a;</p></html>",
    ],
)  # fmt: skip
def test_a_malformed_page_gives_text_or_one_line(source: bytes) -> None:
    try:
        said = load(source, "'x'").text.replace("\n", " ")
    except YinjuError as error:
        said = str(error)
    assert said.count("\n") == 0
    assert said.strip()


def test_elements_nested_too_deeply_lose_no_text() -> None:
    source = "<div><b>" * 60_000 + "底" + "</b></div>" * 60_000 + f"{PROSE}<script>no</script>"
    extracted = read(source)
    assert extracted.text.startswith("底")
    assert "供水管网" in extracted.text
    assert "no" not in extracted.text.split()
    assert "nested" in extracted.warnings[0]


def test_what_the_page_says_of_itself() -> None:
    found = read(
        '<html lang=zh-Hant><head><title>碳市場擴大_某報</title><meta name=PubDate content="2026-01-15 10:00">'
        '<meta name="ContentSource" content="環境部"><link rel=canonical href="https://example.tw/a">'
        f'<meta name=author content="admin"></head><body><h1>碳市場擴大</h1>{PROSE}</body></html>'
    ).found
    assert found == {
        "title": "碳市場擴大", "site": "某報", "date": "2026-01-15 10:00", "publisher": "環境部",
        "url": "https://example.tw/a", "language": "zh-Hant",
    }  # fmt: skip


def test_facts_in_linked_data_and_open_graph() -> None:
    found = read(
        '<html><head><title>Tram line reopens - The Courier</title><meta property="og:site_name" content="The Courier">'
        '<meta property="article:published_time" content="2025-03-14T08:00:00Z"><script type="application/ld+json">'
        '{"@graph":[{"@type":"WebSite","name":"x"},{"@type":"NewsArticle","headline":"Tram line reopens",'
        '"datePublished":"2025-03-13","author":[{"@type":"Person","name":"Dana Reed"}],"publisher":{"name":"Courier Ltd"}}]}'
        "</script><script type='application/ld+json'>{broken</script></head><body><p>Text.</p></body></html>"
    ).found
    assert found["title"] == "Tram line reopens"
    assert found["site"] == "The Courier"
    assert found["date"] == "2025-03-14T08:00:00Z"
    assert (found["author"], found["publisher"]) == ("Dana Reed", "Courier Ltd")


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("COVID-19 and cities", "<p>x</p>", "COVID-19 and cities"),
        ("2026-2030年规划", "<p>x</p>", "2026-2030年规划"),
        ("某市政府", "<h1>关于防汛的通知</h1>", "关于防汛的通知"),
        ("Site | Real title", "<header><h1><a href='/'>Site</a></h1></header><h1>Real title</h1>", "Real title"),
        ("真标题 - 木匠的博客 - 园子", "<h1>木匠的博客</h1><h1>真标题</h1>", "真标题"),
        ("碳市場擴大行業－某機關", "<p>x</p>", "碳市場擴大行業"),
        ("", "<h2>小节</h2><p>x</p>", None),
    ],
)  # fmt: skip
def test_the_title_is_the_pages_and_not_the_sites(head: str, body: str, title: str | None) -> None:
    found = read(f"<html><head><title>{head}</title></head><body>{body}{PROSE}</body></html>").found
    assert found.get("title") == title


def test_unknown_facts_are_absent() -> None:
    assert read("<p>只有一句话。</p>").found == {}


def test_headings_are_marks_at_their_words_and_those_beside_the_text_are_not() -> None:
    extracted = read(web_pages.modern(MEETING))
    labels = [mark.label for mark in extracted.marks]
    assert labels == [MEETING.title, "一、保障供水安全", "二、提升排水能力"]
    for mark in extracted.marks:
        assert extracted.text.startswith(mark.label, mark.start)
        assert mark.kind == "heading"


def test_asides_are_in_order_within_the_text_and_apart() -> None:
    for skeleton in (*web_pages.SKELETONS, *web_pages_held_out.SKELETONS):
        extracted = read(skeleton(NEWS))
        ends = [0]
        for aside in extracted.asides:
            assert ends[-1] <= aside.start < aside.end <= len(extracted.text)
            ends.append(aside.end)


def test_everything_set_apart_is_a_removal_that_can_be_undone() -> None:
    extracted = read(web_pages.english_news(NEWS))
    result = clean(extracted.text, asides=extracted.asides, marks=extracted.marks)
    assert raw_text(result.text, result.removals, result.source_map) == extracted.text
    reasons = {removal.reason for removal in result.removals}
    assert {"cookies", "navigation", "related", "comments", "footer"} <= reasons
    kept = clean(extracted.text, asides=extracted.asides, disabled=["cookies"])
    assert "use cookies to give you" in kept.text
    line = "Storm closes three schools"
    assert line not in result.text
    assert line in clean(extracted.text, asides=extracted.asides, kept=[line]).text


def test_asides_inside_a_line_leave_the_rest_of_it() -> None:
    extracted = read(web_pages.encyclopaedia(MEETING))
    text = cleaned(extracted)
    assert "\n一、保障供水安全\n" in text
    noted = read(
        f"<h1>注</h1>{PROSE}<p>降到一成<sup><a href='#n1'>[1]</a></sup>以下，是近年最低的水平，各方都很满意。</p>"
    )
    assert "降到一成[1]以下" in noted.text
    assert "降到一成以下" in cleaned(noted)
    assert "m2" in read("<p>m<sup>2</sup></p>").text


@pytest.mark.parametrize(
    "source",
    [
        f"<body><form><div class='sidebar footer'>{PROSE * 5}</div></form></body>",
        f"<body class=nav><nav>{PROSE * 5}</nav></body>",
        f"<aside><header><h1>题</h1>{PROSE * 5}</header></aside><footer>x</footer>",
        f"<div class=comments>{PROSE * 5}</div><div>We use cookies to make this site work for you.</div>",
        f"<div class=share>{PROSE}</div><div class=related>{PROSE}</div><div class=ads>{PROSE}</div>",
        f"<main>{PROSE}<aside><p>要点：管网一百八十六公里。</p></aside>{PROSE}</main>",
        f"<article>{PROSE}<ul><li>附件：<a href='/a.pdf'>附件一</a><li><a href='b.xlsx'>附件二</a></ul></article>",
        f"<article><nav><a href='#a'>目录一</a> <a href='#b'>目录二</a> <a href='#c'>三</a></nav>{PROSE}</article>",
        "<ul>" + "".join(f"<li><a href='/{i}'>公告第{i}号</a>" for i in range(9)) + "</ul>",
    ],
)  # fmt: skip
def test_no_name_makes_the_main_text_an_aside(source: str) -> None:
    extracted = read(source)
    allowed = {"x", "We use cookies to make this site work for you."}
    gone = {extracted.text[each.start : each.end].strip() for each in extracted.asides}
    assert gone <= allowed


def outcome(
    skeletons: Sequence[web_pages.Skeleton], articles: Sequence[Article]
) -> tuple[float, float]:
    results = [
        web_pages.measure(skeleton(article), article)
        for skeleton in skeletons
        for article in articles
    ]
    lost = sum(each.lost for each in results) / sum(each.content for each in results)
    left = sum(each.left for each in results) / sum(each.furniture for each in results)
    return lost, left


def test_little_furniture_is_left_and_no_content_lost() -> None:
    lost, left = outcome(web_pages.SKELETONS, ARTICLES)
    assert lost <= 0.002
    assert left <= 0.02


def test_the_same_on_pages_of_other_kinds() -> None:
    lost, left = outcome(web_pages_held_out.SKELETONS, ARTICLES)
    assert lost <= 0.002
    assert left <= 0.02


@pytest.mark.parametrize("pages", [web_pages_held_out_2, web_pages_held_out_3])
def test_no_content_is_lost_on_pages_that_invite_it(pages: ModuleType) -> None:
    lost, _ = outcome(pages.SKELETONS, ARTICLES)
    assert lost <= 0.002


def test_what_a_page_says_above_its_text_is_kept_as_its_facts() -> None:
    extracted = read(web_pages_held_out_3.provincial(MEETING))
    found = clean(extracted.text, asides=extracted.asides, marks=extracted.marks).found
    assert found["source"] == MEETING.source


def test_a_list_of_short_lines_is_not_set_apart() -> None:
    for skeleton in (web_pages.modern, web_pages.old_tables, web_pages.wordpress):
        extracted = read(skeleton(LIST_ONLY))
        gone = "".join(extracted.text[each.start : each.end] for each in extracted.asides)
        assert [line for line in LIST_ONLY.lines if line in gone] == []


def test_suffixes_lead_here() -> None:
    raw = "<p>网页 text</p>".encode()
    for name in ("a.html", "a.htm", "A.XHTML"):
        assert extract(raw, name).text == "网页 text"


def test_set_apart_takes_lines_wholly_inside() -> None:
    text = "首页 新闻\n正文在这里，是一句完整的话。\n"
    aside = Aside(start=0, end=5, reason="navigation")
    assert clean(text, asides=[aside]).text == "正文在这里，是一句完整的话。"
    assert clean(text, asides=[aside], disabled=["navigation"]).text.startswith("首页")


def test_every_reason_has_its_words() -> None:
    for pages in (web_pages, web_pages_held_out, web_pages_held_out_2, web_pages_held_out_3):
        for skeleton in pages.SKELETONS:
            assert {aside.reason for aside in read(skeleton(NEWS)).asides} <= set(REASONS)
