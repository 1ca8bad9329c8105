"""Any endpoint that speaks OpenAI's chat completions, through the `openai` package.

Nothing is sent but the request: the package's platform headers are switched off, and the
`OPENAI_*` variables of the environment are not consulted.
"""

import weakref
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from rag.errors import EndpointGarbled, EndpointRefused, SettingsError
from rag.llm import Message
from rag.llm.endpoint_errors import failures, too_long, translate, wants
from rag.llm.pieces import until, without_thinking
from rag.records import Mode, Usage
from rag.tokens import count_messages, count_tokens

if TYPE_CHECKING:
    import openai

OPENAI_URL = "https://api.openai.com/v1"
_NOT_SENT = (
    "X-Stainless-Lang",
    "X-Stainless-Package-Version",
    "X-Stainless-OS",
    "X-Stainless-Arch",
    "X-Stainless-Runtime",
    "X-Stainless-Runtime-Version",
    "X-Stainless-Async",
    "OpenAI-Organization",
    "OpenAI-Project",
)
_NOT_CHAT = ("embed", "rerank", "whisper", "tts")


class OpenAICompatible:
    """A model at an OpenAI-compatible endpoint. Making one sends and imports nothing."""

    mode: Mode = "openai"

    def __init__(
        self,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        model: str | None = None,
        timeout: float = 60.0,
        retries: int = 3,
        context_tokens: int = 8192,
    ) -> None:
        """Note where to ask, and how.

        Args:
            base_url: such as `http://localhost:11434/v1`; None is OpenAI itself.
            api_key: None for endpoints without one.
            model: None asks the endpoint for its models on first use and takes the first.
            timeout: seconds of silence after which the endpoint counts as unreachable.
            retries: tries after the first one, before any text came; waits grow from half a
                second to eight, or are what `Retry-After` says.
            context_tokens: prompt and reply together.

        Raises:
            SettingsError: the address or the key cannot be one.
        """
        self.base_url = (base_url or OPENAI_URL).strip()
        self.host = _host(self.base_url)
        self.name = model or ""
        self.context_tokens = context_tokens
        self.usage = Usage()
        self._api_key = _usable_key(api_key)
        self._timeout = timeout
        self._retries = retries
        self._dialect = _Dialect()

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: Sequence[str] = (),
        grammar: str | None = None,
    ) -> Iterator[str]:
        """Yield the reply piece by piece; see `rag.llm.LLM`.

        Raises:
            EndpointUnreachable, EndpointRefused, EndpointBusy: before any text.
            EndpointGarbled: no text came, or it broke off; what was yielded stays.
        """
        reply = _Reply()
        try:
            with closing(self._pieces(messages, max_tokens, reply)) as pieces:
                yield from until(self._some(without_thinking(pieces), reply), stop)
        finally:
            self.usage = reply.usage or Usage(
                prompt=count_messages(messages), completion=count_tokens(reply.text)
            )

    def _pieces(
        self, messages: Sequence[Message], max_tokens: int, reply: "_Reply"
    ) -> Generator[str, None, None]:
        """The raw text, noting in `reply` what else comes."""
        try:
            with self._open(messages, max_tokens) as chunks:
                for chunk in chunks:
                    if text := reply.take(chunk):
                        yield text
        except failures() as error:
            raise translate(
                error, host=self.host, secret=self._api_key, began=bool(reply.text)
            ) from None
        if reply.text and not reply.finish:
            raise EndpointGarbled(f"The reply from {self.host} broke off half way.", "Ask again.")

    def _some(self, pieces: Iterable[str], reply: "_Reply") -> Iterator[str]:
        """The same pieces; none at all is an error."""
        empty = True
        for piece in pieces:
            empty = False
            yield piece
        if empty:
            raise EndpointGarbled(
                f"{self.host} sent no text (finish reason: {reply.finish or 'none'}).",
                "Check base_url (most end in /v1) and model; a reasoning model may have "
                "spent all its tokens on thinking.",
            )

    def _open(
        self, messages: Sequence[Message], max_tokens: int
    ) -> "openai.Stream[openai.types.chat.ChatCompletionChunk]":
        """Send the request, again in the endpoint's own dialect where it objects to ours."""
        import openai

        create: Any = self.client.chat.completions.create
        request = {"model": self._model(), "messages": list(messages), "stream": True}
        dialect = self._dialect
        while True:
            try:
                stream = create(**request, **dialect.parameters(max_tokens))
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                adapted = dialect.adapted(error)
                if adapted == dialect:
                    raise
                dialect = adapted
            else:
                self._dialect = dialect
                return cast("openai.Stream[openai.types.chat.ChatCompletionChunk]", stream)

    def _model(self) -> str:
        if not self.name:
            self.name = _first_chat_model(self.client.get("/models", cast_to=object), self.host)
        return self.name

    @cached_property
    def client(self) -> "openai.OpenAI":
        """The package's client, for what else the endpoint offers."""
        import openai

        client = openai.OpenAI(
            base_url=self.base_url,
            api_key=self._api_key or "none",
            timeout=openai.Timeout(self._timeout, connect=min(self._timeout, 10.0)),
            max_retries=self._retries,
            default_headers=dict.fromkeys(_NOT_SENT, openai.Omit()),  # type: ignore[arg-type]
        )
        weakref.finalize(self, client.close)
        return client


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dialect:
    """Which of the optional parameters an endpoint takes; found out by its objections."""

    max_tokens: str = "max_tokens"
    temperature: bool = True
    stream_options: bool = True

    def parameters(self, max_tokens: int) -> dict[str, Any]:
        parameters: dict[str, Any] = {self.max_tokens: max_tokens}
        if self.temperature:
            parameters["temperature"] = 0
        if self.stream_options:
            parameters["stream_options"] = {"include_usage": True}
        return parameters

    def adapted(self, error: "openai.APIStatusError") -> "_Dialect":
        """The dialect to try after an objection; the same one if nothing is left to try.

        `stream_options` goes last and without being named: servers that do not know it often
        only say that something was not expected.
        """
        if self.max_tokens == "max_tokens" and wants(error, "max_completion_tokens"):
            return replace(self, max_tokens="max_completion_tokens")
        if self.temperature and wants(error, "temperature"):
            return replace(self, temperature=False)
        if self.stream_options and not too_long(error):
            return replace(self, stream_options=False)
        return self


class _Reply:
    """What has come so far. Chunks are read with suspicion: the package does not check them."""

    def __init__(self) -> None:
        self.text = ""
        self.finish: str | None = None
        self.usage: Usage | None = None

    def take(self, chunk: Any) -> str:
        """Note a chunk and return its text; thinking (`reasoning_content`) is left out."""
        usage = getattr(chunk, "usage", None)
        prompt = getattr(usage, "prompt_tokens", None)
        completion = getattr(usage, "completion_tokens", None)
        if isinstance(prompt, int) and isinstance(completion, int):
            self.usage = Usage(prompt=prompt, completion=completion)
        choices = getattr(chunk, "choices", None)
        if not isinstance(choices, list) or not choices:
            return ""
        self.finish = getattr(choices[0], "finish_reason", None) or self.finish
        content = getattr(getattr(choices[0], "delta", None), "content", None)
        text = content if isinstance(content, str) else ""
        self.text += text
        return text


def _host(base_url: str) -> str:
    """The part of the address to show: no user name, password or path."""
    try:
        parts = urlsplit(base_url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    printable = base_url.isprintable() and not any(mark.isspace() for mark in base_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not printable:
        raise SettingsError(
            "The setting 'base_url' is not an http address.",
            "Set YINJU_BASE_URL to something like http://localhost:11434/v1.",
        )
    return f"{parts.hostname}:{port}" if port else parts.hostname


def _usable_key(api_key: str | None) -> str | None:
    key = (api_key or "").strip()
    if not (key.isascii() and (not key or key.isprintable())) or " " in key:
        raise SettingsError(
            "The setting 'api_key' holds characters that no key has.", "Correct YINJU_API_KEY."
        )
    return key or None


def _first_chat_model(listing: object, host: str) -> str:
    """The first name in a reply to `/models` that is not plainly for another use."""
    entries = listing.get("data") if isinstance(listing, Mapping) else None
    entries = entries if isinstance(entries, list) else []
    found = [entry.get("id") for entry in entries if isinstance(entry, Mapping)]
    names = [name for name in found if isinstance(name, str) and name]
    if not names:
        raise EndpointRefused(
            f"{host} does not say which models it has.", "Set model (YINJU_MODEL)."
        )
    chat = [name for name in names if not any(word in name.lower() for word in _NOT_CHAT)]
    return (chat or names)[0]
