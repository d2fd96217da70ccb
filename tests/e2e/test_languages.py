"""The patient's language: chosen on the first screen, only that one is loaded, changed without a network."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsers import PHONE
from tests.e2e.conftest import OpenContext
from tests.e2e.stage import Stage

WELCOME = {
    "en": "Welcome to Afterblock",
    "es": "Bienvenido a Afterblock",
    "de": "Willkommen bei Afterblock",
    "ar": "مرحبًا بك في Afterblock",
}


def first_screen(
    stage: Stage, open_context: OpenContext, name: str, locale: str
) -> tuple[Page, list[str], Any]:
    context, watch = open_context(name, PHONE, locale=locale)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(stage.url)
    return page, asked, watch


def expect_language(page: Page, language: str, direction: str) -> None:
    expect(page.get_by_role("heading", name=WELCOME[language])).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("html")).to_have_attribute("dir", direction)
    manifest = page.evaluate(
        "fetch(document.querySelector('link[rel=manifest]').href).then((it) => it.json())"
    )
    assert (manifest["lang"], manifest["dir"], manifest["id"]) == (language, direction, "/")


@pytest.mark.parametrize(("locale", "language"), [("es-MX", "es"), ("ar-EG", "ar"), ("fr-FR", "en")])
def test_the_first_screen_speaks_the_phones_language_and_loads_no_other(
    stage: Stage, open_context: OpenContext, locale: str, language: str
):
    page, asked, watch = first_screen(stage, open_context, "phone", locale)

    expect_language(page, language, "rtl" if language == "ar" else "ltr")

    words = {found for url in asked if (found := re.search(r"/assets/(en|es|de|ar)(?:Later)?-", url))}
    assert {found[1] for found in words} == {language}
    watch.screen(page, f"welcome in {language}")


def test_the_language_is_changed_without_a_network_and_stays(stage: Stage, open_context: OpenContext):
    page, _, watch = first_screen(stage, open_context, "phone", "en-GB")
    expect_language(page, "en", "ltr")
    page.evaluate("navigator.serviceWorker.ready.then(({ active }) => active.state)")
    page.reload()
    expect_language(page, "en", "ltr")
    stage.kill()

    with watch.without_server():
        for name, language, direction in (("Deutsch", "de", "ltr"), ("العربية", "ar", "rtl")):
            page.get_by_role("radio", name=name).check()
            expect_language(page, language, direction)
            expect(page.get_by_role("radio", name=name)).to_be_focused()
        page.reload()
        expect_language(page, "ar", "rtl")
        watch.screen(page, "welcome in Arabic, without a network")
