"""Reading JSON Lines: a bad line is told, never a reason to stop or to drop it silently."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag import InputError

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line that is not a JSON object."""

    reason: str


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        InputError: it is missing or cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"There is no file {str(path)!r}.", "Check the path.") from None
    except OSError as error:
        raise InputError(
            f"Cannot read {str(path)!r}: {error.strerror}.", "Check the path and permissions."
        ) from None


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark.

    Raises:
        InputError: it is missing, cannot be read or is not UTF-8.
    """
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{str(path)!r} is not UTF-8 (byte {error.start}).", "Save it as UTF-8."
        ) from None


def read_lines(path: Path) -> Iterator[tuple[int, Json | BadLine]]:
    """Line number, from 1, and object of every line that is not blank.

    Lines end at a newline only: JSON strings may hold U+2028, which `splitlines` would cut at.

    Raises:
        InputError: the file cannot be read.
    """
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            yield number, parse_object(line)


def parse_object(text: str) -> Json | BadLine:
    """The JSON object in a text."""
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        return BadLine(reason=f"not JSON: {error.msg} at character {error.pos + 1}")
    except RecursionError:
        return BadLine(reason="not JSON we can read: it is nested too deeply")
    except ValueError as error:
        return BadLine(reason=f"not JSON we can read: {str(error).splitlines()[0]}")
    if not isinstance(value, dict):
        return BadLine(reason=f"not a JSON object but {_KINDS[type(value)]}")
    return value


_KINDS = {
    list: "a list",
    str: "text",
    int: "a number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number in JSON")
