"""clocks that run, questions about claims, and calls about them."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLES = ("clock", "status_check", "claim_contact")


def upgrade() -> None:
    """Add the tables."""
    _clock()
    _status_check()
    _claim_contact()
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


def _claim_contact() -> None:
    op.create_table(
        "claim_contact",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("author", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("spoken_with", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("reference", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("said", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("wait_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"],
            ["claim.client_id", "claim.id"],
            name=op.f("fk_claim_contact_client_id_claim_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_claim_contact_client_id")
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_claim_contact")),
    )
    op.create_index(
        op.f("ix_claim_contact_client_id_claim_id"),
        "claim_contact",
        ["client_id", "claim_id"],
        unique=False,
    )


def _clock() -> None:
    op.create_table(
        "clock",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_kind", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("payer_name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("rule_id", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("warn_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("stopped_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('filing', 'corrected_claim', 'appeal', 'records', 'overpayment', 'crossover', 'silent')",
            name=op.f("ck_clock_kind_known"),
        ),
        sa.CheckConstraint("state IN ('running', 'stopped')", name=op.f("ck_clock_state_known")),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"],
            ["claim.client_id", "claim.id"],
            name=op.f("fk_clock_client_id_claim_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "patient_id"],
            ["patient.client_id", "patient.id"],
            name=op.f("fk_clock_client_id_patient_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_clock_client_id")),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_clock")),
        sa.UniqueConstraint(
            "client_id",
            "kind",
            "subject_kind",
            "subject_id",
            name=op.f("uq_clock_client_id_kind_subject_kind_subject_id"),
        ),
    )
    op.create_index(
        op.f("ix_clock_client_id_claim_id"), "clock", ["client_id", "claim_id"], unique=False
    )
    op.create_index(
        "ix_clock_running",
        "clock",
        ["client_id", "ends_on", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )


def _status_check() -> None:
    op.create_table(
        "status_check",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("trace_number", sqlmodel.sql.sqltypes.AutoString(length=30), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("opened_by", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("outbound_file_id", sa.Uuid(), nullable=True),
        sa.Column("inbound_file_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("verdict", sa.String(length=20), nullable=True),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column(
            "payer_claim_control_number",
            sqlmodel.sql.sqltypes.AutoString(length=50),
            nullable=False,
        ),
        sa.Column("paid", sa.BigInteger(), nullable=True),
        sa.Column("check_number", sqlmodel.sql.sqltypes.AutoString(length=50), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("message", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'asked', 'answered', 'failed')",
            name=op.f("ck_status_check_state_known"),
        ),
        sa.CheckConstraint(
            "verdict IS NULL OR verdict IN ('pending', 'paid', 'denied', 'not_found', 'needs_information', 'refused', 'not_said')",
            name=op.f("ck_status_check_verdict_known"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"],
            ["claim.client_id", "claim.id"],
            name=op.f("fk_status_check_client_id_claim_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "inbound_file_id"],
            ["inbound_file.client_id", "inbound_file.id"],
            name=op.f("fk_status_check_client_id_inbound_file_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "outbound_file_id"],
            ["outbound_file.client_id", "outbound_file.id"],
            name=op.f("fk_status_check_client_id_outbound_file_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_status_check_client_id")
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_status_check")),
        sa.UniqueConstraint(
            "client_id", "trace_number", name=op.f("uq_status_check_client_id_trace_number")
        ),
    )
    op.create_index(
        op.f("ix_status_check_client_id_claim_id"),
        "status_check",
        ["client_id", "claim_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_status_check_client_id_outbound_file_id"),
        "status_check",
        ["client_id", "outbound_file_id"],
        unique=False,
    )
    op.create_index(op.f("ix_status_check_state"), "status_check", ["state"], unique=False)
    op.create_index(
        "uq_status_check_under_way",
        "status_check",
        ["client_id", "claim_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('open', 'asked')"),
        postgresql_where=sa.text("state IN ('open', 'asked')"),
    )
