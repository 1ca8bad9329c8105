"""Headers, footers and numbers that stand again on every page."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rag.cleaning.lines import Line

HEADER, FOOTER, NUMBER = "page_header", "page_footer", "page_number"
RUNNING = frozenset({HEADER, FOOTER, NUMBER})
"""Reasons of lines that stand between two halves of what runs over a page."""

_DEPTH = 3
"""So many lines at either end of a page may be headers or footers."""
_LONGEST = 120
_ENOUGH_PAGES = 3
_SHARE_OF_PAGES = 0.25
"""Less than half, since left and right pages have different headers."""
_SHORTEST = 15
"""A line that breaks off in a sentence is at least so long in Chinese."""
_ENDS = ("。", ".", "!", "?", ";", ":", "…", "」", '"')
_BARE_NUMBER_LINES = 12
"""Numbers without a word or a dash are of pages only if these are as long as this."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:第\s*)?[-—–~·\[(/|\s]*(\d{1,4})[-—–~·\])/|\s]*(?:页)?"
    r"(?:\s*[,/(]?\s*共?\s*\d{1,4}\s*页?\s*\)?)?|page\s+(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?"
    r"|p(?:age|\.)?\s*(\d{1,4})|(\d{1,4})\s*(?:of|/)\s*\d{1,4}"
)


def running_lines(lines: Sequence[Line], page_starts: Sequence[int]) -> None:
    """Set `reason` on what is repeated at the ends of pages, and mark where pages begin.

    Args:
        lines: of the whole text.
        page_starts: where pages begin, as offsets into the raw text, in order; where there are
            none, lines that number the pages tell it.
    """
    pages = _pages(lines, page_starts) if page_starts else _numbered_pages(lines)
    if len(pages) < 2:
        if not page_starts:
            _interruptions(lines)
        return
    for page in pages[1:]:
        page[0].after_page_break = True
    _numbers(pages)
    _repeated(pages, HEADER)
    _repeated([page[::-1] for page in pages], FOOTER)


def over_page_breaks(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines that go on with the sentence that the page before broke off in."""
    before: Line | None = None
    broken = False
    for line in lines:
        broken = broken or line.after_page_break or line.reason in RUNNING
        if line.reason:
            continue
        if before and broken and _goes_on(before, line):
            yield line
        before, broken = line, False


def _goes_on(before: Line, after: Line) -> bool:
    long_enough = len(before.text) >= (_SHORTEST if before.is_chinese else 2 * _SHORTEST)
    return long_enough and not before.folded.endswith(_ENDS) and not after.is_heading


def _pages(lines: Sequence[Line], starts: Sequence[int]) -> list[list[Line]]:
    pages: list[list[Line]] = [[]]
    ahead = iter(sorted(starts))
    start = next(ahead, None)
    for line in lines:
        while start is not None and start <= line.start:
            pages.append([])
            start = next(ahead, None)
        pages[-1].append(line)
    return [page for page in pages if page]


def _numbered_pages(lines: Sequence[Line]) -> list[list[Line]]:
    """Pages that end with lines of numbers, each one more than the last, or begin with them."""
    numbered = [
        (index, int(next(filter(None, match.groups()))))
        for index, line in enumerate(lines)
        if len(line.text) <= 24 and (match := _PAGE_NUMBER.fullmatch(line.folded))
    ]
    steps = [pair for pair in pairwise(numbered) if pair[1][1] == pair[0][1] + 1]
    far = [pair for pair in steps if pair[1][0] - pair[0][0] > _distance(lines[pair[0][0]])]
    if len(steps) + 1 < _ENOUGH_PAGES or len(far) < len(steps):
        return []
    at_foot = steps[0][0][0] > 1
    ends = sorted({index + at_foot for pair in steps for index in (pair[0][0], pair[1][0])})
    cuts = [0, *ends, len(lines)]
    return [list(lines[low:high]) for low, high in pairwise(cuts) if high > low]


def _distance(line: Line) -> int:
    return _BARE_NUMBER_LINES if line.text.isdigit() else 2


def _numbers(pages: Sequence[Sequence[Line]]) -> None:
    """Numbers alone on the first or last lines of pages, where they count the pages."""
    for ends in ([page[:2] for page in pages], [page[::-1][:2] for page in pages]):
        found = [(n, line, value) for n, page in enumerate(ends) for line, value in _values(page)]
        runs: dict[int, list[Line]] = defaultdict(list)
        for n, line, value in found:
            runs[value - n].append(line)
        for run in runs.values():
            if len(run) >= _least(pages):
                for line in run:
                    line.reason = line.reason or NUMBER


def _values(page: Sequence[Line]) -> list[tuple[Line, int]]:
    values = []
    for line in page:
        if len(line.text) <= 24 and (match := _PAGE_NUMBER.fullmatch(line.folded)):
            values.append((line, int(next(filter(None, match.groups())))))
    return values


def _least(pages: Sequence[Sequence[Line]]) -> int:
    return max(min(_ENOUGH_PAGES, len(pages)), int(_SHARE_OF_PAGES * len(pages)))


def _repeated(pages: Sequence[Sequence[Line]], reason: str) -> None:
    """Lines at the same end of enough pages that differ in digits only."""
    seen: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for number, page in enumerate(pages):
        # A short page has more text than headers.
        for line in page[: min(_DEPTH, max(1, len(page) // 2))]:
            sentence = "。" in line.folded or (line.has_stop and len(line.text) > 20)
            if len(line.text) <= _LONGEST and not line.reason and not sentence:
                seen[_key(line)].append((number, line))
    least = max(_ENOUGH_PAGES, _least(pages))
    for run in seen.values():
        repeated = [line for _, line in run]
        often = len(run) >= least and not _is_numbered_text(repeated)
        if often or _counts_pages(run):
            for line in repeated:
                line.reason = reason


def _counts_pages(run: Sequence[tuple[int, Line]]) -> bool:
    """Whether one number in all lines goes up as the pages do, as on left pages or right ones."""
    if len(run) < 2 or any(line.is_heading for _, line in run):
        return False
    numbers = [[int(each) for each in _DIGITS.findall(line.folded)] for _, line in run]
    columns = zip(*numbers, strict=False)
    offsets = [
        {value - page for value, (page, _) in zip(column, run, strict=True)} for column in columns
    ]
    return run[0][0] != run[-1][0] and any(len(offset) == 1 for offset in offsets)


def _interruptions(lines: Sequence[Line]) -> None:
    """Where nothing tells the pages: lines that stand again and again in the midst of sentences."""
    seen: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if len(line.text) <= _LONGEST // 2 and not line.is_heading:
            seen[_key(line)].append(index)
    for places in seen.values():
        if len(places) >= _ENOUGH_PAGES and _is_far_apart(places):
            broken = [index for index in places if _breaks_off(lines, index)]
            if 2 * len(broken) >= len(places):
                for index in places:
                    lines[index].reason = lines[index].reason or HEADER


def _is_far_apart(places: Sequence[int]) -> bool:
    return all(after - before > 2 for before, after in pairwise(places))


def _breaks_off(lines: Sequence[Line], index: int) -> bool:
    """Whether the long line above ends in no stop, and what follows begins nothing new."""
    if not 0 < index < len(lines) - 1:
        return False
    before = lines[index - 1]
    wide = len(before.text) >= (20 if before.is_chinese else 50)
    return wide and _goes_on(before, lines[index + 1])


def _key(line: Line) -> str:
    return _DIGITS.sub("0", "".join(line.folded.split()))


def _is_numbered_text(run: Sequence[Line]) -> bool:
    """Headings that only their numbers tell apart (Article 3, 第3條), one or more to a page."""
    return all(line.is_heading for line in run) and len({line.folded for line in run}) == len(run)
