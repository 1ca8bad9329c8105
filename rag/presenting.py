"""Records as the JSON that others rely on; fields may be added, none renamed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rag.cleaning import raw_text, to_raw
from rag.records import (
    Answer,
    Citation,
    Coverage,
    Document,
    Evidence,
    Hit,
    Mark,
    Missing,
    Side,
    Span,
    Summary,
    Understood,
)
from rag.repeats import Copy

Json = dict[str, Any]


def document_json(document: Document, chunks: int, copies: Sequence[Copy] = ()) -> Json:
    """One row of `documents`, with its near-duplicates."""
    return {
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "date": document.date,
        "event_date": document.event_date,
        "publisher": document.publisher,
        "author": document.author,
        "kind": document.kind,
        "origins": dict(document.origins),
        "language": document.language,
        "years": list(document.years),
        "characters": len(document.text),
        "chunks": chunks,
        "encoding": document.encoding,
        "encoding_confidence": round(document.encoding_confidence, 3),
        "replaced": document.replaced,
        "sha256": document.sha256,
        "near_duplicates": [
            {
                "id": copy.document.id,
                "path": copy.document.path,
                "resemblance": round(copy.resemblance, 3),
            }
            for copy in copies
        ],
        "warnings": list(document.warnings),
    }


def show_json(document: Document) -> Json:
    """`show`: the clean text and what cleaning removed, in raw offsets."""
    return {
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "text": document.text,
        "raw": raw_text(document.text, document.removals, document.source_map),
        "source_map": [[run.clean, run.raw, run.length] for run in document.source_map],
        "marks": [[mark.start, mark.kind, mark.label] for mark in document.marks],
        "removals": [
            {
                "start": removal.start,
                "end": removal.end,
                "text": removal.text,
                "reason": removal.reason,
                "replacement": removal.replacement,
            }
            for removal in document.removals
        ],
        "warnings": list(document.warnings),
    }


def _place(document_id: str, documents: Mapping[str, Document]) -> Json:
    """Where something stands; a context given with a question has no date or title."""
    document = documents.get(document_id)
    return {
        "document": document.path if document else document_id,
        "document_id": document_id,
        "title": document.title if document else "",
        "date": document.date if document else None,
        "event_date": document.event_date if document else None,
        "publisher": document.publisher if document else None,
    }


def shown(answer: Answer) -> set[str]:
    """The ids of every document that an answer shows something of."""
    quoted = [place for citation in answer.citations for place in (citation, *citation.also_in)]
    near = {one.document_id for one in answer.nearest}
    return {one.document_id for one in quoted} | near | found(answer.hits)


def found(hits: Sequence[Hit]) -> set[str]:
    """The ids of every document that these hits stand in."""
    return {chunk.document_id for hit in hits for chunk in (hit.chunk, *hit.repeats)}


def headline(document: Document) -> str:
    """Title, publisher and dates on one line: what a citation names a document by."""
    dates = [document.event_date, document.date]
    written = [date for date in dict.fromkeys(dates) if date]
    facts = [document.title, document.publisher, *written]
    return ", ".join(fact for fact in facts if fact)


def hits_json(hits: Sequence[Hit], documents: Mapping[str, Document]) -> list[Json]:
    """The hits of a search; start and end are offsets in the clean text."""
    return [
        {
            **_place(hit.chunk.document_id, documents),
            "start": hit.chunk.span.start,
            "end": hit.chunk.span.end,
            "text": hit.chunk.text,
            "score": hit.score,
            "similarity": hit.similarity,
            "ranks": dict(hit.ranks),
            "also_in": [
                {
                    **_place(piece.document_id, documents),
                    "start": piece.span.start,
                    "end": piece.span.end,
                }
                for piece in hit.repeats
            ],
        }
        for hit in hits
    ]


def _citation_json(citation: Citation, documents: Mapping[str, Document]) -> Json:
    return {
        "number": citation.number,
        **_place(citation.document_id, documents),
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        **_origin(citation, documents),
        "also_in": [
            {
                **_place(other.document_id, documents),
                "start": other.span.start,
                "end": other.span.end,
                **_origin(other, documents),
                "quote": other.quote,
            }
            for other in citation.also_in
        ],
    }


def _origin(citation: Citation, documents: Mapping[str, Document]) -> Json:
    """Where the quote stands in the file: its raw characters, its page, row or heading."""
    document = documents.get(citation.document_id)
    raw = to_raw(citation.span, document.source_map) if document else None
    return {
        "raw_start": raw.start if raw else None,
        "raw_end": raw.end if raw else None,
        "place": places(document.marks, citation.span) if document else {},
    }


def places(marks: Sequence[Mark], span: Span) -> dict[str, str]:
    """The last mark of each kind at or before a span: `{"page": "3", "heading": "…"}`.

    One without a label ends the part before it, as a slide without a title does.
    """
    last = {mark.kind: mark.label for mark in marks if mark.start <= span.start}
    return {kind: label for kind, label in last.items() if label}


def _nearest_json(evidence: Evidence, documents: Mapping[str, Document]) -> Json:
    return {
        **_place(evidence.document_id, documents),
        "start": evidence.span.start,
        "end": evidence.span.end,
        "text": evidence.text,
        "score": round(evidence.score, 4),
    }


def answer_json(answer: Answer, documents: Mapping[str, Document]) -> Json:
    """`ask`: a refusal has `answered` false, no citations, and the nearest sentences."""
    return {
        "question": answer.question,
        "language": answer.language,
        "answered": answer.answered,
        "confidence": None if answer.confidence is None else round(answer.confidence, 4),
        "reason": answer.reason,
        "answer": answer.text,
        "claims": [
            {
                "text": claim.text,
                "citations": list(claim.citations),
                "verdict": claim.verdict,
                "support": claim.support,
                "reason": claim.reason,
            }
            for claim in answer.claims
        ],
        "citations": [_citation_json(citation, documents) for citation in answer.citations],
        "nearest": [_nearest_json(evidence, documents) for evidence in answer.nearest],
        "hits": hits_json(answer.hits, documents),
        "notes": list(answer.notes),
        "standalone": answer.standalone or None,
        "coverage": coverage_json(answer.coverage),
        "understood": understood_json(answer.understood),
        "sides": [_side_json(side) for side in answer.sides],
        "missing": missing_json(answer.missing),
        "mode": answer.mode,
        "model": answer.model,
        "seconds": {stage: round(value, 4) for stage, value in answer.seconds.items()},
        "tokens": {"prompt": answer.tokens.prompt, "completion": answer.tokens.completion},
    }


def understood_json(understood: Sequence[Understood]) -> list[Json]:
    """What a question names of the library; start and end are offsets in the question."""
    return [
        {
            "key": one.key,
            "kind": one.kind,
            "value": one.value,
            "label": one.label,
            "start": one.span.start,
            "end": one.span.end,
            "role": one.role,
            "documents": one.documents,
            "lifted": one.lifted,
        }
        for one in understood
    ]


def _side_json(side: Side) -> Json:
    """One side; `claims` are indexes, from 0, into the claims of the answer."""
    return {
        "kind": side.kind,
        "value": side.value,
        "label": side.label,
        "answered": side.answered,
        "claims": list(side.claims),
        "text": side.text,
    }


def missing_json(missing: Missing) -> Json:
    """What is not held, only what there is of it: `{"years": [2022]}`."""
    return {kind: list(values) for kind, values in asdict(missing).items() if values}


def coverage_json(coverage: Coverage | None) -> Json | None:
    """What a whole-document question read; None for other questions."""
    return asdict(coverage) if coverage else None


def summary_json(summary: Summary, document: Document) -> Json:
    """`summarize`: one document's points in both languages on the same citations."""
    return {
        "document": document.path,
        "document_id": document.id,
        "sha256": document.sha256,
        "title": {"zh": summary.title_zh, "en": summary.title_en},
        "points": [
            {
                "zh": point.zh,
                "en": point.en,
                "verdict": point.verdict,
                "reason": point.reason,
                "citations": [
                    {
                        "start": citation.span.start,
                        "end": citation.span.end,
                        "quote": citation.quote,
                    }
                    for citation in point.citations
                ],
            }
            for point in summary.points
        ],
        "coverage": {
            "sentences_read": summary.sentences_read,
            "sentences_total": summary.sentences_total,
        },
        "mode": summary.mode,
        "model": summary.model,
        "notes": list(summary.notes),
    }
