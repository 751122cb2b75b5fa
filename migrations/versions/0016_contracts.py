"""contracts: what claim lines should bring, and where payers differed from it."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLES = ("expected_amount", "variance", "variance_line")
STATES = ("open", "disputed", "recovered", "accepted", "written_off", "withdrawn")
STANDS = sa.text("state IN ('open', 'disputed')")


def upgrade() -> None:
    """Add the tables."""
    _expected_amount()
    _variance()
    _variance_line()
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(
                f"CREATE POLICY {table}_of_client ON {table} USING (client_id = ANY ("
                "(SELECT string_to_array(nullif(current_setting('app.client_ids', true), ''), ',')"
                "::uuid[])::uuid[]))"
            )


def downgrade() -> None:
    """Drop the tables."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=False)


def _money(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _owned(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f(f"fk_{table}_client_id")),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f(f"pk_{table}")),
    )


def _belongs(table: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["client_id", f"{other}_id"],
        [f"{other}.client_id", f"{other}.id"],
        name=op.f(f"fk_{table}_client_id_{other}_id"),
        initially="DEFERRED",
        deferrable=True,
    )


def _expected_amount() -> None:
    table = "expected_amount"
    op.create_table(
        table,
        *_owned(table),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("claim_line_id", sa.Uuid(), nullable=False),
        _money("amount", nullable=True),
        _text("term_key", 12),
        _text("version", 12),
        _text("arithmetic", 400),
        _money("tolerance"),
        sa.Column("priced_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("compared_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        _belongs(table, "claim"),
        _belongs(table, "claim_line"),
        sa.UniqueConstraint(
            "client_id", "claim_line_id", name=op.f(f"uq_{table}_client_id_claim_line_id")
        ),
    )
    op.create_index(op.f(f"ix_{table}_client_id_claim_id"), table, ["client_id", "claim_id"])


def _variance() -> None:
    table = "variance"
    known = ", ".join(f"'{state}'" for state in STATES)
    op.create_table(
        table,
        *_owned(table),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("remittance_claim_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        _text("reason", 40),
        _money("expected"),
        _money("allowed"),
        _money("first_shortfall"),
        _money("recovered"),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("disputed_on", sa.Date(), nullable=True),
        _text("note", 200),
        sa.CheckConstraint(f"state IN ({known})", name=op.f(f"ck_{table}_state_known")),
        _belongs(table, "claim"),
        _belongs(table, "remittance_claim"),
        sa.UniqueConstraint(
            "client_id",
            "remittance_claim_id",
            name=op.f(f"uq_{table}_client_id_remittance_claim_id"),
        ),
    )
    op.create_index(op.f(f"ix_{table}_client_id_opened_on"), table, ["client_id", "opened_on"])
    op.create_index(
        "uq_variance_standing",
        table,
        ["client_id", "claim_id"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def _variance_line() -> None:
    table = "variance_line"
    op.create_table(
        table,
        *_owned(table),
        sa.Column("variance_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("claim_line_id", sa.Uuid(), nullable=True),
        _money("expected"),
        _money("allowed"),
        _text("reason", 40),
        _text("arithmetic", 400),
        _belongs(table, "variance"),
        _belongs(table, "claim_line"),
        sa.UniqueConstraint(
            "client_id",
            "variance_id",
            "ordinal",
            name=op.f(f"uq_{table}_client_id_variance_id_ordinal"),
        ),
    )
