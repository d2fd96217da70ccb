"""The patient app on a slow phone: first load, saving, starting offline, with few and with many entries."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, sync_playwright

from server.persistence import migrate
from tests.e2e.browsers import PHONE, open_profile
from tests.e2e.stage import Stage
from tests.e2e.ward import Ward
from tests.postgres import DatabaseUrls

SLOW_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOW_CPU = 4
ROUNDS = 5
PATIENCE_S = 60
MANY = 2_000
BUDGETS = {
    "scripts and styles of the first load": (30_000, "B"),
    "requests of the first load": (5, ""),
    "usable on a slow line and a slow phone": (1_000, "ms"),
    "from the tap to saved": (50, "ms"),
    "start without a network": (500, "ms"),
}
SCALE = "#pain input"
WATCH = (Path(__file__).parent / "phone_watch.js").read_text()
FILL = (Path(__file__).parent / "phone_fill.js").read_text()


@contextmanager
def running(folder: Path) -> Iterator[tuple[Stage, Ward]]:
    """The product with one clinic, on SQLite and on real time."""
    url = f"sqlite:///{folder / 'bench.sqlite3'}"
    migrate.upgrade(url, url)
    stage = Stage(DatabaseUrls(url, url), folder, datetime.now(UTC))
    stage.start()
    try:
        yield stage, Ward(stage)
    finally:
        stage.close()


def slowed(context: BrowserContext, page: Page, *, line: bool) -> CDPSession:
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
    if line:
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", SLOW_LINE)
    return devtools


def first_load(playwright: Playwright, folder: Path, url: str) -> dict[str, float]:
    """A browser that runs and has never seen the page opens it on a slow line."""
    context = open_profile(playwright, folder, PHONE)
    context.add_init_script(WATCH)
    page = context.new_page()
    # Its own start is not the page's: another address, so that no connection and no process is there already.
    page.goto(url.partition("/enrol")[0].replace("localhost", "127.0.0.1") + "/healthz")
    devtools = slowed(context, page, line=True)
    kinds: dict[str, str] = {}
    answers: dict[str, dict[str, Any]] = {}
    devtools.on(
        "Network.requestWillBeSent", lambda event: kinds.setdefault(event["requestId"], event["type"])
    )
    devtools.on(
        "Network.responseReceived",
        lambda event: answers.__setitem__(event["requestId"], event["response"]),
    )
    page.goto(url)
    usable = mark(page, "usable")
    page.wait_for_load_state("networkidle")
    files = {"Document", "Script", "Stylesheet"}
    own = [one for one, kind in kinds.items() if kind in files and not from_phone(answers[one])]
    loaded = sum(compressed_size(answers[one]) for one in own if kinds[one] != "Document")
    context.close()
    return {"usable": usable, "requests": len(own), "bytes": loaded}


def compressed_size(answer: dict[str, Any]) -> int:
    """What the budget counts, as the build does: the file as it was sent, without the lines before it."""
    headers = {name.lower(): value for name, value in answer["headers"].items()}
    assert headers["content-encoding"] == "br", f"{answer['url']} was not sent compressed"
    return int(headers["content-length"])


def from_phone(response: dict[str, Any]) -> bool:
    """Whether the worker or the browser's own cache had it: nothing went over the line."""
    return response.get("fromServiceWorker", False) or response.get("fromDiskCache", False)


def mark(page: Page, name: str) -> float:
    """When the page noted ``name``, in ms after it was asked for."""
    until = time.monotonic() + PATIENCE_S
    # The browser's own way to wait evaluates text inside the page, which the content policy forbids.
    while (noted := page.evaluate(f"window.marks.{name} ?? null")) is None:
        assert time.monotonic() < until, f"the page was never {name}"
        time.sleep(0.02)
    return float(noted)


def save_once(page: Page) -> float:
    """Milliseconds from the tap on Save until the screen says that it is saved."""
    add = page.get_by_role("button", name="Add a score")
    page.locator(SCALE).first.or_(add).first.wait_for(state="attached")
    if add.is_visible():
        add.click()
    page.locator(SCALE).nth(4).check(force=True)
    page.get_by_role("button", name="Save", exact=True).click()
    saved = mark(page, "saved")
    taken = saved - float(page.evaluate("window.marks.tapped"))
    page.goto(page.url.partition("/today")[0] + "/today")
    return taken


def start_without_network(playwright: Playwright, profile: Path, url: str) -> float:
    context = open_profile(playwright, profile, PHONE)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(f"{url}/today")
    usable = mark(page, "usable")
    context.close()
    return usable


def offline_rounds(playwright: Playwright, profile: Path, url: str) -> dict[str, float]:
    """Medians of saving and starting, the server gone."""
    starts = [start_without_network(playwright, profile, url) for _ in range(ROUNDS)]
    context = open_profile(playwright, profile, PHONE)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(f"{url}/today")
    saves = [save_once(page) for _ in range(ROUNDS)]
    context.close()
    return {"start": statistics.median(starts), "save": statistics.median(saves)}


def measure(playwright: Playwright, folder: Path) -> list[tuple[str, str, float]]:
    found: list[tuple[str, str, float]] = []
    with running(folder) as (stage, ward):
        performed = stage.now() - timedelta(minutes=20)
        episode = ward.episode(performed.isoformat(timespec="seconds"))
        loads = [
            first_load(playwright, folder / f"fresh-{n}", ward.clinic.invite(episode)["link"])
            for n in range(ROUNDS)
        ]
        found += [
            ("scripts and styles of the first load", "", max(one["bytes"] for one in loads)),
            ("requests of the first load", "", max(one["requests"] for one in loads)),
            ("usable on a slow line and a slow phone", "", statistics.median(one["usable"] for one in loads)),
        ]
        profile = folder / "phone"
        context = open_profile(playwright, profile, PHONE)
        page = context.new_page()
        connect(ward, page, episode)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        context.close()
        stage.kill()
        few = offline_rounds(playwright, profile, stage.url)
        fill(playwright, profile, stage, episode)
        many = offline_rounds(playwright, profile, stage.url)
        for name, key in (("from the tap to saved", "save"), ("start without a network", "start")):
            found += [(name, "", few[key]), (name, f"with {MANY:,} entries", many[key])]
    return found


def connect(ward: Ward, page: Page, episode: str) -> None:
    invitation = ward.clinic.invite(episode)
    page.goto(invitation["link"])
    page.get_by_label("6-digit code").fill(invitation["code"])
    page.get_by_role("button", name="Connect").click()
    page.get_by_role("navigation").wait_for()


def fill(playwright: Playwright, profile: Path, stage: Stage, episode: str) -> None:
    """Put a long diary into the phone's store."""
    context = open_profile(playwright, profile, PHONE)
    page = context.new_page()
    page.goto(f"{stage.url}/phone")
    page.evaluate(FILL, [MANY, episode, (stage.now() - timedelta(days=1)).timestamp() * 1000])
    context.close()


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, sync_playwright() as playwright:
        found = measure(playwright, Path(folder))
    return 1 if sum([report(*one) for one in found]) else 0


def report(name: str, note: str, value: float) -> bool:
    """Print one line; true when it is over its budget."""
    budget, unit = BUDGETS[name]
    over = value > budget
    title = f"{name} {note}".strip()
    verdict = "OVER" if over else "within"
    print(f"{value:>8,.0f} {unit:<2} {title}, {verdict} the budget of {budget:,} {unit}".rstrip())
    return over


if __name__ == "__main__":
    sys.exit(main())
