"""Token counts, which budgets for prompts rest on."""

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.tokens import MARGIN, count_messages, count_tokens, cut_to_tokens, fit

ANY_TEXT = st.text(max_size=120) | st.text("七项任务任務12３４ aB.,。\n<|>👩\u200d", max_size=200)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("hello world", 2),
        ("2026", 4),
        ("1,234.5%", 8),
        ("年", 1),
        ("生态环境部", 6),
        ("環境", 5),
        ("GDP 增长 5.2%", 11),
    ],
)
def test_counts(text: str, expected: int) -> None:
    assert count_tokens(text) == expected


@pytest.mark.parametrize("name", ["<|endoftext|>", "<|im_start|>", "<|fim_prefix|>"])
def test_names_of_special_tokens_are_text(name: str) -> None:
    assert count_tokens(f"文档 {name} here") > 4
    assert cut_to_tokens(name, 100) == name


@given(ANY_TEXT, st.integers(min_value=-1, max_value=60))
def test_cut_is_a_prefix_within_the_limit(text: str, limit: int) -> None:
    cut = cut_to_tokens(text, limit)
    assert text.startswith(cut)
    assert count_tokens(cut) <= max(limit, 0)


@given(ANY_TEXT)
def test_cut_leaves_what_fits(text: str) -> None:
    assert cut_to_tokens(text, count_tokens(text) + 2) == text


@pytest.mark.parametrize("text", ["字" * 5000, "環境 policy " * 500, "1" * 9000, " " * 9000])
def test_cut_spends_nearly_all(text: str) -> None:
    assert 497 <= count_tokens(cut_to_tokens(text, 500)) <= 500 or text.isspace()


@given(st.lists(ANY_TEXT, max_size=6), st.integers(min_value=0, max_value=150))
def test_fit_keeps_the_leading_items(items: list[str], limit: int) -> None:
    kept = fit(items, limit)
    assert kept == items[: len(kept)]
    assert sum(count_tokens(item) + 1 for item in kept) <= limit
    if len(kept) < len(items):
        following = items[: len(kept) + 1]
        assert sum(count_tokens(item) + 1 for item in following) > limit


def test_fit_asks_for_the_text_of_an_item() -> None:
    items = [{"text": "七项任务"}, {"text": "seven tasks"}]
    assert fit(items, 8, lambda item: item["text"], overhead=2) == items[:1]


def test_messages_count_their_headers_and_the_margin() -> None:
    messages = [
        {"role": "system", "content": "简答。"},
        {"role": "user", "content": "几项? How many?"},
    ]
    contents = sum(count_tokens(message["content"]) for message in messages)
    assert count_messages(messages) == 24 + math.ceil((contents + 10) * (1 + MARGIN))


def test_nothing_is_downloaded() -> None:
    code = (
        "import socket\n"
        "def refuse(*_): raise AssertionError('network')\n"
        "socket.socket.connect = refuse\n"
        "socket.getaddrinfo = refuse\n"
        "from rag.tokens import count_tokens\n"
        "import sys; assert 'tiktoken' not in sys.modules\n"
        "print(count_tokens('hello world'))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("2\n", "")
