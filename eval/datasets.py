"""Public test sets read into two kinds of cases: a question over contexts, a claim on evidence.

Each set is a folder of JSON Lines; what is in the folder given is used, the rest is skipped.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from eval.lines import BadLine, Json, read_lines
from rag import InputError, sentence_spans

CONTEXTS = 5
"""Passages given with an XQuAD or CMRC question."""

LONG_EVIDENCE = 8
"""WiCE gives a whole web page to each claim: so many times fewer of its claims are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextCase:
    """A question over passages."""

    source: str
    group: str
    """Cases of one group rest on the same text and stay on one side of a split."""
    question: str
    contexts: tuple[str, ...]
    gold: tuple[int, int] | None
    """Context and character where the answer starts; None where unknown or absent."""
    answerable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCase:
    """A claim and texts it may rest on."""

    source: str
    group: str
    claim: str
    evidence: tuple[str, ...]
    supported: bool


def read_set(path: Path) -> list[Json]:
    """Every object of a file.

    Raises:
        InputError: it cannot be read, or a line is not a JSON object.
    """
    rows = []
    for number, row in read_lines(path):
        if isinstance(row, BadLine):
            raise InputError(f"{path} line {number}: {row.reason}.", "Correct the line.")
        rows.append(row)
    return rows


def sample(rows: Sequence[Json], limit: int) -> list[Json]:
    """At most `limit` rows, chosen by the hash of their content, in a fixed order."""
    return sorted(rows, key=lambda row: digest(repr(sorted(row.items()))))[:limit]


def digest(text: str) -> str:
    """In hexadecimal; the same in every run, for choosing at random."""
    return hashlib.sha256(text.encode()).hexdigest()


def held_out(group: str) -> bool:
    """Whether a group is in the quarter that no weight is fitted on."""
    return int(digest(f"held out {group}")[:8], 16) % 4 == 0


def context_cases(data: Path, limit: int) -> Iterator[ContextCase]:
    """Cases of the sets present: `limit` questions a set and direction."""
    for asked in ("zh", "en"):
        for read in ("zh", "en"):
            yield from _xquad(data / "xquad_zh_en", asked, read, limit)
    yield from _cmrc(data / "cmrc2018", limit)
    for language in ("zh", "en"):
        yield from _nomiracl(data / "nomiracl" / f"{language}.jsonl", language, limit)


def _xquad(folder: Path, asked: str, read: str, limit: int) -> Iterator[ContextCase]:
    if not folder.is_dir():
        return
    passages = read_set(folder / "passages.jsonl")
    questions = [
        {
            "pid": row["pid"],
            "question": row[f"question_{asked}"],
            "start": row[f"starts_{read}"][0],
        }
        for row in read_set(folder / "questions.jsonl")
        if row[f"starts_{read}"]
    ]
    texts = [(str(row["pid"]), str(row["title"]), str(row[f"text_{read}"])) for row in passages]
    yield from _with_and_without(f"xquad {asked}→{read}", sample(questions, limit), texts)


def _cmrc(folder: Path, limit: int) -> Iterator[ContextCase]:
    if not folder.is_dir():
        return
    passages = read_set(folder / "passages_trial.jsonl")
    questions = [
        {"pid": row["pid"], "question": row["question"], "start": row["answer_starts"][0]}
        for row in read_set(folder / "questions_trial.jsonl")
        if row["span_ok"]
    ]
    texts = [(str(row["pid"]), str(row["title"]), str(row["text"])) for row in passages]
    yield from _with_and_without("cmrc zh→zh", sample(questions, limit), texts)


def _with_and_without(
    source: str, questions: Sequence[Json], texts: Sequence[tuple[str, str, str]]
) -> Iterator[ContextCase]:
    """Each question over five passages: with its own, and with another in its place.

    The others are of the same article where there are enough, else the next in the file.
    """
    order = {pid: place for place, (pid, _, _) in enumerate(texts)}
    for row in questions:
        place = order[row["pid"]]
        ring = [*texts[place + 1 :], *texts[:place]]
        others = sorted(ring, key=lambda text: text[1] != texts[place][1])
        own, rest = texts[place][2], [text for _, _, text in others[:CONTEXTS]]
        slot = int(digest(row["question"])[:4], 16) % CONTEXTS
        holding = [*rest[:slot], own, *rest[slot : CONTEXTS - 1]]
        common = {"source": source, "group": str(row["pid"]), "question": str(row["question"])}
        yield ContextCase(
            **common, contexts=tuple(holding), gold=(slot, int(row["start"])), answerable=True
        )
        yield ContextCase(**common, contexts=tuple(rest), gold=None, answerable=False)


def _nomiracl(path: Path, language: str, limit: int) -> Iterator[ContextCase]:
    """Half of the questions get passages under their titles, half the bare passages."""
    if not path.is_file():
        return
    for number, row in enumerate(sample(read_set(path), limit)):
        passages = [(str(p["title"]), str(p["text"])) for p in row["passages"]]
        yield ContextCase(
            source=f"nomiracl {language}",
            group=str(row["id"]),
            question=str(row["query"]),
            contexts=tuple(f"{t}\n\n{text}" if number % 2 else text for t, text in passages),
            gold=None,
            answerable=bool(row["answerable"]),
        )


def claim_cases(data: Path, limit: int) -> Iterator[ClaimCase]:
    """Cases of the sets present: at most `limit` a set."""
    for read, name in _CLAIM_SETS:
        path = data / name
        most = limit // LONG_EVIDENCE if read is _wice else limit
        if path.is_file():
            yield from islice(read(sample(read_set(path), most)), most)


def _attribution(rows: Sequence[Json]) -> Iterator[ClaimCase]:
    for row in rows:
        yield ClaimCase(
            source=f"attributionbench {row['src']}",
            group=str(row["question"]),
            claim=str(row["claim"]),
            evidence=tuple(row["references"]),
            supported=row["label"] == 1,
        )


def _wice(rows: Sequence[Json]) -> Iterator[ClaimCase]:
    for row in rows:
        yield ClaimCase(
            source="wice",
            group=str(row["id"]),
            claim=str(row["claim"]),
            evidence=tuple(row["evidence"]),
            supported=row["label"] == "supported",
        )


def _ocnli(rows: Sequence[Json]) -> Iterator[ClaimCase]:
    for row in rows:
        yield ClaimCase(
            source="ocnli",
            group=str(row["premise"]),
            claim=str(row["hypothesis"]),
            evidence=(str(row["premise"]),),
            supported=row["label"] == "entailment",
        )


def _uhgeval(rows: Sequence[Json]) -> Iterator[ClaimCase]:
    """Clauses of a model's continuation, judged by the true one: bad with any bad keyword."""
    for row in rows:
        for clause in re.split(r"[，。；;\n]", str(row["hallucinated"])):
            labels = [word["label"] for word in row["keywords"] if word["kw"] in clause]
            if labels:
                yield ClaimCase(
                    source="uhgeval",
                    group=str(row["id"]),
                    claim=clause,
                    evidence=(str(row["beginning"]), str(row["remainder"])),
                    supported=0 not in labels,
                )


def _parallel_law(rows: Sequence[Json]) -> Iterator[ClaimCase]:
    """A sentence of an English article against its own Chinese article and the law's next one."""
    laws: dict[str, list[Json]] = {}
    for row in rows:
        laws.setdefault(row["law_en"], []).append(row)
    for law, articles in laws.items():
        for place, row in enumerate(articles):
            spans = sentence_spans(str(row["en"]))
            if not spans or len(articles) < 2:
                continue
            claim = max((span.slice(str(row["en"])) for span in spans), key=len)
            other = articles[(place + 1) % len(articles)]
            for evidence, supported in ((row, True), (other, False)):
                yield ClaimCase(
                    source="tw_env_law en→zh",
                    group=law,
                    claim=claim,
                    evidence=(str(evidence["zh"]),),
                    supported=supported,
                )


def _translations(rows: Sequence[Json]) -> Iterator[ClaimCase]:
    for row in rows:
        yield ClaimCase(
            source="wmt23 en→zh",
            group=str(row["source_zh"]),
            claim=str(row["target_en"]),
            evidence=(str(row["source_zh"]),),
            supported=row["label"] == 1,
        )


_CLAIM_SETS: tuple[tuple[Callable[[Sequence[Json]], Iterator[ClaimCase]], str], ...] = (
    (_attribution, "attributionbench/dev.jsonl"),
    (_wice, "wice/claim_dev.jsonl"),
    (_ocnli, "ocnli/dev.jsonl"),
    (_uhgeval, "uhgeval/concise.jsonl"),
    (_parallel_law, "tw_env_law_parallel/articles.jsonl"),
    (_translations, "wmt23_mqm_zh_en/segments.jsonl"),
)
