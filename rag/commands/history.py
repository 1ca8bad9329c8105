"""The conversation before a question, as a row of a JSONL file gives it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.engine import Engine
    from rag.records import Exchange, Span


def exchanges(engine: "Engine", rows: Any) -> "list[Exchange]":
    """`[{"question", "answer"?, "citations"?}]`, oldest first; rows that `ask` printed will do.

    A citation is `{"document_id" or "document", "start", "end"}`; one of a document that the
    library does not hold, such as a context, keeps its name and leads nowhere.

    Raises:
        InputError: it is something else.
    """
    from rag.errors import InputError

    if rows is None:
        return []
    if not isinstance(rows, list):
        raise InputError("`history` must be a list.", _HINT)
    return [_exchange(engine, row) for row in rows]


_HINT = 'Write "history": [{"question", "answer", "citations": [{"document", "start", "end"}]}].'


def _exchange(engine: "Engine", row: Any) -> "Exchange":
    from rag.errors import InputError
    from rag.records import Exchange

    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise InputError("An entry of `history` has no text `question`.", _HINT)
    answer = row.get("answer") if row.get("answered", True) else None
    cited = row.get("citations") or []
    if not isinstance(answer, str | None) or not isinstance(cited, list):
        raise InputError("`answer` must be a text and `citations` a list.", _HINT)
    return Exchange(
        question=row.get("standalone") or row["question"],
        answer=answer or "",
        cited=tuple(_place(engine, one) for one in cited),
    )


def _place(engine: "Engine", citation: Any) -> "tuple[str, Span]":
    from rag.errors import InputError
    from rag.records import Span

    if not isinstance(citation, dict):
        raise InputError("A citation in `history` is no object.", _HINT)
    name = citation.get("document_id") or citation.get("document")
    start, end = citation.get("start"), citation.get("end")
    if not (isinstance(name, str) and isinstance(start, int) and isinstance(end, int)):
        raise InputError("A citation in `history` lacks its document, start or end.", _HINT)
    try:
        key = engine.document(name).id
    except InputError:
        key = name
    return key, Span(start=start, end=end)
