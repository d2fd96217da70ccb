"""One-time passwords, the criteria a clinic reads by, and the options of the protocol an episode keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clinician", sa.Column("one_time_until", sa.DateTime(timezone=True), nullable=True))
    criteria = sa.Column("criteria", sa.String(60), nullable=False, server_default="snrb-default/1")
    op.add_column("clinic", criteria)
    op.add_column("episode", sa.Column("options", sa.Text(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("episode", "options")
    op.drop_column("clinic", "criteria")
    op.drop_column("clinician", "one_time_until")
