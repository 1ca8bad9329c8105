"""Fusing by score: a hand-computed table, and what a blind lexical leg may not do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.fusion import LEXICAL_WEIGHT, fuse

SCORES = st.dictionaries(st.sampled_from("甲乙丙abc"), st.floats(0, 1))
TERMS = st.dictionaries(st.sampled_from("甲乙丙abc"), st.floats(0, 60))


def test_by_hand() -> None:
    fused = fuse({"甲": 0.8, "b": 0.79}, {"b": 4.0, "丙": 1.0}, weight=0.1)
    assert fused == {"甲": 0.8, "b": pytest.approx(0.99)}


def test_one_rare_term_is_worth_five_points_unless_told() -> None:
    assert fuse({"a": 0.5}, {"a": 1.0})["a"] == pytest.approx(0.55)
    assert fuse({"a": 0.5}, {"a": 9.0})["a"] == pytest.approx(0.65)


@given(SCORES)
def test_a_blind_lexical_leg_leaves_the_dense_order(dense: dict[str, float]) -> None:
    assert fuse(dense, {}) == dense


@given(SCORES, TERMS)
def test_terms_only_ever_add_and_more_of_them_add_more(
    dense: dict[str, float], lexical: dict[str, float]
) -> None:
    fused = fuse(dense, lexical)
    assert fused.keys() == dense.keys()
    for key, score in fused.items():
        assert dense[key] <= score <= dense[key] + LEXICAL_WEIGHT * 60**0.5 + 1e-12
    more = fuse(dense, {key: held + 1 for key, held in lexical.items()})
    assert all(more[key] > fused[key] for key in lexical.keys() & dense.keys())
