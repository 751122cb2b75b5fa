"""periods of the books: in which month an entry counts, and which months are closed."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

import models.tables.columns

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = ("accounting_period", "period_total")
OWN_ROWS = (
    "client_id = ANY ((SELECT string_to_array("
    "nullif(current_setting('app.client_ids', true), ''), ',')::uuid[])::uuid[])"
)
# What refuses a row that would count in a closed month: table, and how the month is found.
GUARDED = {
    "ledger_entry": "NEW.period",
    "posting": (
        "(SELECT period FROM ledger_entry"
        " WHERE client_id = NEW.client_id AND id = NEW.ledger_entry_id)"
    ),
}
IS_CLOSED = (
    "EXISTS (SELECT 1 FROM accounting_period WHERE client_id = NEW.client_id AND month >= {month})"
)


def upgrade() -> None:
    """Say of every entry in which month it counts; make room for closed months."""
    _add_period()
    _make_accounting_period()
    _make_period_total()
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def downgrade() -> None:
    """Forget which months were closed."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in GUARDED:
        suffix = f" ON {table}" if on_postgresql else ""
        op.execute(f"DROP TRIGGER {table}_in_open_period{suffix}")
    for table in reversed(TABLES):
        op.drop_table(table)
    if on_postgresql:
        for table in GUARDED:
            op.execute(f"DROP FUNCTION refuse_closed_{table}")
    op.drop_index("ix_ledger_entry_client_id_period", "ledger_entry")
    _alter_entries(lambda batch_op: batch_op.drop_column("period"))


def _add_period() -> None:
    """Let each entry that stands count in the month of its effective date: none is closed yet."""
    op.add_column("ledger_entry", sa.Column("period", sa.Date(), nullable=True))
    if op.get_bind().dialect.name == "postgresql":
        # A rewrite of the column passes no trigger and no row security.
        op.execute(
            "ALTER TABLE ledger_entry ALTER COLUMN period TYPE date"
            " USING date_trunc('month', effective_date)::date"
        )
        op.alter_column("ledger_entry", "period", nullable=False)
    else:
        op.execute("DROP TRIGGER ledger_entry_no_update")
        op.execute("UPDATE ledger_entry SET period = strftime('%Y-%m-01', effective_date)")
        op.execute(_sqlite_refusal("ledger_entry", "update"))
        _alter_entries(lambda batch_op: batch_op.alter_column("period", nullable=False))
    op.create_index("ix_ledger_entry_client_id_period", "ledger_entry", ["client_id", "period"])


def _alter_entries(change: Callable[[BatchOperations], None]) -> None:
    """Change the table; SQLite makes it anew for that and loses its triggers."""
    connection = op.get_bind()
    triggers = []
    if connection.dialect.name == "sqlite":
        asked = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'"
        triggers = [sql for (sql,) in connection.exec_driver_sql(asked)]
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        change(batch_op)
    for trigger in triggers:
        op.execute(trigger)


def _make_accounting_period() -> None:
    op.create_table(
        "accounting_period",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_accounting_period_client_id")
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_accounting_period")),
        sa.UniqueConstraint(
            "client_id", "month", name=op.f("uq_accounting_period_client_id_month")
        ),
    )


def _make_period_total() -> None:
    op.create_table(
        "period_total",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("accounting_period_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=20), nullable=False),
        sa.Column("movement", models.tables.columns.MoneyColumn(), nullable=False),
        sa.Column("balance", models.tables.columns.MoneyColumn(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_period_total_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "accounting_period_id"],
            ["accounting_period.client_id", "accounting_period.id"],
            name=op.f("fk_period_total_client_id_accounting_period_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_period_total")),
        sa.UniqueConstraint(
            "client_id",
            "accounting_period_id",
            "account",
            name=op.f("uq_period_total_client_id_accounting_period_id_account"),
        ),
    )


def _guard_sqlite() -> None:
    for table in TABLES:
        for action in ("update", "delete"):
            op.execute(_sqlite_refusal(table, action))
    for table, month in GUARDED.items():
        op.execute(
            f"CREATE TRIGGER {table}_in_open_period BEFORE INSERT ON {table}"
            f" WHEN {IS_CLOSED.format(month=month)}"
            " BEGIN SELECT RAISE(ABORT, 'the month is closed'); END"
        )


def _sqlite_refusal(table: str, action: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{action} BEFORE {action.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _guard_postgresql() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_of_client ON {table} USING ({OWN_ROWS})")
        for action in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action} BEFORE {action.upper()} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
    for table, month in GUARDED.items():
        op.execute(
            f"CREATE FUNCTION refuse_closed_{table}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {IS_CLOSED.format(month=month)} THEN "
            "RAISE EXCEPTION 'the month is closed' USING ERRCODE = 'integrity_constraint_violation'; "
            "END IF; RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_in_open_period BEFORE INSERT ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_closed_{table}()"
        )
