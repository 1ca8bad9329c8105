"""Which documents a question about whole documents means, and all that they say."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag.evidence import sentences_in
from rag.planning.holdings import Holdings
from rag.planning.plans import SearchPlan
from rag.records import Coverage, Evidence
from rag.store import Store
from rag.text import fold
from rag.whole.questions import WholeQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read: sentences in order, by document."""

    sentences: dict[str, list[Evidence]]
    passages: int
    titles: dict[str, str]

    @property
    def everything(self) -> list[Evidence]:
        return [item for items in self.sentences.values() for item in items]

    def coverage(self, found: int, shown: int) -> Coverage:
        return Coverage(
            documents=len(self.sentences),
            passages_read=self.passages,
            passages_total=self.passages,
            found=found,
            shown=shown,
        )


def chosen_documents(
    holdings: Holdings,
    whole: WholeQuestion,
    plan: SearchPlan,
    within: Collection[str] | None,
    at_hand: Sequence[str],
) -> list[str]:
    """The documents meant: those named, else the one the conversation is about, else all."""
    held = [one.id for one in holdings.facts if within is None or one.id in within]
    named = _named(holdings, plan)
    meant = [key for key in held if key in named]
    if meant:
        return _meetings(holdings, meant, plan.text)
    if whole.this and within is None and at_hand and at_hand[0] in held:
        return [at_hand[0]]
    return held


def _named(holdings: Holdings, plan: SearchPlan) -> frozenset[str]:
    """The documents that filters or sides leave, else those mainly about a year named."""
    if plan.within is not None:
        return plan.within
    if plan.branches:
        return frozenset().union(*(branch.within for branch in plan.branches))
    years = [int(one.value) for one in plan.understood if one.kind == "year"]
    return frozenset().union(*(holdings.by_year.get(year, ()) for year in years))


def _meetings(holdings: Holdings, ids: list[str], text: str) -> list[str]:
    """Of several documents about a year, those of the kind that the question names."""
    folded = fold(text)
    if len(ids) < 2 or not any(word in folded for word in ("会议", "meeting", "conference")):
        return ids
    kinds = {one.id: one.kind for one in holdings.facts}
    return [key for key in ids if kinds[key] == "meeting"] or ids


def read(store: Store, ids: Sequence[str]) -> Reading:
    """Every sentence of these documents."""
    documents = {one.id: one for one in store.documents_by_id(list(ids))}
    sentences: dict[str, list[Evidence]] = {}
    passages = 0
    for key in (key for key in ids if key in documents):
        chunks = store.chunks_of(key)
        passages += len(chunks)
        sentences[key] = sentences_in(chunks)
    titles = {key: one.title or one.path for key, one in documents.items()}
    return Reading(sentences=sentences, passages=passages, titles=titles)
