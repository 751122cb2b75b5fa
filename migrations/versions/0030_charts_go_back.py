"""charts go back: claims that wait for new codes, and services that are not coded any more."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

STATES_BEFORE = (
    "draft",
    "held",
    "ready",
    "submitted",
    "received",
    "accepted",
    "rejected",
    "paid",
    "denied",
    "reversed",
    "closed",
)
STATES = (*STATES_BEFORE[:2], "recoding", *STATES_BEFORE[2:])


def upgrade() -> None:
    """Let a claim wait for its coder, and a charge be withdrawn; none is yet."""
    _know_states(STATES)
    with op.batch_alter_table("charge", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_withdrawn", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("charge", schema=None) as batch_op:
        batch_op.alter_column("is_withdrawn", server_default=None)


def downgrade() -> None:
    """Take it away; it fails where a claim waits for its coder."""
    with op.batch_alter_table("charge", schema=None) as batch_op:
        batch_op.drop_column("is_withdrawn")
    _know_states(STATES_BEFORE)


def _know_states(words: tuple[str, ...]) -> None:
    allowed = ", ".join(f"'{word}'" for word in words)
    name = op.f("ck_claim_state_known")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"state IN ({allowed})")
