"""A tiny typed builder for SVG elements: correct escaping, compact and deterministic bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})

Value = str | float


@dataclass(slots=True)
class Element:
    """One element: attributes in order of writing, children as elements or plain text."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def add(self, *children: Element | str | None) -> Element:
        """Append children (None is left out) and return the element itself."""
        self.children.extend(child for child in children if child is not None)
        return self


def number(value: float) -> str:
    """A coordinate in pixels with at most one decimal: `12`, `12.5`, never `-0`."""
    rounded = round(value, 1) + 0.0
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def el(tag: str, *children: Element | str, **attributes: Value | None) -> Element:
    """Build an element; `class_` becomes `class`, `stroke_width` becomes `stroke-width`, None is left out."""
    named = {
        key.rstrip("_").replace("_", "-"): value if isinstance(value, str) else number(value)
        for key, value in attributes.items()
        if value is not None
    }
    return Element(tag, named, list(children))


def escape(text: str) -> str:
    """Text made safe for element content and double-quoted attributes; characters XML forbids are dropped."""
    return _NOT_XML.sub("", text).translate(_SPECIAL)


def serialise(element: Element) -> str:
    """The element as XML text without any white space of its own."""
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterable[str]:
    yield f"<{element.tag}"
    for key, value in element.attributes.items():
        yield f' {key}="{escape(value)}"'
    if not element.children:
        yield "/>"
        return
    yield ">"
    for child in element.children:
        if isinstance(child, str):
            yield escape(child)
        else:
            yield from _pieces(child)
    yield f"</{element.tag}>"
