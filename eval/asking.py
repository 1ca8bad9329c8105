"""A question set put to a library: evidence found, facts answered, refusals, quotes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.lines import Json
from eval.questionset import GoldQuestion
from eval.statistics import mean_of
from rag import Answer, Document, Engine, fold

HITS = 8

MEASURES = {
    "evidence_recall_at_8": "gold evidence among 8 hits",
    "answer_holds_fact": "answer holds the fact",
    "wrongly_refused": "answerable, yet refused",
    "refused_unanswerable": "unanswerable, refused",
    "quotes_verbatim": "quotes verbatim",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one question: by measure 1 or 0; measures that do not apply are left out.

    `quotes_verbatim` holds one value a quote, the others one a question.
    """

    gold: GoldQuestion
    values: dict[str, list[float]]
    reasons: tuple[str, ...]
    """Why it failed; empty where it did not."""


def ask_all(
    questions: Sequence[GoldQuestion], engine: Engine, done: Callable[[], object]
) -> list[Result]:
    """Ask every question.

    Raises:
        YinjuError: a model or the endpoint failed.
    """
    documents = {document.id: document for document in engine.documents()}
    results = []
    for gold in questions:
        answer = engine.ask(gold.question)
        found = _evidence_found(gold, engine, documents) if gold.answerable else None
        results.append(judge_answer(gold, answer, found, documents))
        done()
    return results


def _evidence_found(gold: GoldQuestion, engine: Engine, documents: dict[str, Document]) -> bool:
    hits = engine.search(gold.question, k=HITS)
    return any(
        gold.has_evidence(documents[hit.chunk.document_id].path, hit.chunk.text) for hit in hits
    )


def judge_answer(
    gold: GoldQuestion, answer: Answer, found: bool | None, documents: dict[str, Document]
) -> Result:
    """Hold one answer against its gold.

    Args:
        gold: the question.
        answer: what was answered.
        found: whether a hit holds the evidence; None for an unanswerable question.
        documents: by id, to compare quotes with.
    """
    values: dict[str, list[float]] = {"quotes_verbatim": _verbatim(answer, documents)}
    if gold.answerable:
        # The claims' own text: a marker such as [2] in the answer is not a two.
        said = fold("\n".join(claim.text for claim in answer.claims))
        holds = bool(answer.answered and gold.answer and gold.answer.search(said))
        values["evidence_recall_at_8"] = [float(bool(found))]
        values["answer_holds_fact"] = [float(holds)]
        values["wrongly_refused"] = [float(not answer.answered)]
    else:
        values["refused_unanswerable"] = [float(not answer.answered)]
    return Result(gold=gold, values=values, reasons=_reasons(values, answer))


def _verbatim(answer: Answer, documents: dict[str, Document]) -> list[float]:
    cited = [*answer.citations, *(also for one in answer.citations for also in one.also_in)]
    return [
        float(citation.quote == citation.span.slice(documents[citation.document_id].text))
        for citation in cited
    ]


def _reasons(values: dict[str, list[float]], answer: Answer) -> tuple[str, ...]:
    reasons = []
    if values.get("evidence_recall_at_8") == [0.0]:
        reasons.append(f"no hit of {HITS} holds the evidence")
    if values.get("wrongly_refused") == [1.0]:
        reasons.append("refused")
    elif values.get("answer_holds_fact") == [0.0]:
        reasons.append(f"the fact is not in the answer {' '.join(answer.text.split())[:160]!r}")
    if values.get("refused_unanswerable") == [0.0]:
        reasons.append(f"answered, not refused: {' '.join(answer.text.split())[:160]!r}")
    if 0.0 in values["quotes_verbatim"]:
        reasons.append("a quote is not verbatim")
    return tuple(reasons)


def outcome(results: Sequence[Result], data: str, mode: str) -> Json:
    """Every measure by language with count and interval, and the failures."""
    return {
        "data": data,
        "mode": mode,
        "questions": len(results),
        "measures": {
            measure: {language: _mean(results, measure, language) for language in _LANGUAGES}
            for measure in MEASURES
        },
        "failures": [
            {
                "id": result.gold.id,
                "language": result.gold.language,
                "question": result.gold.question,
                "reasons": list(result.reasons),
            }
            for result in results
            if result.reasons
        ],
    }


_LANGUAGES = ("all", "zh", "en")


def _mean(results: Sequence[Result], measure: str, language: str) -> Any:
    mean = mean_of(
        [
            value
            for result in results
            if language in ("all", result.gold.language)
            for value in result.values.get(measure, ())
        ]
    )
    return mean.json() if mean else None


def table(found: Json) -> Any:
    """A rich table of the measures."""
    from rich.table import Table

    shown = Table(
        title=f"{Path(found['data']).name}: {found['questions']} questions, mode {found['mode']}, "
        f"{len(found['failures'])} failed"
    )
    shown.add_column("measure")
    for language in _LANGUAGES:
        shown.add_column(language, justify="right")
    for measure, label in MEASURES.items():
        shown.add_row(label, *(_cell(found["measures"][measure][key]) for key in _LANGUAGES))
    return shown


def _cell(mean: Json | None) -> str:
    if not mean:
        return "none"
    percent = [f"{100 * mean[key]:.1f}" for key in ("value", "low", "high")]
    return f"{percent[0]}% [{percent[1]}, {percent[2]}] n={mean['count']}"
