"""The embedders as the store and Chroma use them, with real models."""

import json
import re
import shutil
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from rag.e5.weights import Weights
from rag.embedding import (
    E5Embedder,
    SentenceTransformerEmbedder,
    open_embedder,
    register_with_chroma,
)
from rag.endpoint_embedding import OpenAIEmbedder
from rag.errors import ModelError, ModelMissing, SettingsError
from rag.settings import load_settings
from tests.e5_reference import TEXTS, weights_path, write_folder

ROWS = list(TEXTS.values())


@pytest.fixture(scope="module")
def e5() -> E5Embedder:
    weights_path()  # fails clearly when not pulled
    return E5Embedder(load_settings().models)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The same weights as a sentence-transformers model, 0.5 GB, removed afterwards."""
    path = tmp_path_factory.mktemp("models") / "multilingual-e5-small"
    write_folder(Weights(weights_path()), path)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def by_folder(folder: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(str(folder))


def test_spec_names_the_embedder(tmp_path: Path) -> None:
    def kind(spec: str) -> type:
        made = open_embedder(spec, models_directory=tmp_path, base_url="http://localhost:1/v1")
        assert made.spec == spec
        return type(made)

    assert kind("e5") is E5Embedder
    assert kind("sentence-transformers:BAAI/bge-m3") is SentenceTransformerEmbedder
    assert kind("sentence-transformers:/模型/bge") is SentenceTransformerEmbedder
    assert kind("openai:text-embedding-3-small") is OpenAIEmbedder
    assert kind("openai:qwen3-embedding:8b") is OpenAIEmbedder


@pytest.mark.parametrize("spec", ["", "E5", "e5:small", "openai", "openai:", "模型", "bge-m3"])
def test_wrong_spec_says_what_there_is(spec: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"It is `e5`, `sentence-transformers:"):
        open_embedder(spec, models_directory=tmp_path, base_url="http://localhost:1/v1")


def test_endpoint_embedder_needs_an_endpoint(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="YINJU_EMBEDDING_BASE_URL"):
        open_embedder("openai:small", models_directory=tmp_path)


def test_fingerprints_differ_and_fit_a_collection_name(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "weights").write_text("1")
    first = SentenceTransformerEmbedder(str(tmp_path / "a")).fingerprint
    (tmp_path / "a" / "weights").write_text("22")
    prints = [
        first,
        SentenceTransformerEmbedder(str(tmp_path / "a")).fingerprint,
        SentenceTransformerEmbedder("BAAI/bge-m3").fingerprint,
        SentenceTransformerEmbedder("模型").fingerprint,
        OpenAIEmbedder("small", "http://localhost:1/v1").fingerprint,
        E5Embedder(tmp_path).fingerprint,
    ]
    assert len(set(prints)) == len(prints)
    assert all(re.fullmatch(r"[a-z0-9-]{1,32}", found) for found in prints)


def test_e5_that_is_not_pulled_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="yinju models pull e5"):
        E5Embedder(tmp_path)(["文化"])


@pytest.mark.models
def test_e5_order_and_shape(e5: E5Embedder) -> None:
    texts = [ROWS[0] * 20, "短", ROWS[2], "", ROWS[3] * 5]
    together = e5(texts)
    assert e5([]) == []
    for text, vector in zip(texts, together, strict=True):
        assert vector.dtype == np.float32
        assert vector.shape == (e5.dimension,)
        np.testing.assert_array_equal(vector, e5([text])[0])


@pytest.mark.models
def test_e5_reads_questions_and_passages_differently(e5: E5Embedder) -> None:
    assert not np.array_equal(e5(ROWS[:1])[0], e5.embed_query(ROWS[:1])[0])


@pytest.mark.models
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How long does rice need to cook?", "米饭用小火焖十五分钟，关火后再放五分钟。"),
        ("How long does rice need to cook?", "米飯用小火燜十五分鐘，關火後再放五分鐘。"),
        ("图书馆几点关门？", "The library closes at eight in the evening on weekdays."),
        ("圖書館幾點關門？", "The library closes at eight in the evening on weekdays."),
        ("台積電 Q3 營收成長多少？", "TSMC 第三季营收同比增长 39%。"),
    ],
)
def test_e5_finds_the_passage_across_languages(e5: E5Embedder, question: str, answer: str) -> None:
    # In the language of the answer: the model prefers passages in that of the question.
    zh = ["本店招聘司机两名，待遇面谈。", "今天有大雨，比赛取消。"]
    en = ["Two drivers wanted, salary to be agreed.", "The match was called off because of rain."]
    others = en if answer.isascii() else zh
    scores = np.array(e5([*others, answer])) @ e5.embed_query([question])[0]
    assert scores.argmax() == len(others)


@pytest.mark.models
def test_e5_counts_tokens(e5: E5Embedder) -> None:
    assert e5.count_tokens("") == len(["<s>", "▁passage", ":", "▁", "</s>"])
    assert e5.count_tokens(ROWS[0] * 2) > e5.count_tokens(ROWS[0]) > e5.count_tokens("文化")
    assert e5.max_tokens == 512


@pytest.mark.models
def test_e5_loads_once_for_many_threads() -> None:
    embedder = E5Embedder(load_settings().models)
    with ThreadPoolExecutor(4) as pool:
        rounds = list(pool.map(embedder.embed_query, [ROWS] * 4))
    for vectors in rounds[1:]:
        np.testing.assert_array_equal(vectors, rounds[0])


@pytest.mark.models
def test_e5_needs_no_heavy_library(e5: E5Embedder) -> None:
    e5.preload()  # so that the graph is built, which does need `onnx`
    script = """
        import sys
        from rag.embedding import open_embedder
        from rag.settings import load_settings
        open_embedder("e5", models_directory=load_settings().models).embed_query(["文化"])
        heavy = {"torch", "sentence_transformers", "transformers", "chromadb", "openai", "onnx"}
        print(sorted(heavy & set(sys.modules)))
    """
    assert run(script) == "[]"


@pytest.mark.models
def test_chroma_stores_and_rebuilds_the_embedder(e5: E5Embedder, tmp_path: Path) -> None:
    import chromadb

    client = chromadb.PersistentClient(tmp_path / "chroma")
    collection = client.get_or_create_collection(f"yinju-{e5.fingerprint}", embedding_function=e5)
    names = ["zh", "zh-Hant", "en", "mixed"]
    collection.upsert(ids=names, documents=[TEXTS[name] for name in names])
    assert collection.configuration["hnsw"]["space"] == "cosine"
    script = f"""
        import json, chromadb
        from rag.embedding import register_with_chroma
        register_with_chroma()
        collection = chromadb.PersistentClient({str(tmp_path / "chroma")!r}).get_collection(
            "yinju-{e5.fingerprint}"
        )
        found = collection.query(query_texts=["museums and theatres"], n_results=1)
        print(json.dumps(found["ids"]))
    """
    assert json.loads(run(script)) == [["en"]]


def test_chroma_can_build_each_kind(tmp_path: Path) -> None:
    from chromadb.utils.embedding_functions import known_embedding_functions

    register_with_chroma()
    for embedder in (
        E5Embedder(tmp_path, threads=1),
        SentenceTransformerEmbedder("BAAI/bge-m3"),
        OpenAIEmbedder("small", "http://localhost:1/v1", "sk-key"),
    ):
        made = known_embedding_functions[embedder.name()].build_from_config(embedder.get_config())
        assert made.fingerprint == embedder.fingerprint
        assert made.get_config() == embedder.get_config()


@pytest.mark.models
def test_sentence_transformers_agrees_with_e5(
    e5: E5Embedder, by_folder: SentenceTransformerEmbedder
) -> None:
    assert by_folder.dimension == e5.dimension
    assert by_folder([]) == []
    for ours, theirs in zip(e5(ROWS), by_folder(ROWS), strict=True):
        assert theirs.dtype == np.float32
        assert ours @ theirs >= 0.99
    for ours, theirs in zip(e5.embed_query(ROWS), by_folder.embed_query(ROWS), strict=True):
        assert ours @ theirs >= 0.99


@pytest.mark.models
def test_sentence_transformers_own_prompts_win(
    folder: Path, by_folder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    own = tmp_path / "e5-with-prompts"
    own.mkdir()
    for path in folder.iterdir():
        (own / path.name).symlink_to(path)
    prompts = {"query": "query: 文化 ", "document": "passage: 文化 "}
    (own / "config_sentence_transformers.json").write_text(json.dumps({"prompts": prompts}))

    by_prompt = SentenceTransformerEmbedder(str(own))

    prefixed = [f"文化 {row}" for row in ROWS]
    np.testing.assert_allclose(by_prompt(ROWS), by_folder(prefixed), atol=1e-5)
    np.testing.assert_allclose(
        by_prompt.embed_query(ROWS), by_folder.embed_query(prefixed), atol=1e-5
    )


@pytest.mark.parametrize("name", ["someone/模型", "./no-such-folder", "someone/no-such-model"])
def test_model_that_cannot_be_had_is_one_line(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setattr(constants, "ENDPOINT", f"http://127.0.0.1:{unused.getsockname()[1]}")
        with pytest.raises(ModelError) as caught:
            SentenceTransformerEmbedder(name)(["文化"])
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_folder_without_a_model_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Cannot load the sentence-transformers model"):
        SentenceTransformerEmbedder(str(tmp_path))(["文化"])


def run(script: str) -> str:
    """What a fresh Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    return done.stdout.strip()
