"""Whether the keyboard alone suffices: Tab comes to every control in sight, and one sees where it is."""

from pathlib import Path

from playwright.sync_api import Page

SCRIPT = (Path(__file__).parent / "keyboard.js").read_text()


def out_of_reach(page: Page) -> list[str]:
    """A sentence for each control in sight that Tab misses or that does not show its focus."""
    for _ in range(int(page.evaluate(SCRIPT, "start")) + 1):
        page.keyboard.press("Tab")
    return [str(one) for one in page.evaluate(SCRIPT, "end")]
