"""Debian's Chromium, headless, with nothing that talks to the network by itself; and the screens it plays."""

import os
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Playwright, expect

QUIET = [
    "--no-sandbox",  # needed as root; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
SMALL_PHONE = PHONE | {"viewport": {"width": 320, "height": 568}}
LAPTOP = {"viewport": {"width": 1280, "height": 800}}
BERLIN = {"timezone_id": "Europe/Berlin", "locale": "en-GB"}
PATIENCE_MS = 30_000  # a busy machine is no fault of the screens
expect.set_options(timeout=PATIENCE_MS)


def chromium() -> str:
    """Path of the browser: CHROMIUM, else an installed one; none is an error, never a skip."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert found, "No Chromium found: `make test` installs one, or set CHROMIUM to a browser's path."
    return found


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=chromium(), args=QUIET)


def open_window(browser: Browser, device: dict[str, Any], **options: Any) -> BrowserContext:
    """A window whose storage ends with it: far quicker to have than a browser of its own."""
    context = browser.new_context(**(device | BERLIN | options))
    context.set_default_timeout(PATIENCE_MS)
    return context


def open_profile(
    playwright: Playwright, folder: Path, device: dict[str, Any], **options: Any
) -> BrowserContext:
    """A browser whose storage lives in ``folder``; opened there again, it finds what it had."""
    context = playwright.chromium.launch_persistent_context(
        folder, executable_path=chromium(), args=QUIET, **(device | BERLIN | options)
    )
    context.set_default_timeout(PATIENCE_MS)
    return context
