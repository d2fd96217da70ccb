"""Colour and class of everything drawn: one class per token, the colour beside it as an attribute.

A page restyles with `.ab-<token> {color: ...}`; `.ab-paper` takes `fill`, `.ab-halo` takes `stroke`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from server.charts.element import Element, el
from server.charts.palette import Theme, palette


@dataclass(frozen=True, slots=True)
class Pen:
    """The tokens of one theme and the prefix of the ids in this chart."""

    tokens: Mapping[str, str]
    prefix: str

    def group(self, token: str, *children: Element | str, **attributes: str | float | None) -> Element:
        """A group whose `currentColor` is the token."""
        return el("g", *children, class_=f"ab-{token}", color=self.tokens[token], **attributes)

    def lines(self, token: str, *children: Element | str, **attributes: str | float | None) -> Element:
        """A group of unfilled strokes in one token."""
        return self.group(token, *children, fill="none", stroke="currentColor", **attributes)

    def paper(self) -> dict[str, str]:
        """Attributes of a shape that covers what is behind it."""
        return {"class_": "ab-paper", "fill": self.tokens["paper"]}

    def text(
        self,
        words: str,
        x: float,
        y: float,
        token: str = "ink",  # noqa: S107 a colour token, not a secret
        *,
        size: float = 12,
        bold: bool = False,
        anchor: str | None = None,
        halo: bool = False,
    ) -> Element:
        """One line of text with its baseline at `y`; `halo` keeps it legible on lines and dots."""
        letters = el(
            "text",
            words,
            x=x,
            y=y,
            font_size=size,
            font_weight="600" if bold else None,
            text_anchor=anchor,
            fill="currentColor",
            class_=f"ab-{token}",
            color=self.tokens[token],
        )
        if halo:
            back = {"stroke": self.tokens["paper"], "stroke-width": "3", "stroke-linejoin": "round"}
            letters.attributes.update(back, **{"paint-order": "stroke", "class": f"ab-{token} ab-halo"})
        return letters


def pen(theme: Theme, prefix: str) -> Pen:
    """The pen of one theme."""
    return Pen(palette(theme), prefix)
