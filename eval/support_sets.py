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
    """The longest sentence of an English article by its Chinese article and by the law's next."""
    laws: dict[str, list[Json]] = {}
    for row in _rows(folder):
        laws.setdefault(str(row["law_en"]), []).append(row)
    for law, articles in laws.items():
        for place, row in enumerate(articles):
            spans = sentence_spans(str(row["en"]))
            if not spans or len(articles) < 2:
                continue
            answer = max((span.slice(str(row["en"])) for span in spans), key=len)
            other = articles[(place + 1) % len(articles)]
            yield _case("law en→zh, own or next", law, answer, [str(row["zh"])], True)
            yield _case("law en→zh, own or next", law, answer, [str(other["zh"])], False)


_SETS: dict[str, Callable[[Path], Iterator[Case]]] = {
    "uhgeval": _uhgeval,
    "wmt23_mqm_zh_en": _wmt,
    "attributionbench": _attribution,
    "wice": _wice,
    "ragtruth_test": _ragtruth,
    "ocnli": _ocnli,
    "tw_env_law_parallel": _law,
}
