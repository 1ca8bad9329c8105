"""Names of encodings as a person gives them."""

import codecs

from rag.errors import EncodingError

_NOT_TEXT = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"}


def text_codec(encoding: str) -> str:
    """The name of a codec between text and bytes.

    Raises:
        EncodingError: there is none of this name.
    """
    try:
        found = codecs.lookup(encoding.strip())
    except (LookupError, ValueError):
        found = None
    # `_is_text_encoding` is how Python itself keeps bytes.decode("hex") out.
    if found is None or not found._is_text_encoding or found.name in _NOT_TEXT:
        raise EncodingError(
            f"{encoding!r} is not a text encoding.",
            "Name one such as utf-8, gb18030, big5, utf-16 or cp1252.",
        )
    return found.name
