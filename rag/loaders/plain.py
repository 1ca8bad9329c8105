"""Plain text and Markdown: the text is the file."""

from rag.loaders.encoding import decode
from rag.loaders.extracted import Extracted


def load(raw: bytes, name: str, encoding: str | None = None) -> Extracted:
    """Text of a file's bytes; `name` stands for the file in messages.

    Raises:
        InputError: the file is empty or is not text.
        EncodingError: the bytes are text in no encoding we know.
    """
    return decode(raw, name, encoding).extracted()
