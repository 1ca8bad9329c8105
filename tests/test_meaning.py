"""How far evidence says what a claim says, by word pieces and by whole texts."""

import numpy as np
import pytest

from rag.embedding import E5Embedder
from rag.support.judging import MOST_WITH_PROBLEM, judge
from rag.support.meaning import (
    CLOSENESS,
    ClaimKind,
    CosineMeaning,
    Meaning,
    PieceMeaning,
    open_meaning,
)
from tests.answering_helpers import WordEmbedder, models_directory, similarity

ZH = "市政府去年关闭了三家污染严重的造纸厂。"
HANT = "市政府去年關閉了三家污染嚴重的造紙廠。"
EN = "Last year the city government shut three paper mills that polluted heavily."


class Fixed:
    """A scorer that says what it was told."""

    def __init__(self, value: float, phrases: tuple[str, ...] = ()) -> None:
        self.value, self.phrases = value, phrases
        self.problems: list[bool] = []

    def support(self, claim: str, evidence: object, *, problem: bool = False) -> float:
        self.problems.append(problem)
        return self.value

    def unmatched(self, claim: str, evidence: object) -> tuple[str, ...]:
        return self.phrases


@pytest.mark.parametrize(
    ("value", "verdict", "reason"),
    [
        (0.9, "supported", "Values, names and meaning agree"),
        (0.2, "unsupported", "Nothing in the cited passage is close to “小麦”, “rice”."),
    ],
)
def test_any_scorer_may_stand_in_for_the_cosine(value: float, verdict: str, reason: str) -> None:
    def never(text: str, others: object) -> list[float]:
        raise AssertionError("the scorer is to be asked")

    meaning = Fixed(value, ("小麦", "rice"))
    judged = judge("农民种植了小麦和 rice。", [ZH], never, meaning=meaning)
    assert (judged.verdict, judged.support) == (verdict, value)
    assert judged.reason.startswith(reason)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("市长说明年要再关闭五家造纸厂。", ZH),
        ("The mayor wants five more mills to go.", EN),
        ("The mayor wants five more mills to go.", HANT),
    ],
)
def test_a_problem_is_told_to_the_scorer_and_keeps_support_low(claim: str, evidence: str) -> None:
    meaning = Fixed(0.97)
    judged = judge(claim, [evidence], similarity, meaning=meaning)
    assert judged.verdict == "unsupported"
    assert MOST_WITH_PROBLEM - 0.01 < judged.support < MOST_WITH_PROBLEM
    assert meaning.problems[0] is True
    assert judged.contradicted


def test_whole_texts_give_less_with_a_problem_and_name_no_phrases() -> None:
    meaning = CosineMeaning(similarity)
    plain = meaning.support("关闭了造纸厂。", [ZH])
    assert meaning.support("关闭了造纸厂。", [ZH], problem=True) == pytest.approx(0.3 * plain)
    assert meaning.unmatched("种植小麦。", [ZH]) == []
    assert open_meaning(WordEmbedder()) is None


@pytest.fixture(scope="module")
def e5() -> E5Embedder:
    return E5Embedder(models_directory())


@pytest.fixture
def meaning(e5: E5Embedder) -> Meaning:
    found = open_meaning(e5)
    assert isinstance(found, PieceMeaning)
    return found


@pytest.mark.models
@pytest.mark.parametrize("evidence", [ZH, HANT, EN], ids=["zh", "hant", "en"])
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            "该市去年勒令三家重污染造纸企业停产。",
            "该市去年为三家造纸企业新建了职工宿舍。",
        ),
        (
            "The city closed three heavily polluting paper mills last year.",
            "The city opened a library and two schools last year.",
        ),
        ("該市去年勒令三家重污染造紙企業停產。", "該市去年新建了兩所學校和一座圖書館。"),
    ],
    ids=["zh", "en", "hant"],
)
def test_paraphrases_are_told_from_other_statements(
    meaning: Meaning, evidence: str, right: str, wrong: str
) -> None:
    assert meaning.support(right, [evidence]) > meaning.support(wrong, [evidence]) + 0.15


@pytest.mark.models
@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("造纸厂", "fragment"),
        ("三家造纸厂", "fragment"),
        ("关闭了。", "statement"),
        (ZH, "statement"),
        (HANT, "statement"),
        ("paper mills", "cross_language"),
        (EN, "cross_language"),
    ],
)
def test_kinds_of_claims(e5: E5Embedder, claim: str, kind: str) -> None:
    assert PieceMeaning(e5.centred_token_vectors).kind(claim, [ZH]) == kind


@pytest.mark.models
@pytest.mark.parametrize("text", [ZH, HANT], ids=["zh", "hant"])
def test_statements_by_more_than_a_few_sentences_are_a_kind_of_their_own(
    e5: E5Embedder, text: str
) -> None:
    others = [f"{text[:-1]}，这是第{number}条。" for number in ("一", "二", "三", "四")]
    read = e5.centred_token_vectors
    for claim, kind in ((ZH, "long_evidence"), ("造纸厂", "fragment"), (EN, "cross_language")):
        assert PieceMeaning(read, others).kind(claim, others[:1]) == kind
    assert PieceMeaning(read, others[:3]).kind(ZH, others[:1]) == "statement"
    assert PieceMeaning(read, others[:3] * 2).kind(ZH, others[:1]) == "statement"


@pytest.mark.models
@pytest.mark.parametrize("claim", [ZH, HANT], ids=["zh", "hant"])
def test_by_long_evidence_one_problem_is_less_of_a_longer_claim(e5: E5Embedder, claim: str) -> None:
    scorer = PieceMeaning(e5.centred_token_vectors, [ZH, "一。", "二。", "三。"])
    kind: ClaimKind = "long_evidence"
    short = scorer.features(claim, [ZH], kind, problem=True)
    longer = scorer.features(claim * 4, [ZH], kind, problem=True)
    assert 1.0 >= short["problem_share"] > 2 * longer["problem_share"] > 0.0
    assert scorer.features(claim, [ZH], kind, problem=False)["problem_share"] == 0.0
    assert short["closeness"] == pytest.approx(sum(short[name] for name in CLOSENESS) / 7)
    assert "closeness" not in scorer.features(claim, [ZH], "statement", problem=False)


@pytest.mark.models
def test_a_problem_lowers_every_kind(e5: E5Embedder, meaning: Meaning) -> None:
    long = PieceMeaning(e5.centred_token_vectors, [ZH, "一。", "二。", "三。"])
    for scorer, claim in ((meaning, "造纸厂"), (meaning, ZH), (meaning, EN), (long, ZH)):
        assert scorer.support(claim, [ZH], problem=True) < scorer.support(claim, [ZH])


@pytest.mark.models
def test_the_phrase_that_nothing_resembles_is_named(meaning: Meaning) -> None:
    added = "Last year the city government shut three paper mills, and penguins rejoiced."
    assert any("penguins" in phrase for phrase in meaning.unmatched(added, [EN]))
    assert meaning.unmatched(EN, [EN]) == []


@pytest.mark.models
def test_centred_pieces_of_unlike_words_are_unlike(e5: E5Embedder) -> None:
    raw, other = (one.vectors for one in e5.token_vectors([EN, "鲸鱼在海里唱歌。"]))
    centred, lone = (one.vectors for one in e5.centred_token_vectors([EN, "鲸鱼在海里唱歌。"]))
    assert float((raw @ other.T).mean()) > 0.5
    assert abs(float((centred @ lone.T).mean())) < 0.15
    assert np.linalg.norm(centred, axis=1) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.models
def test_frequent_pieces_surprise_less(e5: E5Embedder) -> None:
    (one,) = e5.token_vectors(["the archipelago 的 氮氧化物"])
    found = dict(zip(one.pieces, one.surprisals.tolist(), strict=True))
    assert len(one.surprisals) == len(one.pieces) == len(one.vectors)
    assert found["▁the"] + 2 < max(found.values())
    assert min(found.values()) >= 0.0
