"""accounts and queues of money: what payers pay beside claims, and the work that money brings."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

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
    "SUSPENSE",
)
ACCOUNTS = (
    *ACCOUNTS_BEFORE[:-1],
    "CAPITATION_INC",
    "PAYER_INCOME",
    "PENALTY",
    "PAYER_ADVANCE",
    "UNIDENTIFIED_CASH",
    "SUSPENSE",
)
QUEUES_BEFORE = (
    "intake",
    "patient_match",
    "verification",
    "coding",
    "provider_query",
    "scrub",
    "rejection",
    "posting",
    "unapplied",
    "denial",
    "appeal",
    "statement",
    "transport",
    "bpo_inbox",
)
QUEUES = (
    *QUEUES_BEFORE[:11],
    "follow_up",
    "variance",
    "deposit",
    "credit_balance",
    "approval",
    *QUEUES_BEFORE[11:],
)
TABLES_OF_QUEUES = ("work_item", "staff_assignment", "saved_view")


def upgrade() -> None:
    """Let the columns hold the new words too."""
    _know("posting", "account", ACCOUNTS)
    for table in TABLES_OF_QUEUES:
        _know(table, "queue", QUEUES)


def downgrade() -> None:
    """Take the words away; it fails where something uses them."""
    for table in TABLES_OF_QUEUES:
        _know(table, "queue", QUEUES_BEFORE)
    _know("posting", "account", ACCOUNTS_BEFORE)


def _know(table: str, column: str, words: tuple[str, ...]) -> None:
    """Let a column hold these words and no others; SQLite makes the table anew for it."""
    allowed = ", ".join(f"'{word}'" for word in words)
    name = op.f(f"ck_{table}_{column}_known")
    triggers = _triggers_of(table)
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"{column} IN ({allowed})")
    for trigger in triggers:
        op.execute(trigger)


def _triggers_of(table: str) -> list[str]:
    """Return what makes the triggers that SQLite drops with the old table."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return []
    asked = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    return [sql for (sql,) in connection.exec_driver_sql(asked, (table,))]
