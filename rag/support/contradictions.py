"""What a claim says that its evidence does not: values, names and denials. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rag.support.compared import Finding
from rag.support.differences import findings
from rag.support.names import missing_name
from rag.support.negation import negation_differs
from rag.support.reordered import is_reordered
from rag.support.word_alignment import Alignment, align, overlap, words_of
from rag.text import detect_language, fold, sentence_spans
from rag.values import find_values, missing_values

NEAR_COPY = 0.7
"""Share of a claim that stands in a sentence from which on the two are compared word by word."""
COMPACT_COPY = 0.5
"""The same where all that differs is one place, with as much in its stead."""
REST = 0.1
"""A claim of which more differs outside of one place is in words of its own: meaning judges it."""
COPY = 0.85
"""Share of a claim in one sentence from which on no second one is looked for."""
_LEAST_WEIGHT = {"zh": 6.0, "en": 3.0}
_CLAUSE = re.compile(r"[，,；;。.](?!\d)")
_SHORTEST = 8
"""Characters of a part of a claim that is looked for on its own."""
_CUTS = 3
_AS_NEAR = 0.05
"""A sentence that has so little less of the claim than the best may be meant as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """What comes of laying a claim beside the sentences it repeats."""

    sentences: tuple[str, ...]
    """Of the evidence, verbatim: one, or those that the parts of the claim repeat."""
    coverage: float
    findings: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What cannot be right: all but other words that may mean the same."""
        return tuple(one for one in self.findings if one.kind != "word")

    @property
    def copied(self) -> bool:
        """Whether the claim says what stands there, in its words or others known to mean them."""
        return not self.findings


def compare_wording(
    claim: str, evidence: Sequence[str], *, context_years: Collection[int] = ()
) -> Repeated | None:
    """Lay a claim beside the sentences of its evidence; None where it repeats none of them."""
    sentences = [span.slice(text) for text in evidence for span in sentence_spans(text)]
    together = fold("\n".join(evidence))
    whole = _nearest(claim, sentences, together, context_years)
    if whole is not None and (whole.coverage >= COPY or whole.copied):
        return whole
    joined = [_joined(parts, sentences, together, context_years) for parts in _halves(claim)]
    found = [one for one in (whole, *joined) if one is not None]
    return max(found, key=lambda one: one.coverage, default=None)


def _halves(claim: str) -> Iterator[tuple[str, str]]:
    """A claim cut in two at each clause, nearest to the middle first: it may join two sentences."""
    cuts = [match.end() for match in _CLAUSE.finditer(claim)]
    cuts = [cut for cut in cuts if _SHORTEST <= cut <= len(claim) - _SHORTEST]
    for cut in sorted(cuts, key=lambda cut: abs(2 * cut - len(claim)))[:_CUTS]:
        yield claim[:cut], claim[cut:]


def _joined(
    parts: tuple[str, str], sentences: Sequence[str], evidence: str, context_years: Collection[int]
) -> Repeated | None:
    first, second = (_nearest(part, sentences, evidence, context_years) for part in parts)
    if first is None or second is None:
        return None
    return Repeated(
        sentences=tuple(dict.fromkeys([*first.sentences, *second.sentences])),
        coverage=min(first.coverage, second.coverage),
        findings=(*first.findings, *second.findings),
    )


def _nearest(
    claim: str, sentences: Sequence[str], evidence: str, context_years: Collection[int]
) -> Repeated | None:
    """The sentence that has most of the claim; of several, one that differs in nothing."""
    words = words_of(claim)
    if sum(word.weight() for word in words) < _LEAST_WEIGHT[detect_language(claim)]:
        return None
    likely = [text for text in sentences if overlap(words, words_of(text)) >= COMPACT_COPY]
    aligned = [one for one in (align(claim, text) for text in likely) if _is_near(one)]
    aligned.sort(key=lambda one: -one.coverage)
    near = [one for one in aligned if one.coverage >= aligned[0].coverage - _AS_NEAR]
    judged = [_repeated(one, evidence, context_years) for one in near]
    return next((one for one in judged if not one.findings), judged[0] if judged else None)


def _is_near(one: Alignment) -> bool:
    if any(is_reordered(one, place) for place in one.differences):
        return one.coverage >= COMPACT_COPY
    least = COMPACT_COPY if one.compact else NEAR_COPY
    return one.coverage >= least and one.rest <= REST


def _repeated(one: Alignment, evidence: str, context_years: Collection[int]) -> Repeated:
    found = tuple(findings(one, evidence, context_years))
    return Repeated(sentences=(one.sentence,), coverage=one.coverage, findings=found)


def find_problem(
    claim: str, evidence: Sequence[str], *, context_years: Collection[int] = ()
) -> str:
    """Why the evidence cannot support the claim, in one sentence; empty where nothing is wrong.

    `context_years` are years that hold for the evidence without standing in it.
    """
    together = "\n".join(evidence)
    return (
        _missing_value(claim, together, context_years)
        or missing_name(claim, together)
        or negation_differs(claim, together)
    )


def _missing_value(claim: str, evidence: str, context_years: Collection[int]) -> str:
    missing = missing_values(claim, evidence, context_years=context_years)
    if not missing:
        return ""
    there = [value.text for value in find_values(evidence)][:4]
    says = f"; it has {', '.join(there)}" if there else ""
    return f"{', '.join(value.text for value in missing)} is not in the cited passage{says}."
