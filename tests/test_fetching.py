"""Pages by address: what is fetched, from where, and what is refused, on a real local server."""

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from rag.errors import InputError
from rag.fetching import MOST_REDIRECTS, normalised
from rag.ingest import ingest
from rag.loaders import Limits, location_of, read
from rag.pinned_network import is_public
from rag.store import Store
from tests.cli_helpers import here
from tests.libraries import open_store, write_files

TEXT = "2024年工作会议\n\n会议指出，2024年推进污染防治。The meeting set eight tasks.\n"
PAGE = (
    "<!doctype html><html><head><title>港口 Harbour</title></head><body><article>"
    "<p>港口有三台起重机，每年停靠五十八艘船，會議討論了擴建。</p></article></body></html>"
)
MB = 1_000_000

Handle = Callable[[BaseHTTPRequestHandler], None]


def sends(
    body: bytes | str, content_type: str = "text/plain", status: int = 200, **headers: str
) -> Handle:
    data = body.encode() if isinstance(body, str) else body

    def handle(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", content_type)
        request.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(data)

    return handle


def redirects(to: str) -> Handle:
    return sends("", status=302, Location=to)


def drips(head: bool) -> Handle:
    """Sends a byte now and then for ever, of the headers or of the body."""

    def handle(request: BaseHTTPRequestHandler) -> None:
        start = b"HTTP/1.1 200 OK\r\n" + (b"" if head else b"\r\n")
        request.wfile.write(start)
        for _ in range(200):
            request.wfile.write(b"x" if not head else b"X: y\r\n")
            time.sleep(0.1)

    return handle


def floods(request: BaseHTTPRequestHandler) -> None:
    """A body without end."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    while True:
        request.wfile.write(b"0123456789abcdef" * 4096)


class Server:
    """Pages by path; `asked` holds the path and headers of every request."""

    def __init__(self, pages: dict[str, Handle], port: int) -> None:
        self.pages = pages
        self.port = port
        self.asked: list[tuple[str, dict[str, str]]] = []

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serving(pages: dict[str, Handle], family: int = socket.AF_INET) -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            with suppress(ConnectionError):
                pages.get(self.path, sends("", status=404))(self)

        def log_message(self, *arguments: Any) -> None:
            """Not on the terminal of the tests."""

    class Listener(ThreadingHTTPServer):
        address_family = family
        daemon_threads = True

    host = "::1" if family == socket.AF_INET6 else "127.0.0.1"
    with Listener((host, 0), Handler) as listener:
        server = Server(pages, listener.server_address[1])
        thread = threading.Thread(target=listener.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown()
            thread.join()


def fetched(server: Server, path: str = "/", **limits: Any) -> Any:
    return read(server.at(path), limits=Limits(allow_private_addresses=True, **limits))


def refusal(address: str, **limits: Any) -> str:
    with pytest.raises(InputError) as failed:
        read(address, limits=Limits(**limits))
    line = str(failed.value)
    assert "\n" not in line
    return line


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "library")


# What is given


def test_a_page_is_read_and_its_bytes_are_kept() -> None:
    with serving({"/a": sends(TEXT)}) as server:
        loaded = fetched(server, "/a")
        ((_, headers),) = server.asked
    assert loaded.raw == TEXT.encode()
    assert loaded.extracted.text == TEXT
    assert loaded.extracted.found["url"] == server.at("/a")
    assert headers["user-agent"].startswith("yinju/")
    assert headers["host"] == f"127.0.0.1:{server.port}"
    assert not {"cookie", "authorization", "referer"} & set(headers)


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/a.html", "application/octet-stream"),
        ("/a.php", "text/html"),
        ("/a", "text/html; charset=utf-8"),
        ("/download?id=3", "application/xhtml+xml"),
        ("/b", "application/octet-stream"),
    ],
)
def test_a_page_is_html_by_its_content_suffix_or_type(path: str, content_type: str) -> None:
    with serving({path: sends(PAGE, content_type)}) as server:
        loaded = fetched(server, path)
    assert "<p>" not in loaded.extracted.text
    assert "五十八艘船，會議" in loaded.extracted.text
    assert loaded.extracted.found["title"] == "港口 Harbour"
    assert loaded.extracted.warnings == ()


def test_the_type_decides_where_content_and_suffix_do_not() -> None:
    part = "<p>会议指出，要落实任务。</p><p>Second.</p>"
    pages = {
        "/a.php": sends(part, "text/html"),
        "/a.txt": sends(part, "text/html"),
        "/b": sends(
            part, "application/octet-stream", Content_Disposition='x; filename="../a.html"'
        ),
    }
    with serving(pages) as server:
        assert fetched(server, "/a.php").extracted.text.strip().startswith("会议")
        assert fetched(server, "/b").extracted.text.strip().startswith("会议")
        assert fetched(server, "/a.txt").extracted.text == part


@pytest.mark.parametrize("declared", ["gbk", "big5", "iso-8859-1", "utf-16", "no-such-charset"])
def test_a_charset_that_lies_is_not_believed(declared: str) -> None:
    with serving({"/": sends(TEXT * 5, f"text/plain; charset={declared}")}) as server:
        assert fetched(server).extracted.text == TEXT * 5


@pytest.mark.parametrize(
    ("encoding", "declared"), [("gb18030", "gb2312"), ("big5", "big5"), ("gb18030", "utf-8")]
)
def test_legacy_pages_are_read(encoding: str, declared: str) -> None:
    text = "會議討論了碳排放權交易市場，並要求擴大行業範圍。各部門要加強監管。\n" * 5
    with serving({"/": sends(text.encode(encoding), f"text/plain; charset={declared}")}) as server:
        assert fetched(server).extracted.text == text


def test_text_too_short_to_tell_is_read_as_declared() -> None:
    needed = 0
    for text, encoding in [
        ("鱷魚", "gb18030"),
        ("鑰匙", "big5"),
        ("葡萄", "big5"),
        ("籃球", "gbk"),
    ]:
        page = sends(text.encode(encoding), f'text/plain; charset="{encoding}"')
        with serving({"/": page, "/none": sends(text.encode(encoding))}) as server:
            assert fetched(server).extracted.text == text
            with suppress(InputError):
                needed -= fetched(server, "/none").extracted.text == text
            needed += 1
    assert needed, "the declared encoding was not needed"


def test_redirects_are_followed_and_the_last_address_is_known() -> None:
    with serving({"/": redirects("/b?x=1#part"), "/b?x=1": sends(TEXT)}) as server:
        assert fetched(server).extracted.found["url"] == server.at("/b?x=1")


def test_a_packed_page_is_unpacked() -> None:
    pages = {"/": sends(gzip.compress(TEXT.encode()), Content_Encoding="gzip")}
    with serving(pages) as server:
        loaded = fetched(server)
    assert loaded.raw == TEXT.encode()


def test_ipv6_loopback_is_reached_when_allowed() -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6")
    with serving({"/": sends(TEXT)}, socket.AF_INET6) as server:
        address = server.at("/", "[::1]")
        assert read(address, limits=Limits(allow_private_addresses=True)).raw == TEXT.encode()
        assert "private network (::1)" in refusal(address)


# What is refused


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0x7f.1", "0177.0.0.1", "127.1"),
        *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "10.0.0.1", "172.16.0.1"),
        *("192.168.1.1", "169.254.169.254", "100.64.0.1", "[fe80::1]", "[fc00::1]", "224.0.0.1"),
        *("[64:ff9b::a00:1]", "[2002:7f00:1::]", "[::127.0.0.1]", "240.0.0.1", "[ff02::1]"),
        *("255.255.255.255", "192.0.0.8", "198.18.0.1", "[fec0::1]", "[2001:db8::1]"),
    ],
)
def test_private_addresses_are_refused_unasked(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it connected"))
    line = refusal(f"http://{host}:8080/")
    assert "allow_private_addresses" in line or "is no address" in line


@pytest.mark.parametrize(
    ("address", "public"),
    [
        *(("8.8.8.8", True), ("2606:4700::1111", True), ("64:ff9b::808:808", True)),
        *(("::ffff:8.8.8.8", True), ("2002:808:808::1", True), ("2002:a00:1::1", False)),
        *(("::ffff:10.0.0.1", False), ("64:ff9b::7f00:1", False), ("fe80::1%eth0", False)),
    ],
)
def test_addresses_of_the_public_internet(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_redirect_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop is let through as if it were public; the second must be checked by itself."""
    resolve = socket.getaddrinfo

    def by_name(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
        return resolve("127.0.0.1" if host == "news.example" else host, port, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", by_name)
    monkeypatch.setattr("rag.pinned_network.is_public", _only_first_is_public())
    pages = {"/": redirects("http://127.0.0.1:1/secret"), "/secret": sends("secret")}
    with serving(pages) as server:
        line = refusal(server.at("/", "news.example"))
    assert "private network" in line
    assert [path for path, _ in server.asked] == ["/"]


def _only_first_is_public() -> Callable[[str], bool]:
    asked: list[str] = []

    def answer(address: str) -> bool:
        asked.append(address)
        return len(asked) == 1

    return answer


def test_a_name_is_resolved_once_and_the_checked_address_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that gives a public address first and loopback then must not reach loopback."""
    answers = ["203.0.113.9", "127.0.0.1"]
    connected: list[Any] = []

    def rebinding(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
        if host != "rebind.example":
            return resolve(host, port, *rest, **named)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), port))]

    def connect(self: socket.socket, address: Any) -> None:
        connected.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr("rag.pinned_network.is_public", lambda address: address != "127.0.0.1")
    refusal("http://rebind.example/")
    assert connected == [("203.0.113.9", 80)]


def test_a_host_is_refused_if_any_of_its_addresses_is_private(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def both(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in ("8.8.8.8", "192.168.0.7")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    assert "192.168.0.7" in refusal("http://both.example/")


def test_redirects_are_bounded() -> None:
    pages = {f"/{step}": redirects(f"/{step + 1}") for step in range(MOST_REDIRECTS + 2)}
    pages |= {"/loop": redirects("/loop"), "/0/": sends(TEXT)}
    pages[f"/{MOST_REDIRECTS}"] = sends(TEXT)
    with serving(pages) as server:
        assert fetched(server, "/0").raw == TEXT.encode()
        for path in ("/loop",):
            server.asked.clear()
            line = refusal(server.at(path), allow_private_addresses=True)
            assert f"more than {MOST_REDIRECTS} times" in line
            assert len(server.asked) == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://example.org/a", "gopher://x/", "http://user:pw@127.0.0.1/"]
)
def test_a_redirect_to_another_scheme_or_with_a_password_is_refused(to: str) -> None:
    with serving({"/": redirects(to)}) as server:
        line = refusal(server.at("/"), allow_private_addresses=True)
    assert "neither http nor https" in line or "user name or password" in line
    assert "pw" not in line.replace("password", "")


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "404 Not Found"), (500, "500"), (204, "204"), (403, "403"), (799, "799")],
)
def test_an_error_of_the_server_is_told(status: int, words: str) -> None:
    with serving({"/": sends("错误 error page", status=status)}) as server:
        assert words in refusal(server.at("/"), allow_private_addresses=True)


@pytest.mark.parametrize("kind", ["image/png", "VIDEO/mp4; x=y", "audio/mpeg"])
def test_pictures_and_films_are_not_fetched(kind: str) -> None:
    with serving({"/": sends(b"x" * 100, kind)}) as server:
        assert kind.lower() in refusal(server.at("/"), allow_private_addresses=True)


@pytest.mark.parametrize("head", [True, False])
def test_a_slow_drip_ends_in_time(head: bool) -> None:
    with serving({"/": drips(head)}) as server:
        line = refusal(server.at("/"), allow_private_addresses=True, fetch_seconds=0.5)
    assert "more than 0.5 seconds" in line


def test_a_silent_server_ends_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert "seconds" in refusal(address, allow_private_addresses=True, fetch_seconds=0.3)


def test_a_body_without_end_is_cut_at_the_limit() -> None:
    with serving({"/": floods}) as server:
        line = refusal(server.at("/"), allow_private_addresses=True, max_file_megabytes=1)
    assert "more than 1 MB" in line
    assert "max_file_megabytes" in line


def test_a_large_body_is_refused_by_its_length() -> None:
    with serving({"/": sends(b"x" * 2000)}) as server:
        line = refusal(server.at("/"), allow_private_addresses=True, max_file_megabytes=0.001)
    assert "max_file_megabytes" in line


def test_a_packed_bomb_is_counted_unpacked() -> None:
    bomb = gzip.compress(b"0" * 100 * MB)
    assert len(bomb) < MB
    with serving({"/": sends(bomb, Content_Encoding="gzip")}) as server:
        line = refusal(server.at("/"), allow_private_addresses=True, max_file_megabytes=2)
    assert "more than 2 MB" in line


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(TEXT.encode())[:-12], "gzip"),
        (b"no gzip at all", "gzip"),
        (TEXT.encode(), "br"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(body: bytes, encoding: str) -> None:
    with serving({"/": sends(body, Content_Encoding=encoding)}) as server:
        assert "packed" in refusal(server.at("/"), allow_private_addresses=True)


def broken_off(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nhalf")
    request.wfile.flush()
    request.connection.shutdown(socket.SHUT_RDWR)


def garbled(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"\x00\x01\x02 no http\r\n\r\n")


@pytest.mark.parametrize("handle", [broken_off, garbled, sends("")])
def test_what_is_no_whole_page_is_refused(handle: Handle) -> None:
    with serving({"/": handle}) as server:
        assert refusal(server.at("/"), allow_private_addresses=True)


def test_https_to_a_port_without_tls_is_refused() -> None:
    with serving({"/": sends(TEXT)}) as server:
        address = server.at("/").replace("http:", "https:")
        assert "could not be fetched" in refusal(
            address, allow_private_addresses=True, fetch_seconds=3
        )


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ftp://example.org/a.txt", "neither http nor https"),
        ("file:///etc/passwd", "neither http nor https"),
        ("https://user:secret@example.org/", "password"),
        ("http:///a", "no host"),
        ("http://[::1/", "no address"),
        ("http://example.org:99999/", "no host and port"),
        ("http://exam\nple.org/", "no address"),
        ("http://" + "a" * 70 + ".example/", ""),
    ],
)
def test_bad_addresses_are_refused_in_one_line(
    address: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it connected"))
    line = refusal(address)
    assert words in line
    assert "secret" not in line


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving({"/": sends(TEXT)}) as server:
        assert fetched(server).raw == TEXT.encode()


# In a library


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        (
            "HTTP://Example.COM:80/政策 文件?q=一#part",
            "http://example.com/%E6%94%BF%E7%AD%96%20%E6%96%87%E4%BB%B6?q=%E4%B8%80",
        ),
        ("https://例え.jp", "https://xn--r8jz45g.jp/"),
        ("https://a.example/x/../y", "https://a.example/y"),
    ],
)
def test_an_address_has_one_spelling(address: str, plain: str) -> None:
    assert normalised(address) == plain == normalised(plain) == location_of(address)


def put(store: Store, *sources: Path | str, mirror: bool = False) -> Any:
    limits = Limits(allow_private_addresses=True)
    return ingest(store, sources, chunk_tokens=40, limits=limits, mirror=mirror)


def test_pages_and_files_go_in_together_and_bad_pages_stop_nothing(
    store: Store, tmp_path: Path
) -> None:
    folder = write_files(tmp_path / "文件")
    with serving({"/a": sends(TEXT)}) as server:
        bad, good = server.at("/none"), server.at("/a#part")
        report = put(store, bad, folder, good, "ftp://example.org/x")
        assert [path for path, _ in report.failed] == [bad, "ftp://example.org/x"]
        assert good in report.added
        document = store.document(server.at("/a"))
        assert (document.path, store.location_of(document.id)) == (good, server.at("/a"))
        assert store.raw(document.id) == TEXT.encode()
        assert put(store, server.at("/a"), good).unchanged == [server.at("/a"), good]
        server.pages["/a"] = sends(TEXT + "新的一段。")
        assert put(store, good).changed == [good]
        server.pages["/a"] = sends("", status=500)
        assert len(put(store, good).failed) == 1
    assert "新的一段" in store.document(good).text


def test_a_mirror_of_a_folder_leaves_pages_alone(store: Store, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "文件")
    with serving({"/a": sends(TEXT)}) as server:
        put(store, server.at("/a"), folder)
    (folder / "施政報告.txt").unlink()
    report = put(store, folder, mirror=True)
    assert len(report.removed) == 1
    assert store.document(server.at("/a"))


def test_the_command_tells_a_refused_address_in_one_line(tmp_path: Path) -> None:
    outcome = here("ingest", "http://127.0.0.1:9/", "--library", tmp_path / "l")
    assert outcome.code == 1
    (line,) = outcome.err.splitlines()
    assert line.startswith("failed: http://127.0.0.1:9/: ")
    assert "allow_private_addresses" in line
    listed = json.loads(here("documents", "--library", tmp_path / "l", "--json").out)
    assert listed == []
