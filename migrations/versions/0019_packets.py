"""packets: the papers that left with an appeal."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

OWN_ROWS = (
    "client_id = ANY ((SELECT string_to_array("
    "nullif(current_setting('app.client_ids', true), ''), ',')::uuid[])::uuid[])"
)


def upgrade() -> None:
    """Make the table; only the rows of the practices a transaction named are seen."""
    op.create_table(
        "packet",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appeal_id", sa.Uuid(), nullable=False),
        sa.Column("parts", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_packet_client_id")),
        sa.ForeignKeyConstraint(
            ["client_id", "appeal_id"],
            ["appeal.client_id", "appeal.id"],
            name=op.f("fk_packet_client_id_appeal_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_packet")),
        sa.UniqueConstraint("client_id", "appeal_id", name=op.f("uq_packet_client_id_appeal_id")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE packet ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE packet FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY packet_of_client ON packet USING ({OWN_ROWS})")


def downgrade() -> None:
    """Take it away, and with it what was sent."""
    op.drop_table("packet")
