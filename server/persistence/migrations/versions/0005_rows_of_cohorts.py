"""What each reading contributes to cohorts, in a small table of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLE = "cohort_row"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id", "episode_id"],
            ["episode.clinic_id", "episode.id"],
            name=op.f("fk_cohort_row_episode_clinic_id_episode_id"),
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["tenant.id"], name=op.f("fk_cohort_row_tenant_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "episode_id", name=op.f("pk_cohort_row")),
    )
    op.create_index(op.f("ix_cohort_row_clinic_id_read_at"), TABLE, ["clinic_id", "read_at"])
    if op.get_bind().dialect.name == "postgresql":
        own = "clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid"
        op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_clinic ON {TABLE} USING ({own}) WITH CHECK ({own})")


def downgrade() -> None:
    op.drop_table(TABLE)
