"""What it means that a claim and the sentence it nearly repeats differ at some place. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.names import abbreviates, is_name
from rag.opposites import DENIALS, LIKE_DENIALS, RESTRICTIONS, Pole, ends_of, opposed
from rag.synonyms import same_meaning
from rag.text import fold
from rag.values import PartialDate, Value, compatible
from rag.word_alignment import Alignment, Difference, Word, is_function

FindingKind = Literal["value", "denial", "opposite", "name", "word"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference that a claim cannot be forgiven, in words a person can check."""

    kind: FindingKind
    """`word`: other content words, which may or may not mean the same."""
    reason: str


@dataclass(frozen=True, slots=True)
class _Compared:
    """One difference in its sentence, with all that the evidence states."""

    alignment: Alignment
    one: Difference
    years: frozenset[int]
    """Those that the caller lends."""
    evidence: str

    def claimed(self) -> str:
        return _shown(self.alignment.claim, self.one.claimed)

    def stated(self) -> str:
        return _shown(self.alignment.sentence, self.one.stated)


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
        compared = _Compared(alignment, one, years, evidence)
        for judge in (_value, _denial, _opposite, _content):
            if finding := judge(compared):
                yield finding
                break


def _shown(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""


def _value(compared: _Compared) -> Finding | None:
    """A value that the place of the sentence does not state, or states otherwise."""
    here = [value for word in compared.one.stated for value in word.values]
    anywhere = [value for word in compared.alignment.others for value in word.values]
    claimed = [value for word in compared.one.claimed for value in word.values]
    for number, value in enumerate(claimed):
        # As many on both sides stand for each other in turn.
        meant = here[number : number + 1] if len(claimed) == len(here) else here or anywhere
        if any(_same(value, other, compared.years) for other in meant):
            continue
        if not here and _is_background(value, compared):
            continue
        says = ", ".join(dict.fromkeys(other.text for other in here or anywhere))
        told = f"; it says {says}" if says else ""
        # Where the sentence has no value, another one that was merged with it may.
        kind: FindingKind = "value" if here or _replaces(compared) else "word"
        return Finding(kind=kind, reason=f"{value.text} is not in the cited passage{told}.")
    return None


def _replaces(compared: _Compared) -> bool:
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


def _is_background(value: Value, compared: _Compared) -> bool:
    """A date put in from elsewhere in the passage, or the year that the document is about."""
    if value.kind != "date":
        return False
    lent = isinstance(value.value, tuple) and value.value in {
        (y, None, None) for y in compared.years
    }
    return lent or value.text.casefold() in compared.evidence


def _denial(compared: _Compared) -> Finding | None:
    if any(_loses_its_not(word, compared.one.claimed) for word in compared.one.stated):
        said = _around(compared, claim=False)
        return Finding(kind="denial", reason=f"The cited passage says “{said}”.")
    claimed = [word for word in compared.one.claimed if word.key in DENIALS]
    stated = [word for word in compared.one.stated if word.key in DENIALS]
    if any(word.key in LIKE_DENIALS for word in (*compared.one.claimed, *compared.one.stated)):
        return None
    if len(claimed) % 2 == len(stated) % 2 and not (claimed and not stated):
        return None
    if claimed:
        if _moved(claimed[0], compared):
            return None
        return Finding(
            kind="denial",
            reason=f"It denies what the cited passage says: “{_around(compared, claim=True)}”, "
            f"not “{_around(compared, claim=False)}”.",
        )
    if _leaves_its_scope(compared, stated[-1]):
        return None
    return Finding(
        kind="denial",
        reason=f"The cited passage denies it: it says “{_around(compared, claim=False)}”.",
    )


def _loses_its_not(word: Word, claimed: Sequence[Word]) -> bool:
    """Whether `not only` became `only`."""
    denial, _, rest = str(word.key).partition(" ")
    return bool(rest) and denial in DENIALS and [w.key for w in claimed] == rest.split()


_FAR = 6
"""Words between a denial and what it could deny."""
_NEW_CLAUSE = re.compile(r"[，,；;。:：—]|\b(?:but|and|or|while|whereas)\b|[而但并且却]")


def _leaves_its_scope(compared: _Compared, denial: Word) -> bool:
    """Whether what the claim leaves out of the sentence takes the denial's own words with it."""
    one, aligned = compared.one, compared.alignment
    end = one.place + len(one.stated)
    if end == len(aligned.others):
        return not one.claimed
    left_out = fold(aligned.sentence[denial.end : aligned.others[end].start])
    far = len(one.stated) - one.stated.index(denial) - 1 > _FAR + len(one.claimed)
    return far or bool(_NEW_CLAUSE.search(left_out))


def _moved(word: Word, compared: _Compared) -> bool:
    """Whether the sentence has the same denial at another place that the claim leaves out."""
    missing = [w for one in compared.alignment.differences for w in one.stated]
    return any(w.key == word.key for w in missing) and not compared.one.stated


def _around(compared: _Compared, *, claim: bool) -> str:
    """The difference with the words on both sides, from the claim or the sentence."""
    aligned, one = compared.alignment, compared.one
    if claim:
        start = aligned.words.index(one.claimed[0]) if one.claimed else 0
        words, text, size = aligned.words, aligned.claim, len(one.claimed)
    else:
        start, words, text, size = one.place, aligned.others, aligned.sentence, len(one.stated)
    margin = 4 if any(word.kind == "han" for word in words) else 2
    return _shown(text, words[max(0, start - margin) : start + size + margin])


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


def _opposite(compared: _Compared) -> Finding | None:
    claimed, stated = _ends(compared.one.claimed), _ends(compared.one.stated)
    if opposed(claimed, stated):
        return Finding(kind="opposite", reason=_instead(compared))
    restricts = any(word.key in RESTRICTIONS for word in compared.one.claimed)
    if restricts and not any(word.key in RESTRICTIONS for word in compared.alignment.others):
        return Finding(kind="opposite", reason=_instead(compared))
    return None


def _content(compared: _Compared) -> Finding | None:
    """Other words in place of the sentence's, or words that it has not."""
    aligned, one = compared.alignment, compared.one
    names = [word for word in one.claimed if is_name(word, aligned.claim)]
    claimed = [w for w in one.claimed if not w.values and (w in names or not is_function(w))]
    stated = [word for word in one.stated if not word.values and not is_function(word)]
    if not claimed:
        return None
    if not stated:
        return _put_in(compared, claimed, names)
    text, other = _shown(aligned.claim, claimed), _shown(aligned.sentence, stated)
    if abbreviates(text, other) or same_meaning(aligned, one):
        return None
    han = any(word.kind == "han" for word in claimed)
    meant = not _tight(compared, len(claimed), len(stated))
    meant = meant or _resolves(text, stated, names, compared)
    known = (names or han) and not meant
    return Finding(kind="name" if known else "word", reason=_instead(compared))


def _put_in(compared: _Compared, claimed: Sequence[Word], names: Sequence[Word]) -> Finding:
    """Words where the sentence has none: names must stand somewhere in the evidence."""
    text = compared.alignment.claim
    unseen = [
        word
        for word in names
        if str(word.key) not in compared.evidence and not abbreviates(_shown(text, [word]), text)
    ]
    kind: FindingKind = "name" if unseen else "word"
    said = _shown(text, unseen or claimed)
    return Finding(kind=kind, reason=f"“{said}” is not in the cited passage.")


def _tight(compared: _Compared, claimed: int, stated: int) -> bool:
    """Whether the words stand for those of the sentence, and not for a long stretch of it."""
    return stated <= (claimed + 2 if compared.alignment.at_edge(compared.one) else 2 * claimed + 4)


_PRONOUN = re.compile("^(?:[他她它其该此这那本]|双方|两[国人者])")


def _resolves(
    text: str, stated: Sequence[Word], names: Sequence[Word], compared: _Compared
) -> bool:
    """Whether the claim names what the sentence has a pronoun or a common noun for."""
    if fold(text) not in compared.evidence:
        return False
    if stated[0].kind == "han":
        return bool(_PRONOUN.match(fold(_shown(compared.alignment.sentence, stated))))
    return bool(names) and not any(is_name(word, compared.alignment.sentence) for word in stated)


def _instead(compared: _Compared) -> str:
    claimed, stated = _around(compared, claim=True), _around(compared, claim=False)
    return f"It says “{claimed}”; the cited passage says “{stated}”."
