"""Search terms: character bigrams for Chinese, words and numbers for the rest."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from rag.records import Span
from rag.text.folding import HAN, fold

_CJK = HAN + "\u3041-\u30ff"
_TERM = re.compile(
    rf"([{_CJK}]+)"
    r"|(?:[a-z]\.){2,}"
    r"|[0-9]+(?:,[0-9]{3})+(?:\.[0-9]+)?"
    rf"|[^\W_{_CJK}]+(?:\.[0-9]+)*(?:'(?:s|t|d|m|re|ve|ll)\b)?"
)

_ENGLISH = """
a about after all also an and any are as at be been before between both but by can could did do does
during each for from had has have having he her hers him his how i if in into is it its may me might
more most much many must my no nor not of off on one only onto or other our out over own per please
shall she should so some such than that the their them then there these they this those through to
under up upon us very was we were what when where whether which while who whom whose why will with
within without would you your tell explain describe list give according
"""
ENGLISH_FUNCTION_WORDS = frozenset(_ENGLISH.split())
"""Words that carry the frame of a question or a sentence, not its subject."""

_CHINESE = """
为什么 有没有 有哪些 有什么 是什么 告诉我 什么时候 什么 哪些 哪个 哪里 哪年 哪一年 哪一 哪几 哪
多少 如何 怎么样 怎么 怎样 为何 是否 能否 请问 何时 何地 何人 谁 分别 以及 或者 并且 关于 对于
根据 按照 其中 这个 那个 这些 那些 这 那 我们 他们 它们 可以 几个 几项 几种 几 吗 呢 吧 啊
"""
_CHINESE_GUARDED = (
    "(?<!目)的(?!确)",
    "了(?![解结])",
    "(?<![求但国总])是(?!非)",
    "(?<![申邀聘])请(?![求示愿])",
    "(?<![涉普顾波])及(?![时格])",
    "(?<![参赋])与(?!会)",
    "把(?![握关控])",
    "被(?!告)",
    "或",
)
CHINESE_FUNCTION = re.compile(
    "|".join([*sorted(_CHINESE.split(), key=len, reverse=True), *_CHINESE_GUARDED])
)
"""The same in Simplified Chinese; single characters are spared inside the words that hold them."""


def search_terms(text: str) -> list[str]:
    """Terms to index and to look up, in order, folded; repeats are kept.

    A run of Han characters gives its bigrams, or the one character it is. Latin words lose case,
    what follows an apostrophe and a plural s; `PM2.5`, `COP15` and `58.74` stay whole; `1,000`
    is `1000`.
    """
    return list(_terms(fold(text)))


def term_spans(text: str) -> Iterator[tuple[str, Span]]:
    """`search_terms` with where each stands; neighbouring bigrams overlap."""
    for match in _TERM.finditer(fold(text)):
        run, start = match.group(), match.start()
        if not match.lastindex:
            yield _word(run), Span(start=start, end=match.end())
        elif len(run) == 1:
            yield run, Span(start=start, end=start + 1)
        else:
            for at in range(len(run) - 1):
                yield run[at : at + 2], Span(start=start + at, end=start + at + 2)


def content_terms(text: str) -> list[str]:
    """`search_terms` without function and question words of both languages.

    Chinese function words are cut out before bigrams are taken, so no bigram joins what stood on
    either side of one.
    """
    framed = CHINESE_FUNCTION.sub(" ", fold(text))
    return [term for term in _terms(framed) if term not in ENGLISH_FUNCTION_WORDS]


def _terms(folded: str) -> Iterator[str]:
    for match in _TERM.finditer(folded):
        run = match.group()
        if match.lastindex:
            if len(run) == 1:
                yield run
            else:
                yield from map("".join, pairwise(run))
        else:
            yield _word(run)


@lru_cache(maxsize=65_536)
def _word(run: str) -> str:
    """One Latin word or number in its index form.

    Plurals follow Harman's S-stemmer (How effective is suffixing?, 1991), with -sses, -shes,
    -ches and -xes losing -es and -is kept, so that processes meets process and basis stays.
    """
    if run[0].isdigit():
        return run.replace(",", "")
    if "." in run and run[-1] == ".":
        return run.replace(".", "")
    word = run.split("'")[0]
    if len(word) < 4 or not word.isascii() or not word.isalpha() or word[-1] != "s":
        return word
    return _singular(word)


def _singular(word: str) -> str:
    if word in ENGLISH_FUNCTION_WORDS or word.endswith(("us", "ss", "is")):
        return word
    if word.endswith("ies") and not word.endswith(("aies", "eies")):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]
