"""Writers: evidence in, a draft out; an LLM's reply, or quotes alone."""

import re
from collections.abc import Iterator, Mapping, Sequence

from rag.errors import ModelError
from rag.llm import LLM, Message
from rag.prompts import (
    ANSWER_EXAMPLE,
    ANSWER_SYSTEM,
    CITE_RULE,
    NO_EVIDENCE,
    answer_question,
)
from rag.questions import Question
from rag.records import Draft, Evidence, Statement
from rag.text import fold
from rag.tokens import count_messages, count_tokens, cut_to_tokens

LLM_SENTENCES = 5
"""Evidence sentences an LLM is shown, a list apart."""

WORTH_SHOWING = 0.03
"""Least probability of a sentence that is shown to an LLM beside those that would be quoted."""

LABEL_LENGTH = 40
"""Characters of a document's title that go before its sentence in a prompt."""

ANSWER_TOKENS = 300
"""Most tokens an LLM's answer may take."""


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


def _labelled(title: str, sentence: str) -> str:
    """The sentence after its document's title, unless it holds the title itself."""
    label = _one_line(title)[:LABEL_LENGTH]
    return f"（{label}）{sentence}" if label and fold(label) not in fold(sentence) else sentence


def _one_line(text: str) -> str:
    return " ".join(text.split())
