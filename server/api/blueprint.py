"""The product's blueprint and API classes: flask-smorest with strict parsing and problem+json."""

from __future__ import annotations

import http
from collections.abc import Callable
from typing import Any, TypeVar, cast

import flask_smorest
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


class Api(flask_smorest.Api):
    """The OpenAPI document with every error described as the problem it is."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Errors are answered by `server.api.errors`."""

    def _register_responses(self) -> None:
        for status in http.HTTPStatus:
            self._describe(status.name, status.phrase, bare=status < 200 or status in {204, 304})
        self._describe("DEFAULT_ERROR", "A problem: its `code` says what happened", bare=False)

    def _describe(self, name: str, description: str, *, bare: bool) -> None:
        response: dict[str, Any] = {"description": description}
        if not bare:
            response["schema"] = self.ERROR_SCHEMA
        prepare_response(response, self.spec, CONTENT_TYPE)
        self.spec.components.response(name, response, lazy=True)
