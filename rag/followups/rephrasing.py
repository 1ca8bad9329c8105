"""A follow-up put into words by an LLM, held to what the conversation holds."""

import re
from collections.abc import Sequence

from rag.llm import LLM, Message, complete
from rag.records import Exchange
from rag.text import HAN, detect_language, fold, search_terms
from rag.text.terms import CHINESE_FUNCTION, ENGLISH_FUNCTION_WORDS
from rag.values import missing_values

TURNS = 3
"""Exchanges that are shown."""

ANSWER_LENGTH = 300
"""Characters of each answer that are shown."""

MOST_TOKENS = 120
"""Tokens a question may take."""

LONGEST = 400
"""Characters of a stand-alone question; longer replies are no question."""

NEW_WORDS = 2
"""Small English words a rewording may add, such as a verb."""

_SYSTEM = {
    "zh": (
        "把最后一个追问改写成不看前文也能懂的完整问题。只补上前文里的主语、年份、文件名，"
        "不要添加前文没有的名称和数字，不要回答。用追问的语言，只写改写后的问题。"
    ),
    "en": (
        "Rewrite the last question so that it can be understood without the conversation. Only "
        "fill in subjects, years and titles from the conversation; add no other names or numbers; "
        "do not answer. Write in the language of the last question, and only the question."
    ),
}
_LABELS = {"zh": ("问", "答", "追问"), "en": ("Q", "A", "Last question")}
_CAPITAL = re.compile(r"\b[A-Z][\w'-]*")
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_FRAME = frozenset("的了呢吗是在有中和与对于为由将会被把从到上里内些个项几多少何怎样么什哪谁请问关")


def rephrase(llm: LLM, question: str, history: Sequence[Exchange]) -> str:
    """The model's stand-alone wording; empty where it says what the conversation does not hold.

    Args:
        llm: asked once, at temperature 0.
        question: a follow-up.
        history: what it follows, oldest first, questions stand-alone.

    Raises:
        EndpointError: the endpoint failed.
    """
    language = detect_language(question)
    asked, answered, last = _LABELS[language]
    lines = []
    for exchange in history[-TURNS:]:
        lines.append(f"{asked}: {exchange.question}")
        if exchange.answer:
            lines.append(f"{answered}: {' '.join(exchange.answer.split())[:ANSWER_LENGTH]}")
    messages: list[Message] = [
        {"role": "system", "content": _SYSTEM[language]},
        {"role": "user", "content": "\n".join([*lines, f"{last}: {question}"])},
    ]
    reply = " ".join(complete(llm, messages, max_tokens=MOST_TOKENS).split()).strip('"“”「」 ')
    return reply if holds(reply, question, history) else ""


def holds(reply: str, question: str, history: Sequence[Exchange]) -> bool:
    """Whether a rewording is one question, and brings in no name and no number of its own."""
    if not reply or len(reply) > LONGEST or detect_language(reply) != detect_language(question):
        return False
    said = "\n".join([question, *(f"{past.question}\n{past.answer}" for past in history)])
    if missing_values(reply, said):
        return False
    known = set(search_terms(said))
    new = {word for word in _words(reply) if not known & set(search_terms(word))}
    if any(word[0].isupper() or not word.isalpha() for word in new) or len(new) > NEW_WORDS:
        return False
    return not _new_characters(reply, said)


def _words(reply: str) -> set[str]:
    """Latin words of a reply but those of its frame; the first loses its capital."""
    text = reply[:1].lower() + reply[1:]
    words = re.findall(r"[A-Za-z0-9][\w.'-]*", text)
    return {word for word in words if word.lower() not in ENGLISH_FUNCTION_WORDS}


def _new_characters(reply: str, said: str) -> set[str]:
    """Han characters, folded, that neither the conversation nor the frame of a question has."""
    framed = CHINESE_FUNCTION.sub("", fold(reply))
    return set(_HAN_CHARACTER.findall(framed)) - set(fold(said)) - _FRAME
