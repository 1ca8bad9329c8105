"""Which LLM the settings mean."""

import os
from pathlib import Path
from typing import Literal

from rag.errors import SettingsError
from rag.llm import LLM
from rag.llm.llama_cpp import LlamaCpp
from rag.llm.openai_compatible import OpenAICompatible
from rag.models import is_pulled, path_of

EMBEDDED = "llm"
"""The embedded LLM's name in the catalogue of models."""
_EMBEDDED_CONTEXT = 4096
"""Tokens; a full prompt already takes half a minute to read on two cores."""
_MOST_THREADS = 8
"""A model this small is bound by memory before that."""


def open_llm(
    mode: Literal["auto", "openai", "llama", "extractive"],
    *,
    base_url: str | None,
    api_key: str | None,
    model: str | None,
    timeout: float,
    retries: int,
    context_tokens: int,
    models_directory: Path,
) -> LLM | None:
    """The model to write with; None is for quoting without one.

    `auto` takes the endpoint if anything of it is configured, else the embedded LLM if it has
    been pulled, else none. Nothing is loaded or sent before the first use.

    Args:
        mode: as in the settings.
        base_url: the endpoint.
        api_key: its key.
        model: the model's name there.
        timeout: seconds of silence to bear.
        retries: tries after the first.
        context_tokens: prompt and reply together, at the endpoint.
        models_directory: where models are pulled to.

    Raises:
        SettingsError: the endpoint is meant and something about it is missing or impossible.
        ModelMissing: the embedded LLM is meant and has not been pulled.
    """
    if mode == "openai" or (mode == "auto" and (base_url or api_key or model)):
        _check_endpoint(base_url, api_key, model)
        return OpenAICompatible(
            base_url=base_url,
            api_key=api_key,
            model=model,
            timeout=timeout,
            retries=retries,
            context_tokens=context_tokens,
        )
    if mode == "llama" or (mode == "auto" and is_pulled(EMBEDDED, models_directory)):
        return LlamaCpp(
            path_of(EMBEDDED, models_directory),
            context_tokens=min(context_tokens, _EMBEDDED_CONTEXT),
            threads=min(os.cpu_count() or 2, _MOST_THREADS),
        )
    return None


def _check_endpoint(base_url: str | None, api_key: str | None, model: str | None) -> None:
    if base_url:
        return
    if not api_key:
        raise SettingsError(
            "No endpoint is configured.",
            "Set base_url (YINJU_BASE_URL), or api_key (YINJU_API_KEY) for OpenAI itself.",
        )
    if not model:
        raise SettingsError(
            "OpenAI has many models.", "Set model (YINJU_MODEL), or base_url (YINJU_BASE_URL)."
        )
