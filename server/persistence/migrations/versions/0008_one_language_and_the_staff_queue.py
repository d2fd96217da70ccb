"""Reminders speak the language the patient reads, kept once; monitors learn of the messages to staff."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = ("patient", "reminder_setting")


def upgrade() -> None:
    every_clinic(
        "UPDATE patient SET language = (SELECT s.language FROM reminder_setting AS s"
        " WHERE s.clinic_id = patient.clinic_id AND s.patient_id = patient.id)"
        " WHERE language IS NULL"
    )
    op.drop_column("reminder_setting", "language")
    op.add_column("worker_state", sa.Column("staff_oldest_due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "worker_state", sa.Column("staff_waiting", sa.Integer(), server_default="0", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("worker_state", "staff_waiting")
    op.drop_column("worker_state", "staff_oldest_due_at")
    op.add_column(
        "reminder_setting",
        sa.Column("language", sa.String(length=12), server_default="en", nullable=False),
    )
    every_clinic(
        "UPDATE reminder_setting SET language = coalesce((SELECT p.language FROM patient AS p"
        " WHERE p.clinic_id = reminder_setting.clinic_id AND p.id = reminder_setting.patient_id), 'en')"
    )


def every_clinic(statement: str) -> None:
    """Run it on the rows of all clinics; on PostgreSQL they are walled off from their owner too."""
    walled = TABLES if op.get_bind().dialect.name == "postgresql" else ()
    for table in walled:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(statement)
    for table in walled:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
