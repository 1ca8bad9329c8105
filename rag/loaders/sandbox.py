"""Parses files in a process of its own, which may die, hang or run out of memory alone.

The process is started with the first file that needs it, and again after one that ended it; it
ends with us. It answers with an `Extracted` or an `InputError`; whatever else a parser raises
ends it, and the last line of its traceback is told.
"""

import atexit
import contextlib
import os
import pickle
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from functools import cache
from pathlib import Path
from typing import IO, Any

from rag.errors import InputError
from rag.loaders.extracted import Extracted
from rag.loaders.limits import Limits

MOST_BYTES = 1_000_000_000
"""Memory that the process may allocate, where the system can limit it."""
_LENGTH = struct.Struct("<Q")
_PROJECT = str(Path(__file__).parents[2])
_COMMAND = (
    f"import sys; sys.path.insert(0, {_PROJECT!r}); from rag.loaders.sandbox import serve; serve()"
)
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
"""Each thread would reserve address space, which counts as memory."""
_ADVICE = "Save it again in its program, or as text."


class Sandbox:
    """The process that parses, and the pipes to it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._lock = threading.Lock()

    def parse(
        self, raw: bytes, name: str, suffix: str, encoding: str | None, limits: Limits
    ) -> Extracted:
        """As `rag.loaders.parse`, within the time and memory there are for it.

        Raises:
            InputError: as `parse`; or the parser died, or took too much time or memory.
        """
        with self._lock:
            answer = self._ask(raw, (name, suffix, encoding, limits), limits.parse_seconds)
        if isinstance(answer, InputError):
            raise answer
        if isinstance(answer, str):
            raise InputError(f"{name} could not be read: {answer}.", _ADVICE)
        assert isinstance(answer, Extracted)
        return answer

    def _ask(self, raw: bytes, request: tuple[Any, ...], seconds: float) -> Any:
        """What the process answers, or in words why it does not."""
        process = self._running()
        assert process.stdin
        assert process.stdout
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            _send(process.stdin, pickle.dumps(request))
            _send(process.stdin, raw)
            return pickle.loads(_receive(process.stdout))
        except (OSError, EOFError):
            reason = self.close()
            return f"it took more than {seconds:g} seconds" if late.is_set() else reason
        except BaseException:
            self.close()  # an answer half read would be taken for the next one's
            raise
        finally:
            timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._errors = tempfile.TemporaryFile()  # noqa: SIM115, it is closed by `close`
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _COMMAND],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env=os.environ | _ONE_THREAD,
            )
        return self._process

    def close(self) -> str:
        """End the process; returns in words why it had ended before, if it had."""
        if self._process is None or self._errors is None:
            return ""
        for stream in filter(None, (self._process.stdin, self._process.stdout)):
            with contextlib.suppress(OSError):
                stream.close()
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._errors.seek(0)
        last = self._errors.read().decode("utf-8", "backslashreplace").strip().split("\n")[-1]
        self._errors.close()
        self._process = self._errors = None
        return _reason(code, last)


def _reason(code: int, last: str) -> str:
    if "MemoryError" in last or "bad_alloc" in last:
        return f"it takes more than {MOST_BYTES / 1e9:g} GB of memory"
    return f"its parser crashed (signal {-code})" if code < 0 else f"its parser failed ({last})"


@cache
def sandbox() -> Sandbox:
    """The one sandbox of this process, ended with it."""
    made = Sandbox()
    atexit.register(made.close)
    return made


def serve() -> None:
    """Answer requests from stdin on stdout until there are no more; this is the process."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # for libraries that print
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks
    _limit_memory()
    from rag.loaders import parse

    while True:
        try:
            arguments = pickle.loads(_receive(sys.stdin.buffer))
        except EOFError:
            return
        raw = _receive(sys.stdin.buffer)
        answer: Extracted | InputError
        try:
            answer = parse(raw, *arguments)
        except InputError as error:
            answer = error
        _send(answers, pickle.dumps(answer))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    for limit, most in ((resource.RLIMIT_AS, MOST_BYTES), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(OSError, ValueError):  # lower already, or not known here
            resource.setrlimit(limit, (most, most))


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    """Raises EOFError where the other side has ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
