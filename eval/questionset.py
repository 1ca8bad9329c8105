"""Gold questions: the file of them, and how a gold pattern meets a text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.lines import BadLine, read_lines
from rag import InputError, Language, detect_language, fold


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPlace:
    """Where evidence stands: a document by file name (any where empty), and a pattern."""

    document: str
    pattern: re.Pattern[str]

    def matches(self, document: str, text: str) -> bool:
        """Whether this text of this document holds the evidence."""
        if self.document and Path(document).name != self.document:
            return False
        return self.pattern.search(fold(text)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuestion:
    """A question with what a right answer holds and where its evidence stands."""

    id: str
    language: Language
    question: str
    answerable: bool
    answer: re.Pattern[str] | None
    evidence: tuple[GoldPlace, ...]
    """Any of these places will do."""

    def has_evidence(self, document: str, text: str) -> bool:
        return any(place.matches(document, text) for place in self.evidence)


def read_questions(path: Path, documents: frozenset[str] = frozenset()) -> list[GoldQuestion]:
    """The questions of a JSONL file.

    Args:
        path: a line holds `id`, `question`, `answerable`, and for answerable ones `answer` (a
            pattern) and `evidence`: a list of `{"document", "text"}`, or one pattern beside a
            list `documents`.
        documents: file names in the library. Where it has none of a question's documents,
            `shared_evidence` (a pattern for any document) is used, if the line has it.

    Raises:
        InputError: the file cannot be read, or a line is not such a question.
    """
    questions = []
    for number, row in read_lines(path):
        if isinstance(row, BadLine):
            raise InputError(f"{path.name} line {number}: {row.reason}.", "Correct the line.")
        try:
            questions.append(_question(row, documents))
        except (KeyError, TypeError, re.error) as error:
            problem = f"field {error} is missing" if isinstance(error, KeyError) else str(error)
            raise InputError(f"{path.name} line {number}: {problem}.", "See SEEDS.md.") from None
    return questions


def _question(row: Mapping[str, Any], documents: frozenset[str]) -> GoldQuestion:
    answerable = bool(row["answerable"])
    text = str(row["question"])
    return GoldQuestion(
        id=str(row["id"]),
        language="en" if row.get("language", detect_language(text)) == "en" else "zh",
        question=text,
        answerable=answerable,
        answer=gold_pattern(row["answer"]) if answerable else None,
        evidence=_places(row, documents) if answerable else (),
    )


def _places(row: Mapping[str, Any], documents: frozenset[str]) -> tuple[GoldPlace, ...]:
    evidence = row["evidence"]
    if isinstance(evidence, str):
        names = row.get("documents") or [row.get("document", "")]
        places = [(name, evidence) for name in names]
    else:
        places = [(place["document"], place["text"]) for place in evidence]
    if documents and "shared_evidence" in row and not documents & {name for name, _ in places}:
        places = [("", row["shared_evidence"])]
    return tuple(
        GoldPlace(document=name, pattern=gold_pattern(pattern)) for name, pattern in places
    )


def gold_pattern(written: str) -> re.Pattern[str]:
    """A pattern to search in folded text: its own Han characters and wide signs are folded too.

    ASCII is left as it is, since small letters would change the meaning of classes such as
    "not a space"; case is ignored instead.
    """
    folded = "".join(
        character if character.isascii() else re.escape(fold(character)) for character in written
    )
    return re.compile(folded, re.IGNORECASE)
