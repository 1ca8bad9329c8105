"""The parts of an engine: built from `Settings`, each when first used."""

from collections.abc import Sequence
from dataclasses import fields
from functools import cached_property
from types import TracebackType
from typing import Self

from rag.answering import Answerer
from rag.cross_encoder import Entailment, open_entailment, open_reranker
from rag.embedding import Embedder, open_embedder
from rag.llm import LLM
from rag.llm.opening import open_llm
from rag.loaders import Limits
from rag.passages import LibraryPassages
from rag.points import select as select_points
from rag.records import Evidence, Mode
from rag.retrieval import Retriever
from rag.settings import Settings
from rag.store import Store
from rag.whole.answers import WholeReader

DEFAULT_EMBEDDER = "e5"


class Parts:
    """What a library and its models are made of, for these settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        if "store" in self.__dict__:
            self.store.close()

    @cached_property
    def store(self) -> Store:
        settings = self.settings
        return Store(settings.library, self._open_embedder, chroma_url=settings.chroma_url)

    @cached_property
    def _checking_embedder(self) -> Embedder:
        return self._embedder_for(self.settings.embedder or DEFAULT_EMBEDDER)

    def _open_embedder(self) -> Embedder:
        remembered = self.store.database.meta("embedder_spec")
        return self._embedder_for(self.settings.embedder or remembered or DEFAULT_EMBEDDER)

    def _embedder_for(self, spec: str) -> Embedder:
        settings = self.settings
        key = settings.embedding_api_key or settings.api_key
        return open_embedder(
            spec,
            models_directory=settings.models,
            base_url=settings.embedding_base_url or settings.base_url,
            api_key=key.get_secret_value() if key else None,
            timeout=settings.timeout,
            retries=settings.retries,
        )

    @cached_property
    def llm(self) -> LLM | None:
        """The model that writes; None in extractive mode."""
        settings = self.settings
        return open_llm(
            settings.mode,
            base_url=settings.base_url,
            api_key=settings.api_key.get_secret_value() if settings.api_key else None,
            model=settings.model,
            timeout=settings.timeout,
            retries=settings.retries,
            context_tokens=settings.context_tokens,
            models_directory=settings.models,
        )

    @property
    def mode(self) -> Mode:
        """Who writes, as it turns out with these settings."""
        return self.llm.mode if self.llm else "extractive"

    @cached_property
    def retriever(self) -> Retriever:
        return Retriever(self.store, open_reranker(self.settings.reranker))

    @cached_property
    def passages(self) -> LibraryPassages:
        return LibraryPassages(self.store, self.retriever, self.entailment)

    @cached_property
    def entailment(self) -> Entailment | None:
        """The model that judges claims, where one is set."""
        return open_entailment(self.settings.judge)

    @cached_property
    def answerer(self) -> Answerer:
        return Answerer(self.store, self.llm, self.retriever, self.entailment)

    @cached_property
    def whole_reader(self) -> WholeReader:
        """Answers questions about whole documents."""
        return WholeReader(self.store, self._pick)

    def _pick(self, sentences: Sequence[Evidence], count: int) -> list[Evidence]:
        """The sentences that say most, as in summaries."""
        return select_points(sentences, self.store.embed, count)

    @property
    def _limits(self) -> Limits:
        names = [field.name for field in fields(Limits)]
        return Limits(**{name: getattr(self.settings, name) for name in names})
