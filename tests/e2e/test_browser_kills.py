"""The browser is killed while it writes: everything that was shown as saved is there, and nothing twice."""

import os
import random
import signal
import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Error, Page, Playwright, expect

from tests.e2e.browsers import PHONE, open_profile
from tests.e2e.conftest import MONDAY_MORNING
from tests.e2e.patient_phone import PatientPhone
from tests.e2e.stage import Stage
from tests.e2e.ward import Ward
from tests.factories.racing import times

KILLS = times(10, 100)
STORED = """async () => {
  const opened = indexedDB.open('afterblock');
  await new Promise((done) => { opened.onsuccess = done; });
  const tables = opened.result.transaction(['revisions', 'outbox']);
  const [rows, queue] = ['revisions', 'outbox'].map((table) => tables.objectStore(table).getAll());
  await new Promise((done) => { tables.oncomplete = done; });
  opened.result.close();
  const pains = new Map(rows.result.map((row) => [row.rev_id, row.body.pain]));
  return queue.result.map((item) => pains.get(item.rev_id));
}"""


def kill_browser(folder: Path) -> None:
    """SIGKILL for every process of the browser whose profile is ``folder``; nothing of it can still write."""
    marker = f"--user-data-dir={folder}".encode()
    for process in Path("/proc").iterdir():
        with suppress(OSError):
            if process.name.isdigit() and marker in (process / "cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)


def save_until_killed(phone: PatientPhone, scores: list[int], shown: list[int]) -> None:
    """Save one score after the other: `scores` were tapped, `shown` are those the screen called saved."""
    page = phone.page
    while True:
        phone.begin()
        score = random.randint(1, 9)
        phone.choose(score)
        scores.append(score)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("heading", name="Saved")).to_be_visible()
        shown.append(score)
        phone.go("Diary")


def stored(page: Page) -> list[int]:
    return page.evaluate(STORED)


def test_what_was_shown_as_saved_survives_the_browsers_death(
    stage: Stage, ward: Ward, playwright: Playwright, tmp_path: Path
):
    stage.go_to(MONDAY_MORNING - timedelta(minutes=55))
    episode = ward.episode()
    folder = tmp_path / "pocket"
    context = open_profile(playwright, folder, PHONE)
    phone = ward.connect(context.new_page(), episode)
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.close()
    stage.kill()
    possible: list[list[int]] = [[]]
    saves = 0
    for _ in range(KILLS):
        context = open_profile(playwright, folder, PHONE)
        phone = PatientPhone(context.new_page(), stage)
        phone.open("/history")
        phone.expect_connected()
        before = stored(phone.page)
        assert before in possible, "lost, or there without having been saved"
        tapped: list[int] = []
        shown: list[int] = []
        killer = threading.Timer(random.uniform(0.7, 4), kill_browser, [folder])
        killer.start()
        with suppress(Error, AssertionError):
            save_until_killed(phone, tapped, shown)
        killer.join()
        with suppress(Error):
            context.close()
        possible = [before + shown, before + tapped]
        saves += len(shown)
    assert saves > 0
    stage.start()
    context = open_profile(playwright, folder, PHONE)
    phone = PatientPhone(context.new_page(), stage)
    phone.open("/today")
    phone.expect_all_received()
    entries = ward.entries(episode)
    assert sorted(ward.pains(episode)) in [sorted(scores) for scores in possible]
    assert all(len(entry["revisions"]) == 1 for entry in entries)
    context.close()
