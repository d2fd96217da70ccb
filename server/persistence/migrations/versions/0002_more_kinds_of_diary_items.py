"""Impressions of change and what a phone did with a red flag are diary items too."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BEFORE = "kind IN ('entry', 'flag_report')"
AFTER = "kind IN ('entry', 'flag_report', 'impression', 'flag_event')"


def upgrade() -> None:
    change_check(BEFORE, AFTER)


def downgrade() -> None:
    change_check(AFTER, BEFORE)


def change_check(before: str, after: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE entry DROP CONSTRAINT ck_entry_kind")
        op.execute(f"ALTER TABLE entry ADD CONSTRAINT ck_entry_kind CHECK ({after})")
    else:
        rewrite_on_sqlite(before, after)


def rewrite_on_sqlite(before: str, after: str) -> None:
    """SQLite's own way for a change of a check, which touches no stored row (lang_altertable, section 7)."""
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    changed = connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'entry'"
        " AND instr(sql, ?) > 0",
        (before, after, before),
    )
    if changed.rowcount != 1:
        raise RuntimeError("the table of diary items does not have the check that is to be changed")
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")
