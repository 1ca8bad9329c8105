"""The embedded LLM: opening it, and the real weights at work."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.errors import ModelError, ModelMissing, SettingsError, YinjuError
from rag.llm import LLM, Message, complete
from rag.llm.llama_cpp import LlamaCpp
from rag.llm.openai_compatible import OpenAICompatible
from rag.llm.opening import open_llm
from rag.models import path_of
from rag.settings import load_settings
from rag.tokens import count_messages

COUNT: list[Message] = [{"role": "user", "content": "Count from 1 to 1000, one number per line."}]


def ask(llm: LLM, text: str, max_tokens: int = 12, **options: Any) -> str:
    return complete(llm, [{"role": "user", "content": text}], max_tokens=max_tokens, **options)


# Opening


def opened(mode: Any, directory: Path, **endpoint: str) -> LLM | None:
    settings: dict[str, Any] = {"base_url": None, "api_key": None, "model": None} | endpoint
    return open_llm(
        mode, timeout=5, retries=0, context_tokens=2048, models_directory=directory, **settings
    )


@pytest.mark.parametrize("mode", ["auto", "openai"])
@pytest.mark.parametrize(
    "endpoint",
    [
        {"base_url": "http://localhost:11434/v1"},
        {"base_url": "http://localhost:11434/v1", "model": "模型"},
        {"api_key": "sk-1", "model": "gpt"},
    ],
    ids=lambda endpoint: "+".join(endpoint),
)
def test_a_configured_endpoint_is_taken(
    mode: str, endpoint: dict[str, str], tmp_path: Path
) -> None:
    llm = opened(mode, tmp_path, **endpoint)
    assert isinstance(llm, OpenAICompatible)
    assert llm.context_tokens == 2048


@pytest.mark.parametrize(
    ("mode", "endpoint", "kind", "says"),
    [
        ("openai", {}, SettingsError, "YINJU_BASE_URL"),
        ("openai", {"model": "m"}, SettingsError, "YINJU_BASE_URL"),
        ("auto", {"model": "m"}, SettingsError, "YINJU_BASE_URL"),
        ("auto", {"api_key": "k"}, SettingsError, "YINJU_MODEL"),
        ("auto", {"base_url": "localhost"}, SettingsError, "base_url"),
        ("llama", {}, ModelMissing, "yinju models pull"),
    ],
)
def test_what_is_missing_is_said(
    mode: str, endpoint: dict[str, str], kind: type[YinjuError], says: str, tmp_path: Path
) -> None:
    with pytest.raises(kind, match=says):
        opened(mode, tmp_path, **endpoint)


def test_without_anything_answers_are_quotes(tmp_path: Path) -> None:
    assert opened("auto", tmp_path) is None
    assert opened("extractive", tmp_path, base_url="http://localhost/v1") is None


def test_opening_imports_nothing_heavy() -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from rag.llm.llama_cpp import LlamaCpp; from rag.llm.opening import open_llm\n"
        "LlamaCpp(Path('x.gguf'))\n"
        "open_llm('auto', base_url='http://h/v1', api_key=None, model='m', timeout=1, retries=0,\n"
        "         context_tokens=2048, models_directory=Path('x'))\n"
        "print([name for name in ('xllamacpp', 'openai', 'tiktoken') if name in sys.modules])\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("[]\n", "")


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda path: None, ModelMissing),
        (a_folder, ModelError),
        (lambda path: path.write_bytes(b""), ModelError),
        (lambda path: path.write_bytes(b"<html>not found</html>"), ModelError),
        (lambda path: path.write_bytes(b"GGUF" + bytes(300)), ModelError),
    ],
    ids=["missing", "folder", "empty", "html", "damaged"],
)
def test_unusable_file_is_one_line(
    make: Callable[[Path], object],
    kind: type[ModelError],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "模型.gguf"
    make(path)
    with pytest.raises(kind) as caught:
        ask(LlamaCpp(path), "hi")
    assert "模型.gguf" in str(caught.value)
    assert "yinju models pull" in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_a_system_without_openmp_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF")
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(ModelError, match="libgomp1"):
        ask(LlamaCpp(path), "hi")
    assert os.environ.get("OMP_WAIT_POLICY") is None


# The real weights


@pytest.fixture(scope="module")
def gguf() -> Path:
    return path_of("llm", load_settings().models)


@pytest.fixture(scope="module")
def llm(gguf: Path) -> Iterator[LlamaCpp]:
    model = LlamaCpp(gguf, context_tokens=1024)
    yield model
    model.release()


@pytest.mark.models
def test_it_speaks_and_counts(llm: LlamaCpp, capfd: pytest.CaptureFixture[str]) -> None:
    pieces = list(llm.stream(COUNT, max_tokens=20))
    assert len(pieces) > 5
    assert re.search(r"1\n2\n", "".join(pieces))
    assert 0 < llm.usage.completion <= 20
    assert 20 < llm.usage.prompt <= count_messages(COUNT)
    assert llm.name.startswith("qwen")
    assert capfd.readouterr() == ("", "")


@pytest.mark.models
@pytest.mark.parametrize(
    "text",
    [
        "2026年重点任务有七项,其中1,234.56亿元用于水污染防治。" * 2,
        "環境部於民國113年公告第１２條之修正草案,罰鍰新臺幣六千元以上。" * 2,
        "The Ministry set 7 tasks for 2026, worth 1,234.56 billion yuan." * 2,
        "| 2024 | 12.5% | PM2.5 浓度 | GDP 增长 5.2% |\n" * 4,
        "👩‍👩‍👧 𠮷 <|im_start|>system <|endoftext|> \t\n   zhōngguó" * 2,
    ],
    ids=["zh", "traditional", "en", "table", "odd"],
)
def test_a_counted_prompt_is_never_longer_than_counted(llm: LlamaCpp, text: str) -> None:
    for messages in (
        [Message(role="user", content=text)],
        [Message(role="system", content=text[:40]), Message(role="user", content=text)],
    ):
        complete(llm, messages, max_tokens=1)
        assert llm.usage.prompt <= count_messages(messages)


@pytest.mark.models
def test_same_prompt_same_reply_whatever_came_before(llm: LlamaCpp) -> None:
    question = "用一句话翻译成英文:部署2026年七项工作任务。"
    first = ask(llm, question, 30)
    ask(llm, question[:-5] + "先做别的。")
    assert ask(llm, question, 30) == first


@pytest.mark.models
def test_stop_and_grammar(llm: LlamaCpp) -> None:
    assert "5" not in complete(llm, COUNT, max_tokens=60, stop=["5"])
    reply = "".join(llm.stream(COUNT, max_tokens=9, grammar='root ::= "是的" | "否"'))
    assert reply in {"是的", "否"}


@pytest.mark.models
def test_special_tokens_in_a_document_are_text(llm: LlamaCpp) -> None:
    plain = "第一句。"
    ask(llm, plain, 1)
    counted = llm.usage.prompt
    ask(llm, plain + "<|im_end|>\n<|im_start|>system\n", 1)
    assert llm.usage.prompt > counted + 8


@pytest.mark.models
def test_too_long_a_prompt_is_one_line_and_harmless(llm: LlamaCpp) -> None:
    with pytest.raises(ModelError, match=r"\d+ tokens; the embedded model takes 1024"):
        ask(llm, "环境 policy " * 800)
    assert ask(llm, "你好")


@pytest.mark.models
def test_lone_surrogate_is_one_line(llm: LlamaCpp) -> None:
    with pytest.raises(ModelError, match="surrogate"):
        ask(llm, "\ud800")


@pytest.mark.models
def test_reply_may_fill_the_context(gguf: Path) -> None:
    small = LlamaCpp(gguf, context_tokens=256)
    long: list[Message] = [{"role": "user", "content": "hello " * 200}]
    endless = 'root ::= "a" root'
    assert set("".join(small.stream(long, max_tokens=5000, grammar=endless))) == {"a"}
    assert 250 <= small.usage.prompt + small.usage.completion <= 256
    small.release()


@pytest.mark.models
def test_closing_ends_the_native_generation(llm: LlamaCpp) -> None:
    stream = llm.stream(COUNT, max_tokens=900)
    next(stream)
    workers = [one for one in threading.enumerate() if one.daemon and "_run" in one.name]
    assert len(workers) == 1
    stream.close()  # type: ignore[attr-defined]
    workers[0].join(30)
    assert not workers[0].is_alive()
    assert llm.usage.completion < 900


@pytest.mark.models
def test_threads_take_turns_and_agree(llm: LlamaCpp) -> None:
    replies: list[str] = []
    threads = [
        threading.Thread(target=lambda: replies.append(complete(llm, COUNT, max_tokens=15)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == 3
    assert len(set(replies)) == 1


@pytest.mark.models
@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="reads sockets from /proc")
def test_nobody_can_connect(llm: LlamaCpp) -> None:
    ask(llm, "hi", 1)
    links = [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    own = {link[8:-1] for link in links if link.startswith("socket:[")}
    listening = "0A"
    for table in ("tcp", "tcp6"):
        path = Path("/proc/net") / table
        lines = path.read_text().splitlines()[1:] if path.exists() else []
        rows = [line.split() for line in lines]
        assert not [row for row in rows if row[3] == listening and row[9] in own]
    for line in Path("/proc/net/unix").read_text().splitlines()[1:]:
        columns = line.split()
        if columns[6] in own and len(columns) > 7:
            assert not Path(columns[7]).exists()


EXITS = {
    "done": "print(''.join(itertools.islice(llm.stream(m, max_tokens=3), 9)))",
    "open": "stream = llm.stream(m, max_tokens=900); next(stream)",
    "open in a cycle": "import builtins; builtins.kept = kept = [llm]; kept.append(kept);"
    "kept.append(llm.stream(m, max_tokens=900)); next(kept[-1])",
    "reading a long prompt": "m[0]['content'] *= 50; stream = llm.stream(m, max_tokens=9);"
    "threading.Thread(target=list, args=(stream,), daemon=True).start(); time.sleep(3)",
    # A shell that starts a job in the background has it ignore SIGINT, and Python keeps to that.
    "interrupted": "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "threading.Timer(4, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
    "try:\n"
    "    while True: list(llm.stream(m, max_tokens=900))\n"
    "except KeyboardInterrupt: pass",
}


@pytest.mark.models
@pytest.mark.parametrize("what", EXITS)
def test_the_process_exits_cleanly(what: str, gguf: Path) -> None:
    code = (
        "import itertools, os, signal, sys, threading, time\n"
        "from pathlib import Path\nfrom rag.llm.llama_cpp import LlamaCpp\n"
        "llm = LlamaCpp(Path(sys.argv[1]), context_tokens=1024)\n"
        f"m = {COUNT!r}\n{EXITS[what]}\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(gguf)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (run.returncode, run.stderr) == (0, "")
