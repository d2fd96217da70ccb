"""WebKitGTK under a virtual screen: the nearest to an iPhone's browser that runs here."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import WebKitGTK
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

SCREEN = "600x900x24"


def found(name: str) -> str:
    path = shutil.which(name)
    assert path, f"{name} is missing: `make test` installs it."
    return path


def mini_browser() -> str:
    """The bare browser that comes with the driver."""
    places = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    places += sorted(Path("/usr/libexec").glob("webkit2gtk-4.*/MiniBrowser"))
    assert places, "No MiniBrowser of WebKitGTK found: `make test` installs one."
    return str(places[-1])


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen of its own; yields its name for DISPLAY."""
    reading, writing = os.pipe()
    command = [found("Xvfb"), "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(
        command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        assert number, "the virtual screen did not start"
        yield f":{number}"
    finally:
        server.kill()
        server.wait()


@contextmanager
def webkit(folder: Path) -> Iterator[WebKitGTK]:
    """A browser with a home of its own; nothing of the person's is read or written."""
    for name in ("home", "run"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    with screen() as display:
        environment = os.environ | {
            "DISPLAY": display,
            "HOME": str(folder / "home"),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "GDK_BACKEND": "x11",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
            "NO_AT_BRIDGE": "1",
            # Its sandbox needs rights that a container does not give; the pages are our own.
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        }
        options = Options()
        options.binary_location = mini_browser()
        options.add_argument("--automation")
        options.set_capability("browserName", "MiniBrowser")
        service = Service(found("WebKitWebDriver"), env=environment)
        browser = WebKitGTK(options=options, service=service)
        try:
            browser.set_script_timeout(60)
            browser.set_page_load_timeout(60)
            yield browser
        finally:
            browser.quit()
