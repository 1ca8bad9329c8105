"""Yinju: ask Chinese and English documents, and check where every sentence came from.

    from rag import load_settings, open_engine

    with open_engine(load_settings(library="my-library")) as engine:
        engine.ingest([Path("reports")])
        answer = engine.ask("2024年会议部署了哪些任务？")
        for citation in answer.citations:
            document = engine.document(citation.document_id)
            assert citation.quote == document.text[citation.span.start : citation.span.end]

In: load → clean → chunk → Store.add. Out: Retriever.search → write → citations.verify → Answer.
Names are imported on first use, so that `import rag` costs nothing.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.answerability import answer_features
    from rag.calibration import (
        ANSWERABLE,
        GIVEN_ANSWERABLE,
        SENTENCE,
        SUPPORT_CROSS_LANGUAGE,
        SUPPORT_SAME_LANGUAGE,
    )
    from rag.cleaning.reasons import REASONS
    from rag.contexts import ContextPassages
    from rag.deciding import whole_lines
    from rag.embedding import E5Embedder
    from rag.engine import Engine, open_engine
    from rag.entries import Entry
    from rag.errors import InputError, SettingsError, YinjuError
    from rag.evidence import Scored
    from rag.filters import Filters
    from rag.followups.conversation import exchange_of
    from rag.followups.standing_alone import stand_alone
    from rag.indexed_text import embedding_text
    from rag.ingest import IngestReport
    from rag.llm import LLM, Message, complete
    from rag.markers import parse_markers
    from rag.metadata.fields import FIELDS
    from rag.metadata.vocabulary import KINDS, ORIGINS
    from rag.metering import Step
    from rag.models import MODELS, is_pulled
    from rag.passages import LibraryPassages, Passages
    from rag.presenting import (
        answer_json,
        document_json,
        hits_json,
        places,
        show_json,
        summary_json,
    )
    from rag.questions import Question, read_question
    from rag.records import (
        Answer,
        Chunk,
        Citation,
        Claim,
        Coverage,
        Document,
        Evidence,
        Exchange,
        Hit,
        Language,
        Mark,
        Missing,
        Mode,
        Point,
        Side,
        Span,
        Summary,
        Understood,
    )
    from rag.settings import Settings, load_settings
    from rag.sides import Row, side_by_side
    from rag.store import Store
    from rag.support.checking import CheckedAnswer, CheckedClaim, measure_answer
    from rag.support.meaning import WEIGHTS, containment, support_features
    from rag.text import content_terms, detect_language, fold, sentence_spans
    from rag.tokens import count_messages
    from rag.values import Value, compatible, find_values, missing_values

_HOMES = {
    "calibration": (
        "ANSWERABLE",
        "GIVEN_ANSWERABLE",
        "SENTENCE",
        "SUPPORT_CROSS_LANGUAGE",
        "SUPPORT_SAME_LANGUAGE",
    ),
    "cleaning.reasons": ("REASONS",),
    "support.checking": ("CheckedAnswer", "CheckedClaim", "measure_answer"),
    "support.meaning": ("WEIGHTS", "containment", "support_features"),
    "markers": ("parse_markers",),
    "metadata.fields": ("FIELDS",),
    "metadata.vocabulary": ("KINDS", "ORIGINS"),
    "followups.conversation": ("exchange_of",),
    "deciding": ("whole_lines",),
    "embedding": ("E5Embedder",),
    "engine": ("Engine", "open_engine"),
    "entries": ("Entry",),
    "errors": ("InputError", "SettingsError", "YinjuError"),
    "answerability": ("answer_features",),
    "evidence": ("Scored",),
    "filters": ("Filters",),
    "followups.standing_alone": ("stand_alone",),
    "indexed_text": ("embedding_text",),
    "ingest": ("IngestReport",),
    "llm": ("LLM", "Message", "complete"),
    "metering": ("Step",),
    "models": ("MODELS", "is_pulled"),
    "contexts": ("ContextPassages",),
    "passages": ("LibraryPassages", "Passages"),
    "presenting": (
        "answer_json",
        "document_json",
        "hits_json",
        "places",
        "show_json",
        "summary_json",
    ),
    "questions": ("Question", "read_question"),
    "records": (
        "Answer",
        "Chunk",
        "Citation",
        "Claim",
        "Coverage",
        "Document",
        "Evidence",
        "Exchange",
        "Hit",
        "Language",
        "Mark",
        "Missing",
        "Mode",
        "Point",
        "Side",
        "Span",
        "Summary",
        "Understood",
    ),
    "settings": ("Settings", "load_settings"),
    "sides": ("Row", "side_by_side"),
    "store": ("Store",),
    "text": ("content_terms", "detect_language", "fold", "sentence_spans"),
    "tokens": ("count_messages",),
    "values": ("Value", "compatible", "find_values", "missing_values"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "ANSWERABLE",
    "FIELDS",
    "GIVEN_ANSWERABLE",
    "KINDS",
    "LLM",
    "MODELS",
    "ORIGINS",
    "REASONS",
    "SENTENCE",
    "SUPPORT_CROSS_LANGUAGE",
    "SUPPORT_SAME_LANGUAGE",
    "WEIGHTS",
    "Answer",
    "CheckedAnswer",
    "CheckedClaim",
    "Chunk",
    "Citation",
    "Claim",
    "ContextPassages",
    "Coverage",
    "Document",
    "E5Embedder",
    "Engine",
    "Entry",
    "Evidence",
    "Exchange",
    "Filters",
    "Hit",
    "IngestReport",
    "InputError",
    "Language",
    "LibraryPassages",
    "Mark",
    "Message",
    "Missing",
    "Mode",
    "Passages",
    "Point",
    "Question",
    "Row",
    "Scored",
    "Settings",
    "SettingsError",
    "Side",
    "Span",
    "Step",
    "Store",
    "Summary",
    "Understood",
    "Value",
    "YinjuError",
    "answer_features",
    "answer_json",
    "compatible",
    "complete",
    "containment",
    "content_terms",
    "count_messages",
    "detect_language",
    "document_json",
    "embedding_text",
    "exchange_of",
    "find_values",
    "fold",
    "hits_json",
    "is_pulled",
    "load_settings",
    "measure_answer",
    "missing_values",
    "open_engine",
    "parse_markers",
    "places",
    "read_question",
    "sentence_spans",
    "show_json",
    "side_by_side",
    "stand_alone",
    "summary_json",
    "support_features",
    "whole_lines",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'rag' has no attribute {name!r}")
    return getattr(importlib.import_module(f"rag.{_HOME_OF[name]}"), name)
