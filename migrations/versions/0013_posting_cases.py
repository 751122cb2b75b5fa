"""posting in every case: interchanges that were posted, member numbers that payers corrected."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = ("received_interchange", "coverage_correction")
STATES = "'proposed', 'accepted', 'refused'"
OWN_ROWS = (
    "client_id = ANY ((SELECT string_to_array("
    "nullif(current_setting('app.client_ids', true), ''), ',')::uuid[])::uuid[])"
)


def upgrade() -> None:
    """Make the tables, seen by their practice only."""
    _make_received_interchange()
    _make_coverage_correction()
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY {table}_of_client ON {table} USING ({OWN_ROWS})")


def downgrade() -> None:
    """Forget them; what was booked stays in the books."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_received_interchange() -> None:
    op.create_table(
        "received_interchange",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sender_id", sa.String(length=15), nullable=False),
        sa.Column("control_number", sa.Integer(), nullable=False),
        sa.Column("inbound_file_id", sa.Uuid(), nullable=False),
        _owner("received_interchange"),
        _parent("received_interchange", "inbound_file_id", "inbound_file"),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_received_interchange")),
        sa.UniqueConstraint(
            "client_id",
            "sender_id",
            "control_number",
            name=op.f("uq_received_interchange_client_id_sender_id_control_number"),
        ),
    )


def _make_coverage_correction() -> None:
    op.create_table(
        "coverage_correction",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("remittance_claim_id", sa.Uuid(), nullable=False),
        sa.Column("coverage_id", sa.Uuid(), nullable=False),
        sa.Column("old_member_id", sa.String(length=80), nullable=False),
        sa.Column("new_member_id", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_coverage_correction_state_known")),
        _owner("coverage_correction"),
        _parent("coverage_correction", "remittance_claim_id", "remittance_claim"),
        _parent("coverage_correction", "coverage_id", "coverage"),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_coverage_correction")),
        sa.UniqueConstraint(
            "client_id",
            "coverage_id",
            "new_member_id",
            name=op.f("uq_coverage_correction_client_id_coverage_id_new_member_id"),
        ),
    )


def _owner(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_client_id")
    return sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=name)


def _parent(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["client_id", column],
        [f"{parent}.client_id", f"{parent}.id"],
        name=op.f(f"fk_{table}_client_id_{column}"),
        deferrable=True,
        initially="DEFERRED",
    )
