"""bank deposits: lines of statements, and the remittances that explain them."""

import sqlalchemy as sa
from alembic import op

import models.tables.columns

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = ("bank_line", "deposit_match")
STATES = "'unmatched', 'matched', 'returned', 'set_aside'"
KINDS = "'eft', 'check', 'other', 'return', 'fee', 'payment'"
WAYS = "'trace_and_payer', 'trace', 'check_number', 'name', 'hand'"
IS_STANDING = sa.text("undone_at IS NULL")
OWN_ROWS = (
    "client_id = ANY ((SELECT string_to_array("
    "nullif(current_setting('app.client_ids', true), ''), ',')::uuid[])::uuid[])"
)


def upgrade() -> None:
    """Make both tables, seen by their practice only."""
    _make_bank_line()
    _make_deposit_match()
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY {table}_of_client ON {table} USING ({OWN_ROWS})")


def downgrade() -> None:
    """Forget the statements of banks; what was booked of them stays in the books."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _make_bank_line() -> None:
    op.create_table(
        "bank_line",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inbound_file_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("natural_key", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=4), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("amount", models.tables.columns.MoneyColumn(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("type_code", sa.String(length=40), nullable=False),
        sa.Column("trace_number", sa.String(length=50), nullable=False),
        sa.Column("payer_trace_id", sa.String(length=50), nullable=False),
        sa.Column("check_number", sa.String(length=50), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("booking", sa.Integer(), nullable=False),
        sa.Column("counterpart_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_bank_line_state_known")),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_bank_line_kind_known")),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_bank_line_amount_not_zero")),
        _owner("bank_line"),
        _parent("bank_line", "inbound_file_id", "inbound_file"),
        _parent("bank_line", "counterpart_id", "bank_line"),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_bank_line")),
        _once("bank_line", "inbound_file_id", "ordinal"),
        _once("bank_line", "natural_key"),
    )
    _index("bank_line", "state", "posted_on", "id")
    _index("bank_line", "trace_number")


def _make_deposit_match() -> None:
    op.create_table(
        "deposit_match",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bank_line_id", sa.Uuid(), nullable=False),
        sa.Column("remittance_id", sa.Uuid(), nullable=False),
        sa.Column("amount", models.tables.columns.MoneyColumn(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("matched_by", sa.String(length=80), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint(f"way IN ({WAYS})", name=op.f("ck_deposit_match_way_known")),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_deposit_match_amount_not_zero")),
        _owner("deposit_match"),
        _parent("deposit_match", "bank_line_id", "bank_line"),
        _parent("deposit_match", "remittance_id", "remittance"),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_deposit_match")),
    )
    op.create_index(
        "uq_deposit_match_standing",
        "deposit_match",
        ["client_id", "bank_line_id", "remittance_id"],
        unique=True,
        sqlite_where=IS_STANDING,
        postgresql_where=IS_STANDING,
    )
    _index("deposit_match", "remittance_id")


def _owner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f(f"fk_{table}_client_id"))


def _parent(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["client_id", column],
        [f"{parent}.client_id", f"{parent}.id"],
        name=op.f(f"fk_{table}_client_id_{column}"),
        initially="DEFERRED",
        deferrable=True,
    )


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    name = "_".join(("uq", table, "client_id", *columns))
    return sa.UniqueConstraint("client_id", *columns, name=op.f(name))


def _index(table: str, *columns: str) -> None:
    name = "_".join(("ix", table, "client_id", *columns))
    op.create_index(op.f(name), table, ["client_id", *columns])
