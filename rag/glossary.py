"""A zh–en glossary, so that the lexical leg finds Chinese text by an English question and back.

`glossary.tsv` holds one entry a line, `english<TAB>chinese[|chinese …]`: small letters, Simplified
characters, sorted by the English. It is a general one of government, environment, economy and
everyday words in their official renderings, fitted to no collection of documents.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from rag.records import Language
from rag.text import HAN, content_terms, fold, search_terms
from rag.text.terms import CHINESE_FUNCTION, ENGLISH_FUNCTION_WORDS

_HAN_RUN = re.compile(f"[{HAN}]+")
_WORD = re.compile(rf"[^\W_{HAN}]+(?:'[a-z]+)?")
_CODES = re.compile(r"\bU\.S\.(?:A\.)?|\b(?:USA?|WHO)\b")
_CODE_NAMES = {"W": "world health organization", "U": "united states"}
"""Short names, by their first letter, that in small letters are other words."""

_SPELLINGS = (
    (re.compile("is(?=(?:e|ed|ing|ation)$)"), "iz"),
    (re.compile("(?<=[a-z]{3})our(?=$|ed$|ing$)"), "or"),
    (re.compile("(?<=[a-z])tre$"), "ter"),
    (re.compile("programme$"), "program"),
    (re.compile("(?<=[cf]en)ce$"), "se"),
)
"""British to American, applied to question and glossary alike, so it need not be exact."""

_ACCENTS = re.compile("[\u0300-\u036f]")

_IRREGULAR = """
held hold; chosen choose; chose choose; wrote write; gave give; given give; led lead; made make;
built build; met meet; took take; taken take; spoke speak; spoken speak; rose rise; risen rise;
fell fall; fallen fall; grew grow; grown grow; found find; sought seek; began begin;
begun begin; drew draw; drawn draw; drove drive; driven drive; kept keep; paid pay; sold sell;
bought buy; taught teach; taught teach; won win; spent spend; sent send; undertook undertake;
undertaken undertake; oversaw oversee; overseen oversee; laid lay; broke break; broken break;
brought bring; heard hear; felt feel; saw see; came come; went go; became become; knew know;
lost lose; told tell; understood understand; threw throw; thrown throw; stole steal; stolen steal;
tore tear; torn tear; beaten beat; forgot forget; forgotten forget; dealt deal; shown show;
wore wear; worn wear; fought fight; stood stand; sang sing; sung sing; swam swim; ran run; sat sit;
struck strike; caught catch; fed feed; fled flee; flew fly; flown fly; froze freeze; hid hide;
hidden hide; hung hang; lent lend; lit light; rode ride; ridden ride; sank sink; sunk sink;
slept sleep; shook shake; swept sweep; swore swear; sworn swear; stuck stick; arose arise;
arisen arise; bent bend; bound bind; bred breed; burnt burn; dug dig; drank drink; ate eat;
eaten eat; forbade forbid; overcame overcome; overthrew overthrow; overthrown overthrow;
proven prove; shone shine; sprang spring; wept weep; withdrew withdraw; withdrawn withdraw;
woven weave; woke wake; died die; tied tie; dying die; lying lie; shot shoot; left leave;
women woman; men man; children child; crise crisis; analyse analysis; leave leaf; live life;
data datum; feet foot; teeth tooth; mice mouse; wolve wolf; knive knife; wive wife; thieve thief;
halve half; shelve shelf; geese goose; oxen ox; criteria criterion; phenomena phenomenon;
strata stratum; hypothese hypothesis; diagnose diagnosis; base basis
"""


class Rendering(NamedTuple):
    """What was found in a question and what it is in the other language."""

    phrase: str
    renderings: tuple[str, ...]


class _English(NamedTuple):
    entries: Mapping[str, Rendering]
    """By their words in American spelling, a space between."""
    openings: Set[str]
    """What longer entries begin with."""


class _Chinese(NamedTuple):
    phrases: Mapping[str, Sequence[str]]
    """What each Chinese phrase renders."""
    longest: int
    """Characters of the longest."""


def expand(question: str, language: Language) -> Mapping[str, float]:
    """Search terms in the other language for the glossary entries found in a question.

    `language` is the one to translate from: `en` reads the English words of the question and
    gives Chinese bigrams, `zh` the reverse, so a mixed question can be read both ways. Each entry
    weighs 1, as a word of the question does, shared equally among its renderings and then among
    the terms of each; longest phrases are taken first and do not overlap. An entry that stands
    twice counts once. Empty where nothing is found.
    """
    found = _english_entries(question) if language == "en" else _chinese_entries(question)
    weights: dict[str, float] = {}
    for entry in dict.fromkeys(found):
        for rendering in entry.renderings:
            terms = search_terms(rendering)
            if language == "zh":
                terms = content_terms(rendering) or terms
            share = 1 / (len(entry.renderings) * len(terms))
            for term in terms:
                weights[term] = weights.get(term, 0.0) + share
    return weights


def translate_terms(question: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(glossary phrase, renderings) found in a question, English phrases first, in order."""
    return tuple(dict.fromkeys([*_english_entries(question), *_chinese_entries(question)]))


def _english_entries(question: str) -> Iterator[Rendering]:
    # Written all in capitals, a question says nothing by them.
    if not question.isupper():
        question = _CODES.sub(lambda match: _CODE_NAMES[match.group()[0]], question)
    words = _words(question)
    start = 1 if words[:1] == ["list"] else 0  # an order to list things asks about no list
    while start < len(words):
        end, entry = _longest(words, start)
        if entry:
            yield entry
        start = end


def _longest(words: list[str], start: int) -> tuple[int, Rendering | None]:
    """Where the longest entry that begins at `start` ends, else the next word and None."""
    english, openings = _english()
    opened, end, found = [""], start + 1, None
    for position in range(start, len(words)):
        read = [opening + form for opening in opened for form in _forms(words[position])]
        entry = next((english[phrase] for phrase in read if phrase in english), None)
        if entry:
            end, found = position + 1, entry
        opened = [phrase + " " for phrase in read if phrase in openings]
        if not opened:
            break
    return end, found


def _chinese_entries(question: str) -> Iterator[Rendering]:
    for match in _HAN_RUN.finditer(CHINESE_FUNCTION.sub(" ", fold(question))):
        chinese, longest = _chinese()
        run, start = match.group(), 0
        while start < len(run):
            ends = range(min(len(run), start + longest), start, -1)
            end = next((end for end in ends if run[start:end] in chinese), None)
            if end:
                yield Rendering(run[start:end], tuple(chinese[run[start:end]]))
            start = end or start + 1


@lru_cache(maxsize=1)
def _english() -> _English:
    english, openings = dict[str, Rendering](), set[str]()
    for entry in entries():
        words = _words(entry.phrase)
        english[" ".join(words)] = entry
        openings.update(" ".join(words[:count]) for count in range(1, len(words)))
    return _English(english, openings)


@lru_cache(maxsize=1)
def _chinese() -> _Chinese:
    chinese = dict[str, list[str]]()
    for phrase, renderings in entries():
        for rendering in renderings:
            if _HAN_RUN.fullmatch(rendering):
                chinese.setdefault(rendering, []).append(phrase)
    return _Chinese(chinese, max(map(len, chinese)))


def entries() -> Iterator[Rendering]:
    """The entries of the packaged file, in its order."""
    for line in files("rag").joinpath("glossary.tsv").read_text("utf-8").splitlines():
        phrase, renderings = line.split("\t")
        yield Rendering(phrase, tuple(renderings.split("|")))


def _words(text: str) -> list[str]:
    """The Latin words and numbers of a text, folded, without possessive endings."""
    return [_american(word.removesuffix("'s")) for word in _WORD.findall(_bare(fold(text)))]


def _bare(text: str) -> str:
    """Latin letters without their accents: São Paulo is listed as sao paulo."""
    if text.isascii():
        return text
    return _ACCENTS.sub("", unicodedata.normalize("NFD", text))


@lru_cache(maxsize=65_536)
def _american(word: str) -> str:
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=65_536)
def _forms(word: str) -> tuple[str, ...]:
    """The word, then what it may be a plural, past tense or participle of.

    Most of these are no words at all; only those that the glossary lists are used.
    """
    if word in ENGLISH_FUNCTION_WORDS or not word.isalpha():
        return (word,)
    singular = "".join(search_terms(word))
    return tuple(dict.fromkeys(map(_american, [word, singular, *_bases(singular)])))


def _bases(word: str) -> Iterable[str]:
    if word in _irregular():
        yield _irregular()[word]
    if word.endswith("ied"):
        yield word[:-3] + "y"
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            yield from (stem, stem + "e")
            if stem[-1] == stem[-2]:
                yield stem[:-1]
    if word.endswith(("se", "oe")):  # gases, vetoes: what is left by taking the s alone
        yield word[:-1]


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    words = _IRREGULAR.replace(";", " ").split()
    return dict(zip(words[::2], words[1::2], strict=True))
