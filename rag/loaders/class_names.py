"""The words in the class and id of an element, and those that say that it holds the text."""

import re
from typing import Any


def words(line: str) -> frozenset[str]:
    """The words of a line, to look others up in."""
    return frozenset(line.split())


WHOLE_PAGE = words("page wrapper wrap container layout body main")
TEXT = WHOLE_PAGE | words(
    "content contents article articles entry post detail details text story zoom editor neirong"
    " zhengwen artical maincontent articlebody postbody entrycontent message postmessage"
)
"""Words of what holds the text itself, or the whole page: `sidebar-layout`, `comment-page`."""
_NAMES = ("class", "id", "data-testid")
"""Attributes that people name parts of a page in; classes made by tools say nothing."""
_ON_DEMAND = words("modal popup dialog menu nav dropdown tab tabs tooltip cookie overlay tip")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_COMPOUND = re.compile(
    r"[a-z]+?(nav|menu|navbar|footer|sidebar|breadcrumbs?|comments?|copyright|pager|newsletter)\d*"
)
"""Words that others are put before without a sign: `printfooter`, `leftmenu`."""


def class_words(element: Any) -> set[str]:
    """The words of its class and id, `siteNav` and `site-nav` alike; also those run together."""
    names = " ".join(element.get(name) or "" for name in _NAMES)
    parts = {part.lower() for part in _WORD.findall(names)}
    parts |= {re.sub(r"[\W_]", "", name).lower() for name in names.split()}
    return parts | {match[1] for part in parts if (match := _COMPOUND.fullmatch(part))}


def holds_hidden_text(element: Any) -> bool:
    """Whether an element that is hidden says that it holds the text: scripts will show it."""
    named = class_words(element)
    return bool(named & (TEXT - WHOLE_PAGE)) and not named & _ON_DEMAND
