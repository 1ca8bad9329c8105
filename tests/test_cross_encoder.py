"""Cross-encoders from local folders: a reranker and an entailment model, small and untrained.

Their weights are random, but fixed, so what they say is meaningless and still has one right value:
the one that transformers itself computes from the same folder.
"""

from pathlib import Path

import numpy as np
import pytest

from rag.cross_encoder import Entailment, Reranker, open_entailment, open_reranker
from rag.errors import ModelError, SettingsError
from rag.indexed_text import embedding_text
from rag.questions import read_question
from rag.retrieval import Retriever
from rag.support.checking import check_answer
from rag.support.meaning import open_meaning
from tests.fakes import HashEmbedder
from tests.libraries import open_store, put, write_files

QUESTION = "谁批准了预算 2024"
PASSAGES = [
    "市议会批准了预算。",
    "The council approved the budget.",
    "預算由議會批准，２０２４年。",
]
NLI = {0: "contradiction", 1: "neutral", 2: "ENTAILMENT"}


def make_model(folder: Path, labels: dict[int, str]) -> Path:
    """A BERT classifier of one small layer over characters."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder.mkdir()
    characters = sorted(set("".join([QUESTION, *PASSAGES]).lower()) - {" "})
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join([*pieces, *(f"##{one}" for one in characters)]), "utf-8")
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(pieces) + len(characters),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=128,
        initializer_range=1.0,
        id2label=labels,
        label2id={label: index for index, label in labels.items()},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(vocab=str(vocabulary)).save_pretrained(folder)
    return folder


def logits(folder: Path, pairs: list[tuple[str, str]]) -> np.ndarray:
    """What transformers computes, a pair at a time."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder)
    with torch.no_grad():
        rows = [model(**tokenizer(*pair, return_tensors="pt")).logits[0].numpy() for pair in pairs]
    return np.stack(rows)


@pytest.fixture(scope="module")
def reranker_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("models") / "重排", {0: "LABEL_0"})


@pytest.fixture(scope="module")
def nli_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("models") / "nli", NLI)


def test_a_reranker_gives_what_its_model_says(reranker_folder: Path) -> None:
    reranker = open_reranker(f"sentence-transformers:{reranker_folder}")
    assert isinstance(reranker, Reranker)
    expected = logits(reranker_folder, [(QUESTION, text) for text in PASSAGES])[:, 0]
    scores = reranker.scores(QUESTION, PASSAGES)
    np.testing.assert_allclose(scores, 1 / (1 + np.exp(-expected)), atol=1e-4)
    assert len({round(score, 4) for score in scores}) == len(PASSAGES)
    assert reranker.scores(QUESTION, []) == []


def test_entailment_is_the_share_of_its_label_with_the_text_first(nli_folder: Path) -> None:
    judge = open_entailment(f"sentence-transformers:{nli_folder}")
    assert isinstance(judge, Entailment)
    claim = "議會批准了預算"
    odds = np.exp(logits(nli_folder, [(text, claim) for text in PASSAGES]))
    expected = odds[:, 2] / odds.sum(axis=1)
    np.testing.assert_allclose(judge.entailed(claim, PASSAGES), expected, atol=1e-4)
    assert judge.entailed(claim, []) == []


def test_meaning_is_the_greatest_entailment_by_one_sentence_or_all(nli_folder: Path) -> None:
    model = Entailment(str(nli_folder))
    meaning = open_meaning(HashEmbedder(), model)
    assert meaning is not None
    for claim in ("議會批准了預算", "The budget was approved.", "２０２４年 budget"):
        alone, together = (
            model.entailed(claim, PASSAGES),
            model.entailed(claim, ["\n".join(PASSAGES)]),
        )
        assert meaning.support(claim, PASSAGES) == pytest.approx(max(*alone, *together), abs=1e-6)
        assert meaning.support(claim, PASSAGES[:1]) == pytest.approx(alone[0], abs=1e-6)
        assert meaning.support(claim, PASSAGES, problem=True) < meaning.support(claim, PASSAGES)
        assert list(meaning.unmatched(claim, PASSAGES)) == []


def test_the_judge_of_the_settings_judges_answers(nli_folder: Path) -> None:
    claim, contexts = "The council likes the budget.", ["The council approved the budget of 2024."]
    plain = check_answer(claim, contexts, HashEmbedder()).claims[0]
    judged = check_answer(claim, contexts, HashEmbedder(), Entailment(str(nli_folder))).claims[0]
    (entailed,) = Entailment(str(nli_folder)).entailed(claim, contexts)
    assert judged.support == pytest.approx(entailed, abs=1e-3)
    assert judged.support != plain.support


def test_a_model_of_the_other_kind_is_told(reranker_folder: Path, nli_folder: Path) -> None:
    with pytest.raises(ModelError, match="gives 3 scores, and a reranker one"):
        Reranker(str(nli_folder)).scores(QUESTION, PASSAGES)
    with pytest.raises(ModelError, match="no label for entailment, only LABEL_0"):
        Entailment(str(reranker_folder)).entailed(QUESTION, PASSAGES)


@pytest.mark.parametrize("spec", ["bge-reranker", "sentence-transformers:", "openai:x", "重排"])
def test_another_form_of_setting_is_told(spec: str) -> None:
    with pytest.raises(SettingsError, match="Unknown reranker"):
        open_reranker(spec)
    with pytest.raises(SettingsError, match="Unknown judge"):
        open_entailment(spec)


def test_unset_is_none() -> None:
    assert open_reranker(None) is None
    assert open_entailment(None) is None


@pytest.mark.parametrize(
    "question", ["谁批准了预算", "Who approved the budget?", "預算 ＢＵＤＧＥＴ"]
)
def test_search_orders_the_best_passages_as_the_reranker_says(
    question: str, reranker_folder: Path, tmp_path: Path
) -> None:
    files = {f"{n}.txt": text for n, text in enumerate(PASSAGES)}
    store = open_store(tmp_path / "library")
    put(store, write_files(tmp_path / "files", files))
    reranker = Reranker(str(reranker_folder))
    try:
        plain = Retriever(store).search(read_question(question), 3)
        hits = Retriever(store, reranker).search(read_question(question), 3)
        documents = {one.id: one for one in store.documents()}
    finally:
        store.close()
    assert {hit.chunk.id for hit in hits} == {hit.chunk.id for hit in plain}
    texts = [embedding_text(documents[hit.chunk.document_id], hit.chunk) for hit in hits]
    scores = reranker.scores(question, texts)
    assert scores == sorted(scores, reverse=True)
    assert [hit.ranks["rerank"] for hit in hits] == [1, 2, 3]


def test_a_folder_without_a_model_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Cannot load the reranker") as caught:
        Reranker(str(tmp_path)).scores(QUESTION, PASSAGES)
    assert "\n" not in str(caught.value)
