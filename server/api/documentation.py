"""The browsable API documentation: Swagger UI served from here, so that no foreign host is asked."""

from __future__ import annotations

from pathlib import Path

import flask_swagger_ui
from flask import Blueprint, Flask, Response, abort, send_from_directory

from server.security.headers import DOCS_POLICY

OWN = Path(__file__).parent / "docs"
LIBRARY = Path(flask_swagger_ui.__file__).parent / "dist"
FILES = {
    "start.js": OWN,
    "swagger-ui.css": LIBRARY,
    "swagger-ui-bundle.js": LIBRARY,
}

blueprint = Blueprint("documentation", __name__)


def install(app: Flask) -> None:
    """Serve the documentation under /api/docs."""
    app.register_blueprint(blueprint, url_prefix="/api/docs")


@blueprint.get("")
def page() -> Response:
    """The page itself."""
    response = send_from_directory(OWN, "index.html")
    response.headers["Content-Security-Policy"] = DOCS_POLICY
    return response


@blueprint.get("/<name>")
def file(name: str) -> Response:
    """One of the page's files."""
    if name not in FILES:
        abort(404)
    return send_from_directory(FILES[name], name, max_age=3600)
