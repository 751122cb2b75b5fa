"""visit limits: when offices are open."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; a practice has the usual hours until its client file is registered again."""
    op.add_column("client", sa.Column("office_hours", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("client", "office_hours")
