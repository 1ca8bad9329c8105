"""Public sets with labels of people, as answers over contexts: is all of it supported?"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.datasets import read_set
from eval.inputs import Item
from eval.lines import Json
from rag import sentence_spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An answer, its contexts, and whether people found all of it supported."""

    source: str
    """The set and its part, as shown."""
    group: str
    """Cases of one group rest on the same text; intervals resample groups."""
    item: Item
    supported: bool


def read_cases(data: Path) -> tuple[dict[str, list[Case]], list[str]]:
    """Cases by source, and the folders that are not there.

    Args:
        data: folder of sets.

    Raises:
        InputError: a file cannot be read or is not JSON Lines.
    """
    found: dict[str, list[Case]] = {}
    missing = []
    for folder, read in _SETS.items():
        if not (data / folder).is_dir():
            missing.append(folder)
            continue
        for case in read(data / folder):
            found.setdefault(case.source, []).append(case)
    return found, missing


def sample(cases: Sequence[Case], limit: int | None) -> list[Case]:
    """At most `limit` cases, chosen by the hash of group and answer, so that any set is mixed."""
    if limit is None or len(cases) <= limit:
        return list(cases)
    return sorted(cases, key=_hash)[:limit]


def _hash(case: Case) -> str:
    known = "\0".join([case.group, case.item.answer, *case.item.contexts])
    return hashlib.sha256(known.encode()).hexdigest()


def _case(source: str, group: object, answer: str, contexts: Sequence[str], label: bool) -> Case:
    item = Item(id=source, answer=answer, contexts=tuple(contexts))
    return Case(source=source, group=str(group), item=item, supported=label)


def _rows(folder: Path, pattern: str = "*.jsonl") -> Iterator[Json]:
    for path in sorted(folder.glob(pattern)):
        yield from read_set(path)


def _uhgeval(folder: Path) -> Iterator[Case]:
    """Keywords of a continuation, and its clauses, by the true beginning and continuation."""
    for row in _rows(folder):
        contexts = [f"{row['beginning']}\n{row['remainder']}"]
        for word in row["keywords"]:
            answer, label = str(word["kw"]), word["label"] == 1
            yield _case("UHGEval keywords", row["id"], answer, contexts, label)
        for clause in re.split(r"[，。；;\n]", str(row["hallucinated"])):
            labels = [word["label"] for word in row["keywords"] if word["kw"] in clause]
            if labels:
                yield _case("UHGEval clauses", row["id"], clause, contexts, 0 not in labels)


def _wmt(folder: Path) -> Iterator[Case]:
    for row in _rows(folder):
        source = str(row["source_zh"])
        yield _case("WMT23 zh→en", source, str(row["target_en"]), [source], row["label"] == 1)


def _attribution(folder: Path) -> Iterator[Case]:
    for row in _rows(folder):
        source = f"AttributionBench {row['src']}"
        yield _case(
            source, row["question"], str(row["claim"]), list(row["references"]), row["label"] == 1
        )


def _wice(folder: Path) -> Iterator[Case]:
    for row in _rows(folder):
        contexts = ["\n".join(row["evidence"])]
        yield _case("WiCE", row["id"], str(row["claim"]), contexts, row["label"] == "supported")


def _ragtruth(folder: Path) -> Iterator[Case]:
    for task in ("qa", "summary"):
        sources = {row["sid"]: str(row["source"]) for row in _rows(folder, f"{task}_sources.jsonl")}
        for row in _rows(folder, f"{task}_responses.jsonl"):
            contexts = [sources[row["sid"]]]
            label = row["label"] == 1
            yield _case(f"RAGTruth {task}", row["sid"], str(row["response"]), contexts, label)


def _ocnli(folder: Path) -> Iterator[Case]:
    for row in _rows(folder):
        source = "OCNLI gov" if row["genre"] == "gov" else "OCNLI other"
        label = row["label"] == "entailment"
        yield _case(source, row["premise"], str(row["hypothesis"]), [str(row["premise"])], label)


def _law(folder: Path) -> Iterator[Case]:
    """The longest sentence of an English article, and its first half where commas part it."""
    laws: dict[str, list[Json]] = {}
    for row in _rows(folder):
        laws.setdefault(str(row["law_en"]), []).append(row)
    for law, articles in laws.items():
        for row, other in _neighbours(articles):
            answer = max(_sentences(str(row["en"])), key=len, default="")
            own, next_one = str(row["zh"]), str(other["zh"])
            yield from _both("law en→zh", law, answer, own, next_one)
            if half := _first_half(answer):
                yield from _both("law en→zh, half a sentence", law, half, own, next_one)


def _xquad(folder: Path) -> Iterator[Case]:
    """A sentence of each passage against the passage in the other language, both ways."""
    articles: dict[str, list[Json]] = {}
    for row in _rows(folder, "passages.jsonl"):
        articles.setdefault(str(row["title"]), []).append(row)
    for title, passages in articles.items():
        for row, other in _neighbours(passages):
            for said, read in (("en", "zh"), ("zh", "en")):
                answer = max(_sentences(str(row[f"text_{said}"])), key=len, default="")
                own, next_one = str(row[f"text_{read}"]), str(other[f"text_{read}"])
                yield from _both(f"XQuAD {said}→{read}", title, answer, own, next_one)


def _both(source: str, group: str, answer: str, own: str, other: str) -> Iterator[Case]:
    """An answer by the text that it renders, and by that text's neighbour."""
    if answer:
        yield _case(source, group, answer, [own], True)
        yield _case(source, group, answer, [other], False)


def _neighbours(rows: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Each row with the next of its text, the last with the first."""
    if len(rows) > 1:
        yield from zip(rows, [*rows[1:], rows[0]], strict=True)


def _sentences(text: str) -> list[str]:
    return [span.slice(text) for span in sentence_spans(text)]


def _first_half(sentence: str) -> str:
    """What stands before the comma nearest to the middle; empty where none is near it."""
    middle = len(sentence) / 2
    commas = [match.start() for match in re.finditer(r"[,;:] ", sentence)]
    nearest = min(commas, key=lambda at: abs(at - middle), default=0)
    return f"{sentence[:nearest]}." if abs(nearest - middle) < middle / 2 else ""


_SETS: dict[str, Callable[[Path], Iterator[Case]]] = {
    "uhgeval": _uhgeval,
    "wmt23_mqm_zh_en": _wmt,
    "attributionbench": _attribution,
    "wice": _wice,
    "ragtruth_test": _ragtruth,
    "ocnli": _ocnli,
    "tw_env_law_parallel": _law,
    "xquad_zh_en": _xquad,
}
