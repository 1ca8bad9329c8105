"""What it means that a claim and the sentence it nearly repeats differ at some place. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence

from rag.support.compared import Compared, Finding, FindingKind, instead, shown
from rag.support.names import abbreviates, is_name
from rag.support.negation import denial, negated_form
from rag.support.opposites import DENIALS, RESTRICTIONS, Pole, ends_of, opposed
from rag.support.reordered import is_reordered
from rag.support.synonyms import same_meaning
from rag.support.word_alignment import Alignment, Word, is_function
from rag.text import fold
from rag.text.terms import ENGLISH_FUNCTION_WORDS
from rag.values import PartialDate, Value, compatible


def findings(
    alignment: Alignment, evidence: str, context_years: Collection[int] = ()
) -> Iterator[Finding]:
    """The differences of an alignment that matter, in the order of the claim.

    Args:
        alignment: a claim beside the sentence it repeats in great part.
        evidence: all that is cited, folded; a name or a year may stand there.
        context_years: years that hold without standing anywhere.
    """
    years = frozenset(context_years)
    for one in alignment.differences:
        compared = Compared(alignment, one, years, evidence)
        for judge in (_value, denial, _opposite, _content):
            if finding := judge(compared):
                yield finding
                break


def _value(compared: Compared) -> Finding | None:
    """A value that the place of the sentence does not state, or states otherwise."""
    here = [value for word in compared.one.stated for value in word.values]
    anywhere = [value for word in compared.alignment.others for value in word.values]
    claimed = [value for word in compared.one.claimed for value in word.values]
    for number, value in enumerate(claimed):
        # As many on both sides stand for each other in turn.
        meant = here[number : number + 1] if len(claimed) == len(here) else here or anywhere
        if any(_same(value, other, compared.years) for other in meant):
            continue
        if not here and (_is_background(value, compared) or _is_article(value, compared)):
            continue
        says = ", ".join(dict.fromkeys(other.text for other in here or anywhere))
        told = f"; it says {says}" if says else ""
        # Where the sentence has no value, another one that was merged with it may.
        kind: FindingKind = "value" if here or _replaces(compared) else "word"
        return Finding(kind=kind, reason=f"{value.text} is not in the cited passage{told}.")
    return None


def _replaces(compared: Compared) -> bool:
    """Whether a value stands for a word or two of the sentence, such as the 一 of 另一种."""
    return 0 < len(compared.one.stated) <= len(compared.one.claimed) + 1


def _same(value: Value, other: Value, years: frozenset[int]) -> bool:
    if value.kind == "money" and other.kind == "money" and value.unit != other.unit:
        # 元 may be any currency but the one that is named beside it.
        return value.value == other.value and {value.unit, other.unit} <= {"", "CNY", "TWD"}
    if compatible(value, other):
        return True
    if isinstance(value.value, tuple) and isinstance(other.value, tuple):
        year, month, day = value.value
        undated: PartialDate = (None, month, day)
        return year in years and (other.value[0] in (None, year)) and undated[1:] == other.value[1:]
    return False


def _is_background(value: Value, compared: Compared) -> bool:
    """A date put in from elsewhere in the passage, or the year that the document is about."""
    if value.kind != "date":
        return False
    lent = isinstance(value.value, tuple) and value.value in {
        (y, None, None) for y in compared.years
    }
    return lent or value.text.casefold() in compared.evidence


def _is_article(value: Value, compared: Compared) -> bool:
    """Whether a `one` without a unit stands where the sentence has `the` or nothing."""
    worded = value.text.casefold() == "one" and not value.unit
    return worded and all(map(is_function, compared.one.stated))


def _ends(words: Sequence[Word]) -> frozenset[Pole]:
    """The ends that words stand at; a rank such as 第一 stands at one too."""
    keys = (
        first
        for first in ("first", "第一")
        for word in words
        for value in word.values
        if value.kind == "ordinal" and value.value == 1
    )
    return frozenset(
        end for key in (*keys, *(str(word.key) for word in words)) for end in ends_of(key)
    )


def _opposite(compared: Compared) -> Finding | None:
    claimed, stated = _ends(compared.one.claimed), _ends(compared.one.stated)
    denies = any(word.key in DENIALS for word in (*compared.one.claimed, *compared.one.stated))
    if opposed(claimed, stated) or (negated_form(compared.one) and not denies):
        return Finding(kind="opposite", reason=instead(compared))
    restricts = any(word.key in RESTRICTIONS for word in compared.one.claimed)
    if restricts and not any(word.key in RESTRICTIONS for word in compared.alignment.others):
        return Finding(kind="opposite", reason=instead(compared))
    return None


_SHORT_NAME = 3
_CONNECTIVES = frozenset(
    (
        *("however", "furthermore", "moreover", "therefore", "thus", "meanwhile", "instead"),
        *("overall", "besides", "hence", "despite", "according", "although", "though", "since"),
        *("because", "text", "title"),
    )
)


def _opens(compared: Compared) -> bool:
    """Whether other words open the claim than the sentence: a capital there tells no name."""
    aligned, one = compared.alignment, compared.one
    return (
        bool(one.claimed and one.stated)
        and max(len(one.claimed), len(one.stated)) <= _SHORT_NAME
        and (one.claimed[0], one.stated[0]) == (aligned.words[0], aligned.others[0])
        and all(
            word.kind == "latin"
            and text[word.start].isupper()
            and word.key not in ENGLISH_FUNCTION_WORDS | _CONNECTIVES
            and not str(word.key).endswith("ly")
            for word, text in ((one.claimed[0], aligned.claim), (one.stated[0], aligned.sentence))
        )
    )


def _content(compared: Compared) -> Finding | None:
    """Other words in place of the sentence's, or words that it has not."""
    aligned, one = compared.alignment, compared.one
    names = [word for word in one.claimed if is_name(word, aligned.claim)]
    claimed = [w for w in one.claimed if not w.values and (w in names or not is_function(w))]
    stated = [word for word in _unlabelled(compared) if not word.values and not is_function(word)]
    if _leaves_doubt_out(compared):
        return Finding(kind="word", reason=instead(compared))
    if not claimed or is_reordered(aligned, one):
        return None
    if not stated:
        return _put_in(compared, claimed, names)
    text, other = shown(aligned.claim, claimed), shown(aligned.sentence, stated)
    if abbreviates(text, other) or same_meaning(aligned, one):
        return None
    han = any(word.kind == "han" for word in claimed)
    meant = not _tight(len(claimed), len(stated))
    meant = meant or _resolves(text, stated, names, compared)
    known = (_names_only(claimed, names, compared) or han or _opens(compared)) and not meant
    return Finding(kind="name" if known else "word", reason=instead(compared))


_FIELD = re.compile(
    r"\W*(?:title|text|heading|headline|caption|subject|topic|abstract|summary|question|answer"
    r"|标题|题目|题名|正文|摘要|内容|主题|问题|回答)\s*:",
)
"""The name of what follows, as data files write it."""


def _unlabelled(compared: Compared) -> Sequence[Word]:
    """The words of the sentence without the name of a field that opens it."""
    label = _FIELD.match(fold(compared.alignment.sentence))
    end = label.end() if label else 0
    return [word for word in compared.one.stated if word.start >= end]


_DOUBTS = frozenset(
    (
        *("seem", "appear", "may", "might", "could", "possibly", "perhaps", "probably", "likely"),
        *("reportedly", "allegedly", "可能", "或许"),
    )
)


_TIGHT = 3
"""Words, at most, that a doubt is left out with."""


def _leaves_doubt_out(compared: Compared) -> bool:
    """Whether the sentence only thinks possible, where it is, what the claim states."""
    if len(compared.one.stated) > _TIGHT:
        return False  # It may doubt another part of what is left out.
    words = {_plain(word) for word in compared.alignment.words}
    return not words & _DOUBTS and any(_plain(word) in _DOUBTS for word in compared.one.stated)


def _plain(word: Word) -> str:
    """The word without the ending of a third person or of the past."""
    key = str(word.key)
    return key.removesuffix("ed") if key.endswith("ed") else key.removesuffix("s")


def _names_only(claimed: Sequence[Word], names: Sequence[Word], compared: Compared) -> bool:
    """Whether names are what was put there: more than half of it, or unknown to the evidence.

    A few names that the evidence has, among many other words, are part of another wording.
    """
    return 2 * len(names) > len(claimed) or any(
        str(word.key) not in compared.evidence for word in names
    )


def _put_in(compared: Compared, claimed: Sequence[Word], names: Sequence[Word]) -> Finding:
    """Words where the sentence has none: names must stand somewhere in the evidence."""
    text = compared.alignment.claim
    unseen = [
        word
        for word in names
        if str(word.key) not in compared.evidence and not abbreviates(shown(text, [word]), text)
    ]
    kind: FindingKind = "name" if unseen else "word"
    said = shown(text, unseen or claimed)
    return Finding(kind=kind, reason=f"“{said}” is not in the cited passage.")


def _tight(claimed: int, stated: int) -> bool:
    """Whether the words stand for those of the sentence, and not for a long stretch of it."""
    return stated <= 2 * claimed + 4


_PRONOUN = re.compile("^(?:[他她它其该此这那本]|双方|两[国人者])")


def _resolves(text: str, stated: Sequence[Word], names: Sequence[Word], compared: Compared) -> bool:
    """Whether the claim names what the sentence has a pronoun or a common noun for."""
    sentence = compared.alignment.sentence
    if stated[0].kind == "han":
        pronoun = _PRONOUN.match(fold(shown(sentence, stated)))
        return bool(pronoun) and fold(text) in compared.evidence
    if not names or any(str(word.key) not in compared.evidence for word in names):
        return False
    common = any(
        sentence[word.start].islower() or word.key in ENGLISH_FUNCTION_WORDS
        for word in compared.one.stated
    )
    return common and not any(is_name(word, sentence) for word in stated)
