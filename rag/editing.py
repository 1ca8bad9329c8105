"""A person's corrections of metadata: kept for the file, and in force at once."""

from collections.abc import Mapping
from dataclasses import replace

from rag.errors import InputError
from rag.metadata.fields import check_fields, edit_fields
from rag.preparing import AS_READ
from rag.records import Document
from rag.store import Store


def set_fields(store: Store, document: Document, fields: Mapping[str, str | None]) -> Document:
    """Correct metadata; blank or None says that a field is unknown.

    The file is not read again. Passages are indexed anew only where the corrections are part of
    what is indexed with them: the title, the main year, the language.

    Returns:
        The document as it now stands; its id stays.

    Raises:
        InputError: there is no such field, its value is not one it can have, or the document
            was removed.
        LibraryLocked: another process is writing.
    """
    checked = check_fields(fields)
    with store.writing():
        found = store.documents_by_id([document.id])
        if not found:
            raise InputError(
                f"Document {document.id!r} has gone meanwhile.", "See `yinju documents`."
            )
        document, location = found[0], store.location_of(document.id)
        edited = edit_fields(document, checked)
        decided = store.overrides().get(location, AS_READ)
        decided = replace(decided, fields={**decided.fields, **checked})
        store.revise(document, edited, location, decided)
    return edited
