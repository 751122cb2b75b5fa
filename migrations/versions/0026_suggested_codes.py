"""Codes that were suggested to a coder, and what became of each."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TABLE = "suggested_code"


def upgrade() -> None:
    """Make the table, and show its rows to whoever works for the practice only."""
    op.create_table(
        TABLE,
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("encounter_id", sa.Uuid(), nullable=False),
        _text("model_sha256", 64),
        sa.Column("rank", sa.Integer(), nullable=False),
        _text("code", 20),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=True),
        sa.Column("evidence_end", sa.Integer(), nullable=True),
        _instant("shown_at", is_nullable=False),
        _text("shown_to", 80),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        _instant("decided_at", is_nullable=True),
        _text("decided_by", 80),
        sa.Column("final_code_count", sa.Integer(), nullable=True),
        sa.CheckConstraint("rank > 0", name=op.f("ck_suggested_code_rank_from_one")),
        sa.CheckConstraint(
            "source IN ('book', 'history', 'neighbour')",
            name=op.f("ck_suggested_code_source_known"),
        ),
        sa.CheckConstraint(
            "outcome IN ('undecided', 'accepted', 'corrected', 'ignored')",
            name=op.f("ck_suggested_code_outcome_known"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_suggested_code_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "encounter_id"],
            ["encounter.client_id", "encounter.id"],
            name=op.f("fk_suggested_code_client_id_encounter_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_suggested_code")),
        sa.UniqueConstraint(
            "client_id",
            "encounter_id",
            "model_sha256",
            "rank",
            name=op.f("uq_suggested_code_client_id_encounter_id_model_sha256_rank"),
        ),
    )
    op.create_index(
        op.f("ix_suggested_code_client_id_decided_at"), TABLE, ["client_id", "decided_at"]
    )
    if op.get_bind().dialect.name == "postgresql":
        _open_to_its_practice_only()


def downgrade() -> None:
    """Take it away: what was measured is forgotten."""
    op.drop_table(TABLE)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sqltypes.AutoString(length=length), nullable=False)


def _instant(name: str, *, is_nullable: bool) -> sa.Column[object]:
    return sa.Column(name, sqltypes.UTCDateTime(), nullable=is_nullable)


def _open_to_its_practice_only() -> None:
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY {TABLE}_of_client ON {TABLE} USING (client_id = ANY ((SELECT string_to_array(nullif(current_setting('app.client_ids', true), ''), ',')::uuid[])::uuid[]))"
    )
