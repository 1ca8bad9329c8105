"""The embedded LLM: a GGUF file run in this process by llama.cpp, through `xllamacpp`.

Measured with the embedded 0.5B model on two cores of an AVX2 machine: 1.2 to 2 s to load,
130 prompt tokens/s, 45 tokens/s written, 650 MB of memory at 4,096 tokens of context. A second
slot gave no throughput (6 summaries: 27.4 s with one slot, 26.9 s with two) and would have cost
half of the context, so there is one; requests from several threads wait their turn.
"""

import atexit
import contextlib
import os
import secrets
import socket
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from rag.errors import ModelError, ModelMissing
from rag.llm import Message
from rag.records import Mode, Usage

if TYPE_CHECKING:
    import xllamacpp

_PULL = "Run `yinju models pull`."
_MAGIC = b"GGUF"
_BATCH = 128
"""Prompt tokens between two chances to stop: about a second. Larger ones are no faster."""
_SOCKET_PATH_BYTES = 100
"""What every system allows for the path of a Unix socket."""
_EXIT_SECONDS = 10.0


class LlamaCpp:
    """A chat model from a GGUF file, loaded on first use. Safe to use from several threads.

    The same messages give the same reply, whatever was asked before: that is why the prompt
    cache is off, which would save the work on a common beginning but round differently.
    """

    mode: Mode = "llama"

    def __init__(self, model_path: Path, *, context_tokens: int = 4096, threads: int = 2) -> None:
        """Note which file to load.

        Args:
            model_path: the GGUF file.
            context_tokens: prompt and reply together.
            threads: CPU threads; more than there are cores is slower.
        """
        self.name = model_path.stem
        self.context_tokens = context_tokens
        self.usage = Usage()
        self._path = model_path
        self._threads = threads
        self._server: xllamacpp.Server | None = None
        self._lock = threading.Lock()
        _loaded.add(self)

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: Sequence[str] = (),
        grammar: str | None = None,
    ) -> Iterator[str]:
        """Yield the reply piece by piece; see `rag.llm.LLM`.

        Args:
            messages: names of special tokens in them are taken as text.
            max_tokens: the reply ends there, or where the context is full.
            stop: the reply ends before the first of these.
            grammar: GBNF that the reply must follow.

        Raises:
            ModelMissing: there is no such file.
            ModelError: it is damaged, the prompt is longer than the context, or the grammar
                cannot be parsed.
        """
        request = {
            "messages": [_as_text(message) for message in messages],
            "max_tokens": max_tokens,
            "stop": list(stop),
            "temperature": 0,
            "seed": 0,
            "cache_prompt": False,
            "stream": True,
            "stream_options": {"include_usage": True},
            "return_progress": True,
        }
        if grammar:
            request["grammar"] = grammar
        generation = _Generation(self._loaded_server(), request)
        try:
            for chunk in generation.chunks():
                self.usage = _usage(chunk) or self.usage
                if text := _text(chunk):
                    yield text
        finally:
            generation.cancel()

    def release(self) -> None:
        """Free the memory; the next use loads the file again."""
        with self._lock:
            self._server = None

    def _loaded_server(self) -> "xllamacpp.Server":
        with self._lock:
            if self._server is None:
                _check_file(self._path)
                self._server = _load(self._path, self.context_tokens, self._threads)
            return self._server


class _Generation:
    """One request, on a thread of its own, since llama.cpp pushes and we pull."""

    def __init__(self, server: "xllamacpp.Server", request: Mapping[str, Any]) -> None:
        self._server = server
        self._request = request
        self._cancelled = threading.Event()
        self._queue: SimpleQueue[Mapping[str, Any] | None] = SimpleQueue()
        # A daemon, so that an open generation does not hold up the exit before it is told.
        self._thread = threading.Thread(target=self._run, daemon=True)
        _running.add(self)
        self._thread.start()

    def chunks(self) -> Iterator[Mapping[str, Any]]:
        """Yield completion chunks as they come.

        Raises:
            ModelError: llama.cpp refused the request.
        """
        while (chunk := self._queue.get()) is not None:
            if error := chunk.get("error"):
                raise _refusal(error)
            yield chunk

    def cancel(self) -> None:
        """Have llama.cpp stop at the next token, or the next batch of the prompt."""
        self._cancelled.set()

    def join(self, seconds: float) -> None:
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            self._server.handle_chat_completions(self._request, self._receive)
        except (RuntimeError, ValueError, TypeError) as error:
            self._queue.put({"error": {"message": str(error)}})
        finally:
            del self._server
            self._queue.put(None)

    def _receive(self, chunk: Mapping[str, Any]) -> bool:
        """Take a chunk; true stops the generation."""
        self._queue.put(chunk)
        return self._cancelled.is_set()


_running: "weakref.WeakSet[_Generation]" = weakref.WeakSet()
_loaded: "weakref.WeakSet[LlamaCpp]" = weakref.WeakSet()


@atexit.register
def _stop_everything() -> None:
    """End native threads while the interpreter still stands; later they would crash it."""
    for generation in list(_running):
        generation.cancel()
    for generation in list(_running):
        generation.join(_EXIT_SECONDS)
    for model in list(_loaded):
        model.release()


def _check_file(path: Path) -> None:
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except FileNotFoundError:
        raise ModelMissing(f"There is no model at {path}.", _PULL) from None
    except OSError as error:
        raise ModelError(f"Cannot read the model {path}: {error.strerror}.", _PULL) from None
    if magic != _MAGIC:
        raise ModelError(f"{path} is not a GGUF model, or is damaged.", _PULL)


def _load(path: Path, context_tokens: int, threads: int) -> "xllamacpp.Server":
    with _patient_threads():
        try:
            import xllamacpp
        except ImportError as error:
            raise ModelError(
                f"llama.cpp cannot run on this system: {error}.",
                "On Debian and Ubuntu it needs the package libgomp1.",
            ) from None

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.n_ctx = context_tokens
    parameters.n_parallel = 1
    parameters.n_batch = parameters.n_ubatch = _BATCH
    parameters.cpuparams.n_threads = threads
    parameters.cpuparams_batch.n_threads = threads
    parameters.verbosity = 0
    parameters.fit_params = False
    parameters.offline = True
    parameters.cache_ram_mib = 0
    parameters.ui = parameters.endpoint_slots = False
    parameters.api_keys = [secrets.token_hex(32)]
    try:
        with _unreachable_address() as address:
            parameters.hostnames = [address]
            return xllamacpp.Server(parameters)
    except (RuntimeError, ValueError):
        raise ModelError(
            f"llama.cpp cannot load {path}: it is damaged, or memory is short.", _PULL
        ) from None


@contextlib.contextmanager
def _patient_threads() -> Iterator[None]:
    """Import OpenMP so that its threads sleep while they wait for each other.

    They spin by default, which on a busy machine burns the time the other thread needs: 30
    tokens took 23 to 43 s beside two busy processes, 3 s with this. OpenMP reads the variable
    once, when it is loaded.
    """
    name = "OMP_WAIT_POLICY"
    if name in os.environ:
        yield
        return
    os.environ[name] = "passive"
    try:
        yield
    finally:
        os.environ.pop(name, None)


@contextlib.contextmanager
def _unreachable_address() -> Iterator[str]:
    """Where llama.cpp listens, which it insists on and we have no use for.

    A Unix socket in a private folder that is gone once the model is loaded, so that nobody can
    connect; loopback on a free port, behind a random key, where there are no such sockets.
    """
    with tempfile.TemporaryDirectory(prefix="yinju-") as folder:
        path = str(Path(folder) / "llama.sock")
        short = len(os.fsencode(path)) <= _SOCKET_PATH_BYTES
        yield path if hasattr(socket, "AF_UNIX") and short else "127.0.0.1"


def _as_text(message: Message) -> Message:
    """The message without special tokens, which llama.cpp would obey wherever they stand."""
    content = message["content"].replace("<|", "< |")
    try:
        content.encode()
    except UnicodeEncodeError:
        raise ModelError(
            "The prompt holds characters that are no text (lone surrogates).",
            "Check the encoding of the question and the documents.",
        ) from None
    return {"role": message["role"], "content": content}


def _text(chunk: Mapping[str, Any]) -> str:
    choices = chunk.get("choices")
    return (choices[0]["delta"].get("content") or "") if choices else ""


def _usage(chunk: Mapping[str, Any]) -> Usage | None:
    counts = chunk.get("usage")
    if not counts:
        return None
    return Usage(prompt=counts["prompt_tokens"], completion=counts["completion_tokens"])


def _refusal(error: Mapping[str, Any]) -> ModelError:
    if error.get("type") == "exceed_context_size_error":
        return ModelError(
            f"The prompt has {error['n_prompt_tokens']} tokens; "
            f"the embedded model takes {error['n_ctx']}.",
            "Ask about fewer or shorter passages.",
        )
    return ModelError(f"The embedded model failed: {error.get('message', 'no reason given')}.")
