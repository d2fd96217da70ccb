"""Screens x languages x sizes x themes: axe finds nothing, nothing scrolls sideways. `make soak` does all."""

from datetime import timedelta

from playwright.sync_api import CDPSession, Page

from tests.e2e.browsers import PHONE
from tests.e2e.conftest import MONDAY_MORNING, OpenContext
from tests.e2e.pairs import Case, all_cases, pairwise_cases
from tests.e2e.patient_phone import PatientPhone
from tests.e2e.patient_walk import RIGHT_TO_LEFT, PatientWalk
from tests.e2e.practice import Practice
from tests.e2e.stage import Stage
from tests.e2e.watch import Watch
from tests.factories.racing import SOAK

T0 = MONDAY_MORNING + timedelta(minutes=20)
LANGUAGES = ["en", "es", "de", "ar"]
SIZES = {
    "320": (320, 568, 100),
    "320 at twice the text": (320, 568, 200),
    "360": (360, 740, 100),
    "360 at twice the text": (360, 740, 200),
    "desk": (1280, 800, 100),
}
THEMES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "reduced motion": {"color_scheme": "dark", "reduced_motion": "reduce"},
    "first night": {"color_scheme": "light"},
}
BROKEN_WORDS = """() => {
  const texts = document.createTreeWalker(document.querySelector(".frame"), NodeFilter.SHOW_TEXT);
  const broken = [];
  for (const range = new Range(); texts.nextNode(); ) {
    for (const word of texts.currentNode.data.matchAll(/\\p{L}+/gu)) {
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      const lines = new Set(Array.from(range.getClientRects(), (part) => part.top));
      if (lines.size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""
"""Words that stand on two lines. English has none so long that it would have to."""
USUAL = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "no-preference"}


def test_every_screen_in_every_language_size_and_theme(stage: Stage, open_context: OpenContext):
    page, watch = a_phone_with_entries(stage, open_context)
    walk = PatientWalk(page, stage)
    session = page.context.new_cdp_session(page)  # the size of the text lasts as long as this does
    cases = (all_cases if SOAK else pairwise_cases)(list(walk.screens), LANGUAGES, list(SIZES), list(THEMES))

    for case in sorted(cases, key=lambda case: case[1:]):
        screen, language, *_ = case
        dress(walk, session, case)
        walk.screens[screen]()
        if case[3] == "first night":
            page.evaluate("document.documentElement.dataset.palette = 'night'")
        direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
            language,
            direction,
        ]
        watch.screen(page, " / ".join(case))
        if language == "en":
            watch.problems += [f"{case}: broken: {word}" for word in page.evaluate(BROKEN_WORDS)]


def dress(walk: PatientWalk, session: CDPSession, case: Case) -> None:
    """Language, size and theme of a case; the text grows as a phone's own setting makes it grow."""
    _, language, size, theme = case
    width, height, text = SIZES[size]
    walk.speak(language)
    walk.page.set_viewport_size({"width": width, "height": height})
    walk.page.emulate_media(**(USUAL | THEMES[theme]))
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16 * text // 100}})


def a_phone_with_entries(stage: Stage, open_context: OpenContext) -> tuple[Page, Watch]:
    """A score from before the injection, and one an hour after it."""
    practice = Practice.with_patient(stage)
    invitation = practice.invite()
    pocket, watch = open_context("phone", PHONE)
    phone = PatientPhone(pocket.new_page(), stage)
    phone.connect(invitation.link, invitation.code)
    phone.log(7)
    stage.go_to(T0 + timedelta(minutes=2))
    practice.confirm_injection(T0)
    stage.go_to(T0 + timedelta(minutes=60))
    phone.follow()
    phone.log(2)
    phone.expect_all_received()
    return phone.page, watch
