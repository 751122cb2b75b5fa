"""Refuse changes to the books and the audit trail; let PostgreSQL keep practices apart."""

from alembic import op
from sqlalchemy import inspect

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("ledger_entry", "posting", "audit_event", "state_change")
UNCHANGED_BYTES = ("inbound_file", "outbound_file")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
        _enable_row_security()
    else:
        _guard_sqlite()


def downgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in APPEND_ONLY:
        for action in ("update", "delete"):
            suffix = f" ON {table}" if on_postgresql else ""
            op.execute(f"DROP TRIGGER {table}_no_{action}{suffix}")
    for table in UNCHANGED_BYTES:
        op.execute(f"DROP TRIGGER {table}_same_bytes" + (f" ON {table}" if on_postgresql else ""))
    if on_postgresql:
        for table in _tables_of_clients():
            op.execute(f"DROP POLICY {table}_of_client ON {table}")
            op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        op.execute("DROP FUNCTION refuse_change")


def _guard_sqlite() -> None:
    for table in APPEND_ONLY:
        for action in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action} BEFORE {action.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    for table in UNCHANGED_BYTES:
        op.execute(
            f"CREATE TRIGGER {table}_same_bytes BEFORE UPDATE OF content, sha256 ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'the bytes of {table} never change'); END"
        )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        for action in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action} BEFORE {action.upper()} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
    for table in UNCHANGED_BYTES:
        op.execute(
            f"CREATE TRIGGER {table}_same_bytes BEFORE UPDATE OF content, sha256 ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def _enable_row_security() -> None:
    """Show a transaction only the rows of the practice it named; the owner is held to it too."""
    for table in _tables_of_clients():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY {table}_of_client ON {table} USING "
            "(client_id = nullif(current_setting('app.client_id', true), '')::uuid)"
        )


def _tables_of_clients() -> list[str]:
    inspector = inspect(op.get_bind())
    return [
        table
        for table in inspector.get_table_names()
        if any(column["name"] == "client_id" for column in inspector.get_columns(table))
    ]
