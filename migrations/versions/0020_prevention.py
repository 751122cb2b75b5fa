"""prevention: edits that a practice's own denials propose."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import models.tables.columns

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KINDS = (
    "requires_modifier",
    "requires_diagnosis",
    "requires_authorization",
    "requires_coverage",
    "code_not_accepted",
    "provider_not_enrolled",
)
STATES = ("proposed", "on", "off", "rejected")
SEVERITIES = ("warning", "error")

OWN_ROWS = (
    "client_id = ANY ((SELECT string_to_array("
    "nullif(current_setting('app.client_ids', true), ''), ',')::uuid[])::uuid[])"
)


def upgrade() -> None:
    """Make the table; only the rows of the practices a transaction named are seen."""
    op.create_table(
        "learned_edit",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pattern", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("payer_id", sa.Uuid(), nullable=False),
        sa.Column("procedure_code", sa.String(length=5), nullable=False),
        sa.Column("wanted", sa.String(length=80), nullable=False),
        sa.Column("group", sa.String(length=2), nullable=False),
        sa.Column("reason", sa.String(length=5), nullable=False),
        sa.Column("remark", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("denied_claims", sa.Integer(), nullable=False),
        sa.Column("denied_amount", models.tables.columns.MoneyColumn(), nullable=False),
        sa.Column("tested_claims", sa.Integer(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("false_alarms", sa.Integer(), nullable=False),
        sa.Column("counted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("switched_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint(_one_of("state", STATES), name=op.f("ck_learned_edit_state_known")),
        sa.CheckConstraint(_one_of("kind", KINDS), name=op.f("ck_learned_edit_kind_known")),
        sa.CheckConstraint(
            _one_of("severity", SEVERITIES), name=op.f("ck_learned_edit_severity_known")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_learned_edit_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "payer_id"],
            ["payer.client_id", "payer.id"],
            name=op.f("fk_learned_edit_client_id_payer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_learned_edit")),
        sa.UniqueConstraint("client_id", "pattern", name=op.f("uq_learned_edit_client_id_pattern")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE learned_edit ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE learned_edit FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY learned_edit_of_client ON learned_edit USING ({OWN_ROWS})")


def downgrade() -> None:
    """Take it away, and with it what managers decided."""
    op.drop_table("learned_edit")


def _one_of(column: str, words: tuple[str, ...]) -> str:
    allowed = ", ".join(f"'{word}'" for word in words)
    return f"{column} IN ({allowed})"
