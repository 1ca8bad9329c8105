"""The documentation is true: commands, settings, targets, licence and changelog."""

import ast
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import click
import pytest

from eval.__main__ import main as evaluation
from rag.cli import cli
from rag.settings import Settings
from tests.conftest import ROOT

HAN = re.compile(r"[\u4e00-\u9fff]")
COMMAND = re.compile(
    r"^[ \t]*(?:\$ )?(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?(?:yinju[ \t]+|python3? -m (?=eval))(.+)$",
    re.MULTILINE,
)
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|tmp|home/\w+)/\w")
"""A path of one machine; `.` and letters before it are part of an address or a longer path."""
SEPARATORS = {"|", "||", "&&", ";", ">", ">>", "2>", "#", "&"}


def readme_files() -> list[Path]:
    return sorted(ROOT.glob("README*.md"))


def readme() -> str:
    return "\n".join(path.read_text("utf-8") for path in readme_files())


def fenced(text: str) -> str:
    """Inside code blocks, with lines that end in a backslash joined."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return "\n".join(blocks).replace("\\\n", " ")


def command_lines() -> list[str]:
    """Every `yinju …` or `python -m eval …` in a code block or in backticks."""
    text = readme()
    inline = re.findall(r"(?<!`)`((?:yinju|python -m eval)\b[^`\n]*)`(?!`)", text)
    return COMMAND.findall("\n".join([fenced(text), *inline]))


def leaves(group: click.Group) -> list[str]:
    names = []
    for name, command in group.commands.items():
        inner = leaves(command) if isinstance(command, click.Group) else []
        names += [f"{name} {other}" for other in inner] or [name]
    return names


def arguments_of(line: str) -> list[str]:
    """The arguments before a pipe, a redirection or a comment; `…` and `[…]` are for the reader."""
    arguments: list[str] = []
    for word in shlex.split(line, comments=True):
        if word in SEPARATORS:
            break
        if word not in {"…", "..."}:
            arguments.append(word)
    return arguments


def parse(arguments: list[str]) -> None:
    """Resolve command and options as click does, without running anything.

    Raises:
        click.UsageError: no such command or option, or a value that does not fit.
    """
    command: click.Command = cli
    if arguments[:1] == ["eval"]:
        command, arguments = evaluation, arguments[1:]
    context = click.Context(command, info_name="yinju")
    while isinstance(command, click.Group) and arguments and not arguments[0].startswith("-"):
        name, found, arguments = command.resolve_command(context, arguments)
        assert found is not None
        command, context = found, click.Context(found, info_name=name, parent=context)
    if arguments in (["--help"], ["-h"], ["--version"]):
        return
    # Placeholders such as DOC stand for arguments; a bare `yinju ingest` in prose lacks them.
    context.resilient_parsing = not arguments
    command.parse_args(context, list(arguments))


def test_it_reads_in_both_languages() -> None:
    names = [path.name for path in readme_files()]
    assert "README.md" in names
    english = (ROOT / "README.md").read_text("utf-8")
    section = re.search(r"^#+ .*(?:中文|引据).*$", english, re.MULTILINE)
    assert len(names) > 1 or section, "a Chinese README or section"
    assert len(HAN.findall(readme())) > 500


@pytest.mark.parametrize("name", leaves(cli))
def test_the_readme_names_every_command(name: str) -> None:
    assert re.search(rf"\byinju {name}\b", readme()), name


@pytest.mark.parametrize("key", list(Settings.model_fields))
def test_the_readme_names_every_setting(key: str) -> None:
    text = readme()
    assert re.search(rf"\b{key}\b", text) or f"YINJU_{key.upper()}" in text, key


def test_every_setting_the_readme_names_exists() -> None:
    named = set(re.findall(r"\bYINJU_([A-Z_]+)\b", readme()))
    assert named
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_every_make_target_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)`", readme()))
    named |= set(re.findall(r"^[ \t]*(?:\$ )?make ([a-z]+)", fenced(readme()), re.MULTILINE))
    assert {"demo", "test"} <= named <= targets


def test_every_command_shown_can_be_run() -> None:
    lines = command_lines()
    assert len(lines) >= len(cli.commands)
    for line in lines:
        try:
            parse(arguments_of(line))
        except (click.UsageError, ValueError) as error:
            pytest.fail(f"yinju {line}: {error}")


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "eval nonsense",
        "ask --nonsense",
        "ask a --mode magic",
        "models push",
        "ask 'a",
        "search -k 0 a",
    ],
)
def test_a_wrong_command_would_be_found(line: str) -> None:
    with pytest.raises((click.UsageError, ValueError)):
        parse(arguments_of(line))


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, encoding="utf-8"
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_file_names_a_path_of_one_machine() -> None:
    found = []
    for path in tracked():
        raw = path.read_bytes() if path.is_file() else b""
        if b"\0" not in raw:
            lines = raw.decode("utf-8", "replace").splitlines()
            found += [f"{path.name}: {line}" for line in lines if MACHINE.search(line)]
    assert found == []


def test_the_licence_is_what_the_project_says() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text


def test_the_changelog_has_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    entry = re.search(
        rf"^## \[?{re.escape(project['version'])}\]?[^\n]*\n(.*?)(?=^## |\Z)",
        text,
        re.MULTILINE | re.DOTALL,
    )
    assert entry, project["version"]
    assert re.search(r"^[-*] \w", entry[1], re.MULTILINE)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "rag").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_public_names_say_what_they_are(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "the module"
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []
