"""In another engine than Chromium: worker, store, and a start without a server."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.e2e.stage import Stage
from tests.e2e.ward import Ward
from tests.e2e.webkit import webkit

PATIENCE = 60
WORKER_IS_READY = """
  const done = arguments[0];
  navigator.serviceWorker.ready.then(() => done(true), () => done(false));
"""


def seen(browser: WebKitGTK, how: str, what: str) -> WebElement:
    """The element, once it is on the screen."""

    def look(one: WebKitGTK) -> WebElement | bool:
        shown = [element for element in one.find_elements(how, what) if element.is_displayed()]
        return shown[0] if shown else False

    return WebDriverWait(browser, PATIENCE).until(look)


def button(browser: WebKitGTK, name: str) -> WebElement:
    return seen(browser, By.XPATH, f"//button[normalize-space()='{name}']")


def text(browser: WebKitGTK, words: str) -> WebElement:
    return seen(browser, By.XPATH, f"//*[contains(normalize-space(text()), '{words}')]")


def tap(browser: WebKitGTK, element: WebElement) -> None:
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'}); arguments[0].click();", element)


def log(browser: WebKitGTK, score: int) -> None:
    tap(browser, browser.find_element(By.CSS_SELECTOR, f"#pain input[value='{score}']"))
    tap(browser, button(browser, "Save"))
    seen(browser, By.CSS_SELECTOR, "h1.saved")


# Selenium's own driver class still calls it the old way.
@pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")
def test_the_diary_works_in_webkit_with_and_without_a_server(stage: Stage, ward: Ward, tmp_path: Path):
    stage.go_to(datetime.now(UTC))  # this browser has the real time
    performed = stage.now() - timedelta(minutes=150)  # one check-in is due, then none for a while
    episode = ward.episode(performed.isoformat(timespec="seconds"))
    invitation = ward.clinic.invite(episode)
    with webkit(tmp_path) as browser:
        browser.get(invitation["link"])
        seen(browser, By.CSS_SELECTOR, ".code input").send_keys(invitation["code"])
        tap(browser, button(browser, "Connect"))
        seen(browser, By.CSS_SELECTOR, "#pain .score")
        log(browser, 3)
        assert browser.execute_async_script(WORKER_IS_READY)
        text(browser, "All received")

        stage.kill()
        browser.get(f"{stage.url}/today")
        tap(browser, button(browser, "Add a score"))
        seen(browser, By.CSS_SELECTOR, "#pain .score")
        log(browser, 5)
        text(browser, "1 on this phone")

        browser.get(f"{stage.url}/history")
        seen(browser, By.CSS_SELECTOR, ".mark.warn")
        stage.start()
        browser.get(f"{stage.url}/phone")
        text(browser, "Your clinic has received everything.")
    assert ward.pains(episode) == [3, 5]
