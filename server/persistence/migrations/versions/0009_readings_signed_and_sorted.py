"""Signed readings, the columns the worklist is sorted by, and what staff decided on records set aside."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = ("sign_off", "inbox_decision")
STAGES = {"planned": "planned", "performed": "running", "closed": "finished", "cancelled": "finished"}


def upgrade() -> None:
    for column in episode_columns():
        op.add_column("episode", column)
    op.add_column(
        "quarantine", sa.Column("kind", sa.String(length=12), nullable=False, server_default="quarantined")
    )
    fill_episodes()
    op.create_index(
        "ix_episode_worklist",
        "episode",
        ["clinic_id", "stage", "silent_at", "follow_up_at", "performed_at"],
    )
    create_sign_offs()
    create_decisions()
    if op.get_bind().dialect.name == "postgresql":
        protect_on_postgresql()
    else:
        protect_on_sqlite()


def episode_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("indication", sa.String(length=40), nullable=True),
        sa.Column("operator", sa.String(length=200), nullable=True),
        sa.Column("agent", sa.String(length=120), nullable=True),
        sa.Column("sign_state", sa.String(length=10), nullable=False, server_default="unsigned"),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_seq", sa.BigInteger(), nullable=True),
        sa.Column("stage", sa.String(length=8), nullable=False, server_default="planned"),
        sa.Column("silent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("follow_up_at", sa.DateTime(timezone=True), nullable=True),
    ]


def fill_episodes() -> None:
    """What lists are filtered by comes from the records; the rest from the next reading, due at once."""
    connection = op.get_bind()
    everybody = connection.dialect.name == "postgresql"
    if everybody:  # the owner's rows are walled off too
        op.execute("ALTER TABLE episode NO FORCE ROW LEVEL SECURITY")
    rows = connection.execute(sa.text("SELECT clinic_id, id, status, record FROM episode")).all()
    for clinic_id, id_, status, record in rows:
        kept = json.loads(record)
        given = kept["procedure"].get("anaesthetic") or []
        parts = given if isinstance(given, list) else [given]
        connection.execute(
            sa.text(
                "UPDATE episode SET indication = :indication, operator = :operator, agent = :agent, "
                "stage = :stage, next_read_at = CASE WHEN performed_at IS NULL THEN next_read_at "
                "ELSE created_at END WHERE clinic_id = :clinic_id AND id = :id"
            ),
            {
                "indication": kept["procedure"].get("indication"),
                "operator": kept.get("operator"),
                "agent": " + ".join(sorted({str(part["drug"]) for part in parts})) or None,
                "stage": STAGES[status],
                "clinic_id": clinic_id,
                "id": id_,
            },
        )
    if everybody:
        op.execute("ALTER TABLE episode FORCE ROW LEVEL SECURITY")


def create_sign_offs() -> None:
    op.create_table(
        "sign_off",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=True),
        sa.Column("data_version", sa.BigInteger(), nullable=False),
        sa.Column("record_revision", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.String(length=60), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conclusion", sa.String(length=24), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('signed', 'reopened')", name=op.f("ck_sign_off_kind")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "clinician_id"],
            ["clinician.clinic_id", "clinician.id"],
            name=op.f("fk_sign_off_clinician_clinic_id_clinician_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "episode_id"],
            ["episode.clinic_id", "episode.id"],
            name=op.f("fk_sign_off_episode_clinic_id_episode_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_sign_off_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_sign_off")),
    )
    op.create_index(
        op.f("ix_sign_off_clinic_id_episode_id_number"),
        "sign_off",
        ["clinic_id", "episode_id", "number"],
        unique=True,
    )


def create_decisions() -> None:
    op.create_table(
        "inbox_decision",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("quarantine_id", sa.Uuid(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=True),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("change_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("outcome IN ('corrected', 'dismissed')", name=op.f("ck_inbox_decision_outcome")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "clinician_id"],
            ["clinician.clinic_id", "clinician.id"],
            name=op.f("fk_inbox_decision_clinician_clinic_id_clinician_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "entry_id"],
            ["entry.clinic_id", "entry.id"],
            name=op.f("fk_inbox_decision_entry_clinic_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "quarantine_id"],
            ["quarantine.clinic_id", "quarantine.id"],
            name=op.f("fk_inbox_decision_quarantine_clinic_id_quarantine_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["tenant.id"], name=op.f("fk_inbox_decision_tenant_clinic_id")
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_inbox_decision")),
    )
    for column in ("quarantine_id", "entry_id"):
        op.create_index(
            op.f(f"ix_inbox_decision_clinic_id_{column}"), "inbox_decision", ["clinic_id", column]
        )


def protect_on_postgresql() -> None:
    own = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid"
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_clinic ON {table} USING ({own}) WITH CHECK ({own})")
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def protect_on_sqlite() -> None:
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_index("ix_episode_worklist", table_name="episode")
    op.drop_column("quarantine", "kind")
    for column in reversed(episode_columns()):
        op.drop_column("episode", column.name)
