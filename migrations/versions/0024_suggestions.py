"""What a practice's own accepted codes taught, to suggest codes by."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = ("suggestion_model",)


def upgrade() -> None:
    """Make the table, and show its rows to whoever works for the practice only."""
    op.create_table(
        "suggestion_model",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("learned_from", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("trained_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("note_count", sa.Integer(), nullable=False),
        sa.Column("code_count", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_suggestion_model_client_id")
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_suggestion_model")),
        sa.UniqueConstraint("client_id", name=op.f("uq_suggestion_model_client_id")),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            _open_to_its_practice_only(table)


def downgrade() -> None:
    """Take it away; the next training makes it anew."""
    op.drop_table("suggestion_model")


def _open_to_its_practice_only(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY {table}_of_client ON {table} USING (client_id = ANY ((SELECT string_to_array(nullif(current_setting('app.client_ids', true), ''), ',')::uuid[])::uuid[]))"
    )
