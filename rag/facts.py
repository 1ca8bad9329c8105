"""What is known of documents without their texts, kept by SQLite beside the records.

A record is long: it holds the clean text and all that was removed. So triggers put the few fields
that searching, filtering and listing need in a table of their own, whoever writes the record, and
count the changes, by which readers know whether what they hold is current.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rag.filters import Facts
from rag.rows import Row, damaged, parts

FIELDS = ("date", "event_date", "publisher", "language", "kind", "years", "title", "path")
"""Of the record, in the order in which the table has them."""

_CHANGES = "facts_changes"
_MADE_BY = "facts_made_by"
_PATHS = ", ".join(f"'$.{name}'" for name in FIELDS)
_PUT = (
    "INSERT OR REPLACE INTO facts VALUES"
    f" (new.id, new.location, json_extract(new.record, {_PATHS}));"
)
_COUNT = f"UPDATE meta SET value = value + 1 WHERE key = '{_CHANGES}';"
_TABLE = """(
    document_id TEXT PRIMARY KEY, location TEXT NOT NULL, fields TEXT NOT NULL
) WITHOUT ROWID;"""
_FILL = f"INSERT INTO facts SELECT id, location, json_extract(record, {_PATHS}) FROM documents;"
_MAKE = f"""
DROP TABLE IF EXISTS facts;
DROP TRIGGER IF EXISTS facts_put;
DROP TRIGGER IF EXISTS facts_revised;
DROP TRIGGER IF EXISTS facts_forgotten;
CREATE TABLE facts {_TABLE}
CREATE TRIGGER facts_put AFTER INSERT ON documents BEGIN {_PUT} {_COUNT} END;
CREATE TRIGGER facts_revised AFTER UPDATE OF record ON documents BEGIN {_PUT} {_COUNT} END;
CREATE TRIGGER facts_forgotten AFTER DELETE ON documents BEGIN
    DELETE FROM facts WHERE document_id = old.id; {_COUNT}
END;
{_FILL}
INSERT OR IGNORE INTO meta VALUES ('{_CHANGES}', '0');
{_COUNT}
"""

OFTEN = 3
"""Times that some documents are asked for before all are read: one search needs few of them, and
a process that goes on searching has them in memory."""

Ask = Callable[[str, Sequence[Any]], list[Row]]


def keep_facts(connection: sqlite3.Connection) -> None:
    """Have the table and its triggers, made anew where another version made them."""
    if _current(connection):
        return
    script = f"BEGIN IMMEDIATE;{_MAKE}INSERT OR REPLACE INTO meta VALUES ('{_MADE_BY}', '{_key()}')"
    connection.executescript(f"{script}; COMMIT;")


def lend_facts(connection: sqlite3.Connection) -> None:
    """The same for this connection alone, where nothing may be written."""
    if not _current(connection):
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.executescript(f"CREATE TEMP TABLE facts {_TABLE} {_FILL}")


def _current(connection: sqlite3.Connection) -> bool:
    query = f"SELECT value FROM meta WHERE key = '{_MADE_BY}'"
    return bool(connection.execute(query).fetchone() == (_key(),))


def _key() -> str:
    return " ".join(FIELDS)


class KnownFacts:
    """The facts of one library's documents, read again only where something changed."""

    def __init__(self, ask: Ask) -> None:
        """Take how to ask SQLite."""
        self._ask = ask
        self._asked = 0
        self._held: tuple[object, Mapping[str, Facts]] | None = None

    def all(self) -> Mapping[str, Facts]:
        """Of every document by id, in the order of their places."""
        changes = self._changes()
        if self._held is None or self._held[0] != changes:
            rows = self._ask("SELECT document_id, fields FROM facts ORDER BY location", ())
            self._held = (changes, _read(rows))
        return self._held[1]

    def of(self, ids: Sequence[str]) -> dict[str, Facts]:
        """Of these documents, those that are not there left out."""
        self._asked += 1
        held = self._held
        if self._asked > OFTEN or (held is not None and held[0] == self._changes()):
            everything = self.all()
            return {key: everything[key] for key in ids if key in everything}
        found: dict[str, Facts] = {}
        for part, marks in parts(ids):
            query = f"SELECT document_id, fields FROM facts WHERE document_id IN ({marks})"
            found |= _read(self._ask(query, part))
        return found

    def _changes(self) -> object:
        return self._ask("SELECT value FROM meta WHERE key = ?", (_CHANGES,))


def _read(rows: Iterable[Row]) -> dict[str, Facts]:
    """By id.

    Raises:
        LibraryDamaged: a row is not one that we wrote.
    """
    try:
        return {key: _facts(key, json.loads(fields)) for key, fields in rows}
    except (ValueError, TypeError) as error:
        raise damaged(f"facts of a document: {error}") from None


def _facts(key: str, fields: Sequence[Any]) -> Facts:
    values = dict(zip(FIELDS, fields, strict=True))
    return Facts(id=key, **{**values, "years": tuple(values["years"] or ())})
