"""A document as its metadata is read: lines above, in and below the text, sorted by use."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rag.metadata.dates import is_bare_date, parse_date
from rag.text import fold, sentence_spans

HEAD_LINES = 8
TAIL_LINES = 6
_OPENING = 600
_SENTENCES = 3
"""The opening: so many characters, and so many sentences of them."""

_LABELS = {
    "event": r"(?:会议|活动|开会|召开|举办|举行)(?:时间|日期)|meeting date|date of (?:the )?meeting"
    r"|date and time",
    "published": r"(?:发布|发表|发文|成文|刊登|印发|公布|公开|出版|上传)(?:时间|日期)"
    r"|(?:date |first )?published(?: on)?|publication date|posted(?: on)?|release date"
    r"|date of issue",
    "updated": r"(?:更新|修改)(?:时间|日期)|(?:last )?updated(?: on)?",
    "date": r"时间|日期|date",
    "publisher": r"发布机构|发文机关|发布单位|发文单位|发布者|制定机关|publisher|published by"
    r"|issued by",
    "source": r"(?:信息|文章|稿件|新闻|内容|文字)?来源|source",
    "author": r"作者|撰文|撰稿|文|文字|记者|通讯员|author|by|writer",
    "organiser": r"主办(?:单位)?|organi[sz]er|hosted by",
    "meeting": r"(?:会议)?地点|(?:会议)?主持人?|出席(?:人员|者)?|列席(?:人员)?|参会人员|与会人员"
    r"|缺席|记录人?|place|venue|location|present|attendees?|in attendance|chair|apologies",
    "other": r"(?:浏览|阅读|点击|访问|查看)(?:次数|量|数)?|字号|字体|分享|责任编辑|编辑|责编|审核"
    r"|校对|字数|点击数|views?|editor|font|title|标题|url|网址|链接|摄影|图|language|tags?",
}
_LABEL = re.compile(
    r"(?:^|(?<=[\s】\])|,;]))[\[【(]?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")\s*[:|]\s*"
)
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
        """The clean text's lines that are not blank."""
        return [line.strip() for line in self.text.split("\n") if line.strip()]

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
        return [label for line in self.head for label in labels_of(line)]

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

    @cached_property
    def opening(self) -> list[str]:
        """The lines of the head that are no labels, and the first sentences under them."""
        heads = [line for line in self.head[len(self.removed) :] if not _starts_with_label(line)]
        below = self.lines[len(self.head) - len(self.removed) :]
        part = "\n".join(below)[:_OPENING]
        return [*heads, *(span.slice(part) for span in sentence_spans(part)[:_SENTENCES])]


def is_prose(line: str) -> bool:
    """Whether a line is a sentence, not a title or a label."""
    folded = fold(line)
    if _starts_with_label(line) and "。" not in folded:
        return False
    return "。" in folded[9:] or len(folded) > 90 or bool(re.search(r"\w\w\. [a-z]", folded[20:]))


def labels_of(line: str) -> Iterator[Label]:
    """The labels of a line that begins with one, or with a date."""
    folded = fold(line)
    found = list(_LABEL.finditer(folded))
    if not found or (found[0].start() > 0 and not is_bare_date(line[: found[0].start()])):
        return
    if found[0].start():
        yield Label("published", line[: found[0].start()])
    ends = [*[match.start() for match in found[1:]], len(line)]
    for match, end in zip(found, ends, strict=True):
        value = line[match.end() : end].strip(" \t|,;，；]】)）")
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
