"""Ranks and labels: 第八, eighth, Article 6, 三级, 二十届三中全会, 14th Five-Year Plan, 一是."""

import re
from collections.abc import Iterator
from decimal import Decimal

from rag.values.numerals import (
    ENGLISH_ORDINAL,
    HAN,
    ROMAN,
    SMALL_ENGLISH,
    parse_arabic,
    parse_chinese,
    parse_english,
    parse_roman,
)
from rag.values.record import Found
from rag.values.scanning import find_all

_SERIES = (
    ("article", "article art. rule", "条"),
    ("part", "paragraph subparagraph par par. item clause point", "项款目"),
    ("class", "class category grade level type tier group zone", "级类等"),
    ("exhibit", "table figure attachment appendix annex schedule form", "表图"),
    ("chapter", "chapter section", "章节"),
    ("phase", "phase stage round", "期轮批"),
    ("label", "order decree number no no. nos. volume page step goal target magnitude", "号版"),
)
"""Name, then what stands before the number in English and after it in Chinese."""
_SERIES_OF = {char: name for name, _, chars in _SERIES for char in chars}
_SERIES_OF |= {word: name for name, words, _ in _SERIES for word in words.split()}

_NUMBER = rf"(?:(?<![\d.])\d{{1,4}}(?![\da-z])|{HAN})"
_JOIN = r" ?(?:、|,|-|~|至|到|和|及|与|或) ?"
_ONE_TO_TEN = "[一二三四五六七八九十]"

_CHINESE = re.compile(
    rf"第 ?(?P<plan>{_NUMBER}) ?个?五年(?:规划|计划)"
    r"|(?<![〇一二三四五六七八九两百千万亿])(?P<short_plan>十[一二三四五六七八九]五)(?![元吨])"
    r"|(?<=[“‘\"「『])(?P<quoted_plan>十?五)(?=[”’\"」』] ?(?:规划|计划|时期|期间))"
    rf"|第 ?(?P<century>{_NUMBER}) ?世纪|(?<!个)(?P<bare_century>\d\d|{HAN}) ?世纪"
    rf"|第 ?(?P<quarter>{_NUMBER}) ?季|(?<!前)(?P<bare_quarter>[1-4一二三四]) ?季度"
    rf"|第 ?(?P<rank>{_NUMBER}(?:{_JOIN}{_NUMBER})*)(?! ?[方者])"
    rf"(?: ?条之(?P<branch>{HAN})| ?(?P<series>[{''.join(chars for *_, chars in _SERIES)}]))?"
    r"|(?P<half>[上下])半年"
    rf"|[党共]的?(?P<congress>\d\d?|{HAN})大(?!批|量|力)"
    r"|(?P<bare_congress>十[六七八九]|二十[一二]?)大(?=[和、及以报精代关,。]|$)"
    rf"|(?P<session>{_NUMBER}) ?(?:届|次(?=全会))|(?P<plenum>{_ONE_TO_TEN})中(?=[、和及全]|$)"
    r"|(?P<initial>首)[次个批轮届例座家部条]"
    rf"|(?P<label>{_NUMBER}|{ROMAN}) ?(?P<after>级|类(?!似)|号|期(?!间|限)|等(?=[奖级品])|版)"
    rf"|(?P<other_label>{_NUMBER}) ?(?:职等|周年)"
    rf"|(?:附[件表录则图]|(?<![一-鿿])[表图]|[见如][表图]) ?(?P<exhibit>{_NUMBER})"
)
_CHINESE_STARTS = re.compile(
    "[第上下党共首附表图见如〇一二三四五六七八九两十廿卅百千万亿0-9IVXⅠ-Ⅻ]"
)
_ITEM = re.compile(
    rf"(?:^|[\n。；;:：,，]) ?(?P<marked>\d{{1,2}}|{_ONE_TO_TEN}{{1,3}})是(?![否不])"
    rf"|(?:^|[\n。；;:：]) *(?P<listed>{_ONE_TO_TEN}{{1,3}})、"
    rf"|(?:^|\n) *(?P<numbered>\d{{1,2}}|{ROMAN})"
    r"(?:[、)](?!\d)|\.(?!\d)|(?:\.\d{1,2})+\.? (?=[A-Z]))"
    rf"|\((?P<bracketed>\d{{1,2}}|{_ONE_TO_TEN}{{1,3}})\)"
    r"|(?:^|[\n.;:,-]) ?(?P<worded>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth"
    r"|[Ss]eventh|[Ee]ighth|[Nn]inth)(?:ly)?,"
)
_NTH = rf"(?:\d+(?:,\d{{3}})*(?:st|nd|rd|th)\b|{ENGLISH_ORDINAL})"
_ENGLISH = re.compile(
    r"(?<![\w.])(?<!one )(?<!\d )"
    rf"(?:(?P<plan>{_NTH})[ -]five[- ]year plan|(?P<quarter>{_NTH}) quarter\b(?! of an)"
    rf"|(?P<half>first|second) half\b|(?P<century>{_NTH}) centur"
    rf"|(?P<rank>{_NTH})(?! (?:\d|{SMALL_ENGLISH}))(?: (?P<series>[a-z]+))?)"
)
_QUARTER = re.compile(r"\bQ(?P<quarter>[1-4])(?!\w)")

_PLURALS = {"y": "(?:y|ies)", "x": "(?:x|xes|ices)", "s": "s(?:es)?"}


def _label_pattern(word: str) -> str:
    """The word with or without a capital, in singular or plural."""
    if word.startswith("no"):
        return re.escape(word.capitalize())
    stem, last = word[1:-1], word[-1]
    end = r"\." if last == "." else _PLURALS.get(last, f"{last}s?")
    return f"[{word[0].upper()}{word[0]}]{stem}{end}"


_LABEL_WORDS = "|".join(
    _label_pattern(word)
    for word in sorted((word for _, words, _ in _SERIES for word in words.split()), key=len)[::-1]
)
_NO_AMOUNT = (
    r"(?! ?(?:%|per ?cent|hundred|thousand|[mbt]illion"
    r"|(?:working )?(?:days?|weeks?|months?|years?|hours?|minutes?)\b))"
)
_LABELLED = rf"(?:\d{{1,4}}(?!\d|\.\d|,\d{{3}}(?!\d))|{ROMAN}|{SMALL_ENGLISH}){_NO_AMOUNT}"
_BRANCH = r"(?: ?\(\d{1,2}\))?"
_LABEL_JOIN = r"(?: ?(?:,|/|-|~) ?(?:and |or )?| (?:and|or|to|through) )"
_LABEL = re.compile(
    rf"\b(?P<word>{_LABEL_WORDS}) ?"
    rf"(?P<labels>{_LABELLED}{_BRANCH}(?:{_LABEL_JOIN}{_LABELLED}{_BRANCH})*)"
)
_LABEL_PIECE = re.compile(rf"(?P<number>{_LABELLED})|\((?P<branch>\d{{1,2}})\)")


def find_ordinals(folded: str, lower: str) -> Iterator[Found]:
    """Every rank, label and list marker in folded text; `lower` is its lower case."""
    for match in _LABEL.finditer(folded):
        series = _series_of_word(match["word"])
        for piece in _LABEL_PIECE.finditer(match["labels"]):
            unit = "part" if piece["branch"] else series
            yield from _each(match, [piece["branch"] or piece["number"]], unit)
    for match in _ITEM.finditer(folded):
        name = match.lastgroup or ""
        for found in _each(match, [match[name]], "item"):
            yield found._replace(start=match.start(name))
    yield from _chinese(folded)
    for match in _ENGLISH.finditer(lower):
        named = match["series"] and _SERIES_OF.get(match["series"].removesuffix("s"), "")
        kind = next(name for name, text in match.groupdict().items() if text)
        end = match.end(kind) if kind == "rank" else match.end()
        for found in _each(match, [match[kind]], named or ("" if kind == "rank" else kind)):
            yield found._replace(end=end)
    for match in _QUARTER.finditer(folded):
        yield from _each(match, [match["quarter"]], "quarter")


def _series_of_word(word: str) -> str:
    singular = word.lower()
    for plural, single in (("ies", "y"), ("ices", "ix"), ("xes", "x"), ("sses", "ss"), ("s", "")):
        if singular not in _SERIES_OF and singular.endswith(plural):
            singular = singular.removesuffix(plural) + single
    return _SERIES_OF.get(singular, "label")


def _chinese(folded: str) -> Iterator[Found]:
    for match in find_all(_CHINESE, _CHINESE_STARTS, folded):
        groups = {name: text for name, text in match.groupdict().items() if text}
        name, text = next(iter(groups.items()))
        kind = name.rpartition("_")[2]
        if kind == "half":
            yield Found(*match.span(), "ordinal", Decimal("上下".index(text) + 1), "half")
        elif kind == "initial":
            yield Found(*match.span(), "ordinal", Decimal(1), "")
        elif name in ("short_plan", "quoted_plan"):
            yield from _each(match, [text[:-1]], "plan")
        elif kind in ("label", "exhibit"):
            unit = _SERIES_OF[groups["after"][0]] if "after" in groups else kind
            yield from _each(match, [text], unit)
        else:
            numerals = [*re.findall(_NUMBER, text), groups.get("branch")]
            own = kind if kind in ("plan", "century", "quarter") else ""
            yield from _each(match, numerals, _SERIES_OF.get(groups.get("series", ""), own))


def _each(match: re.Match[str], numerals: list[str | None], unit: str) -> Iterator[Found]:
    for numeral in numerals:
        number = _number(numeral) if numeral else None
        if number is not None:
            yield Found(*match.span(), "ordinal", number, unit)


def _number(numeral: str) -> Decimal | None:
    if numeral[0] in "0123456789":
        return parse_arabic(re.sub("[a-z]+$", "", numeral))
    if numeral[0] in "IVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ":
        return parse_roman(numeral)
    return parse_english(numeral.lower()) if numeral.isascii() else parse_chinese(numeral)
