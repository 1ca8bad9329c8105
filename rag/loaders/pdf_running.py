"""Headers, footers and page numbers of a PDF, told by their place on the page."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from rag.loaders.pdf_layout import PageText
from rag.loaders.pdf_order import Line

_NUMBER = re.compile(r"[0-9]+")
_LETTER = re.compile(r"[^\W\d_]")
_LARGEST = 1.1
"""Times the size of the text; what is larger is a heading."""
_NEAR = 4.0
"""Points."""
_FEWEST = 2


def running(pages: Sequence[PageText]) -> dict[int, str]:
    """Reasons, as in `Removal`, of the lines that stand again on other pages, by their `id`.

    Such a line is alone at an end of its page, no larger than the text, and stands at the same
    height on another page with the same words, but for a number that counts the pages.
    """
    sizes = [page.head.em for page in pages if page.head]
    largest = _LARGEST * median(sizes) if sizes else 0.0
    groups: dict[tuple[str, int, str], list[tuple[int, Line]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for line in (*page.leading, *page.trailing):
            if line.em <= largest:
                zone = "page_header" if line.bottom > page.height / 2 else "page_footer"
                for key in _keys(line, number):
                    groups[(zone, *key)].append((number, line))
    reasons: dict[int, str] = {}
    for (zone, _, words), group in groups.items():
        if _stands_again(group):
            reason = zone if _LETTER.search(words) else "page_number"
            reasons |= {id(line): reason for _, line in group}
    return reasons


def _keys(line: Line, page: int) -> Iterator[tuple[int, str]]:
    """The line as it stands, and with each number that may count the pages taken out."""
    words = "".join(line.text.split())
    if _LETTER.search(words):
        yield -1, words
    for number in _NUMBER.finditer(words):
        if len(number.group()) < 6:
            rest = f"{words[: number.start()]}\0{words[number.end() :]}"
            # Of 3/12 the total stays the same and the number goes up with the pages.
            yield int(number.group()) - page, rest


def _stands_again(group: Sequence[tuple[int, Line]]) -> bool:
    if len({page for page, _ in group}) < _FEWEST:
        return False
    heights = [line.bottom for _, line in group]
    return sum(abs(height - median(heights)) <= _NEAR for height in heights) * 2 > len(heights)
