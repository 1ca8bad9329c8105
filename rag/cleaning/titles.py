"""The line above the text that is its title, and titles said twice."""

import re
from collections.abc import Sequence

from rag.cleaning.fields import Furniture, is_metadata
from rag.cleaning.lines import Line, words_of
from rag.cleaning.patterns import SITE_NAME
from rag.cleaning.scoring import STRONG, Judgement, is_dateline
from rag.cleaning.vocabulary import interface_share
from rag.text import fold, sentence_spans

_LONGEST_TITLE = 120
_SAMPLE = 30_000
_LEAST, _SURE = 0.7, 1.6
"""A line that scores less is no title."""
_WIDE_GAP = re.compile(r"\S(?:[^\S\n]{2,}|\t)\S")
"""Between the items of a menu set on one line."""
_PLAIN = re.compile(r"[\W_]+")
_OFFICIAL = re.compile(
    r"(?:通知|意见|办法|公告|报告|决定|规定|条例|方案|细则|函|批复|通告|通报|计划|规划|纪要|要点|指南|解读|召开|举行|印发|发布)(?:\(.{1,16}\))?$"
)
_NAME = re.compile(r"[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){1,2}")
"""As names of people are written, and some short titles, which stay by their place."""
_NAMES = re.compile(rf"{_NAME.pattern}(?:(?:, and |, | and | & ){_NAME.pattern})+")
_BADGE = re.compile(r"^(?:#+ |\[[^\]]{1,6}\] ?|【[^】]{1,6}】)")


def find_title(
    head: Sequence[Line], judgements: Sequence[Judgement], prose: Sequence[Line]
) -> int | None:
    """Which line of the head names the text: by its words, its length and its neighbours.

    None where no line of the head is furniture, since then nothing of it will go.
    """
    strong = [
        index
        for index, line in enumerate(head)
        if judgements[index].weight >= STRONG or is_metadata(line) or is_dateline(line)
    ]
    if not strong:
        return 0 if len(head) == 1 else None
    words = words_of("\n".join(line.folded for line in prose)[:_SAMPLE])
    scores: dict[int, float] = {}
    for index, line in enumerate(head[: strong[-1] + 2]):
        marked = line.text.startswith("# ")
        if index in strong or (_is_no_title(line) and not marked):
            continue
        scores[index] = _score(line, words) + index / len(head)
        scores[index] += _beside(index + 1 in strong and judgements[index + 1].reason)
        scores[index] += 0.5 * (index - 1 in strong)
        # A name may stand between the title and its date.
        scores[index] += 0.5 * any(near in strong for near in (index + 2, index + 3))
    # A line below all furniture needs no protection as long as there is another title above.
    above = {index: score for index, score in scores.items() if index < strong[-1]}
    if above and max(above.values()) >= _SURE:
        scores = above
    best = max(scores, key=lambda index: scores[index], default=None)
    return best if best is not None and scores[best] >= _LEAST else None


def _is_no_title(line: Line) -> bool:
    if line.is_heading or len(line.text) > 200 or line.folded.endswith((":", ",", "、")):
        return True
    return len(_WIDE_GAP.findall(line.text)) >= 2


def _beside(reason: str | bool) -> float:
    """What the furniture below a line adds: source and date stand below the title."""
    if reason is False:
        return 0.0
    return 1.5 if reason in ("metadata", "", "view_counter", "source") else 0.5


def _score(line: Line, words: frozenset[str]) -> float:
    own = words_of(line.folded)
    shared = len(own & words) / len(own) if own else 0.0
    full = 16 if line.is_chinese else 45
    score = 3 * shared + 1.5 * min(len(line.text), full) / full
    score += 3 * line.text.startswith("# ") + bool(_OFFICIAL.search(line.folded))
    score -= 0.7 * bool(_NAME.fullmatch(line.text)) + 2 * bool(_NAMES.fullmatch(line.text))
    score -= 2 * interface_share(line.folded)[1] + bool(SITE_NAME.fullmatch(line.folded))
    return score - line.text.count("|") - 2 * line.folded.count(" > ")


def repeated_title(page: Furniture) -> None:
    """A title that stands twice, or that the text under it begins with as a sentence of its own.

    The second is the text's own and stays; what the first one adds is the name of a site.
    """
    kept = [line for line in page.lines if not line.reason][:2]
    if len(kept) < 2:
        return
    title = _BADGE.sub("", kept[0].text).rstrip("。.")
    rest = _BADGE.sub("", kept[1].text)
    if not 6 <= len(title) <= _LONGEST_TITLE:
        return
    if site := _same_title(title, rest):
        kept[0].reason = "repeated_title"
        page.note("title", rest.rstrip("。.") if len(rest) < len(title) else title)
        page.note("site", site)
        return
    if not rest.startswith(title):
        return
    # "Rembrandt" over "Rembrandt was born …" is a heading, not a repeated sentence.
    if sentence_spans(rest)[0].slice(rest).rstrip("。.！？!?") == title.rstrip("！？!?"):
        kept[0].reason = "repeated_title"
        page.note("title", title)


def _same_title(title: str, rest: str) -> str:
    """What a title adds to the one below it, a blank if only its signs differ; empty if it differs.

    A page's own name of itself is the title, a separator and the site: 标题_某某网, Title | Site.
    """
    plain, other = _PLAIN.sub("", fold(title)), _PLAIN.sub("", fold(rest))
    if len(other) < 6 or not plain.startswith(other):
        return ""
    if plain == other:
        return " "
    parts = re.split(r"\s*[_|｜]+\s*|\s+[-–—»]+\s+|-(?=[\u4e00-\u9fff]{2,12}$)", title, maxsplit=1)
    adds = len(parts) == 2 and _PLAIN.sub("", fold(parts[0])) == other
    return parts[1] if adds else ""
