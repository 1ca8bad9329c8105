"""The e5 weights for other programs: a sentence-transformers folder, a `tokenizers` tokenizer."""

import json
from pathlib import Path

import numpy as np
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from rag.e5.weights import Weights
from rag.models import path_of
from rag.settings import load_settings

TEXTS = {
    "zh": "会议审议了关于推动文化产业高质量发展的若干意见，要求各地在年底前制定实施方案。",
    "zh-Hant": "會議審議了關於推動文化產業高品質發展的若干意見，要求各地在年底前訂定實施方案。",
    "en": "The meeting reviewed the plan to support museums, libraries and regional theatres.",
    "mixed": "2024年，OpenAI 发布了 GPT-4o；臺灣的 AI 產業成長 12.5%（約 3,000 億元）。",
    "full width": "共計１２３，４５６元，ＧＤＰ　增長５％～６％。",
    "short": "文化",
}


def weights_path() -> Path:
    """The pulled weights; a clear failure when they are not there."""
    return path_of("e5", load_settings().models)


def library_tokenizer(weights: Weights) -> Tokenizer:
    """XLM-R's tokenizer in the `tokenizers` library, with normalisation stated independently."""
    vocabulary = weights.vocabulary()
    pairs = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(pairs, vocabulary.unknown, False))
    gone = "".join(map(chr, [*range(9), 0xB, *range(0xE, 0x20), 0x7F, 0x8F, 0x9F]))
    blank = "\t\n\x0c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd"
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(f"[{gone}]"), ""),
            normalizers.Replace(Regex(f"[{blank}]"), " "),
            # NFKC but for the full-width tilde, which the model knows as a piece of its own.
            normalizers.Replace("～", "\ue000"),
            normalizers.NFKC(),
            normalizers.Replace("\ue000", "～"),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace("▁", "always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    special = [AddedToken(piece, special=True) for piece in ("<s>", "<pad>", "</s>", "<unk>")]
    tokenizer.add_special_tokens([*special, AddedToken("<mask>", lstrip=True, special=True)])
    tokenizer.encode_special_tokens = True
    return tokenizer


def write_folder(weights: Weights, folder: Path) -> None:
    """A sentence-transformers model with the weights in float32, as its own tools lay it out."""
    from safetensors.numpy import save_file

    (folder / "1_Pooling").mkdir(parents=True)
    save_file(_tensors(weights), folder / "model.safetensors", {"format": "pt"})
    library_tokenizer(weights).save(str(folder / "tokenizer.json"))
    shape = weights.shape
    files = {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.inner,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": shape.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": 1,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "pad_token": "<pad>",
            "cls_token": "<s>",
            "sep_token": "</s>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
        },
        "sentence_bert_config.json": {"max_seq_length": shape.positions},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": _MODULE + "Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": _MODULE + "Pooling"},
        ],
    }
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), "utf-8")


_MODULE = "sentence_transformers.models."
_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def _tensors(weights: Weights) -> dict[str, np.ndarray]:
    """Named as transformers' BertModel names them."""
    hidden, inner = weights.shape.hidden, weights.shape.inner
    tensors = {
        "embeddings.word_embeddings.weight": weights.matrix("emb.word", hidden),
        "embeddings.position_embeddings.weight": weights.vector("emb.pos").reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": weights.vector("emb.type").reshape(-1, hidden),
        "embeddings.LayerNorm.weight": weights.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.vector("emb.ln.b"),
    }
    for layer in range(weights.shape.layers):
        for short, name in _PARTS.items():
            full = f"encoder.layer.{layer}.{name}"
            tensors[f"{full}.bias"] = weights.vector(f"l{layer}.{short}.b")
            if short.endswith("ln"):
                tensors[f"{full}.weight"] = weights.vector(f"l{layer}.{short}.w")
            else:
                columns = inner if short == "fo" else hidden
                tensors[f"{full}.weight"] = weights.matrix(f"l{layer}.{short}.w", columns)
    return tensors
