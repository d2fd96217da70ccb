"""The language a patient reads, and which safety texts a physician of the clinic has accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLE = "text_acceptance"


def upgrade() -> None:
    op.add_column("patient", sa.Column("language", sa.String(length=8), nullable=True))
    create_table()
    if op.get_bind().dialect.name == "postgresql":
        protect_on_postgresql()
    else:
        protect_on_sqlite()


def create_table() -> None:
    op.create_table(
        TABLE,
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("texts_version", sa.String(length=64), nullable=False),
        sa.Column("criteria", sa.String(length=60), nullable=False),
        sa.Column("emergency_number", sa.String(length=20), nullable=False),
        sa.Column("accepted_by", sa.Uuid(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "accepted_by"],
            ["clinician.clinic_id", "clinician.id"],
            name=op.f("fk_text_acceptance_clinician_clinic_id_accepted_by"),
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["tenant.id"], name=op.f("fk_text_acceptance_tenant_clinic_id")
        ),
        sa.PrimaryKeyConstraint("clinic_id", "id", name=op.f("pk_text_acceptance")),
    )
    op.create_index(
        op.f("ix_text_acceptance_clinic_id_language"), TABLE, ["clinic_id", "language"], unique=False
    )


def protect_on_postgresql() -> None:
    own = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid"
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_clinic ON {TABLE} USING ({own}) WITH CHECK ({own})")
    op.execute(
        f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def protect_on_sqlite() -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
        )


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_column("patient", "language")
