"""Furniture out, damage repaired, content kept, every change on record."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.cleaning import REASONS, Cleaned, clean, raw_text, to_clean, to_raw
from rag.records import Span

PROSE_ZH = "市政府昨日召开会议，部署明年的污水治理工作，要求各区按月报告进展，并公布结果。"
PROSE_HANT = "市政府昨日召開會議，部署明年的污水治理工作，要求各區按月報告進展，並公布結果。"
PROSE_EN = (
    "The council met yesterday to plan next year's sewage works, and asked for monthly reports."
)

PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                PROSE_ZH,
                PROSE_EN,
                "廣告",
                "来源:某某报 编辑:张三",
                "2024-01-05",
                "国(guó)会(huì)开(kāi)会",
                "他(he)说",
                "一是甲。二是乙三是丙。",
                "111",
                "\u3000\u3000缩进 \u00a0文字  两格 ",
                "---",
                "Title: x",
                "URL: y",
                "提交",
                "请填写联系方式",
                "京ICP备123号",
                "# 标题",
                "\ufffd\u200b\ufeff",
                "",
            ]
        ),
        st.text(max_size=30),
    ),
    max_size=12,
).map("\n".join)


def check_record(raw: str, cleaned: Cleaned) -> None:
    pieces, at = [], 0
    for removal in cleaned.removals:
        assert at <= removal.start <= removal.end
        assert raw[removal.start : removal.end] == removal.text
        pieces += [raw[at : removal.start], removal.replacement]
        at = removal.end
    assert "".join([*pieces, raw[at:]]) == cleaned.text
    covered = 0
    for run in cleaned.source_map:
        assert run.length > 0 or run == cleaned.source_map[-1]
        assert covered <= run.clean
        covered = run.clean + run.length
        assert cleaned.text[run.clean : covered] == raw[run.raw : run.raw + run.length]
    inserted = sum(len(removal.replacement) for removal in cleaned.removals)
    assert sum(run.length for run in cleaned.source_map) + inserted == len(cleaned.text)


@given(PIECES)
def test_removals_make_the_text_and_runs_lead_back(raw: str) -> None:
    check_record(raw, clean(raw))


@given(PIECES)
def test_cleaning_twice_repairs_nothing_more(raw: str) -> None:
    """Repairs are complete; lines may still be judged anew once their neighbours changed."""
    repairs = {"pinyin", "whitespace", "invisible"}
    if reasons(raw) <= repairs:
        once = clean(raw).text
        # An invisible character inside of bytes read wrongly hides them from the first cleaning.
        assert clean(once).text == once or reasons(once) == {"mojibake"}


@given(PIECES)
def test_everything_disabled_changes_nothing(raw: str) -> None:
    cleaned = clean(raw, disabled=set(REASONS))
    assert cleaned.text == raw
    assert not cleaned.removals


def reasons(raw: str) -> set[str]:
    return {removal.reason for removal in clean(raw).removals}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("广告", "advertisement"),
        ("廣告", "advertisement"),
        ("ADVERTISEMENT", "advertisement"),
        ("首页 > 新闻 > 时政", "breadcrumb"),
        ("当前位置：首页 >> 要闻", "breadcrumb"),
        ("Home > News > Policy", "breadcrumb"),
        ("某某政务网 无障碍浏览 长者模式", "navigation"),
        ("网站首页 | 登录 | 注册", "navigation"),
        ("【字体：大 中 小】 打印本页", "page_tools"),
        ("分享到：微信 微博", "page_tools"),
        ("来源：某某报　作者：张三", "metadata"),
        ("發布時間：2024年1月5日 來源：某某報", "metadata"),
        ("Source: The Daily", "metadata"),
        ("By Jane Doe", "metadata"),
        ("January 5, 2024", "metadata"),
        ("2024-01-05 08:30", "metadata"),
        ("浏览次数：1234", "metadata"),
    ],
)
@pytest.mark.parametrize("prose", [PROSE_ZH, PROSE_HANT, PROSE_EN])
def test_furniture_above_the_text(line: str, reason: str, prose: str) -> None:
    raw = f"会议部署 Meeting\n{line}\n\n{prose}\n"
    cleaned = clean(raw)
    assert cleaned.text == f"会议部署 Meeting\n\n{prose}"
    assert reason in {removal.reason for removal in cleaned.removals}
    check_record(raw, cleaned)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("摄影 | 某甲 某乙\n編輯 | 某丙", "credit"),
        ("责任编辑：某甲", "metadata"),
        ("Editor: Jane Doe", "metadata"),
        ("主办：某某协会", "metadata"),
        ("京ICP备00000000号-1 公网安备 1100000000号", "licence"),
        ("Copyright © 2024 The Council. All rights reserved.", "licence"),
        ("本文采用知识共享署名许可协议", "licence"),
        ("基于某某技术构建", "hosting"),
        ("Powered by Something 3.1", "hosting"),
        ("相关链接\n某地召开会议部署工作\n另一地部署治理", "related"),
        ("Related articles:\nCouncil meets again\nMore on sewage", "related"),
        ("上一篇：某地召开会议", "pager"),
        ("请填写您的联系方式\n我们会尽快答复\n姓名 电话\n提交", "form"),
        ("关于我们 | 联系我们 | 隐私政策", "links"),
        ("地址：某路1号 邮编：100000\n版权所有 某某局", "licence"),
    ],
)
@pytest.mark.parametrize("prose", [PROSE_ZH, PROSE_HANT, PROSE_EN])
def test_furniture_below_the_text(lines: str, reason: str, prose: str) -> None:
    raw = f"{prose}\n\n{lines}\n"
    cleaned = clean(raw)
    assert cleaned.text == prose
    assert reason in {removal.reason for removal in cleaned.removals}


@pytest.mark.parametrize(
    "line",
    [
        "广告业增长很快",
        "广告费用由企业承担。",
        "来源于工业的排放占七成",
        "打印服务收费标准",
        "编辑部工作职责",
        "会议时间：明年一月 会议地点：北京",
        "一、主办单位的职责",
        "2026",
        "2024年1月5日",
        "Source apportionment of PM2.5",
        "Date and place of the next meeting",
        "See also Annex II",
        "联系人：某甲 电话：010-00000000",
        "某某省生态环境厅办公室",
        "注：数据来源为年度统计公报",
        "- 要点一",
        "| 甲 | 乙 |",
        "提交材料的要求",
    ],
)
def test_doubtful_lines_stay_below_and_between(line: str) -> None:
    between = f"{PROSE_ZH}\n{line}\n{PROSE_EN}"
    assert clean(between).text == between
    below = f"{PROSE_ZH}\n{PROSE_EN}\n\n{line}"
    assert clean(below).text == below


@pytest.mark.parametrize(
    "line",
    [
        "广告业增长很快",
        "来源于工业的排放占七成",
        "会议时间：明年一月",
        "Source apportionment",
        "2026年",
    ],
)
def test_headings_stay_above(line: str) -> None:
    assert clean(f"{line}\n\n{PROSE_ZH}").text == f"{line}\n\n{PROSE_ZH}"


def test_metadata_is_kept_as_found() -> None:
    found = clean(
        f"标题甲\n发布时间：2024年01月05日 信息来源：某某报 编辑：某处\n作者：某甲\n\n{PROSE_ZH}"
    ).found
    assert found == {
        "date": "2024年01月05日",
        "source": "某某报",
        "editor": "某处",
        "author": "某甲",
    }


@pytest.mark.parametrize("fence", [False, True])
def test_scraper_block(fence: bool) -> None:
    block = "Title: 某会议 Meeting\n- 某网\nDate: None\nURL: https://example.org/2024/01/05/a.html"
    raw = (f"---\n{block}\n---" if fence else block) + f"\n\n{PROSE_ZH}"
    cleaned = clean(raw)
    assert cleaned.text == PROSE_ZH
    assert cleaned.found == {
        "title": "某会议 Meeting",
        "site": "某网",
        "url": "https://example.org/2024/01/05/a.html",
    }


def test_one_key_alone_is_metadata_too() -> None:
    raw = f"Title: a study of titles\n\n{PROSE_EN}"
    assert clean(raw).found == {"title": "a study of titles"}
    assert clean(raw).text == PROSE_EN


def test_lone_numbers() -> None:
    raw = f"标题甲\n来源：某某报\n132\n\n{PROSE_ZH}\n\n111\n\n{PROSE_ZH}"
    assert clean(raw).text == f"标题甲\n\n{PROSE_ZH}\n\n{PROSE_ZH}"
    table = f"{PROSE_ZH}\n年份\n12\n15\n{PROSE_ZH}"
    assert clean(table).text == table


@pytest.mark.parametrize("prose", [PROSE_ZH, PROSE_HANT, PROSE_EN])
def test_title_repeated_by_the_text(prose: str) -> None:
    cleaned = clean(f"{prose}\n{prose} {PROSE_EN}")
    assert cleaned.text == f"{prose} {PROSE_EN}"
    assert cleaned.found["title"] == prose.rstrip("。.")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("國(guó)會(huì)開(kāi)會(huì)", "國會開會"),
        ("麼(me)了，國（guó）會（huì）開（kāi）", "麼了，國會開"),
        ("長(zhǎng)(cháng)", "長"),
        ("綠(lǜ)、女(nǚ)、歐(ōu)、二(èr)、雙(shuāng)", "綠、女、歐、二、雙"),
        ("颗粒物(PM2.5)、臭氧(O3)和有机物(VOCs)", "颗粒物(PM2.5)、臭氧(O3)和有机物(VOCs)"),
        ("亚太经合组织(APEC)大会(COP15)十吨(kg)", "亚太经合组织(APEC)大会(COP15)十吨(kg)"),
        ("他(he)有一个(an)例子", "他(he)有一个(an)例子"),
        ("The word (guó) alone", "The word (guó) alone"),
        ("咖啡馆(café)", "咖啡馆(café)"),
    ],
)
def test_pinyin(raw: str, text: str) -> None:
    assert clean(raw).text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\u3000\u3000第一段。\u00a0\n\n\n\n\u3000\u3000第二段。 \n", "第一段。\n\n第二段。"),
        ("1\u00a0kg\u2009of  salt", "1 kg of salt"),
        ("第一条\u3000为了", "第一条\u3000为了"),
        ("- a\n  - b\n    code", "- a\n  - b\n    code"),
        ("\ufeff零\u200b宽", "零宽"),
        ("甲&nbsp;乙", "甲 乙"),
    ],
)
def test_blanks(raw: str, text: str) -> None:
    assert clean(raw).text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("五是督察。六是防范，强化处置七是科技。", "五是督察。六是防范，强化处置\n七是科技。"),
        ("五是督察。六是防范。七是科技。", "五是督察。六是防范。七是科技。"),
        ("第六项，督察。要加强第七项，科技。", "第六项，督察。要加强\n第七项，科技。"),
        ("第六項,督察。要加強第七項,科技。", "第六項,督察。要加強\n第七項,科技。"),
        ("依照前款第一项、第二项规定。", "依照前款第一项、第二项规定。"),
        ("原因之一是成本。其中二是关键。", "原因之一是成本。其中二是关键。"),
    ],
)
def test_lost_breaks(raw: str, text: str) -> None:
    cleaned = clean(raw)
    assert cleaned.text == text
    check_record(raw, cleaned)


def test_damage_is_counted_not_mended() -> None:
    cleaned = clean("敢擔(dān)當(dāng)?shù)隊伍(wǔ)\ufffd\ufffd很強(qiáng)")
    assert cleaned.text == "敢擔當?shù)隊伍\ufffd\ufffd很強"
    assert any("2 characters" in warning for warning in cleaned.warnings)
    assert any("1 character" in warning for warning in cleaned.warnings)
    assert clean("是吗?是的。").warnings == ()


def test_much_removed_is_said() -> None:
    raw = "\n".join(["广告"] * 60 + [PROSE_ZH])
    assert "furniture" in clean(raw).warnings[0]


def test_to_raw() -> None:
    raw = "广告\n國(guó)家一是。五是甲。六是乙七是丙。"
    cleaned = clean(raw)
    start = cleaned.text.index("國家")
    span = to_raw(Span(start=start, end=start + 2), cleaned.source_map)
    assert span is not None
    assert span.slice(raw) == "國(guó)家"
    whole = to_raw(Span(start=0, end=len(cleaned.text)), cleaned.source_map)
    assert whole is not None
    assert whole.slice(raw) == raw[3:]
    put_in = cleaned.text.index("\n")
    assert to_raw(Span(start=put_in, end=put_in + 1), cleaned.source_map) is None


def test_line_ends_become_one_kind_and_lead_back() -> None:
    raw = "第一行。\r\n第二行。\rThird line.\u2028四\f五"
    cleaned = clean(raw)
    check_record(raw, cleaned)
    assert cleaned.text == "第一行。\n第二行。\nThird line.\n四\n五"
    start = cleaned.text.index("第二行")
    span = to_raw(Span(start=start, end=start + 4), cleaned.source_map)
    assert span is not None
    assert span.slice(raw) == "第二行。"


def test_raw_and_clean_lead_to_each_other() -> None:
    raw = "广告\r\n國(guó)家。\r\n广告\r\nNext　 line."
    cleaned = clean(raw)
    assert raw_text(cleaned.text, cleaned.removals, cleaned.source_map) == raw
    for run in cleaned.source_map:
        span = Span(start=run.raw, end=run.raw + run.length)
        back = to_clean(span, cleaned.source_map)
        assert back == Span(start=run.clean, end=run.clean + run.length)
        assert to_raw(back, cleaned.source_map) == span
    assert to_clean(Span(start=0, end=2), cleaned.source_map) is None


@pytest.mark.parametrize("raw", ["", " \n\u3000", "广告", "提交\n"])
def test_nothing_left(raw: str) -> None:
    assert not clean(raw).text.strip()


FURNITURE_MARKS = (
    "广告",
    "ICP",
    "提交",
    "URL:",
    "攝影",
    "摄影",
    "编辑",
    "編輯",
    "打印",
    "无障碍",
    "http",
)


def test_real_documents_lose_furniture_and_nothing_else(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        raw = path.read_text("utf-8")
        cleaned = clean(raw)
        check_record(raw, cleaned)
        assert clean(cleaned.text).text == cleaned.text
        assert not [mark for mark in FURNITURE_MARKS if mark in cleaned.text]
        title = cleaned.found.get("title", "")
        for removal in cleaned.removals:
            stops = removal.text.count("。")
            assert not stops or removal.reason == "repeated_title", removal
            if stops:
                assert title in cleaned.text
