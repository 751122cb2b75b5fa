"""Find leases that ran out, and patients by a payer's number, at once: two indexes."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

NAME = "ix_work_item_lease_end"
MEMBER_ID = "ix_coverage_client_id_member_id"
IS_HELD = sa.text("state = 'open' AND lease_holder IS NOT NULL")


def upgrade() -> None:
    """Make them; of items, those in somebody's hands only."""
    op.create_index(
        NAME,
        "work_item",
        ["client_id", "lease_expires_at"],
        sqlite_where=IS_HELD,
        postgresql_where=IS_HELD,
    )
    op.create_index(MEMBER_ID, "coverage", ["client_id", "member_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index(MEMBER_ID, table_name="coverage")
    op.drop_index(NAME, table_name="work_item")
