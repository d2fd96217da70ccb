"""The first schema: every clinic's rows keyed by clinic, walled off, and the diary append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("audit_event", "entry_revision", "episode_revision", "quarantine")
TENANT_TABLES = (
    "alert",
    "audit_event",
    "clinic",
    "clinician",
    "device",
    "enrolment",
    "entry",
    "entry_revision",
    "episode",
    "episode_revision",
    "patient",
    "quarantine",
    "reading",
    "staff_session",
)


def upgrade() -> None:
    create_tables()
    if op.get_bind().dialect.name == "postgresql":
        wall_off_clinics()
        refuse_changes_on_postgresql()
    else:
        refuse_changes_on_sqlite()


def wall_off_clinics() -> None:
    """Row-level security that holds for the owner too; no clinic set means no rows."""
    own = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid"
    for table in TENANT_TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_clinic ON {table} USING ({own}) WITH CHECK ({own})")


def refuse_changes_on_postgresql() -> None:
    """Nothing written to an append-only table can be changed, whoever asks."""
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def refuse_changes_on_sqlite() -> None:
    """The same rule; SQLite wants one trigger for each verb."""
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def create_tables() -> None:
    op.create_table(
        "server_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_server_state")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("email_digest", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("email_digest", name=op.f("pk_sign_in_attempt")),
    )
    op.create_table(
        "tenant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenant")),
    )
    op.create_table(
        "audit_event",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=12), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("target_kind", sa.String(length=20), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_audit_event_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_audit_event")),
    )
    op.create_index(op.f("ix_audit_event_clinic_id_at"), "audit_event", ["clinic_id", "at"], unique=False)
    op.create_index(
        op.f("ix_audit_event_clinic_id_target_id"), "audit_event", ["clinic_id", "target_id"], unique=False
    )

    op.create_table(
        "clinic",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("emergency_number", sa.String(length=20), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("change_seq", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_clinic_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", name=op.f("pk_clinic")),
    )
    op.create_table(
        "clinician",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('physician', 'nurse', 'admin', 'auditor')", name=op.f("ck_clinician_role")
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_clinician_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_clinician")),
        sa.UniqueConstraint("clinic_id", "email", name=op.f("uq_clinician_clinic_id_email")),
    )
    op.create_table(
        "patient",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("record_number", sa.String(length=60), nullable=False),
        sa.Column("search_text", sa.String(length=400), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_patient_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_patient")),
        sa.UniqueConstraint("clinic_id", "record_number", name=op.f("uq_patient_clinic_id_record_number")),
    )
    op.create_table(
        "sign_in",
        sa.Column("email_digest", sa.String(length=64), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_sign_in_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("email_digest", "clinic_id", name=op.f("pk_sign_in")),
    )
    op.create_index(
        op.f("ix_sign_in_clinic_id_clinician_id"), "sign_in", ["clinic_id", "clinician_id"], unique=False
    )

    op.create_table(
        "device",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_reason", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_device_patient_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_device_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_device")),
    )
    op.create_index(
        op.f("ix_device_clinic_id_patient_id"), "device", ["clinic_id", "patient_id"], unique=False
    )
    op.create_index(
        op.f("ix_device_clinic_id_token_digest"), "device", ["clinic_id", "token_digest"], unique=True
    )

    op.create_table(
        "episode",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("performed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("side", sa.String(length=12), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("protocol", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("change_seq", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("last_entry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('planned', 'performed', 'closed', 'cancelled')", name=op.f("ck_episode_status")
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_episode_patient_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_episode_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_episode")),
    )
    op.create_index(
        op.f("ix_episode_clinic_id_next_read_at"), "episode", ["clinic_id", "next_read_at"], unique=False
    )
    op.create_index(
        op.f("ix_episode_clinic_id_patient_id"), "episode", ["clinic_id", "patient_id"], unique=False
    )
    op.create_index(
        op.f("ix_episode_clinic_id_performed_at"), "episode", ["clinic_id", "performed_at"], unique=False
    )

    op.create_table(
        "staff_session",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "clinician_id"],
            ["clinician.clinic_id", "clinician.id"],
            name=op.f("fk_staff_session_clinician_clinic_id_clinician_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_staff_session_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_staff_session")),
    )
    op.create_index(
        op.f("ix_staff_session_clinic_id_token_digest"),
        "staff_session",
        ["clinic_id", "token_digest"],
        unique=True,
    )

    op.create_table(
        "enrolment",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(length=20), nullable=True),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("device_key_digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id", "device_id"],
            ["device.clinic_id", "device.id"],
            name=op.f("fk_enrolment_device_clinic_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_enrolment_patient_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_enrolment_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_enrolment")),
    )
    op.create_index(
        op.f("ix_enrolment_clinic_id_patient_id"), "enrolment", ["clinic_id", "patient_id"], unique=False
    )
    op.create_index(
        op.f("ix_enrolment_clinic_id_token_digest"), "enrolment", ["clinic_id", "token_digest"], unique=True
    )

    op.create_table(
        "entry",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("head_revision_id", sa.Uuid(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.Column("change_seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('entry', 'flag_report')", name=op.f("ck_entry_kind")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "episode_id"],
            ["episode.clinic_id", "episode.id"],
            name=op.f("fk_entry_episode_clinic_id_episode_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_entry_patient_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_entry_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_entry")),
    )
    op.create_index(op.f("ix_entry_clinic_id_episode_id"), "entry", ["clinic_id", "episode_id"], unique=False)

    op.create_table(
        "episode_revision",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("clinician_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "clinician_id"],
            ["clinician.clinic_id", "clinician.id"],
            name=op.f("fk_episode_revision_clinician_clinic_id_clinician_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "episode_id"],
            ["episode.clinic_id", "episode.id"],
            name=op.f("fk_episode_revision_episode_clinic_id_episode_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["tenant.id"], name=op.f("fk_episode_revision_tenant_clinic_id")
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_episode_revision")),
    )
    op.create_index(
        op.f("ix_episode_revision_clinic_id_episode_id_revision"),
        "episode_revision",
        ["clinic_id", "episode_id", "revision"],
        unique=True,
    )

    op.create_table(
        "quarantine",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=True),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("where", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("change_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "device_id"],
            ["device.clinic_id", "device.id"],
            name=op.f("fk_quarantine_device_clinic_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "episode_id"],
            ["episode.clinic_id", "episode.id"],
            name=op.f("fk_quarantine_episode_clinic_id_episode_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_quarantine_patient_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_quarantine_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_quarantine")),
    )
    op.create_index(
        op.f("ix_quarantine_clinic_id_patient_id"), "quarantine", ["clinic_id", "patient_id"], unique=False
    )

    op.create_table(
        "reading",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("criteria", sa.String(length=60), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(length=24), nullable=False),
        sa.Column("flare", sa.String(length=24), nullable=False),
        sa.Column("steroid", sa.String(length=24), nullable=False),
        sa.Column("shape", sa.String(length=32), nullable=False),
        sa.Column("confidence", sa.String(length=1), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "episode_id"],
            ["episode.clinic_id", "episode.id"],
            name=op.f("fk_reading_episode_clinic_id_episode_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_reading_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "episode_id", "criteria", name=op.f("pk_reading")),
    )
    op.create_table(
        "alert",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=1), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("level IN ('E', 'S', 'N')", name=op.f("ck_alert_level")),
        sa.ForeignKeyConstraint(
            ["clinic_id", "acknowledged_by"],
            ["clinician.clinic_id", "clinician.id"],
            name=op.f("fk_alert_clinician_clinic_id_acknowledged_by"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "entry_id"],
            ["entry.clinic_id", "entry.id"],
            name=op.f("fk_alert_entry_clinic_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "episode_id"],
            ["episode.clinic_id", "episode.id"],
            name=op.f("fk_alert_episode_clinic_id_episode_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_alert_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_alert")),
    )
    op.create_index(
        op.f("ix_alert_clinic_id_acknowledged_at"), "alert", ["clinic_id", "acknowledged_at"], unique=False
    )
    op.create_index(op.f("ix_alert_clinic_id_episode_id"), "alert", ["clinic_id", "episode_id"], unique=False)

    op.create_table(
        "entry_revision",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("op", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("clock_suspect", sa.Boolean(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("change_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "device_id"],
            ["device.clinic_id", "device.id"],
            name=op.f("fk_entry_revision_device_clinic_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "entry_id"],
            ["entry.clinic_id", "entry.id"],
            name=op.f("fk_entry_revision_entry_clinic_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["tenant.id"], name=op.f("fk_entry_revision_tenant_clinic_id")
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_entry_revision")),
    )
    op.create_index(
        op.f("ix_entry_revision_clinic_id_entry_id"),
        "entry_revision",
        ["clinic_id", "entry_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_entry_revision_clinic_id_episode_id"),
        "entry_revision",
        ["clinic_id", "episode_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_entry_revision_clinic_id_patient_id_change_seq"),
        "entry_revision",
        ["clinic_id", "patient_id", "change_seq"],
        unique=False,
    )


def downgrade() -> None:
    for table in (
        "entry_revision",
        "alert",
        "reading",
        "quarantine",
        "episode_revision",
        "entry",
        "enrolment",
        "staff_session",
        "episode",
        "device",
        "sign_in",
        "patient",
        "clinician",
        "clinic",
        "audit_event",
        "tenant",
        "sign_in_attempt",
        "server_state",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
