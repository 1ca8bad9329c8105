"""Names of a claim in one language whose renderings its evidence in the other has not. Pure.

`names.tsv` holds one name a line: `kind<TAB>english|…<TAB>chinese|…<TAB>short|…`. English is in
small letters where its case tells nothing, Chinese in Simplified characters. Short forms
(京, 我国) and cities of a country or province show that a text may mean the name, and find none.
"""

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from rag.text import HAN, detect_language, fold

_WORD = re.compile(rf"[A-Z](?:\.[A-Z])+\b\.?|[^\W\d_{HAN}]+(?:['’][A-Za-z]+)?")
_POSSESSIVE = re.compile("['’]s$")
_JOINS = re.compile(r"[ \n\u00a0\u3000-]+")
_NO_NAMES = "other"
"""The kind of phrases that hold a name and mean something else: New Taiwan dollar."""
_ADDED = frozenset({"china", "taiwan"})
_SMALL = re.compile(r"\b(?:And|Of|The)\b")
_BEFORE, _AFTER = "在来赴驻访对留旅抵离返入", "方军籍语文裔资商元媒国市省城式系族传"
"""What stands beside a name of one character where it is one: 驻京, 法方."""
_ABBREVIATED = re.compile(
    f"(?<=[在赴来抵])[{HAN}](?=召开|举行|举办|开幕|闭幕|启动|成立|签署|发布|会见|会谈|出席|考察|调研|揭牌"
    "|[，。；、])"
)
"""Where a place is likely to stand by one character: 在京召开."""
_SOUNDS = (
    "昂阿埃艾安奥巴贝比波伯布查达戴丹德登迪蒂杜多尔法菲费弗福戈格古哈赫亨胡基吉加杰金卡凯科克肯库拉莱兰"
    "朗劳勒雷里利丽列林琳龙隆卢鲁路罗洛马麦曼梅米蒙姆纳内尼宁诺欧帕佩皮普奇乔切让萨塞瑟森莎圣斯史苏索"
    "塔泰坦汤特廷图托瓦万威维韦温沃伍西希锡夏辛雅亚扬耶伊因尤约泽扎詹兹佐"
)
"""Characters that foreign names are spelt with: 德里 in 弗里德里希 is no Delhi."""


class Name(NamedTuple):
    """A name in both languages, the usual form of each first."""

    kind: str
    english: tuple[str, ...]
    chinese: tuple[str, ...]
    short: tuple[str, ...]
    """Chinese forms that may mean it: of one character, common in other senses, or of a part."""


class Mention(NamedTuple):
    """A form that stands in a text, and the names that it may be."""

    text: str
    names: tuple[Name, ...]


class _Token(NamedTuple):
    text: str
    key: str
    """In small letters, without points and possessive endings."""
    start: int
    end: int


def missing_rendering(claim: str, evidence: str) -> str:
    """Why a name of the claim cannot be one of the evidence in the other language; empty if none.

    Only where the evidence has names of the same kind; for bodies, which are rendered freely, and
    for the country a text is from, which translators add, one that the claim has not.
    """
    missing = [one for one in mentions(claim) if not _is_told(one, evidence)]
    if not missing:
        return ""
    there = mentions(evidence)
    others = [one for one in there if not _is_told(one, claim)]
    for mention in missing:
        free = any(name.kind == "body" or name.english[0] in _ADDED for name in mention.names)
        near = [
            one
            for one in dict.fromkeys(others if free else [*others, *there])
            if _kinds(one) & _kinds(mention)
        ]
        if near:
            return (
                f"“{mention.text}”{_rendered(mention, evidence)} is not in the cited passage; "
                f"it has {near[0].text}{_rendered(near[0], claim)}."
            )
    return ""


def _is_told(mention: Mention, text: str) -> bool:
    return any(_is_in(name, text) for name in mention.names)


def mentions(text: str) -> tuple[Mention, ...]:
    """The listed names of kinds that are compared, in either language, longest first in place."""
    found = [*_english_mentions(text), *_chinese_mentions(text)]
    return tuple(one for one in found if _kinds(one) != {_NO_NAMES})


def _kinds(mention: Mention) -> set[str]:
    return {name.kind for name in mention.names}


def _rendered(mention: Mention, other: str) -> str:
    """The name in the language of the other text, in brackets."""
    name = mention.names[0]
    if detect_language(other) == "zh":
        return f" ({name.chinese[0]})"
    return f" ({_SMALL.sub(lambda match: match[0].lower(), string.capwords(name.english[0]))})"


def _is_in(name: Name, text: str) -> bool:
    """Whether any form of a name stands in a text, short ones included."""
    folded = fold(text)
    if any(form in folded for form in name.chinese):
        return True
    if any(_short_form_is_in(form, folded) for form in name.short):
        return True
    # UNFCCC and USEPA say UN and US.
    codes = tuple(form for form in name.english if form.isupper())
    if any(token.text.isupper() and token.text.startswith(codes) for token in _tokens(text)):
        return True
    words = f" {' '.join(token.key for token in _tokens(text))} "
    parts = (part for form in name.short for part in _chinese_forms()[0].get(form, ()))
    return any(f" {form.lower()} " in words for one in (name, *parts) for form in one.english)


def _short_form_is_in(form: str, folded: str) -> bool:
    if len(form) > 1:
        return form in folded
    return bool(
        re.search(f"(?<=[{_BEFORE}{_short()}]){form}|{form}(?=[{_AFTER}{_short()}])", folded)
    )


def _english_mentions(text: str) -> Iterator[Mention]:
    tokens = _tokens(text)
    start = 0
    while start < len(tokens):
        end, names = _longest(text, tokens, start)
        if names:
            written = text[tokens[start].start : tokens[end - 1].end]
            yield Mention(_POSSESSIVE.sub("", written), names)
        start = end


def _longest(text: str, tokens: Sequence[_Token], start: int) -> tuple[int, tuple[Name, ...]]:
    """Where the longest name that begins at a token ends, and what it may be; else the next."""
    forms, most = _english_forms()
    phrase, end, found = "", start + 1, tuple[Name, ...]()
    if not tokens[start].text[0].isupper():
        return end, found
    for place in range(start, min(start + most, len(tokens))):
        token = tokens[place]
        if place > start and not _JOINS.fullmatch(text[tokens[place - 1].end : token.start]):
            break
        phrase = f"{phrase} {token.key}".strip()
        capitals = token.text.replace(".", "") if place == start else ""
        names = forms.get(capitals) or forms.get(phrase)
        if names and token.text[0].isupper():
            end, found = place + 1, names
    return end, found


def _chinese_mentions(text: str) -> Iterator[Mention]:
    forms, starts, most = _chinese_forms()
    folded, free = fold(text), 0
    for match in starts.finditer(folded):
        start = match.start()
        lengths = range(min(most, len(folded) - start), 1, -1) if start >= free else ()
        end = next((start + n for n in lengths if folded[start : start + n] in forms), None)
        if end:
            free = end
            if not _is_part(folded, start, end):
                yield Mention(text[start:end], forms[folded[start:end]])
    for match in _ABBREVIATED.finditer(folded):
        if names := _abbreviations().get(match[0]):
            yield Mention(text[match.start() : match.end()], names)


def _is_part(folded: str, start: int, end: int) -> bool:
    """Whether a form stands inside of another word: the spelling of a name, a minister."""
    beside = folded[max(start - 1, 0) : start] + folded[end : end + 1]
    if "·" in beside:
        return True
    if all(character in _SOUNDS for character in folded[start:end]):
        return any(character in _SOUNDS for character in beside)
    return folded[end - 1] == "部" and folded[end : end + 1] in ("长", "门")


@lru_cache(maxsize=512)
def _tokens(text: str) -> tuple[_Token, ...]:
    return tuple(
        _Token(
            text=match[0],
            key=_POSSESSIVE.sub("", match[0]).replace(".", "").replace("’", "'").lower(),
            start=match.start(),
            end=match.end(),
        )
        for match in _WORD.finditer(text)
    )


@lru_cache(maxsize=1)
def _names() -> tuple[Name, ...]:
    rows = files("rag.support").joinpath("names.tsv").read_text("utf-8").splitlines()
    return tuple(_name(*(row.split("\t"))) for row in rows)


def _name(kind: str, english: str, chinese: str, short: str = "") -> Name:
    forms = (tuple(part.split("|")) if part else () for part in (english, chinese, short))
    return Name(kind, *forms)


@lru_cache(maxsize=1)
def _short() -> str:
    """Every character that is short for a name."""
    return "".join({form for name in _names() for form in name.short if len(form) == 1})


@lru_cache(maxsize=1)
def _abbreviations() -> Mapping[str, tuple[Name, ...]]:
    """Places by the character that is short for them."""
    found: dict[str, tuple[Name, ...]] = {}
    for name in _names():
        for form in name.short if name.kind == "place" else ():
            found[form] = (*found.get(form, ()), name)
    return found


@lru_cache(maxsize=1)
def _english_forms() -> tuple[Mapping[str, tuple[Name, ...]], int]:
    """Names by their English forms, words a space apart, and the words of the longest."""
    forms: dict[str, tuple[Name, ...]] = {}
    for name in _names():
        for form in name.english:
            forms[form] = (*forms.get(form, ()), name)
    return forms, max(form.count(" ") + 1 for form in forms)


@lru_cache(maxsize=1)
def _chinese_forms() -> tuple[Mapping[str, tuple[Name, ...]], re.Pattern[str], int]:
    """Names by their Chinese forms, what they begin with, and the characters of the longest."""
    forms: dict[str, tuple[Name, ...]] = {}
    for name in _names():
        for form in name.chinese:
            forms[form] = (*forms.get(form, ()), name)
    return forms, re.compile(f"[{''.join({form[0] for form in forms})}]"), max(map(len, forms))
