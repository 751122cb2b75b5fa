"""Public and licensed lists in editions: one for each imported file, and its rows."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of reference data, which belong to no practice."""
    op.create_table(
        "ptp_pair",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("column_one", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("column_two", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("deleted_on", sa.Date(), nullable=True),
        sa.Column("indicator", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "edition_id", "column_one", "column_two", "effective_on", name=op.f("pk_ptp_pair")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reference_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("file_name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("licence", sa.String(length=10), nullable=False),
        sa.Column("attested_by", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("imported_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("imported_by", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "kind IN ('icd10cm', 'icd10cm_notes', 'hcpcs', 'cpt', 'ptp_practitioner', 'ptp_hospital', 'mue_practitioner', 'mue_hospital', 'mue_supplier', 'add_on', 'place_of_service', 'taxonomy', 'adjustment_reason', 'remark', 'claim_status_category', 'claim_status', 'mpfs', 'gpci', 'payer', 'coverage_policy')",
            name=op.f("ck_reference_edition_kind_known"),
        ),
        sa.CheckConstraint(
            "licence IN ('public', 'own', 'ama', 'x12', 'nucc')",
            name=op.f("ck_reference_edition_licence_known"),
        ),
        sa.CheckConstraint(
            "state IN ('in_use', 'rolled_back')", name=op.f("ck_reference_edition_state_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_edition")),
    )
    with op.batch_alter_table("reference_edition", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reference_edition_kind_effective_from"),
            ["kind", "effective_from"],
            unique=False,
        )
    op.create_table(
        "add_on_pair",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("add_on", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("primary_code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("deleted_on", sa.Date(), nullable=True),
        sa.Column("edit_type", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["reference_edition.id"], name=op.f("fk_add_on_pair_edition_id")
        ),
        sa.PrimaryKeyConstraint(
            "edition_id", "add_on", "primary_code", "effective_on", name=op.f("pk_add_on_pair")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "coverage_policy",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("policy", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("payer", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("procedure_code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("first_diagnosis", sqlmodel.sql.sqltypes.AutoString(length=7), nullable=False),
        sa.Column("last_diagnosis", sqlmodel.sql.sqltypes.AutoString(length=7), nullable=False),
        sa.Column("supports", sa.Boolean(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("visits_a_year", sa.Integer(), nullable=True),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["reference_edition.id"], name=op.f("fk_coverage_policy_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "ordinal", name=op.f("pk_coverage_policy")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("coverage_policy", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_coverage_policy_edition_id_procedure_code"),
            ["edition_id", "procedure_code"],
            unique=False,
        )
    op.create_table(
        "diagnosis_note",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("codes", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["reference_edition.id"], name=op.f("fk_diagnosis_note_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "code", "ordinal", name=op.f("pk_diagnosis_note")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "listed_code",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=1500), nullable=False),
        sa.Column("is_billable", sa.Boolean(), nullable=False),
        sa.Column("detail", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["reference_edition.id"], name=op.f("fk_listed_code_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "code", "valid_from", name=op.f("pk_listed_code")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "locality_index",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("contractor", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("locality", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("work", sa.Numeric(precision=6, scale=3), nullable=False),
        sa.Column("practice", sa.Numeric(precision=6, scale=3), nullable=False),
        sa.Column("malpractice", sa.Numeric(precision=6, scale=3), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["reference_edition.id"], name=op.f("fk_locality_index_edition_id")
        ),
        sa.PrimaryKeyConstraint(
            "edition_id", "contractor", "locality", name=op.f("pk_locality_index")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "relative_value",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("modifier", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(length=1), nullable=False),
        sa.Column("work", sa.Numeric(precision=9, scale=2), nullable=False),
        sa.Column("practice_facility", sa.Numeric(precision=9, scale=2), nullable=False),
        sa.Column("practice_office", sa.Numeric(precision=9, scale=2), nullable=False),
        sa.Column("malpractice", sa.Numeric(precision=9, scale=2), nullable=False),
        sa.Column("conversion_factor", sa.Numeric(precision=9, scale=4), nullable=True),
        sa.Column("global_days", sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
        sa.Column("multiple_procedure", sqlmodel.sql.sqltypes.AutoString(length=1), nullable=False),
        sa.Column("bilateral", sqlmodel.sql.sqltypes.AutoString(length=1), nullable=False),
        sa.Column("assistant", sqlmodel.sql.sqltypes.AutoString(length=1), nullable=False),
        sa.Column(
            "professional_technical", sqlmodel.sql.sqltypes.AutoString(length=1), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["reference_edition.id"], name=op.f("fk_relative_value_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "code", "modifier", name=op.f("pk_relative_value")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unit_limit",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("adjudication", sa.Integer(), nullable=False),
        sa.Column("rationale", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["reference_edition.id"], name=op.f("fk_unit_limit_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "code", name=op.f("pk_unit_limit")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take them away; the lists that ship can be loaded again, others must be imported again."""
    op.drop_table("unit_limit")
    op.drop_table("relative_value")
    op.drop_table("locality_index")
    op.drop_table("listed_code")
    op.drop_table("diagnosis_note")
    with op.batch_alter_table("coverage_policy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coverage_policy_edition_id_procedure_code"))
    op.drop_table("coverage_policy")
    op.drop_table("add_on_pair")
    with op.batch_alter_table("reference_edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reference_edition_kind_effective_from"))
    op.drop_table("reference_edition")
    op.drop_table("ptp_pair")
