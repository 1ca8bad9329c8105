"""How many altered claims the checker lets pass, and how many unchanged ones it calls supported.

And, without any model, how many values of English law articles stand in their Chinese originals.
"""

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.altered import Altered, altered_cases
from eval.altered_across import DIRECTIONS, across_cases
from eval.datasets import read_set
from eval.faithfulness import score_item
from eval.inputs import Item
from eval.judging import Judge
from eval.lines import Json
from eval.statistics import mean_of, with_interval
from rag import Value, compatible, find_values, missing_values

CLAIMS = "altered claims"
ACROSS = "altered claims across languages"
VALUES = "values of law articles"
MUST = 0.95
MUST_VALUES = 0.96
PARTS = {CLAIMS: "altered", ACROSS: "across", VALUES: "values"}
"""What `--set` calls these parts, and their key in the outcome."""
CASES = 40
"""Claims of each kind and language, where no limit is given."""


def chosen_parts(names: Sequence[str]) -> list[str]:
    """The parts that one of these names is part of; both where there are no names."""
    return [part for part in PARTS if not names or any(name.casefold() in part for name in names)]


def part_rows(data: Path, parts: Sequence[str], judge: Judge, limit: int | None) -> Json:
    """The rows of the chosen parts by their keys."""
    found: Json = {}
    if CLAIMS in parts:
        found["altered"] = altered_rows(data, judge, min(limit or CASES, CASES), lambda: None)
    if ACROSS in parts:
        found["across"] = across_rows(data, judge, min(limit or CASES, CASES) // 2 or 1)
    if VALUES in parts:
        found["values"] = value_rows(data)
    return found


def tables(found: Json) -> list[Any]:
    """A table for each part that has rows."""
    return [table(part.capitalize(), found[key]) for part, key in PARTS.items() if found.get(key)]


def score_claims(
    cases: Iterable[Altered], judge: Judge, done: Callable[[], object]
) -> dict[tuple[str, bool, str], list[bool]]:
    """Whether each claim was judged right, by language, whether it is supported, and kind.

    A claim goes through `yinju eval faithfulness` as an answer, over its texts as contexts.
    """
    right: dict[tuple[str, bool, str], list[bool]] = {}
    for number, case in enumerate(cases):
        row = score_item(Item(id=number, answer=case.claim, contexts=case.contexts), judge)
        called = row["score"] == 1.0
        right.setdefault((case.language, case.supported, case.kind), []).append(
            called == case.supported
        )
        done()
    return right


def altered_rows(
    data: Path, judge: Judge, limit: int | None, done: Callable[[], object], *, last: bool = True
) -> list[Json]:
    """Shares judged right of each kind of claim and language, after those of all kinds.

    Args:
        data: folder of public test sets.
        judge: the checker.
        limit: claims of each kind and language.
        done: called after each.
        last: take the texts and words that nothing was developed on.
    """
    right = score_claims(altered_cases(data, limit or CASES, last=last), judge, done)
    return _claim_rows(right, ("zh", "en"), MUST)


def across_rows(data: Path, judge: Judge, limit: int, *, last: bool = True) -> list[Json]:
    """The same for claims of one language held against the other, by direction and script."""
    right = score_claims(across_cases(data, limit, last=last), judge, lambda: None)
    return _claim_rows(right, DIRECTIONS, None)


def _claim_rows(
    right: Mapping[tuple[str, bool, str], list[bool]],
    languages: Sequence[str],
    must: float | None,
) -> list[Json]:
    rows = []
    for language in languages:
        for supported in (True, False):
            kinds = {
                kind: values
                for (tongue, good, kind), values in right.items()
                if (tongue, good) == (language, supported)
            }
            name = "unchanged" if supported else "altered"
            every = [value for values in kinds.values() for value in values]
            rows.append(_row(f"{name} {language}", every, must))
            rows += [_row(f"  {kind} {language}", kinds[kind], None) for kind in sorted(kinds)]
    return [row for row in rows if row["count"]]


def _row(name: str, right: Sequence[bool], must: float | None) -> Json:
    mean = mean_of([float(one) for one in right])
    counted = mean.json() if mean else {"count": 0, "value": None, "low": None, "high": None}
    return {"name": name, **counted, "must": must}


def value_rows(data: Path) -> list[Json]:
    """Values of the English law articles that the Chinese states, and altered ones it does not."""
    path = data / "tw_env_law_parallel" / "articles.jsonl"
    if not path.is_file():
        return []
    found: list[bool] = []
    caught: list[bool] = []
    for row in read_set(path):
        english, chinese = str(row["en"]), str(row["zh"])
        lost = missing_values(english, chinese)
        stated = [value for value in find_values(english) if value.unit != "item"]
        found += [value not in lost for value in stated]
        kept = [value for value in stated if value not in lost]
        rng = random.Random(english)
        for value in rng.sample(kept, min(3, len(kept))):
            caught += _caught(english, value, chinese, rng)
    return [
        _row("values found", found, MUST_VALUES),
        _row("altered values caught", caught, MUST_VALUES),
    ]


def _caught(text: str, value: Value, evidence: str, rng: random.Random) -> list[bool]:
    """Whether one digit changed is noticed; nothing where the article has the new value anyway."""
    places = [match.start() for match in re.finditer(r"\d", value.text)]
    if not places:
        return []
    place = value.span.start + rng.choice(places)
    digit = rng.choice([digit for digit in "123456789" if digit != text[place]])
    altered = text[:place] + digit + text[place + 1 :]
    new = [one for one in find_values(altered) if one.span.start <= place < one.span.end]
    elsewhere = find_values(text)
    if not new or any(compatible(one, other) for one in new for other in elsewhere):
        return []
    missing = missing_values(altered, evidence)
    return [any(one.span.start <= place < one.span.end for one in missing)]


def table(title: str, rows: Sequence[Json]) -> Any:
    """A rich table of shares with their intervals and floors."""
    from rich.table import Table

    shown = Table(title=f"{title}: judged right [95% interval] ≥ floor")
    shown.add_column("kind")
    for name in ("n", "right"):
        shown.add_column(name, justify="right")
    for row in rows:
        floor = f" ≥ {row['must']}" if row["must"] else ""
        shown.add_row(row["name"], str(row["count"]), f"{with_interval(row)}{floor}")
    return shown
