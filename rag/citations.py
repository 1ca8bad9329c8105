"""From a draft to checked claims: markers resolved to exact sentences, each claim verified. Pure.

The writer only names evidence numbers; quotes are copied from the evidence here, so a quote
always equals the document's text at its offsets. A marker that names no evidence is dropped and
counted. A claim its own citations do not support is labelled, never given other citations.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.calibration import SUPPORT_THRESHOLD
from rag.judging import Judgement, Similarity, judge
from rag.records import Citation, Claim, Draft, Evidence, Span
from rag.text import detect_language

_DAMAGED_TRUST = 0.7
"""What is left of the support by a quote in which characters are destroyed."""


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
) -> Verified:
    """Check every sentence of a draft against the evidence it cites.

    Args:
        draft: statements whose numbers count `evidence` from 1.
        evidence: what the writer was given.
        similarity: cosine of texts, for meaning.
        years: years each document is about, by id; a claim may name its document's year.
        damaged: where each document's text is damaged, by id; a quote from there says less.
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
        judged = _doubted(judged, [evidence[n - 1] for n in known], damaged or {})
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


def _join(claims: Sequence[Claim]) -> str:
    parts: list[str] = []
    for claim in claims:
        marks = "".join(f"[{number}]" for number in claim.citations)
        chinese = detect_language(claim.text) == "zh"
        parts.append(f"{claim.text}{marks}" if chinese else f"{claim.text} {marks}".rstrip())
    return "\n".join(parts)
