"""What the command line's tests share: running it, the sample library, the contract's shapes."""

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from rag.cli import main
from tests.conftest import ROOT

SEEDS = ROOT / "seeds"
START = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from rag.cli import main; main()"
)
"""`yinju` in a process that heeds Ctrl-C even where the tests themselves run in the background."""

HOST = {"document": str, "document_id": str, "title": str, "date": (str, type(None))}
PLACE = {**HOST, "start": int, "end": int}
HIT = {**PLACE, "text": str, "score": float, "ranks": dict}
SHAPES: Mapping[str, Any] = {
    "ingest": {
        **{kind: [str] for kind in ("added", "changed", "unchanged", "removed")},
        "renamed": [{"from": str, "to": str}],
        "failed": [{"path": str, "error": str}],
        "warnings": [{"path": str, "warning": str}],
        "chunks": int,
        "embedded": int,
        "seconds": float,
    },
    "documents": [
        {
            **dict.fromkeys(("id", "path", "title", "language", "encoding"), str),
            "date": (str, type(None)),
            "publisher": (str, type(None)),
            "characters": int,
            "chunks": int,
            "warnings": [str],
        }
    ],
    "show": {
        **dict.fromkeys(("id", "path", "text"), str),
        "removals": [{"start": int, "end": int, "text": str, "reason": str}],
        "warnings": [str],
    },
    "search": {"question": str, "hits": [HIT], "seconds": float},
    "ask": {
        **dict.fromkeys(("question", "language", "answer", "mode", "model"), str),
        "answered": bool,
        "claims": [
            {"text": str, "citations": [int], "verdict": str, "support": float, "reason": str}
        ],
        "citations": [{**PLACE, "number": int, "quote": str, "also_in": [PLACE]}],
        "nearest": [{**PLACE, "text": str}],
        "seconds": {"total": float},
        "tokens": {"prompt": int, "completion": int},
    },
    "summarize": {
        **dict.fromkeys(("document", "document_id", "mode", "model"), str),
        "title": {"zh": (str, type(None)), "en": (str, type(None))},
        "points": [
            {
                "zh": (str, type(None)),
                "en": (str, type(None)),
                "verdict": str,
                "citations": [{"start": int, "end": int, "quote": str}],
            }
        ],
        "coverage": {"sentences_read": int, "sentences_total": int},
    },
    "faithfulness": {
        "id": (str, int),
        "score": (float, int, type(None)),
        "reason": str,
        "claims": [{"text": str, "verdict": str, "support": float, "evidence": (str, list)}],
    },
}


def conforms(value: Any, shape: Any, place: str = "") -> None:
    """Assert that a value has every field of a shape, with its type; other fields may be there."""
    if isinstance(shape, dict):
        assert isinstance(value, dict), place
        for key, inner in shape.items():
            assert key in value, f"{place}.{key} is missing"
            conforms(value[key], inner, f"{place}.{key}")
    elif isinstance(shape, list):
        assert isinstance(value, list), place
        for index, item in enumerate(value):
            conforms(item, shape[0], f"{place}[{index}]")
    else:
        assert isinstance(value, shape), f"{place} is {value!r}"
        assert shape is not int or not isinstance(value, bool), place


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left: exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]

    def only_line(self) -> str:
        """The one line on stderr of a command that failed."""
        (line,) = self.err.splitlines()
        assert line.startswith("yinju: "), line
        return line


def here(*arguments: object) -> Outcome:
    """Run `yinju` in this process, through `main`, off a terminal."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["yinju", *map(str, arguments)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return Outcome(int(ended.value.code or 0), out.getvalue(), err.getvalue())


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **changes}


def spawn(*arguments: object, stderr: int = subprocess.PIPE, **changes: str) -> Any:
    """Start `yinju` as a process of its own; its streams are bytes."""
    return subprocess.Popen(
        [sys.executable, "-c", START, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=stderr,
        env=environment(**changes),
    )


def process(*arguments: object, **changes: str) -> Outcome:
    """Run `python -m rag` as a process of its own, to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "rag", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env=environment(**changes),
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def sample_library(factory: pytest.TempPathFactory) -> Path:
    """A library of `seeds/`, made once for all the tests of a run; only read it."""
    library = factory.getbasetemp() / "sample-library"
    if not library.is_dir():
        ingested = here("ingest", SEEDS, "--library", library)
        assert ingested.code == 0, ingested.err
    return library


def write_lines(path: Path, rows: Sequence[Any]) -> Path:
    """A JSONL file; text stands as it is, so that bad lines can be written too."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
