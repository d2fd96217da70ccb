"""What no screen may ever do: write an error to the console, breach the content policy, call another host."""

import re
from collections import Counter
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, Response

from tests.e2e.axe import violations
from tests.e2e.keyboard import out_of_reach

# The browser itself writes a refusal to the console. These are ordinary answers: nobody is signed in, and
# there is nothing to read of a planned injection.
EXPECTED_REFUSALS = {("/api/v1/clinic/session", "401"), ("/reading", "409")}
NO_ANSWER = "net::ERR_"
LOADING_FAILED = re.compile(rf"({NO_ANSWER})|status of (\d+)")
REPORT_VIOLATIONS = """
  addEventListener("securitypolicyviolation", (event) =>
    console.error(`content policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


WIDTHS = """() => {
  const room = document.documentElement.clientWidth;
  const nodes = [...document.querySelectorAll("body *")];
  const over = nodes.filter((node) => node.getBoundingClientRect().right > room + 0.5);
  const inner = over.filter((node) => !over.some((other) => other !== node && node.contains(other)));
  const named = inner.map((node) => `${node.tagName.toLowerCase()}.${node.getAttribute("class") ?? ""}`);
  return [document.documentElement.scrollWidth, room, [...new Set(named)].slice(0, 5).join(", ")];
}"""
"""Width of the page, of the window, and which elements reach beyond it."""


class Watch:
    """Collects what goes wrong in a browser context's pages; `verdict` fails the test with the list.

    The console tells what a request came to at a moment of the browser's choosing, maybe long after the test
    has gone on. So an expected failure is known by when its request began, not by when it is told.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.problems: list[str] = []
        self._context = context
        self._server_is_gone = False
        self._refusals = set(EXPECTED_REFUSALS)
        self._words: set[str] = set()
        self._open: set[Request] = set()
        self._excused: set[tuple[Request, str]] = set()
        self._meant: Counter[tuple[str, str]] = Counter()
        self._told: Counter[tuple[str, str]] = Counter()
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"uncaught: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("requestfinished", self._request_finished)
        context.on("requestfailed", self._request_failed)

    @contextmanager
    def without_server(self):
        """Requests that begin or are open inside may fail: they are the point of the test and no error."""
        self._server_is_gone = True
        self._excuse(*self._open)
        try:
            yield
        finally:
            self._hear_everything()
            self._server_is_gone = False

    @contextmanager
    def refusing(self, path: str, status: int):
        """The server is meant to answer ``status`` to requests to ``path`` that begin or are open inside."""
        self._refusals.add((path, str(status)))
        self._excuse(*self._open)
        try:
            yield
        finally:
            self._hear_everything()
            self._refusals.discard((path, str(status)))

    @contextmanager
    def expecting(self, word: str):
        """Inside, the browser is meant to complain with ``word`` in its message."""
        self._words.add(word)
        try:
            yield
        finally:
            self._hear_everything()
            self._words.discard(word)

    def screen(self, page: Page, name: str) -> None:
        """Check a screen as it stands: accessibility, and no scrolling sideways."""
        self.problems += [f"{name}: {violation}" for violation in violations(page)]
        width, room, widest = page.evaluate(WIDTHS)
        if width > room:
            self.problems.append(f"{name}: {width} px wide in a window of {room} px: {widest}")

    def keyboard(self, page: Page, name: str) -> None:
        """Check that the keyboard alone suffices on a screen as it stands."""
        self.problems += [f"{name}: {problem}" for problem in out_of_reach(page)]

    def verdict(self) -> None:
        """To be called when the context is closed and nothing more can be told."""
        for (url, sign), times in self._told.items():
            if times > self._meant[url, sign]:
                self.problems.append(f"console: {url} failed to load: {sign}")
        assert not self.problems, "\n".join(dict.fromkeys(self.problems))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type != "error" or any(word in message.text for word in self._words):
            return
        url = message.location.get("url", "")
        failure = LOADING_FAILED.search(message.text)
        if failure is None:
            self.problems.append(f"console: {message.text} ({url})")
            return
        sign = failure[1] or failure[2]
        # The worker's own file is asked for without a request that could be seen: its time has to do.
        if sign in self._meant_now(url):
            self._meant[url, sign] -= 1
        else:
            self._told[url, sign] += 1

    def _meant_now(self, url: str) -> set[str]:
        """What a request to ``url`` may come to at the moment."""
        path = urlsplit(url).path
        refused = {status for known, status in self._refusals if path.endswith(known)}
        return refused | ({NO_ANSWER} if self._server_is_gone else set())

    def _excuse(self, *requests: Request) -> None:
        self._excused |= {(request, sign) for request in requests for sign in self._meant_now(request.url)}

    def _request(self, request: Request) -> None:
        self._open.add(request)
        self._excuse(request)
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname != "localhost":
            self.problems.append(f"left this machine: {request.url}")

    def _response(self, response: Response) -> None:
        self._came_to(response.request, str(response.status))

    def _request_finished(self, request: Request) -> None:
        self._open.discard(request)

    def _request_failed(self, request: Request) -> None:
        self._open.discard(request)
        self._came_to(request, NO_ANSWER)

    def _came_to(self, request: Request, sign: str) -> None:
        if (request, sign) in self._excused:
            self._meant[request.url, sign] += 1

    def _hear_everything(self) -> None:
        """Let the browser's word of all requests so far arrive."""
        for page in self._context.pages:
            with suppress(Error):  # a page that is closed or lost has told everything
                page.evaluate("0")
