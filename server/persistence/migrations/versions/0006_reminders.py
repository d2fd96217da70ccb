"""Reminders: choices, subscriptions, what is due next, what was made and how it was delivered."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TENANT_TABLES = ("reminder_setting", "push_subscription", "prompt_plan", "reminder", "delivery")


def upgrade() -> None:
    create_tables()
    if op.get_bind().dialect.name == "postgresql":
        wall_off_clinics()


def downgrade() -> None:
    for table in reversed(TENANT_TABLES):
        op.drop_table(table)
    op.drop_table("worker_state")


def wall_off_clinics() -> None:
    """Row-level security that holds for the owner too; no clinic set means no rows."""
    own = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid"
    for table in TENANT_TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_clinic ON {table} USING ({own}) WITH CHECK ({own})")


def create_tables() -> None:
    op.create_table(
        "worker_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("oldest_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_state")),
    )
    op.create_table(
        "reminder_setting",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("evening", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("channels", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone_number", sa.String(length=20), nullable=True),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.Column("calendar_salt", sa.Uuid(), nullable=True),
        sa.Column("calendar_digest", sa.String(length=64), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_reminder_setting_patient_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["tenant.id"], name=op.f("fk_reminder_setting_tenant_clinic_id")
        ),
        sa.PrimaryKeyConstraint("clinic_id", "patient_id", name=op.f("pk_reminder_setting")),
    )
    op.create_index(
        op.f("ix_reminder_setting_clinic_id_calendar_digest"),
        "reminder_setting",
        ["clinic_id", "calendar_digest"],
        unique=True,
    )
    op.create_table(
        "prompt_plan",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("slot", sa.String(length=16), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "episode_id"],
            ["episode.clinic_id", "episode.id"],
            name=op.f("fk_prompt_plan_episode_clinic_id_episode_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_prompt_plan_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "episode_id", name=op.f("pk_prompt_plan")),
    )
    op.create_index(
        op.f("ix_prompt_plan_clinic_id_next_at"), "prompt_plan", ["clinic_id", "next_at"], unique=False
    )
    op.create_table(
        "push_subscription",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.String(length=120), nullable=False),
        sa.Column("auth", sa.String(length=40), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["clinic_id", "device_id"],
            ["device.clinic_id", "device.id"],
            name=op.f("fk_push_subscription_device_clinic_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_push_subscription_patient_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["tenant.id"], name=op.f("fk_push_subscription_tenant_clinic_id")
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_push_subscription")),
    )
    op.create_index(
        op.f("ix_push_subscription_clinic_id_device_id"),
        "push_subscription",
        ["clinic_id", "device_id"],
        unique=True,
    )
    op.create_index(
        op.f("ix_push_subscription_clinic_id_patient_id"),
        "push_subscription",
        ["clinic_id", "patient_id"],
        unique=False,
    )
    op.create_table(
        "reminder",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clicked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'sent', 'shown', 'answered', 'withdrawn', 'undelivered', 'expired')",
            name=op.f("ck_reminder_state"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "episode_id"],
            ["episode.clinic_id", "episode.id"],
            name=op.f("fk_reminder_episode_clinic_id_episode_id"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patient.clinic_id", "patient.id"],
            name=op.f("fk_reminder_patient_clinic_id_patient_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_reminder_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_reminder")),
    )
    op.create_index(
        op.f("ix_reminder_clinic_id_episode_id_slot_number"),
        "reminder",
        ["clinic_id", "episode_id", "slot", "number"],
        unique=True,
    )
    op.create_index(
        op.f("ix_reminder_clinic_id_state_expires_at"),
        "reminder",
        ["clinic_id", "state", "expires_at"],
        unique=False,
    )
    op.create_table(
        "delivery",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reminder_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claim", sa.Uuid(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "state IN ('due', 'sent', 'confirmed', 'failed', 'dropped', 'expired')",
            name=op.f("ck_delivery_state"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "reminder_id"],
            ["reminder.clinic_id", "reminder.id"],
            name=op.f("fk_delivery_reminder_clinic_id_reminder_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_delivery_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_delivery")),
    )
    op.create_index(
        op.f("ix_delivery_clinic_id_reminder_id_channel_round"),
        "delivery",
        ["clinic_id", "reminder_id", "channel", "round"],
        unique=True,
    )
    op.create_index(
        op.f("ix_delivery_clinic_id_state_due_at"), "delivery", ["clinic_id", "state", "due_at"], unique=False
    )
    # Diaries that run already are looked at by the first tick.
    op.execute(
        "INSERT INTO prompt_plan (clinic_id, episode_id, next_at, facts) "
        "SELECT clinic_id, id, performed_at, '{}' FROM episode WHERE status = 'performed'"
    )
