"""The list of its own sections that a web page sets above its text."""

import re
from collections.abc import Sequence

from rag.cleaning.lines import Line
from rag.cleaning.zones import Zones

_TITLE = re.compile(
    r"\W*(?:本文|文章)?(?:目录|目次)\W*(?P<button>隐藏|收起|展开|显示)?\W*"
    r"|\W*(?:table of )?contents\W*(?P<switch>hide|show|toggle|move to sidebar)?\W*"
)
_BUTTON = re.compile(r"\W*(?:隐藏|收起|展开|显示|移至侧栏|hide|show|toggle|move to sidebar)\W*")
_STUB = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+(\S[^。;,]{0,60})")
_FEWEST = 2


def section_stubs(lines: Sequence[Line], zones: Zones) -> list[int]:
    """Numbered lines under the word for contents, above the text.

    Those of a web page have a button that hides them, or name sections that the text under them
    does not have; any other list of contents is the text's own.
    """
    head = range(zones.first or 0)
    title = next((i for i in head if _TITLE.fullmatch(lines[i].folded)), None)
    if title is None:
        return []
    found = _TITLE.fullmatch(lines[title].folded)
    hides = bool(found and (found["button"] or found["switch"]))
    at = title + 1
    while at in head and _BUTTON.fullmatch(lines[at].folded):
        hides, at = True, at + 1
    stubs: dict[int, str] = {}
    while at in head and (stub := _STUB.fullmatch(lines[at].folded)):
        stubs[at] = stub[1]
        at += 1
    if len(stubs) < _FEWEST:
        return []
    below = {line.folded for line in lines[at:]}
    own = any(lines[i].folded in below or name in below for i, name in stubs.items())
    return list(stubs) if hides or not own else []
