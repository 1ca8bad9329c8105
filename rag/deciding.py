"""What a person decides about one document: the text is cleaned anew from the bytes we hold."""

from collections.abc import Collection
from dataclasses import replace

from rag.cleaning import raw_text
from rag.errors import InputError
from rag.loaders import Loaded, extract
from rag.preparing import AS_READ, prepare
from rag.records import Document, Overrides, Removal
from rag.store import Store


def overrides_of(store: Store, document: Document) -> Overrides:
    """What was decided about this document so far."""
    return store.overrides().get(store.location_of(document.id), AS_READ)


def decide(
    store: Store, document: Document, overrides: Overrides, *, chunk_tokens: int
) -> Document:
    """Keep these decisions about a document's file, and make its text anew by them.

    The file itself is not needed: the bytes that the library holds are read again.

    Returns:
        The document as it now stands, with another id where its text may differ.

    Raises:
        InputError: the bytes cannot be read so, or nothing would be left of the text.
        LibraryLocked: another process is writing.
    """
    raw, location = store.raw(document.id), store.location_of(document.id)
    loaded = Loaded(raw=raw, extracted=extract(raw, document.path, encoding=overrides.encoding))
    entry = prepare(document.path, loaded, overrides, chunk_tokens=chunk_tokens, location=location)
    with store.writing():
        store.add(replace(entry, overrides=overrides))
    return entry.document


def switch_rules(
    overrides: Overrides, off: Collection[str] = (), on: Collection[str] = ()
) -> Overrides:
    """With these cleaning rules, by their reasons, switched off or on again."""
    rules = [*overrides.rules_off, *(rule for rule in off if rule not in overrides.rules_off)]
    return replace(overrides, rules_off=tuple(rule for rule in rules if rule not in on))


def put_back(overrides: Overrides, document: Document, numbers: Collection[int]) -> Overrides:
    """With these removals undone; numbers count from 1 as `inspect` shows them.

    Raises:
        InputError: there is no such removal, or it is a repair within a line.
    """
    texts = list(overrides.kept)
    lines = whole_lines(document)
    for number in numbers:
        if not 1 <= number <= len(document.removals):
            raise InputError(
                f"There is no change {number}; there are {len(document.removals)}.",
                "See `yinju inspect` for their numbers.",
            )
        removal = document.removals[number - 1]
        if number not in lines:
            raise InputError(
                f"Change {number} is a repair ({removal.reason}), no removed line.",
                f"Switch the rule off: --off {removal.reason}.",
            )
        texts.append(removal.text.strip())
    return replace(overrides, kept=tuple(dict.fromkeys(texts)))


def whole_lines(document: Document) -> dict[int, Removal]:
    """Removals that took all there was on a line, by their number from 1; they can be put back."""
    raw = raw_text(document.text, document.removals, document.source_map)
    return {
        number: removal
        for number, removal in enumerate(document.removals, start=1)
        if _is_whole_line(removal, raw)
    }


def _is_whole_line(removal: Removal, raw: str) -> bool:
    around = raw[max(0, removal.start - 1) : removal.start] + raw[removal.end : removal.end + 1]
    return bool(removal.text.strip()) and not removal.replacement and not around.strip()
