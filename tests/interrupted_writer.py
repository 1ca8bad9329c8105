"""Run as a process by the tests: write to a library, and be killed at a chosen moment.

Arguments: library, folder, `ingest` or `rebuild`, `module:Name.method` to die at, `before` or
`after` it, and at which call (from 1).
"""

import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import rag.store
from tests.fakes import HashEmbedder
from tests.libraries import open_store, put


def die_at(target: str, when: str, call: int) -> None:
    module, _, path = target.partition(":")
    *owners, name = path.split(".")
    owner: Any = import_module(module)
    for each in owners:
        owner = getattr(owner, each)
    original = getattr(owner, name)
    calls = 0

    def patched(*arguments: Any, **keywords: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*arguments, **keywords)
        if calls == call:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, patched)


def main() -> None:
    library, folder, action, target, when, call = sys.argv[1:]
    rag.store.FLUSH_CHUNKS = 3  # several flushes in a small ingest
    die_at(target, when, int(call))
    if action == "rebuild":
        open_store(Path(library), lambda: HashEmbedder(1)).rebuild()
    else:
        put(open_store(Path(library)), Path(folder), mirror=True)


if __name__ == "__main__":
    main()
