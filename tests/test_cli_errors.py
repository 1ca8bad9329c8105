"""Whatever goes wrong is one clear line on stderr: no traceback, no key, nothing lost."""

import json
import os
import random
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.cli_helpers import SEEDS, SHAPES, Outcome, conforms, here, sample_library, write_lines
from tests.servers import DONE, Reply, breaks_off, chat_server, html, piece, says, status, streams

KEY = "sk-never-to-be-shown-0123456789"
QUESTION = "2026年那场年度会议，开幕会是谁主持的？"
FAILURES = [
    pytest.param(status(401, f"Incorrect API key: {KEY}"), 0, "Check api_key", id="401"),
    pytest.param(status(429, headers={"Retry-After": "0"}), 1, "is busy or failing (429", id="429"),
    pytest.param(status(500, f"{KEY} failed"), 0, "is busy or failing (500", id="500"),
    pytest.param(streams(b"data: {nope\n\n"), 0, "is not a completion", id="garbage"),
    pytest.param(html(), 0, "sent no text", id="web-page"),
    pytest.param(breaks_off("开幕会由"), 0, "broke off half way. Ask again.", id="breaks-off"),
    pytest.param(streams(piece("开幕")), 0, "broke off half way", id="ends-without-a-reason"),
    pytest.param(streams(DONE), 0, "sent no text", id="empty-stream"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_library(tmp_path_factory)


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Point the settings at an endpoint."""

    def set_endpoint(base_url: str, retries: int = 0) -> None:
        monkeypatch.setenv("YINJU_BASE_URL", base_url)
        monkeypatch.setenv("YINJU_API_KEY", KEY)
        monkeypatch.setenv("YINJU_MODEL", "test-model")
        monkeypatch.setenv("YINJU_RETRIES", str(retries))

    return set_endpoint


def assert_one_line(done: Outcome, says_this: str, code: int = 1) -> None:
    assert done.code == code, done.err
    assert says_this in done.only_line()
    assert done.out == ""
    assert KEY not in done.err


@pytest.mark.models
@pytest.mark.parametrize(("reply", "retries", "message"), FAILURES)
def test_ask_with_a_failing_endpoint(
    library: Path, configure: Any, reply: Reply, retries: int, message: str
) -> None:
    with chat_server([reply]) as server:
        configure(server.base_url, retries)
        done = here("ask", QUESTION, "--mode", "openai", "--library", library)
        assert len(server.chats) == retries + 1
    assert_one_line(done, message)


@pytest.mark.models
def test_ask_with_nobody_there(library: Path, configure: Any) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        configure(f"http://127.0.0.1:{closed.getsockname()[1]}/v1")
        done = here("ask", QUESTION, "--mode", "openai", "--library", library)
    assert_one_line(done, "Cannot reach 127.0.0.1")


@pytest.mark.models
def test_a_failed_question_leaves_the_rest_of_the_file(
    library: Path, configure: Any, tmp_path: Path
) -> None:
    rows = [{"id": name, "question": QUESTION} for name in ("good", "bad", "again")]
    source = write_lines(tmp_path / "q.jsonl", rows)
    reply = says("开幕会由副部长郭芳主持[1]。")
    with chat_server([reply, status(401, KEY), reply]) as server:
        configure(server.base_url)
        done = here("ask", "--from", source, "--mode", "openai", "--library", library)
    assert done.code == 1
    assert done.only_line() == "yinju: 1 of 3 questions failed; see their error."
    found = {row["id"]: row for row in done.lines}
    conforms([found["good"], found["again"]], [SHAPES["ask"]])
    assert "Check api_key" in found["bad"]["error"]
    assert KEY not in done.out


@pytest.mark.models
@pytest.mark.parametrize(("reply", "retries", "message"), FAILURES)
def test_a_failed_summary_leaves_the_others(
    library: Path, configure: Any, tmp_path: Path, reply: Reply, retries: int, message: str
) -> None:
    names = ["en-ngo-brief.md", "2021-meeting.txt"]
    rendering = says("A rendering in English of what the sentence says.")

    def answer(body: Any) -> Reply:
        chinese = "Translate the Chinese" in body["messages"][0]["content"]
        return reply if chinese else rendering

    run = ["summarize", *names, "--points", 2, "--out", "out", "--library", library]
    with chat_server([answer]) as server:
        configure(server.base_url, retries)
        done = here(*run, "--mode", "openai", "--json")
    assert done.code == 1
    assert [Path(path).name for path in done.json["written"]] == ["en-ngo-brief.json"]
    (failed,) = done.json["failed"]
    assert Path(failed["path"]).name == "2021-meeting.txt"
    assert message in failed["error"]
    assert done.err == f"failed: {failed['path']}: {failed['error']}\n"
    assert KEY not in done.out
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "en-ngo-brief.json",
        "en-ngo-brief.md",
    ]
    conforms(json.loads(Path("out/en-ngo-brief.json").read_text("utf-8")), SHAPES["summarize"])
    with chat_server([rendering]) as server:
        configure(server.base_url)
        mended = here(*run, "--mode", "openai", "--json").json
    assert [Path(path).name for path in mended["written"]] == ["2021-meeting.json"]
    assert [Path(path).name for path in mended["unchanged"]] == ["en-ngo-brief.json"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.md", " \n\u3000\n".encode(), ""),
        ("binary.txt", random.Random(1).randbytes(4000), "not text"),
        ("program.txt", b"\x7fELF\0\0\0\x01" * 100, "is a program"),
    ],
)
def test_a_file_that_holds_no_text(name: str, content: bytes, message: str) -> None:
    Path("texts").mkdir()
    (Path("texts") / name).write_bytes(content)
    done = here("ingest", "texts", "--json")
    conforms(done.json, SHAPES["ingest"])
    (failed,) = done.json["failed"]
    assert done.code == 1
    assert failed["path"] == f"texts/{name}"
    assert message in failed["error"]
    assert done.err == f"failed: texts/{name}: {failed['error']}\n"


@pytest.mark.models
def test_one_bad_file_leaves_the_others(tmp_path: Path) -> None:
    good, odd = tmp_path / "好.txt", os.fsdecode(bytes(tmp_path) + b"/caf\xe9.txt")
    good.write_text("会议于2022年3月5日召开。", "utf-8")
    Path(odd).write_text("Named in Latin-1.", "utf-8")
    done = here("ingest", good, odd, "missing.txt", SEEDS / "questions", "--json")
    assert done.code == 1
    assert done.json["added"] == [str(good)]
    errors = {item["path"]: item["error"] for item in done.json["failed"]}
    assert "There is no file or folder" in errors["missing.txt"]
    assert "not valid UTF-8" in errors[odd]
    assert len(done.err.splitlines()) == len(errors) == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    done = here("ingest", closed)
    assert done.code == 1
    assert "Cannot list the folder" in done.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('modell = "x"\n', "Unknown setting 'modell' (yinju.toml). Did you mean 'model'?"),
        ("retries = 99\n", "Setting 'retries': "),
        ('mode = "magic"\n', "Setting 'mode': "),
        (f'api_key = ["{KEY}"]\n', "Setting 'api_key': "),
        ("mode = \n", "It must be a TOML file."),
        (b"mode = '\xff'\n", "It must be a TOML file."),
    ],
)
def test_a_wrong_settings_file(content: str | bytes, message: str) -> None:
    Path("yinju.toml").write_bytes(content.encode() if isinstance(content, str) else content)
    assert_one_line(here("documents"), message, code=2)


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("YINJU_MODELL", "x", "Unknown setting 'modell' (environment). Did you mean 'model'?"),
        ("YINJU_RETRIES", "many", "Setting 'retries': "),
        ("YINJU_TOP_K", "0", "Setting 'top_k': "),
        ("YINJU_MODE", "openai", "No endpoint is configured."),
    ],
)
def test_a_wrong_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, message: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert_one_line(here("doctor"), message, code=2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "没有.txt"], "Document '没有.txt' is not in the library."),
        (["inspect", "none"], "is not in the library."),
        (["show", "caf\udce9"], "is not in the library."),
        (["summarize", "none"], "is not in the library."),
        (["summarize"], "The library is empty."),
        (["ask", " "], "The question is empty."),
        (["search", "\u3000"], "The question is empty."),
        (["search", "caf\udce9"], "half of a surrogate pair"),
        (["ask", "x" * 2001], "The question has"),
        (["ask", "--from", "none.jsonl"], "Cannot read 'none.jsonl'"),
        (["search", "--from", "latin.jsonl"], "It must be a UTF-8 file of JSON lines."),
        (["models", "pull", "gpt"], "There is no embedded model 'gpt'."),
        (["documents", "--library", "garbage"], "library.db is damaged"),
        (["documents", "--library", "latin.jsonl/x"], "Cannot use the library"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_what_cannot_be_done(arguments: list[str], message: str) -> None:
    Path("latin.jsonl").write_bytes('{"question": "é"}'.encode("latin-1"))
    Path("garbage").mkdir()
    Path("garbage/library.db").write_bytes(random.Random(2).randbytes(5000))
    assert_one_line(here(*arguments), message)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask"], "Give a question, or --from FILE.jsonl, and not both."),
        (["search", "a", "--from", "b.jsonl"], "and not both."),
        (["ask", "a", "--mode", "magic"], "Invalid value for '--mode'"),
        (["search", "a", "-k", "0"], "Invalid value for '-k'"),
        (["ingest"], "Missing argument 'PATHS...'"),
        (["documents", "--librarry", "x"], "No such option"),
        (["nonsense"], "No such command 'nonsense'"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_misuse(arguments: list[str], message: str) -> None:
    done = here(*arguments)
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


@pytest.mark.models
@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["ingest", SEEDS], "Run `yinju models pull e5`."),
        (["ask", QUESTION, "--mode", "extractive"], "Run `yinju models pull e5`."),
        (["ask", QUESTION, "--mode", "auto"], "Run `yinju models pull e5`."),
        (["search", QUESTION], "Run `yinju models pull e5`."),
        (["ask", QUESTION, "--mode", "llama"], "Run `yinju models pull llm`."),
        (["summarize", "--mode", "llama"], "Run `yinju models pull llm`."),
    ],
    ids=lambda value: str(value[0] if isinstance(value, list) else value)[:30],
)
def test_models_that_were_not_pulled(
    library: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: list[str],
    hint: str,
) -> None:
    monkeypatch.setenv("YINJU_MODELS", str(tmp_path / "none"))
    chosen = tmp_path / "new" if arguments[0] == "ingest" else library
    assert_one_line(here(*arguments, "--library", chosen), hint)


@pytest.mark.models
def test_auto_without_an_llm_quotes(
    library: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from rag.settings import load_settings

    pulled = load_settings().models
    (tmp_path / "models").mkdir()
    for path in pulled.glob("e5*"):
        (tmp_path / "models" / path.name).symlink_to(path)
    monkeypatch.setenv("YINJU_MODELS", str(tmp_path / "models"))
    answer = here("ask", QUESTION, "--mode", "auto", "--json", "--library", library).json
    assert (answer["mode"], answer["model"], answer["answered"]) == ("extractive", "", True)


def test_doctor_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YINJU_MODELS", str(tmp_path / "none"))
    done = here("doctor", "--json")
    assert done.code == 1
    assert done.json["problems"] == [
        "the embedder e5 is not pulled; run `yinju models pull e5`",
    ]
    assert done.json["mode"] == "extractive"
