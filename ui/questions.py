"""Questions to begin with, made from what the documents say of themselves."""

from collections.abc import Sequence

from rag import Document
from ui.bilingual import Interface
from ui.strings import say

MOST = 4


def suggestions(documents: Sequence[Document], language: Interface) -> list[str]:
    """Up to four questions: about the latest years, and the newest document of this language."""
    years = sorted({document.years[0] for document in documents if document.years}, reverse=True)
    asked = [say(language, "suggest.tasks", year=year) for year in years[:1]]
    asked += [say(language, "suggest.results", year=year) for year in years[1:2]]
    if len(years) > 1:
        asked.append(say(language, "suggest.compare", first=years[1], second=years[0]))
    own = [document for document in documents if document.language == language] or documents
    newest = max(own, key=lambda document: (document.date or "", document.years), default=None)
    if newest:
        asked.append(say(language, "suggest.about", title=newest.title))
    return asked[:MOST]
