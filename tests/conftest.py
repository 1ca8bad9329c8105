"""Fixtures for every test: state in a temporary folder, no network beyond loopback."""

import os
import socket
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
_LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def isolated_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the user's library, settings file or endpoint; models stay where pulled."""
    kept = os.environ.get("YINJU_MODELS")
    for name in [name for name in os.environ if name.startswith(("YINJU_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    if kept:
        monkeypatch.setenv("YINJU_MODELS", kept)
    monkeypatch.setenv("YINJU_LIBRARY", str(tmp_path / "library"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for the network fails at the call that did it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if isinstance(address, tuple) and not str(host).startswith(_LOOPBACK):
            raise AssertionError(f"a test tried to connect to {address!r}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def shared() -> Path:
    """Real documents and public test sets, where they are at hand."""
    if not SHARED.is_dir():
        pytest.skip("the shared documents are not beside this checkout")
    return SHARED
