"""Where evidence is looked for: contexts that came with the question."""

from collections.abc import Sequence
from math import log
from typing import Any

import numpy as np

from rag.chunking import chunk
from rag.cross_encoder import Entailment
from rag.evidence import Scored, score_sentences, sentences_in, with_matches
from rag.passages import Passages
from rag.questions import Question
from rag.records import Document, Evidence, Hit
from rag.retrieval import sentence_texts
from rag.support.meaning import open_meaning
from rag.text import detect_language, search_terms

MOST_READ = 40
"""Passages of the contexts that are read sentence by sentence: contexts are chosen by whoever
asks, so all of them count, up to what can be read in good time."""


class ContextPassages:
    """Evidence from the texts given with a question; nothing is stored."""

    def __init__(
        self, embedder: Any, contexts: Sequence[str], entailment: Entailment | None = None
    ) -> None:
        self._embedder = embedder
        self._entailment = entailment
        self._documents = [
            _context_document(number, text) for number, text in enumerate(contexts, start=1)
        ]
        self._chunks = [
            piece for document in self._documents for piece in chunk(document.id, document.text)
        ]

    def find(self, question: Question, k: int) -> Passages:
        """Rank the contexts' chunks by cosine; all are read, up to `MOST_READ` or k."""
        vector = np.asarray(self._embedder.embed_query([question.text])[0], np.float32)
        hits = self._ranked(vector)[: max(k, MOST_READ)]
        sentences = [text for hit in hits for text in sentence_texts(hit.chunk)]
        values = iter((self._embed(sentences) @ vector).tolist() if sentences else [])
        similarities = {hit.chunk.id: [next(values) for _ in hit.chunk.sentences] for hit in hits}
        documents = {document.id: document for document in self._documents}
        scored = score_sentences(question, hits, similarities, documents, self._frequencies, {})
        return Passages(
            hits=tuple(hits),
            documents=documents,
            scored=tuple(self._matched(question, scored)),
            sentences_of=self._sentences_of,
            given=True,
            similarity=self.similarity,
            meaning=open_meaning(self._embedder, self._entailment),
        )

    def _ranked(self, vector: np.ndarray) -> list[Hit]:
        texts = [piece.text for piece in self._chunks]
        cosines = (self._embed(texts) @ vector).tolist() if texts else []
        ranked = sorted(
            zip(cosines, self._chunks, strict=True), key=lambda pair: (-pair[0], pair[1].id)
        )
        return [
            Hit(chunk=piece, score=cosine, ranks={"dense": rank}, similarity=cosine)
            for rank, (cosine, piece) in enumerate(ranked, start=1)
        ]

    def _matched(self, question: Question, scored: list[Scored]) -> list[Scored]:
        """With the matches of pieces, where the embedder tells pieces apart."""
        read = getattr(self._embedder, "centred_token_vectors", None)
        return with_matches(question, scored, read) if read else scored

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
        return sentences_in(one for one in self._chunks if one.document_id == document_id)


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
