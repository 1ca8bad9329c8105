"""Commands timed as users start them, and what is told of several times."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from eval.lines import Json
from rag import InputError


def python(*arguments: str) -> str:
    """What Python prints for these arguments, in a process of its own.

    Raises:
        InputError: it failed; the message has the last line it said.
    """
    done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"]
        command = " ".join(arguments[1:3]).removeprefix("rag ")
        raise InputError(f"`{command}` failed: {said[-1]}", "Run it alone to see why.")
    return done.stdout.decode("utf-8")


def cold(arguments: Sequence[str], runs: int) -> Json:
    """Seconds of a command in a process of its own, start and imports included."""
    return figure([timed(lambda: python("-m", "rag", *arguments)) for _ in range(runs)])


def timed(call: Callable[[], Any]) -> float:
    """Seconds of wall clock time."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def figure(values: Sequence[float]) -> Json:
    """The median of several values, their range and their number."""
    return {
        "median": round(median(values), 4),
        "least": round(min(values), 4),
        "most": round(max(values), 4),
        "count": len(values),
    }


def told(value: Json, unit: str = "s", digits: int = 3) -> str:
    """A figure in words: the median, the range and the count."""
    middle, least, most = (f"{value[key]:.{digits}f}" for key in ("median", "least", "most"))
    return f"median {middle} {unit} ({least} to {most}, n={value['count']})"
