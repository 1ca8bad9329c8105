"""Fusing the dense and the lexical leg by score, so that a blind lexical leg weighs nothing.

Reciprocal rank fusion gives the best of a useless ranking as much weight as the best of a good
one: with an English question on Chinese text it took recall@1 from .667 to .166. Here the
lexical score counts the rare terms that a chunk holds, so it is near zero where the question's
language is not the chunk's and no translation is known, and the dense order stands.
"""

from collections.abc import Mapping
from math import sqrt

LEXICAL_WEIGHT = 0.05
"""How many points of cosine a chunk that holds one rare term gains; four such terms give twice
as much. A share of the question's terms instead of their number serves short questions as well,
but gives the fifty terms of a long one the weight of five: recall@1 of whole articles of law
across languages was .80 with it and .85 with this."""


def fuse(
    dense: Mapping[str, float],
    lexical: Mapping[str, float],
    *,
    weight: float = LEXICAL_WEIGHT,
) -> dict[str, float]:
    """Cosine + weight × √(rare terms held) for every key of `dense`; both legs should cover it."""
    return {key: cosine + weight * sqrt(lexical.get(key, 0.0)) for key, cosine in dense.items()}
