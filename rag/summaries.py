"""Bilingual summaries: points taken from the document's own sentences, translated, checked.

A point is an evidence sentence in the document's language, word for word, and its rendering by
the LLM in the other language; both rest on the same citation. Where the rendering's numbers are
not the sentence's, it is tried once more, then labelled unsupported. Without an LLM the other
language is None and a note says why.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rag.glossary import translate_terms
from rag.llm import LLM, Message, complete
from rag.plain_values import plain_values
from rag.points import select
from rag.prompts import (
    NO_LLM_FOR_LANGUAGE,
    TRANSLATE_SYSTEM,
    USE_TERMS,
)
from rag.records import (
    Citation,
    Document,
    Evidence,
    Language,
    Mode,
    Point,
    Summary,
)
from rag.support.judging import judge
from rag.support.meaning import Meaning, Similarity
from rag.text import HAN, detect_language, fold
from rag.tokens import count_tokens, cut_to_tokens
from rag.values import find_values, missing_values

POINTS = 6
"""Points of a summary, where the document has so many sentences."""

TRANSLATION_TOKENS = 400
"""Most tokens a rendering may take; it also gets no more than 40 + 2 for each of its source."""

TERM_HINTS = 4
"""Glossary terms told to the model with a sentence."""

SHORTEST_TERM = 3
"""Characters of a glossary term worth telling; shorter ones have many renderings."""

_ITEM_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}是|第[一二三四五六七八九十]{1,3}[，,、])"
)
GRAMMAR = {
    "en": r"root ::= [^\n\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]+",
    "zh": r"root ::= [^\na-z]+",
}
"""GBNF: a local model would leave the words it does not know in the other language."""

_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summarizer:
    """Summarises documents of one store."""

    embed: Callable[[Sequence[str]], np.ndarray]
    """Passage vectors, shape (n, dimension), of length 1."""
    similarity: Similarity
    llm: LLM | None
    meaning: Meaning | None = None
    """What scores renderings, where the embedder allows more than `similarity`."""

    @property
    def mode(self) -> Mode:
        return self.llm.mode if self.llm else "extractive"

    def summarize(
        self,
        document: Document,
        sentences: Sequence[Evidence],
        *,
        points: int = POINTS,
        progress: Callable[[int, int], None] | None = None,
    ) -> Summary:
        """A summary of one document, from all of its sentences.

        Args:
            document: the document.
            sentences: all its sentences in order.
            points: most points to write.
            progress: takes points written and points in all.

        Raises:
            EndpointError: the endpoint failed; nothing of this document is kept.
        """
        body = [item for item in sentences if fold(item.text) != fold(document.title)]
        chosen = select(body, self.embed, points)
        written = []
        for done, item in enumerate(chosen):
            if progress:
                progress(done, len(chosen))
            written.append(self._point(item))
        title_language = detect_language(document.title)
        other_title, problem = self._render(document.title, _other(title_language))
        titles = {title_language: document.title, _other(title_language): other_title}
        return Summary(
            document_id=document.id,
            title_zh=titles["zh"],
            title_en=titles["en"],
            points=tuple(written),
            sentences_read=len(sentences),
            sentences_total=len(sentences),
            mode=self.mode,
            model=self.llm.name if self.llm else "",
            notes=_notes(self.llm, problem),
        )

    def _point(self, item: Evidence) -> Point:
        language = detect_language(item.text)
        text = " ".join(item.text.split())
        # The place in a list is no part of what the point says, and small models translate it.
        plain = plain_values(_ITEM_NUMBER.sub("", text)) if language == "zh" else text
        rendering, problem = self._render(plain, _other(language))
        languages = {language: text, _other(language): rendering}
        return Point(
            zh=languages["zh"],
            en=languages["en"],
            verdict="unsupported" if problem else "supported",
            citations=(
                Citation(number=1, document_id=item.document_id, span=item.span, quote=item.text),
            ),
            reason=problem,
        )

    def _render(self, text: str, language: Language) -> tuple[str | None, str]:
        """The text in another language and what is wrong with it; (None, "") without an LLM."""
        if self.llm is None:
            return None, ""
        best: tuple[str | None, str] = (None, "")
        for attempt in range(2):
            rendering = _tidy(
                complete(
                    self.llm,
                    _messages(self.llm, text, language, attempt),
                    max_tokens=min(TRANSLATION_TOKENS, 40 + 2 * count_tokens(text)),
                    grammar=GRAMMAR[language],
                )
            )
            problem = self._problem(rendering, text, language)
            if best[0] is None or not problem:
                best = (rendering or None, problem)
            if not problem or not _worth_another_try(problem):
                break
        return best

    def _problem(self, rendering: str, text: str, language: Language) -> str:
        """Why a rendering is not to be trusted; empty where it passes."""
        if not rendering:
            return "The model wrote nothing."
        if detect_language(rendering) != language:
            return "The model did not write in the language asked for."
        if language == "en" and _HAN.search(rendering):
            return "The rendering leaves Chinese words untranslated."
        judged = judge(rendering, [text], self.similarity, meaning=self.meaning)
        if judged.verdict != "supported":
            return judged.reason
        back = lost_values(text, rendering)
        return f"{back} is missing from the rendering." if back else ""


def _notes(llm: LLM | None, title_problem: str) -> tuple[str, ...]:
    if llm is None:
        return (NO_LLM_FOR_LANGUAGE,)
    return (f"The title's rendering: {title_problem}",) if title_problem else ()


def _worth_another_try(problem: str) -> bool:
    """Only values can be put right by naming them; at temperature 0 the rest stays as it is."""
    return "is not in" in problem or "is missing" in problem


def lost_values(text: str, rendering: str) -> str:
    """Values of the sentence that its rendering lost, as written; empty where none is lost."""
    kinds = ("percent", "money", "date", "year")
    lost = [value.text for value in missing_values(text, rendering) if value.kind in kinds]
    return ", ".join(lost)


def _messages(llm: LLM, text: str, language: Language, attempt: int) -> list[Message]:
    """The prompt for one rendering; a second attempt also names the values to keep."""
    budget = llm.context_tokens - TRANSLATION_TOKENS - 600
    source = cut_to_tokens(text, budget) if count_tokens(text) > budget else text
    hints = [f"{phrase} = {rendering}" for phrase, rendering in _terms(text)]
    if attempt:
        hints += [value.text for value in find_values(text)]
    system = TRANSLATE_SYSTEM[language]
    if hints:
        system += USE_TERMS[language].format(terms="; ".join(hints))
    return [{"role": "system", "content": system}, {"role": "user", "content": source}]


def _terms(text: str) -> list[tuple[str, str]]:
    """Glossary terms of the text with the first rendering of each, the longest few."""
    # The longest rendering, since the shorter ones of a name are its abbreviations.
    found = [(phrase, max(others, key=len)) for phrase, others in translate_terms(text)]
    longest = sorted(found, key=lambda pair: -len(pair[0]))[:TERM_HINTS]
    return [pair for pair in found if pair in longest and len(pair[0]) >= SHORTEST_TERM]


def _tidy(reply: str) -> str:
    """One line, without quotation marks around the whole or a label before it."""
    line = " ".join(reply.split())
    line = re.sub(r"^(?:translation|译文|翻译)\s*[:：]\s*", "", line, flags=re.IGNORECASE)
    quoted = re.fullmatch(r"[“\"](.*)[”\"]", line)
    return quoted[1] if quoted and '"' not in fold(quoted[1]) else line


def _other(language: Language) -> Language:
    return "en" if language == "zh" else "zh"
