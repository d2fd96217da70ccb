"""How wide a text will be: widths measured in a wide screen face, so that other faces only need less."""

from __future__ import annotations

FONT_FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

_WIDEST = 100
_NON_ASCII = 84

_REGULAR_CLASSES = {
    27: "'", 28: "ijl", 29: "IJ", 32: " ,.·\u00a0", 34: "/:;|", 35: "f", 36: "-", 39: "()[]t", 40: "!",
    41: "r", 46: '"', 50: "*_–", 52: "sz", 53: "?", 55: "c", 56: "L", 58: "Fk", 59: "vxy", 60: "P",
    61: "TYao", 62: "e", 63: "ESbdghnpqu", 64: "$0123456789", 66: "K", 68: "AV", 69: "BRXZ", 70: "C",
    73: "U", 75: "HN", 77: "DG", 78: "&", 79: "OQ", 82: "w", 84: "#+<=>~≥≤±×", 86: "M", 95: "%", 97: "m",
    99: "W", 100: "@",
}  # fmt: skip
_BOLD_CLASSES = {
    31: "'", 34: "ijl", 35: " \u00a0", 37: "/IJ|", 38: ",.·", 40: ":;", 42: "-", 44: "f", 46: "!()[]",
    48: "t", 49: "r", 50: "_–", 52: '"*', 58: "?z", 59: "c", 60: "s", 64: "L", 65: "vxy", 67: "ak",
    68: "EFTe", 69: "o", 70: "$0123456789", 71: "hnu", 72: "SYbdgpq", 73: "CPZ", 76: "B", 77: "AKRVX",
    81: "U", 82: "G", 83: "D", 84: "#+<=>HN~≥≤±×", 85: "OQ", 87: "&", 92: "w", 100: "%@M", 104: "m",
    110: "W",
}  # fmt: skip


class _Widths(dict[str, int]):
    """The widths of signs in hundredths of the size."""

    def __init__(self, classes: dict[int, str]) -> None:
        super().__init__({sign: width for width, signs in classes.items() for sign in signs})

    def __missing__(self, sign: str) -> int:
        return _WIDEST if ord(sign) > 0x2E7F else _NON_ASCII


_REGULAR = _Widths(_REGULAR_CLASSES)
_BOLD = _Widths(_BOLD_CLASSES)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line in pixels at `size` pixels; an upper bound for the faces of FONT_FAMILY."""
    table = _BOLD if bold else _REGULAR
    return sum(map(table.__getitem__, text)) * size / 100


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break a text at spaces into lines of at most `width` pixels; a number stays with its unit."""
    words = text.replace(" %", "\u00a0%").split(" ")
    lines: list[str] = []
    for word in (piece for long in words for piece in _fitting(long, width, size, bold=bold)):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, bold=bold) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return tuple(lines)


def shorten(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, or its beginning and an ellipsis where it is wider than `width` pixels."""
    if text_width(text, size, bold=bold) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def _fitting(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    pieces: list[str] = []
    while text_width(word, size, bold=bold) > width and len(word) > 1:
        cut = len(word) - 1
        while cut > 1 and text_width(word[:cut], size, bold=bold) > width:
            cut -= 1
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]
