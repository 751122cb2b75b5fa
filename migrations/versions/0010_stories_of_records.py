"""stories of records: what happened to a claim, a patient's account, a payment, a file."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INDEXES = (
    ("audit_event", "subject_id"),
    ("posting", "remittance_id"),
    ("acknowledgement", "outbound_file_id"),
    ("statement", "patient_id"),
    ("statement_line", "encounter_id"),
    ("message", "statement_id"),
)


def upgrade() -> None:
    """Index what the pages of records ask by."""
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_client_id_{column}", table, ["client_id", column])


def downgrade() -> None:
    """Drop the indexes."""
    for table, column in reversed(INDEXES):
        op.drop_index(f"ix_{table}_client_id_{column}", table)
