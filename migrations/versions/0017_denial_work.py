"""denial work: how each denial was judged, worked and answered, and what payers ask for."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import models.tables.columns

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

STATES_BEFORE = (
    "open",
    "corrected",
    "appealed",
    "write_off_requested",
    "written_off",
    "billed_to_patient",
    "reversed",
    "closed",
)
STATES = (*STATES_BEFORE[:3], "records_requested", *STATES_BEFORE[3:])
PARTIES = "cause_party = '' OR cause_party IN ('client', 'bpo', 'payer')"
REBILLED = "fk_denial_client_id_rebilled_claim_id"
OWN_ROWS = (
    "client_id = ANY ((SELECT string_to_array("
    "nullif(current_setting('app.client_ids', true), ''), ',')::uuid[])::uuid[])"
)
Columns = tuple[tuple[str, Any, str | None], ...]
# Name, type, and what the rows that are there get; None: nothing, the column may be empty.
OF_DENIAL: Columns = (
    ("play_id", sa.String(length=60), ""),
    ("write_off_reason", sa.String(length=40), ""),
    ("cause_party", sa.String(length=10), ""),
    ("rebilled_claim_id", sa.Uuid(), None),
    ("chance_permille", sa.Integer(), None),
    ("expected_value", models.tables.columns.MoneyColumn(), None),
    ("ranked_priority", sa.Integer(), None),
)
OF_APPEAL: Columns = (
    ("level_name", sa.String(length=60), ""),
    ("is_reconsideration", sa.Boolean(), "0"),
    ("send_by", sa.Date(), None),
    ("acknowledged_on", sa.Date(), None),
    ("payer_reference", sa.String(length=60), ""),
    ("decided_on", sa.Date(), None),
)
OF_CLAIM: Columns = (
    ("stands_alone", sa.Boolean(), "0"),
    ("write_off_reason", sa.String(length=40), ""),
    ("cause_party", sa.String(length=10), ""),
)


def upgrade() -> None:
    """Add what is known of denials, appeals and claims, and the requests for records."""
    _add("denial", OF_DENIAL)
    _add("appeal", OF_APPEAL)
    _add("claim", OF_CLAIM)
    with op.batch_alter_table("denial", schema=None) as batch_op:
        batch_op.create_check_constraint(op.f("ck_denial_cause_party_known"), PARTIES)
        batch_op.create_foreign_key(
            op.f(REBILLED),
            "claim",
            ["client_id", "rebilled_claim_id"],
            ["client_id", "id"],
            initially="DEFERRED",
            deferrable=True,
        )
    _know_states(STATES)
    _make_records_request()


def downgrade() -> None:
    """Take it away; it fails where a denial waits for records."""
    op.drop_table("records_request")
    _know_states(STATES_BEFORE)
    with op.batch_alter_table("denial", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(REBILLED), type_="foreignkey")
        batch_op.drop_constraint(op.f("ck_denial_cause_party_known"), type_="check")
    for table, columns in (("claim", OF_CLAIM), ("appeal", OF_APPEAL), ("denial", OF_DENIAL)):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name, _, _ in reversed(columns):
                batch_op.drop_column(name)


def _add(table: str, columns: Columns) -> None:
    """Add columns; a default fills the rows that are there and is gone afterwards."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, kind, filling in columns:
            batch_op.add_column(
                sa.Column(
                    name, kind, nullable=filling is None, server_default=_default(kind, filling)
                )
            )
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, _, filling in columns:
            if filling is not None:
                batch_op.alter_column(name, server_default=None)


def _default(kind: object, filling: str | None) -> sa.ColumnElement[bool] | str | None:
    return sa.false() if isinstance(kind, sa.Boolean) else filling


def _know_states(words: tuple[str, ...]) -> None:
    allowed = ", ".join(f"'{word}'" for word in words)
    name = op.f("ck_denial_state_known")
    with op.batch_alter_table("denial", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"state IN ({allowed})")


def _make_records_request() -> None:
    op.create_table(
        "records_request",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("denial_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String(length=400), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("send_by", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.String(length=80), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("attachment_ids", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_records_request_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "denial_id"],
            ["denial.client_id", "denial.id"],
            name=op.f("fk_records_request_client_id_denial_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_records_request")),
        sa.UniqueConstraint(
            "client_id",
            "denial_id",
            "number",
            name=op.f("uq_records_request_client_id_denial_id_number"),
        ),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE records_request ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE records_request FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY records_request_of_client ON records_request USING ({OWN_ROWS})")
