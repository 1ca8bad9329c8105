"""Embeddings from any OpenAI-compatible endpoint."""

import hashlib
import threading
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from rag.embedding import ChromaFunction, Vector
from rag.errors import EndpointGarbled
from rag.llm.endpoint_errors import failures, translate
from rag.llm.openai_compatible import OpenAICompatible

_PROBE = "dimension"
"""Embedded once to learn the length of vectors when nothing has been embedded yet."""


class OpenAIEmbedder(ChromaFunction):
    """A model behind `/v1/embeddings`. Making one sends and imports nothing.

    Passages and questions are sent alike: the interface has no way to tell them apart.
    """

    registered_name = "yinju-openai"

    def __init__(
        self,
        model: str,
        base_url: str,
        api_key: str | None = None,
        *,
        timeout: float = 60.0,
        retries: int = 3,
        batch: int = 64,
    ) -> None:
        """Note where to ask; `timeout` in seconds, `batch` in texts a request.

        Raises:
            SettingsError: the address or the key cannot be one.
        """
        self.spec = f"openai:{model}"
        self._model = model
        self._api_key = api_key
        self._batch = batch
        self._endpoint = OpenAICompatible(
            base_url=base_url, api_key=api_key, model=model, timeout=timeout, retries=retries
        )
        self._lock = threading.Lock()
        self._dimension: int | None = None

    @property
    def fingerprint(self) -> str:
        named = f"{self._endpoint.base_url}\0{self._model}"
        return f"openai-{hashlib.sha256(named.encode()).hexdigest()[:16]}"

    @property
    def dimension(self) -> int:
        if self._dimension is None:
            self._request([_PROBE])
        assert self._dimension is not None
        return self._dimension

    def get_config(self) -> dict[str, Any]:
        """Without the key, and without what else may hold one: this is stored with the vectors."""
        address = urlsplit(self._endpoint.base_url)
        public = f"{address.scheme}://{self._endpoint.host}{address.path}"
        return {"model": self._model, "base_url": public}

    def __call__(self, input: list[str]) -> list[Vector]:  # noqa: A002
        parts = range(0, len(input), self._batch)
        return [vector for at in parts for vector in self._request(input[at : at + self._batch])]

    def embed_query(self, input: list[str]) -> list[Vector]:  # noqa: A002
        return self(input)

    def _request(self, texts: list[str]) -> list[Vector]:
        host = self._endpoint.host
        # The package itself raises ValueError for a reply without vectors.
        causes: tuple[type[Exception], ...] = (*failures(), ValueError)
        try:
            reply = self._endpoint.client.embeddings.create(
                model=self._model, input=texts, encoding_format="float"
            )
        except causes as error:
            found = translate(error, host=host, secret=self._api_key, began=False)
            if isinstance(found, EndpointGarbled):
                raise self._garbled("not embeddings") from None
            raise found from None
        vectors = self._checked(reply, len(texts))
        return list(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))

    def _checked(self, reply: Any, count: int) -> npt.NDArray[np.float32]:
        """Shape (count, dimension), in the order of the texts."""
        entries = getattr(reply, "data", None)
        if not isinstance(entries, list) or len(entries) != count:
            found = len(entries) if isinstance(entries, list) else "no"
            raise self._garbled(f"{found} vectors for {count} texts")
        try:
            ordered = sorted(entries, key=lambda entry: entry.index)
            vectors = np.array([entry.embedding for entry in ordered], np.float32)
        except (AttributeError, TypeError, ValueError):
            raise self._garbled("vectors that are no lists of equally many numbers") from None
        if [entry.index for entry in ordered] != list(range(count)):
            raise self._garbled("vectors that are not numbered as the texts are")
        self._check_values(vectors)
        return vectors

    def _check_values(self, vectors: npt.NDArray[np.float32]) -> None:
        if vectors.ndim != 2 or not vectors.shape[1] or not np.isfinite(vectors).all():
            raise self._garbled("vectors that are no lists of equally many numbers")
        if not vectors.any(axis=1).all():
            raise self._garbled("a vector of zeros")
        with self._lock:
            self._dimension = self._dimension or vectors.shape[1]
        if vectors.shape[1] != self._dimension:
            raise self._garbled(f"vectors of {vectors.shape[1]} instead of {self._dimension}")

    def _garbled(self, sent: str) -> EndpointGarbled:
        return EndpointGarbled(
            f"{self._endpoint.host} sent {sent}.",
            f"Check base_url (YINJU_EMBEDDING_BASE_URL) and that {self._model!r} embeds.",
        )
