"""Public test sets as pools of passages, one file each, and questions whose passage is known."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.datasets import digest, read_set
from eval.lines import Json

POOL = 1100
"""Passages that a pool is filled up to with those of other sets, where these have as many."""

_FILLERS = {"wiki": 1, "law": 2}
"""Prefixes of passages that nothing asks about, in the order in which they fill a pool."""

XQUAD = "xquad_zh_en"
CMRC = "cmrc2018"
PRC_LAW = "prc_env_law"
NOMIRACL = "nomiracl"
TAIWAN_LAW = "tw_env_law_parallel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question and the passage that answers it."""

    text: str
    gold: str
    """Name of the passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Questions asked of one pool."""

    name: str
    pool: str
    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sets:
    """What a folder of sets comes to."""

    pools: Mapping[str, Mapping[str, str]]
    """Text by name of the passage, by name of the pool."""
    tasks: tuple[Task, ...]
    missing: tuple[str, ...]
    """Sets that the folder does not hold."""


def read_sets(data: Path, limit: int | None = None) -> Sets:
    """Pools and tasks of the sets that are there.

    Args:
        data: folder of sets.
        limit: questions of a task, chosen by hash; all where None.

    Raises:
        InputError: a file cannot be read or is not JSON Lines.
    """
    names = (XQUAD, CMRC, PRC_LAW, NOMIRACL, TAIWAN_LAW)
    missing = tuple(name for name in names if not (data / name).is_dir())
    pools: dict[str, dict[str, str]] = {}
    tasks: list[Task] = []
    if XQUAD not in missing or CMRC not in missing:
        _questions_over_passages(data, pools, tasks)
    if TAIWAN_LAW not in missing:
        rows = read_set(data / TAIWAN_LAW / "articles.jsonl")
        pools["law"] = {_name(row["id"]): str(row["zh"]) for row in rows}
        queries = [Query(text=str(row["en"]), gold=_name(row["id"])) for row in rows]
        tasks.append(Task(name="law en→zh", pool="law", queries=tuple(queries)))
    chosen = tuple(
        Task(name=task.name, pool=task.pool, queries=tuple(_sample(task.queries, limit)))
        for task in tasks
    )
    return Sets(pools=pools, tasks=chosen, missing=missing)


def _questions_over_passages(
    data: Path, pools: dict[str, dict[str, str]], tasks: list[Task]
) -> None:
    """XQuAD and CMRC: a Chinese pool, an English one, and one with both languages."""
    passages = _rows(data / XQUAD / "passages.jsonl")
    questions = _rows(data / XQUAD / "questions.jsonl")
    chinese = {f"{_name(row['pid'])}-zh": str(row["text_zh"]) for row in passages}
    english = {f"{_name(row['pid'])}-en": str(row["text_en"]) for row in passages}
    others = {
        **{f"{_name(row['pid'])}": str(row["text"]) for row in _cmrc(data, "passages")},
        **_wikipedia(data, "zh"),
        **_law_articles(data),
    }
    pools["zh"] = _filled(chinese, others)
    pools["en"] = _filled(english, _wikipedia(data, "en"))
    only_english = {_name(row["pid"]) for row in passages if _half(str(row["pid"]))}
    both = {key: text for key, text in pools["zh"].items() if key[:-3] not in only_english}
    pools["mixed"] = {**pools["en"], **both}
    for asked, read in (("zh", "zh"), ("zh-Hant", "zh"), ("en", "zh"), ("en", "en"), ("zh", "en")):
        tasks.append(
            Task(name=f"XQuAD {asked}→{read}", pool=read, queries=_xquad(questions, asked, read))
        )
    queries = [query for query in _xquad(questions, "en", "en") if query.gold[:-3] in only_english]
    for pool in ("en", "mixed"):
        tasks.append(Task(name=f"answer only in en, {pool}", pool=pool, queries=tuple(queries)))
    asked_of = [
        Query(text=str(row["question"]), gold=_name(row["pid"]))
        for row in _cmrc(data, "questions")
        if _name(row["pid"]) in pools["zh"]
    ]
    tasks.append(Task(name="CMRC zh→zh", pool="zh", queries=tuple(asked_of)))


def _xquad(questions: Sequence[Json], asked: str, read: str) -> tuple[Query, ...]:
    convert = _traditional() if asked == "zh-Hant" else str
    return tuple(
        Query(text=convert(str(row[f"question_{asked[:2]}"])), gold=f"{_name(row['pid'])}-{read}")
        for row in questions
    )


def _traditional() -> Callable[[str], str]:
    from opencc import OpenCC

    converter = OpenCC("s2t")
    return lambda text: str(converter.convert(text))


def _cmrc(data: Path, kind: str) -> list[Json]:
    folder = data / CMRC
    return [row for path in sorted(folder.glob(f"{kind}_*.jsonl")) for row in _unsampled(path)]


def _unsampled(path: Path) -> list[Json]:
    """A file's rows; none of a sample of another file (`questions_dev_500`)."""
    return [] if re.search(r"_[0-9]+$", path.stem) else read_set(path)


def _law_articles(data: Path) -> dict[str, str]:
    rows = _rows(data / PRC_LAW / "articles.jsonl")
    return {f"law-{digest(str(row['id']))[:12]}": str(row["text"]) for row in rows}


def _wikipedia(data: Path, language: str) -> dict[str, str]:
    rows = _rows(data / NOMIRACL / f"{language}.jsonl")
    passages = [passage for row in rows for passage in row["passages"]]
    return {f"wiki-{_name(passage['docid'])}": str(passage["text"]) for passage in passages}


def _rows(path: Path) -> list[Json]:
    return read_set(path) if path.is_file() else []


def _filled(own: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """A pool with others up to `POOL`: those that questions ask about, then encyclopaedic ones."""
    order = sorted(others, key=lambda name: (_FILLERS.get(name.partition("-")[0], 0), digest(name)))
    return {**own, **{name: others[name] for name in order[: max(0, POOL - len(own))]}}


def _sample(queries: Sequence[Query], limit: int | None) -> Iterable[Query]:
    return sorted(queries, key=lambda query: digest(query.text))[:limit] if limit else queries


def _half(name: str) -> bool:
    return int(digest(name)[:8], 16) % 2 == 0


def _name(key: object) -> str:
    """A passage's id as the name of a file."""
    return re.sub(r"[^\w-]+", "-", str(key))


def write_pool(folder: Path, texts: Mapping[str, str]) -> None:
    """Each passage as a file of its own; files of other passages are taken away."""
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob("*.txt"):
        if stale.stem not in texts:
            stale.unlink()
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
