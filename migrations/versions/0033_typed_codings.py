"""Half-typed codings, kept for the person who typed them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLE = "typed_coding"


def upgrade() -> None:
    """Make the table, and show its rows to whoever works for the practice only."""
    op.create_table(
        TABLE,
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_item_id", sa.Uuid(), nullable=False),
        sa.Column("login", sqltypes.AutoString(length=80), nullable=False),
        sa.Column("content", sqltypes.AutoString(), nullable=False),
        sa.Column("kept_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_typed_coding_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "work_item_id"],
            ["work_item.client_id", "work_item.id"],
            name=op.f("fk_typed_coding_client_id_work_item_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_typed_coding")),
        sa.UniqueConstraint(
            "client_id",
            "work_item_id",
            "login",
            name=op.f("uq_typed_coding_client_id_work_item_id_login"),
        ),
    )
    if op.get_bind().dialect.name == "postgresql":
        _open_to_its_practice_only()


def downgrade() -> None:
    """Take it away: what was typed and not saved is forgotten."""
    op.drop_table(TABLE)


def _open_to_its_practice_only() -> None:
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY {TABLE}_of_client ON {TABLE} USING (client_id = ANY ((SELECT string_to_array(nullif(current_setting('app.client_ids', true), ''), ',')::uuid[])::uuid[]))"
    )
