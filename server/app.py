"""create_app(config): the only module that knows all others."""

from __future__ import annotations

from flask import Flask, Response

from server import api, clock, logs, web
from server.config import Config, from_environment
from server.errors import ConfigurationError
from server.persistence import db, migrate
from server.security import headers


def create_app(config: Config | None = None, *, clock: clock.Clock = clock.now) -> Flask:
    """Make the product's WSGI app. Raises `ConfigurationError` for settings it must not run with."""
    config = config or from_environment()
    logs.configure(config.log_level)
    app = Flask("server", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = config.request_limit
    app.config["TESTING"] = config.environment == "test"
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.logger.disabled = True  # it would write an exception's message, which may hold health data
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    db.init_app(app, config.database_url)
    _refuse_unsafe_role(app)
    api.install(app, config, clock)
    web.install(app, config.pwa_folder, offline_shell=config.offline_shell)
    app.after_request(lambda response: _protect(response, secure=config.secure))
    return app


def _refuse_unsafe_role(app: Flask) -> None:
    """On PostgreSQL the app must not be able to get round row-level security."""
    with app.app_context():
        if db.db.engine.dialect.name != "postgresql":
            return
        with db.db.engine.connect() as connection:
            reason = migrate.unsafe_role(connection)
        if reason is not None:
            db.db.engine.dispose()
    if reason is not None:
        raise ConfigurationError(f"The role in DATABASE_URL must not be used by the app: {reason}.")


def _protect(response: Response, *, secure: bool) -> Response:
    for name, value in headers.ALWAYS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", headers.API_POLICY)
    response.headers.setdefault("Cache-Control", "no-store")
    if secure:
        response.headers["Strict-Transport-Security"] = headers.STRICT_TRANSPORT
    return response
