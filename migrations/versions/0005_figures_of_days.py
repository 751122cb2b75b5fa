"""figures of days: what was opened and what moved, by practice and instant."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index what the managers' board counts by day."""
    op.create_index("ix_work_item_client_id_opened_at", "work_item", ["client_id", "opened_at"])
    op.create_index(
        "ix_state_change_client_id_noun_at", "state_change", ["client_id", "noun", "at"]
    )
    op.create_index(
        "ix_ledger_entry_client_id_posted_at", "ledger_entry", ["client_id", "posted_at"]
    )


def downgrade() -> None:
    """Drop the indexes."""
    op.drop_index("ix_ledger_entry_client_id_posted_at", "ledger_entry")
    op.drop_index("ix_state_change_client_id_noun_at", "state_change")
    op.drop_index("ix_work_item_client_id_opened_at", "work_item")
