"""One string in two languages."""

from typing import Literal, NamedTuple

Interface = Literal["zh", "en"]


class Text(NamedTuple):
    """One string in both languages, with the same placeholders."""

    zh: str
    en: str
