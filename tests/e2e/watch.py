"""What no screen may ever do: write an error to the console, breach the content policy, call another host."""

from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from tests.e2e.axe import violations

# The browser itself writes a refusal to the console. These are ordinary answers: nobody is signed in, and
# there is nothing to read of a planned injection.
EXPECTED_REFUSALS = {("/api/v1/clinic/session", "401"), ("/reading", "409")}
REPORT_VIOLATIONS = """
  addEventListener("securitypolicyviolation", (event) =>
    console.error(`content policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


class Watch:
    """Collects what goes wrong in a browser context's pages; `verdict` fails the test with the list."""

    def __init__(self, context: BrowserContext) -> None:
        self.problems: list[str] = []
        self._server_is_gone = False
        self._refusals = set(EXPECTED_REFUSALS)
        self._words: set[str] = set()
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"uncaught: {error.error}"))
        context.on("request", self._request)

    @contextmanager
    def without_server(self):
        """Inside, failed connections are the point of the test and no error."""
        self._server_is_gone = True
        try:
            yield
        finally:
            self._server_is_gone = False

    @contextmanager
    def refusing(self, path: str, status: int):
        """Inside, the server is meant to answer ``status`` at ``path``."""
        self._refusals.add((path, str(status)))
        try:
            yield
        finally:
            self._refusals.discard((path, str(status)))

    @contextmanager
    def expecting(self, word: str):
        """Inside, the browser is meant to complain with ``word`` in its message."""
        self._words.add(word)
        try:
            yield
        finally:
            self._words.discard(word)

    def screen(self, page: Page, name: str) -> None:
        """Check a screen as it stands: accessibility, and no scrolling sideways."""
        self.problems += [f"{name}: {violation}" for violation in violations(page)]
        width, room = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        if width > room:
            self.problems.append(f"{name}: {width} px wide in a window of {room} px")

    def verdict(self) -> None:
        assert not self.problems, "\n".join(dict.fromkeys(self.problems))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type != "error" or self._is_expected(message):
            return
        self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _is_expected(self, message: ConsoleMessage) -> bool:
        if "net::ERR_" in message.text and self._server_is_gone:
            return True
        if any(word in message.text for word in self._words):
            return True
        path = urlsplit(message.location.get("url", "")).path
        return any(
            path.endswith(known) and f"status of {status}" in message.text for known, status in self._refusals
        )

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname != "localhost":
            self.problems.append(f"left this machine: {request.url}")
