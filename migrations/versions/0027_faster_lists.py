"""Find leases that ran out at once: an index by practice and by their end."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

NAME = "ix_work_item_lease_end"
IS_HELD = sa.text("state = 'open' AND lease_holder IS NOT NULL")


def upgrade() -> None:
    """Make the index, of the items in somebody's hands only."""
    op.create_index(
        NAME,
        "work_item",
        ["client_id", "lease_expires_at"],
        sqlite_where=IS_HELD,
        postgresql_where=IS_HELD,
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_index(NAME, table_name="work_item")
