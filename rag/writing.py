"""Writers: evidence in, a draft out; an LLM's reply, or quotes alone."""

import re
from collections.abc import Callable, Iterator, Sequence

from rag.errors import ModelError
from rag.evidence import Scored
from rag.llm import LLM, Message
from rag.prompts import ANSWER_EXAMPLE, ANSWER_SYSTEM, NO_EVIDENCE, answer_question
from rag.questions import Question
from rag.records import Draft, Evidence, Statement
from rag.text import fold
from rag.tokens import count_messages, count_tokens, cut_to_tokens

MOST_SENTENCES = 3
"""Sentences an extractive answer quotes, a list apart."""

ENOUGH = 0.85
"""Sentences are quoted, best first, until their probabilities add up to this."""

LLM_SENTENCES = 6
"""Evidence sentences an LLM is shown."""

ANSWER_TOKENS = 300
"""Most tokens an LLM's answer may take."""

_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}(?:是|、)|第[一二三四五六七八九十]{1,3}[,，、是]"
    r"|[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）.．、]"
    r"|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?:ly)?[,:]|[-*•]\s)"
)
_INTRODUCES = re.compile(
    r"(?:以下|如下|几个方面|方面重点任务|任务|following|tasks?)[^。.:：]{0,12}[。.:：]?$"
)


def quote(evidence: Sequence[Evidence]) -> Draft:
    """The extractive writer: every sentence as it stands, citing itself; needs no model."""
    return Draft(
        statements=tuple(
            Statement(text=item.text, numbers=(number,))
            for number, item in enumerate(evidence, start=1)
        )
    )


class LLMWriter:
    """Asks a chat model for a short answer from numbered sentences."""

    def __init__(self, llm: LLM) -> None:
        self._llm = llm

    def write(self, question: Question, evidence: Sequence[Evidence]) -> Iterator[str]:
        """The model's reply, piece by piece.

        Raises:
            EndpointError: the endpoint failed.
            ModelError: the local model failed, or not even one sentence fits its context.
        """
        yield from self._llm.stream(self._messages(question, evidence), max_tokens=ANSWER_TOKENS)

    def _messages(self, question: Question, evidence: Sequence[Evidence]) -> list[Message]:
        """The prompt with as many sentences as fit beside the answer."""
        budget = self._llm.context_tokens - ANSWER_TOKENS
        sentences = [_one_line(item.text) for item in evidence]
        asked = cut_to_tokens(question.text, budget // 4)
        while sentences:
            messages = answer_messages(sentences, asked, question)
            if count_messages(messages) <= budget:
                return messages
            if len(sentences) == 1:
                over = count_messages(messages) - budget
                left = count_tokens(sentences[0]) - 2 * over
                sentences = [cut_to_tokens(sentences[0], left)] if left > 0 else []
            else:
                sentences.pop()
        raise ModelError(
            f"No evidence fits a context of {self._llm.context_tokens} tokens.",
            "Raise context_tokens, or ask a shorter question.",
        )


def answer_messages(sentences: Sequence[str], asked: str, question: Question) -> list[Message]:
    """System prompt, one worked example, and the question."""
    language = question.language
    example_question, example_answer = ANSWER_EXAMPLE[language]
    return [
        {"role": "system", "content": ANSWER_SYSTEM[language]},
        {"role": "user", "content": example_question},
        {"role": "assistant", "content": example_answer},
        {"role": "user", "content": answer_question(sentences, asked, language)},
    ]


def says_nothing(text: str) -> bool:
    """Whether a model answered that there is no evidence, or with nothing."""
    folded = fold(text).strip()
    return not re.search(r"\w", folded) or any(phrase in folded for phrase in NO_EVIDENCE)


def choose(
    question: Question,
    scored: Sequence[Scored],
    sentences_of: Callable[[str], Sequence[Evidence]],
) -> list[Evidence]:
    """The fewest sentences that hold the answer; a list question gets the whole list.

    Args:
        question: as read.
        scored: best first.
        sentences_of: every sentence of a document in order, by its id; for whole lists.
    """
    if not scored:
        return []
    best = scored[0].evidence
    if question.expected == "list":
        listed = _whole_list(best, sentences_of(best.document_id))
        if len(listed) > 1:
            return listed
    quoted: list[Evidence] = []
    for item in distinct([item.evidence for item in scored]):
        if len(quoted) == MOST_SENTENCES or sum(other.score for other in quoted) >= ENOUGH:
            break
        quoted.append(item)
    return quoted


def distinct(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Without sentences that repeat an earlier one."""
    first: dict[str, Evidence] = {}
    for item in evidence:
        first.setdefault("".join(fold(item.text).split()), item)
    return list(first.values())


def _whole_list(best: Evidence, sentences: Sequence[Evidence]) -> list[Evidence]:
    """The run of enumerated sentences that the best one introduces; empty where it does not."""
    if not _INTRODUCES.search(fold(best.text)):
        return []
    first = next(
        (index for index, item in enumerate(sentences) if item.span.start >= best.span.start), 0
    )
    last = first
    while last + 1 < len(sentences) and _ITEM.match(fold(sentences[last + 1].text)):
        last += 1
    return [best, *sentences[first + 1 : last + 1]]


def _one_line(text: str) -> str:
    return " ".join(text.split())
