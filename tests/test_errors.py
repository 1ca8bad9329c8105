"""Every error is one line for a person: what happened, then what to do next."""

import inspect
import json
import re

import pytest

from rag import errors
from rag.errors import LibraryError, LibraryLocked, SettingsError, YinjuError

EVERY = [
    value
    for _, value in inspect.getmembers(errors, inspect.isclass)
    if issubclass(value, YinjuError)
]


@pytest.mark.parametrize(
    ("message", "hint", "line"),
    [
        pytest.param("It broke.", "Mend it.", "It broke. Mend it.", id="en"),
        pytest.param("文件「甲」是空的。", "请检查。", "文件「甲」是空的。 请检查。", id="zh"),
        pytest.param("檔案 'a.txt' 是空的。", "", "檔案 'a.txt' 是空的。", id="hant-no-hint"),
        pytest.param(
            "第一行\n  第二行\t尾", "Next\r\nline.", "第一行 第二行 尾 Next line.", id="mixed"
        ),
    ],
)
@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_an_error_is_one_line(kind: type[YinjuError], message: str, hint: str, line: str) -> None:
    error = kind(message, hint)
    assert str(error) == line
    assert (error.message, error.hint) == (message, hint)


def test_exit_codes() -> None:
    codes = {kind.__name__: kind.exit_code for kind in EVERY}
    assert codes.pop("SettingsError") == 2
    assert set(codes.values()) == {1}


def test_the_tree_at_the_top_is_the_tree() -> None:
    drawn = set(re.findall(r"[A-Z]\w+(?=\s{2,})|^[A-Z]\w+$", errors.__doc__ or "", re.MULTILINE))
    assert drawn == {kind.__name__ for kind in EVERY}


def test_every_error_says_what_it_is() -> None:
    for kind in EVERY:
        assert (kind.__doc__ or "").strip().endswith("."), kind


def test_a_lock_is_caught_as_a_library_error() -> None:
    with pytest.raises(LibraryError) as caught:
        raise LibraryLocked("进程 7 is writing.", "Wait.")
    assert not isinstance(caught.value, SettingsError)
    assert json.dumps(str(caught.value), ensure_ascii=False) == '"进程 7 is writing. Wait."'
