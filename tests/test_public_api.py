"""What `from rag import …` offers, and that importing costs nothing."""

import importlib
import subprocess
import sys

import pytest

import rag

HEAVY = ("chromadb", "numpy", "onnxruntime", "openai", "opencc", "pydantic", "tantivy", "tiktoken")
HEAVIEST = ("chromadb", "openai", "sentence_transformers", "streamlit", "torch", "xllamacpp")


@pytest.mark.parametrize("name", rag.__all__)
def test_every_public_name_is_there(name: str) -> None:
    value = getattr(rag, name)
    home = importlib.import_module(f"rag.{rag._HOME_OF[name]}")
    assert value is getattr(home, name)


def test_the_lists_of_names_agree() -> None:
    assert sorted(rag.__all__) == sorted(rag._HOME_OF)
    assert len(set(rag.__all__)) == len(rag.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'引据'"):
        getattr(rag, "引据")  # noqa: B009, the name cannot be written as an attribute
    with pytest.raises(ImportError):
        exec("from rag import nonsense")


def loaded_after(statement: str) -> set[str]:
    code = f"{statement}\nimport sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_import_rag_imports_nothing_heavy() -> None:
    modules = loaded_after("import rag")
    assert not modules & set(HEAVY + HEAVIEST)
    assert {name for name in modules if name.startswith("rag.")} == set()


def test_listing_documents_loads_no_model_library() -> None:
    modules = loaded_after(
        "from rag import load_settings, open_engine\n"
        "with open_engine(load_settings()) as engine:\n    assert engine.documents() == []"
    )
    assert not modules & set(HEAVIEST)
