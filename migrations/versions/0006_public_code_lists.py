"""public code lists and what a search over the practices needs."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# A table of the database's own kind, filled by store.billing_codes. ``detail=none``: only single
# words are asked for. The prefixes are of one to three letters, which every search begins with.
SEARCH_ON_SQLITE = (
    "CREATE VIRTUAL TABLE billing_code_search USING fts5("
    "search_text, content='billing_code', content_rowid='id', detail=none, columnsize=0, "
    "prefix='1 2 3', tokenize='unicode61')"
)
SEARCH_ON_POSTGRESQL = (
    "CREATE TABLE billing_code_search (rowid integer PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX billing_code_search_words ON billing_code_search USING gin (words)",
)


def upgrade() -> None:
    op.create_table(
        "billing_code",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("system", sa.String(length=10), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=7), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=1500), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("is_billable", sa.Boolean(), nullable=False),
        sa.Column("search_text", sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=False),
        sa.CheckConstraint(
            "system IN ('icd10cm', 'hcpcs', 'cpt', 'priced')",
            name=op.f("ck_billing_code_system_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_code")),
        sa.UniqueConstraint(
            "system", "code", "valid_from", name=op.f("uq_billing_code_system_code_valid_from")
        ),
    )
    with op.batch_alter_table("billing_code", schema=None) as batch_op:
        batch_op.create_index(
            "ix_billing_code_code",
            ["code"],
            unique=False,
            postgresql_ops={"code": "text_pattern_ops"},
        )
    is_postgres = op.get_bind().dialect.name == "postgresql"
    for statement in SEARCH_ON_POSTGRESQL if is_postgres else (SEARCH_ON_SQLITE,):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE billing_code_search")
    with op.batch_alter_table("billing_code", schema=None) as batch_op:
        batch_op.drop_index("ix_billing_code_code", postgresql_ops={"code": "text_pattern_ops"})
    op.drop_table("billing_code")
