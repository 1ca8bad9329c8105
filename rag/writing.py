"""Writers: evidence in, a draft out; an LLM's reply, or quotes alone."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from rag.errors import ModelError
from rag.evidence import Scored
from rag.llm import LLM, Message
from rag.prompts import (
    ANSWER_EXAMPLE,
    ANSWER_SYSTEM,
    CITE_RULE,
    NO_EVIDENCE,
    answer_question,
)
from rag.questions import VALUE_KINDS, Question, item_of
from rag.records import Draft, Evidence, Statement
from rag.text import content_terms, fold
from rag.tokens import count_messages, count_tokens, cut_to_tokens
from rag.values import find_values

MOST_SENTENCES = 3
"""Sentences an extractive answer quotes, a list apart."""

ENOUGH = 0.85
"""Sentences are quoted, best first, until their probabilities add up to this."""

LLM_SENTENCES = 5
"""Evidence sentences an LLM is shown, a list apart."""

WORTH_SHOWING = 0.03
"""Least probability of a sentence that is shown to an LLM beside those that would be quoted."""

LABEL_LENGTH = 40
"""Characters of a document's title that go before its sentence in a prompt."""

ANSWER_TOKENS = 300
"""Most tokens an LLM's answer may take."""

LONGEST_ITEM = 8
"""Sentences an item of a list may have before the next one."""

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
        self.cites = llm.mode != "llama"

    def write(
        self, question: Question, evidence: Sequence[Evidence], titles: Mapping[str, str]
    ) -> Iterator[str]:
        """The model's reply, piece by piece.

        Args:
            question: as read.
            evidence: the sentences to answer from, best first.
            titles: by document id; a sentence alone rarely says which year or body it is of.

        Raises:
            EndpointError: the endpoint failed.
            ModelError: the local model failed, or not even one sentence fits its context.
        """
        sentences = [
            _labelled(titles.get(item.document_id, ""), _one_line(item.text)) for item in evidence
        ]
        messages = self._messages(question, sentences)
        yield from self._llm.stream(messages, max_tokens=ANSWER_TOKENS)

    def _messages(self, question: Question, sentences: list[str]) -> list[Message]:
        """The prompt with as many sentences as fit beside the answer."""
        budget = self._llm.context_tokens - ANSWER_TOKENS
        asked = cut_to_tokens(question.text, budget // 4)
        while sentences:
            messages = answer_messages(sentences, asked, question, cites=self.cites)
            if count_messages(messages) <= budget:
                return messages
            if len(sentences) == 1:
                over = count_messages(messages) - budget
                left = count_tokens(sentences[0]) - over
                sentences = [cut_to_tokens(sentences[0], left)] if left > 0 else []
            else:
                sentences.pop()
        raise ModelError(
            f"No evidence fits a context of {self._llm.context_tokens} tokens.",
            "Raise context_tokens, or ask a shorter question.",
        )


def answer_messages(
    sentences: Sequence[str], asked: str, question: Question, *, cites: bool
) -> list[Message]:
    """System prompt, one worked example, and the question; with `cites`, markers are asked for."""
    language = question.language
    example_question, example_answer = ANSWER_EXAMPLE[language]
    system = ANSWER_SYSTEM[language] + (CITE_RULE[language] if cites else "")
    return [
        {"role": "system", "content": system},
        {"role": "user", "content": example_question},
        {"role": "assistant", "content": example_answer.format(mark="[1]" if cites else "")},
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
        if len(quoted) >= MOST_SENTENCES or sum(other.score for other in quoted) >= ENOUGH:
            break
        quoted.append(item)
        if _adds_nothing(question, item.text):
            quoted += _next_sentence(item, sentences_of(item.document_id))
    return distinct(quoted)


def _adds_nothing(question: Question, text: str) -> bool:
    """Whether a sentence only repeats the question, as the title of a section does."""
    return set(content_terms(text)) <= {*question.terms, *map(str, question.years)}


def _next_sentence(item: Evidence, sentences: Sequence[Evidence]) -> list[Evidence]:
    return [other for other in sentences if other.span.start >= item.span.end][:1]


def distinct(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Without sentences that repeat an earlier one."""
    first: dict[str, Evidence] = {}
    for item in evidence:
        first.setdefault("".join(fold(item.text).split()), item)
    return list(first.values())


def _whole_list(best: Evidence, sentences: Sequence[Evidence]) -> list[Evidence]:
    """The enumerated sentences that the best one introduces; empty where it does not."""
    if not _INTRODUCES.search(fold(best.text)):
        return []
    items: list[Evidence] = []
    since = 0
    for sentence in sentences:
        if sentence.span.start < best.span.end:
            continue
        number = item_of(sentence.text)
        since += 1
        if number == len(items) + 1:
            items.append(sentence)
            since = 0
        elif number == 1 or since > LONGEST_ITEM:
            break
    return [best, *items]


def _labelled(title: str, sentence: str) -> str:
    """The sentence after its document's title, unless it holds the title itself."""
    label = _one_line(title)[:LABEL_LENGTH]
    return f"（{label}）{sentence}" if label and fold(label) not in fold(sentence) else sentence


def holds_expected(question: Question, text: str) -> bool:
    """Whether a text holds the kind of value the question asks for; True where it asks none."""
    wanted = VALUE_KINDS.get(question.expected)
    return wanted is None or any(value.kind in wanted for value in find_values(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())
