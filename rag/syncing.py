"""What a mirrored folder no longer holds: files that are gone, were moved, or are out of reach."""

import os
import stat
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rag.errors import InputError
from rag.loaders import Discovered, Source

Devices = Mapping[str, int]
"""For each folder that files were read from, the file system (`st_dev`) it was on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """Locations the library knows in mirrored folders and that are not there now."""

    gone: tuple[str, ...]
    away: Mapping[str, int]
    """How many lay on a file system that is missing, so that nothing is known of them; by the
    folder it was mounted on."""


def only_folders(found: Discovered, paths: Sequence[Source]) -> Discovered:
    """What was found, with files and addresses that were named as if they were folders failed."""
    named = {str(path) for path in paths}
    files = [path for path in found.files if str(path) in named]
    problem = [
        (path, InputError(f"{str(path)!r} is no folder.", "Use `yinju ingest` for files."))
        for path in [*files, *(Path(address) for address in found.addresses)]
    ]
    return replace(
        found,
        files=tuple(path for path in found.files if path not in files),
        addresses=(),
        failed=(*found.failed, *problem),
    )


def absent(
    known: Iterable[str],
    roots: Sequence[Path],
    *,
    present: Collection[str],
    unread: Sequence[Path],
    devices: Devices,
) -> Absent:
    """What to forget of what the library knows.

    Args:
        known: locations (absolute paths) in the library; addresses of pages are passed over.
        roots: the mirrored folders.
        present: locations found in them.
        unread: folders and files that could not be looked at; what lies there is not judged.
        devices: as they were when these folders were last read.
    """
    inside = _below(roots)
    closed = _below(unread)
    missing = sorted(
        location
        for location in known
        if location not in present
        and location.startswith(inside)
        and not f"{location}{os.sep}".startswith(closed)
        and _is_gone(location)
    )
    here = {devices.get(os.path.dirname(location)) for location in present}  # noqa: PTH120, text
    mounts = {location: _unmounted(location, devices, here) for location in missing}
    return Absent(
        gone=tuple(location for location, mount in mounts.items() if mount is None),
        away=Counter(mount for mount in mounts.values() if mount is not None),
    )


def _below(folders: Sequence[Path]) -> tuple[str, ...]:
    return tuple(f"{os.path.realpath(folder).rstrip(os.sep)}{os.sep}" for folder in folders)


def _is_gone(location: str) -> bool:
    """Whether no file is there; one that we may not look for is not gone."""
    try:
        found = os.lstat(location)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    # A folder or a link to elsewhere has taken its place: a location leads through no links.
    return not stat.S_ISREG(found.st_mode) or os.path.realpath(location) != location


def _unmounted(location: str, devices: Devices, here: Collection[int | None]) -> str | None:
    """Where the file system was mounted that a file lay on, if nothing is left of it there.

    The folder is then empty, or not there, and on another file system.
    """
    folder = Path(location).parent
    then = devices.get(str(folder))
    if then is None or then in here:
        return None
    while not folder.exists():
        folder = folder.parent
    return str(folder) if folder.stat().st_dev != then else None


def devices_of(locations: Iterable[str]) -> dict[str, int]:
    """The file system of each folder that holds these files."""
    folders = {os.path.dirname(location) for location in locations}  # noqa: PTH120, text
    return {folder: os.stat(folder).st_dev for folder in folders if os.path.isdir(folder)}  # noqa: PTH112, PTH116, text


def pair_moves(gone: Mapping[str, str], fresh: Mapping[str, str]) -> dict[str, str]:
    """For new locations, the gone location whose content they hold: that file was moved.

    Args:
        gone: hash of the content by location, of files that are no more.
        fresh: the same of files that are new.
    """
    by_content: dict[str, list[str]] = defaultdict(list)
    for location, digest in sorted(gone.items()):
        by_content[digest].append(location)
    moves: dict[str, str] = {}
    for same_name in (True, False):
        for location, digest in sorted(fresh.items()):
            if location not in moves:
                old = next(_fitting(by_content[digest], location, same_name), None)
                if old is not None:
                    by_content[digest].remove(old)
                    moves[location] = old
    return moves


def _fitting(candidates: Sequence[str], location: str, same_name: bool) -> Iterator[str]:
    name = Path(location).name
    return (old for old in candidates if not same_name or Path(old).name == name)


def explained(away: Mapping[str, int], roots: Sequence[Path]) -> list[tuple[str, str]]:
    """For each missing file system, where it was and what that means."""
    return [
        (
            shown(folder, roots),
            f"Another disk was mounted here, so the documents of {count} files that lay on it are "
            "kept. Mount it and sync again.",
        )
        for folder, count in away.items()
    ]


def shown(location: str, roots: Sequence[Path]) -> str:
    """A location as a path below the folder that the user named."""
    for root in roots:
        real = os.path.realpath(root)
        if location.startswith(_below([root])):
            return str(root / os.path.relpath(location, real))
    return location
