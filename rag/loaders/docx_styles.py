"""Styles of a Word document, and the numbers its lists print."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rag.loaders.glyphs import symbol
from rag.loaders.numbering import numeral
from rag.loaders.ooxml import WORD, Element, is_on, whole

_VALUE = f"{WORD}val"
_DEEPEST = 9
_PLACE = re.compile(r"%([1-9])")
_NO_BLANK_AFTER = "、．。）】：，"
_HEADING = re.compile(r"(?i)(?:heading|标题|標題)\s*[1-9]|title|标题|標題|subtitle|副标题|副標題")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(slots=True)
class _Style:
    name: str
    based_on: str
    outlined: bool | None
    """Whether it is on a level of the outline; None where it does not say."""
    list_id: str | None
    level: int | None


class Styles:
    """What paragraph styles say of headings, contents and numbers."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self.default = ""
        for element in root.iter(f"{WORD}style") if root is not None else ():
            style_id = element.get(f"{WORD}styleId", "")
            self._styles[style_id] = _style(element)
            if element.get(f"{WORD}type") == "paragraph" and is_default(element):
                self.default = style_id

    def is_heading(self, paragraph: Element) -> bool:
        own = outline(paragraph.find(f"{WORD}pPr"))
        if own is not None:
            return own
        for style in self._chain(paragraph):
            if style.outlined is not None:
                return style.outlined
            if _HEADING.fullmatch(style.name):
                return True
        return False

    def is_title(self, paragraph: Element) -> bool:
        return any(
            style.name.lower() in ("title", "标题", "標題") for style in self._chain(paragraph)
        )

    def is_contents(self, paragraph: Element) -> bool:
        """Whether it is a line of the table of contents."""
        return any(
            re.match(r"(?i)(?:toc|目录|目錄) ?\d", each.name) for each in self._chain(paragraph)
        )

    def numbering(self, paragraph: Element) -> tuple[str | None, int | None, str]:
        """The id of its list, its level if told, and its style."""
        properties = paragraph.find(f"{WORD}pPr")
        list_id, level = _list(properties)
        for style in self._chain(paragraph):
            if list_id is None:
                list_id = style.list_id
            if level is None:
                level = style.level
        return list_id, level, self._style_id(paragraph)

    def _style_id(self, paragraph: Element) -> str:
        style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        return str(style.get(_VALUE, "")) if style is not None else self.default

    def _chain(self, paragraph: Element) -> Iterator[_Style]:
        """Its style and those that this is based on."""
        style_id = self._style_id(paragraph)
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = self._styles[style_id].based_on


def is_default(style: Element) -> bool:
    """Whether paragraphs that name no style have this one."""
    return style.get(f"{WORD}default", "0") in ("1", "true", "on")


def outline(properties: Element | None) -> bool | None:
    """Whether properties put a paragraph on a level of the outline; None: they do not say."""
    level = properties.find(f"{WORD}outlineLvl") if properties is not None else None
    return whole(level.get(_VALUE), _DEEPEST) < _DEEPEST if level is not None else None


def _style(element: Element) -> _Style:
    name, based_on = element.find(f"{WORD}name"), element.find(f"{WORD}basedOn")
    properties = element.find(f"{WORD}pPr")
    list_id, level = _list(properties)
    return _Style(
        name=name.get(_VALUE, "") if name is not None else "",
        based_on=based_on.get(_VALUE, "") if based_on is not None else "",
        outlined=outline(properties),
        list_id=list_id,
        level=level,
    )


def _list(properties: Element | None) -> tuple[str | None, int | None]:
    numbered = properties.find(f"{WORD}numPr") if properties is not None else None
    if numbered is None:
        return None, None
    list_id, level = numbered.find(f"{WORD}numId"), numbered.find(f"{WORD}ilvl")
    return (
        list_id.get(_VALUE) if list_id is not None else None,
        whole(level.get(_VALUE)) if level is not None else None,
    )


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    """With `%1` for the number of the first level, and so on."""
    blank: bool
    in_digits: bool
    """All numbers in it, whatever their own level's form."""
    restarts: bool
    style: str


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)
    """Numbers that this list begins with anew."""


class Numbering:
    """Counts list items as they come and prints their numbers."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        abstracts = {
            element.get(f"{WORD}abstractNumId", ""): _levels(element)
            for element in root.iter(f"{WORD}abstractNum")
        }
        linked = {
            link.get(_VALUE, ""): levels
            for element, levels in zip(
                root.iter(f"{WORD}abstractNum"), abstracts.values(), strict=False
            )
            if (link := element.find(f"{WORD}styleLink")) is not None
        }
        for element in root.iter(f"{WORD}abstractNum"):
            link = element.find(f"{WORD}numStyleLink")
            if link is not None:
                abstracts[element.get(f"{WORD}abstractNumId", "")] = linked.get(
                    link.get(_VALUE, ""), {}
                )
        for element in root.iter(f"{WORD}num"):
            named = element.find(f"{WORD}abstractNumId")
            abstract = named.get(_VALUE, "") if named is not None else ""
            self._lists[element.get(f"{WORD}numId", "")] = _list_of(
                element, abstract, abstracts.get(abstract, {})
            )

    def label(self, list_id: str | None, level: int | None, style: str) -> str:
        """What is printed before the next item of a list, with the blank after it."""
        numbered = self._lists.get(list_id or "0")
        if numbered is None:
            return ""
        if level is None:
            level = next((at for at, each in numbered.levels.items() if each.style == style), 0)
        if level not in numbered.levels or not 0 <= level < _DEEPEST:
            return ""
        counts = self._count(list_id or "0", numbered, level)
        return _printed(numbered.levels, level, counts)

    def _count(self, list_id: str, numbered: _List, level: int) -> list[int]:
        """The numbers of all levels down to this, one item on."""
        counts = self._counts.setdefault(numbered.abstract, [None] * _DEEPEST)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for at, start in numbered.starts.items():
                counts[at] = start - 1
        for at in range(level + 1):
            if counts[at] is None:
                start = numbered.levels[at].start if at in numbered.levels else 1
                counts[at] = start - 1 if at == level else start
        counts[level] = (counts[level] or 0) + 1
        for at in range(level + 1, _DEEPEST):
            if at not in numbered.levels or numbered.levels[at].restarts:
                counts[at] = None
        return [count or 0 for count in counts[: level + 1]]


def _levels(element: Element) -> dict[int, _Level]:
    return {
        whole(level.get(f"{WORD}ilvl")): _level(level) for level in element.findall(f"{WORD}lvl")
    }


def _level(element: Element) -> _Level:
    def value(name: str, default: str) -> str:
        child = element.find(f"{WORD}{name}")
        return child.get(_VALUE, default) if child is not None else default

    return _Level(
        start=whole(value("start", "1"), 1),
        form=value("numFmt", "decimal"),
        text=value("lvlText", ""),
        blank=value("suff", "tab") != "nothing",
        in_digits=is_on(element.find(f"{WORD}isLgl"), _VALUE),
        restarts=value("lvlRestart", "1") != "0",
        style=value("pStyle", ""),
    )


def _list_of(element: Element, abstract: str, levels: dict[int, _Level]) -> _List:
    numbered = _List(abstract, dict(levels))
    for override in element.findall(f"{WORD}lvlOverride"):
        at = whole(override.get(f"{WORD}ilvl"))
        if (level := override.find(f"{WORD}lvl")) is not None:
            numbered.levels[at] = _level(level)
        start = override.find(f"{WORD}startOverride")
        if start is not None and 0 <= at < _DEEPEST:
            numbered.starts[at] = whole(start.get(_VALUE), 1)
    return numbered


def _printed(levels: dict[int, _Level], level: int, counts: list[int]) -> str:
    this = levels[level]
    if this.form == "bullet":
        label = _PRIVATE.sub("•", "".join(map(symbol, this.text))).strip() or "•"
        # Wingdings and its like also draw bullets for plain letters.
        return "• " if label.isalnum() and label.isascii() else f"{label} "

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        if at >= len(counts) or at not in levels or levels[at].form == "none":
            return ""
        return numeral(counts[at], "decimal" if this.in_digits else levels[at].form)

    label = _PLACE.sub(number, this.text).strip()
    return f"{label} " if label and this.blank and label[-1] not in _NO_BLANK_AFTER else label
