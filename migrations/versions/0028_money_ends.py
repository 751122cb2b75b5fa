"""Who asked to let a payment variance be; a second person decides above the practice's limit."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep who asked with the variance."""
    with op.batch_alter_table("variance", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("let_be_asked_by", sa.String(length=80), nullable=False, server_default="")
        )
    with op.batch_alter_table("variance", schema=None) as batch_op:
        batch_op.alter_column("let_be_asked_by", server_default=None)


def downgrade() -> None:
    """Forget who asked."""
    with op.batch_alter_table("variance", schema=None) as batch_op:
        batch_op.drop_column("let_be_asked_by")
