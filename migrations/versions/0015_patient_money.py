"""patient payments, credit balances, refunds, and balances that are given up."""

import sqlalchemy as sa
from alembic import op

import models.tables.columns

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = ("patient_payment", "credit_balance", "refund", "balance_write_off")
OWN_ROWS = (
    "client_id = ANY ((SELECT string_to_array("
    "nullif(current_setting('app.client_ids', true), ''), ',')::uuid[])::uuid[])"
)
CREDITS = "account IN ('PATIENT_CREDIT', 'INS_CREDIT')"
ACCOUNTS_BEFORE = (
    "AR:INS1",
    "AR:INS2",
    "AR:INS3",
    "AR:INS:DENIED",
    "AR:PAT",
    "REMIT_CLEARING",
    "BANK",
    "UNAPPLIED",
    "CHARGES",
    "CONTRACTUAL",
    "SEQUESTRATION",
    "CHARITY",
    "ADMIN_WO",
    "SMALL_BAL",
    "BAD_DEBT",
    "PATIENT_CREDIT",
    "INS_CREDIT",
    "RECOUP_DUE",
    "FORWARD_BAL",
    "REFUND_CLEARING",
    "INTEREST_INC",
    "WITHHOLD",
    "CAPITATION_INC",
    "PAYER_INCOME",
    "PENALTY",
    "PAYER_ADVANCE",
    "UNIDENTIFIED_CASH",
    "SUSPENSE",
)
ACCOUNTS = (*ACCOUNTS_BEFORE[:26], "FEE_INC", *ACCOUNTS_BEFORE[26:])


def upgrade() -> None:
    """Make the tables, seen by their practice only, and let the books hold fees."""
    _know_accounts(ACCOUNTS)
    _make_patient_payment()
    _make_credit_balance()
    _make_refund()
    _make_balance_write_off()
    _move_credit_work()
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY {table}_of_client ON {table} USING ({OWN_ROWS})")


def downgrade() -> None:
    """Forget the records; what was booked of them stays in the books."""
    for table in ("balance_write_off", "refund", "credit_balance", "patient_payment"):
        op.drop_table(table)
    _know_accounts(ACCOUNTS_BEFORE)


def _make_patient_payment() -> None:
    table = "patient_payment"
    op.create_table(
        table,
        *_begin(),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("amount", models.tables.columns.MoneyColumn(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("taken_by", sa.String(length=80), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form_key", sa.String(length=40), nullable=False),
        sa.Column("returned_reason", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        _one_of(table, "method", "cash", "card", "check"),
        _one_of(table, "state", "received", "returned", "refunded"),
        sa.CheckConstraint("amount > 0", name=op.f(f"ck_{table}_amount_positive")),
        *_keys(table, "patient"),
        sa.UniqueConstraint("client_id", "form_key", name=op.f(f"uq_{table}_client_id_form_key")),
    )
    op.create_index(op.f(f"ix_{table}_client_id_patient_id"), table, ["client_id", "patient_id"])


def _make_credit_balance() -> None:
    table = "credit_balance"
    op.create_table(
        table,
        *_begin(),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=20), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("amount", models.tables.columns.MoneyColumn(), nullable=False),
        sa.Column("identified_on", sa.Date(), nullable=False),
        sa.Column("return_by", sa.Date(), nullable=False),
        sa.Column("cleared_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.CheckConstraint(CREDITS, name=op.f(f"ck_{table}_account_known")),
        _one_of(table, "state", "open", "cleared"),
        *_keys(table, "patient"),
    )
    _standing("uq_credit_balance_standing", table, "subject_id", "account", where="state = 'open'")


def _make_refund() -> None:
    table = "refund"
    op.create_table(
        table,
        *_begin(),
        sa.Column("payee", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=20), nullable=False),
        sa.Column("receivable", sa.String(length=20), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("charge_id", sa.Uuid(), nullable=True),
        sa.Column("patient_payment_id", sa.Uuid(), nullable=True),
        sa.Column("amount", models.tables.columns.MoneyColumn(), nullable=False),
        sa.Column("two_persons", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("requested_by", sa.String(length=80), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("instrument", sa.String(length=20), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("cleared_on", sa.Date(), nullable=True),
        sa.Column("payer_reference", sa.String(length=80), nullable=False),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f(f"ck_{table}_amount_positive")),
        sa.CheckConstraint(CREDITS, name=op.f(f"ck_{table}_account_known")),
        _one_of(table, "payee", "patient", "payer"),
        _one_of(table, "state", "requested", "approved", "refused", "paid", "cleared", "void"),
        *_keys(table, "patient", "charge", "patient_payment"),
    )
    used = "instrument <> '' AND state <> 'void'"
    _standing("uq_refund_instrument", table, "instrument", where=used)
    op.create_index(op.f(f"ix_{table}_client_id_state"), table, ["client_id", "state"])


def _make_balance_write_off() -> None:
    table = "balance_write_off"
    op.create_table(
        table,
        *_begin(),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("amount", models.tables.columns.MoneyColumn(), nullable=False),
        sa.Column("requested_by", sa.String(length=80), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f(f"ck_{table}_amount_positive")),
        _one_of(table, "kind", "charity", "bad_debt"),
        _one_of(table, "state", "requested", "approved", "refused"),
        *_keys(table, "patient"),
    )
    where = "state = 'requested'"
    _standing("uq_balance_write_off_standing", table, "patient_id", where=where)


def _move_credit_work() -> None:
    """Let what waits about credits wait in the queue of its own."""
    if op.get_bind().dialect.name == "postgresql":  # rows are seen by their practice only
        every = "coalesce((SELECT string_agg(id::text, ',') FROM client), '')"
        op.execute(f"SELECT set_config('app.client_ids', {every}, true)")
    op.execute(
        "UPDATE work_item SET queue = 'credit_balance'"
        " WHERE queue = 'posting' AND reason = 'posting.credit_balance' AND state = 'open'"
    )


def _begin() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
    )


def _one_of(table: str, column: str, *words: str) -> sa.CheckConstraint:
    allowed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({allowed})", name=op.f(f"ck_{table}_{column}_known"))


def _keys(table: str, *parents: str) -> tuple[sa.Constraint, ...]:
    """Point at the practice and at rows of it, and say what tells one row from another."""
    return (
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f(f"fk_{table}_client_id")),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint(
                ["client_id", f"{parent}_id"],
                [f"{parent}.client_id", f"{parent}.id"],
                name=op.f(f"fk_{table}_client_id_{parent}_id"),
                initially="DEFERRED",
                deferrable=True,
            )
            for parent in parents
        ),
    )


def _standing(name: str, table: str, *columns: str, where: str) -> None:
    """Let only one row of a kind stand at a time."""
    op.create_index(
        name,
        table,
        ["client_id", *columns],
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def _know_accounts(words: tuple[str, ...]) -> None:
    """Let postings name these accounts and no others; SQLite makes the table anew for it."""
    allowed = ", ".join(f"'{word}'" for word in words)
    name = op.f("ck_posting_account_known")
    triggers = _triggers_of_postings()
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"account IN ({allowed})")
    for trigger in triggers:
        op.execute(trigger)


def _triggers_of_postings() -> list[str]:
    """Return what makes the triggers that SQLite drops with the old table."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return []
    asked = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'posting'"
    return [sql for (sql,) in connection.exec_driver_sql(asked)]
