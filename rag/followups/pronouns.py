"""Pronouns and phrases such as 该会议, that meeting: what they stand for in the last turn. Pure."""

import re
from collections.abc import Sequence

from rag.followups.subjects import noun_phrase, person, quoted, subject
from rag.periods import years_in
from rag.records import Language
from rag.text import fold
from rag.text.terms import CHINESE_FUNCTION, ENGLISH_FUNCTION_WORDS

LEADING_CONTENT = 2
"""Content characters before a Chinese pronoun; with more, what it means stands there."""

_NOUNS = (
    "会议|會議|文件|报告|報告|材料|文章|文本|法律|法规|条例|條例|办法|公约|计划|計劃|规划|规定|制度|市场"
    "|市場|机构|機構|部门|部門|项目|項目|方案|清单|政策|标准|大会|大會|工作|行动|任务|任務|活动|工程"
)
_HAN_THING = re.compile(
    rf"(?:该|該|此|这|這|那|上述|前述)(?:一)?(?P<measure>次|个|個|份|场|場|项|項|篇|部|条|條|种|種|届)?"
    rf"(?P<noun>{_NOUNS})"
)
_HAN_PRONOUN = re.compile(
    r"其中(?!之)|[它牠](?:们|們)?|(?<![尤极極与與及])其(?![他它余實实次间間一二三四五六七八九])"
    r"|(?P<person>[他她](?:们|們)?)"
)
_HAN_FIXED = re.compile("其他|其它|他人|他国|他們自己")
_NO_ANTECEDENT = re.compile(
    "全文|文中|通篇|资料库|文件|报告|材料|会议|提到|提及|谈到|说到|讲到|出现|涉及|列出|总结|概括|所有|全部"
    "|有没有|没有|评价|看待|介绍|说明"
)
"""Words about documents and saying, which a pronoun after them does not mean."""
_DOCUMENTS = frozenset(
    (
        *("文件", "报告", "材料", "文章", "文本"),
        *("report", "document", "file", "article", "text", "paper", "note", "notes"),
    )
)
_ENGLISH_THING = re.compile(
    r"\b(?:that|this|the same|those|these) (?P<noun>meetings?|reports?|documents?|files?|articles?"
    r"|texts?|papers?|notes?|plans?|laws?|programmes?|programs?|markets?|projects?|lists?|years?"
    r"|conferences?|policy|policies|sessions?|rules?|standards?|systems?)\b"
    r"(?! (?:that|which|who|of)\b)",
    re.IGNORECASE,
)
_ENGLISH_PRONOUN = re.compile(
    r"\b(?:(?P<thing>it|they|them)|(?P<own>its|their)|(?P<person>he|she|him)|(?P<hers>his|her))\b",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|does|did|will|would|can) it (?:true|possible|likely|necessary|important|take|mean"
    r"|matter|correct|clear|better|enough)\b"
    r"|\bit (?:is|was|takes|took) (?:true|possible|likely|necessary|important|\w+ to|that)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r",|;|\b(?:and|when|if|after|because|that|which|who|than|so|while)\b", re.I)
_ANTECEDENT = re.compile(
    r"(?i:\b(?:the|an?|each|every|all|any|which|what) "
    r"(?!(?:is|are|was|were|do|does|did|will)\b)\w+)"
    r"|(?<!^)\b[A-Z]\w+|\b\w{3,}[^s]s\b"
)


def resolved(
    text: str,
    language: Language,
    last: str,
    last_language: Language,
    answer: str,
    titles: Sequence[str],
) -> str:
    """The question with what its pronoun stands for; empty where it has none that leans back.

    Args:
        text: the question without its end mark.
        language: of it.
        last: the question before, stand-alone.
        last_language: of that.
        answer: what was answered.
        titles: of the documents that the answer cites, in order.
    """
    thing = _HAN_THING if language == "zh" else _ENGLISH_THING
    match = thing.search(text)
    if match and not _stands_before(text, match, language) and not years_in(text):
        phrase = _named(match["noun"], language, last, last_language, titles)
        if phrase:
            return text[: match.start()] + phrase + text[match.end() :]
    if language == "zh":
        return _chinese(text, last, last_language, answer)
    return _english(text, last, last_language, answer)


def _named(
    noun: str, language: Language, last: str, last_language: Language, titles: Sequence[str]
) -> str:
    """The thing as the last turn names it: its words, a document's title, or a year."""
    if fold(noun) in _DOCUMENTS and titles:
        return f"《{titles[0]}》" if language == "zh" else f"“{titles[0]}”"
    if language == last_language:
        phrase = noun_phrase(noun, last, language)
        if len(phrase) > len(noun) + 4:
            return phrase
    years = years_in(last)
    if len(years) == 1:
        return f"{years[0]}年{noun}" if language == "zh" else f"the {years[0]} {noun}"
    if titles:
        return f"《{titles[0]}》" if language == "zh" else f"“{titles[0]}”"
    return ""


def _stands_before(text: str, match: re.Match[str], language: Language) -> bool:
    """Whether the question itself names, before the pronoun, what it may mean."""
    before = text[: match.start()]
    if language == "zh":
        named = _NO_ANTECEDENT.sub("", CHINESE_FUNCTION.sub("", fold(before)))
        return len(re.sub(r"\W", "", named)) > LEADING_CONTENT
    return False


def _chinese(text: str, last: str, last_language: Language, answer: str) -> str:
    match = _HAN_PRONOUN.search(_HAN_FIXED.sub(lambda found: "　" * len(found[0]), text))
    if not match or _stands_before(text, match, "zh"):
        return ""
    about = person(last, answer) if match["person"] else _meant(last, last_language)
    if not about:
        return ""
    suffix = {"其中": "中", "其": "的"}.get(match[0], "")
    if suffix == "的" and text[match.end() : match.end() + 1] == "的":
        suffix = ""
    return text[: match.start()] + about + suffix + text[match.end() :]


def _meant(last: str, last_language: Language) -> str:
    """What `it` means: a term in quotation marks that was asked about, else the subject."""
    return quoted(last) or subject(last, last_language)


def _english(text: str, last: str, last_language: Language, answer: str) -> str:
    match = _ENGLISH_PRONOUN.search(text)
    if not match or _EXPLETIVE.search(text) or _meant_inside(text, match):
        return ""
    human = match["person"] or match["hers"]
    about = person(last, answer) if human else _meant(last, last_language)
    if not about:
        return ""
    if match["own"] or match["hers"]:
        about += "'" if about.endswith("s") else "'s"
    return text[: match.start()] + about + text[match.end() :]


def _meant_inside(text: str, match: re.Match[str]) -> bool:
    """Whether what the pronoun means stands before it in the same question.

    In another clause, or for a possessive in its own; an object cannot mean its own subject
    (principle B of binding theory: Chomsky, 1981).
    """
    before = text[: match.start()]
    clauses = list(_CLAUSE.finditer(before))
    if clauses and _content(before[: clauses[-1].start()]):
        return True
    owning = match["own"] or match["hers"]
    return bool(owning and _ANTECEDENT.search(before))


def _content(text: str) -> bool:
    words = re.findall(r"[a-z']+", text.lower())
    return any(word not in ENGLISH_FUNCTION_WORDS for word in words)
