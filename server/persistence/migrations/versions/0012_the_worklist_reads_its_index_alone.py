"""The worklist's index holds all that episodes are grouped, filtered and ordered by."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NAME, TABLE = "ix_episode_worklist", "episode"
BEFORE = ["clinic_id", "stage", "silent_at", "follow_up_at", "performed_at"]
FILTERS = ["id", "patient_id", "status", "sign_state", "level", "side", "operator", "agent", "indication"]


def upgrade() -> None:
    op.drop_index(NAME, table_name=TABLE)
    op.create_index(NAME, TABLE, [*BEFORE, *FILTERS])


def downgrade() -> None:
    op.drop_index(NAME, table_name=TABLE)
    op.create_index(NAME, TABLE, BEFORE)
