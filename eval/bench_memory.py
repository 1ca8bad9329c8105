"""Ingest a folder in a process of its own and print what memory it took, as one line of JSON.

Run as `python -m eval.bench_memory FOLDER LIBRARY`.
"""

import json
import sys
import time
from pathlib import Path

from eval.running import opened
from rag import Step

_QUARTERS = (25, 50, 75, 100)


def main(folder: Path, library: Path) -> None:
    """Ingest, and note the memory in use after each quarter of the files."""
    marks: dict[str, float | None] = {}

    def note(step: Step) -> None:
        for quarter in _QUARTERS:
            if step.done * 100 >= quarter * step.total and f"{quarter}%" not in marks:
                marks[f"{quarter}%"] = _resident()

    with opened(library, "extractive") as engine:
        list(engine.store.embedder(["The model is loaded before the clock starts."]))
        started = time.perf_counter()
        report = engine.ingest([folder], mirror=True, progress=note)
        seconds = time.perf_counter() - started
    found = {
        "documents": len(report.added),
        "failed": len(report.failed),
        "chunks": report.chunks,
        "embedded": report.embedded,
        "seconds": round(seconds, 1),
        "peak": _peak(),
        "resident": marks,
    }
    sys.stdout.write(json.dumps(found) + "\n")


def _resident() -> float | None:
    """Megabytes now in memory; None where the system has no /proc."""
    try:
        status = Path("/proc/self/status").read_text("utf-8")
    except OSError:
        return None
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return round(int(kilobytes) * 1024 / 1e6)


def _peak() -> float | None:
    """Most megabytes ever in memory; None on Windows."""
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most * (1 if sys.platform == "darwin" else 1024) / 1e6)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
