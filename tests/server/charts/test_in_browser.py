"""The chart in a real browser, under the policy of the product's pages."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from playwright.sync_api import Browser, Page, Playwright

from server.charts import draw
from tests.e2e.browsers import QUIET, chromium
from tests.server.charts.courses import CASES, course

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types afterblock"
)
ADDRESS = "http://localhost:9/"
LOAD = """() => new Promise((done, failed) => {
  window.broken = [];
  const keep = (event) => window.broken.push(event.violatedDirective);
  document.addEventListener('securitypolicyviolation', keep);
  const request = new XMLHttpRequest();
  request.open('GET', '/chart.svg');
  request.responseType = 'document';
  request.onload = () => {
    document.body.replaceChildren(document.importNode(request.responseXML.documentElement, true));
    done();
  };
  request.onerror = failed;
  request.send();
})"""
TEXTS = """() => [...document.querySelectorAll('text')].map((text) => {
  const box = text.getBBox();
  return [text.textContent, box.x, box.y + 0.2 * box.height, box.x + box.width, box.y + 0.8 * box.height];
})"""


@pytest.fixture(scope="module")
def browser_here(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
    yield browser
    browser.close()


@pytest.fixture
def page(browser_here: Browser) -> Iterator[Page]:
    page = browser_here.new_page()
    yield page
    page.close()


def show(page: Page, svg: str) -> None:
    """Fetch the chart as the clinic app does and put its nodes into a page under the strict policy."""
    headers = {"Content-Security-Policy": POLICY}
    page.route(ADDRESS, lambda route: route.fulfill(body="<body>", content_type="text/html", headers=headers))
    page.route(f"{ADDRESS}chart.svg", lambda route: route.fulfill(body=svg, content_type="image/svg+xml"))
    page.goto(ADDRESS)
    page.evaluate(LOAD)


def test_the_chart_lives_in_a_page_with_trusted_types(page: Page):
    show(page, draw(course(CASES["flare_then_late_relief"]()), theme="dark"))
    assert page.evaluate("window.broken") == []
    assert page.locator("svg").bounding_box() is not None
    colour = page.locator("text").first.evaluate("(text) => getComputedStyle(text).fill")
    assert colour == "rgb(233, 237, 240)"


def test_the_keyboard_reaches_the_marks_in_order_of_time(page: Page):
    show(page, draw(course(CASES["negative_none"]())))
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('data-entry')"))
    assert reached == ["h0.25", "h0.5", "h1", "h2", "h3", "h4", "h5", "h6", "h8", "d1", "d2", "d3"]


def test_a_screen_reader_meets_title_panels_and_named_marks(page: Page):
    show(page, draw(course(CASES["flare_then_late_relief"]())))
    tree = page.locator("body").aria_snapshot()
    assert 'group "Index pain, left leg, L5 left' in tree
    assert 'group "First hours: Strongly positive: 86 % relief"' in tree
    assert 'img "after 3 h, pain now 3 of 10, entered late"' in tree
    assert 'img "day 1, evening average 8 of 10; more radicular pain moderate' in tree
    assert "month 1" not in tree


@pytest.mark.parametrize("layout", ["wide", "narrow"])
@pytest.mark.parametrize("case", ["flare_then_late_relief", "many_symptoms", "crowded_labels", "dense"])
def test_no_two_texts_touch_as_a_browser_draws_them(page: Page, case: str, layout: str):
    show(page, draw(course(CASES[case]()), layout=layout))
    boxes = page.evaluate(TEXTS)
    touching = [
        (one[0], two[0])
        for one, two in combinations(boxes, 2)
        if one[1] < two[3] and two[1] < one[3] and one[2] < two[4] and two[2] < one[4]
    ]
    assert touching == []


def test_a_small_dot_takes_the_pointer_around_it(page: Page):
    show(page, draw(course(CASES["dense"]()), layout="narrow"))
    hit = page.locator("[data-entry=d60]").evaluate(
        """(dot) => {
          dot.scrollIntoView();
          const box = dot.getBoundingClientRect();
          const x = box.left + box.width / 2, y = box.top + box.height / 2 + 4;
          return document.elementFromPoint(x, y)?.getAttribute('data-entry');
        }"""
    )
    assert hit == "d60"
