"""Files in and out of a library, and answers checked by the line: what pages ask of an engine."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rag import CheckedAnswer, Document, Engine, IngestReport, InputError, Step, whole_lines


def add_files(
    engine: Engine,
    files: Iterable[tuple[str, bytes]],
    progress: Callable[[Step], None] | None = None,
) -> IngestReport:
    """Write uploaded files into the library's `uploads` folder and ingest them.

    A file that cannot be read is reported, and its copy does not stay.

    Args:
        engine: the library.
        files: names and bytes; a name's folders are dropped.
        progress: takes how far it has come.
    """
    folder = engine.settings.library / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in files:
        path = folder / Path(name.replace("\\", "/")).name
        path.write_bytes(content)
        paths.append(path)
    report = engine.ingest(paths, progress=progress)
    for failed, _ in report.failed:
        Path(failed).unlink(missing_ok=True)
    return report


def remove(engine: Engine, document_id: str) -> None:
    """Forget a document; the file on disk stays."""
    with engine.store.writing():
        engine.store.remove(document_id)


def removed_lines(document: Document) -> dict[int, str]:
    """Lines that cleaning took out whole and that can be put back, by the removal's number."""
    return {
        number: " ".join(removal.text.split()) for number, removal in whole_lines(document).items()
    }


def faithfulness(checked: CheckedAnswer) -> float | None:
    """The share of claims that their contexts support; None where there is no claim."""
    if not checked.claims:
        return None
    return sum(claim.verdict == "supported" for claim in checked.claims) / len(checked.claims)


def read_cases(content: bytes, problem: Callable[[int], str]) -> list[dict[str, Any]]:
    """The lines of a JSONL file, each with an `answer` and `contexts`.

    Raises:
        InputError: a line is something else; `problem` words it.
    """
    cases = []
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            answer, contexts = case["answer"], case["contexts"]
        except (ValueError, KeyError, TypeError):
            raise InputError(problem(number)) from None
        texts = isinstance(contexts, list) and all(isinstance(text, str) for text in contexts)
        if not isinstance(answer, str) or not texts:
            raise InputError(problem(number))
        cases.append({"id": str(case.get("id", number)), "answer": answer, "contexts": contexts})
    return cases


def result_json(case_id: str, checked: CheckedAnswer) -> dict[str, Any]:
    """One line of results, as `yinju eval faithfulness` writes it."""
    return {
        "id": case_id,
        "score": faithfulness(checked),
        "claims": [
            {
                "text": claim.text,
                "verdict": claim.verdict,
                "support": claim.support,
                "reason": claim.reason,
                "evidence": list(claim.evidence),
            }
            for claim in checked.claims
        ],
    }
