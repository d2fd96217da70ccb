import pytest

from server.charts.palette import THEMES, TINT, palette

TEXT = ("ink", "muted", "anaesthetic", "flare", "relief", "loss")
"""Tokens that labels of the chart are written in."""
ALSO_TEXT = ("accent", "danger", "warn", "good")
MARKS = ("edge",)


def channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def luminance(colour: tuple[float, float, float]) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[float, float, float], two: tuple[float, float, float]) -> float:
    lighter, darker = sorted((luminance(one), luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def tinted(token: str, theme: str) -> tuple[float, float, float]:
    """The paper under a phase band."""
    over, under = channels(THEMES[theme][token]), channels(THEMES[theme]["paper"])
    red, green, blue = (TINT * a + (1 - TINT) * b for a, b in zip(over, under, strict=True))
    return red, green, blue


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("token", [*TEXT, *ALSO_TEXT])
@pytest.mark.parametrize("background", ["paper", "page"])
def test_every_text_colour_reads_on_paper_and_page(theme: str, token: str, background: str):
    assert contrast(channels(THEMES[theme][token]), channels(THEMES[theme][background])) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("band", ["anaesthetic", "flare", "relief"])
@pytest.mark.parametrize("token", ["ink", "muted"])
def test_ink_reads_on_every_phase_band(theme: str, band: str, token: str):
    assert contrast(channels(THEMES[theme][token]), tinted(band, theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("token", ["relief", "loss"])
@pytest.mark.parametrize("band", ["flare", "relief"])
def test_marks_of_the_findings_stand_out_on_the_bands(theme: str, token: str, band: str):
    assert contrast(channels(THEMES[theme][token]), tinted(band, theme)) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("token", MARKS)
def test_axes_stand_out(theme: str, token: str):
    assert contrast(channels(THEMES[theme][token]), channels(THEMES[theme]["paper"])) >= 3


def test_both_themes_know_the_same_tokens():
    assert set(palette("light")) == set(palette("dark"))


def test_the_formula_agrees_with_black_on_white():
    assert round(contrast((0, 0, 0), (1, 1, 1)), 3) == 21
