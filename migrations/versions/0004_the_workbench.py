"""the workbench."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import models.tables.columns

revision = "0004"
down_revision = "0003"
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
    "denial",
    "statement",
    "transport",
)
QUEUES = (
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
QUEUE_COLUMNS = (("work_item", "queue"), ("staff_assignment", "queue"))
DENIAL_STATES_BEFORE = (
    "open",
    "corrected",
    "write_off_requested",
    "written_off",
    "billed_to_patient",
    "reversed",
    "closed",
)
DENIAL_STATES = ("open", "corrected", "appealed", *DENIAL_STATES_BEFORE[2:])
DENIAL_COLUMNS = (("denial", "state"),)
ONE_PRACTICE = "client_id = nullif(current_setting('app.client_id', true), '')::uuid"
# The sub-select is evaluated once for a statement, not once for a row.
SEVERAL_PRACTICES = (
    "client_id = ANY ((SELECT string_to_array("
    "nullif(current_setting('app.client_ids', true), ''), ',')::uuid[])::uuid[])"
)


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("added_by", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('clean', 'not_scanned')", name=op.f("ck_attachment_verdict_known")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_attachment_client_id")),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attachment_client_id_subject_kind_subject_id"),
            ["client_id", "subject_kind", "subject_id"],
            unique=False,
        )

    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_member_id", sa.Uuid(), nullable=False),
        sa.Column("queue", sa.String(length=20), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("query", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.CheckConstraint(
            "queue IN ('intake', 'patient_match', 'verification', 'coding', 'provider_query', 'scrub', 'rejection', 'posting', 'unapplied', 'denial', 'appeal', 'statement', 'transport', 'bpo_inbox')",
            name=op.f("ck_saved_view_queue_known"),
        ),
        sa.ForeignKeyConstraint(
            ["staff_member_id"], ["staff_member.id"], name=op.f("fk_saved_view_staff_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint(
            "staff_member_id",
            "queue",
            "name",
            name=op.f("uq_saved_view_staff_member_id_queue_name"),
        ),
    )
    op.create_table(
        "stage_pause",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("paused_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("paused_by", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.CheckConstraint(
            "stage IN ('intake', 'verification', 'coding', 'submission', 'posting', 'denials', 'statements')",
            name=op.f("ck_stage_pause_stage_known"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_stage_pause_client_id")
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_stage_pause")),
        sa.UniqueConstraint("client_id", "stage", name=op.f("uq_stage_pause_client_id_stage")),
    )
    op.create_table(
        "work_item_note",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_item_id", sa.Uuid(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("author", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "work_item_id"],
            ["work_item.client_id", "work_item.id"],
            name=op.f("fk_work_item_note_client_id_work_item_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_work_item_note_client_id")
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_work_item_note")),
    )
    with op.batch_alter_table("work_item_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_work_item_note_work_item_id"), ["work_item_id"], unique=False
        )

    op.create_table(
        "appeal",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("denial_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("wording", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("letter", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("prepared_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("prepared_by", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "state IN ('prepared', 'sent', 'won', 'lost', 'withdrawn')",
            name=op.f("ck_appeal_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "denial_id"],
            ["denial.client_id", "denial.id"],
            name=op.f("fk_appeal_client_id_denial_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_appeal_client_id")),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_appeal")),
        sa.UniqueConstraint(
            "client_id", "denial_id", "level", name=op.f("uq_appeal_client_id_denial_id_level")
        ),
    )
    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("patient_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("amount", models.tables.columns.MoneyColumn(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "payer_name",
                sqlmodel.sql.sqltypes.AutoString(length=60),
                nullable=False,
                server_default="",
            )
        )
        batch_op.add_column(
            sa.Column("assignee", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=True)
        )
        batch_op.add_column(
            sa.Column("snoozed_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True)
        )
        batch_op.add_column(
            sa.Column("escalated_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True)
        )
        batch_op.drop_index(
            batch_op.f("ix_work_item_claimable"),
            sqlite_where=sa.text("state = 'open' AND lease_holder IS NULL"),
        )
        batch_op.create_index(
            "ix_work_item_assigned",
            ["assignee", "priority", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'open' AND assignee IS NOT NULL"),
            postgresql_where=sa.text("state = 'open' AND assignee IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_work_item_client_id_subject_kind_subject_id"),
            ["client_id", "subject_kind", "subject_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_work_item_closed",
            ["client_id", "closed_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NOT NULL"),
            postgresql_where=sa.text("closed_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_work_item_escalated",
            ["client_id", "queue", "priority", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'open' AND escalated_at IS NOT NULL"),
            postgresql_where=sa.text("state = 'open' AND escalated_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_work_item_held",
            ["lease_holder", "lease_expires_at"],
            unique=False,
            sqlite_where=sa.text("state = 'open' AND lease_holder IS NOT NULL"),
            postgresql_where=sa.text("state = 'open' AND lease_holder IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_work_item_open",
            ["queue", "priority", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(
            "ix_work_item_open_of_client",
            ["client_id", "queue", "priority", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(
            "ix_work_item_reason",
            ["queue", "reason", "client_id"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(
            "ix_work_item_payer",
            ["queue", "payer_name", "client_id"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(batch_op.f("ix_work_item_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(
            "ix_work_item_pool",
            ["client_id", "queue", "priority", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text(
                "state = 'open' AND lease_holder IS NULL AND assignee IS NULL AND snoozed_until IS NULL AND escalated_at IS NULL"
            ),
            postgresql_where=sa.text(
                "state = 'open' AND lease_holder IS NULL AND assignee IS NULL AND snoozed_until IS NULL AND escalated_at IS NULL"
            ),
        )
        batch_op.create_index(
            "ix_work_item_snoozed",
            ["snoozed_until"],
            unique=False,
            sqlite_where=sa.text("state = 'open' AND snoozed_until IS NOT NULL"),
            postgresql_where=sa.text("state = 'open' AND snoozed_until IS NOT NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_work_item_client_id_patient_id"),
            "patient",
            ["client_id", "patient_id"],
            ["client_id", "id"],
            initially="DEFERRED",
            deferrable=True,
        )

    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.alter_column("payer_name", server_default=None)
    _know(QUEUE_COLUMNS, QUEUES)
    _know(DENIAL_COLUMNS, DENIAL_STATES)
    if op.get_bind().dialect.name == "postgresql":
        _show(SEVERAL_PRACTICES)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _show(ONE_PRACTICE)
    _know(QUEUE_COLUMNS, QUEUES_BEFORE)
    _know(DENIAL_COLUMNS, DENIAL_STATES_BEFORE)
    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_work_item_client_id_patient_id"), type_="foreignkey"
        )
        batch_op.drop_index(
            "ix_work_item_snoozed",
            sqlite_where=sa.text("state = 'open' AND snoozed_until IS NOT NULL"),
            postgresql_where=sa.text("state = 'open' AND snoozed_until IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_work_item_pool",
            sqlite_where=sa.text(
                "state = 'open' AND lease_holder IS NULL AND assignee IS NULL AND snoozed_until IS NULL AND escalated_at IS NULL"
            ),
            postgresql_where=sa.text(
                "state = 'open' AND lease_holder IS NULL AND assignee IS NULL AND snoozed_until IS NULL AND escalated_at IS NULL"
            ),
        )
        batch_op.drop_index("ix_work_item_payer")
        batch_op.drop_index("ix_work_item_reason")
        batch_op.drop_index(batch_op.f("ix_work_item_patient_id"))
        batch_op.drop_index(
            "ix_work_item_open_of_client",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(
            "ix_work_item_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(
            "ix_work_item_held",
            sqlite_where=sa.text("state = 'open' AND lease_holder IS NOT NULL"),
            postgresql_where=sa.text("state = 'open' AND lease_holder IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_work_item_escalated",
            sqlite_where=sa.text("state = 'open' AND escalated_at IS NOT NULL"),
            postgresql_where=sa.text("state = 'open' AND escalated_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_work_item_closed",
            sqlite_where=sa.text("closed_at IS NOT NULL"),
            postgresql_where=sa.text("closed_at IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_work_item_client_id_subject_kind_subject_id"))
        batch_op.drop_index(
            "ix_work_item_assigned",
            sqlite_where=sa.text("state = 'open' AND assignee IS NOT NULL"),
            postgresql_where=sa.text("state = 'open' AND assignee IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_work_item_claimable"),
            ["queue", "priority", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'open' AND lease_holder IS NULL"),
        )
        batch_op.drop_column("escalated_at")
        batch_op.drop_column("snoozed_until")
        batch_op.drop_column("assignee")
        batch_op.drop_column("payer_name")
        batch_op.drop_column("amount")
        batch_op.drop_column("patient_id")

    op.drop_table("appeal")
    with op.batch_alter_table("work_item_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_work_item_note_work_item_id"))

    op.drop_table("work_item_note")
    op.drop_table("stage_pause")
    op.drop_table("saved_view")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_client_id_subject_kind_subject_id"))

    op.drop_table("attachment")


def _know(columns: tuple[tuple[str, str], ...], words: tuple[str, ...]) -> None:
    """Let columns hold these words and no others."""
    allowed = ", ".join(f"'{word}'" for word in words)
    for table, column in columns:
        name = op.f(f"ck_{table}_{column}_known")
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(name, type_="check")
            batch_op.create_check_constraint(name, f"{column} IN ({allowed})")


def _show(condition: str) -> None:
    """Show a transaction the rows of the practices it named; the owner is held to it too."""
    inspector = sa.inspect(op.get_bind())
    for table in inspector.get_table_names():
        if any(column["name"] == "client_id" for column in inspector.get_columns(table)):
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"DROP POLICY IF EXISTS {table}_of_client ON {table}")
            op.execute(f"CREATE POLICY {table}_of_client ON {table} USING ({condition})")
