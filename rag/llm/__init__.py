"""The LLM port: anything that can stream a chat completion."""

from collections.abc import Iterator, Sequence
from typing import Literal, Protocol, TypedDict

from rag.records import Mode, Usage


class Message(TypedDict):
    """One chat message."""

    role: Literal["system", "user", "assistant"]
    content: str


class LLM(Protocol):
    """A chat model. One method; everything else derives from it."""

    mode: Mode
    name: str
    """Model name as shown to the user."""
    context_tokens: int
    """Prompt and reply together must fit in this many tokens."""
    usage: Usage
    """Tokens of the last finished call."""

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: Sequence[str] = (),
        grammar: str | None = None,
    ) -> Iterator[str]:
        """Yield the reply piece by piece, at temperature 0, up to the first of `stop`.

        Closing the iterator ends the generation. `grammar` (GBNF) holds a local model to a
        form; endpoints have no common way to say that and do not see it.

        Raises:
            EndpointError: the endpoint failed; what was yielded before stays valid text.
            ModelError: the local model could not be loaded or run.
        """
        ...


def complete(
    llm: LLM,
    messages: Sequence[Message],
    *,
    max_tokens: int,
    stop: Sequence[str] = (),
    grammar: str | None = None,
) -> str:
    """The whole reply as one string."""
    return "".join(llm.stream(messages, max_tokens=max_tokens, stop=stop, grammar=grammar))
