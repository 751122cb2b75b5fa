"""refunds of unapplied money, which name the claim of a remittance that brought it."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ACCOUNT_KNOWN = "ck_refund_account_known"
CREDITS = "account IN ('PATIENT_CREDIT', 'INS_CREDIT')"
CREDITS_AND_UNAPPLIED = "account IN ('PATIENT_CREDIT', 'INS_CREDIT', 'UNAPPLIED')"
BROUGHT_BY = "fk_refund_client_id_remittance_claim_id"
ONE_EACH = "uq_refund_remittance_claim"
STANDS = sa.text("state NOT IN ('refused', 'void')")


def upgrade() -> None:
    """Let a refund take unapplied money, once for each claim of a remittance."""
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remittance_claim_id", sa.Uuid(), nullable=True))
        batch_op.drop_constraint(op.f(ACCOUNT_KNOWN), type_="check")
        batch_op.create_check_constraint(op.f(ACCOUNT_KNOWN), CREDITS_AND_UNAPPLIED)
        batch_op.create_foreign_key(
            op.f(BROUGHT_BY),
            "remittance_claim",
            ["client_id", "remittance_claim_id"],
            ["client_id", "id"],
            initially="DEFERRED",
            deferrable=True,
        )
    op.create_index(
        ONE_EACH,
        "refund",
        ["client_id", "remittance_claim_id"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def downgrade() -> None:
    """Take it away; it fails where unapplied money was refunded."""
    op.drop_index(ONE_EACH, table_name="refund")
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(BROUGHT_BY), type_="foreignkey")
        batch_op.drop_constraint(op.f(ACCOUNT_KNOWN), type_="check")
        batch_op.create_check_constraint(op.f(ACCOUNT_KNOWN), CREDITS)
        batch_op.drop_column("remittance_claim_id")
