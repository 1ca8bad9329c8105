"""Sentences with exactly one thing changed, to see whether the checker notices; and unchanged ones.

Made from whatever public sets are at hand. A case is a claim and the texts it is cited to, which
hold the original sentence among others: what was put in may well stand elsewhere in them.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from eval.altered_changes import changes
from eval.datasets import digest, held_out, read_set, sample
from rag import sentence_spans

Language = str
LENGTHS = {"zh": (14, 120), "en": (40, 320)}
QUESTION = re.compile("[?？]")
"""A question states nothing."""
_CONTEXT = 6
"""Sentences that a context has at least, taken from the next texts where its own are fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """A claim made from a sentence of its contexts."""

    source: str
    group: str
    language: Language
    kind: str
    """What was changed, or how an unchanged sentence was written."""
    claim: str
    contexts: tuple[str, ...]
    supported: bool
    change: str
    """What became what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    source: str
    group: str
    language: Language
    text: str


def altered_cases(data: Path, limit: int, *, last: bool) -> Iterator[Altered]:
    """At most `limit` cases of each kind and language, from a part of the texts and words.

    `last` takes the quarter of the texts and the half of the words that nothing was developed on.
    """
    counts: dict[tuple[str, str], int] = {}
    passages = [one for one in _passages(data) if held_out(f"altered {one.group}") == last]
    for case in _cases(passages, last):
        key = (case.language, case.kind)
        if counts.get(key, 0) < limit:
            counts[key] = counts.get(key, 0) + 1
            yield case


def _cases(passages: Sequence[_Passage], last: bool) -> Iterator[Altered]:
    for place, passage in enumerate(passages):
        contexts = _contexts(passages, place)
        spans = sentence_spans(passage.text)
        sentences = [span.slice(passage.text) for span in spans]
        rng = random.Random(hash_of(passage.text))
        low, high = LENGTHS[passage.language]
        fit = [
            number
            for number, text in enumerate(sentences)
            if low <= len(text) <= high and not QUESTION.search(text)
        ]
        for number in rng.sample(fit, min(3, len(fit))):
            sentence = sentences[number]
            base = Altered(
                source=passage.source,
                group=passage.group,
                language=passage.language,
                kind="verbatim",
                claim=sentence,
                contexts=contexts,
                supported=True,
                change="",
            )
            following = sentences[number + 1] if number + 1 < len(sentences) else ""
            for kind, claim in _unchanged(sentence, following, passage.language):
                yield replace(base, kind=kind, claim=claim)
            for kind, change in changes(sentence, contexts, passage.language, rng, last):
                start, end, new = change
                claim = sentence[:start] + new + sentence[end:]
                if claim.strip() != sentence.strip():
                    said = f"{sentence[start:end]} → {new}"
                    yield replace(base, kind=kind, claim=claim, supported=False, change=said)


def _contexts(passages: Sequence[_Passage], place: int) -> tuple[str, ...]:
    own = passages[place]
    texts, count = [own.text], len(sentence_spans(own.text))
    for other in passages[place + 1 :]:
        if count >= _CONTEXT or other.source != own.source:
            break
        texts.append(other.text)
        count += len(sentence_spans(other.text))
    return tuple(texts)


def _unchanged(sentence: str, following: str, language: Language) -> Iterator[tuple[str, str]]:
    yield "verbatim", sentence
    clause = re.match(r"[^，,；;]{8,}(?=[，；])|.{30,}?(?=, |; )", sentence)
    if clause:
        yield "first clause", clause[0] + ("。" if language == "zh" else ".")
    if following and len(following) < LENGTHS[language][1]:
        joined = sentence.rstrip("。.！？!? ")
        yield "two joined", joined + ("；" if language == "zh" else "; ") + following
    wide = re.sub("[0-9A-Za-z%]", lambda match: chr(ord(match[0]) + 0xFEE0), sentence)
    if wide != sentence and language == "zh":
        yield "full width", wide
    if language == "zh":
        traditional = str(script_converter("Traditional").convert(sentence))
        if traditional != sentence:
            yield "traditional", traditional
        narrow = sentence.translate(str.maketrans("，。；：（）", ",.;:()"))
        yield "half width", narrow


@lru_cache(maxsize=2)
def script_converter(script: str) -> Any:
    """What writes Chinese in a script, `Simplified` or `Traditional`."""
    from opencc import OpenCC

    return OpenCC("s2t" if script == "Traditional" else "t2s")


def hash_of(text: str) -> int:
    """A number that a text always has, to draw by."""
    return int(digest(text)[:12], 16)


_SETS: tuple[tuple[str, str, str, Language], ...] = (
    ("prc_env_law/articles.jsonl", "law", "text", "zh"),
    ("cmrc2018/passages_trial.jsonl", "pid", "text", "zh"),
    ("xquad_zh_en/passages.jsonl", "pid", "text_zh", "zh"),
    ("uhgeval/concise.jsonl", "id", "remainder", "zh"),
    ("xquad_zh_en/passages.jsonl", "pid", "text_en", "en"),
    ("ragtruth_test/summary_sources.jsonl", "sid", "source", "en"),
    ("tw_env_law_parallel/articles.jsonl", "law_en", "en", "en"),
)
_OF_A_SET = 250


def _passages(data: Path) -> Iterator[_Passage]:
    """Passages of the sets present, those of one set mixed with those of the others."""
    found: list[list[_Passage]] = []
    for name, group, field, language in _SETS:
        path = data / name
        if path.is_file():
            rows = sample(read_set(path), _OF_A_SET)
            source = f"{path.parent.name} {language}"
            found.append(
                [
                    _Passage(
                        source=source,
                        group=str(row[group]),
                        language=language,
                        text=str(row[field]),
                    )
                    for row in rows
                ]
            )
    # One set after another would fill the kinds from the first set alone.
    for chunk in range(0, _OF_A_SET, 10):
        for passages in found:
            yield from passages[chunk : chunk + 10]
