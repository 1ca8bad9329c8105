"""Embedders: text to vectors of length one, usable as Chroma embedding functions.

They have Chroma's methods without deriving from its class, since importing chromadb takes over
a second that a question from the command line need not wait for.
"""

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol, Self

import numpy as np
import numpy.typing as npt

from rag.e5 import BUILD, GRAPH
from rag.e5.common import Centres
from rag.e5.engine import Engine, TokenVectors
from rag.errors import SettingsError
from rag.hub import load_model
from rag.models import MODELS, path_of

Vector = npt.NDArray[np.float32]
"""Shape (dimension,), length one."""

Role = Literal["query", "passage"]
"""How e5 is to read a text: texts alike are compared as queries, evidence is asked as passages."""

_KINDS = "`e5`, `sentence-transformers:NAME_OR_FOLDER` or `openai:MODEL`"


class Embedder(Protocol):
    """What the store needs of an embedding model."""

    spec: str
    """As in the settings, such as `e5`."""

    @property
    def fingerprint(self) -> str:
        """Differs between models whose vectors must not be mixed; up to 32 of [a-z0-9-]."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def __call__(self, input: list[str]) -> list[Vector]:  # noqa: A002, Chroma checks the name
        """Embed passages.

        Raises:
            ModelError: the local model cannot be loaded.
            EndpointError: the endpoint failed.
        """
        ...

    def embed_query(self, input: list[str]) -> list[Vector]:  # noqa: A002
        """Embed questions; raises as embedding passages does."""
        ...


class ChromaFunction:
    """The part of Chroma's `EmbeddingFunction` that is the same for all of ours."""

    registered_name: ClassVar[str]

    @classmethod
    def name(cls) -> str:
        return cls.registered_name

    @classmethod
    def build_from_config(cls, config: dict[str, Any]) -> Self:
        return cls(**config)

    @staticmethod
    def validate_config(config: dict[str, Any]) -> None:
        """Chroma asks; the constructor checks."""

    def validate_config_update(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        """Chroma asks; a collection is for one fingerprint, so its model cannot change."""

    def is_legacy(self) -> bool:
        return False

    def default_space(self) -> Literal["cosine"]:
        return "cosine"

    def supported_spaces(self) -> list[Literal["cosine", "l2", "ip"]]:
        return ["cosine", "l2", "ip"]


class E5Embedder(ChromaFunction):
    """The embedded multilingual-e5-small, run by ONNX Runtime; loads on first use."""

    registered_name = "yinju-e5"
    spec = "e5"
    dimension = 384
    max_tokens = 512
    """Longer texts are read in windows of this, whose mean is the vector."""

    def __init__(self, models_directory: Path | str, threads: int = 2) -> None:
        self._directory = Path(models_directory)
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: Engine | None = None
        self._common: Centres | None = None

    @property
    def fingerprint(self) -> str:
        return f"e5-small-{MODELS['e5'].sha256[:8]}-int8-{BUILD}"

    def get_config(self) -> dict[str, Any]:
        return {"models_directory": str(self._directory), "threads": self._threads}

    def preload(self) -> None:
        """Load now.

        Raises:
            ModelMissing: it has not been pulled.
            ModelError: its file cannot be used.
        """
        self._engine()

    def count_tokens(self, text: str) -> int:
        """Tokens of a passage as the model sees it, prefix and marks included."""
        return self._engine().count_tokens(f"passage: {text}")

    def __call__(self, input: list[str]) -> list[Vector]:  # noqa: A002
        return self._engine().embed([f"passage: {text}" for text in input])

    def embed_query(self, input: list[str]) -> list[Vector]:  # noqa: A002
        return self._engine().embed([f"query: {text}" for text in input])

    def token_vectors(self, texts: Sequence[str], *, role: Role = "query") -> list[TokenVectors]:
        """The pieces of each text and a vector for each, read in their context."""
        return self._engine().token_vectors(texts, prefix=f"{role}: ")

    def centred_token_vectors(
        self, texts: Sequence[str], *, role: Role = "query"
    ) -> list[TokenVectors]:
        """`token_vectors` without what all pieces of a script have in common."""
        centres = self._centres()
        return [centres.without(one) for one in self.token_vectors(texts, role=role)]

    def _centres(self) -> Centres:
        with self._lock:
            known = self._common
        if known is None:
            known = Centres(self.token_vectors)
            with self._lock:
                self._common = known
        return known

    def _engine(self) -> Engine:
        with self._lock:
            if self._loaded is None:
                weights = path_of("e5", self._directory)
                graph = self._directory / f"{self.fingerprint}-{GRAPH}.onnx"
                self._loaded = Engine(weights, graph, self._threads)
            return self._loaded


class SentenceTransformerEmbedder(ChromaFunction):
    """Any sentence-transformers model, by folder or by name at the hub; loads on first use.

    Its own prompts for queries and passages are used where it defines them; models of the e5
    family, which define none, get the prefixes they were trained with.
    """

    registered_name = "yinju-sentence-transformers"

    def __init__(self, model: str) -> None:
        self.spec = f"sentence-transformers:{model}"
        self._model = model
        self._lock = threading.Lock()
        self._loaded: Any = None
        e5_family = "e5-" in Path(model).name.lower()
        self._prompts = {"query": "query: ", "document": "passage: "} if e5_family else {}

    @property
    def fingerprint(self) -> str:
        return f"sentence-transformers-{_digest(self._model, *_listing(Path(self._model)))[:10]}"

    @property
    def dimension(self) -> int:
        return int(self._transformer().get_embedding_dimension())

    def get_config(self) -> dict[str, Any]:
        return {"model": self._model}

    def __call__(self, input: list[str]) -> list[Vector]:  # noqa: A002
        return self._encode(self._transformer().encode_document, input, "document")

    def embed_query(self, input: list[str]) -> list[Vector]:  # noqa: A002
        return self._encode(self._transformer().encode_query, input, "query")

    def _encode(self, encode: Any, texts: list[str], task: str) -> list[Vector]:
        if not texts:
            return []
        # A prompt given here would win over the model's own, so it is given only without one.
        own = any(self._transformer().prompts.values())
        vectors = encode(
            texts,
            prompt=None if own else self._prompts.get(task),
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return list(np.asarray(vectors, np.float32))

    def _transformer(self) -> Any:
        with self._lock:
            if self._loaded is None:
                self._loaded = load_model("sentence-transformers model", self._model, self._load)
            return self._loaded

    def _load(self, local: bool) -> Any:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(self._model, local_files_only=local)


def open_embedder(
    spec: str,
    *,
    models_directory: Path,
    base_url: str | None = None,
    api_key: str | None = None,
    timeout: float = 60.0,
    retries: int = 3,
) -> Embedder:
    """The embedder that a setting names; loads nothing yet.

    Raises:
        SettingsError: `spec` names none, or an endpoint is needed and none is set.
    """
    kind, _, name = spec.partition(":")
    if spec == "e5":
        return E5Embedder(models_directory)
    if kind == "sentence-transformers" and name:
        return SentenceTransformerEmbedder(name)
    if kind == "openai" and name:
        from rag.endpoint_embedding import OpenAIEmbedder

        if not base_url:
            raise SettingsError(
                f"The embedder {spec!r} needs an endpoint.",
                "Set YINJU_EMBEDDING_BASE_URL or YINJU_BASE_URL.",
            )
        return OpenAIEmbedder(name, base_url, api_key, timeout=timeout, retries=retries)
    raise SettingsError(f"Unknown embedder {spec!r}.", f"It is {_KINDS}.")


def register_with_chroma() -> None:
    """Let Chroma itself build our embedders when it opens a collection that names one."""
    from chromadb.utils import embedding_functions

    from rag.endpoint_embedding import OpenAIEmbedder

    register: Any = embedding_functions.register_embedding_function
    for kind in (E5Embedder, SentenceTransformerEmbedder, OpenAIEmbedder):
        register(kind)


def _listing(folder: Path) -> Sequence[str]:
    """Names and sizes of a local model's files; nothing for a name at the hub."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [f"{path.relative_to(folder).as_posix()} {path.stat().st_size}" for path in files]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
