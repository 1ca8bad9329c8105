"""Imports go one way: a file uses only lower levels, or what its own level lists."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LEVELS: tuple[tuple[str, ...], ...] = (
    (
        *("rag.errors", "rag.records", "rag.settings", "rag.text", "rag.values", "rag.tokens"),
        *(
            "rag.prompts",
            "rag.periods",
            "rag.plain_values",
            "rag.calibration",
        ),
    ),
    (
        *("rag.loaders", "rag.cleaning", "rag.metadata", "rag.chunking", "rag.glossary"),
        *("rag.questions", "rag.embedding", "rag.endpoint_embedding", "rag.e5", "rag.models"),
        *(
            "rag.downloads",
            "rag.hub",
            "rag.cross_encoder",
            "rag.fetching",
            "rag.pinned_network",
            "rag.llm",
            "rag.lexical",
            "rag.lexical_reading",
            "rag.vectors",
            "rag.exact",
            "rag.facts",
            "rag.matrix",
            "rag.database",
            "rag.duplicates",
            "rag.filters",
            "rag.enumerations",
            "rag.fusion",
            "rag.embedding_cache",
            "rag.write_lock",
            "rag.rows",
            "rag.schema",
            "rag.seals",
            "rag.disk",
            "rag.chroma",
            "rag.packing",
            "rag.watching",
            "rag.planning",
        ),
    ),
    (
        *(
            "rag.store",
            "rag.indexes",
            "rag.entries",
            "rag.filling",
            "rag.scratch",
            "rag.index_log",
            "rag.index_files",
            "rag.indexed_text",
            "rag.centroids",
            "rag.health",
            "rag.backup",
            "rag.syncing",
            "rag.metering",
            "rag.preparing",
            "rag.repeats",
            "rag.sides",
            "rag.asked",
            "rag.legs",
            "rag.retrieval",
            "rag.evidence",
            "rag.answer_types",
            "rag.answerability",
            "rag.contexts",
            "rag.late_interaction",
            "rag.points",
            "rag.support",
            "rag.followups",
            "rag.shortfall",
            "rag.passages",
            "rag.writing",
            "rag.choosing",
            "rag.assembling",
            "rag.listings",
            "rag.branching",
            "rag.composing",
            "rag.missing",
            "rag.replies",
        ),
        *(
            "rag.citations",
            "rag.markers",
            "rag.presenting",
        ),
    ),
    (
        "rag.ingest",
        "rag.deciding",
        "rag.editing",
        "rag.answering",
        "rag.comparing",
        "rag.summaries",
        "rag.batch",
        "rag.whole",
    ),
    ("rag.engine",),
    ("rag.cli", "rag.commands", "rag.__main__", "ui", "eval"),
)
PUBLIC = "rag"
"""All that `ui` and `eval` may import of the product."""


def level_of(module: str) -> int | None:
    for level, names in enumerate(LEVELS):
        if any(module == name or module.startswith(f"{name}.") for name in names):
            return level
    return None


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] in {"rag", "ui", "eval", "tests"}}


SOURCES = sorted(path for top in ("rag", "ui", "eval") for path in (ROOT / top).rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_only_lower_levels(path: Path) -> None:
    module = module_name(path)
    if module == "rag":
        return
    own = level_of(module)
    assert own is not None, f"{module} is on no level; give it one in LEVELS"
    for name in imported(path):
        target = level_of(name)
        if target is None:
            continue
        same_package = ".".join(name.split(".")[:2]) == ".".join(module.split(".")[:2])
        assert (
            target < own
            or same_package
            or (target == own and own < 3)
            or (own == 5 and name.split(".")[0] == module.split(".")[0])
        ), f"{module} (level {own}) imports {name} (level {target})"


@pytest.mark.parametrize("top", ["ui", "eval"])
def test_front_ends_use_the_public_face_only(top: str) -> None:
    for path in sorted((ROOT / top).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rag"):
                assert node.module == PUBLIC, f"{path.name} imports from {node.module}"
            if isinstance(node, ast.Import):
                assert not any(alias.name.startswith("rag.") for alias in node.names), path.name


def test_top_level_holds_only_what_was_agreed() -> None:
    folders = {
        path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")
    }
    generated = {
        name for name in folders if name.endswith(".egg-info") or name in {"build", "dist"}
    }
    assert folders - generated - {"__pycache__"} <= {"rag", "ui", "seeds", "eval", "tests"}
