"""Questions that ask two things at once, put apart so that each can be answered or not. Pure."""

import re
from dataclasses import dataclass

from rag.questions import asks
from rag.text import HAN, detect_language, fold

MOST_PARTS = 3

_HAN_BREAK = re.compile(
    r"[,;。?!、]\s*(?:以及|并且|而且|还有|另外|同时|又)?|(?:以及|并且|还有)(?=.{0,12}?[什哪谁几多])"
)
_LATIN_BREAK = re.compile(
    r"(?:[,;]\s*)?\b(?:and|or)\s+(?=(?:in|on|at|by|to|for|from|with)?\s*"
    r"(?:who|whom|whose|what|which|when|where|why|how)\b)|[?;]\s+|,\s+(?=(?:who|what|which|when"
    r"|where|why|how)\b)"
)
_HAN_SUBJECT_END = re.compile(
    r"(?<=.{2})(?:是|在|于|由|被|有|为|什么|哪|谁|几|多少|如何|怎么|何时|一共|共|上|中|里|接待|作|的)"
)
_HAN_NAMED = re.compile(
    r"(?:[0-9〇零一二三四五六七八九]{4}|民国[0-9]{2,3})年度?(?:的?[^,。是在于由被有为什哪谁几多]{0,8}?(?:会议|大会|报告))?"
    rf"|[{HAN}]{{2,12}}?(?:委员会|局|部(?!署)|馆|公司|大学|公所|协会|中心|银行|[省市区县镇乡](?=的))"
)
"""What a part may be about: a year, with its meeting or report, or a body."""
_OWN_SUBJECT = re.compile(r"[0-9]{4}|《|\b(?:the|this|that)\s+\w+|[A-Z]\w+")
_PRONOUN = re.compile(r"\b(?:it|they|he|she|its|their|there)\b", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"^(?:in |on |at |by |to |for |from |with )?(?:who|whom|whose|what|which|when|where|why|how)\b"
    r"(?: (?:many|much|long|large|big|old|far|often))?\s*"
    r"|\b(?:was|were|is|are|did|does|do|has|have|had|will|would|can|could)\b\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the things a question asks."""

    question: str
    """Stand-alone: what the first part is about stands before a part that names no subject."""
    own: str
    """As written, without the mark at its end."""


def split_parts(text: str) -> tuple[Part, ...]:
    """The things a question asks, each as a question of its own; empty where it asks one."""
    chinese = detect_language(text) == "zh"
    pieces = _pieces(text, _HAN_BREAK if chinese else _LATIN_BREAK)
    if not 2 <= len(pieces) <= MOST_PARTS or not all(asks(one) for one in pieces):
        return ()
    first, *others = pieces
    carry = _with_han_subject if chinese else _with_latin_subject
    return (
        Part(question=_asked(first), own=_unmarked(first)),
        *(Part(question=_asked(carry(first, other)), own=_unmarked(other)) for other in others),
    )


def _pieces(text: str, breaks: re.Pattern[str]) -> list[str]:
    """Cut at breaks; a piece that asks nothing stays with the one after it, the last before."""
    found: list[str] = []
    held = ""
    end = 0
    for match in breaks.finditer(fold(text)):
        piece = text[end : match.start()]
        if asks(held + piece):
            found.append((held + piece).strip())
            held = ""
        else:
            held += text[end : match.end()]
        end = match.end()
    last = (held + text[end:]).strip()
    if last and not asks(last) and found:
        found[-1] += last
    elif last:
        found.append(last)
    return [piece for piece in found if re.search(r"\w", piece)]


def _with_han_subject(first: str, other: str) -> str:
    folded = fold(first)
    named = [match.end() for match in _HAN_NAMED.finditer(folded)]
    asked = _HAN_SUBJECT_END.search(folded)
    end = max(named) if named else asked.start() if asked else 0
    if not end or _OWN_SUBJECT.search(other):
        return other
    return f"{first[:end].removesuffix('的')}{other}"


def _with_latin_subject(first: str, other: str) -> str:
    if _OWN_SUBJECT.search(other[1:]) and not _PRONOUN.search(other):
        years = re.findall(r"\b(?:19|20)[0-9]{2}\b", first)
        named = not years or re.search(r"\b(?:19|20)[0-9]{2}\b", other)
        return other if named else f"{other.rstrip('?')} in {years[0]}"
    about = " ".join(_AUXILIARY.sub("", first).split()).strip("?., ")
    return f"{other.rstrip('?')} ({about})"


def _asked(part: str) -> str:
    mark = "？" if detect_language(part) == "zh" else "?"
    return part if part.endswith(("?", "？", "。", ".")) else f"{part}{mark}"


def _unmarked(part: str) -> str:
    return part.rstrip("？?。. ")
