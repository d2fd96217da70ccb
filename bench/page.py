"""How many bytes a phone loads before the patient page works, compressed as they are sent."""

import sys
from html.parser import HTMLParser
from pathlib import Path

DIST = Path(__file__).parents[1] / "pwa" / "dist"
BUDGET_BYTES = 30_000
LOADED_AT_ONCE = {"stylesheet", "modulepreload"}


class FirstRequests(HTMLParser):
    """Collects what the browser fetches together with the page."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "script" and attributes.get("src"):
            self.paths.append(str(attributes["src"]))
        if tag == "link" and attributes.get("rel") in LOADED_AT_ONCE and attributes.get("href"):
            self.paths.append(str(attributes["href"]))


def page_size(dist: Path, page: str, encoding: str) -> dict[str, int]:
    """Bytes of the page and of each file it loads at once, pre-compressed (``gz`` or ``br``)."""
    parser = FirstRequests()
    parser.feed((dist / page).read_text())
    names = [page, *dict.fromkeys(path.lstrip("/") for path in parser.paths)]
    return {name: compressed(dist / name, encoding).stat().st_size for name in names}


def compressed(path: Path, encoding: str) -> Path:
    """The file beside ``path`` that a server would send; files too small to gain have none."""
    candidate = path.with_name(f"{path.name}.{encoding}")
    return candidate if candidate.exists() else path


def main() -> int:
    sizes = page_size(DIST, "index.html", "gz")
    for name, size in sizes.items():
        print(f"{size:>8,} B  {name}")
    gzip, brotli = sum(sizes.values()), sum(page_size(DIST, "index.html", "br").values())
    verdict = "within" if gzip <= BUDGET_BYTES else "OVER"
    print(f"{gzip:>8,} B  gzip, {verdict} the budget of {BUDGET_BYTES:,} B ({brotli:,} B brotli)")
    return 0 if gzip <= BUDGET_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
