"""Which migration a database is at."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session


def version(session: Session) -> str | None:
    """Name of the newest migration that has run."""
    found = session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)
