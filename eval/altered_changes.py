"""The one change that is made to a sentence: a number, a unit, a name, a denial, an opposite."""

import random
import re
from collections.abc import Callable, Iterator, Sequence

from eval.altered_words import DENIALS, MEASURES, NAMES, OPPOSITES, half_of, words

Change = tuple[int, int, str]
"""Where, in characters of the sentence, and what is put there."""

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


def changes(
    sentence: str, contexts: Sequence[str], language: str, rng: random.Random, last: bool
) -> Iterator[tuple[str, Change]]:
    """One change of each kind that the sentence allows, chosen at random; the kind comes first.

    Args:
        sentence: what is altered.
        contexts: texts that hold it, whose values and names may be put in.
        language: `zh` or `en`.
        rng: chooses.
        last: put in words of the half that nothing was developed on.
    """
    makers: tuple[tuple[str, Callable[[], list[Change]]], ...] = (
        ("digit", lambda: [_digit(match, rng) for match in _DIGITS.finditer(sentence)]),
        ("tenfold", lambda: [_tenfold(match) for match in _DIGITS.finditer(sentence)]),
        ("day", lambda: [_next_day(match) for match in _DAY.finditer(sentence)]),
        ("worded number", lambda: list(_worded(sentence, language, rng))),
        ("unit", lambda: _swapped_units(sentence, MEASURES[language])),
        ("other value", lambda: _other_values(sentence, contexts)),
        ("name", lambda: _listed_names(sentence, language, rng, last)),
        ("name of the text", lambda: _own_names(sentence, contexts, language, rng)),
        ("opposite", lambda: swapped(sentence, _both_ways(OPPOSITES[language], last))),
        ("denial", lambda: swapped(sentence, DENIALS[language])),
    )
    for kind, make in makers:
        # What numbers a sentence or paragraph is no part of what it says.
        fit = [one for one in make() if one[0] > 3 and sentence[one[0] : one[1]] != one[2]]
        if fit:
            yield kind, rng.choice(fit)


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


def _worded(sentence: str, language: str, rng: random.Random) -> Iterator[Change]:
    if language == "en":
        for match in _WORDED.finditer(sentence):
            own = match[0].lower()
            kind = _NUMBER_WORDS if own in _NUMBER_WORDS else _ORDINAL_WORDS
            yield *match.span(), rng.choice([word for word in kind if word != own])
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


def _names_in(text: str, language: str) -> Iterator[tuple[str, int, int]]:
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


def _listed_names(sentence: str, language: str, rng: random.Random, last: bool) -> list[Change]:
    found = []
    for kind, start, end in _names_in(sentence, language):
        others = [name for name in half_of(NAMES[language][kind], last) if name not in sentence]
        found.append((start, end, rng.choice(others)))
    return found


def _own_names(
    sentence: str, contexts: Sequence[str], language: str, rng: random.Random
) -> list[Change]:
    """A name of the sentence replaced by another of its kind out of the contexts."""
    others = {
        (kind, text[start:end])
        for text in contexts
        for kind, start, end in _names_in(text, language)
        if text[start:end] not in sentence
    }
    found = []
    for kind, start, end in _names_in(sentence, language):
        fit = sorted(
            name for k, name in others if k == kind and not _overlap(name, sentence[start:end])
        )
        if fit:
            found.append((start, end, rng.choice(fit)))
    return found


def _overlap(first: str, second: str) -> bool:
    return first in second or second in first or bool(set(first.split()) & set(second.split()))


def _both_ways(pairs: Sequence[tuple[str, str]], last: bool) -> list[tuple[str, str]]:
    half = half_of(pairs, last)
    return [*half, *((second, first) for first, second in half)]


def swapped(sentence: str, pairs: Sequence[tuple[str, str]]) -> list[Change]:
    """Every place of a sentence where one of the pairs can be put in for its first part."""
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
