"""Faithfulness: the share of an answer's claims that its contexts support."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.inputs import Item, Unusable
from eval.judging import VERSION, Judge, Judged
from eval.lines import BadLine, Json, parse_object, read_bytes
from eval.statements import is_refusal
from rag import InputError, content_terms, detect_language

REASONS = {
    "bad_line": "The line cannot be used",
    "empty_answer": "The answer is empty.",
    "refusal": "The answer is a refusal; it claims nothing.",
    "no_statements": "The answer makes no statement that could be checked.",
    "no_contexts": "There is no context to check it against.",
    "no_verdict": "The judge gave no verdict on any claim.",
}
"""Why an answer gets no score, by the code in `unscored`."""


def score_item(item: Item | Unusable, judge: Judge) -> Json:
    """The result line of one item.

    `score` is supported claims over claims, or null with the reason; never 0 for want of claims.
    `support` is the mean support of the claims, each weighed by the terms that it states, so that
    a long claim without support counts for more than a short one. An answer of questions or of
    courtesies alone, or a refusal, has one too, though no score: how far the contexts say the same.

    Raises:
        YinjuError: the judge's model failed.
    """
    if isinstance(item, Unusable):
        reason = f"{REASONS['bad_line']}: {item.reason}."
        return _unscored(item.id, "bad_line", judge, reason=reason)
    language = detect_language(item.answer)
    contexts = [text for text in item.contexts if any(map(str.isalnum, text))]
    code = _nothing_to_score(item, contexts)
    if code:
        return _unscored(item.id, code, judge, language=language)
    judged = judge.judge(item.answer, contexts)
    if is_refusal(item.answer):
        return _unscored(item.id, "refusal", judge, language=language, judged=judged)
    if not judged.claims:
        silent = any(one.reason not in _NO_CLAIM for one in judged.left_out)
        code = "no_verdict" if silent else "no_statements"
        return _unscored(item.id, code, judge, language=language, judged=judged)
    supported = sum(claim.verdict == "supported" for claim in judged.claims)
    total = len(judged.claims)
    return {
        "id": item.id,
        "score": round(supported / total, 4),
        "support": _support(judged),
        "reason": f"{supported} of {total} claims are supported.",
        "unscored": None,
        "language": language,
        "claims": [_claim_json(claim) for claim in judged.claims],
        "left_out": _left_out_json(judged),
        "judge": judge.name,
        "version": VERSION,
    }


def _support(judged: Judged) -> float | None:
    """Mean support of the claims, or else of what was left out, weighed by content terms."""
    claims = [(claim.text, claim.support) for claim in judged.claims]
    others = [(one.text, one.support) for one in judged.left_out if one.support is not None]
    weighed = [(max(1, len(content_terms(text))), support) for text, support in claims or others]
    if not weighed:
        return None
    total = sum(weight for weight, _ in weighed)
    return round(sum(weight * support for weight, support in weighed) / total, 4)


_NO_CLAIM = ("abstention", "question", "pleasantry")


def _nothing_to_score(item: Item, contexts: Sequence[str]) -> str:
    """The code of what makes an answer unfit for judging; empty where nothing does."""
    if not item.answer.strip():
        return "empty_answer"
    if item.refused:
        return "refusal"
    if not any(character.isalnum() for character in item.answer):
        return "no_statements"
    if not contexts:
        return "refusal" if is_refusal(item.answer) else "no_contexts"
    return ""


def _unscored(
    key: Any,
    code: str,
    judge: Judge,
    *,
    reason: str = "",
    language: str | None = None,
    judged: Judged | None = None,
) -> Json:
    return {
        "id": key,
        "score": None,
        "support": _support(judged) if judged else None,
        "reason": reason or REASONS[code],
        "unscored": code,
        "language": language,
        "claims": [],
        "left_out": _left_out_json(judged) if judged else [],
        "judge": judge.name,
        "version": VERSION,
    }


def _claim_json(claim: Any) -> Json:
    return {
        "text": claim.text,
        "verdict": claim.verdict,
        "support": claim.support,
        "reason": claim.reason,
        "evidence": list(claim.evidence),
    }


def _left_out_json(judged: Judged) -> list[Json]:
    return [{"text": one.text, "reason": one.reason} for one in judged.left_out]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """Results that a file already holds."""

    rows: tuple[Json, ...]
    size: int
    """Bytes of whole lines; what follows was cut off when a process ended."""


def read_earlier(path: Path, judge: Judge) -> Earlier:
    """The results of an interrupted run, to go on after them.

    Raises:
        InputError: the file holds something else, or results of another judge or version.
    """
    if not path.exists():
        return Earlier(rows=(), size=0)
    raw = read_bytes(path)
    size = raw.rfind(b"\n") + 1
    rows = []
    for number, line in enumerate(raw[:size].splitlines(), start=1):
        row = parse_object(line.decode("utf-8", "replace"))
        if isinstance(row, BadLine) or not {"id", "score", "judge"} <= row.keys():
            raise InputError(
                f"{str(path)!r} line {number} is not a result of this command.",
                "Give another --out.",
            )
        if (row["judge"], row.get("version")) != (judge.name, VERSION):
            raise InputError(
                f"{str(path)!r} was scored by {row['judge']} version {row.get('version')}, "
                f"not {judge.name} version {VERSION}.",
                "Give another --out, or leave out --resume to score all of it anew.",
            )
        rows.append(row)
    return Earlier(rows=tuple(rows), size=size)


def score_all(
    items: Iterable[Item | Unusable], judge: Judge, earlier: Sequence[Json]
) -> Iterator[Json]:
    """The results still missing, in order; an id that came twice is skipped as often as stored."""
    stored = Counter(_key(row["id"]) for row in earlier)
    for item in items:
        if stored[_key(item.id)] > 0:
            stored[_key(item.id)] -= 1
        else:
            yield score_item(item, judge)


def _key(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def write_results(
    results: Iterable[Json], write: Callable[[str], object], done: Callable[[], object]
) -> list[Json]:
    """Hand every result to `write` as one line, as soon as it is there; return them all."""
    rows = []
    for row in results:
        write(json.dumps(row, ensure_ascii=False) + "\n")
        rows.append(row)
        done()
    return rows
