"""Draws the PNG icons from public/icons/icon.svg with Chromium; run after changing the drawing."""

from pathlib import Path

from playwright.sync_api import sync_playwright

ICONS = Path(__file__).parent.parent / "public" / "icons"
SIZES = {"icon-192": (192, 1.0), "icon-512": (512, 1.0)}
FULL_BLEED = {"maskable-192": (192, 0.8), "maskable-512": (512, 0.8), "icon-180": (180, 0.9)}


def page_for(svg: str, size: int, scale: float, background: str) -> str:
    """HTML of one icon: the drawing at `scale` of `size` px, centred on `background` (a CSS colour)."""
    side = round(size * scale)
    margin = (size - side) / 2
    return (
        f"<style>*{{margin:0}}body{{background:{background};width:{size}px;height:{size}px}}"
        f"svg{{display:block;position:absolute;left:{margin}px;top:{margin}px;width:{side}px;height:{side}px}}</style>{svg}"
    )


def main() -> None:
    """Write every PNG beside the SVG."""
    svg = (ICONS / "icon.svg").read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for names, background in ((SIZES, "transparent"), (FULL_BLEED, "#0A625E")):
            for name, (size, scale) in names.items():
                page = browser.new_page(viewport={"width": size, "height": size})
                page.set_content(page_for(svg, size, scale, background))
                page.screenshot(path=ICONS / f"{name}.png", omit_background=True)
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
