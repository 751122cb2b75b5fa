"""what a search over the practices asks by: names in small letters, and numbers."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NAMES = (("last_name", 60), ("first_name", 35))
INDEXES = (
    ("ix_patient_client_id_last_name_small", "patient", ["client_id", "last_name_small"]),
    ("ix_patient_client_id_first_name_small", "patient", ["client_id", "first_name_small"]),
    ("ix_patient_client_id_account_number", "patient", ["client_id", "account_number"]),
    ("ix_patient_identifier_client_id_value", "patient_identifier", ["client_id", "value"]),
    (
        "ix_claim_client_id_payer_claim_control_number",
        "claim",
        ["client_id", "payer_claim_control_number"],
    ),
    (
        "ix_remittance_claim_client_id_payer_claim_control_number",
        "remittance_claim",
        ["client_id", "payer_claim_control_number"],
    ),
    ("ix_remittance_client_id_trace_number", "remittance", ["client_id", "trace_number"]),
    ("ix_diagnosis_client_id_code", "diagnosis", ["client_id", "code"]),
    ("ix_charge_client_id_procedure_code", "charge", ["client_id", "procedure_code"]),
    ("ix_inbound_file_client_id_name", "inbound_file", ["client_id", "name"]),
    ("ix_outbound_file_client_id_name", "outbound_file", ["client_id", "name"]),
    (
        "ix_outbound_file_client_id_control_number",
        "outbound_file",
        ["client_id", "control_number"],
    ),
)


def upgrade() -> None:
    # SQLite cannot add a stored column without copying the table; PostgreSQL has only stored ones.
    is_postgres = op.get_bind().dialect.name == "postgresql"
    for name, length in NAMES:
        # The collation sorts by bytes, so that what a name begins with is a range of the index.
        kind = f'VARCHAR({length}) COLLATE "C"' if is_postgres else f"VARCHAR({length})"
        keeping = "STORED" if is_postgres else "VIRTUAL"
        op.execute(
            # SQLAlchemy reads definitions of SQLite by the line, so each column has one of its own.
            f"ALTER TABLE patient ADD COLUMN {name}_small\n{kind} "
            f"GENERATED ALWAYS AS (lower({name})) {keeping}"
        )
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
    for name, _ in NAMES:
        op.drop_column("patient", f"{name}_small")
