"""The endpoint client, against a real HTTP server on loopback."""

import inspect
import json
import logging
from collections.abc import Callable

import openai
import pytest

from rag.errors import (
    EndpointBusy,
    EndpointError,
    EndpointGarbled,
    EndpointRefused,
    EndpointUnreachable,
    SettingsError,
    YinjuError,
)
from rag.llm import LLM, Message, complete
from rag.llm.endpoint_errors import failures, translate
from rag.llm.openai_compatible import OpenAICompatible
from rag.llm.pieces import until, without_thinking
from rag.records import Usage
from rag.tokens import count_messages, count_tokens
from tests.servers import (
    DONE,
    ChatServer,
    Reply,
    breaks_off,
    chat_server,
    event,
    html,
    piece,
    says,
    slow,
    status,
    streams,
    torn,
)

KEY = "sk-secret-0123456789"
PROMPT = "生态环境部2026年部署了什么? What was deployed?"
MESSAGES: list[Message] = [
    {"role": "system", "content": "只用中文回答。"},
    {"role": "user", "content": PROMPT},
]


def llm_at(server: ChatServer, **options: object) -> OpenAICompatible:
    settings: dict[str, object] = {"model": "m", "retries": 0, "timeout": 5.0, "api_key": KEY}
    return OpenAICompatible(base_url=server.base_url, **(settings | options))  # type: ignore[arg-type]


def ask(llm: LLM, **options: object) -> str:
    return complete(llm, MESSAGES, max_tokens=64, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "pieces",
    [
        ("七", "项", "任务。[1]"),
        ("Seven", " tasks", ".[1]"),
        ("部署 seven 項任務，", "２０２６年", "。[1]"),
        ("👩‍👩‍👧", "𠮷"),
    ],
    ids=["zh", "en", "mixed-traditional-wide", "astral"],
)
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_text_arrives_whole_however_the_wire_cuts_it(pieces: tuple[str, ...], size: int) -> None:
    with chat_server([torn(says(*pieces, usage=(11, 3)), size)]) as server:
        llm = llm_at(server)
        assert list(llm.stream(MESSAGES, max_tokens=64)) == list(pieces)
        assert llm.usage == Usage(prompt=11, completion=3)


def test_request_says_what_was_asked_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-the-user")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/elsewhere")
    with chat_server([says("好")]) as server:
        ask(llm_at(server))
        (request,) = server.requests
    assert request.body == {
        "model": "m",
        "messages": MESSAGES,
        "stream": True,
        "temperature": 0,
        "max_tokens": 64,
        "stream_options": {"include_usage": True},
    }
    sent = {name.lower(): value for name, value in request.headers.items()}
    assert sent["authorization"] == f"Bearer {KEY}"
    extra = [name for name in sent if name.startswith(("x-stainless", "openai-"))]
    assert set(extra) <= {"x-stainless-retry-count", "x-stainless-read-timeout"}


def test_usage_is_estimated_where_none_is_sent() -> None:
    with chat_server([says("七项", "任务")]) as server:
        llm = llm_at(server)
        ask(llm)
    assert llm.usage == Usage(prompt=count_messages(MESSAGES), completion=count_tokens("七项任务"))


REFUSALS = [
    (401, EndpointRefused, "api_key"),
    (402, EndpointRefused, "credit"),
    (403, EndpointRefused, "api_key"),
    (404, EndpointRefused, "base_url"),
    (400, EndpointRefused, "model"),
    (418, EndpointRefused, "base_url"),
    (409, EndpointBusy, "retries"),
    (429, EndpointBusy, "retries"),
    (500, EndpointBusy, "retries"),
    (503, EndpointBusy, "retries"),
]


@pytest.mark.parametrize(("code", "kind", "hint"), REFUSALS, ids=lambda value: str(value))
def test_status_becomes_one_clear_line(code: int, kind: type[YinjuError], hint: str) -> None:
    with chat_server([status(code, f"bad key {KEY} for prompt {PROMPT}")]) as server:
        with pytest.raises(kind) as caught:
            ask(llm_at(server))
        line = str(caught.value)
    assert str(code) in line
    assert hint in line
    assert KEY not in line
    assert PROMPT not in line
    assert "\n" not in line


def test_no_key_in_the_line_even_as_the_error_code() -> None:
    body = {"error": {"message": "no", "code": KEY}}
    reply = Reply(parts=(json.dumps(body).encode(),), status=401)
    with chat_server([reply]) as server, pytest.raises(EndpointRefused) as caught:
        ask(llm_at(server))
    assert KEY not in str(caught.value)


def test_too_long_a_prompt_names_the_setting() -> None:
    told = "This model's maximum context length is 4096 tokens."
    with chat_server([status(400, told)]) as server:
        with pytest.raises(EndpointRefused, match="context_tokens"):
            ask(llm_at(server))
        assert len(server.chats) == 1


def test_busy_endpoint_is_asked_again() -> None:
    wait = {"Retry-After": "0.01"}
    with chat_server([status(429, headers=wait), status(503, headers=wait), says("好")]) as server:
        assert ask(llm_at(server, retries=2)) == "好"
        assert len(server.chats) == 3


def test_retries_end() -> None:
    with chat_server([status(500, headers={"Retry-After": "0.01"})]) as server:
        with pytest.raises(EndpointBusy):
            ask(llm_at(server, retries=2))
        assert len(server.chats) == 3


@pytest.mark.parametrize(
    "reply",
    [
        html(),
        streams(),
        streams(DONE),
        streams(b"data: 5\n\n", DONE),
        streams(b"data: [1]\n\n", DONE),
        streams(b"data: {nope\n\n"),
        streams(b"data: \xb9\xfa\xbc\xd2\n\n"),
        streams(b'data: {"error":{"message":"' + KEY.encode() + b'","code":"overloaded"}}\n\n'),
        streams(event(choices=[{"index": 0, "delta": None, "finish_reason": "stop"}]), DONE),
        streams(event(choices="text"), DONE),
        streams(piece(reasoning_content="让我想想"), piece(finish="length"), DONE),
        says("<think>让我", "想想", finish="length"),
        says("", finish="content_filter"),
        breaks_off(),
        Reply(status=204),
        Reply(
            content_type="text/event-stream", headers={"Content-Encoding": "gzip"}, parts=(b"z",)
        ),
    ],
    ids=lambda reply: repr(b"".join(reply.parts)[:40]),
)
def test_what_is_no_completion_is_garbled(reply: Reply) -> None:
    with chat_server([reply]) as server:
        with pytest.raises((EndpointGarbled, EndpointUnreachable)) as caught:
            ask(llm_at(server))
        assert len(server.chats) == 1
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("chunked", [True, False], ids=["broken-framing", "clean-end"])
def test_text_before_a_break_stays_and_is_not_asked_for_again(chunked: bool) -> None:
    came: list[str] = []
    with chat_server([breaks_off("七项", "任务", chunked=chunked), says("not this")]) as server:
        llm = llm_at(server, retries=3)
        with pytest.raises(EndpointGarbled, match="half way"):
            came.extend(llm.stream(MESSAGES, max_tokens=64))
        assert len(server.chats) == 1
    assert came == ["七项", "任务"]
    assert llm.usage.completion == count_tokens("七项任务")


def test_silence_is_unreachable() -> None:
    with chat_server([slow(30)]) as server, pytest.raises(EndpointUnreachable, match="timeout"):
        ask(llm_at(server, timeout=0.1))


def test_nobody_there() -> None:
    with chat_server([says("x")]) as server:
        address = server.base_url
    with pytest.raises(EndpointUnreachable, match="base_url"):
        ask(OpenAICompatible(base_url=address, model="m", retries=0))


@pytest.mark.parametrize("code", [400, 404, 500], ids=str)
def test_error_reply_that_breaks_off_does_not_leak(code: int) -> None:
    reply = Reply(status=code, parts=(b'{"error',), cut=True)
    with chat_server([reply]) as server, pytest.raises(EndpointError):
        ask(llm_at(server))


def picky(word: str, complaint: str) -> Callable[[dict[str, object]], Reply]:
    """An endpoint that refuses one parameter."""
    return lambda body: status(400, complaint) if word in body else says("好")


@pytest.mark.parametrize(
    ("word", "complaint", "instead"),
    [
        ("max_tokens", "Use 'max_completion_tokens' instead.", "max_completion_tokens"),
        ("temperature", "'temperature' does not support 0 with this model.", "max_tokens"),
        ("stream_options", "Unrecognized request argument.", "max_tokens"),
    ],
)
def test_dialect_is_learnt_once(word: str, complaint: str, instead: str) -> None:
    with chat_server([picky(word, complaint)]) as server:
        llm = llm_at(server)
        assert ask(llm) == "好"
        assert ask(llm) == "好"
        assert [word in request.body for request in server.chats] == [True, False, False]
        assert instead in server.chats[-1].body


def test_a_plain_refusal_ends_after_every_dialect() -> None:
    with chat_server([status(422, "max_completion_tokens temperature")]) as server:
        with pytest.raises(EndpointRefused):
            ask(llm_at(server))
        assert len(server.chats) == 4


@pytest.mark.parametrize(
    ("models", "expected"),
    [
        (["bge-embed", "qwen2.5", "other"], "qwen2.5"),
        (["text-embedding"], "text-embedding"),
        (["模型"], "模型"),
    ],
)
def test_first_chat_model_is_taken(models: list[str], expected: str) -> None:
    with chat_server([says("好")], models=models) as server:
        llm = llm_at(server, model=None)
        ask(llm)
        ask(llm)
        assert llm.name == expected
        assert [request.path for request in server.requests].count("/v1/models") == 1


@pytest.mark.parametrize(
    "models",
    [
        [],
        html(),
        status(404),
        *(Reply(parts=(body,)) for body in (b"[]", b'{"data":5}', b'{"data":[{}]}', b"{no", b"5")),
    ],
    ids=str,
)
def test_no_model_to_take(models: list[str] | Reply) -> None:
    with chat_server([says("好")], models=models) as server:
        with pytest.raises((EndpointRefused, EndpointGarbled)):
            ask(llm_at(server, model=None))
        assert not server.chats


@pytest.mark.parametrize(
    ("pieces", "stop", "expected"),
    [
        (("一。\n", "二。\n\n", "三"), ["\n\n"], "一。\n二。"),
        (("One.\n", "\nTwo"), ["\n\n"], "One."),
        (("答案:七項。", "问", "题:"), ["问题:", "Question:"], "答案:七項。"),
        (("no stop", " here"), ["###"], "no stop here"),
        (("abc",), [""], "abc"),
    ],
)
def test_stop_works_without_the_endpoint(
    pieces: tuple[str, ...], stop: list[str], expected: str
) -> None:
    with chat_server([says(*pieces)]) as server:
        assert ask(llm_at(server), stop=stop) == expected
        assert "stop" not in server.chats[0].body


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["<thi", "nk>想", "</think>", "\n\n", "七項"], "七項"),
        (["\n<think>hm</think>Seven"], "Seven"),
        (["<table> is no thought"], "<table> is no thought"),
        (["<thi"], "<thi"),
        (["a <think>b</think>"], "a <think>b</think>"),
        (["<think>never closed"], ""),
        (["<think>x</think>", " "], ""),
    ],
)
def test_thinking_is_left_out(pieces: list[str], expected: str) -> None:
    assert "".join(without_thinking(pieces)) == expected


@pytest.mark.parametrize("size", [1, 2, 5])
def test_until_finds_a_stop_in_any_cut(size: int) -> None:
    text = "甲乙丙<end>丁"
    cut = [text[at : at + size] for at in range(0, len(text), size)]
    assert "".join(until(cut, ["<end>", "丁"])) == "甲乙丙"


@pytest.mark.parametrize(
    "base_url",
    [
        "localhost:11434",
        "ftp://x/v1",
        "http://[::1/v1",
        "http://h:port/v1",
        "http://a b/v1",
        "http://",
    ],
)
def test_impossible_address_is_a_settings_error(base_url: str) -> None:
    with pytest.raises(SettingsError, match="base_url"):
        OpenAICompatible(base_url=base_url)


@pytest.mark.parametrize("api_key", ["密钥", "a\nb", "a b"])
def test_impossible_key_is_a_settings_error(api_key: str) -> None:
    with pytest.raises(SettingsError, match="api_key") as caught:
        OpenAICompatible(base_url="http://localhost/v1", api_key=api_key)
    assert api_key not in str(caught.value)


def test_password_in_the_address_is_not_shown() -> None:
    llm = OpenAICompatible(base_url="http://user:hush@localhost:9/v1/")
    assert llm.host == "localhost:9"


def test_lone_surrogate_is_refused_in_one_line() -> None:
    with chat_server([says("x")]) as server, pytest.raises(EndpointRefused, match="surrogate"):
        complete(llm_at(server), [{"role": "user", "content": "\ud800"}], max_tokens=5)


def openai_errors() -> list[type[Exception]]:
    tree: list[type[Exception]] = [openai.OpenAIError]
    for kind in tree:
        tree.extend(kind.__subclasses__())
    return sorted(set(tree), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", openai_errors(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("began", [False, True])
def test_every_openai_error_has_a_place(kind: type[Exception], began: bool) -> None:
    import httpx2

    request = httpx2.Request("POST", "http://localhost/v1")
    response = httpx2.Response(429, request=request)
    known = {"message": KEY, "request": request, "response": response, "body": None}
    known |= {"completion": None}
    signature = inspect.signature(kind.__init__).parameters
    error = kind.__new__(kind)
    Exception.__init__(error, KEY)
    if issubclass(kind, openai.APIError):
        error = kind(**{name: value for name, value in known.items() if name in signature})
    assert isinstance(error, failures())
    ours = translate(error, host="localhost", secret=KEY, began=began)
    assert isinstance(ours, EndpointError)
    assert KEY not in str(ours)


def test_a_real_log_holds_neither_key_nor_prompt(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with chat_server([status(500, headers={"Retry-After": "0.01"}), says("好")]) as server:
        ask(llm_at(server, retries=1))
    assert KEY not in caplog.text
    assert PROMPT not in caplog.text


def test_closing_early_leaves_the_client_usable() -> None:
    with chat_server([says("七", "项", "任务")]) as server:
        llm = llm_at(server)
        stream = llm.stream(MESSAGES, max_tokens=64)
        assert next(stream) == "七"
        stream.close()  # type: ignore[attr-defined]
        assert llm.usage.completion > 0
        assert ask(llm) == "七项任务"
