"""What a command does not need, it does not load."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli_helpers import environment, sample_library

HEAVY = {
    *("torch", "sentence_transformers", "chromadb", "pydantic", "numpy", "onnxruntime"),
    *("openai", "streamlit", "xllamacpp", "tantivy", "tiktoken", "opencc", "rich"),
}
LOADED = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
sys.argv[0] = "yinju"
from rag.cli import main
main()
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_library(tmp_path_factory)


def loaded_by(*arguments: object) -> set[str]:
    """Top-level packages in memory when the command ends."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    modules = json.loads(done.stderr.splitlines()[-1])
    return {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["--version"]], ids=" ".join)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "rag", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        check=True,
    )
    imported = set(re.findall(r"\|\s+(\w+)(?:\.[\w.]+)?$", done.stderr, re.MULTILINE))
    assert {"rag", "click"} <= imported
    assert not imported.intersection(HEAVY)


@pytest.mark.models
@pytest.mark.parametrize(
    "arguments", [["documents"], ["models", "list"], ["doctor", "--json"]], ids=" ".join
)
def test_looking_loads_no_model(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINJU_MODE", "extractive")
    loaded = loaded_by(*arguments)
    assert "pydantic" in loaded
    for name in ("torch", "sentence_transformers", "streamlit", "chromadb", "openai", "xllamacpp"):
        assert name not in loaded


@pytest.mark.models
@pytest.mark.parametrize("question", ["2026年的开幕会是谁主持的？", "What is CCUS?"])
def test_quoting_loads_no_other_model(library: Path, question: str) -> None:
    loaded = loaded_by("ask", question, "--mode", "extractive", "--library", library)
    assert "onnxruntime" in loaded
    for name in ("torch", "sentence_transformers", "openai", "streamlit", "xllamacpp"):
        assert name not in loaded
