"""Alerts with owner, outcome and history; messages to staff; versioned settings; digests."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = ("alert_event", "clinic_setting")
TENANT_TABLES = ("alert_event", "clinic_setting", "digest_choice", "staff_message")
OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    extend_alerts()
    create_history()
    create_messages()
    create_settings()
    if op.get_bind().dialect.name == "postgresql":
        wall_off_and_protect_on_postgresql()
    else:
        protect_on_sqlite()


def extend_alerts() -> None:
    with op.batch_alter_table("alert") as batch:
        batch.add_column(sa.Column("owner_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("outcome", sa.String(length=24), nullable=True))
        batch.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("closed_by", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("turn", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("steps", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("escalate_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("recheck_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("events", sa.Integer(), nullable=False, server_default="0"))
        for column in ("owner_id", "closed_by"):
            batch.create_foreign_key(
                op.f(f"fk_alert_clinician_clinic_id_{column}"),
                "clinician",
                ["clinic_id", column],
                ["clinic_id", "id"],
            )
    close_what_was_seen()
    op.create_index(op.f("ix_alert_clinic_id_closed_at"), "alert", ["clinic_id", "closed_at"])
    op.create_index(op.f("ix_alert_clinic_id_recheck_at"), "alert", ["clinic_id", "recheck_at"])
    op.create_index(
        "ix_alert_one_open",
        "alert",
        ["clinic_id", "episode_id", "kind"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def close_what_was_seen() -> None:
    """Until now an acknowledgement ended an alert; those that wait are escalated from their due time on."""
    # The owner's rows are walled off too; this statement is for all clinics.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE alert NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "UPDATE alert SET closed_at = acknowledged_at, closed_by = acknowledged_by, "
        "owner_id = acknowledged_by, outcome = 'not_recorded' WHERE acknowledged_at IS NOT NULL"
    )
    op.execute("UPDATE alert SET escalate_at = due_at WHERE acknowledged_at IS NULL AND level <> 'N'")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE alert FORCE ROW LEVEL SECURITY")


def create_history() -> None:
    op.create_table(
        "alert_event",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("actor_kind", sa.String(length=12), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "alert_id"],
            ["alert.clinic_id", "alert.id"],
            name=op.f("fk_alert_event_alert_clinic_id_alert_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "entry_id"],
            ["entry.clinic_id", "entry.id"],
            name=op.f("fk_alert_event_entry_clinic_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_alert_event_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_alert_event")),
    )
    op.create_index(
        op.f("ix_alert_event_clinic_id_alert_id_number"),
        "alert_event",
        ["clinic_id", "alert_id", "number"],
        unique=True,
    )
    op.create_index(
        op.f("ix_alert_event_clinic_id_entry_id"), "alert_event", ["clinic_id", "entry_id"], unique=False
    )


def create_messages() -> None:
    op.create_table(
        "staff_message",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=True),
        sa.Column("clinician_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("recipient", sa.String(length=200), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim", sa.Uuid(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(length=60), nullable=True),
        sa.CheckConstraint("kind IN ('escalation', 'digest', 'test')", name=op.f("ck_staff_message_kind")),
        sa.CheckConstraint("status IN ('waiting', 'sent', 'dropped')", name=op.f("ck_staff_message_status")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "alert_id"],
            ["alert.clinic_id", "alert.id"],
            name=op.f("fk_staff_message_alert_clinic_id_alert_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "clinician_id"],
            ["clinician.clinic_id", "clinician.id"],
            name=op.f("fk_staff_message_clinician_clinic_id_clinician_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_staff_message_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_staff_message")),
    )
    for columns, unique in (
        (["clinic_id", "subject"], True),
        (["clinic_id", "status", "next_attempt_at"], False),
        (["clinic_id", "alert_id"], False),
    ):
        name = op.f("ix_staff_message_" + "_".join(columns))
        op.create_index(name, "staff_message", columns, unique=unique)


def create_settings() -> None:
    op.create_table(
        "clinic_setting",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "clinician_id"],
            ["clinician.clinic_id", "clinician.id"],
            name=op.f("fk_clinic_setting_clinician_clinic_id_clinician_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["tenant.id"], name=op.f("fk_clinic_setting_tenant_clinic_id")
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_clinic_setting")),
    )
    op.create_index(
        op.f("ix_clinic_setting_clinic_id_part_version"),
        "clinic_setting",
        ["clinic_id", "part", "version"],
        unique=True,
    )
    op.create_table(
        "digest_choice",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "clinician_id"],
            ["clinician.clinic_id", "clinician.id"],
            name=op.f("fk_digest_choice_clinician_clinic_id_clinician_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_digest_choice_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "clinician_id", name=op.f("pk_digest_choice")),
    )
    op.create_index(op.f("ix_digest_choice_clinic_id_next_at"), "digest_choice", ["clinic_id", "next_at"])


def wall_off_and_protect_on_postgresql() -> None:
    own = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid"
    for table in TENANT_TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_clinic ON {table} USING ({own}) WITH CHECK ({own})")
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def protect_on_sqlite() -> None:
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def downgrade() -> None:
    for table in ("digest_choice", "clinic_setting", "staff_message", "alert_event"):
        op.drop_table(table)
    for index in ("ix_alert_one_open", "ix_alert_clinic_id_recheck_at", "ix_alert_clinic_id_closed_at"):
        op.drop_index(index, "alert")
    with op.batch_alter_table("alert") as batch:
        for column in ("owner_id", "closed_by"):
            batch.drop_constraint(op.f(f"fk_alert_clinician_clinic_id_{column}"), type_="foreignkey")
        for column in ("owner_id", "outcome", "closed_at", "closed_by", "turn", "steps",
                       "escalate_at", "recheck_at", "events"):  # fmt: skip
            batch.drop_column(column)
