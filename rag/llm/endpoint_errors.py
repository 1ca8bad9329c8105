"""What can go wrong at an endpoint, in our own errors: one line, no key and no prompt in it."""

import json
import re
from typing import TYPE_CHECKING, Any

from rag.errors import (
    EndpointBusy,
    EndpointError,
    EndpointGarbled,
    EndpointRefused,
    EndpointUnreachable,
)

if TYPE_CHECKING:
    import openai

_HINTS = {
    401: "Check api_key (YINJU_API_KEY).",
    402: "The account has no credit left.",
    403: "Check that api_key (YINJU_API_KEY) may use this model.",
    404: "Check base_url (YINJU_BASE_URL; most end in /v1) and model (YINJU_MODEL).",
    413: "Lower context_tokens (YINJU_CONTEXT_TOKENS).",
}
_BUSY = {408, 409, 425, 429}
_CODE = re.compile(r"[\w.-]{1,60}")


def failures() -> tuple[type[Exception], ...]:
    """Everything that a call through the `openai` package raises because of the endpoint.

    `httpx2` errors come through bare where the body of an error reply breaks off; JSON and
    Unicode errors where a stream is not what it says.
    """
    import httpx2
    import openai

    return (
        openai.OpenAIError,
        httpx2.HTTPError,
        httpx2.InvalidURL,
        httpx2.StreamError,
        json.JSONDecodeError,
        UnicodeError,
    )


def translate(error: Exception, *, host: str, secret: str | None, began: bool) -> EndpointError:
    """Our error for one of `failures()`.

    Args:
        error: what was raised.
        host: the endpoint as shown to the user.
        secret: the key, which must not be shown even if the endpoint repeats it.
        began: whether part of the reply had arrived.
    """
    import httpx2
    import openai

    if isinstance(error, openai.APIStatusError):
        return _refusal(error, host, secret)
    if isinstance(error, UnicodeEncodeError):
        return EndpointRefused(
            "The prompt holds characters that are no text (lone surrogates).",
            "Check the encoding of the question and the documents.",
        )
    if began:
        return EndpointGarbled(f"The reply from {host} broke off half way.", "Ask again.")
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return EndpointUnreachable(
            f"{host} did not answer in time.",
            "Check that it runs, or raise timeout (YINJU_TIMEOUT).",
        )
    if isinstance(error, openai.APIConnectionError | httpx2.InvalidURL):
        return EndpointUnreachable(
            f"Cannot reach {host}.", "Check base_url (YINJU_BASE_URL) and that it runs."
        )
    return EndpointGarbled(
        f"What {host} sent is not a completion{_code(error, secret)}.",
        "Check base_url (YINJU_BASE_URL; most end in /v1).",
    )


def wants(error: "openai.APIStatusError", word: str) -> bool:
    """Whether the endpoint's complaint mentions a word, such as the name of a parameter."""
    return word in f"{error.message} {error.body}".lower()


def too_long(error: "openai.APIStatusError") -> bool:
    """Whether it complains that the prompt is longer than the model's context."""
    return wants(error, "context") and (wants(error, "length") or wants(error, "token"))


def _refusal(error: "openai.APIStatusError", host: str, secret: str | None) -> EndpointError:
    status = error.status_code
    told = f"{status}{_code(error, secret)}"
    if status >= 500 or status in _BUSY:
        return EndpointBusy(
            f"{host} is busy or failing ({told}).", "Wait, or raise retries (YINJU_RETRIES)."
        )
    hint = _HINTS.get(status, "Check model (YINJU_MODEL) and base_url (YINJU_BASE_URL).")
    if status in {400, 422} and too_long(error):
        hint = "The prompt was too long: lower context_tokens (YINJU_CONTEXT_TOKENS)."
    return EndpointRefused(f"{host} refused the request ({told}).", hint)


def _code(error: Any, secret: str | None) -> str:
    """The endpoint's own word for it. Its sentences are left out: they may repeat the prompt."""
    code = getattr(error, "code", None) or getattr(error, "type", None)
    plain = isinstance(code, str) and _CODE.fullmatch(code) and not (secret and secret in code)
    return f", {code}" if plain else ""
