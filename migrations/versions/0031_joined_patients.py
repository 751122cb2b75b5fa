"""joined patients: which account goes on, and the statements that name the other one."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

OWN_ROWS = (
    "client_id = ANY ((SELECT string_to_array("
    "nullif(current_setting('app.client_ids', true), ''), ',')::uuid[])::uuid[])"
)
PERIOD_BEFORE = sa.text("state <> 'cancelled'")
PERIOD = sa.text("state <> 'cancelled' AND joined_from_id IS NULL")


def upgrade() -> None:
    """Remember which accounts are one."""
    op.create_table(
        "patient_join",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("duplicate_id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("joined_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_patient_join_client_id")
        ),
        _points_at("duplicate_id"),
        _points_at("kept_id"),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_patient_join")),
        sa.UniqueConstraint(
            "client_id", "duplicate_id", name=op.f("uq_patient_join_client_id_duplicate_id")
        ),
    )
    op.create_index(
        op.f("ix_patient_join_client_id_kept_id"), "patient_join", ["client_id", "kept_id"]
    )
    op.add_column("statement", sa.Column("joined_from_id", sa.Uuid(), nullable=True))
    _one_statement_of_a_period(PERIOD)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE patient_join ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE patient_join FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY patient_join_of_client ON patient_join USING ({OWN_ROWS})")


def downgrade() -> None:
    """Forget it; it fails where both accounts had a statement in one period."""
    _one_statement_of_a_period(PERIOD_BEFORE)
    op.drop_column("statement", "joined_from_id")
    op.drop_table("patient_join")


def _points_at(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["client_id", column],
        ["patient.client_id", "patient.id"],
        name=op.f(f"fk_patient_join_client_id_{column}"),
        initially="DEFERRED",
        deferrable=True,
    )


def _one_statement_of_a_period(where: sa.TextClause) -> None:
    op.drop_index("uq_statement_period", "statement")
    op.create_index(
        "uq_statement_period",
        "statement",
        ["client_id", "patient_id", "period"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
