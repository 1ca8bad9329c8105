"""Runs the e5 encoder: text to a vector of length one."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np

from rag.e5 import INPUT, MEAN, TOKENS
from rag.e5.tokenizer import Tokenizer
from rag.e5.weights import Floats, Weights
from rag.errors import ModelError

T = TypeVar("T")

_MARKS = 2
"""The start and end marks around every window."""


class TokenVectors(NamedTuple):
    """A text piece by piece."""

    pieces: tuple[str, ...]
    vectors: Floats
    """Shape (pieces, hidden), rows of length one."""
    surprisals: Floats
    """Of each piece in nats, -log of its probability in ordinary text; shape (pieces,)."""


class Engine:
    """One loaded model; `embed` may be called from several threads."""

    def __init__(self, weights: Path, graph: Path, threads: int) -> None:
        """Load, building the graph file if it is not there yet.

        Raises:
            ModelError: a file is damaged or the processor is not supported.
        """
        self._weights = Weights(weights)
        vocabulary = self._weights.vocabulary()
        self._start, self._end = vocabulary.start, vocabulary.end
        self._tokenizer = Tokenizer(vocabulary)
        self._threads = threads
        shape = self._weights.shape
        self.window = shape.positions
        self._words = self._weights.blocks("emb.word", shape.hidden)
        kinds = self._weights.vector("emb.type").reshape(-1, shape.hidden)
        self._places = self._weights.vector("emb.pos").reshape(-1, shape.hidden) + kinds[0]
        self._session = self._open(graph)

    def _open(self, graph: Path) -> Any:
        import onnxruntime
        from onnxruntime.capi import onnxruntime_pybind11_state as causes

        if not graph.exists():
            from rag.e5.graph import build  # needs `onnx`, which only building does

            try:
                build(self._weights, graph)
            except OSError as error:
                raise ModelError(f"Cannot write {graph}: {error.strerror or error}.") from None
        options = onnxruntime.SessionOptions()
        # Texts run side by side, one thread each: faster than sharing one text's work among
        # threads, which also keep spinning between runs.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The graph is already written in fused operators; optimising would take time at every
        # load and bring back the slow one that `graph` avoids.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        try:
            return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        except (causes.Fail, causes.InvalidProtobuf, causes.InvalidGraph) as error:
            cause = str(error).splitlines()[0]
            raise ModelError(
                f"Cannot load {graph} ({cause}).", "Delete it; it is made again on the next use."
            ) from None

    def count_tokens(self, text: str) -> int:
        """Tokens of a text, with the two marks; more than `window` means several windows."""
        return len(self._tokenizer.ids(text)) + _MARKS

    def embed(self, texts: Sequence[str]) -> list[Floats]:
        """One vector for each text, shape (hidden,), in order.

        A text is run alone, so its vector does not depend on its neighbours (activations are
        quantised by the range of the whole run), and nothing is spent on padding.
        """
        return self._side_by_side(self._embed_one, texts)

    def token_vectors(self, texts: Sequence[str], prefix: str = "") -> list[TokenVectors]:
        """Each text's pieces in the context of the text; `prefix` is read, but not returned."""
        read = partial(self._token_vectors_of, prefix)
        return self._side_by_side(read, texts)

    def _side_by_side(self, run: Callable[[str], T], texts: Sequence[str]) -> list[T]:
        if self._threads == 1 or len(texts) == 1:
            return [run(text) for text in texts]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(run, texts))

    def _embed_one(self, text: str) -> Floats:
        """The mean over the tokens of all windows, so that a long text is read to its end."""
        total = np.zeros(self._places.shape[1], np.float32)
        for window in self._windows(self._tokenizer.ids(text)):
            total += self._run(MEAN, window) * len(window)
        unit: Floats = total / np.linalg.norm(total)
        return unit

    def _token_vectors_of(self, prefix: str, text: str) -> TokenVectors:
        before = len(self._tokenizer.ids(prefix.strip()))
        ids = self._tokenizer.ids(prefix + text)
        windows = [self._run(TOKENS, window)[1:-1] for window in self._windows(ids)]
        rows = np.concatenate([np.zeros((0, self._places.shape[1]), np.float32), *windows])[before:]
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        own = ids[before:]
        return TokenVectors(
            self._tokenizer.pieces(own), rows / lengths, self._tokenizer.surprisals(own)
        )

    def _windows(self, ids: list[int]) -> Iterator[list[int]]:
        step = self.window - _MARKS
        return (ids[start : start + step] for start in range(0, len(ids), step))

    def _run(self, output: str, window: list[int]) -> Floats:
        ids = [self._start, *window, self._end]
        embedded = self._weights.rows(self._words, ids) + self._places[: len(ids)]
        found: Floats = self._session.run([output], {INPUT: embedded[None]})[0][0]
        return found
