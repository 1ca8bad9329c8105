"""From a draft to checked claims: markers resolved to exact sentences, each claim verified. Pure.

The writer only names evidence numbers; quotes are copied from the evidence here, so a quote
always equals the document's text at its offsets. A marker that names no evidence is dropped and
counted. A claim its own citations do not support is labelled, never given other citations.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.calibration import (
    SUPPORT_CROSS_LANGUAGE,
    SUPPORT_SAME_LANGUAGE,
    SUPPORT_THRESHOLD,
    logistic,
)
from rag.records import Citation, Claim, Draft, Evidence, Statement, Verdict
from rag.text import content_terms, detect_language, fold, sentence_spans
from rag.values import find_values, missing_values

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
"""Cosine of one text with each of several."""

_LABEL = r"(?:\^|来源|资料|证据|出处|引文|文献|句子?|sources?|refs?|evidence|citations?|ids?)"
_NUMBERS = r"[0-9]{1,3}(?:(?:[\s,、;，；\-–~至到&和]|and)+[0-9]{1,3})*"
_MARKER = re.compile(
    rf"[\[【〔［]+\s*(?:{_LABEL}|no\.?)?\s*[:：#]?\s*({_NUMBERS})\s*[\]】〕］]+"
    rf"|[(（]\s*{_LABEL}\s*[:：#]?\s*({_NUMBERS})\s*[)）]"
    r"|\bref\s?([0-9]{1,3})\b"
)
_JOINS = re.compile(r"\s*(?:[,、，;；&和与及]|and)?\s*")
"""What stands between two markers of one place, as in `[1] and [2]`."""
_AFTER_STOP = re.compile(
    rf"(?<!^[0-9])([。！？.!?])[^\S\n]*((?:(?:{_MARKER.pattern})[^\S\n]*)+)", re.MULTILINE
)
"""Markers after a full stop; that of `1. [2] …` numbers a list."""
_RANGE = re.compile(r"([0-9]{1,3})\s*[-–~至到]\s*([0-9]{1,3})")
_NAMED = re.compile(r"《([^》]{2,60})》|[“\"]([^”\"]{2,40})[”\"]")
_NEGATION = re.compile(
    r"没有|并未|未能|尚未|从未|不得|不再|不会|不能|不予|并非|禁止|取消"
    r"|\b(?:not|never|no longer|cannot|without|neither|nor|prohibit\w*|ban(?:ned|s)?)\b"
    r"|\babolish\w*|n't\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the checker says of one claim and its evidence."""

    verdict: Verdict
    support: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A draft after checking."""

    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    dropped_markers: int


def read_draft(text: str) -> Draft:
    """A reply cut into statements; markers after a full stop go with the sentence before them."""
    text = _markers_before_stops(text)
    parsed = [parse_markers(span.slice(text)) for span in sentence_spans(text)]
    return Draft(
        statements=tuple(
            Statement(text=sentence, numbers=numbers)
            for sentence, numbers in parsed
            if re.search(r"\w", sentence)
        )
    )


def _markers_before_stops(text: str) -> str:
    kept: list[str] = []
    end = 0
    for match in _AFTER_STOP.finditer(fold(text)):
        stop = text[match.start() : match.start() + 1]
        blank = " " if stop.isascii() else ""
        kept += [text[end : match.start()], text[slice(*match.span(2))].rstrip(), stop, blank]
        end = match.end()
    return "".join([*kept, text[end:]])


def without_numbers(draft: Draft) -> Draft:
    """The draft of a writer that was not asked to cite; `verify` looks for its evidence."""
    return Draft(statements=tuple(replace(item, numbers=()) for item in draft.statements))


def parse_markers(sentence: str) -> tuple[str, tuple[int, ...]]:
    """The sentence without its markers, and the numbers they name, in order.

    Reads [1], 【1】, ［1］, [1,3], [1][2], [1-3], [^1], (来源1), [ID: 2], (source 2), ref2.
    """
    folded = fold(sentence)
    numbers: list[int] = []
    kept: list[str] = []
    end = 0
    for match in _MARKER.finditer(folded):
        numbers += _numbers(next(group for group in match.groups() if group))
        between = sentence[end : match.start()]
        if not (end and _JOINS.fullmatch(between)):
            kept.append(between.rstrip())
        end = match.end()
    kept.append(sentence[end:])
    text = "".join(kept).strip()
    text = re.sub(r"([。！？.!?])\s*([。！？.!?])$", r"\1", text)
    return text, tuple(dict.fromkeys(numbers))


def _numbers(listed: str) -> list[int]:
    expanded = _RANGE.sub(
        lambda m: ",".join(str(n) for n in range(int(m[1]), min(int(m[2]), int(m[1]) + 20) + 1)),
        listed,
    )
    return [int(number) for number in re.findall(r"[0-9]+", expanded)]


def verify(
    draft: Draft,
    evidence: Sequence[Evidence],
    similarity: Similarity,
    *,
    years: Mapping[str, Sequence[int]] | None = None,
) -> Verified:
    """Check every sentence of a draft against the evidence it cites.

    Args:
        draft: statements whose numbers count `evidence` from 1.
        evidence: what the writer was given.
        similarity: cosine of texts, for meaning.
        years: years each document is about, by id; a claim may name its document's year.
    """
    order: dict[int, int] = {}
    claims: list[Claim] = []
    dropped = 0
    for statement in draft.statements:
        text, numbers = statement.text, statement.numbers
        known = [number for number in numbers if 1 <= number <= len(evidence)]
        dropped += len(numbers) - len(known)
        aligned = not known
        if aligned:
            known = _align(text, evidence, similarity, years or {})
        judged = _judge(text, [evidence[n - 1] for n in known], similarity, years or {})
        if aligned and known:
            judged = Judgement(
                verdict=judged.verdict,
                support=judged.support,
                reason=f"Cited by Yinju, not by the writer: {judged.reason}",
            )
        claims.append(
            Claim(
                text=text,
                citations=tuple(order.setdefault(n, len(order) + 1) for n in known),
                verdict=judged.verdict,
                support=judged.support,
                reason=judged.reason,
            )
        )
    citations = tuple(
        Citation(
            number=number,
            document_id=evidence[n - 1].document_id,
            span=evidence[n - 1].span,
            quote=evidence[n - 1].text,
        )
        for n, number in order.items()
    )
    return Verified(
        text=_join(claims), claims=tuple(claims), citations=citations, dropped_markers=dropped
    )


def _align(
    text: str,
    evidence: Sequence[Evidence],
    similarity: Similarity,
    years: Mapping[str, Sequence[int]],
) -> list[int]:
    """For a claim without any marker: the one evidence sentence that supports it, if one does."""
    judged = [
        (_judge(text, [item], similarity, years), number)
        for number, item in enumerate(evidence, start=1)
    ]
    best = max(judged, key=lambda pair: (pair[0].support, -pair[1]), default=None)
    return [best[1]] if best and best[0].verdict == "supported" else []


def _judge(
    text: str,
    cited: Sequence[Evidence],
    similarity: Similarity,
    years: Mapping[str, Sequence[int]],
) -> Judgement:
    if not cited:
        return Judgement(verdict="uncited", support=0.0, reason="It cites no passage.")
    allowed = {year for item in cited for year in years.get(item.document_id, ())}
    return judge(text, [item.text for item in cited], similarity, context_years=allowed)


def judge(
    claim: str,
    evidence: Sequence[str],
    similarity: Similarity,
    *,
    context_years: Collection[int] = (),
) -> Judgement:
    """Whether sentences of evidence together support a claim: values, names, negation, meaning."""
    together = "\n".join(evidence)
    if _bare(claim) and _bare(claim) in _bare(together):
        return Judgement(verdict="supported", support=1.0, reason="It stands there word for word.")
    support = _meaning(claim, evidence, similarity)
    problem = (
        _missing_value(claim, together, context_years)
        or _missing_name(claim, together)
        or _negation_differs(claim, together)
    )
    if problem:
        return Judgement(verdict="unsupported", support=round(support * 0.3, 3), reason=problem)
    if support < SUPPORT_THRESHOLD:
        return Judgement(
            verdict="unsupported",
            support=round(support, 3),
            reason="The cited passage does not say this closely enough.",
        )
    return Judgement(
        verdict="supported",
        support=round(support, 3),
        reason="Values, names and meaning agree with the cited passage.",
    )


def _meaning(claim: str, evidence: Sequence[str], similarity: Similarity) -> float:
    features = support_features(claim, evidence, similarity)
    same = detect_language(claim) == detect_language("\n".join(evidence))
    return logistic(features, SUPPORT_SAME_LANGUAGE if same else SUPPORT_CROSS_LANGUAGE)


def support_features(
    claim: str, evidence: Sequence[str], similarity: Similarity
) -> dict[str, float]:
    """What the support of a claim rests on.

    The best cosine, the share of its terms found, and how many values it has (0, 0.5 or 1): a
    claim gets here only when its values stand in the evidence, and two that do say much.
    """
    together = "\n".join(evidence)
    cosine = max(similarity(claim, [*evidence, together] if len(evidence) > 1 else evidence))
    return {
        "similarity": float(cosine),
        "containment": containment(claim, together),
        "values": min(len(find_values(claim)), 2) / 2,
    }


def containment(claim: str, evidence: str) -> float:
    """Share of the claim's distinct content terms that stand in the evidence."""
    terms = set(content_terms(claim))
    return len(terms & set(content_terms(evidence))) / len(terms) if terms else 0.0


def _missing_value(claim: str, evidence: str, context_years: Collection[int]) -> str:
    missing = missing_values(claim, evidence, context_years=context_years)
    if not missing:
        return ""
    there = [value.text for value in find_values(evidence)][:4]
    says = f"; it has {', '.join(there)}" if there else ""
    return f"{', '.join(value.text for value in missing)} is not in the cited passage{says}."


def _missing_name(claim: str, evidence: str) -> str:
    if detect_language(claim) != detect_language(evidence):
        return ""
    bare = _bare(evidence)
    for match in _NAMED.finditer(claim):
        name = match[1] or match[2]
        if _bare(name) not in bare:
            return f"{name!r} is not in the cited passage."
    return ""


def _negation_differs(claim: str, evidence: str) -> str:
    if detect_language(claim) != detect_language(evidence):
        return ""
    claim_denies = _NEGATION.search(fold(claim))
    if claim_denies and not _NEGATION.search(fold(evidence)):
        return "It denies something; the cited passage does not."
    # A passage may deny something else, so only the claim's own words count.
    if not claim_denies and _bare(claim) in _bare(_NEGATION.sub("", fold(evidence))):
        return "The cited passage denies it."
    return ""


def _bare(text: str) -> str:
    return re.sub(r"[\s。.!！?？,，;；:：、\"']+", "", fold(text))


def _join(claims: Sequence[Claim]) -> str:
    parts: list[str] = []
    for claim in claims:
        marks = "".join(f"[{number}]" for number in claim.citations)
        chinese = detect_language(claim.text) == "zh"
        parts.append(f"{claim.text}{marks}" if chinese else f"{claim.text} {marks}".rstrip())
    return "\n".join(parts)
