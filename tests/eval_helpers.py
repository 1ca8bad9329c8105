"""What the evaluation tests share: an embedder without weights, and the checker on top of it."""

import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rag.support.checking import CheckedAnswer, check_answer
from rag.text import search_terms


def hashed_vectors(texts: Sequence[str]) -> list[np.ndarray]:
    """Bags of hashed search terms, length one: texts that share words are near each other."""
    vectors = []
    for text in texts:
        vector = np.full(512, 1e-3, np.float32)
        for term in search_terms(text):
            vector[zlib.crc32(term.encode()) % 512] += 1
        vectors.append(vector / np.linalg.norm(vector))
    return vectors


def check(answer: str, contexts: Sequence[str]) -> CheckedAnswer:
    return check_answer(answer, contexts, hashed_vectors)


def write_lines(path: Path, rows: Sequence[Any]) -> Path:
    """A JSONL file; text stands as it is, so that bad lines can be written too."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def read_rows(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
