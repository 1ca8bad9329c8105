"""Answers to score, from the contract's JSON Lines and from Yinju's own outputs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.lines import BadLine, Json, parse_object, read_lines, read_text
from rag import InputError

Id = str | int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One answer with the texts it should rest on."""

    id: Id
    answer: str
    contexts: tuple[str, ...]
    refused: bool = False
    """Whether its writer said that it is no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """A line that cannot be scored; it is reported in its place."""

    id: Id
    reason: str


def read_items(path: Path) -> Iterator[Item | Unusable]:
    """Everything to score in a file, or in the summaries of a folder; in order.

    Raises:
        InputError: the file or folder cannot be read, or holds nothing.
    """
    if path.is_dir():
        files = sorted(path.glob("*.json"))
        if not files:
            raise InputError(
                f"The folder {str(path)!r} holds no .json file.",
                "Give the folder that `yinju summarize --out` wrote, or a JSON Lines file.",
            )
        for file in files:
            yield from _summary_file(file)
        return
    whole = parse_object(read_text(path))
    if not isinstance(whole, BadLine):
        yield from _from_object(whole, 1)
        return
    for number, row in read_lines(path):
        if isinstance(row, BadLine):
            yield Unusable(id=number, reason=row.reason)
        else:
            yield from _from_object(row, number)


def _summary_file(path: Path) -> Iterator[Item | Unusable]:
    row = parse_object(read_text(path))
    if isinstance(row, BadLine):
        yield Unusable(id=path.name, reason=row.reason)
    elif "points" not in row:
        yield Unusable(id=path.name, reason="not a summary: `points` is missing")
    else:
        yield from _summary(row, path.name)


def _from_object(row: Json, number: int) -> Iterator[Item | Unusable]:
    if not _encodable(row):
        yield Unusable(id=number, reason="it holds half of a surrogate pair, which is not text")
    elif "points" in row and "answer" not in row:
        yield from _summary(row, f"line {number}")
    else:
        yield _answer(row, number)


def _answer(row: Json, number: int) -> Item | Unusable:
    key = row.get("id", number)
    if isinstance(key, bool) or not isinstance(key, str | int | float):
        return Unusable(id=number, reason="`id` is neither text nor a number")
    answer = row.get("answer")
    if not isinstance(answer, str):
        state = "not text" if "answer" in row else "missing"
        return Unusable(id=key, reason=f"`answer` is {state}")
    contexts = _contexts(row)
    if isinstance(contexts, str):
        return Unusable(id=key, reason=contexts)
    return Item(
        id=key, answer=answer, contexts=contexts, refused=row.get("answered", True) is False
    )


def _contexts(row: Json) -> tuple[str, ...] | str:
    """The contexts, or what is wrong with them; those of `ask` are its quotes."""
    if "contexts" not in row and isinstance(row.get("citations"), list):
        return _quotes(row["citations"])
    contexts = row.get("contexts")
    if not isinstance(contexts, list):
        return f"`contexts` is {'not a list' if 'contexts' in row else 'missing'}"
    for place, text in enumerate(contexts):
        if not isinstance(text, str):
            return f"`contexts[{place}]` is not text"
    return tuple(contexts)


def _quotes(citations: list[Any]) -> tuple[str, ...] | str:
    quotes = []
    for place, citation in enumerate(citations):
        quote = citation.get("quote") if isinstance(citation, dict) else None
        if not isinstance(quote, str):
            return f"`citations[{place}].quote` is not text"
        quotes.append(quote)
    return tuple(quotes)


def _summary(row: Json, fallback: str) -> Iterator[Item | Unusable]:
    """Each point in each language it was written in, resting on the point's quotes."""
    document = row.get("document")
    name = Path(document).name if isinstance(document, str) and document else fallback
    points = row["points"]
    if not isinstance(points, list):
        yield Unusable(id=name, reason="`points` is not a list")
        return
    for number, point in enumerate(points, start=1):
        if not isinstance(point, dict):
            yield Unusable(id=f"{name}#{number}", reason="the point is not an object")
            continue
        for language in ("zh", "en"):
            if point.get(language) is not None:
                yield _answer(
                    {
                        "id": f"{name}#{number}.{language}",
                        "answer": point[language],
                        "citations": point.get("citations"),
                    },
                    number,
                )


def _encodable(row: Json) -> bool:
    try:
        json.dumps(row, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
