"""A document as its metadata is read: lines above, in and below the text, sorted by use."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rag.metadata.dates import is_bare_date, parse_date
from rag.records import Removal
from rag.text import HAN, fold, sentence_spans

HEAD_LINES = 8
TAIL_LINES = 6
_OPENING = 600
"""Characters in which the opening sentences lie."""

_TELLING = frozenset(
    {"metadata", "page_tools", "source", "breadcrumb", "credit", "print_edition", "navigation"}
)
"""Reasons of cleaning for which it removes lines that may tell metadata."""

_LABELS = {
    "event": r"(?:会议|活动|开会|召开|举办|举行)(?:时间|日期)|meeting date|date of (?:the )?meeting"
    r"|date and time",
    "published": r"(?:发布|发表|发文|成文|刊登|印发|公布|公开|出版|上传)(?:时间|日期)"
    r"|(?:date |first )?published(?: on)?|publication date|posted(?: on)?|release date"
    r"|date of issue|生成日期",
    "updated": r"(?:更新|修改)(?:时间|日期)|(?:last )?updated(?: on)?",
    "date": r"时间|日期|date",
    "publisher": r"发布机构|发文机[关构]|发布单位|发文单位|公开单位|发布者|制定机关|publisher"
    r"|published by|issued by",
    "source": r"(?:信息|文章|稿件|新闻|内容|文字)?来源|source",
    "author": r"作者|撰文|撰稿|文|文字|记者|通讯员|author|by|writer",
    "organiser": r"主办(?:单位)?|organi[sz]er|hosted by",
    "meeting": r"(?:会议)?地点|(?:会议)?主持人?|出席(?:人员|者)?|列席(?:人员)?|参会人员|与会人员"
    r"|缺席|记录人?|place|venue|location|present|attendees?|in attendance|chair|apologies",
    "other": r"(?:浏览|阅读|点击|访问|查看)(?:次数|量|数)?|字号|字体|分享|责任编辑|编辑|责编|审核"
    r"|校对|字数|点击数|views?|editor|font|title|标题|url|网址|链接|摄影|图|language|tags?"
    r"|索引号|主题分类|组配分类|信息分类|体裁分类|文号|发文字号|名称|关键[词字]|内容概述|有效性"
    r"|(?:生效|废止|实施|施行|失效)(?:时间|日期)",
}
_LABEL = re.compile(
    r"(?:^|(?<=[\s】\])|,;]))[\[【(]?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")\s*[:|]\s*"
)
_ANY_LABEL = re.compile(rf"[\s•·]*[{HAN}A-Za-z]{{2,8}}\s*:")
_NOT_TEXT = re.compile(
    r"(?:今天|今日|现在)是.{4,30}|today is .{4,40}|.{2,16}\s(?:今天|今日)是.{4,30}|摘\s*要|正\s*文"
    r"|目\s*录|前\s*言|导读|核心提示|放大图片|返回顶部|热点搜索|跳到主要内容|热点|图集|abstract"
    r"|contents|table of contents|skip to (?:main )?content|[:：|>·•■◆\s]+|热门搜索|热搜"
)
"""Lines that name a part of a page or tell today's date."""

_ITEM = re.compile(r"\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.、．)]")
_LONGEST_LINE = 160


@dataclass(frozen=True, slots=True)
class Label:
    """`key: value` on a line of its own or among others."""

    key: str
    value: str


@dataclass(frozen=True)
class Page:
    """Everything that metadata is read from."""

    text: str
    """Clean text."""
    noted: Mapping[str, str] = field(default_factory=dict)
    """What cleaning noted of the lines that it removed."""
    carried: Mapping[str, str] = field(default_factory=dict)
    """What the file says of itself outside its text."""
    removed: Sequence[str] = ()
    """The lines that cleaning removed as metadata, in order."""

    @cached_property
    def lines(self) -> list[str]:
        """The clean text's lines that are neither blank nor the name of a part of the page."""
        lines = (line.strip() for line in self.text.split("\n"))
        return [line for line in lines if line and not _NOT_TEXT.fullmatch(fold(line))]

    @cached_property
    def head(self) -> list[str]:
        """Short lines above the prose, after those that were removed."""
        kept = []
        for line in self.lines[:HEAD_LINES]:
            if len(line) > _LONGEST_LINE or is_prose(line):
                break
            kept.append(line)
        return [*self.removed, *kept]

    @cached_property
    def labels(self) -> list[Label]:
        return [*_labels(self.removed, anywhere=True), *_labels(self.head[len(self.removed) :])]

    def labelled(self, *keys: str) -> Iterator[str]:
        """The values of these keys, by key and then by place."""
        for key in keys:
            yield from (label.value for label in self.labels if label.key == key and label.value)

    @cached_property
    def under_title(self) -> list[str]:
        """Lines without a label between the title and the prose, removed ones among them."""
        below = self.head[len(self.removed) + 1 :]
        return [line for line in [*self.removed, *below] if not _starts_with_label(line)]

    @cached_property
    def tail(self) -> list[str]:
        """The last lines, none of them the first."""
        return self.lines[1:][-TAIL_LINES:]

    def opening(self, sentences: int) -> list[str]:
        """The lines of the head that are no labels, and so many sentences under them.

        Up to the first numbered item: what a digest lists is not what it reports.
        """
        kept = self.head[len(self.removed) :]
        until = next((at for at, line in enumerate(self.lines) if at and _ITEM.match(line)), None)
        heads = [line for line in kept[:until] if not _starts_with_label(line)]
        part = "\n".join(self.lines[len(kept) : until])[:_OPENING]
        return [*heads, *(span.slice(part) for span in sentence_spans(part)[:sentences])]


def telling(removals: Iterable[Removal]) -> list[str]:
    """The lines that cleaning removed and that may tell metadata, in order."""
    return [
        line.strip()
        for removal in removals
        if removal.reason in _TELLING
        for line in removal.text.splitlines()
        # Among links a date alone is that of the visit.
        if line.strip() and not (removal.reason == "navigation" and is_bare_date(line))
    ]


def is_prose(line: str) -> bool:
    """Whether a line is a sentence, not a title or a label."""
    folded = fold(line)
    if _starts_with_label(line) and "。" not in folded:
        return False
    return "。" in folded[9:] or len(folded) > 90 or bool(re.search(r"\w\w\. [a-z]", folded[20:]))


def _labels(lines: Sequence[str], *, anywhere: bool = False) -> Iterator[Label]:
    """The labels of lines; a value may stand on the line after its label."""
    for at, line in enumerate(lines):
        for label in labels_of(line, anywhere=anywhere):
            after = lines[at + 1].strip("•· ") if at + 1 < len(lines) else ""
            if label.value or not line.rstrip().endswith((":", "：")):
                yield label
            elif after and not _ANY_LABEL.match(fold(after)):
                yield Label(label.key, after)


def labels_of(line: str, *, anywhere: bool = False) -> Iterator[Label]:
    """The labels of a line that begins with one, or with a date; or with anything."""
    folded = fold(line)
    found = list(_LABEL.finditer(folded))
    before = line[: found[0].start()] if found else ""
    dated = is_bare_date(before)
    if not found or (before.strip("•· ") and not dated and not anywhere):
        return
    if dated:
        yield Label("published", before)
    ends = [*[match.start() for match in found[1:]], len(line)]
    for match, end in zip(found, ends, strict=True):
        value = line[match.end() : end].strip(" \t|,;，；]】)）")
        value = re.split(rf"\s(?=[{HAN}]{{2,8}}[:：])", value)[0]
        yield Label(match.lastgroup or "", value)
        # 来源：某报 2024-01-05 08:00
        if match.lastgroup in {"source", "publisher", "author"} and value != without_dates(value):
            yield Label("published", value.removeprefix(without_dates(value)).strip())


def _starts_with_label(line: str) -> bool:
    return any(True for _ in labels_of(line))


def without_dates(value: str) -> str:
    """A value up to the date or the wide gap that follows it on its line."""
    first = re.split(r"\s{2,}|\t|[|【]", value.strip())[0]
    pieces = first.split()
    for count in range(len(pieces)):
        if parse_date(" ".join(pieces[count:])) and is_bare_date(" ".join(pieces[count:])):
            return " ".join(pieces[:count])
    return first
