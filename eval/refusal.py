"""`yinju eval refusal`: questions over their own passages, half of them without an answer.

Every question is asked as `yinju ask --from` asks it, so whatever the product loses between the
question and the typed answer is lost in the figures. Measures are NoMIRACL's (Thakur et al.,
2024): answers given to unanswerable questions, and refusals of answerable ones.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from eval.datasets import ContextCase, context_cases, read_set
from eval.lines import Json
from eval.logistic import auroc
from eval.running import opened, progress
from eval.statistics import SAMPLES, SEED, Mean, mean_of, with_interval
from rag import Engine, InputError

MOST = {"answered_unanswerable": 0.50, "refused_answerable": 0.15}
"""The most that is allowed on NoMIRACL, in each language."""

RECORDED = {"gpt4": "GPT-4", "gpt35": "GPT-3.5"}
SAYS_YES = "yes"
LANGUAGES = ("zh", "en")

BY_COSINE = "best cosine"
"""The floor: refuse below that cosine of question and passage which wrongs as many as Yinju."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a system made of one question."""

    system: str
    source: str
    answerable: bool
    answered: bool
    score: float | None
    """How sure it was that there is an answer; None where that is not known."""


def run(data: Path, more: int, *, titles: bool) -> Json:
    """Measure every set there is in a folder.

    Args:
        data: folder of public test sets.
        more: questions of each set whose own passage is taken away, beside NoMIRACL; 0 for none.
        titles: whether NoMIRACL's passages stand under the titles of their articles.

    Raises:
        InputError: there is no such folder, or no set in it.
        YinjuError: a model cannot be used.
    """
    if not data.is_dir():
        raise InputError(f"There is no folder {str(data)!r}.", "Check --data.")
    present = [name for name in LANGUAGES if _nomiracl(data, name).is_file()]
    cases = [case for name in present for case in nomiracl_cases(data, name, titles=titles)]
    cases += _taken_away(data, more) if more else []
    if not cases:
        raise InputError(f"{str(data)!r} holds no set with passages.", "See --data.")
    with opened(mode="extractive") as engine, progress("Asking", len(cases)) as done:
        asked = list(chain.from_iterable(ask(engine, case, done) for case in cases))
    told = [one for name in present for one in recorded(data, name)]
    missing = [f"nomiracl/{name}.jsonl" for name in LANGUAGES if name not in present]
    return {
        "rows": [row(kept) for kept in by_system([*floors(asked), *told])],
        "missing": missing,
    }


def _nomiracl(data: Path, language: str) -> Path:
    return data / "nomiracl" / f"{language}.jsonl"


def nomiracl_cases(data: Path, language: str, *, titles: bool) -> Iterator[ContextCase]:
    """All questions of a language, each with its ten passages."""
    for one in read_set(_nomiracl(data, language)):
        passages = [(str(p["title"]), str(p["text"])) for p in one["passages"]]
        yield ContextCase(
            source=f"nomiracl {language}",
            group=str(one["id"]),
            question=str(one["query"]),
            contexts=tuple(f"{t}\n\n{text}" if titles else text for t, text in passages),
            gold=None,
            answerable=bool(one["answerable"]),
        )


def _taken_away(data: Path, limit: int) -> list[ContextCase]:
    """Questions of the other sets, each with its own passage and with another in its place."""
    return [case for case in context_cases(data, limit) if not case.source.startswith("nomiracl")]


def ask(engine: Engine, case: ContextCase, done: Callable[[], object]) -> Iterator[Outcome]:
    """Yinju's own outcome, and the score of the floor, of one question."""
    answer = engine.ask(case.question, contexts=case.contexts)
    cosines = [hit.similarity for hit in answer.hits if hit.similarity is not None]
    done()
    yield Outcome(
        system="Yinju",
        source=case.source,
        answerable=case.answerable,
        answered=answer.answered,
        score=answer.confidence,
    )
    yield Outcome(
        system=BY_COSINE,
        source=case.source,
        answerable=case.answerable,
        answered=True,
        score=max(cosines, default=0.0),
    )


def recorded(data: Path, language: str) -> Iterator[Outcome]:
    """The replies of other models that the set brings along."""
    for one in read_set(_nomiracl(data, language)):
        for field, name in RECORDED.items():
            if field in one:
                yield Outcome(
                    system=name,
                    source=f"nomiracl {language}",
                    answerable=bool(one["answerable"]),
                    answered=str(one[field]).strip().lower().startswith(SAYS_YES),
                    score=None,
                )


def floors(asked: Sequence[Outcome]) -> list[Outcome]:
    """Let the floor refuse as many answerable questions of each set as Yinju does."""
    found = [one for one in asked if one.system != BY_COSINE]
    for source in dict.fromkeys(one.source for one in asked):
        of_source = [one for one in asked if one.source == source]
        wrong = [
            not one.answered for one in of_source if one.system != BY_COSINE and one.answerable
        ]
        floor = [one for one in of_source if one.system == BY_COSINE]
        scores = sorted(one.score or 0.0 for one in floor if one.answerable)
        least = scores[min(sum(wrong), len(scores) - 1)] if scores else 0.0
        found += [
            Outcome(
                system=BY_COSINE,
                source=source,
                answerable=one.answerable,
                answered=(one.score or 0.0) >= least,
                score=one.score,
            )
            for one in floor
        ]
    return found


def by_system(outcomes: Sequence[Outcome]) -> list[list[Outcome]]:
    """Outcomes of one set and system together, sets in their order."""
    kept: dict[tuple[str, str], list[Outcome]] = {}
    for source in dict.fromkeys(one.source for one in outcomes):
        for one in outcomes:
            if one.source == source:
                kept.setdefault((source, one.system), []).append(one)
    return list(kept.values())


def row(outcomes: Sequence[Outcome]) -> Json:
    """Both rates and the AUROC of one system on one set, with count and interval."""
    source, system = outcomes[0].source, outcomes[0].system
    rates = {
        "answered_unanswerable": [float(one.answered) for one in outcomes if not one.answerable],
        "refused_answerable": [float(not one.answered) for one in outcomes if one.answerable],
    }
    means = {name: mean_of(values) for name, values in rates.items()}
    return {
        "set": source,
        "system": system,
        **{name: mean.json() if mean else None for name, mean in means.items()},
        "auroc": auroc_interval(outcomes),
        "most": MOST if source.startswith("nomiracl") and system == "Yinju" else {},
    }


def auroc_interval(outcomes: Sequence[Outcome]) -> Json | None:
    """The AUROC with its 95% percentile bootstrap interval; None without scores of both kinds."""
    known = [(one.score, float(one.answerable)) for one in outcomes if one.score is not None]
    scores, labels = np.array(known, np.float64).reshape(-1, 2).T
    value = auroc(scores, labels)
    if value is None:
        return None
    random = np.random.default_rng(SEED)
    drawn = (random.integers(0, len(known), len(known)) for _ in range(SAMPLES))
    values = [found for at in drawn if (found := auroc(scores[at], labels[at])) is not None]
    low, high = np.percentile(values, [2.5, 97.5])
    return Mean(count=len(known), value=value, low=float(low), high=float(high)).json()


def table(found: Json) -> Any:
    """A rich table of the rows."""
    from rich.table import Table

    shown = Table(
        title="Questions over their own passages; value [95% interval] ≤ the most allowed"
    )
    shown.add_column("set")
    shown.add_column("system")
    for title in ("answers unanswerable", "refuses answerable", "AUROC"):
        shown.add_column(title, justify="right")
    for one in found["rows"]:
        rates = [_cell(one[name], one["most"].get(name)) for name in MOST]
        shown.add_row(one["set"], one["system"], *rates, _cell(one["auroc"], percent=False))
    return shown


def _cell(mean: Json | None, most: float | None = None, *, percent: bool = True) -> str:
    if not mean:
        return "none"
    if not percent:
        return f"{with_interval(mean)} n={mean['count']}"
    value, low, high = (mean[key] for key in ("value", "low", "high"))
    told = f"{value:.1%} [{low:.1%}, {high:.1%}] n={mean['count']}"
    return told if most is None else f"{told} ≤ {most:.0%}"
