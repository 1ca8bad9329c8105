"""A real HTTP server on loopback that speaks `/v1/chat/completions` and `/v1/models`.

Each chat request takes the next reply of the script; the last one repeats for ever.

    with chat_server([status(429, headers={"Retry-After": "0"}), says("你", "好")]) as server:
        ...  # server.base_url, server.requests
"""

import json
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DONE = b"data: [DONE]\n\n"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What goes over the wire: `parts` are flushed one by one."""

    parts: tuple[bytes, ...] = ()
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    """Seconds of silence before the status line."""
    cut: bool = False
    """Close the connection in the middle of the body."""
    chunked: bool = True
    """False: no chunk framing, so that a cut looks like an ordinary end."""
    text: str | None = None
    """The whole reply, for a request that did not ask for a stream."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request as it came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


Script = Sequence[Reply | Callable[[Any], Reply]]


def event(**fields: Any) -> bytes:
    """One server-sent event of a chat completion stream."""
    head = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "test-model"}
    return f"data: {json.dumps(head | fields, ensure_ascii=False)}\n\n".encode()


def piece(text: str | None = None, *, finish: str | None = None, **delta: Any) -> bytes:
    """One event that carries text (or any other `delta` field)."""
    content = {} if text is None else {"content": text}
    return event(choices=[{"index": 0, "delta": content | delta, "finish_reason": finish}])


def says(*pieces: str, usage: tuple[int, int] | None = None, finish: str = "stop") -> Reply:
    """A well-formed reply; `usage` is (prompt tokens, completion tokens)."""
    parts = [piece(text) for text in pieces] + [piece(finish=finish)]
    if usage:
        prompt, completion = usage
        total = {"total_tokens": prompt + completion}
        counts = {"prompt_tokens": prompt, "completion_tokens": completion} | total
        parts.append(event(choices=[], usage=counts))
    return streams(*parts, DONE, text="".join(pieces))


def streams(*parts: bytes, text: str | None = None) -> Reply:
    """Any bytes as an event stream, one flush per part."""
    return Reply(parts=parts, content_type="text/event-stream", text=text)


def torn(reply: Reply, size: int) -> Reply:
    """The same bytes in parts of `size`, through the middle of characters and events."""
    body = b"".join(reply.parts)
    parts = tuple(body[at : at + size] for at in range(0, len(body), size))
    return Reply(parts=parts, content_type=reply.content_type, text=reply.text)


def breaks_off(*pieces: str, chunked: bool = True) -> Reply:
    """A stream whose connection closes half way."""
    return Reply(
        parts=tuple(piece(text) for text in pieces),
        content_type="text/event-stream",
        cut=True,
        chunked=chunked,
    )


def status(code: int, message: str = "no", *, headers: Mapping[str, str] | None = None) -> Reply:
    """An error as OpenAI words it."""
    body = {"error": {"message": message, "type": "test_error", "code": f"code_{code}"}}
    return Reply(parts=(json.dumps(body).encode(),), status=code, headers=headers or {})


def html(code: int = 200) -> Reply:
    """A web page, as from a wrong address or a proxy's log-in form."""
    page = b"<!doctype html><html><body>Welcome</body></html>"
    return Reply(parts=(page,), status=code, content_type="text/html")


def slow(seconds: float) -> Reply:
    """Nothing at all for so long."""
    return Reply(delay=seconds)


class ChatServer(ThreadingHTTPServer):
    """The server, its script and what it was asked."""

    daemon_threads = True

    def __init__(self, script: Script, models: Sequence[str] | Reply) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = list(script)
        self.models = models if isinstance(models, Reply) else _model_list(models)
        self.requests: list[Request] = []
        self.stopping = threading.Event()
        self._lock = threading.Lock()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    @property
    def chats(self) -> list[Request]:
        """The chat requests alone."""
        return [request for request in self.requests if request.path.endswith("/completions")]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep the test output quiet where a client that had enough closed the connection."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def reply_to(self, request: Request) -> Reply:
        with self._lock:
            self.requests.append(request)
            if request.path == "/v1/models":
                return self.models
            if request.path != "/v1/chat/completions":
                return status(404, "no such path")
            entry = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        return entry(request.body) if callable(entry) else entry


def _model_list(names: Sequence[str]) -> Reply:
    data = [{"id": name, "object": "model", "created": 1, "owned_by": "test"} for name in names]
    return Reply(parts=(json.dumps({"object": "list", "data": data}).encode(),))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ChatServer

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def log_message(self, *_: Any) -> None:
        """Keep the test output quiet."""

    def _answer(self, body: Any) -> None:
        request = Request(
            method=self.command, path=self.path, headers=dict(self.headers), body=body
        )
        reply = self.server.reply_to(request)
        if reply.delay and self.server.stopping.wait(reply.delay):
            self.close_connection = True
            return
        try:
            self._send(_whole(reply) if body and not body.get("stream") else reply)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        framing = ("Transfer-Encoding", "chunked") if reply.chunked else ("Connection", "close")
        for name, value in (framing, *reply.headers.items()):
            self.send_header(name, value)
        self.end_headers()
        for part in reply.parts:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part) if reply.chunked else part)
            self.wfile.flush()
        if reply.chunked and not reply.cut:
            self.wfile.write(b"0\r\n\r\n")
        self.close_connection = self.close_connection or reply.cut or not reply.chunked


def _whole(reply: Reply) -> Reply:
    """The reply for a request without `stream`."""
    if reply.text is None:
        return reply
    message = {"role": "assistant", "content": reply.text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    body = {"id": "1", "object": "chat.completion", "created": 1, "model": "test-model"}
    return Reply(parts=(json.dumps(body | {"choices": [choice]}).encode(),))


@contextmanager
def chat_server(
    script: Script, *, models: Sequence[str] | Reply = ("test-model",)
) -> Iterator[ChatServer]:
    """Serve the script until the block ends.

    Args:
        script: replies in order, or functions from the request body to a reply.
        models: the names that `/v1/models` lists, or a reply to give instead.
    """
    server = ChatServer(script, models)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()
