"""Looking into a PDF: its words, its tags, and what PDF/UA-1 asks of a document as far as it can be read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject


def opened(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    """All text of all pages with single blanks."""
    return " ".join(" ".join(page.extract_text() for page in opened(pdf).pages).split())


def tags(pdf: bytes) -> list[DictionaryObject]:
    """The structure elements in reading order."""
    root = opened(pdf).trailer["/Root"]["/StructTreeRoot"]
    return list(_walk(root))


def _walk(node: Any) -> Iterator[DictionaryObject]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _walk(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _walk(node["/K"])


def kinds(pdf: bytes) -> list[str]:
    return [str(tag["/S"]) for tag in tags(pdf)]


def assert_accessible(pdf: bytes) -> None:
    """What PDF/UA-1 (ISO 14289-1) asks and can be read here; typst itself refuses the rest."""
    document = opened(pdf)
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert document.metadata is not None
    assert document.metadata.title
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid:part>1<" in xmp
    assert all(page["/Tabs"] == "/S" for page in document.pages if "/Annots" in page)
    found = tags(pdf)
    figures = [tag for tag in found if tag["/S"] == "/Figure"]
    assert all(figure.get("/Alt") for figure in figures)
    headings = [str(tag["/S"]) for tag in found if str(tag["/S"]).startswith("/H")]
    assert headings[0] == "/H1"
    assert headings.count("/H1") == 1
    for page in document.pages:
        for face in page["/Resources"]["/Font"].values():
            inner = face.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert any(key in inner for key in ("/FontFile2", "/FontFile3")), "every face is embedded"
            assert "/ToUnicode" in face.get_object(), "every letter can be copied and read aloud"
