"""A question inside a conversation: what it means, and which passages stay at hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.followups.rephrasing import rephrase
from rag.followups.standing_alone import made_alone, rewritten
from rag.followups.subjects import bare
from rag.llm import LLM
from rag.records import Answer, Exchange
from rag.store import Store
from rag.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A question as understood."""

    question: str
    """Stand-alone."""
    standalone: str
    """The same where the conversation was needed for it, else empty."""
    candidates: tuple[str, ...]
    """Ids of the chunks that the last answer cites: they are ranked with what a search finds."""
    documents: tuple[str, ...]
    """Ids of the documents that the last answer with citations cites, in order."""


def hear(question: str, history: Sequence[Exchange], store: Store, llm: LLM | None) -> Heard:
    """Understand a question by the exchanges before it, oldest first.

    The same question asked again, as after a refusal, is understood as it was the first time.
    An LLM words a follow-up only at an endpoint, and its wording is checked.

    Raises:
        EndpointError: the endpoint failed.
    """
    before = _before_first_asked(question, history)
    titles = _titles(before, store)
    known = made_alone(before, titles)
    meant = rewritten(question, known, titles)
    if meant != question and llm is not None and llm.mode == "openai":
        meant = rephrase(llm, question, known) or meant
    while known and _same(known[-1].question, meant):
        known.pop()  # a follow-up asked again leans on what it leant on before
    last = known[-1] if known else None
    cited = next((one.cited for one in reversed(known) if one.cited), ())
    return Heard(
        question=meant,
        standalone=meant if meant != question else "",
        candidates=_candidates(last, store) if last else (),
        documents=tuple(dict.fromkeys(key for key, _ in cited if key in titles)),
    )


def exchange_of(answer: Answer) -> Exchange:
    """An answer as a later question may lean on it; one without the evidence asked for has none."""
    return Exchange(
        question=answer.standalone or answer.question,
        answer=answer.text if answer.answered else "",
        cited=tuple((citation.document_id, citation.span) for citation in answer.citations),
    )


def _before_first_asked(question: str, history: Sequence[Exchange]) -> Sequence[Exchange]:
    """The history without the same question asked just before, however often."""
    kept = len(history)
    while kept and _same(history[kept - 1].question, question):
        kept -= 1
    return history[:kept]


def _same(first: str, second: str) -> bool:
    return fold(bare(first)) == fold(bare(second))


def _titles(history: Sequence[Exchange], store: Store) -> dict[str, str]:
    """Titles of the cited documents that the library still holds."""
    ids = sorted({key for exchange in history for key, _ in exchange.cited})
    return {document.id: document.title for document in store.documents_by_id(ids)} if ids else {}


def _candidates(last: Exchange, store: Store) -> tuple[str, ...]:
    """The chunks that the citations of the last exchange begin in."""
    found: dict[str, None] = {}
    for key, span in last.cited:
        for chunk in store.chunks_of(key):
            if chunk.span.start <= span.start < chunk.span.end:
                found[chunk.id] = None
    return tuple(found)
