"""What a question asks for: its language, years, kind of answer and weighted terms. Pure."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rag.glossary import expand, translate_terms
from rag.periods import without_years, years_in
from rag.records import Language
from rag.text import content_terms, detect_language, fold
from rag.text.regions import regional_wordings
from rag.values import Kind, Value, find_values

Expected = Literal["date", "percent", "money", "number", "person", "list", "text"]
"""The kind of thing that would answer; `text` where the question does not say."""


VALUE_KINDS: Mapping[Expected, frozenset[Kind]] = {
    "date": frozenset({"date"}),
    "percent": frozenset({"percent"}),
    "money": frozenset({"money"}),
    "number": frozenset({"number", "percent", "money", "ordinal"}),
}
"""The kinds of value that answer, where a question asks for a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, read."""

    text: str
    language: Language
    years: tuple[int, ...]
    expected: Expected
    item: int
    """The place in an enumeration asked about (第三项, the third task), else 0."""
    terms: Mapping[str, float]
    """Search terms and how often each stands in the question; years have a field of their own."""
    regional: tuple[Mapping[str, float], ...]
    """Its terms in Taiwan's or the Mainland's words, where those are not its own."""
    translated: Mapping[str, float]
    """Search terms in the other language, by the glossary; a found phrase weighs 1 in all."""
    phrases: tuple[tuple[str, ...], ...]
    """Glossary phrases found in it, each with its renderings in the other language."""
    untranslated: float
    """Share of its content words that the glossary does not know, between 0 and 1."""

    @property
    def counts(self) -> bool:
        """Whether it asks how many items there are, as a list has them."""
        return bool(_COUNTS.search(fold(self.text)))


_KINDS: tuple[tuple[Expected, re.Pattern[str]], ...] = (
    (
        "date",
        re.compile(
            r"什么时候|何时|哪(?:一|几|两)?(?:天|日|年|月)|几月|几号|几日|日期|时间是"
            r"|\bwhen\b|\b(?:what|which) (?:dates?|days?|months?|years?|time)\b"
        ),
    ),
    (
        "percent",
        re.compile(
            r"百分之(?:几|多少)|百分比|占比|比例.{0,6}(?:多少|几|多高)|率.{0,6}(?:多少|几|多高)"
            r"|\bpercent|\bper cent\b|\bwhat (?:share|proportion|rate)\b"
        ),
    ),
    (
        "money",
        re.compile(
            r"多少(?:万|亿|美|欧|日)*元|多少钱|价格.{0,4}多少|预算.{0,6}多少|投资.{0,4}多少"
            r"|花了?多少|\bwhat (?:did|does) .{0,40}\bcost\b"
            r"|\bhow much (?:money|did .{0,40} cost|does .{0,40} cost|was (?:spent|budgeted))"
            r"|\bwhat (?:was|is) the (?:price|cost|budget|fine|size in dollars)|\bin dollars\b"
        ),
    ),
    ("person", re.compile(r"谁|哪(?:一)?位|何人|什么人|\bwho\b|\bwhom\b|\bwhose\b")),
    (
        "list",
        re.compile(
            r"哪些|哪(?:几|两|[三四五六七八九十])|分别(?:是|为)|列出|列举|都有什么|包括什么"
            r"|[二两三四五六七八九十0-9]+(?:个|项|条|点|大|种)[^,，。?？]{0,10}(?:是|有|指)什么"
            r"|\bwhich (?:\w+ )?(?!was\b|is\b|has\b|does\b)\w+s\b|\blist\b|\bwhat are\b"
            r"|\bname the\b"
            r"|\bwhat (?:\w+ )?(?:measures|tasks|priorities|steps|actions|reasons|goals)\b"
        ),
    ),
    (
        "number",
        re.compile(
            r"多少|几[个项种次件家台座名位条起类省届]|第几|多大|多高|多长|多远"
            r"|\bhow (?:many|much|large|big|long|far|high|old)\b|\bwhat (?:number|size|area)\b"
        ),
    ),
)

_COUNTS = re.compile(
    r"(?:几|多少)(?:个|项|条|点|类|大|种)?(?:重点|主要|具体)?"
    r"(?:方面|任务|措施|要求|原则|问题|部分|步骤|目标|内容|工作|举措|项|条|点|类|块)"
    r"|\bhow many (?:[\w-]+ ){0,3}?(?:tasks?|items?|points?|measures?|priorit(?:y|ies)|areas?"
    r"|steps?|goals?|objectives?|principles?|recommendations?|requirements?|parts?|aspects?)\b"
)
ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
"""English ordinals in order, as a pattern."""

_ITEM = re.compile(
    r"第([一二三四五六七八九十]{1,3}|[0-9]{1,2})(?:个|项|条|点|大|类|方面|任务|是|篇|部分)"
    r"|(?:排|排在|列)第([一二三四五六七八九十]{1,3}|[0-9]{1,2})"
    rf"|\b({ORDINALS})\b.{{0,20}}?"
    r"\b(?:tasks?|items?|points?|priority|priorities|measures?|areas?)\b"
)


def item_number(written: str) -> int:
    """The number of an enumerator: 三, 十二, 3 or third; 0 where it is none."""
    if written.isdigit():
        return int(written)
    if written in (ordinals := ORDINALS.split("|")):
        return ordinals.index(written) + 1
    digits = "一二三四五六七八九"
    tens, _, ones = written.rpartition("十")
    if "十" not in written:
        return digits.find(written) + 1
    return (digits.find(tens) + 1 if tens else 1) * 10 + (digits.find(ones) + 1 if ones else 0)


_ENUMERATOR = re.compile(
    r"\s*(?:[(（]?([一二三四五六七八九十]{1,3}|[0-9]{1,2})(?:是|、|[)）]|[.．](?![0-9]))"
    r"|第([一二三四五六七八九十]{1,3})[项条点个类件]?[,，、是：:]|其([一二三四五六七八九十])[,，、是]"
    rf"|({ORDINALS})(?:ly)?,)"
)


def item_of(sentence: str) -> int:
    """The number of the enumerated item that a sentence opens (三是…, 第三项，…), else 0."""
    match = _ENUMERATOR.match(fold(sentence))
    return item_number(next(filter(None, match.groups()))) if match else 0


_ASKS_YEAR = re.compile(r"哪(?:一|几|两)?年|\b(?:what|which) years?\b")
_ASKS = re.compile(
    r"什么|哪|谁|几|多少|如何|怎么|怎样|为何|何时|是否|有没有|吗"
    r"|\b(?:who|whom|whose|what|which|when|where|why|how)\b"
)


def asks(text: str) -> bool:
    """Whether a text holds a word that asks; `2019 did she chair the board?` holds none."""
    return bool(_ASKS.search(fold(text)))


def _untranslated(text: str, language: Language, terms: Mapping[str, float]) -> float:
    """Counted in words for English and in bigrams for Chinese."""
    known = sum(
        len(phrase.split()) if language == "en" else max(len(phrase) - 1, 1)
        for phrase, _ in translate_terms(text)
    )
    total = sum(terms.values())
    return max(0.0, 1.0 - known / total) if total else 0.0


def _terms(text: str) -> dict[str, float]:
    """Without years, of which not even the 年 makes a term with what follows: 2026年会议 holds
    no 年会.
    """
    return {term: float(n) for term, n in Counter(content_terms(without_years(text))).items()}


def read_question(text: str) -> Question:
    """Read a question in either language, any script or width."""
    folded = fold(text)
    item = _ITEM.search(folded)
    terms = _terms(text)
    language = detect_language(text)
    return Question(
        text=text,
        language=language,
        years=years_in(text),
        expected=next((kind for kind, pattern in _KINDS if pattern.search(folded)), "text"),
        item=item_number(next(filter(None, item.groups()))) if item else 0,
        terms=terms,
        regional=tuple(_terms(wording) for wording in regional_wordings(text)),
        translated=expand(text, language),
        phrases=tuple((phrase, *others) for phrase, others in translate_terms(text)),
        untranslated=_untranslated(text, language, terms),
    )


def holds_expected(question: Question, text: str) -> bool:
    """Whether a text holds the kind of value the question asks for; True where it asks none."""
    wanted = VALUE_KINDS.get(question.expected)
    return wanted is None or any(value.kind in wanted for value in find_values(text))


def holds_answer(question: Question, text: str) -> bool:
    """The same, held more strictly: not by what the question says itself, nor by a bare year
    where it asks for a day.
    """
    wanted = VALUE_KINDS.get(question.expected)
    said = {(value.kind, value.value) for value in find_values(question.text)}
    day = question.expected == "date" and not _ASKS_YEAR.search(fold(question.text))
    return wanted is None or any(
        value.kind in wanted and (value.kind, value.value) not in said
        for value in find_values(text)
        if not (day and _is_year(value))
    )


def _is_year(value: Value) -> bool:
    return isinstance(value.value, tuple) and value.value[1:] == (None, None)
