"""axe-core, run inside the page: the machine-checkable part of WCAG 2.2 AA."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).parents[2] / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _source() -> str:
    return SOURCE.read_text()


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the screen as it stands, one sentence each."""
    # `evaluate` is not subject to the page's content policy, an added script tag would be.
    page.evaluate(_source())
    found: list[dict[str, Any]] = page.evaluate(
        "async (standard) => (await axe.run({ runOnly: standard, resultTypes: ['violations'] })).violations",
        STANDARD,
    )
    return [f"{one['id']}: {one['help']}, at {node['target']}" for one in found for node in one["nodes"]]
