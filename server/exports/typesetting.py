"""Pages as tagged PDF/UA: a template and plain data in, bytes out. Texts go in as data, never as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, cast

import typst

from server.charts.lettering import FONT_FAMILY

Paper = Literal["a4", "letter"]
PAPERS: Final = ("a4", "letter")

_HERE: Final = Path(__file__).parent
_TEMPLATES: Final = _HERE / "templates"
_FONTS: Final = _HERE / "fonts"
_FACE: Final = "IBM Plex Sans"
_UNWRITABLE: Final = "\N{REPLACEMENT CHARACTER}"
WRITABLE: Final = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x391, 0x3A1), (0x3A3, 0x3CE), (0x400, 0x45F), (0x606, 0x61B),
    (0x61E, 0x6A1), (0x6A3, 0x6FF), (0x1EA0, 0x1EF9), (0x2010, 0x2014), (0x2018, 0x201A), (0x201C, 0x201E),
    (0x2190, 0x2199), (0x2212, 0x2212), (0x2264, 0x2265), (0x2026, 0x2026), (0x2022, 0x2022),
)  # fmt: skip
"""Ranges of letters that the shipped faces hold in every weight."""


def typeset(template: str, content: Mapping[str, Any], made_at: datetime) -> bytes:
    """The page of a template as PDF/UA-1. The same content and time give the same bytes.

    Letters that the shipped faces lack come from the machine's own; those nobody has become a square.
    """
    data = json.dumps(content, ensure_ascii=False)
    try:
        return _compile(template, data, made_at, _own_faces())
    except typst.TypstError as error:
        if not _is_about_letters(error):
            raise
    try:
        return _compile(template, data, made_at, _all_faces())
    except typst.TypstError as error:
        if not _is_about_letters(error):
            raise
    return _compile(template, _writable(data), made_at, _own_faces())


def for_paper(svg: str) -> str:
    """A chart whose letters are set in the face that is shipped, since paper has no system fonts."""
    return svg.replace(FONT_FAMILY, _FACE)


def _compile(template: str, data: str, made_at: datetime, faces: typst.Fonts) -> bytes:
    compiler = typst.Compiler(
        _TEMPLATES / f"{template}.typ", root=_TEMPLATES, font_paths=faces, ignore_system_fonts=True
    )
    made = compiler.compile(
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards="ua-1",
        timestamp=int(made_at.timestamp()),
    )
    return cast("bytes", made)


@cache
def _own_faces() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])


@cache
def _all_faces() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[_FONTS])


def _is_about_letters(error: typst.TypstError) -> bool:
    return "could not be displayed" in error.message


def _writable(data: str) -> str:
    """The data with every letter that the shipped faces may lack replaced by the sign for one."""
    return "".join(
        sign if any(low <= ord(sign) <= high for low, high in WRITABLE) else _UNWRITABLE for sign in data
    )
