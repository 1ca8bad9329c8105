"""Denials of a claim and its evidence in two languages: plainly on one side alone. Pure.

A denial has many renderings (“fails to”, “unless”, 免, 仅), so one side must deny its verb outright
and the other have nothing that could render it.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from rag.records import Language
from rag.text import HAN, detect_language, fold, sentence_spans

_ENGLISH_PLAIN = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|shall|should|may|must)"
    r" not\b|\b\w+n't\b|\bcannot\b|\bnever\b"
)
_ENGLISH_NONE = re.compile(
    r"\bnot (?:only|just|merely|simply|solely|until|limited|necessarily|exceed(?:ing)?|uncommon)\b"
    r"|\bno(?:t|t be)? (?:less|more|later|earlier|fewer|lower|higher|longer|greater|smaller)\b"
)
"""What holds a denial and is rendered without one: 不仅 is none, 超过 need not be."""
_ENGLISH_ANY = re.compile(
    r"\b(?:not|no|non\w*|never|none|nor|neither|nothing|nobody|nowhere|cannot|without|unless|until"
    r"|only|solely|little|few(?:er)?|less|hardly|barely|scarcely|rarely|seldom|rather|instead"
    r"|otherwise|beyond|against|far from|too|out of|short of|free|but|yet|other|off|away|alone)\b"
    r"|\b(?:fail|refus|reject|deny|deni|declin|lack|absen|prohibit|ban\b|bann|bans\b|forbid|forbad"
    r"|barred|exempt|except|exclu|prevent|avoid|stop|ceas|cancel|waive|miss(?!ion)|los[est]|abolish"
    r"|revok|repeal|void|illeg|irr[aem]|violat|refrain|restrict|contrary|oppos|ignor|neglect|overlook"
    r"|withh|withdr|suspend|terminat|eliminat|halt|un(?!i|der|til)\w|mis(?!s)\w|insuffi|inadequa"
    r"|invalid|incomp|inab|incap|inelig|inapp|indepen|indirec|inac|inconsis|insig|insec|inequal|inexp"
    r"|invis|impossib|improper|imperf|imprac|impatien|imbal|immun|neutral|disab|disag|disal|disap|disbel"
    r"|discon|discour|dishon|dislik|dismis|disob|dispens|disqual|disreg|dissat|dissim|remain|poor|weak|wrong|incorrec)"
    r"|n't\b|\w(?:less|free)\b"
)
_CHINESE_NONE = re.compile(
    "不断|不仅|不但|不只|不光|不少|不同|不久|差不多|不管|不论|无论|不过|不如|不禁|不得不|不可或缺|不可避免"
    "|不妨|不愧|不惜|不一|不等|不外|不时|不已|不幸|不满|不足|不良|不法|不明|不动产|不锈|不透|不在此限|不止"
    "|不限|不超过|不低于|不少于|不高于|不大于|不小于|不晚于|不迟于|不逾|不得[少超低高大小多]于?过?|不得逾"
    "|未来|未成年|未婚|未知|未必|未免|未遂|未满|无线|无限|无人|无偿|无疑|无数|无比|无非|无机|无产|无形|无害"
    "|非常|非法|非洲|非凡|除非|莫非|是否|能否|可否|否则|没收|没落|没入|不当|不利|不力|不均|不安|不必要"
    "|不是(?=[^，,。；;]{1,12}就是)|[不未没][曾有能会得]?[停断间歇绝忘休懈]"
)
"""What holds a denial in form, and says none or is rendered without one."""
_CHINESE_PLAIN = re.compile(
    "不得|不准|不许|不允许|不应|不是|并非|并不|严禁|不须|不需|无须|无需|不适用"
    "|(?:没有|并未|未能|尚未|从未|未曾|未有|不再|不会|不能|不予|不存在|不属于|无法|禁止)"
    "(?![^，,；;。]{0,10}(?:[的前]|之(?!一)|(?<!之一)者))"
)
"""The second line is often part of what tells a thing from others: 没有证件的人."""
_CHINESE_ANY = re.compile(
    "[不未没无非否勿莫毋免拒缺失弗禁止难绝除另反仅只唯惟才少微欠误违仍例限外别停终]"
)


class _Forms(NamedTuple):
    """How a language denies."""

    plain: re.Pattern[str]
    """Its verb, outright."""
    none: re.Pattern[str]
    """What looks like it and is not."""
    every: re.Pattern[str]
    """All that could render a denial."""


_FORMS: Mapping[Language, _Forms] = {
    "en": _Forms(_ENGLISH_PLAIN, _ENGLISH_NONE, _ENGLISH_ANY),
    "zh": _Forms(_CHINESE_PLAIN, _CHINESE_NONE, _CHINESE_ANY),
}
_WORD = re.compile(rf"[A-Za-z]+|[{HAN}]")
_LENGTH: Mapping[Language, float] = {"en": 1.0, "zh": 0.6}
"""English words that a word or character comes to."""
_WHOLE = 0.7
"""A claim of so much of the length of its evidence leaves none of it out."""


def denied_across(claim: str, evidence: str) -> str:
    """Why one of the two denies what the other says in its language; empty where neither does.

    What the evidence denies counts where it is one sentence and the claim renders all of it.
    """
    if denies(claim) and not _could_deny(evidence):
        return "It denies something; nothing in the cited passage does."
    whole = len(sentence_spans(evidence)) == 1 and _length(claim) >= _WHOLE * _length(evidence)
    if whole and denies(evidence) and not _could_deny(claim):
        return "The cited passage denies something; the statement does not."
    return ""


def denies(text: str) -> bool:
    """Whether a text in either language denies a verb outright."""
    forms = _FORMS[detect_language(text)]
    return bool(forms.plain.search(forms.none.sub(" ", fold(text))))


def _could_deny(text: str) -> bool:
    return bool(_FORMS[detect_language(text)].every.search(fold(text)))


def _length(text: str) -> float:
    return len(_WORD.findall(text)) * _LENGTH[detect_language(text)]
