"""Sentences of parallel texts held against the other language: as they are, or with a change.

A name becomes another of its kind, or a denial is put in or taken out; what a translation leaves
as it is shows how often the checker accuses the innocent.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.altered import LENGTHS, QUESTION, Altered, hash_of, script_converter
from eval.altered_changes import Change, swapped
from eval.altered_words import DENIALS, NAMES_BY_KIND, half_of
from eval.datasets import held_out, read_set, sample
from eval.lines import Json
from rag import sentence_spans

DIRECTIONS = ("en→zh Simplified", "en→zh Traditional", "zh Simplified→en", "zh Traditional→en")
_OF_A_SET = 3000
_OF_A_TEXT = 5
"""Sentences taken of each text."""
_DENIES = re.compile(r"\b(?:not|never|no|cannot)\b|[不没未无]|禁止")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    source: str
    group: str
    claimed: str
    read: str
    language: str
    """Of the claims."""


def across_cases(data: Path, limit: int, *, last: bool) -> Iterator[Altered]:
    """At most `limit` cases of each kind and direction, from a half of the texts and words.

    `language` of a case is its direction. `last` takes the half nothing was developed on.
    """
    counts: dict[tuple[str, str], int] = {}
    for pair in _pairs(data):
        if held_out(f"altered {pair.group}") != last:
            continue
        for case in _cases(pair, last):
            key = (case.language, case.kind)
            if counts.get(key, 0) < limit:
                counts[key] = counts.get(key, 0) + 1
                yield case


def _cases(pair: _Pair, last: bool) -> Iterator[Altered]:
    rng = random.Random(hash_of(pair.claimed))
    sentences = [span.slice(pair.claimed) for span in sentence_spans(pair.claimed)]
    low, high = LENGTHS[pair.language]
    fit = [one for one in sentences if low <= len(one) <= high and not QUESTION.search(one)]
    script = rng.choice(("Simplified", "Traditional"))
    for sentence in rng.sample(fit, min(_OF_A_TEXT, len(fit))):
        base = Altered(
            source=pair.source,
            group=pair.group,
            language=_direction(pair.language, script),
            kind="as translated",
            claim=_written(sentence, script, pair.language == "zh"),
            contexts=(_written(pair.read, script, pair.language == "en"),),
            supported=True,
            change="",
        )
        yield base
        for kind, (start, end, new) in _changed(sentence, pair.language, rng, last):
            claim = sentence[:start] + new + sentence[end:]
            claim = _written(claim, script, pair.language == "zh")
            said = f"{sentence[start:end]} → {new}"
            yield replace(base, kind=kind, claim=claim, supported=False, change=said)


def _direction(claimed: str, script: str) -> str:
    return f"en→zh {script}" if claimed == "en" else f"zh {script}→en"


def _written(text: str, script: str, chinese: bool) -> str:
    return str(script_converter(script).convert(text)) if chinese else text


def _changed(
    sentence: str, language: str, rng: random.Random, last: bool
) -> Iterator[tuple[str, Change]]:
    """One change of each kind that the sentence allows, chosen at random."""
    for kind in ("country", "place", "body"):
        if changes := _names(sentence, kind, language, rng, last):
            yield kind, rng.choice(changes)
    denials = swapped(sentence, DENIALS[language])
    added = [one for one in denials if _DENIES.search(one[2])]
    dropped = [one for one in denials if not _DENIES.search(one[2])]
    for kind, changes in (("denial put in", added), ("denial taken out", dropped)):
        if changes:
            yield kind, rng.choice(changes)


def _names(sentence: str, kind: str, language: str, rng: random.Random, last: bool) -> list[Change]:
    """Every name of the kind in a sentence, with another of its kind for it."""
    every = NAMES_BY_KIND[language][kind]
    edge = r"\b" if language == "en" else ""
    after = edge or "(?!家|(?<=部)[门长])"  # 发展中国家 and 教育部门 hold no name
    others = [name for name in half_of(every, last) if name not in sentence]
    return [
        (match.start(), match.end(), rng.choice(others))
        for match in re.finditer(f"{edge}(?:{'|'.join(every)}){after}", sentence)
    ]


def _pairs(data: Path) -> Iterator[_Pair]:
    """Texts of the sets present, both ways, those of one set mixed with those of the others."""
    found: list[list[_Pair]] = []
    for name, group, english, chinese, both in _SETS:
        path = data / name
        if not path.is_file():
            continue
        rows = [row for row in read_set(path) if row.get("label", 1) == 1]
        rows = sample(rows, _OF_A_SET)
        found.append(list(_both_ways(path.parent.name, rows, (group, english, chinese), both)))
    for chunk in range(0, 2 * _OF_A_SET, 10):
        for pairs in found:
            yield from pairs[chunk : chunk + 10]


def _both_ways(
    source: str, rows: Sequence[Json], fields: tuple[str, str, str], both: bool
) -> Iterator[_Pair]:
    for row in rows:
        group, english, chinese = (str(row[field]) for field in fields)
        yield _Pair(source=source, group=group, claimed=english, read=chinese, language="en")
        if both:
            yield _Pair(source=source, group=group, claimed=chinese, read=english, language="zh")


_SETS = (
    ("xquad_zh_en/passages.jsonl", "title", "text_en", "text_zh", True),
    ("tw_env_law_parallel/articles.jsonl", "law_en", "en", "zh", True),
    ("sdg_zh_en/pairs.jsonl", "id", "en", "zh", True),
    ("wmt23_mqm_zh_en/segments.jsonl", "source_zh", "target_en", "source_zh", False),
)
"""File, what groups its rows, the English and the Chinese text, and whether the Chinese makes
claims too: what a system translated holds no more than its source."""
