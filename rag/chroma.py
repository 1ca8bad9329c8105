"""Connections to Chroma: one client in this process for each folder or server, shared."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from rag.disk import has_room
from rag.errors import DiskFull, EndpointUnreachable, IndexDamaged, LibraryError


class Connection:
    """A Chroma client that its users open, reopen and close together.

    Chroma itself keeps one instance a folder for as long as anyone holds it, so one user alone
    could neither see what other processes wrote nor put a new folder in its place.
    """

    def __init__(self, connect: Callable[[], Any], folder: Path | None) -> None:
        os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
        self.lock = threading.RLock()
        self.epoch = 0
        """Counts clients: a collection belongs to the client it came from."""
        self._connect = connect
        self._folder = folder
        self._client: Any = None
        self._users = 0

    @property
    def client(self) -> Any:
        with self.lock:
            if self._client is None:
                with self.explaining():
                    self._client = self._connect()
                self.epoch += 1
            return self._client

    def enter(self) -> None:
        with self.lock:
            self._users += 1

    def leave(self) -> None:
        """Let go of Chroma when the last user leaves."""
        with self.lock:
            self._users -= 1
            if self._users <= 0:
                self.drop()

    def drop(self) -> None:
        """Close the client; whoever uses it next gets a new one."""
        with self.lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Turn what Chroma raises into our errors.

        Raises:
            DiskFull: there is no room.
            IndexDamaged: the folder is not as Chroma left it.
            EndpointUnreachable: the server does not answer.
        """
        import httpx
        from chromadb.errors import ChromaError

        try:
            yield
        except httpx.HTTPError as error:
            raise EndpointUnreachable(
                f"The Chroma server does not answer: {error}.", "Start it, or unset chroma_url."
            ) from None
        except (ChromaError, ValueError, OSError) as error:
            raise self._explained(error) from None

    def _explained(self, error: Exception) -> LibraryError:
        if self._folder is not None and not has_room(self._folder):
            return DiskFull(
                f"The vectors could not be written: {error}.",
                "What was there is unchanged; free some space and run it again.",
            )
        return IndexDamaged(
            f"The vectors cannot be used: {error}.", "Run `yinju rebuild` to make them anew."
        )


_CONNECTIONS: dict[str, Connection] = {}
_LOCK = threading.Lock()


def connection(directory: Path, url: str | None) -> Connection:
    """The connection of this process to a folder, or to a server if an address is given."""
    key = url or os.path.realpath(directory)
    with _LOCK:
        if key not in _CONNECTIONS:
            connect = partial(_server, url) if url else partial(_local, directory)
            _CONNECTIONS[key] = Connection(connect, None if url else directory)
        return _CONNECTIONS[key]


def _local(directory: Path) -> Any:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings as ChromaSettings

    directory.mkdir(parents=True, exist_ok=True)
    try:
        return chromadb.PersistentClient(
            str(directory), settings=ChromaSettings(anonymized_telemetry=False)
        )
    except (chromadb.errors.ChromaError, ValueError):
        # Chroma would hand the instance that failed to start to whoever asks for this folder next.
        SharedSystemClient.clear_system_cache()
        raise


def _server(url: str) -> Any:
    import chromadb
    import httpx
    from chromadb.config import Settings as ChromaSettings

    parts = urlparse(url)
    secure = parts.scheme == "https"
    try:
        return chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or (443 if secure else 8000),
            ssl=secure,
            settings=ChromaSettings(anonymized_telemetry=False),
        )
    except (ValueError, httpx.HTTPError) as error:
        raise EndpointUnreachable(
            f"No Chroma server answers at {url}: {error}.", "Start it, or unset chroma_url."
        ) from None
