"""The colours of the chart: one table of tokens per theme, shared with paper and tests."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Theme = Literal["light", "dark"]

TINT = 0.12
"""Opacity of a phase band; its edges and labels are solid."""


def _table(**tokens: str) -> Mapping[str, str]:
    return MappingProxyType(tokens)


THEMES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "light": _table(
            paper="#FFFFFF",
            page="#FAF9F6",
            ink="#18212B",
            muted="#4F5B67",
            edge="#85909A",
            grid="#E3E5E6",
            accent="#0A625E",
            danger="#A6231B",
            warn="#7A4B00",
            good="#1C5F3A",
            anaesthetic="#2B5FA8",
            flare="#B4500F",
            relief="#0F6B55",
            loss="#6A4C93",
        ),
        "dark": _table(
            paper="#182028",
            page="#10151A",
            ink="#E9EDF0",
            muted="#A9B4BE",
            edge="#6F7B86",
            grid="#2B343D",
            accent="#63CFC6",
            danger="#FF9D94",
            warn="#F3BE5A",
            good="#7BD3A0",
            anaesthetic="#8DB8F2",
            flare="#FFB27A",
            relief="#6FD6B4",
            loss="#C7AEEB",
        ),
    }
)
"""Theme -> token -> hex colour. `grid` is decoration and carries no meaning."""


def palette(theme: Theme) -> Mapping[str, str]:
    """The tokens of one theme; raises KeyError for an unknown one."""
    return THEMES[theme]
