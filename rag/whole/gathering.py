"""Everything of one kind that sentences hold: a term, dates, amounts, meetings, bodies, laws. Pure.

Values are found as they are for checking claims; names by their form, so that a list of them is
as complete as their forms are usual.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rag.periods import years_in
from rag.records import Evidence
from rag.text import HAN, fold
from rag.values import Kind, find_values
from rag.whole.questions import ListOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was found, with every sentence that holds it."""

    label: str
    """As first written."""
    places: tuple[Evidence, ...]
    """In order, a sentence once however often it holds the thing."""
    count: int
    """Times it stands there."""


def occurrences(forms: Sequence[str], sentences: Sequence[Evidence]) -> list[tuple[Evidence, int]]:
    """The sentences that hold any of these forms, each with how often.

    In any script, width and case; an English form as a whole word, its plural too.
    """
    pattern = re.compile("|".join(map(_term_pattern, forms)))
    counted = ((item, len(pattern.findall(fold(item.text)))) for item in sentences)
    return [(item, count) for item, count in counted if count]


def _term_pattern(term: str) -> str:
    folded = fold(term).strip()
    words = r"\s+".join(map(re.escape, folded.split()))
    if not re.search(f"[{HAN}]", folded):
        return rf"(?<![a-z0-9]){words}(?:e?s)?(?![a-z0-9])"
    return rf"(?<![a-z0-9]){words}" if folded[0].isascii() else words


def entries(of: ListOf, sentences: Sequence[Evidence]) -> list[Entry]:
    """Everything of a kind, the same thing once, in the order in which it first stands."""
    labels: dict[object, str] = {}
    places: dict[object, dict[Evidence, None]] = {}
    counts: dict[object, int] = {}
    for item in sentences:
        for key, label in _FINDERS[of](item.text):
            labels.setdefault(key, label)
            places.setdefault(key, {})[item] = None
            counts[key] = counts.get(key, 0) + 1
    return [
        Entry(label=label, places=tuple(places[key]), count=counts[key])
        for key, label in labels.items()
    ]


Found = Iterator[tuple[object, str]]
_VALUES: Mapping[ListOf, frozenset[Kind]] = {
    "date": frozenset({"date"}),
    "money": frozenset({"money"}),
    "percent": frozenset({"percent"}),
    "number": frozenset({"number", "percent", "money"}),
}
_DUE_AFTER = re.compile(r"(?:之|以)?前|年?底|年?末|为止|内(?![容部])|收官")
_DUE_BEFORE = re.compile(
    r"(?:到|截至|截止|不晚于|最迟|迟至|期限[为是:：]?)\s*$"
    r"|\b(?:by|before|until|no later than|not later than|deadlines?|due|end of)\b[^.;,]{0,12}$"
)
SHORTEST_NAME = 3
"""Characters that a name must have more than: 会议 and 干部 name none."""

_LEADING = re.compile(
    r"^(?:(?:of|on|the|a|an|one|and) )+"
    r"|^(?:学习|推动|并且|掌握|还有|有关|各级|落实|召开|举行|开了|参加|其他|要求|这次|那次|到会|老|级"
    r"|主办方|首先|提到|谈到)+",
    re.IGNORECASE,
)
_HAN_STOP = r"(?![的在对为把于由和与及或是了从向以据按])"
_HAN_MEETING = re.compile(
    rf"(?:{_HAN_STOP}[{HAN}\d“”]){{1,16}}?(?:工作会议|会议|大会|全会|论坛|峰会|年会|座谈会|研讨会|茶话会)"
)
_AWAY = "(?<![A-Za-z0-9])"
_MEETING = re.compile(
    rf"{_AWAY}(?:(?:[A-Z][\w'-]*|\d{{4}}|\d+(?:st|nd|rd|th)|of|the|on) )*(?:[A-Z][\w'-]*|\d{{4}}) "
    r"(?:[Mm]eeting|[Cc]onference|[Cc]ongress|[Ss]ummit|[Ff]orum|[Dd]ialogue)\b"
    rf"|{_AWAY}COP\d+\b"
)
_HAN_BODY = re.compile(
    rf"(?:{_HAN_STOP}(?![全内外干])[{HAN}]){{2,14}}?(?:委员会|(?<![全内外干各一])部(?![署门分长里署委])|局(?![面长势限部])"
    r"|厅(?!长)|研究院|科学院|法院|检察院|办公室|总署|集团|公司|协会|学会|银行|大学|人民政府|基金会|组织|委|国合会)"
)
_BODY = re.compile(
    rf"{_AWAY}(?:[A-Z][\w'-]*(?: (?:of|for|and|the))* )+(?:Ministry|Agency|Committee|Council"
    r"|Commission|Board|Bureau|Department|Authority|Association|Institute|Bank|Court|University"
    r"|Company|Corporation|Group|Office|Organi[sz]ation|Fund|Society|Union)\b"
    rf"|{_AWAY}(?:Ministry|Agency|Department|Bureau|Commission|Board|Council|Office) (?:of|for) "
    r"(?:(?:the|and|of) )*[A-Z][\w'-]*(?: (?:and |of |the )*[A-Z][\w'-]*)*"
)
_LAW = re.compile(
    rf"《[^》]{{2,40}}》|(?:{_HAN_STOP}[{HAN}]){{2,14}}?(?:保护法|防治法|安全法|监督法|条例|公约|议定书|法典)"
    rf"|{_AWAY}(?:[A-Z][\w'-]*(?: (?:of|on|for|and|the))* )+"
    r"(?:Act|Law|Code|Convention|Protocol|Regulations?)\b"
)


def _valued(of: ListOf) -> Callable[[str], Found]:
    def find(text: str) -> Found:
        # One expression may state several values: 14日至15日.
        for _, stated in groupby(find_values(text), key=lambda value: value.span):
            values = [value for value in stated if value.kind in _VALUES[of]]
            if values:
                key = tuple((value.kind, value.value, value.unit) for value in values)
                yield key, values[0].text

    return find


def _leading(label: str) -> int:
    """Characters before the name itself: an article, or a verb that a Han pattern took in."""
    match = _LEADING.match(fold(label))
    return match.end() if match else 0


_IN_HAN = frozenset({_HAN_MEETING, _HAN_BODY})
"""Patterns for folded text; the others look at capitals."""


def _deadlines(text: str) -> Found:
    folded = fold(text)
    for value in find_values(text):
        before = folded[: value.span.start]
        due = _DUE_AFTER.match(folded, value.span.end) or _DUE_BEFORE.search(before)
        if value.kind == "date" and due:
            yield (value.kind, value.value, ""), value.text


def _years(text: str) -> Found:
    return ((year, str(year)) for year in years_in(text))


def _named(*patterns: re.Pattern[str]) -> Callable[[str], Found]:
    def find(text: str) -> Found:
        for pattern in patterns:
            for match in pattern.finditer(fold(text) if pattern in _IN_HAN else text):
                label = " ".join(text[match.start() : match.end()].split())
                label = label[_leading(label) :]
                if len(label) > SHORTEST_NAME and not re.fullmatch("[a-z]+", label):
                    yield fold(label), label

    return find


_FINDERS: Mapping[ListOf, Callable[[str], Found]] = {
    "date": _valued("date"),
    "money": _valued("money"),
    "percent": _valued("percent"),
    "number": _valued("number"),
    "deadline": _deadlines,
    "year": _years,
    "meeting": _named(_HAN_MEETING, _MEETING),
    "body": _named(_HAN_BODY, _BODY),
    "law": _named(_LAW),
}
