"""Follow-up questions: is the evidence found as asked, as understood, and as it should be put?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.lines import BadLine, Json, read_lines
from eval.questionset import GoldPlace, gold_pattern, read_questions
from eval.statistics import mean_of, with_interval
from rag import Engine, Exchange, InputError, exchange_of, stand_alone

HITS = 8

MEASURES = {
    "raw": "evidence among 8 hits, as asked",
    "understood": "the same, as understood",
    "gold": "the same, as it should be put",
    "cited": "cited by the answer in the conversation",
    "cited_gold": "cited by the answer to the gold wording",
}
DISTANCES = (1, 7, 23)
"""How many questions before it another stands, after which a question is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A follow-up with what it means and where its evidence stands."""

    language: str
    part: str
    before: tuple[str, ...]
    question: str
    standalone: str
    evidence: tuple[GoldPlace, ...]

    def holds(self, places: Sequence[tuple[str, str]]) -> float:
        """1 where one of these (document, text) holds the evidence."""
        return float(any(gold.matches(*place) for gold in self.evidence for place in places))


def read_follow_ups(path: Path) -> list[FollowUp]:
    """The rows of a JSONL file; fields as SEEDS.md has them.

    Raises:
        InputError: the file cannot be read, or a line is no follow-up.
    """
    found = []
    for number, row in read_lines(path):
        try:
            if isinstance(row, BadLine):
                raise TypeError(row.reason)
            found.append(_follow_up(row))
        except (KeyError, TypeError) as error:
            problem = f"field {error} is missing" if isinstance(error, KeyError) else str(error)
            raise InputError(f"{path.name} line {number}: {problem}.", "See SEEDS.md.") from None
    return found


def _follow_up(row: Json) -> FollowUp:
    return FollowUp(
        language=str(row["language"]),
        part=str(row.get("part", "")),
        before=tuple(str(turn["question"]) for turn in row["history"]),
        question=str(row["question"]),
        standalone=str(row["standalone"]),
        evidence=tuple(
            GoldPlace(document=place["document"], pattern=gold_pattern(place["text"]))
            for place in row["evidence"]
        ),
    )


def run(
    source: Path, engine: Engine, alone: Path | None, done: Callable[[], object] = lambda: None
) -> Json:
    """Every measure by language and part with count and interval.

    Args:
        source: follow-ups.
        engine: over the library that they are asked of.
        alone: gold questions that stand alone; each is asked after others and should stay.
        done: called after each follow-up.

    Raises:
        YinjuError: a file is not as it should be, or the endpoint failed.
    """
    rows = read_follow_ups(source)
    values = []
    for row in rows:
        values.append(_measured(row, engine))
        done()
    groups = sorted({*(row.language for row in rows), *(row.part for row in rows)} - {""})
    return {
        "data": source.name,
        "follow_ups": len(rows),
        "measures": {
            measure: {
                group: _json(
                    [
                        value[measure]
                        for row, value in zip(rows, values, strict=True)
                        if group in ("all", row.language, row.part)
                    ]
                )
                for group in ("all", *groups)
            }
            for measure in MEASURES
        },
        "changed_alone": _json(_changed(alone)) if alone else None,
    }


def _measured(row: FollowUp, engine: Engine) -> dict[str, float]:
    history: list[Exchange] = []
    for question in row.before:
        history.append(exchange_of(engine.ask(question, history=history)))
    answer = engine.ask(row.question, history=history)
    understood = answer.standalone or row.question
    gold = engine.ask(row.standalone)
    return {
        "raw": row.holds(_found(engine, row.question)),
        "understood": row.holds(_found(engine, understood)),
        "gold": row.holds(_found(engine, row.standalone)),
        "cited": row.holds(_cited(engine, answer)),
        "cited_gold": row.holds(_cited(engine, gold)),
    }


def _found(engine: Engine, question: str) -> list[tuple[str, str]]:
    hits = engine.search(question, k=HITS)
    return [(_name(engine, hit.chunk.document_id), hit.chunk.text) for hit in hits]


def _cited(engine: Engine, answer: Any) -> list[tuple[str, str]]:
    """The cited sentences, each with a line's length of what stands around it."""
    places = []
    for citation in answer.citations:
        document = engine.document(citation.document_id)
        start = max(0, citation.span.start - 30)
        places.append((Path(document.path).name, document.text[start : citation.span.end + 30]))
    return places


def _name(engine: Engine, document_id: str) -> str:
    return Path(engine.document(document_id).path).name


def _changed(source: Path) -> list[float]:
    """1 for each question that was taken for a follow-up of another question of the set."""
    questions = [gold.question for gold in read_questions(source)]
    return [
        float(
            stand_alone(question, [Exchange(question=questions[(index - away) % len(questions)])])
            != question
        )
        for index, question in enumerate(questions)
        for away in DISTANCES
    ]


def _json(values: Sequence[float]) -> Json | None:
    mean = mean_of(values)
    return mean.json() if mean else None


def table(found: Json) -> Any:
    """A rich table of the measures."""
    from rich.table import Table

    shown = Table(title=f"{found['data']}: {found['follow_ups']} follow-ups")
    shown.add_column("measure")
    shown.add_column("of")
    shown.add_column("share [95% interval]", justify="right")
    for measure, label in MEASURES.items():
        for group, mean in found["measures"][measure].items():
            shown.add_row(label if group == "all" else "", group, _cell(mean))
    if found["changed_alone"]:
        shown.add_row("changed, though they stand alone", "all", _cell(found["changed_alone"]))
    return shown


def _cell(mean: Json | None) -> str:
    if not mean:
        return "none"
    return f"{with_interval(mean)} n={mean['count']}"
