"""Pure functions on text: folding for comparison, language, sentences, search terms.

Nothing here changes what a reader sees. `fold` keeps length, so an offset found in folded text is
the same offset in the text itself.
"""

from rag.text.folding import HAN, detect_language, fold, is_traditional
from rag.text.sentences import sentence_spans
from rag.text.spans import cut_out
from rag.text.terms import content_terms, search_terms, term_spans

__all__ = [
    "HAN",
    "content_terms",
    "cut_out",
    "detect_language",
    "fold",
    "is_traditional",
    "search_terms",
    "sentence_spans",
    "term_spans",
]
