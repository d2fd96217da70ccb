"""Answers that a browser keeps as files."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, stream_with_context

PDF = "application/pdf"


def download(content: str | bytes | Iterator[bytes], name: str, content_type: str) -> Response:
    """A file of that name; pieces are sent as they come."""
    whole = content if isinstance(content, str | bytes) else stream_with_context(content)
    answer = Response(whole, content_type=content_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
