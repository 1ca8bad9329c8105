"""Questions that ask for several years at once: compared, in a range, or whichever there are. Pure.

Such a question is put once for each year, in words that name that year alone, since one search
for all of them finds the passages of one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.periods import YearPlace, year_end, year_places
from rag.records import Span
from rag.text import content_terms, cut_out, detect_language, fold

LONGEST_RANGE = 30
"""Years a range may span; more are no reports to compare."""

_CONNECTS = re.compile(
    r"\s*年?度?(?:的?(?:(?![哪几何多])\w){0,8}?)?\s*(?:和|与|跟|同|及|以及|、|,|/|或者?|对比|相比|比"
    r"|vs\.?|versus|and|or|compared (?:to|with)|as opposed to|than|against|relative to)"
    r"\s*,?\s*(?:and\s+)?(?:in |the |for |that of |those of |at )*(?:民国)?\s*"
    r"|\s*年?度?\s*(?:至|到|[-–—~]|to|through|until)\s*(?:the )?(?:民国)?\s*"
)
_RANGES = re.compile(r"\s*年?度?\s*(?:至|到|[-–—~]|to|through|until)\s*(?:民国)?\s*")
_BETWEEN = re.compile(
    r"\b(?:between|from)\s+(?:the\s+)?(?:years?\s+)?$|(?:从|自|在)\s*(?:民国)?\s*$"
)
_DIFFERS = re.compile(
    r"不同|区别|差异|差别|异同|相比|对比|\b(?:differ\w*|compar\w*|contrast\w*|versus|vs)\b"
)
"""What is said of two years, not of all from one to the other."""
_CUE = re.compile(
    r"不同|区别|差异|差别|相比|比较|对比|变化|异同|各(?:是|有|为|自|多少|部署|几|提|在|由|召|举|年)"
    r"|分别|增加了|减少了|\b(?:compar\w*|differ\w*|chang\w*|versus|vs|both|each|respectively)\b"
    r"|\bas opposed to\b|\bthan in\b|\b(?:rise|rose|grow|grew|fall|fell|develop|evolve)\b"
)
_EVERY = re.compile(
    r"(?<![是为])在?哪(?:些|几)个?年(?:份|度)?(?!的?\s*(?:[?。]|$))|历年(?:来)?|历(?:次|届)(?=\w{0,10}(?:会|报告))"
    r"|各年度?|逐年|各(?:次|届)(?=\w{0,10}(?:会|报告))|每(?:一)?年(?:的)?(?=会议|报告)"
    r"|哪一年的(?=会议|报告|文件)"
    r"|\b(?:in |during )?which years\b['’]?"
    r"|\bwhich year['’]s(?= \w*\s?(?:meeting|report|conference))"
    r"|\b(?:in|for) (?:each|every) year\b|\b(?:each|every) year['’]s\b|\bover the years\b"
    r"|\byear by year\b|\b(?:in |of )?(?:all|each of) the (?:meeting|report|conference)s\b"
)
_FRAME = re.compile(
    r"有(?:何|什么|哪些)(?:不同|区别|差异|差别|变化|异同)(?:之处|点)?|如何变化|怎么变化|怎样变化"
    r"|不同之处|不同|区别|差异|差别|变化|异同|相比(?:较)?|比较(?:一下)?|对比(?:一下)?|分别|各自|之间"
    r"|各(?=是|有|为|部署|多少|几|在|由|召|举|提|说|开)|[两三四五六]次(?=会议)|怎么样|怎样(?=[?。]|$)"
    r"|\bcompare[ds]?(?: to| with)?\b"
    r"|\bwhat (?:is|are|was|were) the (?:main )?differences?\b(?: in\b)?"
    r"|\bhow (?:did|does|do|has|have)(?=.*\b(?:chang|differ|develop|evolv))"
    r"|\bchanged?s?\b|\bdiffer(?:s|ed|ences?|ent)?\b|\brespectively\b|\bversus\b|\bdevelop(?:ed)?\b"
)
_MENTIONS = re.compile(
    r"(?:提(?:到|及|过)|谈(?:到|及)|讲到|说到|涉及|出现)[了过]?|(?:会议|报告|文件|资料)(?:里|中|上)?"
    r"|\b(?:mention\w*|refer(?:s|red)? to|speaks? of|talks? about|appears?|reports?|meetings?"
    r"|documents?|conferences?)\b"
)
_ASKS_MENTION = re.compile(
    r"提(?:到|及|过)|谈(?:到|及)|讲到|说到|涉及|出现"
    r"|\b(?:mention\w*|refer(?:s|red)? to|speaks? of|talks? about|appears?)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """The years that a question is put for, one at a time."""

    asked: tuple[int, ...]
    """In the order named, a range filled; empty where it asks for whichever there are."""
    spans: tuple[Span, ...]
    """In the question: the place of each year, or of the words that ask for all."""
    named: tuple[int, ...]
    """The year written at each span; empty as `asked`."""
    mention: bool
    """It asks whether something is mentioned, not for a value."""


def read_years(text: str) -> Years | None:
    """The years that a question compares or asks for; None where it is about one or none."""
    folded = fold(text)
    places = year_places(text)
    mention = bool(_ASKS_MENTION.search(folded))
    distinct = dict.fromkeys(place.year for place in places)
    if len(distinct) > 1:
        ranged = _ranged(folded, places)
        if not ranged and not _joined(folded, places) and not _CUE.search(folded):
            return None
        return Years(
            asked=ranged or tuple(distinct),
            spans=tuple(Span(start=at.start, end=year_end(text, at)) for at in places),
            named=tuple(place.year for place in places),
            mention=False,
        )
    every = _EVERY.search(folded)
    if every and not places:
        span = Span(start=every.start(), end=every.end())
        return Years(asked=(), spans=(span,), named=(), mention=mention)
    return None


def question_for(text: str, years: Years, year: int | None) -> str:
    """The question about one of its years alone, or none, without the words that compare."""
    written = "" if not year else f"{year}年" if detect_language(text) == "zh" else f"{year}"
    first, last = years.spans[0], years.spans[-1]
    folded = fold(text)
    joined = len(years.spans) > 1 and _joined(folded, year_places(text))
    if years.named and not joined:
        kept = cut_out(text, years.spans[1:])
        kept = f"{kept[: first.start]}{written}{kept[first.end :]}"
    else:
        start = first.start
        between = _BETWEEN.search(folded, 0, start)
        if between:
            start = between.start()
            written = _inside(text, written) if written else ""
        kept = f"{text[:start]}{_spaced(text, first, written)}{text[last.end :]}"
    return strip_frame(kept)


def core_of(text: str, spans: Sequence[Span]) -> str:
    """The question without these places, and what ties them to the rest; whole if none is left."""
    left = text
    for span in sorted(spans, reverse=True):
        before = re.sub(r"(?:\b(?:[Ii]n|of|for|by|at|[Tt]he)\s+)+$", "", left[: span.start])
        after = re.sub(r"^(?:['’]s\b|的|在|里|中|上|[,，、])", "", left[span.end :].lstrip())
        left = f"{before}{' ' if before[-1:].isascii() else ''}{after}"
    core = _tidied(left)
    return core if content_terms(core) else text


def focus_of(text: str, years: Years) -> str:
    """What is to be mentioned: the question without its years and the words that frame it."""
    left = cut_out(text, years.spans)
    return _tidied(cut_out(left, _places(_MENTIONS, left)))


def strip_frame(text: str) -> str:
    """The question without the words that compare."""
    return _tidied(cut_out(text, _places(_FRAME, text)))


def compares(text: str) -> bool:
    """Whether words of a question compare, or ask for each of several."""
    return bool(_CUE.search(fold(text)))


def connected(between: str) -> bool:
    """Whether the text between two names joins them: A和B, A and B, A vs B."""
    return bool(_CONNECTS.fullmatch(fold(between)))


def _places(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(start=match.start(), end=match.end()) for match in pattern.finditer(fold(text))]


def _gaps(folded: str, places: Sequence[YearPlace]) -> list[str]:
    pairs = pairwise(places)
    return [folded[first.end : second.start] for first, second in pairs]


def _joined(folded: str, places: Sequence[YearPlace]) -> bool:
    return all(_CONNECTS.fullmatch(gap) for gap in _gaps(folded, places))


def _ranged(folded: str, places: Sequence[YearPlace]) -> tuple[int, ...]:
    """All years of a range such as 2021年到2025年 or between 2021 and 2025; else none."""
    if len(places) != 2:
        return ()
    first, second = places
    (gap,) = _gaps(folded, places)
    bare_range = _RANGES.fullmatch(gap) and (_CUE.search(folded) or not re.search(r"[-–—~]", gap))
    between = _BETWEEN.search(folded, 0, first.start) and _CONNECTS.fullmatch(gap)
    named_between = re.match(r"年?度?(?:之间|期间)", folded[second.end :])
    spanned = named_between or (between and not _is_in(folded, first))
    if not bare_range and (not spanned or _DIFFERS.search(folded)):
        return ()
    low, high = sorted((first.year, second.year))
    return tuple(range(low, high + 1)) if high - low <= LONGEST_RANGE else ()


def _is_in(folded: str, place: YearPlace) -> bool:
    """在2023年和2024年 names two years; 从 and between span what lies between them."""
    return folded[: place.start].rstrip().endswith("在")


def _inside(text: str, written: str) -> str:
    return written if detect_language(text) == "zh" else f"in {written}"


def _spaced(text: str, span: Span, written: str) -> str:
    """With blanks around it where letters would touch it, as in Which years mention."""
    before = " " if text[: span.start][-1:].isascii() and text[: span.start][-1:].isalnum() else ""
    return f"{before}{written}"


def _tidied(text: str) -> str:
    single = re.sub(r"[ \t]{2,}", " ", text)
    return re.sub(r"^的|\s+(?=[?？.,，。])", "", single).strip(" ,，、")
