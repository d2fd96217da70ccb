"""Alembic's entry point: runs the migrations on the connection `server.persistence.migrate` hands over."""

from alembic import context

import server.persistence.tables  # noqa: F401  (fills the metadata)
from server.persistence.db import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
context.run_migrations()
