"""audits of coding: two queues, the samples and their cases, and what was found in each."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

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
    "follow_up",
    "variance",
    "deposit",
    "credit_balance",
    "approval",
    "statement",
    "transport",
    "bpo_inbox",
)
QUEUES = (*QUEUES_BEFORE[:5], "coding_audit", "adjudication", *QUEUES_BEFORE[5:])
TABLES_OF_QUEUES = ("work_item", "staff_assignment", "saved_view")


def upgrade() -> None:
    """Make room for audits."""
    for table in TABLES_OF_QUEUES:
        _know(table, QUEUES)


def downgrade() -> None:
    """Take them away; it fails where work of an audit is left."""
    for table in TABLES_OF_QUEUES:
        _know(table, QUEUES_BEFORE)


def _know(table: str, words: tuple[str, ...]) -> None:
    """Let a column hold these queues and no others; SQLite makes the table anew for it."""
    allowed = ", ".join(f"'{word}'" for word in words)
    name = op.f(f"ck_{table}_queue_known")
    triggers = _triggers_of(table)
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"queue IN ({allowed})")
    for trigger in triggers:
        op.execute(trigger)


def _triggers_of(table: str) -> list[str]:
    """Return what makes the triggers that SQLite drops with the old table."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return []
    asked = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    return [sql for (sql,) in connection.exec_driver_sql(asked, (table,))]
