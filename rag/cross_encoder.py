"""Cross-encoders, which read two texts together: a reranker, and a judge by entailment.

Both are optional, since a model of this kind is larger than all that Yinju brings itself; any of
sentence-transformers' `CrossEncoder` models will do, by folder or by name at the hub.
"""

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from rag.errors import ModelError, SettingsError
from rag.hub import load_model

PREFIX = "sentence-transformers:"
BATCH = 16
"""Pairs read at once."""


class _Pairs:
    """A cross-encoder that loads on first use; usable from several threads."""

    kind: str
    """For messages."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()
        self._loaded: Any = None

    @property
    def _model(self) -> Any:
        with self._lock:
            if self._loaded is None:
                self._loaded = load_model(self.kind, self.name, self._load)
            return self._loaded

    def _load(self, local: bool) -> Any:
        from sentence_transformers import CrossEncoder

        model = CrossEncoder(self.name, local_files_only=local)
        self._check(model)
        return model

    def _check(self, model: Any) -> None:
        """Raise ModelError where the model is of another kind."""
        raise NotImplementedError

    def _logits(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Shape (pairs, labels)."""
        import torch

        found = self._model.predict(
            list(pairs),
            batch_size=BATCH,
            activation_fn=torch.nn.Identity(),
            show_progress_bar=False,
        )
        return np.asarray(found, np.float64).reshape(len(pairs), -1)


class Reranker(_Pairs):
    """Scores passages for a question by reading both together."""

    kind = "reranker"

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers, between 0 and 1; only their order means something.

        Raises:
            ModelError: the model cannot be loaded, or gives no single score.
        """
        if not passages:
            return []
        logits = self._logits([(question, passage) for passage in passages])[:, 0]
        return [float(value) for value in 1.0 / (1.0 + np.exp(-logits))]

    def _check(self, model: Any) -> None:
        if model.num_labels != 1:
            raise ModelError(
                f"The model {self.name!r} gives {model.num_labels} scores, and a reranker one.",
                "Set YINJU_RERANKER to a reranking cross-encoder, such as bge-reranker-v2-m3.",
            )


class Entailment(_Pairs):
    """Whether a text entails a claim, by a model of natural language inference."""

    kind = "entailment model"

    def entailed(self, claim: str, texts: Sequence[str]) -> list[float]:
        """The probability that each text entails the claim.

        Raises:
            ModelError: the model cannot be loaded, or has no label for entailment.
        """
        if not texts:
            return []
        logits = self._logits([(text, claim) for text in texts])
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares = odds / odds.sum(axis=1, keepdims=True)
        return [float(value) for value in shares[:, _entailment_label(self._model)]]

    def _check(self, model: Any) -> None:
        if _entailment_label(model) < 0:
            labels = ", ".join(map(str, model.config.id2label.values()))
            raise ModelError(
                f"The model {self.name!r} has no label for entailment, only {labels}.",
                "Set YINJU_JUDGE to a model of natural language inference, such as mDeBERTa-xnli.",
            )


def _entailment_label(model: Any) -> int:
    """The index of the label that begins with `entail`; -1 where none does."""
    found = [
        int(index)
        for index, label in model.config.id2label.items()
        if str(label).casefold().startswith("entail")
    ]
    return found[0] if found else -1


def open_reranker(spec: str | None) -> Reranker | None:
    """The reranker that a setting names; None where none is set.

    Raises:
        SettingsError: `spec` is of another form.
    """
    return Reranker(_name("reranker", spec)) if spec else None


def open_entailment(spec: str | None) -> Entailment | None:
    """The judge that a setting names; None where none is set.

    Raises:
        SettingsError: `spec` is of another form.
    """
    return Entailment(_name("judge", spec)) if spec else None


def _name(setting: str, spec: str) -> str:
    name = spec.removeprefix(PREFIX)
    if not spec.startswith(PREFIX) or not name:
        raise SettingsError(
            f"Unknown {setting} {spec!r}.", f"It is `{PREFIX}NAME_OR_FOLDER`, or unset."
        )
    return name
