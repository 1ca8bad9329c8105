"""Follow-up questions made stand-alone from the questions before them. Pure, no model.

What carries over is decided by form: a year, a place in a list, the other side, a term, a pronoun,
or a question without a subject. A question that fits none of these forms stays as it is.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.followups.pronouns import resolved
from rag.followups.subjects import bare, quoted, subject
from rag.followups.substitution import WRITTEN_YEAR, with_term, with_year
from rag.periods import years_in
from rag.questions import read_question
from rag.records import Exchange, Language
from rag.text import HAN, content_terms, detect_language, fold

MARKED_CONTENT = 4
"""Content characters that a question with a year may have where 那 or 呢 marks a follow-up."""

BARE_CONTENT = 5
"""Content characters of a Chinese question that has no subject; one word of an English one."""

LONGEST_TERM = 14
"""Characters of a term put in another's place; of English ones twice as many."""

_HAN_THEN = "那么?|那麼"
_HAN_AS_TO = f"{_HAN_THEN}|至于|至於"
_HAN_PLACE = "第(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})"
_PLACE = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
_MARK = re.compile(
    rf"^(?:{_HAN_AS_TO}|换成|換成|然后|再说)"
    r"|^(?:(?:and|but|so|then|ok|okay)\b[ ,]*)*(?:what about|how about|what of|same for)\b"
    r"|^(?:and|but)\b|呢$",
    re.IGNORECASE,
)
_FRAME = re.compile(
    rf"{_HAN_AS_TO}|呢|的|在|换成|換成|怎么样|怎麼樣|怎样|如何|情况|情況|则|到了|同样|了|又|是"
    r"|\b(?:and|but|so|then|what|how|about|of|same|for|in|the|one|ones|year|during|at|is|was)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"哪|什么|什麼|谁|誰|多少|几|幾|如何|怎么|怎麼|怎样|为什么|為什麼|是否|有没有|吗|嗎"
    r"|\b(?:who|what|which|when|where|why|how)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    rf"^(?:{_HAN_THEN}|再说|请问)?(?P<zh>{_HAN_PLACE})"
    r"(?:个|個|项|項|条|條|点|點)?(?:方面|任务|任務)?"
    r"(?:呢|是什么|是什麼|说的是什么|讲什么|讲了什么|的内容|的内容是什么|具体是什么|是哪一?项)?$"
    r"|^(?:and |but |so |then )?(?:what (?:is|was|about) |how about )?(?:the )?"
    rf"(?P<en>{_PLACE})"
    r"(?: (?:one|item|task|point|area|priority))?(?: about)?$",
    re.IGNORECASE,
)
_LAST_ORDINAL = re.compile(rf"{_HAN_PLACE}|\b(?:{_PLACE})\b", re.IGNORECASE)
_OTHER = re.compile(
    rf"^(?:{_HAN_THEN})?另外?[一1](?:个|個|年|份|次|场|場|方|边|邊|篇|家)?[^，,]{{0,4}}?的?呢$"
    r"|^(?:and |but )?(?:(?:what|how) about )?the other (?:one|year|meeting|report|document|side)$",
    re.IGNORECASE,
)
_NEXT_YEAR = re.compile(
    r"(?:后|後|下|次|第二)一?年|\bthe (?:next|following) year\b|\bthe year after\b"
)
_YEAR_BEFORE = re.compile(
    r"(?:前|上)一?年|\bthe (?:previous|preceding) year\b|\bthe year before\b|\ba year earlier\b"
)
_MORE = re.compile(
    r"^(?:还有(?:呢|吗|别的吗|什么|哪些|其他的?吗)|别的呢|继续|详细(?:说说|一点|说明)"
    r"|说(?:得)?详细(?:一)?点|(?:anything|what) else|(?:tell me )?more|go on|in more detail)$",
    re.IGNORECASE,
)
_TERM = re.compile(
    rf"^(?:{_HAN_AS_TO})?(?P<zh>[^，,。]+?)呢$"
    r"|^(?:and |but )*(?:what about|how about|what of) (?P<en>.+)$"
    r"|^(?:and|but) (?P<en2>.+)$",
    re.IGNORECASE,
)
_SUBJECTLESS = re.compile(
    r"^(?:那么?|请问|具体|一共|总共|共)*(?:是|由|在|有|到|被|从|又|还|分别)*"
    r"(?:谁|哪|什么|多少|几|为什么|为何|怎么|如何|何时|主持|召开|举行|部署|出席|参加|发言|提出)"
)
_WHY = re.compile("为什么|為什麼|为何|原因")
_WH = re.compile(
    r"^(?:and |but |so )?(?:who|when|where|why|how(?: many| much)?|which|what)\b", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question under way and what it may lean on."""

    text: str
    """Without its end mark."""
    language: Language
    last: Exchange
    """The exchange before, its question stand-alone."""
    last_language: Language
    earlier: Sequence[Exchange]
    titles: Mapping[str, str]
    """Of the documents that the last answer cites, by id."""

    @property
    def subject(self) -> str:
        """What the last question asks about; empty where none is made out."""
        return subject(self.last.question, self.last_language)

    @property
    def about(self) -> str:
        """The same, or all of the last question."""
        return self.subject or bare(self.last.question)


def stand_alone(
    question: str, history: Sequence[Exchange], titles: Mapping[str, str] | None = None
) -> str:
    """The question as it would be asked without the conversation before it.

    Args:
        question: in either language.
        history: the exchanges before, oldest first; their questions may be follow-ups themselves.
        titles: titles of documents by id, for `this report` and 这份文件.

    Returns:
        The same text where the question does not lean on the conversation.
    """
    titles = titles or {}
    return rewritten(question, made_alone(history, titles), titles)


def made_alone(history: Sequence[Exchange], titles: Mapping[str, str]) -> list[Exchange]:
    """The exchanges, oldest first, with their questions stand-alone."""
    known: list[Exchange] = []
    for exchange in history:
        known.append(replace(exchange, question=rewritten(exchange.question, known, titles)))
    return known


def rewritten(question: str, history: Sequence[Exchange], titles: Mapping[str, str]) -> str:
    """As `stand_alone`, after exchanges whose questions are stand-alone."""
    if not history or fold(bare(question)) == fold(bare(history[-1].question)):
        return question
    last = history[-1]
    asked = Asked(
        text=bare(question),
        language=detect_language(question),
        last=last,
        last_language=detect_language(last.question),
        earlier=history[:-1],
        titles=titles,
    )
    found = next(filter(None, (rule(asked) for rule in _RULES)), "")
    if not found:
        return question
    asks = question.rstrip()[-1] in "?？" or _ASKS.search(found)
    if found[-1] in "?？" or not asks:
        return found
    return found + ("？" if detect_language(found) == "zh" else "?")


def _more(asked: Asked) -> str:
    if not _MORE.match(fold(asked.text)):
        return ""
    if asked.language == "zh":
        return f"{asked.about}还有哪些内容"
    return f"What else is said about {asked.about}"


def _ordinal(asked: Asked) -> str:
    match = _ORDINAL.match(asked.text)
    if not match:
        return ""
    last = asked.last.question
    place = match["zh"] or match["en"].lower()
    if _LAST_ORDINAL.search(last) and asked.language == asked.last_language:
        return _LAST_ORDINAL.sub(place, last, count=1)
    if match["zh"]:
        return f"{asked.about}，{place}项是什么"
    return f"What is the {place} item of {asked.about}"


def _other_side(asked: Asked) -> str:
    """The year that the conversation named beside the one asked about last."""
    if not _OTHER.match(asked.text):
        return ""
    own = set(years_in(asked.last.question))
    for exchange in reversed(asked.earlier):
        others = set(years_in(exchange.question)) - own
        if len(others) == 1 and own:
            return with_year(asked.last.question, others.pop())
    return ""


def _relative_year(asked: Asked) -> str:
    own = years_in(asked.last.question)
    if len(own) != 1 or years_in(asked.text):
        return ""
    for pattern, step in ((_NEXT_YEAR, 1), (_YEAR_BEFORE, -1)):
        left = pattern.sub("", asked.text, count=1)
        if left != asked.text and not content_terms(_FRAME.sub(" ", left)):
            return with_year(asked.last.question, own[0] + step)
    return ""


def _year(asked: Asked) -> str:
    years = years_in(asked.text)
    if len(years) != 1:
        return ""
    left = WRITTEN_YEAR.sub(" ", asked.text)
    marked = bool(_MARK.search(asked.text))
    content = "".join(_FRAME.sub(" ", left).split())
    content = _ASKS.sub("", content)
    known = fold(content) in "".join(fold(asked.last.question).split())
    terms = content_terms(content)
    if terms and not (marked and (known or _length(content) <= MARKED_CONTENT)):
        return ""
    last = with_year(asked.last.question, years[0])
    expected = read_question(left).expected if _ASKS.search(left) else "text"
    if expected in ("text", read_question(asked.last.question).expected) or not _ASKS.search(left):
        return last if known or not terms else with_term(last, content, asked.last_language)
    about = subject(last, asked.last_language)
    return _joined(about, " ".join(_MARK.sub("", left).split()), asked.language)


def _length(content: str) -> int:
    """Characters of Chinese; a word of English counts as two."""
    return len(re.findall(f"[{HAN}]", content)) + 2 * len(re.findall(r"[A-Za-z]+", content))


def _term(asked: Asked) -> str:
    """`X呢？` and `what about X?`: the last question, with X for what it was about."""
    match = _TERM.match(asked.text)
    if not match:
        return ""
    term = next(filter(None, (match["zh"], match["en"], match["en2"]))).strip()
    limit = LONGEST_TERM if match["zh"] else 2 * LONGEST_TERM
    if len(term) > limit or _ASKS.search(term) or not content_terms(term):
        return ""
    return with_term(asked.last.question, term, asked.last_language)


def _pronoun(asked: Asked) -> str:
    return resolved(
        asked.text,
        asked.language,
        asked.last.question,
        asked.last_language,
        asked.last.answer,
        [asked.titles[key] for key, _ in asked.last.cited if asked.titles.get(key)],
    )


def _bare(asked: Asked) -> str:
    """A question without a subject, such as `谁主持的？`, `why?`: it gets that of the last one."""
    if years_in(asked.text) or quoted(asked.text):
        return ""
    if asked.language == "zh":
        content = _ASKS.sub("", _FRAME.sub("", asked.text))
        fits = _SUBJECTLESS.match(asked.text) and _length(content) <= BARE_CONTENT
    else:
        content = ""
        fits = _WH.match(asked.text) and len(content_terms(asked.text)) <= 1
    if not fits:
        return ""
    if _WHY.search(asked.text):
        if content:
            return ""
        about = re.sub("[吗嗎呢]$", "", bare(asked.last.question))
        return f"{about}，{asked.text}" if asked.language == "zh" else f"{asked.text} ({about})"
    return _joined(asked.subject, asked.text, asked.language)


def _joined(about: str, question: str, language: Language) -> str:
    """A question with its subject; empty where there is none."""
    if not about:
        return ""
    if language == "zh":
        gap = "，" if about[-1:].isascii() or len(about) > LONGEST_TERM else ""
        return f"{about}{gap}{question}"
    return f"{question} ({about})"


_RULES: tuple[Callable[[Asked], str], ...] = (
    _more,
    _ordinal,
    _other_side,
    _relative_year,
    _year,
    _term,
    _pronoun,
    _bare,
)
