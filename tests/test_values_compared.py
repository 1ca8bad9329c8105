import json
import random
from pathlib import Path

import pytest

from rag.values import Value, compatible, find_values, missing_values

STATED = [
    ("seven tasks", "以下七个方面重点任务"),
    ("七项任务", "the following 7 tasks"),
    ("about 90 percent", "达到百分之九十以上"),
    ("达到９０％", "about 90%"),
    ("January 2026", "2026年1月14日至15日"),
    ("1月14日", "on 14-15 January 2026"),
    ("14 January 2026", "1月14日，2026年全国会议"),
    ("9日", "on February 9"),
    ("on the 9th", "官媒9日公布"),
    ("two weeks", "14天"),
    ("18个月", "1.5 years"),
    ("10,000 square meters", "一公頃"),
    ("NT$200,000 to NT$1,000,000", "新臺幣二十萬元以上一百萬元以下"),
    ("5 million yuan", "500万元"),
    ("the 14th Five-Year Plan", "“十四五”时期"),
    ("the third plenary session", "二十届三中全会"),
    ("the seventh task", "七是加快健全体系"),
    ("Class 2 substances", "第一類至第三類毒性化學物質"),
    ("Level 3", "分为三级"),
    ("from 2016 to 2020", "自中華民國一百零五年起至一百零九年止"),
    ("three rural issues", "三农工作"),
    ("both sides", "两国"),
    ("一年", "within a year"),
    ("CO2 emissions", "二氧化碳排放"),
    ("O3", "臭氧污染"),
    ("COP15", "第十五次缔约方大会"),
    ("PM2.5", "细颗粒物(PM2.5)"),
    ("1. One of the tasks is work.", "推进工作"),
    ("First, work; second, more work.", "推进工作"),
    ("4.50%", "4.5%"),
    ("六個月", "處六月以上五年以下有期徒刑"),
    ("350", "120 350 410"),
    ("75%", "達百分之\n七十五以上"),
    ("within 30 days", "契約翌日起三\n十日內"),
    ("in Paragraph 1", "運作人應製作紀錄。\n前項紀錄應保存。"),
    ("Paragraphs 1 and 2", "應檢送計畫：\n一、甲。\n二、乙。\n應公開計畫。\n前二項計畫之製作。"),
    ("six months", "申請日前半年之紀錄"),
    ("6:30 p.m.", "18时30分"),
    ("at 18:30", "下午6时30分"),
    ("第二次世界大战", "World War II"),
    ("365 days", "往前回溯至第三百六十五日止"),
    ("15th of January", "一月、四月、七月及十月十五日前"),
    ("adding 40%", "公告現值加四成為基準"),
]

NOT_STATED = [
    ("eight tasks", "以下七个方面重点任务", "eight"),
    ("eight tasks", "八是加快健全体系", "eight"),
    ("八项任务", "the following 7 tasks", "八"),
    ("45%", "达到4.5%", "45%"),
    ("90", "达到90%", "90"),
    ("占90%", "共90项", "90%"),
    ("15 January 2026", "2026年1月14日", "15 January 2026"),
    ("14 January 2025", "2026年1月14日", "14 January 2025"),
    ("January 14, 2026", "2026年1月", "January 14, 2026"),
    ("in 2025", "2026年1月14日", "2025"),
    ("1月39日前完成", "1月14日", "39日"),
    ("30 months", "三十日內", "30 months"),
    ("NT$300,000", "新臺幣二十萬元", "NT$300,000"),
    ("US$200,000", "新臺幣二十萬元", "US$200,000"),
    ("the 13th Five-Year Plan", "“十四五”时期", "13th Five-Year Plan"),
    ("145", "“十四五”时期", "145"),
    ("Article 9", "第二條第九項", "Article 9"),
    ("Class III", "Ⅱ类水体", "Class III"),
    ("PM10", "细颗粒物(PM2.5)", "PM10"),
    ("in Paragraph 4", "運作人應製作紀錄。\n前項紀錄應保存。", "Paragraph 4"),
    ("minus 5 degrees", "5摄氏度", "minus 5 degrees"),
    ("one in five", "三分之一", "one in five"),
    ("three feet", "三米", "three feet"),
    ("COP16", "第十五次缔约方大会", "COP16"),
    ("three years", "within 2 years", "three years"),
    ("第二輪督察", "the third round of inspections", "第二輪"),
]


@pytest.mark.parametrize(("claim", "evidence"), STATED)
def test_stated_values_are_found(claim: str, evidence: str) -> None:
    assert missing_values(claim, evidence) == ()


@pytest.mark.parametrize(("claim", "evidence", "missing"), NOT_STATED)
def test_altered_values_are_missed(claim: str, evidence: str, missing: str) -> None:
    assert missing in [value.text for value in missing_values(claim, evidence)]


def test_a_document_may_lend_its_year() -> None:
    claim, evidence = "On 14 January 2026 the meeting opened", "1月14日会议开幕"
    assert len(missing_values(claim, evidence)) == 1
    assert missing_values(claim, evidence, context_years=[2026]) == ()
    assert len(missing_values(claim, evidence, context_years=[2025])) == 1
    assert missing_values("2026年会议", evidence, context_years=[2026]) == ()


def altered(text: str, value: Value, rng: random.Random) -> tuple[str, int] | None:
    """The text with one digit of the value changed, and where."""
    places = [
        place for place in range(value.span.start, value.span.end) if text[place] in "0123456789"
    ]
    if not places:
        return None
    place = rng.choice(places)
    digit = rng.choice([digit for digit in "123456789" if digit != text[place]])
    return text[:place] + digit + text[place + 1 :], place


def at(place: int, values: tuple[Value, ...]) -> list[Value]:
    return [value for value in values if value.span.start <= place < value.span.end]


def test_values_survive_translation(shared: Path) -> None:
    """Official translations, every other article: what the English states, the Chinese states.

    An alteration counts if the altered value stands nowhere else in the English article: one that
    the law states elsewhere is no error that comparing sets of values could see.
    """
    folder = shared / "data" / "tw_env_law_parallel"
    lines = (folder / "articles.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines[::2]]
    rng = random.Random(20)
    found = missing = changed = caught = 0
    for row in rows:
        stated = find_values(row["en"])
        values = [value for value in stated if value.unit != "item"]
        lost = missing_values(row["en"], row["zh"])
        found, missing = found + len(values), missing + len(lost)
        kept = [value for value in values if value not in lost]
        changes = (altered(row["en"], value, rng) for value in rng.sample(kept, min(3, len(kept))))
        for text, place in filter(None, changes):
            new = at(place, find_values(text))
            if any(not any(compatible(one, value) for value in stated) for one in new):
                changed += 1
                caught += bool(at(place, missing_values(text, row["zh"])))
    figures = (
        f"kept {1 - missing / found:.4f} of {found}, caught {caught / changed:.4f} of {changed}"
    )
    print(f"\n{figures}")  # noqa: T201
    assert 1 - missing / found >= 0.96
    assert caught / changed >= 0.96
