"""The product's blueprint and API classes: flask-smorest with strict parsing and problem+json."""

from __future__ import annotations

import http
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import Any, TypeVar, cast

import flask_smorest
from flask import Flask
from flask_smorest.utils import prepare_response

from server.api.errors import CONTENT_TYPE, ProblemSchema
from server.api.parsing import Parser

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Blueprint(flask_smorest.Blueprint):
    """A blueprint whose bodies are read strictly, with the types its decorators lack."""

    ARGUMENTS_PARSER = Parser()

    def arguments(self, *args: Any, **kwargs: Any) -> Callable[[Decorated], Decorated]:
        """Declare what comes in."""
        return cast("Callable[[Decorated], Decorated]", super().arguments(*args, **kwargs))

    def response(self, *args: Any, **kwargs: Any) -> Callable[[Decorated], Decorated]:
        """Declare what goes out."""
        return cast("Callable[[Decorated], Decorated]", super().response(*args, **kwargs))

    def register_views_in_doc(self, api: Any, *args: Any, **kwargs: Any) -> None:
        """Leave the description until the document is asked for: it takes longer than all else of a start."""
        api.describe_later(partial(super().register_views_in_doc, api, *args, **kwargs))


class Api(flask_smorest.Api):
    """The OpenAPI document with every error described as the problem it is."""

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, app: Flask) -> None:
        self._undescribed: list[Callable[[], None]] = []
        self._describing = Lock()
        super().__init__(app)

    def describe_later(self, describe: Callable[[], None]) -> None:
        """Call this before the document is first shown."""
        self._undescribed.append(describe)

    def _openapi_json(self) -> Any:
        with self._describing:
            while self._undescribed:
                self._undescribed.pop(0)()
        return super()._openapi_json()

    def _register_error_handlers(self) -> None:
        """Errors are answered by `server.api.errors`."""

    def _register_responses(self) -> None:
        self.describe_later(self._describe_responses)

    def _describe_responses(self) -> None:
        for status in http.HTTPStatus:
            self._describe(status.name, status.phrase, bare=status < 200 or status in {204, 304})
        self._describe("DEFAULT_ERROR", "A problem: its `code` says what happened", bare=False)

    def _describe(self, name: str, description: str, *, bare: bool) -> None:
        response: dict[str, Any] = {"description": description}
        if not bare:
            response["schema"] = self.ERROR_SCHEMA
        prepare_response(response, self.spec, CONTENT_TYPE)
        self.spec.components.response(name, response, lazy=True)
