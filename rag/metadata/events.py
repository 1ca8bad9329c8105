"""When what a text reports took place: the meeting's date, not the page's."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from rag.metadata.dates import Written, dates_in, is_bare_date, parse_date
from rag.metadata.page import Page, is_prose
from rag.text import fold


class Event(NamedTuple):
    """An ISO date, perhaps partial, and where it was taken from."""

    iso: str
    origin: str


NEAR = timedelta(days=45)
"""A page is published within so many days of what it reports, where it is news of it."""

_HELD = re.compile(
    r"召开|举行|举办|开幕|召集|闭幕|主持召开|在.{1,20}开会|揭牌|启动|签署|签约|开园|开馆"
)
_HAPPENED = re.compile(
    r"召开|举行|举办|开幕|闭幕|召集|发生|遭遇|揭牌|启动|签署|签约|开园|开馆|通车|投运|投产|发射|落成|启用|出席"
)
_NOT_REPORTED = re.compile(r"(?:召开|举行|举办|开幕|闭幕|签署|发生|启动)(?:的|以来|之后|前)")
_ENGLISH = re.compile(
    r"\b(?:was|were|is|are|be|been) (?:\w+ )?(?:held|convened|opened|signed|hosted|struck|hit)\b"
    r"|\b(?:met|convened|gathered|assembled|took place|takes place|opened"
    r"|will meet|meets|held (?:its|their|a|an|the))\b"
)
_ENGLISH_MET = re.compile(r"\b(?:held|convened|met|took place|gathered|assembled)\b")
_MEETING = re.compile(
    r"(?:召开|举行|举办|主持召开|召集).{0,60}(?:(?<![协学工总商员合金集聚])会(?![员同见计场])|论坛)"
    r"|(?:会议|大会|论坛|座谈会|研讨会|峰会|年会|全会)"
    r".{0,40}(?:召开|举行|举办|开幕|闭幕)"
)
_ENGLISH_MEETING = re.compile(
    r"\b(?:council|committee|board|commission|assembly|(?:steering|working|expert) group|panel"
    r"|cabinet|parliament|congress|ministers|delegates|conference|meeting|summit|session|forum|workshop"
    r"|seminar|symposium)\b[^.;]{0,80}"
    r"\b(?:met|convened|was held|were held|opened|took place|gathered)\b"
)
_NAMED_YEAR = re.compile(r"((?:19|20)\d\d)年?度?(?=.{0,30}?(?:会|论坛|典礼|仪式|运动会|博览会|节))")
_LOOKING_BACK = re.compile(r"年度|总结|表彰|述职|考核|盘点|颁奖|年终|迎新|跨年")
_NEXT = re.compile(r"(?:部署|安排|谋划|研究)[^,。]{0,6}?((?:19|20)\d\d)年")
_LAST = re.compile(r"总结[^,。]{0,6}?((?:19|20)\d\d)年")
_ADOPTED = re.compile(
    r"[^()。\n]{0,60}?(?:会议|全会|大会|理事会)?[^()。,\n]{0,20}(?:通过|修订通过)"
)
_ENGLISH_ADOPTED = re.compile(r"\b(?:adopted|passed|approved)\b[^.\n]{0,120}")
_PROMULGATED = re.compile(r"(?:公布|发布|颁布|制定|令)|promulgated|issued")
_UNDER_TITLE = re.compile(r"^[\s(（\[—–-]*(?P<rest>[^。]{4,60}?)[\s)）\]]*$")
_AT_MEETING = re.compile(r"在.{2,40}(?:上|会议|大会)")
_DATELINE = re.compile(r"(?P<date>\d{1,2}月\d{1,2}日)(?:综合|綜合)?(?:外)?[电電]")
_DIGEST = re.compile(
    r"(?:[一本上]周|每[周日月]|[本上]月).{0,6}(?:要闻|动态|回顾|新闻|速览|热点)|要闻|集锦|汇编|大事记"
    r"|\b(?:weekly|monthly|digest|round-?up|newsletter)\b"
)
"""Titles of texts that report many things."""
_LEAD = 400
_FLATTENED = re.compile(r"(?:会议|會議|活动|活動)(?:时间|時間)[\s:：]+([^\s。]{6,24})")
"""A label whose line was joined with others, as in text taken off an infographic."""


def event_of(page: Page, kind: str | None, title: str, published: str | None) -> Event | None:
    """The day of the meeting or happening that the text reports; as much as is certain.

    A law's is the day of its adoption, a speech's the day it was given. A day without a year
    takes the year of a publication at most `NEAR` later, or of the meeting's name where that
    cannot be the year before or after. Else None.
    """
    if iso := _by_label(page):
        return Event(iso, "meeting line")
    if kind == "law":
        return _adoption(page)
    if kind in {"speech", "report", "meeting"} and (iso := _under_title(page, kind)):
        return Event(iso, "date under title")
    if _DIGEST.search(fold(title)):
        return None
    if found := _in_opening(page, kind, title, published):
        return found
    whole = next((line for line in page.lines[:3] if line.startswith(title.rstrip("…"))), title)
    full = parse_date(whole) if kind in {"meeting", "speech"} else None
    return Event(full, "title") if full else None


def opens_with_meeting(page: Page, title: str) -> bool:
    """Whether the opening sentences say that a meeting was held."""
    if _DIGEST.search(fold(title)):
        return False
    for sentence in page.opening(1):
        folded = fold(sentence)
        if _NOT_REPORTED.search(folded):
            continue
        if dates_in(sentence) and (_MEETING.search(folded) or _ENGLISH_MEETING.search(folded)):
            return True
    return False


def promulgation(page: Page) -> str | None:
    """The day a law was made public, by the words under its title."""
    clauses = (
        clause
        for line in page.head[:6]
        for clause in re.split(r"[,，;；。\s](?=自|[(（])| 自", line.strip("()（）"))
        if _PROMULGATED.search(fold(clause)) and "通过" not in fold(clause)
    )
    return next(filter(None, map(parse_date, clauses)), None)


def is_meeting_date(page: Page) -> bool:
    """Whether a bare label 日期 or Date means the meeting's: who met and where is named too."""
    return any(label.key == "meeting" for label in page.labels)


def _by_label(page: Page) -> str | None:
    keys = ("event", "date") if is_meeting_date(page) else ("event",)
    stated = [*page.labelled(*keys), *_FLATTENED.findall(page.text[:_LEAD])]
    return next(filter(None, map(_date_of, stated)), None)


def _date_of(value: str) -> str | None:
    found = dates_in(value)
    return parse_date(value) or next(filter(None, (one.iso() for one in found[:1])), None)


def _adoption(page: Page) -> Event | None:
    lead = fold(page.text[:_LEAD])
    for pattern in (_ADOPTED, _ENGLISH_ADOPTED):
        for match in pattern.finditer(lead):
            if iso := parse_date(page.text[match.start() : match.end()]):
                return Event(iso, "adoption")
    return None


def _under_title(page: Page, kind: str | None) -> str | None:
    for line in page.under_title[:4]:
        match = _UNDER_TITLE.match(line)
        if not match or is_prose(line):
            continue
        if is_bare_date(line) and kind == "speech":
            return parse_date(line)
        if _AT_MEETING.search(fold(match["rest"])) and (iso := parse_date(line)):
            return iso
    return None


def _in_opening(page: Page, kind: str | None, title: str, published: str | None) -> Event | None:
    sent = _sent(page)
    for sentence in _reporting(page, 3 if kind == "meeting" else 1):
        folded = fold(sentence)
        dates = dates_in(sentence)
        if len({written.year for written in dates if written.year}) > 1:
            continue  # A chronicle, not a report.
        for written in dates[:2]:
            if not _is_when(written, folded) or not _fits(written, sent):
                continue
            if iso := written.iso():
                return Event(iso, "opening")
            return _with_year(written, folded, fold(title), published)
    return None


def _sent(page: Page) -> Written | None:
    """The day of a news agency's dateline, with or without its year."""
    match = _DATELINE.search(page.text[:_LEAD])
    return next(iter(dates_in(match["date"])), None) if match else None


def _fits(written: Written, sent: Written | None) -> bool:
    """Whether a report sent on a day can be of this one; else that is what went before."""
    if not sent or not (sent.month and sent.day):
        return True
    if not (written.month and written.day):
        return False
    days = (sent.month - written.month) % 12 * 30 + sent.day - written.day
    return -5 <= days <= NEAR.days or days >= 355


def _reporting(page: Page, sentences: int) -> Iterator[str]:
    """The opening sentences, a title with its own date among them."""
    opening = page.opening(sentences)
    yield from (sentence for sentence in opening if not _NOT_REPORTED.search(fold(sentence)))


def _is_when(written: Written, folded: str) -> bool:
    """Whether a date of a sentence says when what it reports took place."""
    before, after = folded[: written.start], folded[written.end :]
    if _HELD.search(after[:60]) and not re.search(r"根据|自|截至|为落实|按照", before[-8:]):
        return written.day is not None or (len(before) < 12 and bool(_MEETING.search(folded)))
    opens = len(before) <= 12 or bool(re.fullmatch(r"[(【\[].{2,30}[)】\]]\s*", before))
    if opens and _HAPPENED.search(after) and written.day:
        return True
    around = folded[max(0, written.start - 120) : written.end + 80]
    if not written.day and not _ENGLISH_MET.search(around):
        return False
    return bool(_ENGLISH.search(around)) and _is_english_when(before, written, after)


def _is_english_when(before: str, written: Written, after: str) -> bool:
    """`met … on 3 March 2024`, or the date opening the sentence; not `a survey of 5 March`."""
    if re.match(r"(?:on |in |from )?$", before.strip() + " " if before else ""):
        return bool(_ENGLISH.search(after))
    preposition = re.search(r"\b(?:on|in|from|between|during)(?: \w+day,?)? $", before)
    return bool(preposition and _ENGLISH.search(before))


def _with_year(written: Written, sentence: str, title: str, published: str | None) -> Event | None:
    """A day without a year, with the one year that it can have."""
    if not (written.month and written.day):
        return None
    if published and len(published) == 10:
        day = date.fromisoformat(published)
        for year in (day.year, day.year - 1):
            iso = written.iso(year)
            if iso and timedelta(0) <= day - date.fromisoformat(iso) <= NEAR:
                return Event(iso, "opening and date line")
    certain = _certain_year(written.month, sentence[written.end :], title)
    iso = written.iso(certain) if certain else None
    if not iso or (published and iso > published):
        return None
    return Event(iso, "opening and name")


def _certain_year(month: int, after: str, title: str) -> int | None:
    """From the meeting's name (2026年…会议 held in January), or what it looks back and ahead to."""
    ahead, back = _NEXT.search(after), _LAST.search(after)
    if ahead and back and int(ahead[1]) == int(back[1]) + 1:
        return int(ahead[1]) if month <= 2 else int(back[1]) if month >= 11 else None
    named = _NAMED_YEAR.search(after) or _NAMED_YEAR.search(title)
    if named and month <= 9 and not _LOOKING_BACK.search(after[named.start() : named.end() + 30]):
        return int(named[1])
    return int(ahead[1]) if ahead and month <= 2 else None
