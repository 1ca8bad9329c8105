"""Finding passages: dense + lexical → fuse → rerank by best sentence → fold duplicates."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rag.asked import Asked, sentence_texts
from rag.cross_encoder import Reranker
from rag.filters import Facts
from rag.fusion import fuse
from rag.legs import Legs, walk
from rag.questions import Question
from rag.records import Chunk, Hit, Language
from rag.repeats import Fold
from rag.store import Store, embedding_text

__all__ = ["Retriever", "sentence_texts"]

RERANKED = 24
"""Chunks at the top whose sentences are compared with the question one by one."""

SENTENCE_WEIGHT = 0.5
"""Share of the best sentence's cosine in a reranked chunk's; the rest is the chunk's own."""

READ = 2
"""Chunks whose text is read for each passage wanted: the best by all that is known without it."""

YEAR_BONUS = 0.02
"""Points of cosine for a chunk of a document about a year that the question names."""

FAVOUR = 0.02
"""Points of cosine that a passage gains of a document that the question names."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of chunks before their texts are read, by their ids."""

    legs: Legs
    similarity: Mapping[str, float]
    scores: Mapping[str, float]
    documents: Mapping[str, Facts]
    """By their own ids."""


class Retriever:
    """Searches one store."""

    def __init__(self, store: Store, reranker: Reranker | None = None) -> None:
        self._store = store
        self._reranker = reranker

    def search(
        self,
        question: Question,
        k: int,
        *,
        within: Collection[str] | None = None,
        candidates: Collection[str] = (),
        favoured: Collection[str] = (),
    ) -> list[Hit]:
        """The best k passages, best first.

        Args:
            question: as read.
            k: passages wanted.
            within: ids of the only documents to search.
            candidates: ids of chunks to rank with what is found, whatever their scores.
            favoured: ids of documents that are searched on their own as well, and go first.
        """
        if not self._store.has_chunks():
            return []
        asked = Asked(self._store, question)
        shifts = self.shifts(question, asked.vector)
        own = frozenset(favoured) if within is None else frozenset(favoured) & frozenset(within)
        legs = walk(self._store, asked, shifts, within, own)
        found = self._found(asked, legs, shifts, _inside(candidates, within), own)
        count = max(READ * k, RERANKED)
        hits = self._ranked(asked, found, k, count)
        if len(hits) == k or len(found.scores) <= count:
            return hits
        return self._ranked(asked, found, k, len(found.scores))  # so many repeats were folded

    def _found(
        self,
        asked: Asked,
        legs: Legs,
        shifts: Mapping[Language, float],
        candidates: Collection[str],
        favoured: Collection[str],
    ) -> _Found:
        wanted = {*legs.dense, *legs.lexical, *candidates}
        documents = self._store.facts_by_id(sorted({_document_of(key) for key in wanted}))
        held = sorted(key for key in wanted if _document_of(key) in documents)
        similarity = self._similarities(asked.vector, held, documents, legs.dense)
        scores = fuse(similarity, legs.lexical)
        for key in scores:
            document_id = _document_of(key)
            scores[key] += shifts.get(documents[document_id].language, 0.0)
            scores[key] += FAVOUR if document_id in favoured else 0.0
        return _Found(legs, similarity, scores, documents)

    def _ranked(self, asked: Asked, found: _Found, k: int, count: int) -> list[Hit]:
        """The best k of the `count` that are best before their sentences are compared."""
        question = asked.question
        chunks = asked.chunks(_near(question, found, count))
        scores = {
            key: found.scores[key] + _year_bonus(asked, found.documents[chunk.document_id], chunk)
            for key, chunk in chunks.items()
        }
        order = sorted(scores, key=lambda key: (-scores[key], key))[:count]
        reranked = self._rerank(asked, order[:RERANKED], chunks, scores, found.similarity)
        if self._reranker:
            reader = self._reranker
            reranked = self._read_together(reader, question, reranked, chunks, found.documents)
        folded = _folded([*reranked, *order[RERANKED:]], chunks, k)
        return [
            Hit(
                chunk=chunks[key],
                repeats=tuple(folded[key]),
                score=round(scores[key], 6),
                ranks=_ranks(key, found.legs, reranked),
                similarity=round(found.similarity[key], 6),
            )
            for key in folded
        ]

    def shifts(self, question: Question, vector: np.ndarray) -> dict[Language, float]:
        """What to add to a cosine, by language of the passage, to compare across languages.

        A multilingual embedder puts a question nearer to any passage in its own language than
        to the right one in another. Taking off how near the question is to a language's mean
        passage removes that (centring by language: Libovický, Rosa and Fraser, 2020). Zero for
        the question's own language, and where the library holds one language only.
        """
        centroids = self._store.centroids()
        if question.language not in centroids or len(centroids) < 2:
            return {}
        own = float(centroids[question.language] @ vector)
        return {language: own - float(mean @ vector) for language, mean in centroids.items()}

    def _similarities(
        self,
        vector: np.ndarray,
        keys: Sequence[str],
        documents: Mapping[str, Facts],
        dense: Mapping[str, float],
    ) -> dict[str, float]:
        """Cosine of every chunk; of one that is not indexed yet from the embedder or its cache."""
        found = {key: dense[key] for key in keys if key in dense}
        found |= self._store.exact.similarities(vector, [key for key in keys if key not in dense])
        unseen = self._store.chunks([key for key in keys if key not in found])
        if unseen:
            owned = [(documents[chunk.document_id], chunk) for chunk in unseen.values()]
            cosines = self._store.embed([embedding_text(*pair) for pair in owned]) @ vector
            found |= {key: float(value) for key, value in zip(unseen, cosines, strict=True)}
        return found

    def _rerank(
        self,
        asked: Asked,
        order: list[str],
        chunks: Mapping[str, Chunk],
        scores: dict[str, float],
        similarity: Mapping[str, float],
    ) -> list[str]:
        """Order the top anew with the best sentence of each; writes the new scores."""
        sentences = asked.best_sentences([chunks[key] for key in order])
        for key in order:
            best = sentences.get(key, similarity[key])
            scores[key] += SENTENCE_WEIGHT * (best - similarity[key])
        return sorted(order, key=lambda key: (-scores[key], key))

    def _read_together(
        self,
        reranker: Reranker,
        question: Question,
        order: Sequence[str],
        chunks: Mapping[str, Chunk],
        documents: Mapping[str, Facts],
    ) -> list[str]:
        """The order of a cross-encoder, which reads question and passage as one text."""
        texts = [embedding_text(documents[chunks[key].document_id], chunks[key]) for key in order]
        said = dict(zip(order, reranker.scores(question.text, texts), strict=True))
        return sorted(order, key=lambda key: -said[key])

    def sentence_similarities(
        self, vector: np.ndarray, chunks: Collection[Chunk]
    ) -> dict[str, list[float]]:
        """Cosine of each sentence of each chunk, by chunk id; vectors come from the cache."""
        texts = [text for chunk in chunks for text in sentence_texts(chunk)]
        cosines = iter((self._store.embed(texts) @ vector).tolist() if texts else [])
        return {chunk.id: [next(cosines) for _ in chunk.sentences] for chunk in chunks}


def _inside(candidates: Collection[str], within: Collection[str] | None) -> list[str]:
    """The chunks of these documents."""
    return [key for key in candidates if within is None or _document_of(key) in within]


def _document_of(key: str) -> str:
    """The id of a chunk's document, with which its own begins."""
    return key.rpartition(":")[0]


def _near(question: Question, found: _Found, count: int) -> list[str]:
    """The best `count`, and those that a year in their text may yet raise to them."""
    least, most = {}, {}
    for key, score in found.scores.items():
        of_year = _of_year(question, found.documents[_document_of(key)])
        least[key] = score + (YEAR_BONUS if of_year else 0.0)
        most[key] = score + (YEAR_BONUS if question.years else 0.0)
    if not least:
        return []
    last = sorted(least.values(), reverse=True)[:count][-1]
    return sorted(key for key, score in most.items() if score >= last)


def _of_year(question: Question, document: Facts) -> bool:
    """Whether a document is mainly about a year that the question names."""
    return bool(set(question.years) & set(document.years[:1]))


def _year_bonus(asked: Asked, document: Facts, chunk: Chunk) -> float:
    """Reports of one series repeat their sentences every year; the year asked for goes first."""
    about = _of_year(asked.question, document) or asked.names_year(chunk.text)
    return YEAR_BONUS if about else 0.0


def _ranks(key: str, legs: Legs, reranked: list[str]) -> dict[str, int]:
    orders = {"dense": list(legs.dense), "lexical": list(legs.lexical), "rerank": reranked}
    return {leg: keys.index(key) + 1 for leg, keys in orders.items() if key in keys}


def _folded(order: Sequence[str], chunks: Mapping[str, Chunk], k: int) -> dict[str, list[Chunk]]:
    """The best k passages, each with those further down that say the same; best first.

    Repeats are looked for among the best 2 k at least; a citation looks in the whole library.
    """
    fold = Fold()
    found: dict[str, list[Chunk]] = {}
    for place, key in enumerate(order):
        if len(found) == k and place >= 2 * k:
            break
        first = fold.first_of(chunks[key])
        if first:
            found.get(first.id, []).append(chunks[key])
        elif len(found) < k:
            found[key] = []
    return found
