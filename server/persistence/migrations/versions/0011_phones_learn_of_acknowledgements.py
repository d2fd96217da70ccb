"""When the clinic has acknowledged a patient's reports of symptoms, for the patient's phone."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("episode", sa.Column("acknowledged", sa.Text(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("episode", "acknowledged")
