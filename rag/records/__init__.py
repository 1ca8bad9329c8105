"""The records that pass between stages: frozen, keyword-only, made of plain values.

Offsets count Unicode code points (Python string indices), never bytes. `Span` offsets are into
`Document.text`, the clean text, unless a field says raw.
"""

from rag.records.answers import (
    Answer,
    Citation,
    Claim,
    Coverage,
    Draft,
    Evidence,
    Exchange,
    Hit,
    Missing,
    Mode,
    Point,
    Side,
    SideKind,
    Statement,
    Summary,
    Understood,
    UnderstoodKind,
    Usage,
    Verdict,
)
from rag.records.documents import (
    Chunk,
    Document,
    Language,
    Mark,
    MarkKind,
    Overrides,
    Removal,
    Run,
    Span,
)

__all__ = [
    "Answer",
    "Chunk",
    "Citation",
    "Claim",
    "Coverage",
    "Document",
    "Draft",
    "Evidence",
    "Exchange",
    "Hit",
    "Language",
    "Mark",
    "MarkKind",
    "Missing",
    "Mode",
    "Overrides",
    "Point",
    "Removal",
    "Run",
    "Side",
    "SideKind",
    "Span",
    "Statement",
    "Summary",
    "Understood",
    "UnderstoodKind",
    "Usage",
    "Verdict",
]
