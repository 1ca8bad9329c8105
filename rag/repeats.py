"""What a library holds more than once: copies of documents, passages repeated in others."""

from dataclasses import dataclass

from rag.database import WHOLE
from rag.duplicates import REPEATED, Fingerprint, is_repeat, resemblance
from rag.records import Chunk, Document
from rag.store import Store

CANDIDATES = 50
"""Texts compared with one text, so that a thousand copies cost no more than fifty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A document much like another."""

    document: Document
    resemblance: float
    """Jaccard index of their shingles, from `REPEATED` to 1."""


def copies_of(store: Store, document: Document) -> list[Copy]:
    """Documents that are near-duplicates of this one, the nearest first."""
    found = store.database.sharing_bands(document.id, WHOLE, CANDIDATES)
    if not found:
        return []
    own = Fingerprint(document.text)
    others = store.documents_by_id([document_id for document_id, _ in found])
    copies = [
        Copy(document=other, resemblance=resemblance(own, Fingerprint(other.text)))
        for other in others
    ]
    kept = [copy for copy in copies if copy.resemblance >= REPEATED]
    return sorted(kept, key=lambda copy: (-copy.resemblance, copy.document.path))


def repeats_of(store: Store, chunk: Chunk) -> list[Chunk]:
    """Passages of other documents that say the same, their numbers and negations included."""
    found = store.database.sharing_bands(chunk.document_id, chunk.index, CANDIDATES)
    if not found:
        return []
    own = Fingerprint(chunk.text)
    others = store.chunks([f"{document_id}:{number}" for document_id, number in found])
    return [others[key] for key in sorted(others) if is_repeat(own, Fingerprint(others[key].text))]


class Fold:
    """Takes passages one by one and tells which repeats an earlier one."""

    def __init__(self) -> None:
        self._kept: list[tuple[Chunk, Fingerprint]] = []

    def first_of(self, chunk: Chunk) -> Chunk | None:
        """The passage taken before that this one repeats; None where it is new."""
        own = Fingerprint(chunk.text)
        for kept, other in self._kept:
            if is_repeat(own, other):
                return kept
        self._kept.append((chunk, own))
        return None
