"""Enumerations of a document: their items, what introduces them, how many are announced. Pure.

An enumeration is a run of items numbered 1, 2, 3 … in one style, over however many sentences and
passages; items of another style between them are details of the item above.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.questions import ORDINALS, item_number
from rag.records import Evidence
from rag.text import fold
from rag.values import find_values

LONGEST_ITEM = 8
"""Sentences an item may have before the next one; where items are headings, more."""

LONGEST_SECTION = 80
"""Sentences under an item that is a heading of its own."""

HEADING_LENGTH = 40
"""Characters of a line that may be a heading."""

LOOK_BACK = 3
"""Sentences before the first item that may introduce it."""

_HAN = "一二三四五六七八九十"
_CIRCLED = {chr(ord("①") + index): index + 1 for index in range(20)}
_AFTER = r"(?:^|[\s,，、。;；:：.!?！？—–”’)）])\s*"
_STYLES: tuple[re.Pattern[str], ...] = (
    re.compile(rf"{_AFTER}(?P<n>[{_HAN}]{{1,3}})(?:是|要|则)"),
    re.compile(
        rf"{_AFTER}第(?P<n>[{_HAN}]{{1,3}}|[0-9]{{1,2}})(?:[项条点个类件方面大]{{0,2}})"
        r"(?:[,，、:：。]|是|\s)"
    ),
    re.compile(rf"{_AFTER}其(?P<n>[{_HAN}])(?:[,，、:：]|是)"),
    re.compile(rf"(?:^|[^\w第])[(（](?P<n>[{_HAN}]{{1,3}})[)）]"),
    re.compile(rf"(?:^|[\s。;；:：])(?P<n>[{_HAN}]{{1,3}})、(?![{_HAN}]{{1,3}}[、是])"),
    re.compile(r"(?:^|[^\w])[(（](?P<n>[0-9]{1,2})[)）]"),
    re.compile(r"(?:^|\s)(?P<n>[0-9]{1,2})[)）]"),
    re.compile(r"(?:^|[\s。;；:：])(?P<n>[0-9]{1,2})(?:[.．](?![0-9])|、)"),
    re.compile("(?P<n>[①-⑳])"),
    re.compile(rf"{_AFTER}(?P<n>{ORDINALS})(?:ly)?(?:,| (?:is|was|to|of all)\b|:)"),
)
_BULLET = re.compile(r"(?:[-*+•·]\s+|[▪●○■□◆◇►]\s*)\S")
_LETS_IN = re.compile(
    r"(?:以下|如下|下列|几个方面|方面|任务|工作|措施|following|as follows)[^。.:]{0,12}[。.:]?$"
    r"|[:—]+$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enumeration:
    """A numbered list in a document."""

    items: tuple[int, ...]
    """Index of the sentence in which each item begins, in order."""
    lead: tuple[int, ...]
    """Indexes of sentences that may introduce it, the nearest first; that of the first item
    among them where it says something before its number."""

    def __len__(self) -> int:
        return len(self.items)


_Run = list[tuple[int, int]]
"""Items of one style: the sentence, and where in it the number is."""


def enumerations(sentences: Sequence[Evidence]) -> list[Enumeration]:
    """Every list of two items or more, in the order of their first items."""
    folded = [_plain(sentence.text) for sentence in sentences]
    runs = [run for pattern in _STYLES for run in _runs(_openings(pattern, folded), folded)]
    made = [_made(run, folded) for run in [*runs, *_bullets(folded)]]
    return sorted(made, key=lambda one: (one.items[0], -len(one)))


def announced(text: str, count: int) -> int | None:
    """How many items a sentence says there are: the number it states nearest to `count`.

    None where it states none that could be one.
    """
    numbers = [
        int(value.value)
        for value in find_values(text)
        if value.kind == "number"
        and isinstance(value.value, Decimal)
        and value.value == int(value.value)
        and 1 < value.value <= 40
    ]
    return min(numbers, key=lambda number: (abs(number - count), number), default=None)


def introduces(text: str) -> bool:
    """Whether a sentence leads over to a list."""
    return bool(_LETS_IN.search(fold(text).rstrip()))


def _plain(text: str) -> str:
    """Folded, but with ① and its like kept, which folding makes plain digits."""
    return "".join(
        raw if raw in _CIRCLED else one for raw, one in zip(text, fold(text), strict=True)
    )


def _openings(pattern: re.Pattern[str], folded: Sequence[str]) -> list[tuple[int, int, int]]:
    """(number, sentence, start) of all that looks like the number of an item."""
    return [
        (_number(match["n"]), index, match.start("n"))
        for index, text in enumerate(folded)
        for match in pattern.finditer(text)
    ]


def _number(written: str) -> int:
    return _CIRCLED.get(written) or item_number(written)


def _runs(openings: Sequence[tuple[int, int, int]], folded: Sequence[str]) -> list[_Run]:
    runs: list[_Run] = []
    current: _Run | None = None
    for number, index, start in openings:
        if number == 1:
            current = [(index, start)]
            runs.append(current)
        elif current and number == len(current) + 1:
            gap = index - current[-1][0]
            if gap <= (LONGEST_SECTION if _is_heading(folded, current, index) else LONGEST_ITEM):
                current.append((index, start))
            else:
                current = None
    return [run for run in runs if len(run) > 1]


def _bullets(folded: Sequence[str]) -> list[_Run]:
    """Lists whose items have a dash or a dot for a number."""
    runs: list[_Run] = []
    for index, text in enumerate(folded):
        if not _BULLET.match(text):
            continue
        if runs and index - runs[-1][-1][0] <= LONGEST_ITEM:
            runs[-1].append((index, 0))
        else:
            runs.append([(index, 0)])
    return [run for run in runs if len(run) > 1]


def _is_heading(folded: Sequence[str], run: _Run, index: int) -> bool:
    """Whether the last item and this one are short lines of their own."""
    last, start = run[-1]
    short = all(len(folded[at]) <= HEADING_LENGTH for at in (last, index))
    stops = folded[last].rstrip().endswith(("。", ".", ";")) or start > 2
    return short and not stops


def _made(run: _Run, folded: Sequence[str]) -> Enumeration:
    first, start = run[0]
    lead = [first] if re.search(r"\w", folded[first][: max(start - 1, 0)]) else []
    lead += range(first - 1, max(first - 1 - LOOK_BACK, -1), -1)
    return Enumeration(
        items=tuple(index for index, _ in run),
        lead=tuple(lead),
    )
