"""The watch over the browser catches what it is there for; otherwise every story would pass on silence."""

import http.server
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.browsers import LAPTOP, open_window
from tests.e2e.holding import Holding
from tests.e2e.watch import Watch

POLICY = "default-src 'self'; script-src 'self'"
BODIES = {
    "/good": "",
    "/inline": "<script>alert(1)</script>",
    "/unlabelled": "<input>",
    "/throws": "<script src=/throws.js></script>",
    "/elsewhere": "<img src=http://127.0.0.1:9/x alt=''>",
    "/wide": "<img width=3000 height=9 alt='' src=/picture>",
}
SCRIPT = "throw new Error('planted')"


def page_with(body: str) -> str:
    return f"<!doctype html><html lang=en><title>Test</title><main><h1>Test</h1>{body}</main></html>"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/refused":
            self.send_error(403)
            return
        is_script = self.path.endswith(".js")
        body = SCRIPT if is_script else page_with(BODIES.get(self.path, ""))
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if is_script else "text/html")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def pages() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


def problems_of(shared_browser: Browser, address: str) -> list[str]:
    context = open_window(shared_browser, LAPTOP)
    watch = Watch(context)
    page = context.new_page()
    page.goto(address)
    watch.screen(page, "page")
    context.close()
    return watch.problems


def test_a_good_page_raises_nothing(shared_browser: Browser, pages: str):
    assert problems_of(shared_browser, f"{pages}/good") == []


@pytest.mark.parametrize(
    ("path", "sign"),
    [
        ("/inline", "content policy"),
        ("/unlabelled", "label"),
        ("/throws", "uncaught"),
        ("/elsewhere", "left this machine"),
        ("/wide", "px wide"),
    ],
)
def test_a_bad_page_is_caught(shared_browser: Browser, pages: str, path: str, sign: str):
    assert any(sign in problem for problem in problems_of(shared_browser, pages + path))


LOSE = "fetch('/lost').catch(() => undefined)"
REFUSE = "fetch('/refused')"


def watched(shared_browser: Browser, address: str) -> tuple[Page, Watch]:
    context = open_window(shared_browser, LAPTOP)
    watch = Watch(context)
    page = context.new_page()
    page.goto(address)
    return page, watch


def test_what_began_without_a_server_may_fail_later_and_nothing_else(shared_browser: Browser, pages: str):
    page, watch = watched(shared_browser, f"{pages}/good")
    holding = Holding(page.context, "**/lost")
    with watch.without_server():
        page.evaluate(f"void {LOSE}")
        lost = holding.take(page)
    lost.abort()
    page.evaluate("fetch('/good').then(() => 0)")
    watch.verdict()

    page.evaluate(f"void {LOSE}")
    holding.take(page).abort()
    page.context.close()
    with pytest.raises(AssertionError, match="/lost failed to load"):
        watch.verdict()


def test_a_refusal_is_expected_as_often_as_it_was_meant(shared_browser: Browser, pages: str):
    page, watch = watched(shared_browser, f"{pages}/good")
    with watch.refusing("/refused", 403):
        page.evaluate(REFUSE)
    watch.verdict()

    page.evaluate(REFUSE)
    page.context.close()
    with pytest.raises(AssertionError, match="/refused failed to load: 403"):
        watch.verdict()
