"""A tiny typed builder for SVG elements: correct escaping, compact and deterministic bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ODD = re.compile('[&<>"]|' + _NOT_XML.pattern)
_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})

Value = str | float


class _Names(dict[str, str]):
    """The names of attributes as XML writes them, by the names they have here."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rstrip("_").replace("_", "-")
        return self[name]


_names = _Names()


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
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def el(tag: str, *children: Element | str, **attributes: Value | None) -> Element:
    """Build an element; `class_` becomes `class`, `stroke_width` becomes `stroke-width`, None is left out."""
    named = {
        _names[key]: value if isinstance(value, str) else number(value)
        for key, value in attributes.items()
        if value is not None
    }
    return Element(tag, named, list(children))


def escape(text: str) -> str:
    """Text made safe for element content and double-quoted attributes; characters XML forbids are dropped."""
    return _NOT_XML.sub("", text).translate(_SPECIAL) if _ODD.search(text) else text


def serialise(element: Element) -> str:
    """The element as XML text without any white space of its own."""
    pieces: list[str] = []
    _write(element, pieces)
    return "".join(pieces)


def _write(element: Element, pieces: list[str]) -> None:
    attributes = element.attributes
    if _ODD.search("".join(attributes.values())):
        attributes = {key: escape(value) for key, value in attributes.items()}
    pieces.append(f"<{element.tag}")
    pieces.extend([f' {key}="{value}"' for key, value in attributes.items()])
    if not element.children:
        pieces.append("/>")
        return
    pieces.append(">")
    for child in element.children:
        if isinstance(child, str):
            pieces.append(escape(child))
        else:
            _write(child, pieces)
    pieces.append(f"</{element.tag}>")
