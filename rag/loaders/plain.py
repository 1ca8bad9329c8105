"""Plain text and Markdown: the text is the file."""

from rag.loaders.encoding import Decoded, decode


def load(raw: bytes, name: str) -> Decoded:
    """Text of a file's bytes; `name` stands for the file in messages.

    Raises:
        InputError: the file is empty or is not text.
        EncodingError: the bytes are text in no encoding we know.
    """
    return decode(raw, name)
