"""figures of days: what waits, what was opened and what moved, by practice and instant."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ASSIGNED = sa.text("state = 'open' AND assignee IS NOT NULL")
WAITING = sa.text("state = 'open' AND snoozed_until IS NULL")
URGENCY = ("assignee", "priority", "due_at", "id")


def upgrade() -> None:
    """Index what the managers' board counts."""
    op.create_index("ix_work_item_client_id_opened_at", "work_item", ["client_id", "opened_at"])
    op.create_index(
        "ix_state_change_client_id_noun_at", "state_change", ["client_id", "noun", "at"]
    )
    op.create_index(
        "ix_ledger_entry_client_id_posted_at", "ledger_entry", ["client_id", "posted_at"]
    )
    _index("ix_work_item_waiting", WAITING, "client_id", "queue", "opened_at", "due_at")
    op.drop_index("ix_work_item_assigned", "work_item")
    _index("ix_work_item_assigned", ASSIGNED, *URGENCY, "client_id")


def downgrade() -> None:
    """Drop the indexes."""
    op.drop_index("ix_work_item_assigned", "work_item")
    _index("ix_work_item_assigned", ASSIGNED, *URGENCY)
    op.drop_index("ix_work_item_waiting", "work_item")
    op.drop_index("ix_ledger_entry_client_id_posted_at", "ledger_entry")
    op.drop_index("ix_state_change_client_id_noun_at", "state_change")
    op.drop_index("ix_work_item_client_id_opened_at", "work_item")


def _index(name: str, condition: sa.TextClause, *columns: str) -> None:
    op.create_index(
        name, "work_item", list(columns), sqlite_where=condition, postgresql_where=condition
    )
