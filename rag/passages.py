"""Evidence from the library.

`rag.contexts` gives it from texts that came with the question, as `Passages` too, so everything
after it is the same for both.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.cross_encoder import Entailment
from rag.duplicates import Fingerprint, is_repeat
from rag.evidence import Scored, score_sentences, sentences_in, with_matches
from rag.planning.holdings import Holdings
from rag.questions import Question, read_question
from rag.records import Citation, Document, Evidence, Hit, Span
from rag.repeats import repeats_of
from rag.retrieval import Retriever, sentence_texts
from rag.store import Store
from rag.support.meaning import Meaning, open_meaning
from rag.text import fold, search_terms

SAME_SENTENCE_POOL = 20
"""Chunks looked at for other places of a quoted sentence."""

FAVOURED_ODDS = 3.0
"""How much likelier a sentence of such a document is the answer."""

MOST_MATCHED = 24
"""Sentences read piece by piece, the best: reading all of them tells no better what answers."""

CORE = 0.5
"""Share of the core of a question in how likely a sentence answers it."""

SHORTEST_REPEAT = 8
"""Characters a sentence must have for its repeats elsewhere to mean anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """What a search found, and the means to score and check against it."""

    hits: tuple[Hit, ...]
    documents: Mapping[str, Document]
    scored: tuple[Scored, ...]
    """Sentences of the hits, best first: what says whether they answer."""
    sentences_of: Callable[[str], Sequence[Evidence]]
    similarity: Callable[[str, Sequence[str]], Sequence[float]]
    meaning: Meaning | None = None
    """What scores claims about it, where the embedder allows more than `similarity`."""
    given: bool = False
    """Whether they came with the question."""
    chosen_from: tuple[Scored, ...] = ()
    """The same sentences as they answer the core of the question; empty where that is all of it."""

    @property
    def ranked(self) -> tuple[Scored, ...]:
        """Sentences to choose from, best first."""
        return self.chosen_from or self.scored


class LibraryPassages:
    """Evidence from a store."""

    def __init__(
        self, store: Store, retriever: Retriever, entailment: Entailment | None = None
    ) -> None:
        self._store = store
        self._retriever = retriever
        self._entailment = entailment
        self._held = Holdings(())

    def find(
        self,
        question: Question,
        k: int,
        *,
        within: Collection[str] | None = None,
        candidates: Collection[str] = (),
        favoured: Collection[str] = (),
        core: str = "",
    ) -> Passages:
        """Search the library.

        Arguments are as for `Retriever.search`; documents `favoured` by their ids go first. The
        `core` is the question without what all the documents searched have in common: a title
        that repeats the year and the body is like the question and says nothing.
        """
        hits = self.hits(question, k, within=within, candidates=candidates, favoured=favoured)
        documents = {
            document.id: document
            for document in self._store.documents_by_id(
                sorted({hit.chunk.document_id for hit in hits})
            )
        }
        scored = _favouring(self._scored(question, hits, documents), favoured)
        read = getattr(self._store.embedder, "centred_token_vectors", None)
        if read:
            scored = with_matches(question, scored, read, most=MOST_MATCHED)
        chosen = self._scored(read_question(core), hits, documents) if core else []
        return Passages(
            hits=tuple(hits),
            documents=documents,
            scored=tuple(scored),
            chosen_from=tuple(_blended(scored, chosen)) if chosen else (),
            sentences_of=self.sentences_of,
            similarity=self.similarity,
            meaning=open_meaning(self._store.embedder, self._entailment),
        )

    def _scored(
        self, question: Question, hits: Sequence[Hit], documents: Mapping[str, Document]
    ) -> list[Scored]:
        vector = self._store.embed_question(question.text)
        return score_sentences(
            question,
            hits,
            self._retriever.sentence_similarities(vector, [hit.chunk for hit in hits]),
            documents,
            self._store.lexical.frequencies,
            self._retriever.shifts(question, vector),
            self._store.main_years(),
        )

    def hits(
        self,
        question: Question,
        k: int,
        *,
        within: Collection[str] | None = None,
        candidates: Collection[str] = (),
        favoured: Collection[str] = (),
    ) -> list[Hit]:
        """The best passages; those of favoured documents are sure to be looked at."""
        return self._retriever.search(
            question, k, within=within, candidates=candidates, favoured=favoured
        )

    def holdings(self) -> Holdings:
        """What the library has, read anew only where it has changed."""
        facts = tuple(self._store.facts())
        if self._held.facts != facts:
            self._held = Holdings(facts)
        return self._held

    def names_year(self, year: int, within: Collection[str] | None) -> bool:
        """Whether any passage, of these documents if given, names a year."""
        return bool(self._store.lexical.search({str(year): 1.0}, 1, within=within))

    def frequencies(self, terms: Sequence[str]) -> Mapping[str, float]:
        """The idf of each term in the library."""
        return self._store.lexical.frequencies(terms)

    def sentences_of(self, document_id: str) -> list[Evidence]:
        return sentences_in(self._store.chunks_of(document_id))

    def similarity(self, text: str, others: Sequence[str]) -> list[float]:
        vectors = self._store.embed([text, *others])
        return [float(value) for value in vectors[1:] @ vectors[0]]

    def placed(self, citation: Citation, preferred: Collection[str]) -> Citation:
        """The citation with its other places; in a preferred document, where it stands in one."""
        others = self.also_in(citation)
        own = replace(citation, also_in=others)
        if citation.document_id in preferred:
            return own
        wanted = fold(citation.quote)
        better = [
            one for one in others if one.document_id in preferred and fold(one.quote) == wanted
        ]
        if not better:
            return own
        rest = (citation, *(one for one in others if one != better[0]))
        return replace(better[0], also_in=tuple(replace(one, also_in=()) for one in rest))

    def also_in(self, citation: Citation) -> tuple[Citation, ...]:
        """The same sentence in other documents: in any script and width, or with a word changed
        inside a passage that repeats its own, where its numbers and negations are the same.
        """
        if len(citation.quote) < SHORTEST_REPEAT:
            return ()
        found = self._standing_in(citation)
        for place in self._reworded_in(citation):
            found.setdefault(place.document_id, place)
        return tuple(found.values())

    def _standing_in(self, citation: Citation) -> dict[str, Citation]:
        """Places of the very sentence, by document."""
        wanted = fold(citation.quote)
        terms = dict.fromkeys(search_terms(citation.quote), 1.0)
        near = self._store.chunks(
            [key for key, _ in self._store.lexical.search(terms, SAME_SENTENCE_POOL)]
        )
        found: dict[str, Citation] = {}
        for piece in sorted(near.values(), key=lambda piece: piece.id):
            at = fold(piece.text).find(wanted)
            if at < 0 or piece.document_id in {citation.document_id, *found}:
                continue
            start = piece.span.start + at
            found[piece.document_id] = Citation(
                number=citation.number,
                document_id=piece.document_id,
                span=Span(start=start, end=start + len(wanted)),
                quote=piece.text[at : at + len(wanted)],
            )
        return found

    def _reworded_in(self, citation: Citation) -> Iterator[Citation]:
        """Sentences much like it, in passages that repeat the one it stands in."""
        own = Fingerprint(citation.quote)
        for piece in self._store.chunks_of(citation.document_id):
            if not piece.span.start <= citation.span.start < piece.span.end:
                continue
            for other in repeats_of(self._store, piece):
                pairs = zip(other.sentences, sentence_texts(other), strict=True)
                same = ((span, text) for span, text in pairs if is_repeat(own, Fingerprint(text)))
                for span, text in same:
                    yield Citation(
                        number=citation.number,
                        document_id=other.document_id,
                        span=span,
                        quote=text,
                    )


def _favouring(scored: list[Scored], favoured: Collection[str]) -> list[Scored]:
    """Sentences of favoured documents counted as likelier, and the order that follows."""
    if not favoured:
        return scored
    odds = [
        item.evidence.score * (FAVOURED_ODDS if item.evidence.document_id in favoured else 1.0)
        for item in scored
    ]
    total = sum(odds) or 1.0
    weighed = [
        replace(item, evidence=replace(item.evidence, score=value / total))
        for item, value in zip(scored, odds, strict=True)
    ]
    return sorted(weighed, key=lambda item: -item.evidence.score)


def _blended(scored: Sequence[Scored], core: Sequence[Scored]) -> list[Scored]:
    """Sentences by the mean of both probabilities, best first."""
    own = {(item.hit, item.position): item.evidence.score for item in core}
    blended = [
        replace(
            item,
            evidence=replace(
                item.evidence,
                score=CORE * own[item.hit, item.position] + (1 - CORE) * item.evidence.score,
            ),
        )
        for item in scored
    ]
    return sorted(blended, key=lambda item: -item.evidence.score)
