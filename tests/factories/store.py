"""What a database really holds, read past the services."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import inspect, select, text

from server.persistence.db import Base, db, transaction
from tests.factories.world import Clinic


def rows(app: Flask, clinic_id: UUID, model: type[Base]) -> list[dict[str, Any]]:
    """All rows of one table that belong to a clinic, as plain values."""
    names = [column.key for column in inspect(model).columns]
    with app.app_context(), transaction(clinic_id) as session:
        found = session.scalars(select(model).where(model.clinic_id == clinic_id)).all()
        return [{name: getattr(row, name) for name in names} for row in found]


def of(clinic: Clinic, model: type[Base]) -> list[dict[str, Any]]:
    """All rows of one table that belong to a clinic of the tests."""
    return rows(clinic.app, clinic.clinic_id, model)


def everything(clinic: Clinic) -> str:
    """Every value of every table as one text, for finding what must not be there."""
    with clinic.app.app_context(), transaction(clinic.clinic_id) as session:
        found = [
            str(tuple(row))
            for name in sorted(Base.metadata.tables)
            for row in session.execute(text(f"SELECT * FROM {name}"))
        ]
    return "\n".join(found)


def on_postgresql(app: Flask) -> bool:
    with app.app_context():
        return db.engine.dialect.name == "postgresql"
