"""Answers to questions about whole documents: every passage is read, and the answer says so."""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag.citations import written
from rag.glossary import translate_terms
from rag.planning.holdings import Holdings
from rag.planning.plans import read_plan
from rag.records import (
    Answer,
    Citation,
    Claim,
    Coverage,
    Evidence,
    Language,
    Usage,
)
from rag.store import Store
from rag.text import detect_language, fold
from rag.whole.gathering import Entry, entries, occurrences
from rag.whole.questions import WholeQuestion
from rag.whole.reading import Reading, chosen_documents, read
from rag.whole.wording import WORDS, listed_kind

SHOWN_SENTENCES = 20
"""Sentences quoted for a count, a mention or a list by a term."""

SHOWN_ENTRIES = 25
"""Entries of a list of dates, amounts or names."""

CITED = 3
"""Sentences cited for one entry."""

HEADLINE_CITED = 8
"""Sentences cited for the line that says how many there are."""

SUMMARY_POINTS = 8
"""Points of a summary; of several documents each gets its share, two at least."""

MOST_SUMMARISED = 6
"""Documents that are summed up in one answer."""

MOST_LISTED = 3000
"""Passages that are read for all dates, amounts or names: about ten seconds."""

CONTEXT = 36
"""Characters shown on each side of an entry; of English twice as many."""

Pick = Callable[[Sequence[Evidence], int], list[Evidence]]
"""Takes sentences and how many of them to choose, for a summary."""


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """Claims and their citations as they are written down; a sentence has one number."""

    claims: list[Claim] = field(default_factory=list)
    numbers: dict[Evidence, int] = field(default_factory=dict)

    def cite(self, items: Sequence[Evidence]) -> tuple[int, ...]:
        for item in items:
            self.numbers.setdefault(item, len(self.numbers) + 1)
        return tuple(self.numbers[item] for item in items)

    def add(self, text: str, items: Sequence[Evidence], reason: str) -> None:
        self.claims.append(
            Claim(
                text=text,
                citations=self.cite(items),
                verdict="supported",
                support=1.0,
                reason=reason,
            )
        )

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(
            Citation(number=number, document_id=item.document_id, span=item.span, quote=item.text)
            for item, number in self.numbers.items()
        )


VERBATIM = "It stands there word for word."
COUNTED = "Counted in every passage that was read."


class WholeReader:
    """Answers questions about whole documents of one store, without a model."""

    def __init__(self, store: Store, pick: Pick) -> None:
        self._store = store
        self._pick = pick

    def stream(
        self,
        asked: str,
        whole: WholeQuestion,
        *,
        within: Collection[str] | None = None,
        at_hand: Sequence[str] = (),
        without: Collection[str] = (),
    ) -> Iterator[str | Answer]:
        """The text of the answer, then the checked `Answer`.

        Args:
            asked: the question.
            whole: the same, as `read_whole` reads it.
            within: ids of the only documents that may be read.
            at_hand: ids of documents that the conversation cites, for `this document`.
            without: keys of `Understood` to leave out.
        """
        started = time.perf_counter()
        # What is looked for names no document: 2024 in `is 2024 mentioned?`.
        named = asked.replace(whole.term, " " * len(whole.term)) if whole.term else asked
        holdings = Holdings(self._store.facts())
        plan = read_plan(named, holdings, without=without)
        chosen = chosen_documents(holdings, whole, plan, within, at_hand)
        language = detect_language(asked)
        too_much = self._too_much(language, whole, chosen)
        if too_much:
            answer = self._answer(asked, language, too_much, _Sheet(), None, answered=False)
        else:
            answer = self._written(asked, language, whole, read(self._store, chosen))
        yield answer.text
        seconds = time.perf_counter() - started
        yield replace(answer, seconds={"total": seconds}, understood=plan.understood)

    def _too_much(self, language: Language, whole: WholeQuestion, chosen: Sequence[str]) -> str:
        """Why so many documents are not read; empty where they are."""
        words = WORDS[language]
        if whole.kind == "summary" and not 0 < len(chosen) <= MOST_SUMMARISED:
            return words["choose"].format(count=len(chosen), most=MOST_SUMMARISED)
        counts = self._store.count_chunks() if whole.of else {}
        passages = sum(counts.get(key, 0) for key in chosen)
        if passages > MOST_LISTED:
            return words["narrow"].format(passages=passages, most=MOST_LISTED)
        return ""

    def _written(
        self, asked: str, language: Language, whole: WholeQuestion, reading: Reading
    ) -> Answer:
        sheet = _Sheet()
        if whole.kind == "summary":
            text, coverage = self._summary(language, reading, sheet)
        elif whole.of:
            text, coverage = _list_of(language, whole, reading, sheet)
        else:
            text, coverage = _places_of(language, whole, reading, sheet)
        return self._answer(asked, language, text, sheet, coverage)

    def _summary(self, language: Language, reading: Reading, sheet: _Sheet) -> tuple[str, Coverage]:
        share = max(2, SUMMARY_POINTS // max(len(reading.sentences), 1))
        for key, sentences in reading.sentences.items():
            title = fold(reading.titles[key])
            body = [item for item in sentences if fold(item.text) != title]
            for item in self._pick(body, share):
                sheet.add(" ".join(item.text.split()), [item], VERBATIM)
        return written(sheet.claims), reading.coverage(len(sheet.claims), len(sheet.claims))

    def _answer(
        self,
        asked: str,
        language: Language,
        text: str,
        sheet: _Sheet,
        coverage: Coverage | None,
        *,
        answered: bool = True,
    ) -> Answer:
        notes = []
        if any(detect_language(claim.text) != language for claim in sheet.claims):
            notes.append(WORDS[language]["quoted"])
        return Answer(
            question=asked,
            language=language,
            answered=answered,
            text=text,
            claims=tuple(sheet.claims),
            citations=sheet.citations,
            hits=(),
            mode="extractive",
            model="",
            tokens=Usage(),
            seconds={"total": 0.0},
            notes=tuple(notes),
            coverage=coverage,
        )


def _places_of(
    language: Language, whole: WholeQuestion, reading: Reading, sheet: _Sheet
) -> tuple[str, Coverage]:
    """Every sentence with a term: how often it stands where, or that it stands nowhere."""
    forms = [whole.term]
    if whole.kind == "mention":
        forms += _renderings(whole.term)
    found = occurrences(forms, reading.everything)
    total = sum(count for _, count in found)
    words = WORDS[language]
    if not found:
        text = words["absent"].format(term=whole.term, passages=reading.passages)
        return text, reading.coverage(0, 0)
    shown = [item for item, _ in found[:SHOWN_SENTENCES]]
    headline = words[whole.kind].format(
        term=whole.term,
        total=total,
        sentences=len(found),
        where=_where(language, found, reading),
    )
    sheet.add(headline, shown[:HEADLINE_CITED], COUNTED)
    for item in shown:
        sheet.add(" ".join(item.text.split()), [item], VERBATIM)
    return written(sheet.claims), reading.coverage(
        total, sum(count for _, count in found[: len(shown)])
    )


def _where(language: Language, found: Sequence[tuple[Evidence, int]], reading: Reading) -> str:
    """How often in which document, where there are several."""
    if len(reading.sentences) < 2:
        return ""
    counts: dict[str, int] = {}
    for item, count in found:
        counts[item.document_id] = counts.get(item.document_id, 0) + count
    words = WORDS[language]
    parts = [
        words["in_document"].format(title=reading.titles[key], count=count)
        for key, count in counts.items()
    ]
    return words["colon"] + words["comma"].join(parts)


def _renderings(term: str) -> list[str]:
    """The term in the other language where the glossary has it whole."""
    return [
        form
        for phrase, forms in translate_terms(term)
        if fold(phrase) == fold(term)
        for form in forms
    ]


def _list_of(
    language: Language, whole: WholeQuestion, reading: Reading, sheet: _Sheet
) -> tuple[str, Coverage]:
    """Everything of a kind, the same thing once, with the words around it."""
    assert whole.of
    found = entries(whole.of, reading.everything)
    words, kind = WORDS[language], listed_kind(language, whole.of)
    if not found:
        text = words["none"].format(kind=kind, passages=reading.passages)
        return text, reading.coverage(0, 0)
    total = sum(entry.count for entry in found)
    shown = found[:SHOWN_ENTRIES]
    headline = words["listed"].format(kind=kind, distinct=len(found), total=total)
    if len(found) > len(shown):
        headline += words["capped"].format(shown=len(shown))
    first = list(dict.fromkeys(entry.places[0] for entry in shown))
    sheet.add(headline, first[:HEADLINE_CITED], COUNTED)
    for entry in shown:
        sheet.add(_entry_text(language, entry), entry.places[:CITED], VERBATIM)
    return written(sheet.claims), reading.coverage(len(found), len(shown))


def _entry_text(language: Language, entry: Entry) -> str:
    words = WORDS[language]
    times = words["times"].format(count=entry.count) if entry.count > 1 else ""
    return f"{entry.label}{times}{words['colon']}{_around(entry)}"


def _around(entry: Entry) -> str:
    """The words about an entry in the first sentence that holds it."""
    text = " ".join(entry.places[0].text.split())
    at = fold(text).find(fold(entry.label))
    reach = CONTEXT * (1 if detect_language(text) == "zh" else 2)
    start = max(0, at - reach) if at >= 0 else 0
    end = at + len(entry.label) + reach if at >= 0 else 2 * reach
    before = "…" if start else ""
    after = "…" if end < len(text) else ""
    return f"{before}{text[start:end]}{after}"
