"""Why the nearest sentences do not answer a question, in its language. Pure."""

from collections.abc import Mapping, Sequence

from rag.answer_types import AnswerType, answer_type, holds
from rag.evidence import Scored
from rag.questions import Question
from rag.records import Language

LOOKED_AT = 3
"""Sentences that a refusal shows, and that the reason speaks of."""

_KINDS: Mapping[AnswerType, Mapping[Language, str]] = {
    "date": {"zh": "日期", "en": "date"},
    "percent": {"zh": "百分比", "en": "percentage"},
    "money": {"zh": "金额", "en": "amount of money"},
    "number": {"zh": "数字", "en": "number"},
    "person": {"zh": "人名", "en": "name of a person"},
    "place": {"zh": "地点", "en": "place"},
    "list": {"zh": "列举", "en": "list"},
    "reason": {"zh": "原因", "en": "reason"},
}
_NO_SENTENCE = {
    "zh": "没有可以查对的句子。",
    "en": "There is no sentence to look at.",
}
_NO_KIND = {
    "zh": "最接近的句子里没有所问的{kind}。",
    "en": "The nearest sentences give no {kind}, which is what is asked for.",
}
_UNMET = {
    "zh": "最接近的段落没有提到“{words}”。",
    "en": "The nearest passage does not speak of “{words}”.",
}
_UNSAID = {
    "zh": "最接近的句子与所问有关，但都没有明确说出答案。",
    "en": "The nearest sentences are about the subject, but none clearly says what is asked.",
}


def shortfall(question: Question, scored: Sequence[Scored]) -> str:
    """One sentence for the reader of a refusal.

    Args:
        question: as read by `read_question`.
        scored: what was found, best first.
    """
    language = question.language
    nearest = scored[:LOOKED_AT]
    if not nearest:
        return _NO_SENTENCE[language]
    kind = answer_type(question)
    if kind in _KINDS and not any(holds(kind, item.evidence.text, question) for item in nearest):
        return _NO_KIND[language].format(kind=_KINDS[kind][language])
    unmet = nearest[0].match.unmet if nearest[0].match else ()
    if unmet:
        between = "”“" if language == "zh" else "”, “"
        return _UNMET[language].format(words=between.join(unmet))
    return _UNSAID[language]
