"""Whether the product can serve."""

from __future__ import annotations

from server.errors import UnavailableError
from server.persistence import migrate
from server.persistence.db import transaction
from server.persistence.queries import schema


def check() -> None:
    """Raise `UnavailableError` when the database cannot be reached or its schema is not the newest."""
    with transaction(None, reading=True) as session:
        if schema.version(session) != migrate.head():
            raise UnavailableError("The database's schema is not the newest; run `afterblock migrate`.")
