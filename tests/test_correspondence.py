"""Pieces of a claim matched with those of its evidence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.e5.engine import TokenVectors
from rag.support.correspondence import (
    FEATURES,
    NEIGHBOURS,
    WHOLE_FEATURES,
    Reading,
    Whole,
    correspondence,
    covered,
    reading,
    unmatched,
)

MEANINGS = {
    **dict.fromkeys(["▁tax", "税", "▁levy"], 0),
    **dict.fromkeys(["▁rose", "上升", "▁climb", "ed"], 1),
    **dict.fromkeys(["▁river", "河流"], 2),
    **dict.fromkeys(["▁the", "的"], 3),
}
"""Pieces of the same number have the same vector."""


def read(*pieces: str) -> Reading:
    """A text of these pieces; unknown words have vectors of their own."""
    rows = np.zeros((len(pieces), 40), np.float32)
    for at, piece in enumerate(pieces):
        rows[at, MEANINGS.get(piece, 4 + sum(map(ord, piece)) % 36)] = 1.0
    surprisals = np.array([2.0 if piece in ("▁the", "的") else 8.0 for piece in pieces], np.float32)
    return reading(TokenVectors(pieces, rows, surprisals))


CLAIM = read("▁the", "▁tax", "▁rose")


def test_a_text_put_together_from_pieces_without_marks_and_unknown_ones() -> None:
    found = read("▁the", "▁riv", "er", ",", "<unk>", "▁", "税", "收")
    assert found.text == " the river,  税收"
    assert [span.slice(found.text) for span in found.spans] == ["the", "riv", "er", "税", "收"]
    assert len(found.vectors) == len(found.surprisals) == 5
    assert [term for term, _ in found.terms] == ["the", "river", "税收"]


@pytest.mark.parametrize(
    ("claim", "evidence", "shares"),
    [
        (("▁taxes",), ("▁tax",), [1.0]),
        (("▁ri", "ver"), ("▁river",), [1.0, 1.0]),
        (("▁ri", "ver"), ("▁riverside",), [0.0, 0.0]),
        (("税收", "上升"), ("税收", "下降"), [1.0, 0.0]),
        (("稅收",), ("税收",), [1.0]),
        (("税收上",), ("税收",), [2 / 3]),
        (("海",), ("上海",), [0.0]),
        (("ＴＡＸ",), ("▁tax",), [1.0]),
        (("▁PM", "2.5", "浓度"), ("浓度",), [0.0, 0.0, 1.0]),
    ],
)
def test_words_that_the_evidence_has_too(
    claim: tuple[str, ...], evidence: tuple[str, ...], shares: list[float]
) -> None:
    assert covered(read(*claim), [read(*evidence)]).tolist() == pytest.approx(shares)


def test_the_same_text_corresponds_in_full() -> None:
    found = correspondence(CLAIM, [CLAIM])
    for name in ("nearest", "near", "recall", "lowest", "order", "precision", "omitted"):
        assert found[name] == pytest.approx(1.0), name
    assert found["lost"] == found["unsaid"] == found["unsaid_share"] == 0.0


@pytest.mark.parametrize("evidence", [("▁the", "▁levy", "▁climb"), ("的", "税", "上升")])
def test_other_words_of_the_same_meaning(evidence: tuple[str, ...]) -> None:
    found = correspondence(CLAIM, [read(*evidence)])
    assert found["recall"] == found["precision"] == pytest.approx(1.0)
    assert found["lost"] == 0.0
    assert found["unsaid"] > 0.0
    assert unmatched(CLAIM, [read(*evidence)]) == []


def test_what_nothing_resembles_is_counted_and_named() -> None:
    found = correspondence(read("▁the", "▁tax", "▁rose", "▁sharply"), [CLAIM])
    assert found["recall"] == pytest.approx(0.75)
    assert found["lost"] == pytest.approx(np.log1p(0.5))
    assert found["unsaid_share"] == pytest.approx(8 / 26)
    assert unmatched(read("▁the", "▁tax", "▁shar", "ply"), [CLAIM]) == ["sharply"]
    assert unmatched(read("税", "收", "锐减", "的"), [read("税", "收", "上升")]) == ["锐减的"]


def test_what_the_evidence_says_beside_is_seen_from_its_side_alone() -> None:
    longer = read("▁the", "▁tax", "▁rose", "▁river", "▁floods", "▁bridges")
    found = correspondence(CLAIM, [longer])
    assert (found["recall"], found["lost"]) == (pytest.approx(1.0), 0.0)
    assert found["precision"] == pytest.approx(0.5)
    assert found["omitted"] == pytest.approx(0.0)


def test_sentences_are_taken_together_and_the_nearest_looked_back_from() -> None:
    parts = [read("▁river"), read("▁the", "▁tax"), read("▁rose")]
    found = correspondence(CLAIM, parts)
    assert found["recall"] == pytest.approx(1.0)
    assert found["precision"] == pytest.approx(1.0)
    assert found["near"] < found["nearest"] < 1.0


@pytest.mark.parametrize(("claim", "evidence"), [(read(), [CLAIM]), (CLAIM, [read()]), (CLAIM, [])])
def test_nothing_to_compare_gives_zeros(claim: Reading, evidence: list[Reading]) -> None:
    assert correspondence(claim, evidence) == dict.fromkeys(FEATURES, 0.0)
    assert unmatched(claim, evidence) == []


def test_all_sentences_tell_the_subject_and_how_near_the_nearest_of_them_are() -> None:
    near, far = read("▁tax", "▁rose"), read("▁river", "▁floods")
    found = Whole([far, near]).features(CLAIM)
    assert 0.3 < found["subject"] < Whole([near]).features(CLAIM)["subject"]
    assert found["neighbours"] == pytest.approx(float(near.mean @ CLAIM.mean) / 2)
    split = Whole([read("▁tax"), read("▁rose")]).features(near)
    assert (split["subject"], split["neighbours"]) == (pytest.approx(1.0), pytest.approx(0.5**0.5))
    assert Whole([far]).features(CLAIM) == pytest.approx(dict.fromkeys(WHOLE_FEATURES, 0.0))
    for claim, texts in ((read(), [CLAIM]), (CLAIM, [read()]), (CLAIM, [])):
        assert Whole(texts).features(claim) == dict.fromkeys(WHOLE_FEATURES, 0.0)


def test_sentences_beyond_the_nearest_few_change_the_subject_alone() -> None:
    near, far = read("▁tax", "▁rose"), read("▁river", "▁floods")
    few, many = (Whole([*[near] * NEIGHBOURS, *[far] * more]) for more in (0, 9))
    assert few.features(CLAIM)["neighbours"] == many.features(CLAIM)["neighbours"]
    assert few.features(CLAIM)["subject"] > many.features(CLAIM)["subject"]


PIECES = st.lists(st.sampled_from([*MEANINGS, "▁", "，", "<unk>", "▁Ⅱ", "類"]), max_size=8)


@given(PIECES, st.lists(PIECES, max_size=3))
def test_every_measure_is_finite_and_in_its_range(
    claim: list[str], evidence: list[list[str]]
) -> None:
    own, others = read(*claim), [read(*pieces) for pieces in evidence]
    found = correspondence(own, others)
    assert found.keys() == set(FEATURES)
    for name, value in found.items():
        top = np.inf if name in ("lost", "unsaid") else 1.0
        assert -1e-6 <= value <= top + 1e-6, name
    assert all(phrase.strip() for phrase in unmatched(own, others))
