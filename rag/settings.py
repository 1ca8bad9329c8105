"""Settings: `yinju.toml` in the working directory, then `YINJU_*` variables, then arguments.

A key nobody knows is an error that names the nearest right one, in the file and in the
environment alike, so that a typing mistake is never silently ignored.
"""

import difflib
import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from rag.errors import SettingsError

ENV_PREFIX = "YINJU_"
CONFIG_FILE = "yinju.toml"


class Settings(BaseSettings):
    """Every key a user can set; each is `YINJU_<KEY>` in the environment."""

    model_config = SettingsConfigDict(env_prefix=ENV_PREFIX, extra="forbid", frozen=True)

    library: Path = Field(default_factory=lambda: user_data_path("yinju") / "library")
    """Directory that holds documents, vectors and the lexical index."""
    models: Path = Field(default_factory=lambda: user_cache_path("yinju") / "models")
    """Directory that holds pulled models."""
    mode: Literal["auto", "openai", "llama", "extractive"] = "auto"
    """Who writes: an endpoint, the embedded LLM, quotes alone, or the first of these there is."""

    base_url: str | None = None
    """OpenAI-compatible endpoint, such as `http://localhost:11434/v1`."""
    api_key: SecretStr | None = None
    """Key for the endpoint; never printed."""
    model: str | None = None
    """Model name at the endpoint."""
    timeout: float = Field(default=60.0, gt=0)
    """Seconds to wait for the endpoint to send something."""
    retries: int = Field(default=3, ge=0, le=10)
    """How often a busy endpoint is asked again."""
    context_tokens: int = Field(default=8192, ge=1024)
    """Prompt and reply together stay below this at the endpoint."""

    embedder: str | None = None
    """`e5`, `sentence-transformers:NAME_OR_FOLDER` or `openai:MODEL`; unset: the library's own."""
    embedding_base_url: str | None = None
    """Endpoint for `openai:` embedders; `base_url` when not set."""
    embedding_api_key: SecretStr | None = None
    """Key for it; `api_key` when not set."""
    chroma_url: str | None = None
    """A Chroma server to use instead of the embedded one, such as `http://localhost:8000`."""

    max_file_megabytes: float = Field(default=200.0, gt=0)
    """A file or page with more bytes than that is refused."""
    max_characters: int = Field(default=5_000_000, ge=1000)
    """So is one with more text."""
    parse_seconds: float = Field(default=120.0, gt=0)
    """For taking the text out of one pdf, docx, html … file; then it is given up."""
    fetch_seconds: float = Field(default=60.0, gt=0)
    """For one address that is ingested, redirects and the whole page included."""
    allow_private_addresses: bool = False
    """Whether addresses may lead to this machine or a private network."""

    chunk_tokens: int = Field(default=280, ge=32, le=512)
    """Most tokens in a chunk; whole sentences are packed up to it."""
    top_k: int = Field(default=8, ge=1, le=100)
    """Passages retrieved for a question."""
    reranker: str | None = None
    """`sentence-transformers:NAME_OR_FOLDER` of a cross-encoder that orders the best anew."""
    judge: str | None = None
    """The same of a model of natural language inference that judges what claims mean."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first (they hold the file's values too, see `load_settings`), then nothing."""
        return (init_settings,)


def load_settings(directory: Path | None = None, **overrides: Any) -> Settings:
    """Merge file, environment and overrides, later ones winning; None overrides nothing.

    Raises:
        SettingsError: an unknown key, an unusable value or an unreadable file.
    """
    values: dict[str, Any] = {}
    for origin, found in (
        (CONFIG_FILE, _from_file((directory or Path.cwd()) / CONFIG_FILE)),
        ("environment", _from_environment()),
        ("argument", {key: value for key, value in overrides.items() if value is not None}),
    ):
        _reject_unknown(found, origin)
        values |= found
    try:
        settings = Settings(**values)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"Setting {key!r}: {first['msg']}.",
            f"Correct it in {CONFIG_FILE} or {ENV_PREFIX}{key.upper()}.",
        ) from None
    return settings.model_copy(
        update={key: getattr(settings, key).expanduser() for key in ("library", "models")}
    )


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"Cannot read {path}: {error}.", "It must be a TOML file.") from None


def _from_environment() -> dict[str, Any]:
    return {
        name.removeprefix(ENV_PREFIX).lower(): value
        for name, value in os.environ.items()
        if name.startswith(ENV_PREFIX) and value != ""
    }


def _reject_unknown(values: dict[str, Any], origin: str) -> None:
    known = Settings.model_fields
    for key in values:
        if key in known:
            continue
        near = difflib.get_close_matches(key, known, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(sorted(known))}."
        raise SettingsError(f"Unknown setting {key!r} ({origin}).", hint)
