"""Where evidence is looked for: the library, or contexts that came with the question.

Both give the same thing, `Passages`, so everything after it is the same for both.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np

from rag.chunking import chunk
from rag.duplicates import fingerprint, is_repeat
from rag.evidence import Scored, score_sentences
from rag.questions import Question
from rag.records import Citation, Document, Evidence, Hit, Span
from rag.repeats import repeats_of
from rag.retrieval import Retriever, sentence_texts
from rag.store import Store
from rag.text import detect_language, fold, search_terms

SAME_SENTENCE_POOL = 20
"""Chunks looked at for other places of a quoted sentence."""

SHORTEST_REPEAT = 8
"""Characters a sentence must have for its repeats elsewhere to mean anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """What a search found, and the means to score and check against it."""

    hits: tuple[Hit, ...]
    documents: Mapping[str, Document]
    scored: tuple[Scored, ...]
    """Sentences of the hits, best first."""
    sentences_of: Callable[[str], Sequence[Evidence]]
    similarity: Callable[[str, Sequence[str]], Sequence[float]]


class LibraryPassages:
    """Evidence from a store."""

    def __init__(self, store: Store, retriever: Retriever) -> None:
        self._store = store
        self._retriever = retriever

    def find(
        self,
        question: Question,
        k: int,
        *,
        within: Collection[str] | None = None,
        candidates: Collection[str] = (),
    ) -> Passages:
        """Search the library; arguments as for `Retriever.search`."""
        hits = self._retriever.search(question, k, within=within, candidates=candidates)
        documents = {
            document.id: document
            for document in self._store.documents_by_id(
                sorted({hit.chunk.document_id for hit in hits})
            )
        }
        vector = self._store.embed_question(question.text)
        similarities = self._retriever.sentence_similarities(vector, [hit.chunk for hit in hits])
        scored = score_sentences(
            question,
            hits,
            similarities,
            documents,
            self._store.lexical.frequencies,
            self._retriever.shifts(question, vector),
            self._store.main_years(),
        )
        return Passages(
            hits=tuple(hits),
            documents=documents,
            scored=tuple(scored),
            sentences_of=self.sentences_of,
            similarity=self.similarity,
        )

    def sentences_of(self, document_id: str) -> list[Evidence]:
        return [
            Evidence(document_id=document_id, span=span, text=text, score=0.0)
            for piece in self._store.chunks_of(document_id)
            for span, text in zip(piece.sentences, sentence_texts(piece), strict=True)
        ]

    def similarity(self, text: str, others: Sequence[str]) -> list[float]:
        vectors = self._store.embed([text, *others])
        return [float(value) for value in vectors[1:] @ vectors[0]]

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
        own = fingerprint(citation.quote)
        for piece in self._store.chunks_of(citation.document_id):
            if not piece.span.start <= citation.span.start < piece.span.end:
                continue
            for other in repeats_of(self._store, piece):
                pairs = zip(other.sentences, sentence_texts(other), strict=True)
                same = ((span, text) for span, text in pairs if is_repeat(own, fingerprint(text)))
                for span, text in same:
                    yield Citation(
                        number=citation.number,
                        document_id=other.document_id,
                        span=span,
                        quote=text,
                    )


class ContextPassages:
    """Evidence from the texts given with a question; nothing is stored."""

    def __init__(self, embedder: Any, contexts: Sequence[str]) -> None:
        self._embedder = embedder
        self._documents = [
            _context_document(number, text) for number, text in enumerate(contexts, start=1)
        ]
        self._chunks = [
            piece for document in self._documents for piece in chunk(document.id, document.text)
        ]

    def find(self, question: Question, k: int) -> Passages:
        """Rank the contexts' chunks by cosine and keep the best k."""
        vector = np.asarray(self._embedder.embed_query([question.text])[0], np.float32)
        texts = [piece.text for piece in self._chunks]
        cosines = (self._embed(texts) @ vector).tolist() if texts else []
        ranked = sorted(
            zip(cosines, self._chunks, strict=True), key=lambda pair: (-pair[0], pair[1].id)
        )
        hits = [
            Hit(chunk=piece, score=cosine, ranks={"dense": rank}, similarity=cosine)
            for rank, (cosine, piece) in enumerate(ranked[:k], start=1)
        ]
        sentences = [text for hit in hits for text in sentence_texts(hit.chunk)]
        values = iter((self._embed(sentences) @ vector).tolist() if sentences else [])
        similarities = {hit.chunk.id: [next(values) for _ in hit.chunk.sentences] for hit in hits}
        documents = {document.id: document for document in self._documents}
        return Passages(
            hits=tuple(hits),
            documents=documents,
            scored=tuple(
                score_sentences(question, hits, similarities, documents, self._frequencies, {})
            ),
            sentences_of=self._sentences_of,
            similarity=self.similarity,
        )

    def similarity(self, text: str, others: Sequence[str]) -> list[float]:
        vectors = self._embed([text, *others])
        return [float(value) for value in vectors[1:] @ vectors[0]]

    def _embed(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack(self._embedder(list(texts)))

    def _frequencies(self, terms: Sequence[str]) -> dict[str, float]:
        """The idf of terms among these contexts, as in `LexicalIndex`."""
        held = [set(search_terms(piece.text)) for piece in self._chunks]
        counts = {term: sum(term in terms_held for terms_held in held) for term in terms}
        total = len(held)
        return {term: log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in counts.items()}

    def _sentences_of(self, document_id: str) -> list[Evidence]:
        return [
            Evidence(document_id=document_id, span=span, text=text, score=0.0)
            for piece in self._chunks
            if piece.document_id == document_id
            for span, text in zip(piece.sentences, sentence_texts(piece), strict=True)
        ]


def _context_document(number: int, text: str) -> Document:
    name = f"context-{number}"
    return Document(
        id=name,
        path=name,
        title="",
        date=None,
        publisher=None,
        language=detect_language(text),
        text=text,
        sha256="",
        encoding="",
    )
