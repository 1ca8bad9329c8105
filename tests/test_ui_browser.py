"""The real server and a real browser: ask in Chinese, open the citation, find the quote marked.

With YINJU_SCREENSHOT set to a file's path, the chat is photographed there for the README.
"""

import os
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest

from rag import load_settings, open_engine
from ui.launch import command, environment

pytestmark = [pytest.mark.models, pytest.mark.browser]

ROOT = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
QUESTION = "核安全领域那部公约，2026年轮到第几次履约？"
PATIENCE = 60_000
"""Milliseconds: the first answer loads the embedding model."""
SCREENSHOT = os.environ.get("YINJU_SCREENSHOT")


@dataclass
class Visit:
    """A page and every address that it asked for."""

    page: Any
    address: str
    library: Path
    requested: list[str] = field(default_factory=list)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Path]]:
    """The app over the sample documents, on a free port."""
    settings = load_settings(library=tmp_path / "samples", mode="extractive")
    with open_engine(settings) as engine:
        engine.ingest([ROOT / "seeds"])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        command(port=port, open_browser=False),
        env={**os.environ, **environment(settings)},
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/_stcore/health", process)
        yield address, settings.library
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {address}")


@pytest.fixture
def visit(server: tuple[str, Path]) -> Iterator[Visit]:
    """A Chinese reader's browser at the front page."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    address, library = server
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="zh-CN")
        page.set_default_timeout(PATIENCE)
        found = Visit(page=page, address=address, library=library)
        page.on("request", lambda request: found.requested.append(request.url))
        page.goto(address)
        page.get_by_test_id("stChatInputTextArea").wait_for()
        yield found
        browser.close()


def ask(page: Any, question: str) -> None:
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")


def test_a_citation_opens_its_quote_and_nothing_leaves_this_machine(visit: Visit) -> None:
    page = visit.page
    ask(page, QUESTION)
    first = page.locator("button.cite").first
    first.wait_for()
    assert first.inner_text() == "1"
    quote = page.locator(".yj-card blockquote").first.text_content()

    first.click()
    mark = page.locator("#yj-quote")
    mark.wait_for()
    assert mark.text_content() == quote
    _assert_stands_in_a_document(visit, quote, page.locator(".yj-card .meta").first.inner_text())
    page.wait_for_function(_IN_SIGHT)

    page.get_by_role("radio", name="English").click()
    page.get_by_text("Show in document").first.wait_for()
    assert page.locator("#yj-quote").text_content() == quote
    page.reload()
    page.locator("button.cite").first.wait_for()
    assert page.locator(".yj-card blockquote").first.text_content() == quote

    hosts = {urlsplit(url).hostname for url in visit.requested if url.startswith(("http", "ws"))}
    assert hosts == {"127.0.0.1"}


@pytest.mark.skipif(not SCREENSHOT, reason="YINJU_SCREENSHOT is not set")
def test_the_picture_for_the_readme_shows_a_follow_up_and_its_quote(visit: Visit) -> None:
    page = visit.page
    ask(page, "2024年会议的开幕会由谁主持？")
    page.locator("button.cite").first.wait_for()
    ask(page, "那2025年呢？")
    page.locator(".yj-understood").wait_for()
    page.locator("button.cite").nth(1).click()
    page.wait_for_function(_IN_SIGHT)
    page.wait_for_timeout(1000)
    page.evaluate("document.getElementById('yj-turn-1').scrollIntoView()")
    page.wait_for_timeout(1000)
    page.screenshot(path=SCREENSHOT)
    quote = page.locator(".yj-card.open blockquote").text_content()
    assert page.locator("#yj-quote").text_content() == quote


_IN_SIGHT = """() => {
  const box = document.querySelector(".st-key-document_text")?.getBoundingClientRect();
  const mark = document.getElementById("yj-quote")?.getBoundingClientRect();
  if (!box || !mark) return false;
  return mark.top >= box.top && mark.bottom <= box.bottom
    && mark.top >= 0 && mark.bottom <= window.innerHeight;
}"""


def _assert_stands_in_a_document(visit: Visit, quote: str | None, meta: str) -> None:
    """The offsets that the card shows slice exactly the quote from one stored document."""
    place = re.search(r"第 (\d+)–(\d+) 字", meta)
    assert place
    start, end = int(place[1]), int(place[2])
    with open_engine(load_settings(library=visit.library)) as engine:
        assert quote in {document.text[start:end] for document in engine.documents()}


def test_a_refusal_and_every_page_in_the_dark(visit: Visit) -> None:
    page = visit.page
    page.emulate_media(color_scheme="dark")
    ask(page, "天空为什么是蓝色的？")
    page.locator(".yj-refusal").wait_for()
    assert page.locator("button.cite").count() == 0
    for link, text in [
        ("文档", "加入资料库"),
        ("摘要", "写摘要"),
        ("核对", "依据的原文"),
        ("设置", "会联系的主机"),
    ]:
        page.get_by_test_id("stPageLink").get_by_text(link, exact=True).click()
        page.get_by_text(text).first.wait_for()
        assert page.get_by_test_id("stException").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_a_follow_up_is_reworded_and_a_chip_removed_by_keyboard(visit: Visit, width: int) -> None:
    page = visit.page
    page.set_viewport_size({"width": width, "height": 900})
    ask(page, "2024年会议的开幕会由谁主持？")
    page.locator("button.cite").first.wait_for()
    ask(page, "那2025年呢？")
    understood = page.locator(".yj-understood")
    understood.wait_for()
    assert "2025年会议的开幕会由谁主持" in understood.inner_text()
    page.get_by_role("button", name="改写").press("Enter")
    wording = page.get_by_label("按你的意思改写问题")
    wording.fill("2025年会议有几项重点任务？")
    page.get_by_role("button", name="按此提问").press("Enter")
    page.locator(".yj-question", has_text="几项重点任务").wait_for()
    assert page.locator(".yj-question").count() == 2
    chip = page.get_by_role("button", name="只查：2025年")
    chip.press("Enter")
    page.get_by_role("button", name="恢复").wait_for()
    assert page.evaluate(_OVERFLOW) <= 0


_OVERFLOW = "() => document.documentElement.scrollWidth - window.innerWidth"


def test_sides_stand_beside_one_another_or_below_on_a_narrow_screen(visit: Visit) -> None:
    page = visit.page
    ask(page, "2022年和2024年的会议分别由谁主持开幕会？")
    page.locator(".yj-partial").wait_for()
    page.wait_for_function(
        """() => { const [a, b] = document.querySelectorAll(".yj-side");
        return Math.abs(a.getBoundingClientRect().top - b.getBoundingClientRect().top) < 2; }"""
    )
    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_function(
        """() => { const [a, b] = document.querySelectorAll(".yj-side");
        return b.getBoundingClientRect().top > a.getBoundingClientRect().bottom; }"""
    )
    assert page.evaluate(_OVERFLOW) <= 0
