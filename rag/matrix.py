"""The vectors of a library in plain files, mapped into memory to be compared one by one.

Each language has a file of float32 rows of length 1, to which rows are only ever added. Which of
them belong to which document stands in SQLite, written in the transaction that says that they are
there: so whoever reads sees the files as of one moment, and what a killed writer left behind the
last known row is nobody's and gets overwritten. A file of mostly dead rows is written anew.
"""

import json
import os
import secrets
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import get_args

import numpy as np

from rag.database import PUT_META, Database
from rag.disk import clear_folder, has_room, sync_path
from rag.errors import DiskFull, IndexDamaged
from rag.exact import Block, ExactVectors, unit_rows
from rag.records import Language
from rag.seals import OPEN

DEAD = 4096
"""Rows of no document that a file may hold in any case; beyond, as many as it has living ones."""

SEALED = "sealed_exact"

_PIECE = 1 << 22
_FLOAT = np.dtype("<f4")

Row = tuple[str, Language, np.ndarray]
"""Document id, its language, the vector of its next chunk."""


@dataclass(frozen=True, slots=True)
class File:
    """How far a file is written, and the CRC-32 of that much."""

    name: str
    rows: int = 0
    sum: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """The rows of one document."""

    document_id: str
    language: Language
    first: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was written, to be noted in the transaction that counts it as there."""

    dimension: int
    files: Mapping[Language, File] = field(default_factory=dict)
    forgotten: Collection[str] | None = None
    """Documents whose rows are nobody's now; None for all that there were."""
    places: Sequence[Place] = ()

    def note(self, connection: sqlite3.Connection) -> None:
        if self.forgotten is None:
            connection.execute("DELETE FROM vector_rows")
        else:
            connection.executemany(
                "DELETE FROM vector_rows WHERE document_id = ?", [(key,) for key in self.forgotten]
            )
        connection.executemany(
            "INSERT OR REPLACE INTO vector_rows VALUES (?, ?, ?, ?)",
            [(one.document_id, one.language, one.first, one.count) for one in self.places],
        )
        files = {language: asdict(file) for language, file in self.files.items()}
        sealed = json.dumps({"dimension": self.dimension, "files": files})
        connection.execute(PUT_META, (SEALED, sealed))


class Matrix:
    """The files of one library."""

    def __init__(self, directory: Path, database: Database) -> None:
        self._directory = directory
        self._database = database
        self._whole: dict[str, File] = {}
        """By name: how far this process found a file as it was left, or left it."""

    # Reading

    def open(self) -> ExactVectors:
        """Map the files into memory.

        Raises:
            IndexDamaged: there are none, or they are not as they were left.
        """
        while True:
            noted = self._database.meta(SEALED)
            try:
                return ExactVectors(self._blocks(noted))
            except IndexDamaged:
                if self._database.meta(SEALED) == noted:
                    raise  # else a writer came between

    def _blocks(self, noted: str | None) -> dict[Language, Block]:
        dimension, files = _state(noted)
        places = self._places()
        return {
            language: self._block(file, dimension, [p for p in places if p.language == language])
            for language, file in files.items()
        }

    def _block(self, file: File, dimension: int, places: Sequence[Place]) -> Block:
        if any(place.first + place.count > file.rows for place in places):
            raise IndexDamaged(f"The file {file.name!r} is shorter than noted.")
        self._require_whole(file, dimension)
        return Block(
            [place.document_id for place in places],
            np.array([place.first for place in places], np.intp),
            np.array([place.count for place in places], np.intp),
            self._mapped(file, dimension),
        )

    def _places(self) -> list[Place]:
        """Of every document, by where they stand."""
        rows = self._database.rows(
            "SELECT document_id, language, first, count FROM vector_rows ORDER BY language, first"
        )
        return [Place(*row) for row in rows]

    def _mapped(self, file: File, dimension: int) -> np.ndarray:
        shape = (file.rows, dimension)
        if not file.rows:  # nothing cannot be mapped
            return np.zeros(shape, _FLOAT)
        return np.asarray(np.memmap(self._directory / file.name, _FLOAT, mode="r", shape=shape))

    def _require_whole(self, file: File, dimension: int) -> None:
        """Compare what this process has not yet seen of a file with its sum.

        Raises:
            IndexDamaged: it is another.
        """
        seen = self._whole.get(file.name, File(file.name))
        if seen.rows > file.rows:
            seen = File(file.name)
        try:
            found = self._sum(seen, file.rows, dimension)
        except OSError as error:
            raise IndexDamaged(f"The vectors in {file.name!r} cannot be read: {error}.") from None
        if found != file.sum:
            raise IndexDamaged(f"The vectors in {file.name!r} are damaged.")
        self._whole[file.name] = file

    def _sum(self, seen: File, rows: int, dimension: int) -> int:
        """The CRC-32 of that many rows, the first of which were summed before."""
        total, width = seen.sum, dimension * _FLOAT.itemsize
        left = (rows - seen.rows) * width
        with (self._directory / seen.name).open("rb") as opened:
            opened.seek(seen.rows * width)
            while left and (piece := opened.read(min(_PIECE, left))):
                total = zlib.crc32(piece, total)
                left -= len(piece)
        return total if not left else -1

    # Writing, under the write lock

    def append(self, stale: Collection[str], rows: Sequence[Row]) -> Change:
        """Write the rows of some documents, which replace those of `stale`.

        Raises:
            IndexDamaged: what is there is not as it was left.
            DiskFull: there is no room.
        """
        self.open()
        dimension, files = _state(self._database.meta(SEALED))
        living = [place for place in self._places() if place.document_id not in set(stale)]
        places: list[Place] = []
        added = {language: [row for row in rows if row[1] == language] for language in _languages()}
        for language, own in added.items():
            kept = [place for place in living if place.language == language]
            file = files.get(language)
            if file and _mostly_dead(file, kept, len(own)):
                own = [*self._rows_of(kept, file, dimension), *own]
                file = None
            if own:
                files[language], placed = self._written(file or _new(language), own)
                places += placed
        dimension = len(rows[0][2]) if rows else dimension
        return Change(dimension=dimension, files=files, forgotten=stale, places=places)

    def anew(self, batches: Iterable[Sequence[Row]]) -> Change:
        """Write all rows into new files; the documents of a batch are in no other.

        Raises:
            DiskFull: there is no room.
        """
        made = Change(dimension=0)
        for rows in batches:
            files, places = dict(made.files), [*made.places]
            for language in _languages():
                own = [row for row in rows if row[1] == language]
                if own:
                    file = files.get(language) or _new(language)
                    files[language], placed = self._written(file, own)
                    places += placed
            dimension = len(rows[0][2]) if rows else made.dimension
            made = replace(made, dimension=dimension, files=files, places=places)
        return made

    def tidy(self) -> None:
        """Delete files that nothing noted belongs to any more."""
        _, files = _state(self._database.meta(SEALED))
        held = {file.name for file in files.values()}
        for path in self._directory.glob("*"):
            if path.name not in held:
                with suppress(OSError):  # Windows deletes no file that someone reads
                    path.unlink()

    def _rows_of(self, places: Sequence[Place], file: File, dimension: int) -> list[Row]:
        mapped = self._mapped(file, dimension)
        return [
            (place.document_id, place.language, mapped[row])
            for place in places
            for row in range(place.first, place.first + place.count)
        ]

    def _written(self, file: File, rows: Sequence[Row]) -> tuple[File, list[Place]]:
        """Rows behind the last known one, through to the disk."""
        data = unit_rows(vector for *_, vector in rows).astype(_FLOAT).tobytes()
        try:
            self._write(file, len(data) // len(rows), data)
        except OSError as error:
            if self._directory.is_dir() and not has_room(self._directory):
                raise DiskFull(
                    f"The vectors could not be written: {error}.",
                    "What was there is unchanged; free some space and run it again.",
                ) from None
            raise IndexDamaged(f"The vectors cannot be written: {error}.") from None
        written = File(file.name, file.rows + len(rows), zlib.crc32(data, file.sum))
        self._whole[file.name] = written
        places, first = [], file.rows
        for (document_id, language), own in groupby(rows, key=lambda row: row[:2]):
            count = sum(1 for _ in own)
            places.append(Place(document_id, language, first, count))
            first += count
        return written, places

    def _write(self, file: File, width: int, data: bytes) -> None:
        if not self._directory.is_dir():
            clear_folder(self._directory)
            self._directory.mkdir(parents=True)
        path = self._directory / file.name
        with path.open("r+b" if file.rows else "wb") as opened:
            opened.seek(file.rows * width)
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        if not file.rows:
            sync_path(self._directory)


def _state(noted: str | None) -> tuple[int, dict[Language, File]]:
    """Numbers in a row, and the file of each language.

    Raises:
        IndexDamaged: nothing is noted.
    """
    if noted is None or noted == OPEN:
        raise IndexDamaged("The vectors are not yet in files of their own.")
    found = json.loads(noted)
    return found["dimension"], {key: File(**file) for key, file in found["files"].items()}


def _languages() -> tuple[Language, ...]:
    return get_args(Language)


def _new(language: Language) -> File:
    return File(f"{language}-{secrets.token_hex(4)}.f32")


def _mostly_dead(file: File, kept: Sequence[Place], added: int) -> bool:
    living = added + sum(place.count for place in kept)
    return file.rows + added - living > max(DEAD, living)
