"""Sentences with exactly one thing changed, to see whether the checker notices; and unchanged ones.

Made from whatever public sets are at hand. A case is a claim and the texts it is cited to, which
hold the original sentence among others: what was put in may well stand elsewhere in them.
"""

import hashlib
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from eval.altered_words import DENIALS, MEASURES, NAMES, OPPOSITES, half_of, words
from eval.datasets import held_out, read_set, sample
from rag import sentence_spans

Language = str
_LENGTHS = {"zh": (14, 120), "en": (40, 320)}
_QUESTION = re.compile("[?？]")
"""A question states nothing."""
_CONTEXT = 6
"""Sentences that a context has at least, taken from the next texts where its own are fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """A claim made from a sentence of its contexts."""

    source: str
    group: str
    language: Language
    kind: str
    """What was changed, or how an unchanged sentence was written."""
    claim: str
    contexts: tuple[str, ...]
    supported: bool
    change: str
    """What became what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    source: str
    group: str
    language: Language
    text: str


Change = tuple[int, int, str]
"""Where, and what is put there."""


def altered_cases(data: Path, limit: int, *, last: bool) -> Iterator[Altered]:
    """At most `limit` cases of each kind and language, from a half of the texts and words.

    `last` takes the half that nothing was developed on.
    """
    counts: dict[tuple[str, str], int] = {}
    passages = [one for one in _passages(data) if held_out(f"altered {one.group}") == last]
    for case in _cases(passages, last):
        key = (case.language, case.kind)
        if counts.get(key, 0) < limit:
            counts[key] = counts.get(key, 0) + 1
            yield case


def _cases(passages: Sequence[_Passage], last: bool) -> Iterator[Altered]:
    for place, passage in enumerate(passages):
        contexts = _contexts(passages, place)
        spans = sentence_spans(passage.text)
        sentences = [span.slice(passage.text) for span in spans]
        rng = random.Random(_hash(passage.text))
        low, high = _LENGTHS[passage.language]
        fit = [
            number
            for number, text in enumerate(sentences)
            if low <= len(text) <= high and not _QUESTION.search(text)
        ]
        for number in rng.sample(fit, min(3, len(fit))):
            base = Altered(
                source=passage.source,
                group=passage.group,
                language=passage.language,
                kind="verbatim",
                claim=sentences[number],
                contexts=contexts,
                supported=True,
                change="",
            )
            following = sentences[number + 1] if number + 1 < len(sentences) else ""
            for kind, claim in _unchanged(sentences[number], following, passage.language):
                yield replace(base, kind=kind, claim=claim)
            for kind, change in _changed(sentences[number], contexts, passage.language, rng, last):
                start, end, new = change
                sentence = sentences[number]
                claim = sentence[:start] + new + sentence[end:]
                if claim.strip() != sentence.strip():
                    said = f"{sentence[start:end]} → {new}"
                    yield replace(base, kind=kind, claim=claim, supported=False, change=said)


def _contexts(passages: Sequence[_Passage], place: int) -> tuple[str, ...]:
    own = passages[place]
    texts, count = [own.text], len(sentence_spans(own.text))
    for other in passages[place + 1 :]:
        if count >= _CONTEXT or other.source != own.source:
            break
        texts.append(other.text)
        count += len(sentence_spans(other.text))
    return tuple(texts)


def _unchanged(sentence: str, following: str, language: Language) -> Iterator[tuple[str, str]]:
    yield "verbatim", sentence
    clause = re.match(r"[^，,；;]{8,}(?=[，；])|.{30,}?(?=, |; )", sentence)
    if clause:
        yield "first clause", clause[0] + ("。" if language == "zh" else ".")
    if following and len(following) < _LENGTHS[language][1]:
        joined = sentence.rstrip("。.！？!? ")
        yield "two joined", joined + ("；" if language == "zh" else "; ") + following
    wide = re.sub("[0-9A-Za-z%]", lambda match: chr(ord(match[0]) + 0xFEE0), sentence)
    if wide != sentence and language == "zh":
        yield "full width", wide
    if language == "zh":
        traditional = str(_converter().convert(sentence))
        if traditional != sentence:
            yield "traditional", traditional
        narrow = sentence.translate(str.maketrans("，。；：（）", ",.;:()"))
        yield "half width", narrow


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")


_DIGITS = re.compile(r"(?<![A-Za-z\d.,(（])\d+(?:,\d{3})*(?:\.\d+)?(?![A-Za-z\d]|,\d)")
_HAN_NUMBER = re.compile(
    "[一二三四五六七八九十百千万两]{1,8}(?=[个名位项条件种类次级期批届座户份章节款天日年月人元倍]|分之)"
)
_ORDINAL = re.compile("第([一二三四五六七八九十]{1,3})")
_NUMBER_WORDS = words("""
    two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred""")
_ORDINAL_WORDS = words("first second third fourth fifth sixth seventh eighth ninth tenth")
_WORDED = re.compile(rf"\b({'|'.join(_NUMBER_WORDS + _ORDINAL_WORDS)})\b", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})(?=日)|(?<=[a-z] )(\d{1,2})(?=, \d{4})")


def _changed(
    sentence: str, contexts: Sequence[str], language: Language, rng: random.Random, last: bool
) -> Iterator[tuple[str, Change]]:
    """One change of each kind that the sentence allows, chosen at random."""
    makers: tuple[tuple[str, Callable[[], list[Change]]], ...] = (
        ("digit", lambda: [_digit(match, rng) for match in _DIGITS.finditer(sentence)]),
        ("tenfold", lambda: [_tenfold(match) for match in _DIGITS.finditer(sentence)]),
        ("day", lambda: [_next_day(match) for match in _DAY.finditer(sentence)]),
        ("worded number", lambda: list(_worded(sentence, language, rng))),
        ("unit", lambda: _swapped_units(sentence, MEASURES[language])),
        ("other value", lambda: _other_values(sentence, contexts)),
        ("name", lambda: _listed_names(sentence, language, rng, last)),
        ("name of the text", lambda: _own_names(sentence, contexts, language, rng)),
        ("opposite", lambda: _swapped(sentence, _both_ways(OPPOSITES[language], last))),
        ("denial", lambda: _swapped(sentence, DENIALS[language])),
    )
    for kind, make in makers:
        # What numbers a sentence or paragraph is no part of what it says.
        changes = [one for one in make() if one[0] > 3 and sentence[one[0] : one[1]] != one[2]]
        if changes:
            yield kind, rng.choice(changes)


def _digit(match: re.Match[str], rng: random.Random) -> Change:
    places = [place for place in range(match.start(), match.end()) if match.string[place].isdigit()]
    place = rng.choice(places)
    return place, place + 1, rng.choice([d for d in "123456789" if d != match.string[place]])


def _tenfold(match: re.Match[str]) -> Change:
    if "." in match[0]:
        return (*match.span(), match[0].replace(".", ""))
    return match.start(), match.end(), match[0] + "0" if "," not in match[0] else match[0][:-4]


def _next_day(match: re.Match[str]) -> Change:
    return (*match.span(), str(int(match[0]) % 28 + 1))


def _worded(sentence: str, language: Language, rng: random.Random) -> Iterator[Change]:
    if language == "en":
        for match in _WORDED.finditer(sentence):
            words = _NUMBER_WORDS if match[0].lower() in _NUMBER_WORDS else _ORDINAL_WORDS
            yield *match.span(), rng.choice([word for word in words if word != match[0].lower()])
        return
    for pattern in (_HAN_NUMBER, _ORDINAL):
        for match in pattern.finditer(sentence):
            place = rng.choice(range(match.start(), match.end()))
            if sentence[place] in "一二三四五六七八九":
                digits = [digit for digit in "二三四五六七八九" if digit != sentence[place]]
                yield place, place + 1, rng.choice(digits)


def _swapped_units(sentence: str, pairs: Sequence[tuple[str, str]]) -> list[Change]:
    return [
        (match.start(1), match.end(1), new)
        for old, new in pairs
        for match in re.finditer(rf"(?<=\d)[ -]?({re.escape(old)})(?![a-z])", sentence)
    ]


def _other_values(sentence: str, contexts: Sequence[str]) -> list[Change]:
    """A number of the sentence replaced by one that stands elsewhere in the contexts."""
    own = {match[0] for match in _DIGITS.finditer(sentence)}
    others = {match[0] for text in contexts for match in _DIGITS.finditer(text)} - own
    return [
        (*match.span(), other)
        for match in _DIGITS.finditer(sentence)
        for other in sorted(others)
        if len(other) == len(match[0])
    ]


_CAPITALISED = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+){0,2}\b")
_FOREIGN = re.compile("[\u4e00-\u9fff]{2,6}·[\u4e00-\u9fff]{2,6}(?=[，。、（(说是在])")
_TITLE = re.compile("《[^》]{2,30}》")
_SPEAKER = re.compile(
    "(?<![\u4e00-\u9fff])[王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗郑谢宋唐许韩冯邓曹彭曾][\u4e00-\u9fff]{1,2}"
    "(?=表示|介绍|指出|认为|告诉|强调|说[，：])"
)
_NOT_NAMES = frozenset(
    words("""
    January February March April May June July August September October November December Monday
    Tuesday Wednesday Thursday Friday Saturday Sunday The This That""")
)


def _names_in(text: str, language: Language) -> Iterator[tuple[str, int, int]]:
    """Kind and place of the names that patterns and lists find."""
    if language == "en":
        for match in _CAPITALISED.finditer(text):
            if not _NOT_NAMES & set(match[0].split()):
                yield "name", *match.span()
        return
    for kind, pattern in (("foreign", _FOREIGN), ("title", _TITLE), ("person", _SPEAKER)):
        for match in pattern.finditer(text):
            yield kind, *match.span()
    for kind in ("place", "body"):
        for match in re.finditer("|".join(NAMES["zh"][kind]), text):
            yield kind, *match.span()


def _listed_names(
    sentence: str, language: Language, rng: random.Random, last: bool
) -> list[Change]:
    changes = []
    for kind, start, end in _names_in(sentence, language):
        others = [name for name in half_of(NAMES[language][kind], last) if name not in sentence]
        changes.append((start, end, rng.choice(others)))
    return changes


def _own_names(
    sentence: str, contexts: Sequence[str], language: Language, rng: random.Random
) -> list[Change]:
    """A name of the sentence replaced by another of its kind out of the contexts."""
    others = {
        (kind, text[start:end])
        for text in contexts
        for kind, start, end in _names_in(text, language)
        if text[start:end] not in sentence
    }
    changes = []
    for kind, start, end in _names_in(sentence, language):
        fit = sorted(
            name for k, name in others if k == kind and not _overlap(name, sentence[start:end])
        )
        if fit:
            changes.append((start, end, rng.choice(fit)))
    return changes


def _overlap(first: str, second: str) -> bool:
    return first in second or second in first or bool(set(first.split()) & set(second.split()))


def _both_ways(pairs: Sequence[tuple[str, str]], last: bool) -> list[tuple[str, str]]:
    half: Sequence[Any] = pairs[int(last) :: 2]
    return [*half, *((second, first) for first, second in half)]


def _swapped(sentence: str, pairs: Sequence[tuple[str, str]]) -> list[Change]:
    found = []
    for old, new in pairs:
        edge = r"\b" if old.isascii() else ""
        # A denial that stands there already is not doubled: 没有 holds 有, "is not" holds "is".
        free = r"(?<![不没未无非])" if not old.isascii() else ""
        after = r"(?! not\b|n't)" if old.isascii() else ""
        for match in re.finditer(f"{free}{edge}{re.escape(old)}{edge}{after}", sentence):
            end = match.end() + (0 if new else 1)
            found.append((match.start(), end, new))
    return found


def _hash(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16)


_SETS: tuple[tuple[str, str, str, Language], ...] = (
    ("prc_env_law/articles.jsonl", "law", "text", "zh"),
    ("cmrc2018/passages_trial.jsonl", "pid", "text", "zh"),
    ("xquad_zh_en/passages.jsonl", "pid", "text_zh", "zh"),
    ("uhgeval/concise.jsonl", "id", "remainder", "zh"),
    ("xquad_zh_en/passages.jsonl", "pid", "text_en", "en"),
    ("ragtruth_test/summary_sources.jsonl", "sid", "source", "en"),
    ("tw_env_law_parallel/articles.jsonl", "law_en", "en", "en"),
)
_OF_A_SET = 250


def _passages(data: Path) -> Iterator[_Passage]:
    """Passages of the sets present, those of one set mixed with those of the others."""
    found: list[list[_Passage]] = []
    for name, group, field, language in _SETS:
        path = data / name
        if path.is_file():
            rows = sample(read_set(path), _OF_A_SET)
            source = f"{path.parent.name} {language}"
            found.append(
                [
                    _Passage(
                        source=source,
                        group=str(row[group]),
                        language=language,
                        text=str(row[field]),
                    )
                    for row in rows
                ]
            )
    # One set after another would fill the kinds from the first set alone.
    for chunk in range(0, _OF_A_SET, 10):
        for passages in found:
            yield from passages[chunk : chunk + 10]
