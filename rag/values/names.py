"""Names with digits (PM2.5, COP15), and words whose numerals are no values (一带一路)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from rag.values.record import Found, Value
from rag.values.scanning import find_all, words

_NOT_VALUES = re.compile(
    r"(?:https?://|www\.)[!-~]+"
    r"|一带一路|一次性|千方百计|千家万户|千千万万|成千上万|四面八方|五花八门|三番五次"
    r"|(?<![〇一二三四五六七八九十百千\d])万一|十分(?!之|钟)|十足"
    r"|星期[一二三四五六日]|礼拜[一二三四五六日天]|周[一二三四五六](?![个次年月])"
    r"|第三[方者人]|第一时间|[一二三四五六](?=[氧氯氟溴硫甲乙丙丁噁])"
)
_IDIOM_STARTS = re.compile("one|first|second|third")
_IDIOMS = re.compile(
    r"one(?![a-z])(?:(?=[ -]of\b| another\b|['’]s\b|-off\b)|(?<=\bno[ -]one)"
    r"|(?<=\b(?:any|the)[ -]one)|(?<=\b(?:each|some|this|that)[ -]one)"
    r"|(?<=\b(?:every|which)[ -]one))"
    r"|first(?:(?=[ -](?:hand|class|rate|tier)\b| of all\b| aid\b)|(?<=\bat first)(?= ?[,.])"
    r"|(?<=\b(?:must|will) first)|(?<=\bshall first)|(?<=\bshould first)|(?<=\bmay first)"
    r"|(?<=\bto first)|(?<=\bwhich first))"
    r"|second(?:(?=[ -]hand\b)|(?<=\bper second)|(?<=\bsplit second)|(?<=\bevery second)"
    r"|(?<=\ba second)(?= ?(?:later|[.,;])))"
    r"|third(?=[ -](?:part(?:y|ies)|persons?)\b)"
)
_NAME = re.compile(
    r"(?:PM ?(?:2\.5|10)|[A-Za-z]{1,12}(?:\d+(?:\.\d+)?|-\d+)[A-Za-z]{0,3}|\d+[A-Z])"
    r"(?!\.?[A-Za-z0-9])"
)
_NAME_STARTS = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]+ ?-?\d|\d+[A-Z])")
_PARTS = re.compile(r"([a-z]*)-?(\d+(?:\.\d+)?)([a-z]*)")
_NO_PREFIX = frozenset(
    words(
        "under over top mid pre post non early late nt nts ntd us usd hk hkd rmb cny twd eur gbp "
        "q no nos art par p pp vol article articles table figure fig annex appendix class grade "
        "level type phase stage tier part chapter section page item january february march april "
        "may june july august september october november december jan feb mar apr jun jul aug sep "
        "sept oct nov dec"
    )
)
_UNIT_LETTERS = frozenset("KMBTLWCVA")
"""20K, 5M, 3T are amounts; 5G and 3D are names."""

_UNIT_NAMES = frozenset(words("m2 m3 km2 cm2 cm3 mm2"))

_SPELLED_OUT = {
    "pm2.5": "细颗粒物|細顆粒物|细微颗粒|細懸浮微粒|fine particulate",
    "pm10": "可吸入颗粒物|可吸入顆粒物|懸浮微粒|inhalable particulate",
    "co2": "二氧化碳|carbon dioxide",
    "so2": "二氧化硫|sul(?:f|ph)ur dioxide",
    "no2": "二氧化氮|nitrogen dioxide",
    "n2o": "氧化亚氮|氧化亞氮|nitrous oxide",
    "ch4": "甲烷|methane",
    "o3": "臭氧|ozone",
    "h2o": "水|water",
    "nh3": "氨|ammonia",
    "covid19": "新冠|冠状病毒|冠狀病毒|新型肺炎|coronavirus",
}


def find_idioms(folded: str, lower: str) -> Iterator[tuple[int, int]]:
    """Where numerals stand in words and addresses that state no value."""
    yield from (match.span() for match in _NOT_VALUES.finditer(folded))
    yield from (match.span() for match in find_all(_IDIOMS, _IDIOM_STARTS, lower))


def find_names(folded: str, lower: str) -> Iterator[Found]:
    """Every name made of letters and digits: COVID-19, CO2, PM 2.5, 5G; not NT$5, 4th or 20km."""
    for match in find_all(_NAME, _NAME_STARTS, folded):
        name = match[0].replace(" ", "").lower()
        parts = _PARTS.fullmatch(name)
        if not parts or parts[1] in _NO_PREFIX:
            continue
        if match[0] in _UNIT_NAMES:
            continue
        if parts[1] == "" and match[0][-1] in _UNIT_LETTERS:
            continue
        if "-" in name and match[0] == name:
            continue
        yield Found(match.start(), match.end(), "name", name.replace("-", ""))


def is_spelled_out(name: str, stated: tuple[Value, ...], evidence: str) -> bool:
    """CO2 may stand as 二氧化碳, and COP15 as 第十五次缔约方大会: its number is then there."""
    if spelling := _SPELLED_OUT.get(name):
        return bool(re.search(spelling, evidence, re.IGNORECASE))
    parts = _PARTS.fullmatch(name)
    return bool(parts) and any(
        value.kind in ("ordinal", "number")
        and value.value == Decimal(parts[2] if parts else 0)
        and not value.text.isascii()
        for value in stated
    )
