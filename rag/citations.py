"""From a draft to checked claims: markers resolved to exact sentences, each claim verified. Pure.

The writer only names evidence numbers; quotes are copied from the evidence here, so a quote
always equals the document's text at its offsets. A marker that names no evidence is dropped and
counted. A claim its own citations do not support is labelled, never given other citations.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.calibration import SUPPORT_THRESHOLD
from rag.periods import years_in
from rag.records import Citation, Claim, Draft, Evidence, Span
from rag.support.judging import Judgement, judge
from rag.support.meaning import Meaning, Similarity
from rag.text import detect_language

_DAMAGED_TRUST = 0.7
"""What is left of the support by a quote in which characters are destroyed."""

_OTHER_YEAR = 0.3
"""What is left of the support by a report on another year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A draft after checking."""

    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    dropped_markers: int


def verify(
    draft: Draft,
    evidence: Sequence[Evidence],
    similarity: Similarity,
    *,
    years: Mapping[str, Sequence[int]] | None = None,
    damaged: Mapping[str, Sequence[Span]] | None = None,
    asked_years: Sequence[int] = (),
    meaning: Meaning | None = None,
) -> Verified:
    """Check every sentence of a draft against the evidence it cites.

    Args:
        draft: statements whose numbers count `evidence` from 1.
        evidence: what the writer was given.
        similarity: cosine of texts, where nothing better scores meaning.
        years: years each document is about, by id, the main one first; a claim may name that one.
        damaged: where each document's text is damaged, by id; a quote from there says less.
        asked_years: that the question names; a claim that names none is about these, and no
            document about other years can support it.
        meaning: what scores meaning in its place.
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
            known = _align(text, evidence, similarity, years or {}, meaning)
        judged = _judge(text, [evidence[n - 1] for n in known], similarity, years or {}, meaning)
        if aligned and known:
            judged = Judgement(
                verdict=judged.verdict,
                support=judged.support,
                reason=f"Cited by Yinju, not by the writer: {judged.reason}",
            )
        judged = _doubted(judged, [evidence[n - 1] for n in known], damaged or {})
        judged = _dated(judged, text, [evidence[n - 1] for n in known], years or {}, asked_years)
        claims.append(
            Claim(
                text=text,
                citations=tuple(order.setdefault(n, len(order) + 1) for n in known),
                verdict=judged.verdict,
                support=judged.support,
                reason=judged.reason,
            )
        )
    return Verified(
        text=written(claims),
        claims=tuple(claims),
        citations=tuple(_citation(number, evidence[n - 1]) for n, number in order.items()),
        dropped_markers=dropped,
    )


def _citation(number: int, place: Evidence) -> Citation:
    return Citation(number=number, document_id=place.document_id, span=place.span, quote=place.text)


def _align(
    text: str,
    evidence: Sequence[Evidence],
    similarity: Similarity,
    years: Mapping[str, Sequence[int]],
    meaning: Meaning | None,
) -> list[int]:
    """For a claim without any marker: the one evidence sentence that supports it, if one does."""
    judged = [
        (_judge(text, [item], similarity, years, meaning), number)
        for number, item in enumerate(evidence, start=1)
    ]
    best = max(judged, key=lambda pair: (pair[0].support, -pair[1]), default=None)
    return [best[1]] if best and best[0].verdict == "supported" else []


def _judge(
    text: str,
    cited: Sequence[Evidence],
    similarity: Similarity,
    years: Mapping[str, Sequence[int]],
    meaning: Meaning | None,
) -> Judgement:
    if not cited:
        return Judgement(verdict="uncited", support=0.0, reason="It cites no passage.")
    allowed = {year for item in cited for year in years.get(item.document_id, ())[:1]}
    texts = [item.text for item in cited]
    return judge(text, texts, similarity, context_years=allowed, meaning=meaning)


def _dated(
    judged: Judgement,
    claim: str,
    cited: Sequence[Evidence],
    years: Mapping[str, Sequence[int]],
    asked: Sequence[int],
) -> Judgement:
    """A judgement, unless all that is cited is about other years than the claim is.

    Reports of one series repeat their sentences, so one of another year may say it word for word.
    """
    wanted = set(years_in(claim)) or set(asked)
    if judged.verdict != "supported" or not wanted:
        return judged
    about = [{*years.get(item.document_id, ()), *years_in(item.text)} for item in cited]
    if any(not found or found & wanted for found in about):
        return judged
    held = ", ".join(map(str, sorted({year for found in about for year in found})))
    return replace(
        judged,
        verdict="unsupported",
        support=round(judged.support * _OTHER_YEAR, 3),
        reason=f"It is about {', '.join(map(str, sorted(wanted)))}; what it cites is about {held}.",
        contradicted=True,
    )


def combine(
    parts: Sequence[Verified],
) -> tuple[tuple[Citation, ...], tuple[tuple[Claim, ...], ...]]:
    """The citations of several checked drafts numbered on, and the claims of each, so numbered."""
    places: dict[tuple[str, Span], Citation] = {}
    claims: list[tuple[Claim, ...]] = []
    for part in parts:
        numbers: dict[int, int] = {}
        for one in part.citations:
            key = (one.document_id, one.span)
            kept = places.setdefault(key, replace(one, number=len(places) + 1))
            numbers[one.number] = kept.number
        claims.append(
            tuple(
                replace(claim, citations=tuple(numbers[number] for number in claim.citations))
                for claim in part.claims
            )
        )
    return tuple(places.values()), tuple(claims)


def _doubted(
    judged: Judgement, cited: Sequence[Evidence], damaged: Mapping[str, Sequence[Span]]
) -> Judgement:
    """A judgement, with less support where the quoted text is damaged."""
    places = [
        (item, span)
        for item in cited
        for span in damaged.get(item.document_id, ())
        if span.start < item.span.end and item.span.start < span.end
    ]
    if not places:
        return judged
    item, span = places[0]
    start, end = max(span.start, item.span.start), min(span.end, item.span.end)
    around = Span(start=max(item.span.start, start - 4), end=min(item.span.end, end + 4))
    shown = item.text[around.start - item.span.start : around.end - item.span.start]
    support = round(judged.support * _DAMAGED_TRUST, 3)
    fallen = judged.verdict == "supported" and support < SUPPORT_THRESHOLD
    return replace(
        judged,
        verdict="unsupported" if fallen else judged.verdict,
        support=support,
        reason=f"{judged.reason} But the quoted text is damaged at “{shown}” (character {start}).",
    )


def written(claims: Sequence[Claim]) -> str:
    """Claims with the markers of their citations, one a line."""
    parts: list[str] = []
    for claim in claims:
        marks = "".join(f"[{number}]" for number in claim.citations)
        chinese = detect_language(claim.text) == "zh"
        parts.append(f"{claim.text}{marks}" if chinese else f"{claim.text} {marks}".rstrip())
    return "\n".join(parts)
