"""Requests that a test keeps on their way for as long as it likes."""

from playwright.sync_api import BrowserContext, Page, Route

LOOKS = 400
BETWEEN_LOOKS_MS = 50


class Holding:
    """Holds back every request to ``pattern`` until the test lets it go."""

    def __init__(self, context: BrowserContext, pattern: str) -> None:
        self._routes: list[Route] = []
        context.route(pattern, self._take)

    def take(self, page: Page) -> Route:
        """The first request that is held, once there is one."""
        for _ in range(LOOKS):
            if self._routes:
                return self._routes.pop(0)
            page.wait_for_timeout(BETWEEN_LOOKS_MS)
        raise AssertionError("the request was never made")

    def _take(self, route: Route) -> None:
        self._routes.append(route)
