"""How much the form of one line speaks for page furniture: a log-odds set by hand.

Above 0 is furniture, below 0 the text's own; what a line is taken for also depends on the lines
around it (`segments`). The weights were set on furniture made for the purpose (the development set
of the tests), with one scale: 1 is a hint, 3 a good sign, 5 what is furniture above or below a
text, and `SURE` goes wherever it stands.
"""

import re
from typing import NamedTuple

from rag.cleaning import edge_patterns, patterns
from rag.cleaning.fields import BARE_DATE, DATE_IN_LINE, TABLE_KEY, is_metadata, is_weak
from rag.cleaning.lines import Line
from rag.cleaning.vocabulary import interface_share, page_speak

SURE = 12.0
FORM = 5.0
STRONG = FORM - 1
HINT = 2.0
NEUTRAL = -0.5
CONTENT = -3.0
CONTACT = -1.0
_LONGEST_SPEECH = 500
_MUCH_SPEECH = 4
_SEPARATOR = re.compile(r"\s*[|·•丨]\s*|\s{2,}|\s+[-–—]\s+|(?<=[:\d日年])\s+(?=第)")
_SENTENCES = frozenset({"licence", "disclaimer", "hosting", "source", "related", "print_edition"})
"""Kinds of lines that may be a sentence."""
_ARTICLE = re.compile(r"第 ?[一二三四五六七八九十百千零〇\d]{1,6} ?条|(?:article|section) \d")
_TOOLS = re.compile("打印|列印|字[体号级型]|分享|收藏|关闭|转寄|放大|大 中|复制|赞")
_DATES = re.compile(
    rf"(?:{BARE_DATE.pattern})|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r" (?:19|20)\d\d|(?:19|20)\d\d年\d{1,2}月"
)
"""A date, or a month of a year."""
_PARTS = tuple(
    form
    for form in edge_patterns.LIKELY
    if form.reason in ("view_counter", "comments", "print_edition", "page_tools", "tags", "source")
)


class Judgement(NamedTuple):
    """What a line would be taken for, and how strongly."""

    reason: str
    weight: float


def judge(line: Line) -> Judgement:
    """The evidence of a line's own form, as if it stood above or below the text."""
    if reason := surely(line):
        return Judgement(reason, SURE)
    if len(line.text) <= edge_patterns.LIKELY_LONGEST and (found := _likely(line)):
        return found
    if line.is_body or len(line.text) > edge_patterns.LIKELY_LONGEST:
        return _prose(line)
    return _short(line)


def _likely(line: Line) -> Judgement | None:
    """What a line is if it stands above or below the text and has the form of such lines."""
    fields = is_metadata(line)
    weak = fields and is_weak(line)
    if fields and not weak:
        return Judgement("metadata", FORM)
    reason = _form(line.folded, edge_patterns.LIKELY)
    sentence = "。" in line.folded and reason not in _SENTENCES
    if reason and not sentence and not (weak and reason == "tags"):
        return Judgement(reason, FORM)
    if _is_composite(line):
        return Judgement("metadata", FORM)
    return Judgement("metadata", HINT) if weak else None


def surely(line: Line) -> str:
    """The reason of a line that is furniture wherever it stands, or an empty word."""
    if len(line.text) > patterns.SURE_LONGEST:
        return ""
    if reason := _form(line.folded, patterns.SURE):
        return reason
    if not is_bar(line):
        return ""
    return "page_tools" if _TOOLS.search(line.folded) else "navigation"


def _form(folded: str, forms: tuple[patterns.Form, ...]) -> str:
    return next((form.reason for form in forms if form.pattern.fullmatch(folded)), "")


def _is_composite(line: Line) -> bool:
    """Parts set side by side, half of them furniture: `Name · 2024-03-05 · 12 comments`."""
    parts = [part for part in _SEPARATOR.split(line.folded) if part.strip()]
    if not 2 <= len(parts) <= 12 or len(line.text) > 160 or line.has_columns:
        return False
    known = sum(bool(_DATES.fullmatch(part)) or bool(_form(part, _PARTS)) for part in parts)
    return known * 2 >= len(parts) and all(len(part) <= 40 for part in parts)


def is_bar(line: Line) -> bool:
    """Several words of controls and nothing else, in Chinese, where no sentence is made of them."""
    words = line.folded.split()
    several = len(words) > 1 or line.folded.count("[") + line.folded.count("【") > 1
    if not (several and line.is_chinese and len(line.text) <= 60):
        return False
    controls, both = interface_share(line.folded)
    return both == 1.0 and controls >= 0.6 and any(len(word.strip("[]【】")) > 1 for word in words)


def _prose(line: Line) -> Judgement:
    """Sentences: the text's own, unless they speak of the page and to its reader."""
    length = len(line.text)
    scale = 25 if line.is_chinese else 70
    against = 5 + min(length, 800) / scale
    if length > _LONGEST_SPEECH or _ARTICLE.match(line.folded):
        return Judgement("", -against)
    weight = 1.5 * page_speak(line.folded) - against
    return Judgement(_speech(line.folded), weight) if weight > 0 else Judgement("", -against)


def _speech(folded: str) -> str:
    if "cookie" in folded:
        return "cookies"
    calls = ("关注", "扫", "订阅", "下载", "newsletter", "subscribe", "donat", "inbox", "app")
    return "promotion" if any(call in folded for call in calls) else "disclaimer"


def _short(line: Line) -> Judgement:
    controls, both = interface_share(line.folded)
    if "cookie" in line.folded and page_speak(line.folded) >= _MUCH_SPEECH:
        return Judgement("cookies", FORM)
    if patterns.CONTACT.fullmatch(line.folded):
        return Judgement("contact", CONTACT)
    if line.is_heading or (line.is_table_row and line.text.count("|") < 4):
        return Judgement("", CONTENT)
    if weight := _interface(line, controls, both):
        return Judgement("navigation", weight)
    if TABLE_KEY.fullmatch(line.folded):
        return Judgement("metadata", HINT)
    return _plain(line, both)


def _interface(line: Line, controls: float, both: float) -> float:
    """The weight of a line's words of interfaces; 0 where they are too few to tell."""
    words = len(line.folded.replace("|", " ").split())
    if line.has_stop and not line.folded.endswith(":"):
        return 1.0 if both >= 0.99 else 0.0
    if both >= 0.99:
        return 4.0 if controls >= 0.5 and (words > 1 or line.is_chinese) else 2.5 + (words > 1)
    plain = sum(character.isalpha() for character in line.folded)
    if line.is_chinese and 1 < words <= 12 and controls >= 0.4 and controls * plain >= 4:
        return 4.5
    return HINT if both >= 0.6 else 0.0


def _plain(line: Line, both: float) -> Judgement:
    """A short line with no form of its own."""
    if len(line.text) == 1 and not line.is_chinese and not line.text.isdigit():
        return Judgement("navigation", FORM - 1)
    if line.text.endswith(("：", ":")) and len(line.text) > 4:
        return Judgement("", CONTENT)
    if not line.is_short or "，" in line.text or ", " in line.text:
        speech = 1.5 * page_speak(line.folded)
        if speech >= 6:
            return Judgement(_speech(line.folded), speech - 4)
        return Judgement("", -2.0 if line.is_short else CONTENT)
    if BARE_DATE.search(line.folded) and len(line.text) <= 48:
        return Judgement("metadata", HINT)
    separators = sum(line.folded.count(mark) for mark in "|·>»/•") + line.text.count("  ")
    weight = NEUTRAL + 1.5 * both + min(separators, 3) * 0.5
    return Judgement("navigation" if weight > 0 else "", weight)


def is_dateline(line: Line) -> bool:
    """Whether it is a full date and a few words set apart from it by a blank or a sign."""
    date = DATE_IN_LINE.search(line.folded)
    if not date or len(line.text) - len(date.group()) > 44:
        return False
    if line.is_heading or line.has_stop or line.folded.startswith("("):
        return False
    before, after = line.folded[: date.start()], line.folded[date.end() :]
    return not re.search(r"[\w(]$", before) and not re.match(r"[\w,、)至到~-]", after)
