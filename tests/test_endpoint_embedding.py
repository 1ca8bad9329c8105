"""The endpoint embedder against a local HTTP server: good, busy, failing and garbled replies."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from rag.endpoint_embedding import OpenAIEmbedder
from rag.errors import (
    EndpointBusy,
    EndpointError,
    EndpointGarbled,
    EndpointRefused,
    EndpointUnreachable,
)

KEY = "sk-secret-0123456789"
TEXTS = ["文化政策", "文化政策（繁體）：圖書館", "Libraries", "２０２４年 AI 報告"]

Reply = tuple[int, Any]
"""Status, and a JSON value or raw bytes."""


def vector_of(text: str) -> list[float]:
    """Three numbers that depend on the text and are not of length one."""
    return [float(len(text)), float(ord(text[0]) % 97) + 1, 2.0]


def vectors(body: dict[str, Any]) -> Reply:
    data = [
        {"object": "embedding", "index": index, "embedding": vector_of(text)}
        for index, text in enumerate(body["input"])
    ]
    return 200, {"object": "list", "model": body["model"], "data": data}


def answers(change: Callable[[list[dict[str, Any]]], object]) -> Callable[[dict[str, Any]], Reply]:
    """A good reply whose `data` was changed."""

    def reply(body: dict[str, Any]) -> Reply:
        code, content = vectors(body)
        return code, content | {"data": change(content["data"])}

    return reply


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: list[Reply | Callable[[dict[str, Any]], Reply]] = []
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str | None] = []

    def embedder(self, **options: Any) -> OpenAIEmbedder:
        address = f"http://127.0.0.1:{self.server_address[1]}/v1"
        return OpenAIEmbedder("small", address, KEY, **({"timeout": 5, "retries": 2} | options))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body)
        self.server.keys.append(self.headers["Authorization"])
        entry = self.server.script.pop(0) if self.server.script else vectors
        status, content = entry(body) if callable(entry) else entry
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.send_header("Retry-After-Ms", "10")
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Keep the test output quiet."""


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def expected(texts: list[str]) -> np.ndarray:
    raw = np.array([vector_of(text) for text in texts], np.float32)
    return raw / np.linalg.norm(raw, axis=1, keepdims=True)


def test_texts_are_sent_in_batches_and_come_back_in_order(server: Server) -> None:
    embedder = server.embedder(batch=3)

    found = embedder(TEXTS)

    np.testing.assert_allclose(np.array(found), expected(TEXTS), rtol=1e-6)
    assert all(vector.dtype == np.float32 for vector in found)
    assert [body["input"] for body in server.bodies] == [TEXTS[:3], TEXTS[3:]]
    assert {body["encoding_format"] for body in server.bodies} == {"float"}
    assert set(server.keys) == {f"Bearer {KEY}"}


def test_reply_in_another_order_is_put_right(server: Server) -> None:
    server.script = [answers(lambda data: data[::-1])]
    np.testing.assert_allclose(np.array(server.embedder()(TEXTS)), expected(TEXTS), rtol=1e-6)


def test_questions_and_dimension(server: Server) -> None:
    embedder = server.embedder()
    assert embedder.dimension == 3
    np.testing.assert_allclose(embedder.embed_query(TEXTS[:1])[0], expected(TEXTS[:1])[0])
    assert len(server.bodies) == 2


def test_nothing_to_embed_asks_nothing(server: Server) -> None:
    assert server.embedder()([]) == []
    assert server.bodies == []


@pytest.mark.parametrize("status", [429, 500, 503])
def test_busy_endpoint_is_asked_again(server: Server, status: int) -> None:
    server.script = [(status, {"error": {"message": "later"}})] * 2
    assert len(server.embedder()(TEXTS)) == len(TEXTS)
    assert len(server.bodies) == 3


FAILURES: dict[str, tuple[Any, type[EndpointError], str]] = {
    "401": ((401, {"error": {"message": f"bad key {KEY}"}}), EndpointRefused, "401"),
    "404": ((404, {"error": {"message": "no model"}}), EndpointRefused, "404"),
    "429": ((429, {"error": {"message": "slow down"}}), EndpointBusy, "429"),
    "500": ((500, b"oops"), EndpointBusy, "500"),
    "no json": ((200, b"<html>log in</html>"), EndpointGarbled, "not embeddings"),
    "other json": ((200, {"choices": []}), EndpointGarbled, ""),
    "no data": ((200, {"data": []}), EndpointGarbled, ""),
    "one missing": (answers(lambda data: data[1:]), EndpointGarbled, "3 vectors for 4 texts"),
    "one too many": (answers(lambda data: [*data, data[0]]), EndpointGarbled, "5 vectors for 4"),
    "same number": (answers(lambda data: [data[0]] * 4), EndpointGarbled, "not numbered"),
    "ragged": (
        answers(lambda data: [*data[:3], data[3] | {"embedding": [1.0]}]),
        EndpointGarbled,
        "equally many",
    ),
    "words": (
        answers(lambda data: [entry | {"embedding": ["a", "b"]} for entry in data]),
        EndpointGarbled,
        "numbers",
    ),
    "empty vectors": (
        answers(lambda data: [entry | {"embedding": []} for entry in data]),
        EndpointGarbled,
        "numbers",
    ),
    "not finite": (
        answers(lambda data: [entry | {"embedding": [float("nan"), 1.0]} for entry in data]),
        EndpointGarbled,
        "numbers",
    ),
    "zeros": (
        answers(lambda data: [entry | {"embedding": [0.0, 0.0]} for entry in data]),
        EndpointGarbled,
        "zeros",
    ),
}


@pytest.mark.parametrize(("reply", "kind", "words"), FAILURES.values(), ids=FAILURES)
def test_failures_are_one_line_without_the_key(
    server: Server, reply: Any, kind: type[EndpointError], words: str
) -> None:
    server.script = [reply] * 3
    with pytest.raises(EndpointError) as caught:
        server.embedder()(TEXTS)
    line = str(caught.value)
    assert type(caught.value) is kind
    assert words in line
    assert "127.0.0.1" in line
    assert KEY not in line
    assert "\n" not in line
    assert TEXTS[0] not in line


def test_dimension_that_changes_is_refused(server: Server) -> None:
    embedder = server.embedder()
    embedder(TEXTS)
    server.script = [answers(lambda data: [entry | {"embedding": [1.0, 2.0]} for entry in data])]
    with pytest.raises(EndpointGarbled, match="vectors of 2 instead of 3"):
        embedder(TEXTS)


def test_nobody_listening(server: Server) -> None:
    embedder = server.embedder(retries=0)
    server.server_close()
    with pytest.raises(EndpointUnreachable):
        embedder(TEXTS)


def test_config_holds_no_secret_and_rebuilds() -> None:
    embedder = OpenAIEmbedder("small", "http://user:pass@127.0.0.1:9/v1?key=abc", KEY)
    config = embedder.get_config()
    assert config == {"model": "small", "base_url": "http://127.0.0.1:9/v1"}
    assert OpenAIEmbedder.build_from_config(config).get_config() == config


def test_fingerprint_tells_models_and_endpoints_apart() -> None:
    prints = {
        OpenAIEmbedder(model, f"http://127.0.0.1:{port}/v1").fingerprint
        for model in ("small", "large", "中文模型")
        for port in (1, 2)
    }
    assert len(prints) == 6
