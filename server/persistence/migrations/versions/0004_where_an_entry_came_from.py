"""A version of a diary item tells where it came from: a phone, staff, or an imported paper diary."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLE = "entry_revision"


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as batch:
        batch.add_column(sa.Column("source", sa.String(length=10), nullable=False, server_default="phone"))
        batch.add_column(sa.Column("clinician_id", sa.Uuid(), nullable=True))
        batch.alter_column("device_id", existing_type=sa.Uuid(), nullable=True)
        batch.create_foreign_key(
            batch.f("fk_entry_revision_clinician_clinic_id_clinician_id"),
            "clinician",
            ["clinic_id", "clinician_id"],
            ["clinic_id", "id"],
        )
    _keep_append_only()


def downgrade() -> None:
    with op.batch_alter_table(TABLE) as batch:
        batch.drop_constraint(
            batch.f("fk_entry_revision_clinician_clinic_id_clinician_id"), type_="foreignkey"
        )
        batch.alter_column("device_id", existing_type=sa.Uuid(), nullable=False)
        batch.drop_column("clinician_id")
        batch.drop_column("source")
    _keep_append_only()


def _keep_append_only() -> None:
    """SQLite changes a table by making it anew, and its triggers go with the old one."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
        )
