"""audits of coding: two queues, the samples and their cases, and what was found in each."""

from typing import Any

import sqlalchemy as sa
import sqlmodel
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
TABLES = ("audit_sample", "audited_case", "audited_code")
OWN_ROWS = (
    "client_id = ANY ((SELECT string_to_array("
    "nullif(current_setting('app.client_ids', true), ''), ',')::uuid[])::uuid[])"
)


def upgrade() -> None:
    """Make room for audits."""
    for table in TABLES_OF_QUEUES:
        _know(table, QUEUES)
    _make_samples()
    _make_cases()
    _make_codes()
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY {table}_of_client ON {table} USING ({OWN_ROWS})")


def downgrade() -> None:
    """Take them away; it fails where work of an audit is left."""
    for table in reversed(TABLES):
        op.drop_table(table)
    for table in TABLES_OF_QUEUES:
        _know(table, QUEUES_BEFORE)


def _make_samples() -> None:
    op.create_table(
        "audit_sample",
        *_owner("audit_sample"),
        _text("coder", 80),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        _text("seed", 80),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        _text("drawn_by", 80),
        sa.CheckConstraint(
            "method IN ('random', 'risk', 'full_review')", name=op.f("ck_audit_sample_method_known")
        ),
        sa.UniqueConstraint(
            "client_id",
            "coder",
            "first_day",
            "last_day",
            "method",
            name=op.f("uq_audit_sample_client_id_coder_first_day_last_day_method"),
        ),
    )


def _make_cases() -> None:
    op.create_table(
        "audited_case",
        *_owner("audited_case"),
        sa.Column("audit_sample_id", sa.Uuid(), nullable=False),
        sa.Column("encounter_id", sa.Uuid(), nullable=False),
        sa.Column("completion_id", sa.Uuid(), nullable=False),
        _text("coder", 80),
        sa.Column("coded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("coded_on", sa.Date(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("coder_coding", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sampled_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        _text("auditor", 80),
        sa.Column("auditor_coding", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("audited_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("is_blind", sa.Boolean(), nullable=False),
        _text("decided_by", 80),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        _text("education", 2000),
        sa.Column("education_seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('sampled', 'second_coded', 'agreed', 'disputed', 'decided', 'withdrawn')",
            name=op.f("ck_audited_case_state_known"),
        ),
        _points_at("audited_case", "audit_sample"),
        _points_at("audited_case", "encounter"),
        sa.UniqueConstraint(
            "client_id", "completion_id", name=op.f("uq_audited_case_client_id_completion_id")
        ),
    )
    op.create_index(
        op.f("ix_audited_case_client_id_coder_coded_on"),
        "audited_case",
        ["client_id", "coder", "coded_on"],
    )
    op.create_index(
        op.f("ix_audited_case_client_id_encounter_id"),
        "audited_case",
        ["client_id", "encounter_id"],
    )


def _make_codes() -> None:
    op.create_table(
        "audited_code",
        *_owner("audited_code"),
        sa.Column("audited_case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        _text("coder_code", 20),
        _text("auditor_code", 20),
        _text("right_code", 20),
        sa.Column("weight", sa.String(length=10), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "part IN ('diagnosis', 'first_diagnosis', 'procedure', 'level', 'modifier', 'units')",
            name=op.f("ck_audited_code_part_known"),
        ),
        sa.CheckConstraint(
            "weight IN ('material', 'minor')", name=op.f("ck_audited_code_weight_known")
        ),
        sa.CheckConstraint(
            "verdict IN ('same', 'open', 'coder', 'auditor', 'other')",
            name=op.f("ck_audited_code_verdict_known"),
        ),
        _points_at("audited_code", "audited_case"),
        sa.UniqueConstraint(
            "client_id",
            "audited_case_id",
            "number",
            name=op.f("uq_audited_code_client_id_audited_case_id_number"),
        ),
    )


def _owner(table: str) -> tuple[sa.Column[Any] | sa.Constraint, ...]:
    return (
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f(f"fk_{table}_client_id")),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f(f"pk_{table}")),
    )


def _text(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=False)


def _points_at(table: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["client_id", f"{other}_id"],
        [f"{other}.client_id", f"{other}.id"],
        name=op.f(f"fk_{table}_client_id_{other}_id"),
        initially="DEFERRED",
        deferrable=True,
    )


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
