"""Lines that were broken at a fixed width, joined into paragraphs again.

Whether a text is wrapped at all is decided by evidence: nearly every line that breaks off in the
middle of a sentence is so long that what follows would not have fit. Poems, lists, tables and
addresses do not look so, whatever their lines' lengths.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rag.text import HAN

_LONGEST = 250
"""Columns; a longer line was not broken at a margin."""
_NARROWEST_CHINESE, _NARROWEST_LATIN = 16, 38
_SHORTEST = 8
_MOST_STOPS = "。！？；：.!?;:”」）)"
_WIDEST_VERSE = 64
_FEWEST = 3
"""Fewer breaks are no evidence, but for two full lines of so many columns:"""
_WIDE_ENOUGH = 50
_SAMPLE = 3_000
_CANDIDATES = 10
_FORCED_SHARE, _TIGHT_SHARE, _LOWER_SHARE = 0.7, 0.6, 0.4
_END_SHARE, _INSIDE_SHARE, _ENGLISH_INSIDE_SHARE = 0.4, 0.3, 0.15

_CJK = f"{HAN}\u3000-\u30ff\uff01-\uff60\uffe0-\uffe6"
_WIDE = re.compile(f"[{_CJK}\u1100-\u115f\uac00-\ud7a3\U0001f300-\U0001faff]")
_NARROW = re.compile("[\u0800-\u10ff\u1160-\u2e7f]")
"""Letters and signs of three bytes that are not wide; of signs (“ — … ′ ①) some fonts say so."""
_SIGN = re.compile("[\u2010-\u2e7f]")
_STOP = re.compile("[。！？；：…!?.;:][”’」』》）)\\]\"']*$")
_MARK = re.compile("[，。；：、！？,;:!?]")
_INSIDE = re.compile(r"[.,;:!?][\"')]* (?=\S)")
_ENDS_IN_MARK = re.compile("[，。；：、！？,;:!?][”’」』）)\"']*$")
_LOWER = re.compile("[\"'“‘(]?(?:[a-zà-ÿ]|\\d+[ ,.%])")
_TOKEN = re.compile(
    "[《“‘「『（(\\[]*(?:[A-Za-z0-9À-ɏ][A-Za-z0-9À-ɏ.,%'’/_-]*|[^\\s])[，。；：、！？”’」』》）,.;:!?)\\]]*"
)
_WORD = re.compile(r"\S+")
_TABLE = re.compile(r"\t|\S {3,}\S|\||［?\.{4,}|…{3,}|-{4,}|={4,}|_{4,}")
_ALWAYS_NEW = re.compile(
    r"[-*+•·▪●○■□◆◇►–—#>|](?:\s|[^\s\d-])|[•▪●○■□◆◇►#>|]|```|~~~|第[一二三四五六七八九十百零〇\d]+[章节節编編条條]\s"
    r"|十?[一二三四五六七八九十]是|十?[一二三四五六七八九十]、|第十?[一二三四五六七八九十][，,]|[①-⑳]"
    r"|(?:首先|其次|再次|最后|最後)[，,]|(?:First|Second|Third|Fourth|Fifth|Finally)(?:ly)?,"
)
_NEW_AFTER_STOP = re.compile(
    r"\d{1,3}(?:\.\d{1,3}){0,3}[.)、．）](?!\d)|[(（][一二三四五六七八九十\d]{1,3}[)）]|(?:[a-zA-Z]|[IVX]{1,5})[.)]\s"
    r"|第[一二三四五六七八九十百零〇\d]+[章节節编編条條款项項]"
)


@dataclass(slots=True)
class Visible:
    """A line as it will stand in the clean text."""

    text: str
    """Without blanks at its ends."""
    blanks: str
    """What stands before it."""
    follows: bool
    """It comes right after the line before: no empty line between, and nothing that says that a
    new paragraph begins."""
    indent: int = field(init=False)
    """Columns of blanks before it."""
    widths: tuple[int, int, int] = field(init=False)
    """In characters; in columns; in columns with signs such as “ as wide as Han characters."""
    is_chinese: bool = field(init=False)
    is_row: bool = field(init=False)
    """It holds columns, a rule or leaders, so nothing is joined to it."""

    def __post_init__(self) -> None:
        blanks = len(self.blanks)
        self.indent = blanks + self.blanks.count("\u3000") + 3 * self.blanks.count("\t")
        length = len(self.text)
        # Han characters and most signs are three bytes, so half of what is over is their number.
        wide = (len(self.text.encode("utf-8", "surrogatepass")) - length) // 2
        narrow = len(_NARROW.findall(self.text)) if wide and length <= _LONGEST else 0
        signs = len(_SIGN.findall(self.text)) if narrow else 0
        columns = length + self.indent + wide - narrow
        self.widths = (length + blanks, columns, columns + signs)
        self.is_chinese = 5 * wide > length
        self.is_row = length <= _LONGEST and bool(_TABLE.search(self.text))


@dataclass(frozen=True, slots=True)
class _Margin:
    """How a text was wrapped: at which width, measured how."""

    width: int
    metric: int
    chinese: bool


class _Break:
    """The end of a line that another follows."""

    __slots__ = ("after", "before", "free", "index", "is_item", "lower", "stops", "token")

    def __init__(self, index: int, before: Visible, after: Visible) -> None:
        self.index, self.before, self.after = index, before, after
        self.stops = bool(_STOP.search(before.text[-5:]))
        self.free = not _starts_anew(before, after, self.stops)
        self.is_item = bool(_ALWAYS_NEW.match(before.text) or _NEW_AFTER_STOP.match(before.text))
        self.lower = bool(_LOWER.match(after.text))
        token = (_TOKEN if after.is_chinese else _WORD).match(after.text)
        first = token.group() if token else ""
        wide = len(_WIDE.findall(first)) if len(first) < _LONGEST else 0
        blank = 0 if after.is_chinese else 1
        self.token = (len(first) + blank, len(first) + wide + blank)

    @property
    def between_chinese(self) -> bool:
        """Whether words may have been cut here: only Chinese is broken at any character."""
        return self.before.is_chinese and self.after.is_chinese

    def slack(self, margin: _Margin) -> int:
        """Columns left free at the end of the line."""
        return margin.width - self.before.widths[margin.metric]

    def forced(self, margin: _Margin) -> bool:
        """Whether what follows would not have fit on the line."""
        slack, token = self.slack(margin), self.token[min(margin.metric, 1)]
        if slack < -2 * margin.chinese and " " in self.before.text:
            return False
        if margin.chinese:
            allowance = 0 if self.stops else (1 if margin.metric == 0 else 2)
            return slack < token + allowance
        if self.lower and not self.stops:
            return 4 * slack < margin.width or slack < token
        return slack < token


def _starts_anew(before: Visible, after: Visible, stops: bool) -> bool:
    """Whether a line begins a paragraph, item, heading or row by its form."""
    if before.is_row or after.is_row or _ALWAYS_NEW.match(after.text):
        return True
    return bool(_NEW_AFTER_STOP.match(after.text)) and (stops or len(before.text) < 8)


def wrapped_breaks(lines: Sequence[Visible]) -> dict[int, bool]:
    """Indexes of lines that the line after carries on, with whether words were cut there too."""
    joined: dict[int, bool] = {}
    blocks = list(_blocks(lines))
    for chinese in (True, False):
        rest = [block for block in blocks if _is_chinese(block) == chinese]
        for _ in range(3):
            margin = _margin(rest, chinese)
            if margin is None:
                break
            found = [(block, _joins(block, margin)) for block in rest]
            joined.update(pair for _, pairs in found for pair in pairs)
            rest = [block for block, pairs in found if not pairs]
    return joined


def _blocks(lines: Sequence[Visible]) -> Iterator[list[_Break]]:
    """The breaks between lines that follow one another, block by block, where any may be a wrap."""
    first = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and lines[index].follows:
            continue
        if _may_be_wrapped(lines, first, index):
            inside = range(first, index - 1)
            yield _with_indents([_Break(at, lines[at], lines[at + 1]) for at in inside])
        first = index


def _may_be_wrapped(lines: Sequence[Visible], first: int, end: int) -> bool:
    """Whether enough lines of a block break off: one look at each, since most texts have none."""
    short = broken = 0
    for index in range(first, end - 1):
        text = lines[index].text
        if _SHORTEST <= len(text) <= _LONGEST:
            short += 1
            broken += text[-1] not in _MOST_STOPS
    return broken > 0 and 8 * broken >= short and 8 * short >= end - 1 - first


def _with_indents(block: list[_Break]) -> list[_Break]:
    """A block in which a line that stands further in begins a paragraph.

    Unless all lines under an item's number stand in as far as its words.
    """
    base = min(one.after.indent for one in block)
    hanging = base
    for one in block:
        if one.is_item and one.before.indent < one.after.indent <= one.before.indent + 6:
            hanging = one.after.indent
        elif one.after.indent > base + 1 and one.after.indent != hanging:
            one.free = False
        if one.after.indent != hanging:
            hanging = base
    return block


def _is_chinese(block: Sequence[_Break]) -> bool:
    return 2 * sum(one.before.is_chinese for one in block) >= len(block)


def _margin(blocks: Sequence[Sequence[_Break]], chinese: bool) -> _Margin | None:
    """The margin that best explains where lines break off in mid-sentence; None where none does."""
    sample: list[Sequence[_Break]] = []
    count = 0
    for block in blocks:
        if count < _SAMPLE:
            sample.append(block)
            count += len(block)
    best: tuple[int, _Margin] | None = None
    for metric in (0, 1, 2) if chinese else (0,):
        for width in _likely_widths(sample, metric, chinese):
            margin = _Margin(width, metric, chinese)
            explained = _explained(sample, margin)
            if explained and (best is None or explained > best[0]):
                best = explained, margin
    return best[1] if best else None


def _likely_widths(blocks: Sequence[Sequence[_Break]], metric: int, chinese: bool) -> list[int]:
    counts = Counter(one.before.widths[metric] for block in blocks for one in block if one.free)
    least = _NARROWEST_LATIN
    if chinese:
        least = _NARROWEST_CHINESE // 2 if metric == 0 else _NARROWEST_CHINESE
    widths = [width for width in counts if least <= width <= _LONGEST]
    near = {width: sum(counts[width - less] for less in range(5)) for width in widths}
    return sorted(widths, key=lambda width: -near[width])[:_CANDIDATES]


def _explained(blocks: Sequence[Sequence[_Break]], margin: _Margin) -> int:
    """How many breaks in mid-sentence the margin explains; 0 where the text is not wrapped so."""
    breaks = [one for block in blocks if _within(block, margin) for one in block if one.free]
    open_breaks = [one for one in breaks if not one.stops]
    forced = [one for one in open_breaks if one.forced(margin)]
    if len(forced) < max(2, _FORCED_SHARE * len(open_breaks)):
        return 0
    if not margin.chinese:
        lower = sum(one.lower for one in forced) if len(forced) >= _FEWEST else 0
        inside = sum(len(_INSIDE.findall(one.before.text)) for one in breaks)
        prose = margin.width > _WIDEST_VERSE or inside >= _ENGLISH_INSIDE_SHARE * len(forced) > 0
        return len(forced) if prose and lower >= max(1, _LOWER_SHARE * len(forced)) else 0
    tight = sum(one.slack(margin) <= 1 + (margin.metric > 0) for one in forced)
    marks = sum(len(_MARK.findall(one.before.text)) for one in breaks)
    at_end = sum(bool(_ENDS_IN_MARK.search(one.before.text[-4:])) for one in breaks)
    inside = marks - at_end
    if len(forced) < _FEWEST and (tight < len(forced) or margin.width < _WIDE_ENOUGH):
        return 0
    if tight < _TIGHT_SHARE * len(forced) or inside < _INSIDE_SHARE * len(forced):
        return 0
    # Verse and lists put their marks at the ends of lines, prose wherever they fall.
    return 2 * tight + len(forced) if at_end <= _END_SHARE * max(1, marks) else 0


def _within(block: Sequence[_Break], margin: _Margin) -> bool:
    """Whether no line of a block reaches over the margin, but for a few and words too long."""
    over = [block[0].before, *(one.after for one in block)]
    allowed = margin.width + 2 * margin.chinese
    over = [line for line in over if line.widths[margin.metric] > allowed]
    return len(over) * 30 <= len(block) or (
        not margin.chinese and all(" " not in line.text for line in over)
    )


def _joins(block: Sequence[_Break], margin: _Margin) -> list[tuple[int, bool]]:
    if not _within(block, margin):
        return []
    open_breaks = [one for one in block if one.free and not one.stops]
    forced = sum(one.forced(margin) for one in open_breaks)
    if 2 * forced < len(open_breaks):
        return []
    return [
        (one.index, one.between_chinese and one.slack(margin) <= (margin.metric > 0))
        for one in block
        if one.free and one.forced(margin)
    ]
