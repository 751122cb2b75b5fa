"""decisions matched again: a denial that was taken back makes room for another of the same cause."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ONCE = "uq_denial_client_id_remittance_adjustment_id_charge_id"
STANDING = "uq_denial_standing"
COLUMNS = ["client_id", "remittance_adjustment_id", "charge_id"]
STANDS = sa.text("state <> 'reversed'")


def upgrade() -> None:
    """Count only denials that stand."""
    with op.batch_alter_table("denial", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(ONCE), type_="unique")
    op.create_index(
        STANDING, "denial", COLUMNS, unique=True, sqlite_where=STANDS, postgresql_where=STANDS
    )


def downgrade() -> None:
    """Count all; it fails where a decision was matched again to the same claim."""
    op.drop_index(STANDING, "denial")
    with op.batch_alter_table("denial", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f(ONCE), COLUMNS)
