"""visit limits: when offices are open, and what payers authorized."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

TABLE = "visit_authorization"


def upgrade() -> None:
    """Make them; a practice has the usual hours until its client file is registered again."""
    op.add_column("client", sa.Column("office_hours", sa.Text(), nullable=False, server_default=""))
    _make_authorizations()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY {TABLE}_of_client ON {TABLE} USING (client_id = ANY ((SELECT"
            " string_to_array(nullif(current_setting('app.client_ids', true), ''), ',')"
            "::uuid[])::uuid[]))"
        )


def downgrade() -> None:
    """Take them away."""
    op.drop_table(TABLE)
    op.drop_column("client", "office_hours")


def _make_authorizations() -> None:
    text = sqltypes.AutoString
    op.create_table(
        TABLE,
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("payer_id", sa.Uuid(), nullable=False),
        sa.Column("key", text(length=60), nullable=False),
        sa.Column("number", text(length=50), nullable=False),
        sa.Column("procedures", text(length=400), nullable=False),
        sa.Column("counts", sa.String(length=10), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("counted_from", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("inbound_file_id", sa.Uuid(), nullable=True),
        sa.Column("noted_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("noted_by", text(length=80), nullable=False),
        sa.CheckConstraint("counts IN ('visits', 'units')", name=op.f(f"ck_{TABLE}_counts_known")),
        sa.CheckConstraint(
            "source IN ('person', 'file', 'payer')", name=op.f(f"ck_{TABLE}_source_known")
        ),
        sa.CheckConstraint("allowed >= 0", name=op.f(f"ck_{TABLE}_allowed_not_negative")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f(f"fk_{TABLE}_client_id")),
        _belongs_to("patient"),
        _belongs_to("payer"),
        _belongs_to("inbound_file"),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(
            "client_id",
            "patient_id",
            "payer_id",
            "key",
            name=op.f(f"uq_{TABLE}_client_id_patient_id_payer_id_key"),
        ),
    )


def _belongs_to(other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["client_id", f"{other}_id"],
        [f"{other}.client_id", f"{other}.id"],
        name=op.f(f"fk_{TABLE}_client_id_{other}_id"),
        initially="DEFERRED",
        deferrable=True,
    )
