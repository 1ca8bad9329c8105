"""Nothing leaves the machine: the whole job, with every attempt to reach a host recorded."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rag import load_settings, open_engine
from tests.cli_helpers import SEEDS, conforms, environment, here, write_lines
from tests.servers import chat_server

HOOK = """
import json, socket, sys

attempts = []

def recorded(name):
    def call(*arguments, **named):
        attempts.append([name, repr(arguments)])
        raise OSError("no network in this test")
    return call

for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, recorded(f"socket.{name}"))
for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "create_connection"):
    setattr(socket, name, recorded(name))

log, sys.argv = sys.argv[1], ["yinju", *sys.argv[2:]]
try:
    from rag.cli import main
    main()
finally:
    with open(log, "a", encoding="utf-8") as file:
        file.write(json.dumps(attempts) + "\\n")
"""


def watched(log: Path, *arguments: object, **changes: str) -> Any:
    return subprocess.run(
        [sys.executable, "-c", HOOK, str(log), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env=environment(**changes),
        check=False,
    )


@pytest.mark.models
def test_the_whole_job_contacts_nobody(tmp_path: Path) -> None:
    log = tmp_path / "attempts.jsonl"
    library, quoting = ["--library", tmp_path / "library"], ["--mode", "extractive"]
    names = ["2024-meeting.txt", "2026-meeting.txt", "en-ngo-brief.md"]
    rows = [{"id": 1, "question": "2024年的会议在哪天召开？"}, {"id": 2, "question": "Who wrote?"}]
    questions = write_lines(tmp_path / "q.jsonl", rows)
    claims = write_lines(
        tmp_path / "in.jsonl", [{"id": 1, "answer": "会议于3月5日召开。", "contexts": ["在3月。"]}]
    )
    job = [
        ["ingest", *(SEEDS / name for name in names), *library, "--json"],
        ["ask", "2026年那场年度会议，開幕會是誰主持的？", *quoting, *library, "--json"],
        ["ask", "--from", questions, *quoting, *library],
        ["summarize", *names, "--out", tmp_path / "out", *quoting, *library, "--json"],
        ["eval", "faithfulness", claims, "--out", tmp_path / "out.jsonl"],
        ["doctor", *library, "--json"],
    ]
    for arguments in job:
        done = watched(log, *arguments)
        assert done.returncode == 0, done.stderr
    attempts = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert attempts == [[]] * len(job)


@pytest.mark.models
def test_the_hook_sees_an_attempt(tmp_path: Path) -> None:
    log = tmp_path / "attempts.jsonl"
    contexts = ["The meeting was held on 5 March.", "会议于３月５日召开。"]
    row = {"question": "When was the meeting held?", "contexts": contexts}
    source = write_lines(tmp_path / "q.jsonl", [row])
    with chat_server([]) as server:
        done = watched(
            log,
            *("ask", "--from", source, "--mode", "openai"),
            YINJU_BASE_URL=server.base_url,
            YINJU_RETRIES="0",
        )
        assert server.requests == []
    assert done.returncode == 1
    assert "Cannot reach 127.0.0.1" in json.loads(done.stdout)["error"]
    assert json.loads(log.read_text("utf-8"))


@pytest.mark.parametrize(
    ("settings", "hosts"),
    [
        pytest.param({}, [], id="nothing-configured"),
        pytest.param({"MODE": "extractive", "BASE_URL": "http://a.test/v1"}, [], id="not-used"),
        pytest.param({"BASE_URL": "http://a.test:81/v1"}, ["a.test:81"], id="endpoint"),
        pytest.param({"API_KEY": "k", "MODEL": "m"}, ["api.openai.com"], id="openai-itself"),
        pytest.param({"BASE_URL": "http://me:pass@a.test/v1"}, ["a.test"], id="no-password-shown"),
        pytest.param(
            {
                "BASE_URL": "http://a.test/v1",
                "EMBEDDER": "openai:bge-m3",
                "EMBEDDING_BASE_URL": "https://b.test/v1",
            },
            ["a.test", "b.test"],
            id="embeddings-elsewhere",
        ),
        pytest.param(
            {"MODE": "extractive", "EMBEDDER": "openai:m", "BASE_URL": "http://a.test/v1"},
            ["a.test"],
            id="embeddings-alone",
        ),
    ],
)
def test_doctor_names_every_host(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], hosts: list[str]
) -> None:
    for key, value in settings.items():
        monkeypatch.setenv(f"YINJU_{key}", value)
    facts = here("doctor", "--json").json
    conforms(facts, {"hosts": [str]})
    assert facts["hosts"] == hosts


def test_doctor_names_the_host_of_the_library_s_own_embedder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with open_engine(load_settings(library=tmp_path / "library")) as engine:
        engine.store.database.start_anew("a fingerprint", "openai:bge-m3")
    monkeypatch.setenv("YINJU_MODE", "extractive")
    monkeypatch.setenv("YINJU_EMBEDDING_BASE_URL", "http://a.test/v1")
    facts = here("doctor", "--library", tmp_path / "library", "--json").json
    assert (facts["embedder"], facts["hosts"]) == ("openai:bge-m3", ["a.test"])
    monkeypatch.setenv("YINJU_EMBEDDER", "openai:another")
    done = here("doctor", "--library", tmp_path / "library", "--json")
    assert done.code == 1
    assert done.json["problems"] == ["the library was made with openai:bge-m3; run `yinju rebuild`"]
