"""Texts wrapped in page furniture, and what cleaning left of one and took of the other."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType

from rag.cleaning import Cleaned, clean

REPAIRS = frozenset(
    [
        "pinyin",
        "whitespace",
        "invisible",
        "line_end",
        "missing_break",
        "flattened",
        "hard_wrap",
        "mojibake",
        "radical",
        "control",
    ]
)
"""Reasons of changes that take no words away."""


@dataclass(frozen=True)
class Text:
    """A document's own words: what must stay."""

    script: str
    """`hans`, `hant` or `en`."""
    title: str
    lines: Sequence[str]


@dataclass
class Page:
    """A text in furniture; `parts` are its lines with the name of their block, `` for content."""

    parts: list[tuple[str, str]] = field(default_factory=list)
    breaks: list[str] = field(default_factory=list)

    def add(self, block: str, line: str, end: str = "\n") -> None:
        self.parts.append((block, line))
        self.breaks.append(end)

    @property
    def raw(self) -> str:
        return "".join(line + end for (_, line), end in zip(self.parts, self.breaks, strict=True))


def furnish(text: Text, blocks: ModuleType, rng: random.Random, *, islands: bool = True) -> Page:
    """The text below one head, above one tail, with now and then a line between paragraphs."""
    head = rng.choice(sorted(blocks.HEADS[text.script]))
    tail = rng.choice(sorted(blocks.TAILS[text.script]))
    return wrap(text, blocks, head, tail, rng, islands=islands)


def wrap(
    text: Text,
    blocks: ModuleType,
    head: str,
    tail: str,
    rng: random.Random,
    *,
    islands: bool = True,
) -> Page:
    page = Page()
    gap = rng.choice(["\n", "\n\n"])
    for line in blocks.HEADS[text.script][head].strip("\n").split("\n"):
        block = "" if "{title}" in line else f"head: {head}"
        page.add(block, _filled(line, text.title))
    page.breaks[-1] = gap
    for line in text.lines:
        page.add("", line, gap)
        if islands and rng.random() < 0.15:
            page.add("island", rng.choice(blocks.ISLANDS[text.script]), gap)
    for line in blocks.TAILS[text.script][tail].strip("\n").split("\n"):
        end = rng.choice(["\n", "\n", "\n\n"])
        page.add(f"tail: {tail}", _filled(line, text.title), end)
    return page


def _filled(line: str, title: str) -> str:
    return line.replace("{title}", title).replace("{title_in_line}", title)


@dataclass
class Score:
    """Characters of furniture and of content, blanks not counted."""

    furniture: int = 0
    left: int = 0
    content: int = 0
    lost: int = 0
    left_by_block: Counter[str] = field(default_factory=Counter)
    all_by_block: Counter[str] = field(default_factory=Counter)
    left_lines: Counter[str] = field(default_factory=Counter)
    lost_lines: Counter[str] = field(default_factory=Counter)

    def add(self, page: Page, cleaned: Cleaned) -> None:
        raw = page.raw
        gone = bytearray(len(raw))
        for removal in cleaned.removals:
            if removal.reason not in REPAIRS:
                gone[removal.start : removal.end] = b"\1" * (removal.end - removal.start)
        at = 0
        for (block, line), end in zip(page.parts, page.breaks, strict=True):
            ink = [at + i for i, character in enumerate(line) if not character.isspace()]
            taken = sum(gone[i] for i in ink)
            self._count(block, line, len(ink), taken)
            at += len(line) + len(end)

    def _count(self, block: str, line: str, ink: int, taken: int) -> None:
        if not block:
            self.content += ink
            self.lost += taken
            if taken:
                self.lost_lines[line] += taken
            return
        self.furniture += ink
        self.left += ink - taken
        self.all_by_block[block] += ink
        self.left_by_block[block] += ink - taken
        if taken < ink:
            self.left_lines[f"{block} | {line}"] += ink - taken

    @property
    def left_share(self) -> float:
        return self.left / max(1, self.furniture)

    @property
    def lost_share(self) -> float:
        return self.lost / max(1, self.content)


def measure(pages: Iterable[Page]) -> Score:
    score = Score()
    for page in pages:
        score.add(page, clean(page.raw))
    return score


def by_script(texts: Sequence[Text], blocks: ModuleType, seed: int) -> Mapping[str, Score]:
    rng = random.Random(seed)
    pages: dict[str, list[Page]] = {}
    for text in texts:
        pages.setdefault(text.script, []).append(furnish(text, blocks, rng))
    return {script: measure(each) for script, each in pages.items()}
