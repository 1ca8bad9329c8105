"""The parts of the app that draw nothing: strings, markup, streaming, conversations, launching."""

import ast
import re
import string
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rag import Answer, Chunk, Citation, Claim, Document, Hit, InputError, Row, Span, load_settings
from rag.records import Language, Usage
from ui import conversations, launch, shelf
from ui.__main__ import main as serve
from ui.conversations import Conversation, Source, Turn, new_conversation
from ui.hosts import contacted
from ui.markup import card_markup, claim_markup, document_markup, point_markup, sides_markup
from ui.questions import suggestions
from ui.reason_strings import translate_reason
from ui.reports import summaries_markdown
from ui.streaming import CleanStream
from ui.strings import STRINGS, say, say_word

UI = Path(__file__).parents[1] / "ui"
HAN = re.compile(r"[㐀-鿿]")


def answer_of(quote: str, text: str, *, also_in: tuple[Citation, ...] = ()) -> Answer:
    start = text.index(quote)
    span = Span(start=start, end=start + len(quote))
    chunk = Chunk(
        id="d:0",
        document_id="d",
        index=0,
        span=Span(start=0, end=len(text)),
        text=text,
        sentences=(span,),
    )
    return Answer(
        question="几项？",
        language="zh",
        answered=True,
        text=f"{quote}[1]",
        claims=(
            Claim(
                text=quote,
                citations=(1,),
                verdict="supported",
                support=1.0,
                reason="It stands there word for word.",
            ),
        ),
        citations=(Citation(number=1, document_id="d", span=span, quote=quote, also_in=also_in),),
        hits=(Hit(chunk=chunk, score=0.9, ranks={"dense": 1}),),
        mode="extractive",
        model="",
        tokens=Usage(),
        seconds={"retrieve": 0.1, "total": 0.2},
    )


SOURCE = Source(title="年度会议", date="2025-01-16", publisher="样例", path="a.txt")


# Strings


def test_every_string_stands_in_both_languages_with_the_same_placeholders() -> None:
    def placeholders(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for key, text in STRINGS.items():
        assert text.zh.strip(), key
        assert text.en.strip(), key
        assert placeholders(text.zh) == placeholders(text.en), key
        assert not HAN.search(text.en), f"{key}: Chinese in the English string"


def sources_of_ui() -> list[Path]:
    return [path for path in sorted(UI.rglob("*.py")) if not path.name.endswith("strings.py")]


def test_every_key_that_the_app_says_exists_and_every_string_is_said() -> None:
    code = "\n".join(path.read_text("utf-8") for path in sources_of_ui())
    said = set(re.findall(r"\b(?:t|lead)\(\s*[\"']([^\"']+)[\"']", code))
    said |= set(re.findall(r"\bsay\(\s*\w+,\s*\"([^\"]+)\"", code))
    assert said <= STRINGS.keys()
    groups = {"nav", "mode", "verdict", "rank", "role", "reason", "language", "place", "field"}
    unused = {key for key in STRINGS if key not in said and key.split(".")[0] not in groups}
    assert not unused


@pytest.mark.parametrize("path", sources_of_ui(), ids=lambda path: path.name)
def test_no_text_for_readers_stands_outside_the_strings(path: Path) -> None:
    shown = {"title", "header", "subheader", "caption", "write", "markdown", "button", "info"}
    shown |= {"error", "warning", "success", "text_area", "file_uploader", "multiselect", "metric"}
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            pattern = re.compile(r"^[\W_]*$") if path.name == "streaming.py" else None
            if id(node) not in docstrings and not pattern:
                assert not HAN.search(node.value), f"{path.name}:{node.lineno}: {node.value!r}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            first = node.args[0] if node.args else None
            if node.func.attr in shown and isinstance(first, ast.Constant):
                assert not re.search(r"[A-Za-z]{2}", str(first.value)), ast.unparse(node)


def test_words_of_the_core_that_have_no_translation_are_shown_as_they_are() -> None:
    assert say_word("zh", "reason", "pinyin") == "注音"
    assert say_word("zh", "reason", "new_kind") == "new kind"
    assert say("en", "app.documents", count=3) == "3 documents"


@pytest.mark.parametrize(
    ("reason", "chinese"),
    [
        ("It stands there word for word.", "原文一字不差。"),
        ("3% is not in the cited passage; it has 4%, 2024.", "引文里没有3%；引文写的是4%, 2024。"),
        ("'《办法》' is not in the cited passage.", "引文里没有'《办法》'。"),
        (
            "Cited by Yinju, not by the writer: It stands there word for word.",
            "引文由引据补上，模型没有标注：原文一字不差。",
        ),
        (
            "“two tiers” is not in the cited passage. The cited passage says “is not. Yet”.",
            "引文里没有“two tiers”。引文说的是“is not. Yet”。",
        ),
        (
            "It is about 2024; what it cites is about 2021, 2023.",
            "这句关于2024，引文关于2021, 2023。",
        ),
        (
            "It stands there word for word. But the quoted text is damaged at “会�” (character 8).",
            "原文一字不差。但引文在“会�”处（第 8 字）有损坏。",
        ),
        ("4.5% is not in the cited passage; it says 45%.", "引文里没有4.5%；引文写的是45%。"),
        ("It says “eight”; the cited passage says “nine”.", "这句说“eight”，引文说“nine”。"),
        ("Something new.", "Something new."),
        ("It cites no passage. Something new.", "It cites no passage. Something new."),
    ],
)
def test_reasons_are_said_in_the_readers_language(reason: str, chinese: str) -> None:
    assert translate_reason("zh", reason) == chinese
    assert translate_reason("en", reason) == reason


def test_every_reason_that_the_core_gives_is_translated() -> None:
    trees = [
        ast.parse((UI.parent / "rag" / name).read_text("utf-8"))
        for name in (
            "support/judging.py",
            "citations.py",
            "support/differences.py",
            "whole/answers.py",
        )
    ]
    given = [
        keyword.value.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "reason" and isinstance(keyword.value, ast.Constant)
    ]
    assert given
    for reason in given:
        assert HAN.search(translate_reason("zh", reason)), reason


# Markup


class Reader(HTMLParser):
    """Collects the text of an element and the tags that were seen."""

    def __init__(self, wanted: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wanted, self.inside, self.text, self.tags = wanted, False, "", list[str]()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        self.inside = self.inside or tag == self.wanted

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != self.wanted

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.text += data


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("会议提出四点。第一点是大局观念。", 7, 16),
        ("會議<b>提出</b>\n  四點&amp;。\n\n第一", 2, 18),
        ("Three <script>alert(1)</script> points.\nSecond.", 0, 40),
        ("２０２５年 and 2025", 0, 5),
        ("𠮷野家：4.5％", 0, 4),
    ],
)
def test_the_mark_holds_exactly_the_quote_whatever_stands_in_it(
    text: str, start: int, end: int
) -> None:
    span = Span(start=start, end=end)
    html = document_markup(text, span)
    assert "\n" not in html
    reader = Reader("mark")
    reader.feed(html)
    assert reader.text == span.slice(text)
    assert reader.tags == ["div", "mark"]
    whole = Reader("div")
    whole.feed(html)
    assert whole.text == text


@pytest.mark.parametrize(
    "hostile", ["<img src=x onerror=alert(1)>", '"><script>1</script>', "&lt;"]
)
def test_everything_from_documents_is_escaped(hostile: str) -> None:
    source = Source(title=hostile, date=hostile, publisher=hostile, path=hostile)
    for html in (
        card_markup(hostile, source, [hostile], hostile, True),
        claim_markup(hostile, "", hostile),
        point_markup(hostile, hostile, "", [hostile]),
        document_markup(hostile, None),
        sides_markup([(Row(number=1, raw=hostile, clean=hostile), hostile)]),
    ):
        reader = Reader("none")
        reader.feed(html)
        assert not {"img", "script"} & set(reader.tags)


# Streaming


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("会议提出四点[1]。下一句【2】。", "会议提出四点。下一句。"),
        ("Four points [1][2]. Next [ID: 3], end", "Four points. Next, end"),
        ("国发〔2024〕5号［１，２］", "国发〔2024〕5号"),
        ("[注] 见附件[1", "[注] 见附件[1"),
        ("没有标记 no markers", "没有标记 no markers"),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 50])
def test_markers_are_left_out_of_the_stream_however_it_is_cut(
    written: str, clean: str, size: int
) -> None:
    last = answer_of("四点", "会议提出四点。")
    pieces = [written[at : at + size] for at in range(0, len(written), size)]
    stream = CleanStream(iter([*pieces, last]))
    assert "".join(stream) == clean
    assert stream.answer is last


# Conversations


def test_a_saved_conversation_comes_back_equal_with_an_error_between_answers(
    tmp_path: Path,
) -> None:
    elsewhere = Citation(number=1, document_id="e", span=Span(start=3, end=5), quote="四点")
    answer = answer_of("四点", "会议提出四点。", also_in=(elsewhere,))
    talk = new_conversation()
    talk = talk.with_turn(Turn(question="几点？", answer=answer, sources={"d": SOURCE}))
    talk = talk.with_turn(Turn(question="又问", problem="The endpoint is down.", sources={}))
    talk = talk.with_turn(Turn(question="再问", answer=answer, sources={"d": SOURCE}))
    conversations.save(talk, tmp_path)
    assert conversations.load(talk.id, tmp_path) == talk
    assert conversations.recent(tmp_path, 5) == [talk]
    assert [path.suffix for path in (tmp_path / "conversations").iterdir()] == [".json"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "0" * 16, "", "ABC"])
def test_a_conversation_that_is_not_there_is_one_clear_line(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        conversations.load(name, tmp_path)


def test_a_conversation_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "conversations").write_text("a file, not a folder", "utf-8")
    with pytest.raises(InputError, match="cannot be kept"):
        conversations.save(new_conversation(), tmp_path)


def test_a_damaged_file_is_passed_over_in_the_list(tmp_path: Path) -> None:
    (tmp_path / "conversations").mkdir()
    (tmp_path / "conversations" / ("a" * 16 + ".json")).write_text("{", "utf-8")
    assert conversations.recent(tmp_path, 5) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_exported_markdown_holds_quotes_offsets_and_errors(language: str) -> None:
    quote = "四点。\n第一点"
    talk = Conversation(
        id="0" * 16,
        turns=(
            Turn(
                question="几点？",
                answer=answer_of(quote, f"会议提出{quote}是大局。"),
                sources={"d": SOURCE},
            ),
            Turn(question="又问", problem="It is down.", sources={}),
        ),
    )
    text = conversations.to_markdown(talk, language)  # type: ignore[arg-type]
    assert "> 四点。\n> 第一点" in text
    assert say(language, "ask.offsets", start=4, end=4 + len(quote)) in text  # type: ignore[arg-type]
    assert "2025-01-16" in text
    assert "> It is down." in text


def test_passages_that_hold_a_citation_are_not_listed_as_unused() -> None:
    from ui.sessions import unused_hits

    answer = answer_of("四点", "会议提出四点。")
    assert unused_hits(answer) == []


# Cases, hosts, launching


def test_cases_are_read_and_a_bad_line_is_named() -> None:
    lines = '{"answer": "甲。", "contexts": ["甲。"]}\n\n{"id": 7, "answer": "b", "contexts": []}\n'
    cases = shelf.read_cases(lines.encode(), lambda line: f"line {line}")
    assert [case["id"] for case in cases] == ["1", "7"]
    for bad in ("not json", "[]", '{"answer": "a"}', '{"answer": 1, "contexts": ["a"]}', "\xff"):
        with pytest.raises(InputError, match="line 2"):
            shelf.read_cases(
                b'{"answer": "a", "contexts": ["a"]}\n' + bad.encode("latin-1"),
                lambda line: f"line {line}",
            )


@pytest.mark.parametrize(
    ("values", "hosts"),
    [
        ({}, []),
        ({"base_url": "http://localhost:11434/v1", "model": "m"}, ["localhost:11434"]),
        ({"api_key": "k", "model": "m"}, ["api.openai.com"]),
        ({"api_key": "k", "mode": "extractive"}, []),
        ({"embedder": "openai:e", "api_key": "k"}, ["api.openai.com"]),
        ({"chroma_url": "http://chroma:8000"}, ["chroma:8000"]),
    ],
)
def test_the_hosts_that_would_be_contacted(values: dict[str, str], hosts: list[str]) -> None:
    assert contacted(load_settings(**values)) == hosts


def test_settings_pass_to_the_app_by_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(library=tmp_path / "资料", api_key="secret", model="m", top_k=5)
    for name, value in launch.environment(settings).items():
        monkeypatch.setenv(name, value)
    assert load_settings() == settings


def test_the_command_keeps_to_this_machine_and_sends_nothing() -> None:
    command = launch.command(port=8123, open_browser=False)
    options = dict(zip(command[5::2], command[6::2], strict=True))
    assert Path(command[4]) == UI / "app.py"
    assert options["--server.address"] == "127.0.0.1"
    assert options["--server.port"] == "8123"
    assert options["--server.headless"] == "true"
    assert options["--browser.gatherUsageStats"] == "false"


def test_the_module_serves_with_that_command(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def run(command: list[str], *, check: bool) -> subprocess.CompletedProcess[str]:
        ran.append(command)
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(subprocess, "run", run)
    assert serve(["--port", "8123", "--no-browser"]) == 3
    assert ran == [launch.command(port=8123, open_browser=False)]


def document_of(title: str, language: Language, date: str | None, *years: int) -> Document:
    return Document(
        id=title,
        path=f"{title}.txt",
        title=title,
        date=date,
        publisher=None,
        language=language,
        text=title,
        sha256="",
        encoding="utf-8",
        years=years,
    )


def test_suggestions_come_from_the_documents_and_nothing_else() -> None:
    assert suggestions([], "zh") == []
    held = [
        document_of("旧会议", "zh", "2019-01-01", 2019),
        document_of("新會議", "zh", "2022-01-01", 2022, 2021),
        document_of("A note", "en", None),
    ]
    asked = suggestions(held, "zh")
    assert len(asked) == 4
    assert {year for text in asked for year in re.findall(r"\d{4}", text)} == {"2019", "2022"}
    assert any("新會議" in text for text in asked)
    assert any("A note" in text for text in suggestions(held, "en"))


def test_a_suggestion_names_a_long_title_in_full_so_that_its_document_is_found() -> None:
    title = "A long note on the ways in which three harbours were dredged"
    assert any(title in text for text in suggestions([document_of(title, "en", None)], "en"))


def test_summaries_as_markdown_keep_both_languages_on_one_quote() -> None:
    row = {
        "document": "a.txt",
        "title": {"zh": "会议", "en": None},
        "points": [
            {
                "zh": "四点。",
                "en": "Four points.",
                "verdict": "supported",
                "citations": [{"start": 4, "end": 7, "quote": "四点。"}],
            }
        ],
    }
    text = summaries_markdown([row], "zh")
    assert "1. 四点。  \n   Four points. (有依据)" in text
    assert "> 四点。 (第 4–7 字)" in text
